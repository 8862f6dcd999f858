#!/usr/bin/env bash
# Throws changed files at every reader of other programs' formats, of decks, of texts and of exported events: five seconds
# each, a minute each with --full.
# For a long run of one reader:  cargo bench --bench fuzz_import -- --seconds 600 --format gift
set -euo pipefail
cd "$(dirname "$0")/../.."
n_seconds=5
[ "${1:-}" = "--full" ] && n_seconds=60
# A memory disk where there is one: each file of events has a store of its own.
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# Unoptimised, since that is built already and checks for overflow.
cargo bench --quiet --profile dev --bench fuzz_import -- --seconds "$n_seconds" | tee "$log"
n_files=$(awk '/ files in / { n += $2 } END { print n }' "$log")
[ -z "${CUTSCORE_FAULTS:-}" ] || printf 'fuzz\t%d\t0\n' "$n_files" >> "$CUTSCORE_FAULTS"
echo "test result: ok. 1 passed; 0 failed; tests/slow/fuzz_import.sh"
