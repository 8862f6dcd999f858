#!/usr/bin/env bash
# A long day in one process: a million typed lines in drills and exams, most of them events on the disk. Memory and open
# files must not grow with what was done. Needs a release build.
#
#   tests/full/soak.sh [LINES]    that many lines to each of both (500000)
set -euo pipefail
cd "$(dirname "$0")/../.."
n_lines=${1:-500000}
[ "$n_lines" != --full ] || n_lines=500000
program=$(realpath "${CUTSCORE:-${CARGO_TARGET_DIR:-target}/release/cutscore}")
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
# Bytes of memory above the first quarter's that are no growth: what the allocator keeps back.
slack=2097152

# Flashcards: one that is rated `again` comes back within the same drill, some thirty times before it is rated `good`.
n_cards=$((n_lines / 30 + 100))
{
    printf 'id: soak\ntitle: Soak\nquestions:\n'
    for n in $(seq $n_cards); do printf '  - {id: card-%d, front: What is number %d?, back: It is %d.}\n' "$n" "$n" "$n"; done
} > "$home/soak.yaml"
drill_lines() {
    awk -v n="$1" 'BEGIN {
        for (i = 1; i <= n; i++) {
            if (i % 10 == 7) print "undo"; else if (i % 10 == 8) print "redo"
            else if (i % 10 == 9) print "note what line " i " says"
            else if (i % 40 == 5) print "good"; else print "again"
        }
        print "quit"
    }'
}
# Answers that change, flags, ways to and fro; left open, so the form is the same for all lines.
exam_lines() {
    awk -v n="$1" 'BEGIN {
        split("a b c d", letters, " ")
        for (i = 1; i <= n; i++) {
            if (i % 10 == 4) print "flag"; else if (i % 10 == 5) print "sure"; else if (i % 10 == 6) print "note line " i
            else if (i % 10 == 0) print "goto " (i % 65 + 1)
            else print letters[i % 4 + 1]
            if (i % 10 == 3) print "goto " (i % 65 + 1)
        }
        print "leave"
    }'
}

# watch NAME COMMAND... feeds it the lines, and writes its bytes of memory and open files now and then.
watch() {
    local name=$1 pid
    shift
    "$program" "$@" --plain --data-dir "$home/data" < "$home/lines" > "$home/said" &
    pid=$!
    while kill -0 "$pid" 2> /dev/null; do
        resident=$(awk '/^VmRSS/ { print $2 * 1024 }' "/proc/$pid/status" 2> /dev/null || true)
        n_files=$(ls "/proc/$pid/fd" 2> /dev/null | wc -l || true)
        [ -z "$resident" ] || [ "$n_files" -eq 0 ] || echo "$resident $n_files" >> "$home/$name"
        sleep 0.2
    done
    wait "$pid"
}

# flat NAME: the last quarter beside the first, without the start of the program. Of memory the most counts; of open files the fewest, since some are open for
# a moment only, and one that is never closed is open in every look after it.
flat() {
    awk -v name="$1" -v slack="$slack" '
        { bytes[NR] = $1; files[NR] = $2 }
        function most(of, from, to,    i, found) { for (i = from; i <= to; i++) if (of[i] > found) found = of[i]; return found }
        function fewest(of, from, to,    i, found) {
            found = of[from]
            for (i = from; i <= to; i++) if (of[i] < found) found = of[i]
            return found
        }
        END {
            quarter = int(NR / 4)
            if (quarter < 10) { print name ": only " NR " looks, too few"; exit 1 }
            warm = int(NR / 8)
            memory = most(bytes, warm, quarter); memory_last = most(bytes, NR - quarter, NR)
            opened = fewest(files, warm, quarter); open_last = fewest(files, NR - quarter, NR)
            printf "%s: %d looks; memory at most %.1f MiB in the first quarter, %.1f in the last; open files %d and %d\n",
                name, NR, memory / 1048576, memory_last / 1048576, opened, open_last
            exit !(memory_last <= memory + slack && open_last <= opened)
        }' "$home/$1"
}

drill_lines "$n_lines" > "$home/lines"
watch drill drill "$home/soak.yaml" --new $n_cards
exam_lines "$n_lines" > "$home/lines"
watch exam exam --seed 1
rm "$home/lines" "$home/said"
flat drill
flat exam
n_events=$("$program" data check --json --data-dir "$home/data" | grep -oE '"events": ?[0-9]+' | grep -oE '[0-9]+')
echo "$n_events events, whole"
[ "$n_events" -ge "$n_lines" ]

echo "test result: ok. 1 passed; 0 failed; tests/full/soak.sh"
