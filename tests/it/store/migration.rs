//! Stores of earlier versions: `tests/data/store_0001.db` was written by a program of schema version 1, which sat an
//! exam of two questions (the first with two keys, flagged) and drilled them and a flashcard on the day after.

use std::fs;
use std::path::Path;
use std::time::Duration;

use cutscore::deck::{Answer, ChoiceSet, ItemBody, ItemKind, Placement};
use cutscore::exam::{Confidence, Mark};
use cutscore::store::{Event, Store};

use super::{directory, stamp};

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
