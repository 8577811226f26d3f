# 匠台. `make run` starts the demonstration, `make test` proves the whole; both fetch what they need.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := build
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

GOLANGCI_VERSION := v2.15.0
GOLANGCI := build/tools/golangci-lint-$(GOLANGCI_VERSION)

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
LDFLAGS := -s -w -X main.version=$(VERSION)

# What the pages are made from; what they are made into ends with the console's page.
MODULES := frontend/node_modules/.stamp
PAGES := frontend/dist/console/index.html
PAGE_SOURCES := $(shell find frontend/src frontend/messages frontend/public frontend/console frontend/project.inlang/settings.json \
	-type f -not -path '*/paraglide/*' -not -name '*.spec.ts' -not -name api.d.ts 2>/dev/null) \
	$(wildcard frontend/*.html frontend/vite.*.ts frontend/pwa.ts frontend/icons.ts frontend/paraglide.ts frontend/budget.mjs frontend/tsconfig.json)

# The fonts of printed papers; `cp -p` would keep a date older than the modules'.
FONTS := server/paper/printing/fonts/NotoSansSC_400Regular.ttf server/paper/printing/fonts/NotoSansSC_700Bold.ttf
FONT_SOURCE := frontend/node_modules/@expo-google-fonts/noto-sans-sc

# Packages in which goroutines meet: they run under the race detector as well.
RACE := $(wildcard server/hub server/live server/judging server/web/socket server/store server/localpg)

.PHONY: build run test lint check setup clean help bench \
	test-go test-race test-frontend test-e2e lint-go lint-frontend lint-config cross types pictures FORCE

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /\1\t/' | expand -t 16

build: bin/jiangtai ## bin/jiangtai with the pages inside

run: build ## build, then start the invented city's contest to look at
	@tools/need.sh postgresql || echo 'going on: the program fetches PostgreSQL itself' >&2
	bin/jiangtai demo

check: lint test ## what continuous integration runs

test: test-go test-race test-frontend test-e2e ## every test there is

lint: lint-go lint-frontend lint-config cross ## every rule a machine can check

setup: $(MODULES) $(GOLANGCI) ## fetch everything the other targets need
	@tools/need.sh postgresql browser fonts gcc
	go mod download

clean: ## remove what was built (not the data, not the fetched modules)
	rm -rf bin build/cross frontend/dist/field frontend/dist/console frontend/src/paraglide frontend/src/shared/api.d.ts

# ── the program ──────────────────────────────────────────────────────────────────────────────────────────────────

# Go knows better than make what changed, so it is always asked.
bin/jiangtai: $(PAGES) $(FONTS) FORCE
	go build -trimpath -ldflags '$(LDFLAGS)' -o $@ ./server

cross: $(FONTS) ## the program builds for other systems, without cgo
	CGO_ENABLED=0 GOOS=windows GOARCH=amd64 go build -trimpath -o build/cross/jiangtai.exe ./server
	CGO_ENABLED=0 GOOS=darwin GOARCH=arm64 go build -trimpath -o build/cross/jiangtai-darwin ./server

# ── the pages ────────────────────────────────────────────────────────────────────────────────────────────────────

# The lock file decides; npm ci itself refuses a package.json that does not agree with it.
$(MODULES): frontend/package-lock.json frontend/.npmrc
	cd frontend && npm ci --no-progress --loglevel error
	touch $@

$(PAGES): $(PAGE_SOURCES) $(MODULES)
	cd frontend && npm run --silent build
	touch $@

server/paper/printing/fonts/NotoSansSC_%.ttf: $(MODULES)
	cp $(FONT_SOURCE)/$*/NotoSansSC_$*.ttf $@
	cp $(FONT_SOURCE)/LICENSE_FONT server/paper/printing/fonts/OFL.txt

types: $(MODULES) ## the front end's types of the interface, from schemas/openapi.yaml
	cd frontend && npm run --silent types

# ── tests ────────────────────────────────────────────────────────────────────────────────────────────────────────

test-go: $(PAGES) $(FONTS)
	@tools/need.sh postgresql
	go test -timeout 20m ./...

test-race: $(PAGES) $(FONTS)
	@tools/need.sh postgresql gcc
	$(if $(RACE),go test -race -timeout 20m $(addprefix ./,$(addsuffix /...,$(RACE))))

test-frontend: $(MODULES)
	cd frontend && npm run --silent test

test-e2e: bin/jiangtai
	@tools/need.sh postgresql browser fonts
	cd frontend && npm run --silent e2e

pictures: bin/jiangtai ## take docs/pictures anew from the running demonstration
	@tools/need.sh postgresql browser fonts
	cd frontend && npm run --silent pictures

# ── measuring ────────────────────────────────────────────────────────────────────────────────────────────────────

# Minutes of full load, so it is nobody's test: figures beside their goals, see docs/performance.md.
bench: $(PAGES) $(FONTS) ## measure the program beside what others do
	@tools/need.sh postgresql nginx wrk
	go run ./tools/bench
	for what in city crowd cut bytes stuck tls reads; do go run ./tools/bench $$what; done
	go test ./scoring -run XXX -bench Move -benchtime 200000x -cpu 1
	go test ./scoring -run XXX -bench Recompute -benchtime 10x -cpu 1
	go test ./server/judging/judgingstore -run XXX -bench City -benchtime 3x
	go test ./server/app -run XXX -bench Marks -benchtime 1x
	go test ./server/app -run XXX -bench Restart -benchtime 3x

# ── rules ────────────────────────────────────────────────────────────────────────────────────────────────────────

# Built once from the module proxy; the version is part of the name, so a new pin is a new build.
$(GOLANGCI):
	GOBIN=$(CURDIR)/build/tools go install github.com/golangci/golangci-lint/v2/cmd/golangci-lint@$(GOLANGCI_VERSION)
	mv build/tools/golangci-lint $@

lint-go: $(GOLANGCI)
	$(GOLANGCI) run ./...
	go mod verify

lint-frontend: $(MODULES)
	cd frontend && npm run --silent check
	cd frontend && npm run --silent lint

lint-config:
	if docker compose version >/dev/null 2>&1; then POSTGRES_PASSWORD=unset docker compose --profile '*' config --quiet; fi

FORCE:
