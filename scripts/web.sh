#!/usr/bin/env bash
# Builds the page into web/dist, from where the server's build takes it; nothing is done where nothing has changed.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/need.sh node
target="${CARGO_TARGET_DIR:-target}/web"
mkdir -p "$target"

# Written last, so that an installation which was cut short is begun again.
if [ ! -d web/node_modules ] || ! cmp -s web/package-lock.json "$target/installed-from"; then
    echo "web: installing what builds the page"
    rm -f "$target/installed-from"
    npm ci --prefix web --no-audit --no-fund --loglevel=error
    cp web/package-lock.json "$target/installed-from"
fi
[ "${1:-}" != install ] || exit 0

# What it is built from, in one sum.
sources() {
    find web/src web/public web/scripts docs/schemas -type f ! -path 'web/src/protocol/*' -print0 |
        sort -z | xargs -0 cat web/index.html web/package-lock.json web/tsconfig.json web/vite.config.ts | cksum
}
now=$(sources)
if [ -f web/dist/index.html ] && [ "$now" = "$(cat "$target/built-from" 2>/dev/null)" ]; then
    exit 0
fi
rm -f "$target/built-from"
npm run --prefix web --silent build
# Files that have come are seen by the compiler only when the file that embeds them is read again.
touch src/page/site.rs
printf '%s\n' "$now" > "$target/built-from"
