#!/usr/bin/env bash
# Sees to what the machine itself must have: `tools/need.sh postgresql browser fonts gcc nginx wrk`.
# As root on Debian or Ubuntu it installs what is missing; anywhere else it says in one sentence what to install.
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }

here() { # need
  case "$1" in
  postgresql)
    command -v initdb >/dev/null ||
      compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null ||
      compgen -G '/usr/pgsql-*/bin/initdb' >/dev/null ||
      compgen -G '/opt/homebrew/opt/postgresql@*/bin/initdb' >/dev/null ||
      compgen -G '/usr/local/opt/postgresql@*/bin/initdb' >/dev/null
    ;;
  browser) [ -x "${CHROMIUM:-/usr/bin/chromium}" ] ;;
  fonts) # screenshots of Chinese pages need Chinese glyphs; other systems than Linux bring them
    [ "$(uname -s)" != Linux ] || { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh family)" ]; }
    ;;
  gcc) command -v gcc >/dev/null || command -v cc >/dev/null ;;
  nginx) command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] ;; # not in everybody's PATH
  wrk) command -v wrk >/dev/null ;;
  *)
    say "need.sh: nobody knows what $1 is"
    exit 2
    ;;
  esac
}

packages() { # need
  case "$1" in
  postgresql) echo postgresql ;;
  browser) echo chromium ;;
  fonts) echo fontconfig fonts-noto-cjk ;;
  gcc) echo gcc libc6-dev ;;
  nginx) echo nginx libnginx-mod-http-brotli-static ;;
  wrk) echo wrk ;;
  esac
}

otherwise() { # need
  case "$1" in
  postgresql) say 'PostgreSQL was not found: install it (Debian: sudo apt-get install postgresql; macOS: brew install postgresql@16).' ;;
  browser) say "Chromium was not found: install it (Debian: sudo apt-get install chromium), or set CHROMIUM to the path of one." ;;
  fonts) say 'No font for Chinese was found: install one (Debian: sudo apt-get install fontconfig fonts-noto-cjk).' ;;
  gcc) say 'No C compiler was found, which the race detector needs: install one (Debian: sudo apt-get install gcc libc6-dev).' ;;
  nginx) say 'nginx was not found, beside which public reads are measured: install it (Debian: sudo apt-get install nginx).' ;;
  wrk) say 'wrk was not found, which asks for public reads: install it (Debian: sudo apt-get install wrk).' ;;
  esac
}

missing=()
wanted=()
for need in "$@"; do
  here "$need" && continue
  missing+=("$need")
  read -ra names <<<"$(packages "$need")"
  wanted+=("${names[@]}")
done
[ "${#missing[@]}" -gt 0 ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  for need in "${missing[@]}"; do otherwise "$need"; done
  exit 1
fi

say "installing ${wanted[*]}"

# Debian starts a cluster of its own on port 5432 when PostgreSQL is installed, and a server on port 80 with nginx; ours are
# started by the program and by the measurement.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi

export DEBIAN_FRONTEND=noninteractive
install() { apt-get install -y -qq --no-install-recommends "${wanted[@]}" </dev/null >&2; }
# The lists of a fresh image are empty or old; they are fetched only when the first try finds nothing.
install 2>/dev/null || { apt-get update -qq >&2 && install; }

for need in "${missing[@]}"; do
  here "$need" || { say 'apt-get is done, and still:' && otherwise "$need" && exit 1; }
done
