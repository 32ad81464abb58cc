#!/usr/bin/env bash
# Validates AsyncAPI documents with AsyncAPI's own parser: those named, else all of docs/asyncapi. The parser is installed
# under the target folder, and again only when its lock file has changed.
set -euo pipefail
cd "$(dirname "$0")/.."

documents=("$@")
if [ ${#documents[@]} -eq 0 ]; then
    shopt -s nullglob
    documents=(docs/asyncapi/*.yaml)
fi
if [ ${#documents[@]} -eq 0 ]; then
    echo "asyncapi: no document in docs/asyncapi; \`make docs\` writes them" >&2
    exit 1
fi

installed="${CARGO_TARGET_DIR:-target}/asyncapi"
wanted() { cat scripts/asyncapi/package.json scripts/asyncapi/package-lock.json scripts/asyncapi/.npmrc; }
# Written last, so that an installation which was cut short is begun again.
if ! wanted | cmp -s - "$installed/installed-from"; then
    echo "asyncapi: installing the parser into $installed"
    mkdir -p "$installed"
    rm -f "$installed/installed-from"
    cp scripts/asyncapi/package.json scripts/asyncapi/package-lock.json scripts/asyncapi/.npmrc "$installed/"
    npm ci --prefix "$installed" --loglevel=error
    wanted > "$installed/installed-from"
fi
# Node looks for the parser beside the module that imports it.
cp scripts/asyncapi/validate.mjs "$installed/"
node "$installed/validate.mjs" "${documents[@]}"
