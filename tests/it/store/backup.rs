//! Backups, checks of all that is kept, and putting a backup in its place.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use cutscore::base::ContentHash;
use cutscore::review::Grade;
use cutscore::store::{Store, StoreError};
use rusqlite::Connection;

use super::{
    deck, deck_of, directory, instant, killed_copy, n_events, open, question_body, review, setting, some_of_everything,
    stamp,
};

fn backups(dir: &Path) -> Vec<PathBuf> {
    let Ok(files) = fs::read_dir(dir.join("backups")) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = files.map(|file| file.expect("reads").path()).collect();
    paths.sort();
    paths
}

fn damage(dir: &Path, sql: &str) {
    Connection::open(dir.join("cutscore.db")).expect("opens").execute_batch(sql).expect("damages");
}

#[track_caller]
fn check_finds(sql: &str, expected: &str) {
    let dir = directory();
    let mut store = open(dir.path());
    some_of_everything(&mut store);
    store.index_deck(ContentHash::of(b"files"), &deck_of(question_body(1))).expect("indexes");
    damage(dir.path(), sql);
    let found = store.check().expect("checks");
    let words: Vec<String> = found.damage.iter().map(ToString::to_string).collect();
    assert!(words.first().is_some_and(|first| first.contains(expected)), "`{expected}` is not first in {words:?}");
    let left: Vec<_> = fs::read_dir(dir.path()).expect("reads").map(|file| file.expect("reads").file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().starts_with('.')), "{left:?}");
}

#[test]
fn a_check_names_what_is_damaged() {
    check_finds("update event set body = x'0100' where seq = 5", "event 5 is damaged");
    check_finds("update event set at = at + 1 where seq = 22", "event 22 is damaged");
    check_finds("pragma foreign_keys = off; delete from event where seq = 7", "event 8 is damaged");
    check_finds("update content set body = replace(body, 'Number', 'number')", "content ");
    check_finds("update card set interval_days = interval_days + 1", "the state is not what the log says, in: card;");
    check_finds("update review_day set n_reviews = 1", "in: review_day;");
    check_finds("drop index card_due", "index card_due is missing");
    check_finds(
        "create trigger sly after insert on event begin delete from card; end",
        "trigger sly does not belong to it",
    );
    // The index and its table disagree, and each row is well formed.
    check_finds(
        "pragma writable_schema = on;
         update sqlite_schema set sql = 'CREATE INDEX card_due on card (deck, n_lapses)' where name = 'card_due'",
        "badly formed",
    );
}

#[test]
fn a_check_of_what_is_whole_changes_nothing_and_keeps_nobody_waiting() {
    let dir = directory();
    let mut store = open(dir.path());
    let n_appended = some_of_everything(&mut store);
    store.index_deck(ContentHash::of(b"files"), &deck_of(question_body(1))).expect("indexes");
    let other = Connection::open(dir.path().join("cutscore.db")).expect("opens");
    other.execute_batch("begin immediate").expect("another program writes");
    let found = store.check().expect("checks");
    assert_eq!((found.n_events, found.n_contents), (n_appended, 1));
    assert!(found.damage.is_empty(), "{:?}", found.damage);
}

#[test]
fn a_backup_holds_all_that_was_recorded_and_is_one_file_for_its_owner() {
    use std::os::unix::fs::PermissionsExt;
    let dir = directory();
    let mut store = open(dir.path());
    let n_appended = some_of_everything(&mut store);
    let backup = store.back_up(instant(0)).expect("backs up");
    assert_eq!(backup.n_events, n_appended);
    assert_eq!(backups(dir.path()), [dir.path().join("backups/2026-11-18T110640Z.db")]);
    let mode = fs::metadata(&backup.path).expect("it is there").permissions().mode() & 0o777;
    assert_eq!(mode, 0o600);
    let elsewhere = directory();
    fs::copy(&backup.path, elsewhere.path().join("cutscore.db")).expect("copies");
    assert_eq!(n_events(&mut open(elsewhere.path())), n_appended);
}

#[test]
fn a_damaged_log_is_not_backed_up_and_thins_no_older_backup() {
    let dir = directory();
    let mut store = open(dir.path());
    some_of_everything(&mut store);
    for minutes in 0..3 {
        store.back_up(instant(60 * minutes)).expect("backs up");
    }
    let before = backups(dir.path());
    damage(dir.path(), "update event set body = x'0100' where seq = 5");
    assert!(matches!(store.back_up(instant(9_000)), Err(StoreError::BrokenChain { seq: 5 })));
    assert_eq!((backups(dir.path()), before.len()), (before, 1));
}

#[test]
fn a_store_in_use_is_backed_up_once_a_week() {
    let dir = directory();
    let mut store = open(dir.path());
    let at = |days: i64| instant(0) + TimeDelta::days(days);
    assert_eq!(store.back_up_if_due(at(0)).expect("looks"), None, "nothing is kept yet");
    store.append(stamp(0), &[setting("5")]).expect("appends");
    let mut written = Vec::new();
    for day in 0..16 {
        if store.back_up_if_due(at(day)).expect("looks").is_some() {
            written.push(day);
        }
    }
    assert_eq!(written, [0, 7, 14]);
}

#[test]
fn a_store_of_an_earlier_version_is_copied_before_it_is_changed() {
    let dir = directory();
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/store_0003.db");
    fs::copy(&old, dir.path().join("cutscore.db")).expect("copies the old store");
    drop(open(dir.path()));
    drop(open(dir.path()));
    let found = backups(dir.path());
    assert_eq!(found, [dir.path().join("backups/schema-3.db")]);
    let version: i64 = Connection::open(&found[0])
        .expect("opens")
        .query_row("select user_version from pragma_user_version", [], |row| row.get(0))
        .expect("reads");
    assert_eq!(version, 3);
}

#[test]
fn a_restored_backup_goes_on_as_another_device_and_what_was_there_is_kept() {
    let dir = directory();
    let mut store = open(dir.path());
    let n_backed_up = some_of_everything(&mut store);
    let backup = store.back_up(instant(100)).expect("backs up");
    store.append(stamp(200), &[review(1, Grade::Four)]).expect("appends");
    drop(store);
    let restored = Store::restore(dir.path(), &backup.path, instant(300)).expect("restores");
    assert_eq!(restored.n_events, n_backed_up);
    let mut store = open(dir.path());
    assert_eq!(n_events(&mut store), n_backed_up);
    // Both go on, and come together again: no event of one is taken for one of the other.
    store.append(stamp(400), &[review(2, Grade::Four)]).expect("appends");
    let kept = restored.replaced.expect("it was kept");
    let mut lines = Vec::new();
    open(&kept).export(&mut lines).expect("exports");
    assert_eq!(store.import(&mut lines.as_slice(), instant(9_000)).expect("imports").n_new, 1);
    assert_eq!(n_events(&mut store), n_backed_up + 2);
    assert_eq!(store.next_undo(&deck(), super::TODAY).expect("reads").expect("the newest").item, Some(super::item(2)));
}

#[test]
fn a_backup_takes_the_place_of_a_database_that_cannot_be_opened() {
    let dir = directory();
    let mut store = open(dir.path());
    let n_appended = some_of_everything(&mut store);
    let backup = store.back_up(instant(100)).expect("backs up");
    store.checkpoint().expect("writes");
    store.append(stamp(200), &[review(1, Grade::Four)]).expect("appends");
    let killed = killed_copy(dir.path());
    fs::write(killed.path().join("cutscore.db"), "a shopping list ".repeat(100)).expect("writes");
    assert!(Store::open(killed.path()).is_err());
    let restored = Store::restore(killed.path(), &backup.path, instant(300)).expect("restores");
    let kept = restored.replaced.expect("it was kept");
    assert!(fs::read_to_string(kept.join("cutscore.db")).expect("reads").starts_with("a shopping list"));
    assert!(kept.join("cutscore.db-wal").exists() && kept.join("cutscore.head").exists());
    assert_eq!(n_events(&mut open(killed.path())), n_appended);
}

#[track_caller]
fn check_refused(sql: &str, expected: &str) {
    let (dir, other) = (directory(), directory());
    let mut store = open(dir.path());
    some_of_everything(&mut store);
    let backup = other.path().join("backup.db");
    store.back_up_to(&backup).expect("backs up");
    drop(store);
    Connection::open(&backup).expect("opens").execute_batch(sql).expect("damages");
    let before = fs::read(dir.path().join("cutscore.db")).expect("reads");
    let error = Store::restore(dir.path(), &backup, instant(300)).expect_err("refuses");
    let cause = std::error::Error::source(&error).map(ToString::to_string).unwrap_or_default();
    assert!(format!("{error}: {cause}").contains(expected), "`{expected}` is not in {error}: {cause}");
    assert_eq!(fs::read(dir.path().join("cutscore.db")).expect("reads"), before);
    assert_eq!(fs::read_dir(dir.path()).expect("reads").count(), 2, "the database and its head, and nothing else");
}

#[test]
fn a_backup_that_is_damaged_or_strange_is_refused_and_nothing_changes() {
    check_refused("update event set body = x'0100' where seq = 5", "event 5 is damaged");
    check_refused("update card set interval_days = 99", "the state is not what the log says");
    check_refused("pragma application_id = 7", "is not a cutscore database");
    check_refused("pragma user_version = 99", "install a newer cutscore");
    check_refused("create trigger sly after insert on device begin delete from event; end", "trigger sly");
}

#[test]
fn nothing_is_restored_while_another_program_is_at_work() {
    let dir = directory();
    let mut store = open(dir.path());
    let n_appended = some_of_everything(&mut store);
    let backup = store.back_up(instant(100)).expect("backs up");
    let refused = Store::restore(dir.path(), &backup.path, instant(300));
    assert!(matches!(refused, Err(StoreError::InUse)), "{refused:?}");
    assert_eq!(n_events(&mut store), n_appended);
}

#[test]
fn an_empty_file_is_no_backup() {
    let dir = directory();
    let n_appended = some_of_everything(&mut open(dir.path()));
    let empty = dir.path().join("empty.db");
    fs::write(&empty, "").expect("writes");
    let refused = Store::restore(dir.path(), &empty, instant(300));
    let Err(StoreError::BadBackup { source, .. }) = refused else { panic!("{refused:?}") };
    assert!(matches!(*source, StoreError::NotOurs { path } if path == empty));
    assert_eq!(n_events(&mut open(dir.path())), n_appended);
}
