#!/usr/bin/env bash
# Changes the code of four files in small ways, one at a time, and expects a test to fail each time: the scale of
# scores, SM-2, the exam clock and the text that a terminal is shown.
#
# What survives is told apart from what is known to survive: `tests/full/mutants.txt` names each such change with the reason
# why no test can tell it. Another one fails, and so does one that is named but caught by now. cargo-mutants is installed
# below the target directory, once; the last outcome lies there in `mutants.out`.
set -euo pipefail
cd "$(dirname "$0")/../.."
target=$(realpath "${CARGO_TARGET_DIR:-target}")
tools=$target/tools
[ -x "$tools/bin/cargo-mutants" ] || cargo install --quiet --locked --root "$tools" cargo-mutants
known=tests/full/mutants.txt

files=(src/score/scaled_score.rs src/review/sm2.rs src/exam/clock.rs src/base/safe_text.rs)
for file in "${files[@]}"; do
    [ -f "$file" ] || { echo "$file is gone: name the file that does its work now"; exit 1; }
done

# The pure floors stand by themselves, so a copy of them is a crate that builds in seconds; the whole would take hours.
pure=(base deck exam score review)
copy=$(mktemp -d)
trap 'rm -rf "$copy"' EXIT
mkdir -p "$copy/src" "$copy/tests"
cp -r "${pure[@]/#/src/}" "$copy/src"
cp -r tests/data tests/proptest-regressions "$copy/tests"
cp Cargo.lock "$copy"
printf 'pub mod %s;\n' "${pure[@]}" > "$copy/src/lib.rs"
# section NAME NAMES: a section of Cargo.toml with these entries alone.
section() {
    printf '[%s]\n' "$1"
    sed -n "/^\[$1\]/,/^\$/p" Cargo.toml | grep -E "^($2) ?="
}
{
    section package 'name|version|edition'
    section dependencies 'blake3|chrono|rand|strsim|thiserror|unicode-segmentation|unicode-width'
    section dev-dependencies 'insta|proptest'
} > "$copy/Cargo.toml"

code=0
(cd "$copy" && env -u CARGO_TARGET_DIR "$tools/bin/cargo-mutants" mutants --no-shuffle --colors never --output "$target" \
    --minimum-test-timeout 60 "${files[@]/#/--file=}" -- --lib) || code=$?
# 2: some survived, 3: some never ended. Both are told below; anything else is an error of the run itself.
case "$code" in
    0 | 2 | 3) ;;
    *) exit "$code" ;;
esac

# A change is known by its file and what it does; lines and columns move.
survivors() { sed -E 's/:[0-9]+:[0-9]+: /: /' "$target/mutants.out/missed.txt" | sort; }
named() { grep -vE '^(#|$|  )' "$known" | sort; }
new=$(comm -23 <(survivors) <(named))
gone=$(comm -13 <(survivors) <(named))
[ -z "$new" ] || printf 'survived, and no reason is known:\n%s\n' "$new"
[ -z "$gone" ] || printf 'named in %s, but caught or gone:\n%s\n' "$known" "$gone"
[ -z "$new$gone" ]

echo "test result: ok. 1 passed; 0 failed; tests/full/mutants.sh"
