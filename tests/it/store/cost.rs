//! What a commit costs: how much is written, and how often the disk is waited for.

use std::fs;
use std::path::Path;

use cutscore::review::Grade;
use cutscore::store::{Event, Stamp, Store};

use super::{TODAY, directory, instant, open, review, setting, stamp};

const PAGE: u64 = 2048;
const FRAME: u64 = 24 + PAGE;

fn log_length(dir: &Path) -> u64 {
    fs::metadata(dir.join("cutscore.db-wal")).map_or(0, |file| file.len())
}

/// Pages that a commit writes.
fn pages_of(store: &mut Store, stamp: Stamp, event: &Event) -> u64 {
    let before = log_length(store.data_dir());
    store.append(stamp, std::slice::from_ref(event)).expect("appends");
    (log_length(store.data_dir()) - before) / FRAME
}

#[test]
fn an_answer_to_a_card_that_is_due_writes_a_page_of_each_table_that_it_moves() {
    let dir = directory();
    let mut store = open(dir.path());
    let early: Vec<Event> = (0..16).map(|number| review(number, Grade::Four)).collect();
    store.append(stamp(0), &early).expect("appends");
    let later = Stamp { at: instant(86_400), study_day: TODAY.plus(1) };
    // The first answer of a day closes the day before.
    store.append(later, &[review(1, Grade::Four)]).expect("appends");
    // The event, the exposure, the answer, the events of the card, the card, and the index by due date.
    assert_eq!(pages_of(&mut store, later, &review(2, Grade::Four)), 6);
    assert_eq!(pages_of(&mut store, later, &review(3, Grade::Zero)), 7, "and the index of what must come again today");
}

#[test]
fn the_log_is_moved_into_the_main_file_when_it_is_long_and_not_before() {
    let dir = directory();
    let mut store = open(dir.path());
    store.checkpoint().expect("writes");
    let database = || fs::read(dir.path().join("cutscore.db")).expect("reads");
    let before = database();
    while log_length(dir.path()) < 1_000 * FRAME {
        assert_eq!(database(), before);
        let many: Vec<Event> = (0..40).map(|number| review(number, Grade::Four)).collect();
        store.append(stamp(0), &many).expect("appends");
        store.append(stamp(0), &[setting("5")]).expect("appends");
        store.rest().expect("writes");
    }
    assert!(database() != before, "it was moved");
    let longest = log_length(dir.path());
    store.append(stamp(0), &[setting("6")]).expect("appends");
    assert_eq!(log_length(dir.path()), longest, "the log is written from its beginning again");
}
