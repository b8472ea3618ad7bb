#!/bin/sh
# Bundle vis-network.js again from the versions in package.json, in a folder of its own, and note its checksum.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here"/package*.json "$work"
cd "$work"
[ -e package-lock.json ] && npm ci --no-audit --no-fund || npm install --no-audit --no-fund
cat >entry.js <<'JS'
export { Network } from "vis-network/esnext";
export { DataSet } from "vis-data/esnext";
JS
npx esbuild entry.js --bundle --minify --format=iife --global-name=vis --target=es2020 --legal-comments=none \
    --banner:js="/* vis-network 10.1.5 and what it needs; licences: vendor/LICENSES.txt of bowiegraph */" --outfile=vis-network.js
for package in vis-network vis-data vis-util keycharm component-emitter uuid @egjs/hammerjs; do
    for file in LICENSE-MIT LICENSE.md LICENSE license; do
        if [ -e "node_modules/$package/$file" ]; then
            printf '=== %s\n\n' "$package"
            cat "node_modules/$package/$file"
            printf '\n\n'
            break
        fi
    done
done >LICENSES.txt
cp vis-network.js LICENSES.txt package-lock.json "$here"
cd "$here"
sha256sum vis-network.js >checksums.txt
