#!/usr/bin/env bash
# Sees to what the machine itself must have: `tools/need.sh postgresql browser fonts`.
# As root on Debian or Ubuntu it installs what is missing; anywhere else it says in one sentence what to install.
set -euo pipefail

say() { printf '%s\n' "$*" >&2; }

has_postgresql() {
  command -v initdb >/dev/null && return 0
  compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null && return 0
  compgen -G '/usr/pgsql-*/bin/initdb' >/dev/null && return 0
  compgen -G '/opt/homebrew/opt/postgresql@*/bin/initdb' >/dev/null && return 0
  compgen -G '/usr/local/opt/postgresql@*/bin/initdb' >/dev/null
}

has_browser() { [ -x "${CHROMIUM:-/usr/bin/chromium}" ]; }

# Screenshots of Chinese pages need Chinese glyphs.
has_fonts() {
  case "$(uname -s)" in Linux) ;; *) return 0 ;; esac
  command -v fc-list >/dev/null && [ -n "$(fc-list :lang=zh family)" ]
}

has_gcc() { command -v gcc >/dev/null || command -v cc >/dev/null; }

declare -A packages=(
  [postgresql]='postgresql'
  [browser]='chromium'
  [fonts]='fontconfig fonts-noto-cjk'
  [gcc]='gcc libc6-dev'
)

declare -A otherwise=(
  [postgresql]='PostgreSQL was not found: install it (Debian: sudo apt-get install postgresql; macOS: brew install postgresql@16).'
  [browser]='Chromium was not found: install it (Debian: sudo apt-get install chromium), or set CHROMIUM to the path of one.'
  [fonts]='No font for Chinese was found: install one (Debian: sudo apt-get install fontconfig fonts-noto-cjk).'
  [gcc]='No C compiler was found, which the race detector needs: install one (Debian: sudo apt-get install gcc libc6-dev).'
)

missing=()
for need in "$@"; do
  [ -n "${packages[$need]:-}" ] || { say "need.sh: I do not know $need"; exit 2; }
  "has_$need" || missing+=("$need")
done
[ "${#missing[@]}" -gt 0 ] || exit 0

if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
  for need in "${missing[@]}"; do say "${otherwise[$need]}"; done
  exit 1
fi

wanted=()
for need in "${missing[@]}"; do read -ra names <<<"${packages[$need]}"; wanted+=("${names[@]}"); done
say "installing ${wanted[*]}"

# Debian starts a cluster of its own on port 5432 when PostgreSQL is installed; ours is started by the program.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
  trap 'rm -f "$policy"' EXIT
fi

export DEBIAN_FRONTEND=noninteractive
install() { apt-get install -y -qq --no-install-recommends "${wanted[@]}" </dev/null >&2; }
# The lists of a fresh image are empty or old; they are fetched only when the first try finds nothing.
install 2>/dev/null || { apt-get update -qq >&2; install; }

for need in "${missing[@]}"; do
  "has_$need" || { say "apt-get is done, and still: ${otherwise[$need]}"; exit 1; }
done
