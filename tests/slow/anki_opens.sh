#!/usr/bin/env bash
# Opens exported packages with Anki's own Python package, the embedded deck and one item of each type: every item is a note
# with a card that shows it. Lets Anki export the latter again in its two formats, and imports both. Installs Anki by itself,
# in a directory of its own.
#
#   tests/slow/anki_opens.sh [--full]
set -euo pipefail
cd "$(dirname "$0")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export CUTSCORE_DATA_DIR="$work/data"

if ! python3 -c "import venv, ensurepip" 2> /dev/null; then
    as_root=""
    [ "$(id -u)" = 0 ] || as_root="sudo"
    $as_root apt-get update -q
    DEBIAN_FRONTEND=noninteractive $as_root apt-get install -q -y --no-install-recommends python3-venv
fi
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install -q --disable-pip-version-check "anki>=25,<27"

cargo build --quiet --tests
program="${CARGO_TARGET_DIR:-target}/debug/cutscore"
"$program" deck export tests/data/every_type.yaml --format apkg --out "$work/every.apkg"
"$program" deck export clf-c02 --format apkg --out "$work/embedded.apkg"
"$program" deck export clf-c02 --format json --out "$work/embedded.json"
"$work/venv/bin/python" tests/slow/anki_opens.py "$work"
for name in legacy latest; do
    "$program" deck import "$work/$name.apkg" --out "$work/$name.yaml"
    "$program" deck check "$work/$name.yaml"
    "$program" deck export "$work/$name.yaml" --format json --out "$work/$name.json"
done
"$program" deck export tests/data/every_type.yaml --format json --out "$work/first.json"
"$work/venv/bin/python" tests/slow/anki_opens.py "$work" compare
echo "test result: ok. 1 passed; 0 failed; tests/slow/anki_opens.sh"
