#!/usr/bin/env bash
# The same work done by cutscore and by the programs that people use today, turn by turn in one run, as a table of ratios.
#
#   benches/peers/run.sh [SIZE] > table.md    SIZE questions with ten reviews each (100000)
#   SMALL=1 benches/peers/run.sh              a quick look with 1000 questions
#   ROUNDS=2 benches/peers/run.sh             two rounds of what takes seconds, ten of the rest
#   ONLY=study,first_due benches/peers/run.sh some rows alone: imports, opening, reopening, study, first_due, asking,
#                                             packages, answers, idle; all behind study want it, too
#
# Beside it stand Anki's engine (`anki` from PyPI, driven from Python), carddown and hashcards (built from crates.io). They
# are tools of this bench alone and are installed once, below PEERS_DIR (cutscore-peers in the cache directory). One that
# cannot be installed is named, and its columns stay empty. The decks and stores of a run are made below PEERS_DIR too, on a
# real disk, and removed in the end: at full size some gigabytes. CUTSCORE names another program than target/release/cutscore.
# Needs cargo, a C compiler and python3 with venv; strace counts the writes that wait for the disk, where it is installed.
set -euo pipefail
cd "$(dirname "$0")/../.."

n_questions=${1:-$([ -n "${SMALL:-}" ] && echo 1000 || echo 100000)}
case "$n_questions" in
    *[!0-9]* | "")
        sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
        exit 2
        ;;
esac
peers=${PEERS_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/cutscore-peers}
mkdir -p "$peers"
unset CUTSCORE_DATA_DIR CUTSCORE_NOW CUTSCORE_SEED

# Everything but the table goes to standard error.
say() { printf '%s\n' "$*" >&2; }

install_anki() {
    "$peers/venv/bin/python" -c "import anki" 2> /dev/null ||
        { python3 -m venv "$peers/venv" && "$peers/venv/bin/pip" --quiet --disable-pip-version-check install anki; }
}

# install_crate NAME: one job, so that a busy machine stays usable.
install_crate() {
    [ ! -x "$peers/bin/$1" ] || return 0
    (
        unset CARGO_TARGET_DIR
        nice cargo install --quiet --locked --jobs 1 --root "$peers" "$1"
    )
}

for peer in anki carddown hashcards; do
    case "$peer" in
        anki) install=(install_anki) ;;
        *) install=(install_crate "$peer") ;;
    esac
    say "installing $peer, unless it is there"
    "${install[@]}" >&2 || say "cannot install $peer: its columns stay empty"
done

if [ -z "${CUTSCORE:-}" ]; then
    cargo build --quiet --release >&2
    CUTSCORE=${CARGO_TARGET_DIR:-target}/release/cutscore
fi
folder=$(mktemp -d "$peers/run.XXXXXX")
trap 'rm -rf "$folder"' EXIT
history="cargo bench --quiet --profile dev --bench history --"
python3 -B benches/peers/compare.py "$(realpath "$CUTSCORE")" "$history" "$peers" "$folder" "$n_questions"
