#!/usr/bin/env bash
# The Rasch fit of 500 questions and 10,000 learners beside that of girth (PyPI), turn by turn on the same answers.
#
# Usage: benches/peers/calibration.sh [ROUNDS]. Needs cargo, python3 with venv, and a package index for girth, which goes
# into a temporary folder. Only the ratio of the medians counts: times drift with the machine.
set -euo pipefail

rounds=${1:-7}
cd "$(dirname "$0")/../.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

cargo bench --quiet --bench calibration --no-run
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" --quiet --disable-pip-version-check install girth
"$folder/venv/bin/python" - "$folder/answers" "$rounds" << 'PYTHON'
import statistics
import subprocess
import sys
import time

import numpy
from girth import rasch_mml

path, rounds = sys.argv[1], int(sys.argv[2])
ours = subprocess.Popen(
    ["cargo", "bench", "--quiet", "--bench", "calibration", "--", "--turns", path],
    stdin=subprocess.PIPE,
    stdout=subprocess.PIPE,
    text=True,
)
truth = numpy.array([float(word) for word in ours.stdout.readline().split()])
answers = numpy.fromfile(path, dtype=numpy.uint8).reshape(-1, len(truth)).T.astype(int)


def our_turn():
    ours.stdin.write("\n")
    ours.stdin.flush()
    return [float(word) for word in ours.stdout.readline().split()]


def their_turn():
    began = time.perf_counter()
    found = rasch_mml(answers)["Difficulty"]
    seconds = time.perf_counter() - began
    return seconds, float(numpy.sqrt(numpy.mean((found - truth) ** 2)))


our_turn(), their_turn()  # the first time pays for loading
pairs = [(our_turn(), their_turn()) for _ in range(rounds)]
ours.stdin.close()
ours.wait()
for (fit, whole, _), (theirs, _) in pairs:
    print(f"fit {fit:.3f} s, with sorting {whole:.3f} s, girth {theirs:.3f} s")
median = [statistics.median(times) for times in ([own[0] for own, _ in pairs], [own[1] for own, _ in pairs], [peer[0] for _, peer in pairs])]
print(f"error of b: {pairs[0][0][2]:.4f}, girth {pairs[0][1][1]:.4f}")
print(f"ratio of medians to girth: fit {median[0] / median[2]:.2f}, with sorting {median[1] / median[2]:.2f} (goal: fit at most 2)")
PYTHON
