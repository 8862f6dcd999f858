"""Does the same work with cutscore and its peers, turn by turn, and writes a table of medians and ratios.

`compare.py CUTSCORE HISTORY PEERS FOLDER SIZE`; `run.sh` starts it. `docs/performance.md` says what each row is.
"""

import os
import pathlib
import platform
import shutil
import subprocess
import sys
import time
from functools import partial

import material
import ours
from measure import Anki, once, peak, quantile, until_served, until_shown, written_idle

HERE = pathlib.Path(__file__).parent
PORT = 18_417
N_IN_FILE = 50_000
"""Questions in a file of the deck: a file may have 64 MiB."""
N_FILES = 100
"""Files of the deck of which one changes."""
N_ANSWERS = 2_000
N_TRACED = 200
IDLE_SECS = 20
MAX_SMALL = 10_000
"""Up to so many questions a run is for a quick look, with fewer rounds."""

FORMATS = {
    "seconds": lambda value: f"{value * 1e3:.3g} ms" if value < 1 else f"{value:.2f} s",
    "MiB": lambda value: f"{value:.1f} MiB",
    "bytes": lambda value: f"{value:,.0f} B",
    "times": lambda value: f"{value:.2f}",
}


def say(text):
    print(text, file=sys.stderr, flush=True)


class Table:
    """Rows of Markdown, written when they are known."""

    def __init__(self):
        print("| work | cutscore | p99 | beside | its median | p99 | ratio | of p99 | goal |")
        print("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | --- |", flush=True)

    def add(self, work, unit, own, peers, goal=""):
        """Writes a row for each peer; a peer without figures could not do the work."""
        form = FORMATS[unit]
        for name, theirs in peers.items() or [("", [])]:
            cells = [work, *summary(own, form), name, *summary(theirs, form)]
            # Of single figures there is no percentile.
            cells += [ratio(own, theirs, 0.5), ratio(own, theirs, 0.99) if 1 < len(theirs) else ""]
            print(f"| {' | '.join(cells)} | {goal} |", flush=True)


def summary(values, form):
    """Returns the median and the 99th percentile; no percentile of a single figure."""
    if not values:
        return ["", ""]
    return [form(quantile(values, 0.5)), form(quantile(values, 0.99)) if 1 < len(values) else ""]


def turns(n_rounds, own, peers):
    """Lets everyone work once and then, turn by turn, `n_rounds` times; returns our results and those of each peer.

    Who fails is named and has none.
    """
    results = {None: [], **{name: [] for name in peers}}
    works = {None: own, **peers}
    for nth in range(n_rounds + 1):
        for name, work in list(works.items()):
            try:
                result = work()
            except (RuntimeError, OSError) as error:
                say(f"{name or 'cutscore'} is left out here: {error}")
                results[name] = []
                del works[name]
                continue
            # The first time pays for what nobody had read before.
            if 0 < nth:
                results[name].append(result)
    return results.pop(None), results


def ratio(own, theirs, share):
    return f"{quantile(own, share) / quantile(theirs, share):.3g}" if own and theirs else ""


def column(results, place):
    return [result[place] for result in results]


def columns(peers, place):
    return {name: column(results, place) for name, results in peers.items()}


class Bench:
    """Where the programs and their data are, for one number of questions."""

    def __init__(self, program, history, peers, folder, n_questions):
        self.folder = pathlib.Path(folder)
        self.n_questions = n_questions
        is_small = n_questions <= MAX_SMALL
        self.n_slow, self.n_quick = (3, 15) if is_small else (5, 41)
        if "ROUNDS" in os.environ:
            self.n_slow = int(os.environ["ROUNDS"])
            self.n_quick = 5 * self.n_slow
        self.own = ours.Program(program, self.folder / "data")
        self.history = history.split()
        """What writes reviews into its store."""
        self.small = ours.Program(program, self.folder / "small")
        """Its deck is of one question."""
        self.python = pathlib.Path(peers) / "venv/bin/python"
        self.tools = {name: pathlib.Path(peers) / "bin" / name for name in ("carddown", "hashcards")}
        self.collection = self.folder / "anki/collection.anki2"
        self.deck = self.folder / "large"
        self.table = Table()

    def has_anki(self):
        return (
            self.python.exists()
            and subprocess.run([self.python, "-c", "import anki"], capture_output=True).returncode == 0
        )

    def peers(self, **works):
        """Returns the works of the peers that are installed."""
        is_there = {"anki": self.has_anki(), **{name: path.exists() for name, path in self.tools.items()}}
        return {name: work for name, work in works.items() if is_there[name]}

    def anki(self, *words, collection=None):
        return [str(self.python), str(HERE / "anki_side.py"), str(collection or self.collection), *map(str, words)]

    def tool(self, name, *words):
        return [str(self.tools[name]), *map(str, words)]

    def write_decks(self):
        items = list(material.questions(self.n_questions))
        self.write_deck(self.deck, items, N_IN_FILE)
        (self.folder / "small.yaml").write_text(material.yaml(items[:1]))
        (self.folder / "large.tsv").write_text(material.table(items))
        for name, text in (("carddown", material.carddown(items)), ("hashcards", material.hashcards(items))):
            (self.folder / name).mkdir()
            (self.folder / name / "large.md").write_text(text)
        cards = self.folder / "carddown-files"
        cards.mkdir()
        each = -(-self.n_questions // N_FILES)
        self.write_deck(self.folder / "parts", items, each)
        for nth in range(0, self.n_questions, each):
            (cards / f"{nth}.md").write_text(material.carddown(items[nth : nth + each]))
        self.changing = items[each : 2 * each], each

    @staticmethod
    def write_deck(folder, items, n_in_file):
        folder.mkdir()
        for nth in range(0, len(items), n_in_file):
            text = material.yaml(items[nth : nth + n_in_file], header=nth == 0)
            (folder / ("deck.yaml" if nth == 0 else f"{nth}.yaml")).write_text(text)

    # Each of the following writes the rows of one kind of work.

    def own_import(self, run):
        return run(self.own.fresh().command("deck", "add", str(self.deck)))

    def anki_import(self, run):
        shutil.rmtree(self.collection.parent, ignore_errors=True)
        self.collection.parent.mkdir()
        return run(self.anki("import", self.folder / "large.tsv"))

    def prepare(self):
        """Has everyone know the questions, where their import is not measured."""
        self.own_import(once)
        if self.has_anki():
            self.anki_import(once)

    def imports(self):
        vault = self.folder / "carddown"

        def carddown(run):
            shutil.rmtree(vault / ".carddown", ignore_errors=True)
            (vault / ".carddown").mkdir()
            return run(self.tool("carddown", "--vault", vault, "scan", vault))

        def hashcards(run):
            return run(self.tool("hashcards", "check", self.folder / "hashcards"))

        for run, what, unit, n_rounds, goal in (
            (once, "import of all questions", "seconds", self.n_slow, "≤ 1 carddown, ≤ .55 Anki"),
            (peak, "peak memory of the import", "MiB", 1, "≤ 150 MiB"),
        ):
            peers = {
                name: partial(work, run)
                for name, work in self.peers(anki=self.anki_import, carddown=carddown, hashcards=hashcards).items()
            }
            results, theirs = turns(n_rounds, partial(self.own_import, run), peers)
            self.table.add(what, unit, results, theirs, goal)
        once(self.small.fresh().command("deck", "add", str(self.folder / "small.yaml")))
        n_bytes = (self.own.n_bytes() - self.small.n_bytes()) / (self.n_questions - 1)
        text = sum(path.stat().st_size for path in self.deck.iterdir()) / self.n_questions
        anki_bytes = {"anki": [self.collection.stat().st_size / self.n_questions]} if theirs.get("anki") else {}
        self.table.add(
            "database bytes a question",
            "bytes",
            [n_bytes],
            {**anki_bytes, "its text in YAML": [text]},
            "≤ 1.3 of the text",
        )

    def opening(self):
        vault = self.folder / "carddown"
        mark = material.MARK.encode()
        peers = self.peers(
            anki=lambda: (once(self.anki("first")), peak(self.anki("first"))),
            carddown=lambda: until_shown(self.tool("carddown", "--vault", vault, "--force", "revise"), mark),
            hashcards=lambda: until_served(
                self.tool("hashcards", "drill", self.folder / "hashcards", "--port", PORT, "--open-browser", "false"),
                PORT,
                mark,
            ),
        )
        own, theirs = turns(self.n_quick, lambda: self.own.until_question(str(self.deck)), peers)
        self.table.add("open the unchanged deck to its first question", "seconds", column(own, 0), columns(theirs, 0))
        self.table.add("peak memory until then", "MiB", column(own, 1), columns(theirs, 1), "≤ 16 MiB")

    def reopening(self):
        """Opens a deck of many files of which nothing, and of which one file was changed."""
        folder, vault = self.folder / "parts", self.folder / "carddown-files"
        program = ours.Program(self.own.path, self.folder / "parts-data").fresh()
        items, name = self.changing
        (vault / ".carddown").mkdir()
        began, n_changes = int(time.time()), 0

        def change(path, text):
            nonlocal n_changes
            n_changes += 1
            path.write_text(text.replace(f"{material.MARK} ", f"{material.MARK} once{n_changes} "))
            # carddown sees whole seconds alone.
            os.utime(path, times=(began + n_changes, began + n_changes))

        def own(is_changed):
            if is_changed:
                change(folder / f"{name}.yaml", material.yaml(items, header=False))
            return once(program.command("drill", str(folder), "--plain"))

        def carddown(is_changed):
            if is_changed:
                change(vault / f"{name}.md", material.carddown(items))
            return once(self.tool("carddown", "--vault", vault, "scan", vault))

        for what, is_changed, n_rounds, goal in (
            ("nothing", False, self.n_quick, "≤ 5 ms"),
            (f"1 of {N_FILES} files", True, self.n_slow, "≤ 40 ms"),
        ):
            peers = self.peers(carddown=lambda: carddown(is_changed))
            times, theirs = turns(n_rounds, lambda: own(is_changed), peers)
            self.table.add(f"open again, {what} changed", "seconds", times, theirs, goal)

    def study(self):
        """Gives everyone ten reviews of each question; says what a review takes on disk."""
        before = self.own.n_bytes()
        n_reviews = ours.study(self.history, self.own, str(self.deck), self.n_questions)
        n_bytes = (self.own.n_bytes() - before) / n_reviews
        theirs = {}
        if self.has_anki():
            before = self.collection.stat().st_size
            engine = Anki(self.anki("serve"))
            engine.ask("study", ours.days_back(), ours.N_DUE)
            engine.end()
            theirs["anki"] = [(self.collection.stat().st_size - before) / (ours.N_REVIEWS * self.n_questions)]
        self.table.add("database bytes a review", "bytes", [n_bytes], theirs, "≤ 70 B")

    def packages(self):
        """Takes Anki's package with all reviews in, and writes a package. Of ours, none holds what was learnt."""
        if not self.has_anki():
            return
        package = self.folder / "anki.apkg"
        empty = self.folder / "anki-empty/collection.anki2"
        learner = ours.Program(self.own.path, self.folder / "package-data")

        def anki_out(run):
            package.unlink(missing_ok=True)
            return run(self.anki("export_package", package))

        def out(run):
            return run(self.own.command("deck", "export", str(self.deck), "--format", "apkg", "--out", written, "--force"))

        def anki_in(run):
            shutil.rmtree(empty.parent, ignore_errors=True)
            empty.parent.mkdir()
            return run(self.anki("import_package", package, collection=empty))

        def own_in(run):
            read = str(self.folder / "package.yaml")
            return run(learner.fresh().command("deck", "import", str(package), "--out", read, "--force"))

        written = str(self.folder / "written.apkg")
        for way, own, anki in (("out, ours without reviews", out, anki_out), ("in, with all reviews", own_in, anki_in)):
            for run, what, unit, n_rounds, goal in (
                (once, f"`.apkg` {way}", "seconds", self.n_slow, "≤ .5 Anki"),
                (peak, "its peak memory", "MiB", 1, "≤ 200 MiB"),
            ):
                results, theirs = turns(n_rounds, partial(own, run), {"anki": partial(anki, run)})
                self.table.add(what, unit, results, theirs, goal)

    def idle(self):
        """Counts what the exam's screen writes while nobody touches it."""
        command = self.own.command("exam", str(self.deck), "--questions", "10", "--minutes", "60")
        self.table.add("output while idle, a second", "bytes", [written_idle(command, IDLE_SECS)], {}, "≤ 64 B")

    def first_due(self):
        version = []

        def own():
            version.append(until_shown(self.own.command("--version"), b"cutscore ")[0])
            return self.own.until_question(str(self.deck), ours.TODAY)

        times, theirs = turns(self.n_quick, own, self.peers(anki=lambda: once(self.anki("first"))))
        theirs["`cutscore --version`"] = version[1:]
        self.table.add("first due card", "seconds", column(times, 0), theirs, "≤ .1 Anki, ≤ 5 `--version`")
        self.table.add("peak memory until then", "MiB", column(times, 1), {}, "≤ 16 MiB")

    def asking(self):
        """The day's queue, statistics and searches: whole commands of ours beside calls into an open engine."""
        deck = str(self.deck)
        is_there = self.has_anki()
        engine = Anki(self.anki("serve")) if is_there else None

        def queue():
            engine.ask("open")
            seconds, _ = engine.ask("queue")
            engine.ask("close")
            return seconds

        def row(what, own, theirs, goal, n_rounds=self.n_quick):
            times, peers = turns(n_rounds, own, {"anki": theirs} if is_there else {})
            self.table.add(what, "seconds", times, peers, goal)

        row(
            "the day's queue (ours with start and end)",
            lambda: once(self.own.command("drill", deck, "--plain", day=ours.TODAY)),
            queue,
            "≤ 3 ms",
        )
        if is_there:
            engine.ask("open")
        row(
            "all statistics (ours with start and end)",
            lambda: once(self.own.command("progress", deck, day=ours.TODAY)),
            lambda: engine.ask("statistics")[0],
            "≤ .2",
            self.n_slow,
        )
        word = material.word(material.SEARCHED)
        for what, words, query in (
            ("a word", [word], word),
            ("a tag", ["--tag", "tag07"], "tag:tag07"),
            ("what is nowhere", [material.UNKNOWN], material.UNKNOWN),
        ):
            row(
                f"search for {what} (ours with start and end)",
                lambda: once(self.own.command("deck", "search", *words, "--deck", deck)),
                lambda: engine.ask("search", query)[0],
                "≤ .1",
            )
        if is_there:
            engine.ask("close")
            engine.end()

    def answers(self):
        """Durable answers, one of ours after one of Anki's, with as many waits for the disk and bytes as they take."""
        n_answers = min(N_ANSWERS, self.n_questions // 2)
        engine = None
        if self.has_anki():
            engine = Anki(self.anki("serve"))
            engine.ask("make_due")
            engine.ask("open")
        drill = ours.Drill(self.own, str(self.deck), ours.ALL_DUE)
        n_bytes, n_anki_bytes = [], []

        def own():
            before = drill.partner.n_written()
            seconds = drill.answer(is_right=True)
            drill.advance()
            n_bytes.append(drill.partner.n_written() - before)
            return seconds

        def anki():
            before = engine.partner.n_written()
            seconds, _ = engine.ask("answer")
            n_anki_bytes.append(engine.partner.n_written() - before)
            return seconds

        times, theirs = turns(n_answers, own, {"anki": anki} if engine else {})
        drill.end()
        self.table.add("a durable answer", "seconds", times, theirs, "p50 ≤ .7, p99 ≤ .2")
        peers = {"anki": n_anki_bytes} if engine else {}
        self.table.add("bytes written an answer, checkpoint included", "bytes", n_bytes, peers)
        if engine:
            engine.ask("close")
            engine.end()
        self.waits()

    def waits(self):
        """Counts with strace how often a session waits for the disk, for each answer."""
        if shutil.which("strace") is None:
            say("no strace: waits for the disk are not counted")
            return
        trace = self.folder / "trace"
        before = ["strace", "-f", "-qq", "-e", "trace=fsync,fdatasync", "-o", str(trace)]
        n_answers = min(N_TRACED, self.n_questions // 4)

        def per_answer():
            return [trace.read_text().count("sync(") / n_answers]

        drill = ours.Drill(self.own, str(self.deck), ours.ALL_DUE, before)
        for _ in range(n_answers):
            drill.answer(is_right=True)
            drill.advance()
        drill.end()
        own = per_answer()
        theirs = {}
        if self.has_anki():
            engine = Anki([*before, *self.anki("serve")])
            engine.ask("open")
            for _ in range(n_answers):
                engine.ask("answer")
            engine.ask("close")
            engine.end()
            theirs["anki"] = per_answer()
        self.table.add("waits for the disk an answer", "times", own, theirs, "≤ 1 + checkpoints")


def machine(program):
    """Names what was measured on."""
    model = next(
        (line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")),
        platform.machine(),
    )
    version = subprocess.run([program, "--version"], capture_output=True, text=True).stdout.splitlines()[0]
    return f"{version}; {os.cpu_count()} × {model}, Linux {platform.release()}"


def main():
    program, history, peers, folder, n_questions = sys.argv[1:]
    bench = Bench(program, history, peers, folder, int(n_questions))
    works = [
        bench.imports,
        bench.opening,
        bench.reopening,
        bench.study,
        bench.first_due,
        bench.asking,
        bench.packages,
        bench.answers,
        bench.idle,
    ]
    if "ONLY" in os.environ:
        names = os.environ["ONLY"].split(",")
        works = [bench.prepare, *(work for work in works if work.__name__ in names)]
    for work in [bench.write_decks, *works]:
        say(work.__name__.replace("_", " "))
        work()
    print(f"\n{int(n_questions):,} questions. {machine(program)}; load {os.getloadavg()[0]:.1f} at the end.")


main()
