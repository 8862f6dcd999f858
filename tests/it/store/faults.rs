//! What the store keeps through kills, lost files and flipped bits.

use std::fs::{self, OpenOptions};
use std::path::Path;

use cutscore::base::ContentHash;
use cutscore::deck::{Flashcard, ItemBody};
use cutscore::review::Grade;
use cutscore::store::{SettingName, Store, StoreError};
use proptest::prelude::*;
use rusqlite::Connection;
use tempfile::TempDir;

use super::{deck_of, directory, killed_copy, n_events, open, review, setting, some_of_everything, stamp};

#[test]
fn a_killed_store_keeps_all_that_append_returned_for() {
    let dir = directory();
    let mut store = open(dir.path());
    for n_appended in 1..=12 {
        store.append(stamp(0), &[setting(&n_appended.to_string())]).expect("appends");
        if n_appended % 5 == 0 {
            store.checkpoint().expect("writes");
        }
        let mut revived = open(killed_copy(dir.path()).path());
        assert_eq!(revived.setting(SettingName::RolloverHour).expect("reads"), Some(n_appended.to_string()));
        assert_eq!(n_events(&mut revived), n_appended);
    }
}

#[test]
fn a_commit_that_was_cut_off_takes_none_of_the_earlier_ones_with_it() {
    let dir = directory();
    let mut store = open(dir.path());
    let n_before = some_of_everything(&mut store);
    let before = killed_copy(dir.path());
    store.append(stamp(200), &[review(1, Grade::Five), review(2, Grade::Zero)]).expect("appends");
    let log = |dir: &Path| fs::read(dir.join("cutscore.db-wal")).expect("reads");
    let (short, long) = (log(before.path()).len(), log(dir.path()));
    for length in [short, short + 1, short + 24, usize::midpoint(short, long.len()), long.len() - 1, long.len()] {
        let cut = killed_copy(before.path());
        fs::write(cut.path().join("cutscore.db-wal"), &long[..length]).expect("writes");
        let expected = if length < long.len() { n_before } else { n_before + 2 };
        assert_eq!(n_events(&mut open(cut.path())), expected, "{length} of {} bytes", long.len());
    }
}

#[track_caller]
fn check_lost(dir: &Path, expected: (u64, u64)) {
    match Store::open(dir) {
        Err(StoreError::LostEvents { found, recorded, .. }) => assert_eq!((found, recorded), expected),
        other => panic!("{other:?}"),
    }
}

/// A store that was closed after 12 events, and a copy of its database from when it had 3.
fn with_older_copy() -> (TempDir, Vec<u8>) {
    let dir = directory();
    let path = dir.path().join("cutscore.db");
    let mut store = open(dir.path());
    store.append(stamp(0), &[setting("1"), setting("2"), setting("3")]).expect("appends");
    drop(store);
    let older = fs::read(&path).expect("reads");
    let mut store = open(dir.path());
    store.append(stamp(1), &[review(0, Grade::Four), review(1, Grade::Four)]).expect("appends");
    (dir, older)
}

#[test]
fn an_older_copy_in_place_of_the_database_is_refused_until_the_newer_one_is_back() {
    let (dir, older) = with_older_copy();
    let path = dir.path().join("cutscore.db");
    let newer = fs::read(&path).expect("reads");
    let new = directory();
    drop(open(new.path()));
    let empty = fs::read(new.path().join("cutscore.db")).expect("reads");
    for (bytes, n_found) in [(older, 3), (empty, 0)] {
        fs::write(&path, bytes).expect("writes");
        check_lost(dir.path(), (n_found, 5));
        fs::write(&path, &newer).expect("writes");
        assert_eq!(n_events(&mut open(dir.path())), 5);
    }
}

#[test]
fn a_learner_may_go_on_from_an_older_copy() {
    let (dir, older) = with_older_copy();
    fs::write(dir.path().join("cutscore.db"), older).expect("writes");
    fs::remove_file(dir.path().join("cutscore.head")).expect("removes");
    assert_eq!(n_events(&mut open(dir.path())), 3);
}

#[test]
fn a_database_that_is_emptied_or_gone_is_refused_and_its_log_file_is_left_alone() {
    let dir = directory();
    let mut store = open(dir.path());
    let n_appended = some_of_everything(&mut store);
    let lose: [fn(&Path); 2] = [
        |path| fs::remove_file(path).expect("removes"),
        |path| drop(OpenOptions::new().write(true).truncate(true).open(path).expect("opens")),
    ];
    for lose in lose {
        let killed = killed_copy(dir.path());
        let path = killed.path().join("cutscore.db");
        let database = fs::read(&path).expect("reads");
        lose(&path);
        check_lost(killed.path(), (0, n_appended));
        fs::write(&path, database).expect("writes");
        assert_eq!(n_events(&mut open(killed.path())), n_appended);
    }
}

#[test]
fn a_missing_log_file_is_noticed_and_can_be_put_back() {
    let dir = directory();
    let mut store = open(dir.path());
    store.append(stamp(0), &[setting("1")]).expect("appends");
    store.checkpoint().expect("writes");
    store.append(stamp(0), &[setting("2")]).expect("appends");
    let killed = killed_copy(dir.path());
    let path = killed.path().join("cutscore.db-wal");
    let log = fs::read(&path).expect("reads");
    fs::remove_file(&path).expect("removes");
    check_lost(killed.path(), (1, 2));
    fs::write(&path, log).expect("writes");
    assert_eq!(n_events(&mut open(killed.path())), 2);
}

#[test]
fn a_head_counts_whatever_is_left_of_a_longer_one_behind_it() {
    let (dir, older) = with_older_copy();
    let path = dir.path().join("cutscore.head");
    let head = fs::read_to_string(&path).expect("reads");
    fs::write(&path, format!("{head}89abcdef\n")).expect("writes");
    assert_eq!(n_events(&mut open(dir.path())), 5);
    fs::write(dir.path().join("cutscore.db"), older).expect("writes");
    check_lost(dir.path(), (3, 5));
}

#[test]
fn a_half_written_head_counts_as_none() {
    let (dir, _) = with_older_copy();
    for text in ["", "5", "5 0123", "\0\0\0\0"] {
        fs::write(dir.path().join("cutscore.head"), text).expect("writes");
        assert_eq!(n_events(&mut open(dir.path())), 5);
    }
}

#[test]
fn a_head_that_cannot_be_written_keeps_nothing_from_being_recorded() {
    let dir = directory();
    let mut store = open(dir.path());
    fs::create_dir(dir.path().join("cutscore.head")).expect("makes a directory");
    store.append(stamp(0), &[review(0, Grade::Four)]).expect("appends");
    assert_eq!(n_events(&mut store), 1);
}

/// Flips a bit of one column of one event; the number of the bit wraps.
fn flip(dir: &Path, seq: u64, column: &str, bit: usize) {
    let db = Connection::open(dir.join("cutscore.db")).expect("opens");
    let seq = i64::try_from(seq).expect("few events");
    if matches!(column, "body" | "chain") {
        let sql = format!("select {column} from event where seq = ?");
        let mut bytes: Vec<u8> = db.query_row(&sql, [seq], |row| row.get(0)).expect("reads");
        let place = bit / 8 % bytes.len();
        bytes[place] ^= 1 << (bit % 8);
        db.execute(&format!("update event set {column} = ? where seq = ?"), (bytes, seq)).expect("writes");
    } else {
        let sql = format!("update event set {column} = ({column} | ?1) - ({column} & ?1) where seq = ?2");
        db.execute(&sql, (1_i64 << (bit % 5), seq)).expect("writes");
    }
}

#[track_caller]
fn check_flip(seq: u64, column: &str, bit: usize) {
    let dir = directory();
    some_of_everything(&mut open(dir.path()));
    flip(dir.path(), seq, column, bit);
    // A head that no longer fits is noticed on opening.
    let rebuilt = Store::open(dir.path()).and_then(|mut store| store.rebuild());
    assert!(matches!(rebuilt, Err(StoreError::BrokenChain { seq: named }) if named == seq), "{rebuilt:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_flipped_bit_in_an_event_is_named_by_its_place(
        seq in 1_u64..=12,
        column in prop::sample::select(vec!["body", "body", "body", "chain", "at", "study_day", "kind", "device_seq"]),
        bit in 0_usize..4_000,
    ) {
        check_flip(seq, column, bit);
    }
}

#[test]
fn a_damaged_log_leaves_the_state_as_it_was() {
    let dir = directory();
    let mut store = open(dir.path());
    some_of_everything(&mut store);
    let before = store.sittings().expect("reads");
    flip(dir.path(), 4, "body", 20);
    assert!(store.rebuild().is_err());
    assert_eq!(store.sittings().expect("reads"), before);
    assert_eq!(store.setting(SettingName::RolloverHour).expect("reads").as_deref(), Some("5"));
}

#[test]
fn a_damaged_content_is_named_and_not_shown() {
    let dir = directory();
    let mut store = open(dir.path());
    let card = Flashcard { front: "2 + 2".to_owned(), back: "4".to_owned(), refs: Vec::new() };
    let deck = deck_of(ItemBody::Flashcard(card.clone()));
    let revision = store.index_deck(ContentHash::of(b"files"), &deck).expect("indexes");
    let hash = store.indexed_items(revision).expect("reads")[0].content;
    assert_eq!(store.content(hash).expect("reads"), ItemBody::Flashcard(card));
    let db = Connection::open(dir.path().join("cutscore.db")).expect("opens");
    db.execute("update content set body = replace(body, '4', '5')", []).expect("writes");
    let error = store.content(hash).expect_err("refuses").to_string();
    assert!(error.contains(&hash.to_string()), "{error}");
}
