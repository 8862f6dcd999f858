#!/usr/bin/env bash
# Looks at the HTML pages that the program writes in a headless browser: on three widths, on paper, in the dark, attacked
# by a deck, and with axe. With `--pictures` it also takes the pictures of docs/report.md.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=$(realpath -m "${CARGO_TARGET_DIR:-target}")

missing=()
command -v chromium > /dev/null || missing+=(chromium fonts-dejavu-core)
command -v node > /dev/null || missing+=(nodejs)
command -v npm > /dev/null || missing+=(npm)
command -v pdftotext > /dev/null || missing+=(poppler-utils)
if [ ${#missing[@]} -gt 0 ]; then
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo"
    $as_root apt-get update -q
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -q -y --no-install-recommends "${missing[@]}"
fi
axe="$target/axe/node_modules/axe-core/axe.min.js"
[ -e "$axe" ] || npm install --silent --no-audit --no-fund --no-save --prefix "$target/axe" axe-core@4.14.1

cargo build --quiet --tests
pictures=()
[ "${1:-}" != --pictures ] || pictures=(--pictures docs/pictures)
log=$(mktemp)
trap 'rm -f "$log"' EXIT
node tests/slow/html/run.mjs "$target/debug/cutscore" chromium "$axe" "${pictures[@]}" | tee "$log"
[ -z "${CUTSCORE_FAULTS:-}" ] || printf 'html\t%d\t0\n' "$(grep -c ' inert.* ok$' "$log")" >> "$CUTSCORE_FAULTS"
