"""Used by anki_opens.sh: opens a package with Anki, checks its notes and exports them again."""

import html
import json
import re
import sys
from pathlib import Path

work = Path(sys.argv[1])


def compare():
    """What Anki gave back asks the same as what it was given."""
    def asked(name):
        deck = json.loads((work / f"{name}.json").read_text())
        items = {}
        for item in deck["questions"]:
            for key in ("domain", "task", "difficulty", "skill", "concept"):
                item.pop(key, None)
            items[item["id"]] = item
        return items

    first = asked("first")
    for name in ("legacy", "latest"):
        found = asked(name)
        assert found.keys() == first.keys(), (name, sorted(found), sorted(first))
        for key, item in first.items():
            assert found[key] == item, (name, item, found[key])
    print(f"{len(first)} items came back from both formats as they were")


def open_with_anki():
    from anki.collection import Collection, ExportAnkiPackageOptions, ImportAnkiPackageOptions, ImportAnkiPackageRequest

    col = Collection(str(work / "collection.anki2"))
    request = ImportAnkiPackageRequest(package_path=str(work / "every.apkg"), options=ImportAnkiPackageOptions())
    log = col.import_anki_package(request).log
    assert len(log.new) == 8, log
    assert not (log.conflicting or log.first_field_match or log.missing_notetype or log.empty_first_field), log
    notes = [col.get_note(note_id) for note_id in col.find_notes("")]
    names = sorted({note.note_type()["name"] for note in notes})
    print(len(notes), "notes of the types", names)
    for note in notes:
        (card,) = note.cards()
        front, back = card.question(), card.answer()
        assert note.fields[0] in front or "cloze" in front, front
        assert "{{" not in front and "{{" not in back, (front, back)
    two = next(note for note in notes if note.guid == "two")
    assert "no</div>" in two.cards()[0].answer(), "the rationale of a choice stands on the back"
    assert col.decks.id_for_name("Every type::Networks::TCP"), "domains and tasks are decks"
    again = col.import_anki_package(request).log
    assert not again.new, "importing twice adds nothing"
    problems, is_good = col.fix_integrity()
    assert is_good, problems
    for name, legacy in (("legacy", True), ("latest", False)):
        options = ExportAnkiPackageOptions(with_scheduling=True, with_deck_configs=True, with_media=True, legacy=legacy)
        col.export_anki_package(out_path=str(work / f"{name}.apkg"), options=options, limit=None)
    col.close()


def open_embedded():
    """The embedded deck: a note with one card for each item, whose sides show question, choices, key and rationales."""
    from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest

    deck = json.loads((work / "embedded.json").read_text())
    items = {item["id"]: item for item in deck["questions"] if "status" not in item}
    col = Collection(str(work / "embedded.anki2"))
    request = ImportAnkiPackageRequest(
        package_path=str(work / "embedded.apkg"), options=ImportAnkiPackageOptions())
    log = col.import_anki_package(request).log
    assert len(log.new) == len(items), (len(log.new), len(items))
    notes = {note.guid: note for note in (col.get_note(note_id) for note_id in col.find_notes(""))}
    assert notes.keys() == items.keys(), sorted(notes.keys() ^ items.keys())[:5]
    for guid, item in items.items():
        (card,) = notes[guid].cards()
        front, back = plain(card.question()), plain(card.answer())
        wanted = plain(item.get("stem") or item.get("front") or "")
        assert wanted in front, (guid, wanted, front)
        for choice in item.get("choices", []):
            assert plain(choice["text"]) in front, (guid, choice, front)
            assert plain(choice["why"] or "") in back, (guid, choice, back)
        assert plain(item.get("back", "")) in back, (guid, back)
        for ref in item.get("refs", []):
            assert plain(ref) in back, (guid, ref)
    for domain in deck["domains"]:
        assert col.decks.id_for_name(f"{deck['title']}::{domain['title']}"), domain
    problems, is_good = col.fix_integrity()
    assert is_good, problems
    print(f"{len(items)} items of the embedded deck are {col.card_count()} cards that show them")
    col.close()


def plain(text):
    """The letters and digits of a text, whatever it is set in."""
    text = re.sub(r"<style.*?</style>|<script.*?</script>|<[^>]*>", " ", text, flags=re.DOTALL)
    return "".join(c for c in html.unescape(text) if c.isalnum())


if sys.argv[2:] == ["compare"]:
    compare()
else:
    open_with_anki()
    open_embedded()
