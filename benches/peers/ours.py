"""cutscore, through its command line alone."""

import datetime
import re
import shutil
import subprocess
import time

import material
from measure import Partner, until_shown

FIRST_DAY = datetime.date(2026, 1, 5)

PASSES = [
    (0, "right"),
    (2, "right"),
    (10, "right"),
    (30, "wrong"),
    (32, "right"),
    (60, "wrong"),
    (62, "right"),
    (70, "some wrong"),
]
"""Days of study. What is answered wrong is asked again on the same day and answered right: ten reviews of each question."""

TODAY = 71
"""Only what was answered wrong on the day before is due."""
ALL_DUE = 100
"""Everything is due."""
N_REVIEWS = 10
N_DUE = 200

QUESTION = re.compile(
    rb" to go\.\n(?:Leech[^\n]*\n)?" + material.MARK.encode() + rb" (\d+) [^\n]*\n((?:[a-d]\) [^\n]*\n){4})"
)
KEY = re.compile(rb"([a-d])\) right")
RECORDED = re.compile(rb"\nIt comes[^\n]*\n")


def time_of(day):
    return f"{FIRST_DAY + datetime.timedelta(days=day)}T12:00"


def days_back():
    """Returns for each of the ten reviews of a question how many days before today it was."""
    return [TODAY - day for day, how in PASSES for _ in range(2 if how == "wrong" else 1)]


class Program:
    """The program with a data directory of its own."""

    def __init__(self, path, data_dir):
        self.path = path
        self.data_dir = data_dir

    def command(self, *words, day=None):
        at = [] if day is None else ["--now", time_of(day)]
        return [self.path, *words, "--data-dir", str(self.data_dir), *at]

    def until_question(self, deck, day=None):
        return until_shown(self.command("drill", deck, day=day), material.MARK.encode())

    def fresh(self):
        """Leaves nothing in the data directory."""
        shutil.rmtree(self.data_dir, ignore_errors=True)
        return self

    def n_bytes(self):
        return sum(path.stat().st_size for path in self.data_dir.iterdir())


class Drill:
    """A drill by lines, which answers questions and knows the key from their text."""

    def __init__(self, program, deck, day, before=()):
        words = ["drill", deck, "--plain", "--new", "1000000"]
        self.partner = Partner([*before, *program.command(*words, day=day)])
        self.number = None
        """Number of the question, None after the last."""
        self.choices = b""
        self.advance()

    def advance(self):
        heard = self.partner.hear(QUESTION)
        self.number, self.choices = (int(heard[0][1]), heard[0][2]) if heard else (None, b"")

    def answer(self, is_right):
        """Answers; returns the seconds until the program says that it is recorded."""
        key = KEY.search(self.choices)[1].decode()
        began = time.perf_counter()
        self.partner.say(key if is_right else "abcd"["abcd".index(key) - 1])
        if self.partner.hear(RECORDED) is None:
            raise RuntimeError("an answer was not recorded")
        return time.perf_counter() - began

    def end(self):
        self.partner.end()


def reviews(n_questions):
    """Yields ten reviews of every question in their order: the day, the number of the question, the grade."""
    step = max(1, n_questions // N_DUE)
    for day, how in PASSES:
        wrong = {"right": (), "wrong": range(n_questions), "some wrong": range(0, n_questions, step)}[how]
        for number in range(n_questions):
            yield day, number, 1 if number in wrong else 4
        for number in wrong:
            yield day, number, 4


def study(history, program, deck, n_questions):
    """Writes ten reviews of every question into the store; returns their number."""
    writer = subprocess.Popen([*history, deck, str(program.data_dir)], stdin=subprocess.PIPE, text=True)
    n_reviews = 0
    for day, number, grade in reviews(n_questions):
        writer.stdin.write(f"{FIRST_DAY + datetime.timedelta(days=day)} {number} {grade}\n")
        n_reviews += 1
    writer.stdin.close()
    if writer.wait() != 0:
        raise RuntimeError("the reviews were not written")
    return n_reviews
