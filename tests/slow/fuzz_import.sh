#!/usr/bin/env bash
# Throws changed files at every reader of other programs' formats: five seconds each, a minute each with --full.
# For a long run of one reader:  cargo bench --bench fuzz_import -- --seconds 600 --format gift
set -euo pipefail
cd "$(dirname "$0")/../.."
n_seconds=5
[ "${1:-}" = "--full" ] && n_seconds=60
# Unoptimised, since that is built already and checks for overflow.
cargo bench --quiet --profile dev --bench fuzz_import -- --seconds "$n_seconds"
echo "test result: ok. 1 passed; 0 failed; tests/slow/fuzz_import.sh"
