#!/usr/bin/env bash
# Holds a store against a small model of it over one long life of random events: 10,000 steps, with --full 100,000.
set -euo pipefail
cd "$(dirname "$0")/../.."
n_steps=10000
[ "${1:-}" != --full ] || n_steps=100000
# A memory disk where there is one: the test writes durably at every step.
[ ! -w /dev/shm ] || export TMPDIR=/dev/shm
CUTSCORE_MODEL_STEPS=$n_steps cargo test --quiet --test it -- --exact \
    store::model::after_a_long_life_the_store_and_a_rebuilt_one_hold_what_the_model_says
