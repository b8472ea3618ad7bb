#!/bin/sh
# Take the editor and the tables again from the versions in package.json, in a folder of its own, and note their checksums.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here"/package*.json "$work"
cd "$work"
if [ -e package-lock.json ]; then
    npm ci --ignore-scripts --no-audit --no-fund
else
    npm install --ignore-scripts --no-audit --no-fund
fi
for name in yasqe yasr; do
    # the maps stay behind, and so does the comment that would have browsers ask for them
    sed '/^\/\/# sourceMappingURL=/d' "node_modules/@zazuko/$name/build/$name.min.js" >"$name.min.js"
    cp "node_modules/@zazuko/$name/build/$name.min.css" "$name.min.css"
done
# what their source maps name as bundled; some packages say what their licence is and do not bring its text
for package in @zazuko/yasqe @zazuko/yasr @zazuko/yasgui-utils codemirror datatables.net datatables.net-dt jquery n3 lodash-es \
    dompurify store query-string strict-uri-encode decode-uri-component split-on-first filter-obj events column-resizer papaparse \
    @json2csv/plainjs @json2csv/formatters buffer base64-js ieee754 @fortawesome/free-solid-svg-icons; do
    printf '=== %s\n\n' "$package"
    found=
    for file in LICENSE LICENSE.txt LICENSE.md License.txt license; do
        if [ -e "node_modules/$package/$file" ]; then
            found="node_modules/$package/$file"
            tr -d '\r' <"$found"
            break
        fi
    done
    if [ -z "$found" ]; then
        node -e '
            const said = require(process.argv[1]);
            const author = said.author.name ? `${said.author.name} <${said.author.email}>` : said.author;
            console.log(`${said.license}, as its package.json says; by ${author}. Its text:\n`);' "./node_modules/$package/package.json"
        cat <<'TEXT'
Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction, including without limitation the rights
to use, copy, modify, merge, publish, distribute, sublicense, and/or sell
copies of the Software, and to permit persons to whom the Software is
furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all
copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE
AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
SOFTWARE.
TEXT
    fi
    printf '\n\n'
done >LICENSES.txt
cp yasqe.min.* yasr.min.* LICENSES.txt package-lock.json "$here"
cd "$here"
sha256sum yasqe.min.css yasqe.min.js yasr.min.css yasr.min.js >checksums.txt
