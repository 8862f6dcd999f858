#!/usr/bin/env bash
# Throws changed files at every reader of other programs' formats: five seconds each, a minute each with --full.
set -euo pipefail
cd "$(dirname "$0")/../.."
n_seconds=5
[ "${1:-}" = "--full" ] && n_seconds=60
cargo bench --quiet --bench fuzz_import -- --seconds "$n_seconds"
