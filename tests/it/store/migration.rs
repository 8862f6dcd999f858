//! Stores of earlier versions: `tests/data/store_0001.db` was written by a program of schema version 1, which sat an
//! exam of two questions (the first with two keys, flagged) and drilled them and a flashcard on the day after.
//! `tests/data/store_0002.db` comes from a program of schema version 2, which drilled two questions and a flashcard, took
//! the flashcard back, sent the first question to the drill and took that back. `tests/data/store_0003.db` comes from one of
//! version 3, with an exam of three questions, four answers in the drill, one of them taken back, and a suspension.
//! `tests/data/store_0005.db` comes from one of version 5, with an exam of three questions and four answers in the drill on two
//! days, the second of which was taken back.

use std::fs;
use std::path::Path;
use std::time::Duration;

use cutscore::base::{ConceptId, DeckId, ItemId, StudyDay};
use cutscore::deck::{Answer, ChoiceSet, ItemBody, ItemKind, Placement};
use cutscore::exam::{Confidence, Mark};
use cutscore::score::{Outcome, RawScore};
use cutscore::store::{
    DomainLevel, Event, Millionths, SearchQuery, SetAside, SittingResult, Stamp, Store, UndoableKind,
};
use rusqlite::Connection;

use super::{directory, instant, n_events, setting, stamp};

#[test]
fn a_store_of_version_1_is_read_and_goes_on() {
    let dir = directory();
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/store_0001.db");
    fs::copy(old, dir.path().join("cutscore.db")).expect("copies the old store");
    let mut store = Store::open(dir.path()).expect("opens");

    let stored = store.load_sitting(1).expect("the sitting");
    let first: ChoiceSet = [0, 3].into_iter().collect();
    let flagged = Mark { answer: first.into(), is_flagged: true, ..Mark::default() };
    let guessed = Mark { answer: ChoiceSet::only(0).into(), confidence: Confidence::Guess, ..Mark::default() };
    assert_eq!([stored.sitting.mark_at(0), stored.sitting.mark_at(1)], [flagged, guessed]);
    let kinds: Vec<ItemKind> = stored.start.items.iter().map(|item| item.form_item.kind).collect();
    let expected = [ItemKind::MultipleResponse { n_choices: 4, n_keys: 2 }, ItemKind::MultipleChoice { n_choices: 3 }];
    assert_eq!(kinds, expected);
    for item in &stored.start.items {
        assert!(matches!(store.content(item.form_item.content), Ok(ItemBody::Question(_))));
    }

    // What was indexed before there was a full text can be searched.
    let indexed = store.search(&SearchQuery { words: vec!["which".to_owned()], limit: 9, ..SearchQuery::default() });
    assert!(indexed.expect("searches").n_found > 0);

    let rebuilt = store.rebuild().expect("rebuilds");
    assert_eq!((rebuilt.n_events, rebuilt.differing), (12, Vec::new()));

    let placement: Placement = [Some(1), None, Some(0)].into_iter().collect();
    let marks = [Answer::from(placement), Answer::typed("two words")];
    for (position, answer) in marks.iter().enumerate() {
        let mark = Mark { answer: answer.clone(), ..Mark::default() };
        let sitting = stored.row.id;
        let elapsed = Duration::from_mins(1);
        store.append(stamp(0), &[Event::ItemMarked { sitting, position, mark, elapsed }]).expect("appends");
    }
    let sitting = store.load_sitting(1).expect("the sitting").sitting;
    assert_eq!([sitting.mark_at(0).answer, sitting.mark_at(1).answer], marks);
    assert!(store.rebuild().expect("rebuilds").differing.is_empty());
}

#[test]
fn what_was_taken_back_in_a_store_of_version_2_can_be_brought_back() {
    let dir = directory();
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/store_0002.db");
    fs::copy(old, dir.path().join("cutscore.db")).expect("copies the old store");
    let mut store = Store::open(dir.path()).expect("opens");
    assert_eq!(n_events(&mut store), 6);

    let (deck, item) = (DeckId::new("old").expect("an id"), ItemId::new("q0").expect("an id"));
    let concept = ConceptId::new("q0").expect("an id");
    let today = StudyDay::from_number(20_850);
    let stamp = Stamp { at: instant(20_000_000), study_day: today };
    let redo = store.next_redo(&deck, today).expect("reads").expect("the sending");
    assert_eq!((redo.kind, redo.item), (UndoableKind::Sending, Some(item.clone())));
    store.append(stamp, &[Event::Redone { event: redo.seq }]).expect("appends");
    let redo = store.next_redo(&deck, today).expect("reads");
    assert_eq!(redo, None, "the flashcard was taken back before the sending");
    store.append(stamp, &[Event::Suspended { deck: deck.clone(), item, concept: concept.clone() }]).expect("appends");
    let set_aside = store.set_aside(&deck, today).expect("reads");
    assert_eq!(set_aside.into_iter().collect::<Vec<_>>(), [(concept, SetAside::Suspended { since: today })]);
    assert_eq!(n_events(&mut store), 8);
}

#[test]
fn a_store_of_version_3_is_folded_again_into_what_the_drill_finds_its_cards_by() {
    let dir = directory();
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/store_0003.db");
    fs::copy(old, dir.path().join("cutscore.db")).expect("copies the old store");
    let mut store = Store::open(dir.path()).expect("opens");
    let deck = DeckId::new("three").expect("an id");
    let cards = store.cards(&deck).expect("reads");
    let day = |number| Some(StudyDay::from_number(number));
    // `c2` was missed in the exam, answered on the day after and again a day later; of `q1`, the answer with a doubt stands.
    let found: Vec<_> =
        cards.iter().map(|row| (row.concept.as_str(), row.card.due.number(), row.last_answer)).collect();
    assert_eq!(found, [("c2", 20_858, day(20_852)), ("q1", 20_852, day(20_851))]);
    let reviewed = [20_850, 20_851, 20_852].map(|number| store.n_reviews_on(&deck, StudyDay::from_number(number)));
    assert_eq!(reviewed.map(|n| n.expect("counts")), [0, 2, 1]);
    assert_eq!(store.review_days(&deck).expect("reads").len(), 3);
    assert_eq!(store.set_aside(&deck, StudyDay::from_number(20_852)).expect("reads").len(), 1);
    assert_eq!(n_events(&mut store), 17);
    drop(store);
    assert!(Store::open(dir.path()).is_ok(), "a store is brought up to date once");
}

#[test]
fn the_reviews_of_a_store_of_version_5_are_counted_by_day() {
    let dir = directory();
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/store_0005.db");
    fs::copy(old, dir.path().join("cutscore.db")).expect("copies the old store");
    let raw = Connection::open(dir.path().join("cutscore.db")).expect("opens");
    raw.execute("update revision_item set tags = '[\"odd\", \"odd\"]' where position = 1", []).expect("tags an item");
    drop(raw);
    let mut store = Store::open(dir.path()).expect("opens");
    let odd = SearchQuery { tag: Some("odd".to_owned()), limit: 9, ..SearchQuery::default() };
    assert_eq!(store.search(&odd).expect("searches").n_found, 1, "tags that were there can be searched for");
    let deck = DeckId::new("five").expect("an id");
    let by_day = store.reviews_by_day(&deck).expect("counts");
    assert_eq!(by_day, [(20_851, 1), (20_853, 2)].map(|(day, n)| (StudyDay::from_number(day), n)).into());
    assert_eq!(n_events(&mut store), 17);
    store.append(stamp(20_000_000), &[setting("5")]).expect("appends");
    assert_eq!(n_events(&mut store), 18, "the store goes on as the device that it was");
}

/// The scores of sittings that are over are kept. If these figures change, since scoring does, a step of the schema must
/// fold the log again.
#[test]
fn the_sitting_of_a_store_of_version_5_is_scored_once_and_for_all() {
    let dir = directory();
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/store_0005.db");
    fs::copy(old, dir.path().join("cutscore.db")).expect("copies the old store");
    let store = Store::open(dir.path()).expect("opens");
    let db = Connection::open(dir.path().join("cutscore.db")).expect("opens");
    let n_kept: i64 = db.query_row("select count(*) from sitting_score", [], |row| row.get(0)).expect("counts");
    assert_eq!(n_kept, 1);
    let score = store.sitting_score(&store.sittings().expect("reads")[0]).expect("reads");
    assert_eq!((score.away, score.n_scored, score.n_fresh, score.fresh.len()), (Duration::ZERO, 3, 3, 3));
    let level = DomainLevel {
        domain_idx: 0,
        level_idx: 0,
        probability: Millionths::from_count(796_847),
        share: Millionths::from_count(457_244),
        share_error: Millionths::from_count(160_835),
    };
    let (raw, scaled, outcome) = (RawScore::whole(1), 433.0, Outcome::Fail);
    assert_eq!(score.result, Some(SittingResult { raw, scaled, outcome, levels: vec![level] }));
}
