# Pages, then the program with the pages inside, then a small machine that runs it as nobody in particular.
FROM node:20.20-bookworm-slim AS pages
WORKDIR /src/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-progress
COPY frontend/ ./
RUN npm run build

FROM golang:1.26-bookworm AS program
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
COPY --from=pages /src/frontend/dist ./frontend/dist
COPY --from=pages /src/frontend/node_modules/@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf \
     /src/frontend/node_modules/@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf ./server/paper/printing/fonts/
COPY --from=pages /src/frontend/node_modules/@expo-google-fonts/noto-sans-sc/LICENSE_FONT ./server/paper/printing/fonts/OFL.txt
ARG VERSION=container
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w -X main.version=${VERSION}" -o /out/jiangtai ./server

FROM debian:12-slim
# curl asks the health check; certificates are for whatever the program calls by https.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates curl \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin jiangtai \
 && install -d -o jiangtai -g jiangtai -m 0700 /data
COPY --from=program /out/jiangtai /usr/local/bin/jiangtai
COPY LICENSE /usr/share/doc/jiangtai/LICENSE
USER jiangtai
WORKDIR /data
ENV JIANGTAI_HTTP_ADDR=0.0.0.0:8080 \
    JIANGTAI_DATA=/data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s --retries=3 \
  CMD ["curl", "--fail", "--silent", "--show-error", "--output", "/dev/null", "http://127.0.0.1:8080/healthz"]
ENTRYPOINT ["jiangtai"]
CMD ["serve"]
