"""Does with Anki's engine what the comparison asks for. Runs in the environment in which `anki` is installed.

`anki_side.py COLLECTION first` writes the first due card and ends; `anki_side.py COLLECTION import TABLE` makes a collection
of a table; `anki_side.py COLLECTION import_package FILE` and `export_package FILE` read and write a package with its reviews;
`anki_side.py COLLECTION serve` takes requests, a line each, and writes the seconds of each as Anki's own process
saw them, the result beside them.
"""

import json
import sqlite3
import sys
import time

from anki.collection import (
    Collection,
    CsvMetadata,
    ExportAnkiPackageOptions,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    ImportCsvRequest,
)
from anki.import_export_pb2 import CsvMetadataRequest
from anki.scheduler_pb2 import CardAnswer

DAY_SECS = 86_400
ENOUGH_A_DAY = 9_999


def first(collection):
    queued = collection.sched.get_queued_cards()
    return collection.get_card(queued.cards[0].card.id).question()


def import_table(collection, path):
    metadata = collection._backend.get_csv_metadata(CsvMetadataRequest(path=path, delimiter=CsvMetadata.TAB))
    log = collection.import_csv(ImportCsvRequest(path=path, metadata=metadata)).log
    return len(log.new)


def import_package(collection, path):
    options = ImportAnkiPackageOptions(with_scheduling=True)
    log = collection.import_anki_package(ImportAnkiPackageRequest(package_path=path, options=options)).log
    return len(log.new)


def export_package(collection, path):
    options = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True, with_media=False, legacy=False)
    return collection.export_anki_package(out_path=path, options=options, limit=None)


def study(path, days_back, n_due):
    """Gives every card of a closed collection a review on each day; `n_due` of them are due today."""
    collection = Collection(path)
    today = collection.sched.today
    config = collection.decks.get_config(1)
    config["rev"]["perDay"] = config["new"]["perDay"] = ENOUGH_A_DAY
    collection.decks.save(config)
    collection.close()
    database = sqlite3.connect(path)
    cards = [card for (card,) in database.execute("select id from cards order by id")]
    now = int(time.time())
    for nth_review, back in enumerate(days_back):
        # The time of an answer is its key. They are a tenth of a second apart, and some days have two of each card.
        first_id = (now - back * DAY_SECS) * 1000 - len(cards) * 100 + nth_review
        reviews = ((first_id + nth * 100, card, -1, 3, 15, 6, 2500, 8_000, 1) for nth, card in enumerate(cards))
        database.executemany("insert into revlog values (?, ?, ?, ?, ?, ?, ?, ?, ?)", reviews)
    states = ((today if nth < n_due else today + 5, len(days_back), card) for nth, card in enumerate(cards))
    database.executemany(
        "update cards set type = 2, queue = 2, ivl = 15, factor = 2500, due = ?, reps = ? where id = ?", states
    )
    database.commit()
    database.close()


def make_due(path):
    """Makes every card of a closed collection due today."""
    database = sqlite3.connect(path)
    database.execute("update cards set due = (select min(due) from cards)")
    database.commit()
    database.close()


def answer(collection):
    """Answers the first card as good; only the answer is timed, not the fetching of the card."""
    queued = collection.sched.get_queued_cards().cards[0]
    card = collection.get_card(queued.card.id)
    card.start_timer()
    given = collection.sched.build_answer(card=card, states=queued.states, rating=CardAnswer.GOOD)
    return lambda: collection.sched.answer_card(given)


class Engine:
    """A collection that requests open and close."""

    def __init__(self, path):
        self.path = path
        self.collection = None

    def do(self, name, arguments):
        """Returns the seconds that a request took and what it brought."""
        collection = self.collection
        if name == "answer":
            work = answer(collection)
        else:
            work = {
                "open": lambda: Collection(self.path),
                "close": lambda: collection.close(),
                "study": lambda: study(self.path, *arguments),
                "make_due": lambda: make_due(self.path),
                "queue": lambda: collection.sched.get_queued_cards(),
                "statistics": lambda: collection._backend.graphs(search="", days=0),
                "search": lambda: collection.find_notes(arguments[0]),
            }[name]
        began = time.perf_counter()
        result = work()
        seconds = time.perf_counter() - began
        if name == "open":
            self.collection = result
        return seconds, len(result) if name == "search" else None


def serve(path):
    engine = Engine(path)
    for line in sys.stdin:
        name, *arguments = json.loads(line)
        print(json.dumps(engine.do(name, arguments)), flush=True)


def main():
    path, work, *rest = sys.argv[1:]
    if work == "serve":
        serve(path)
        return
    collection = Collection(path)
    works = {
        "first": first,
        "import": import_table,
        "import_package": import_package,
        "export_package": export_package,
    }
    print(works[work](collection, *rest), flush=True)
    collection.close()


main()
