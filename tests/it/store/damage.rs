//! Damage below SQLite: files that are cut, bits that flip, and other things in the place of the database. What is gone or
//! changed is named; it never passes for what was recorded.

use std::fs;
use std::path::Path;
use std::process::Command;

use cutscore::base::{ContentHash, Seed};
use cutscore::review::Grade;
use cutscore::store::{Store, StoreError};
use rand::RngExt;
use rusqlite::Connection;
use tempfile::TempDir;

use super::{deck_of, directory, instant, killed_copy, open, question_body, review, some_of_everything, stamp};
use crate::support::{n_times, tried};

/// Everything that a store holds of what happened.
fn all_of(store: &Store) -> Result<Vec<u8>, StoreError> {
    let mut lines = Vec::new();
    store.export(&mut lines)?;
    Ok(lines)
}

/// A store of every kind of event, killed; the older part of it is in the database and the newer in its log.
fn killed_store() -> (TempDir, Vec<u8>) {
    let dir = directory();
    let mut store = open(dir.path());
    some_of_everything(&mut store);
    store.index_deck(ContentHash::of(b"files"), &deck_of(question_body(1))).expect("indexes");
    // The last one to close it moves all into the database.
    drop(store);
    let mut store = open(dir.path());
    for number in 0..4 {
        store.append(stamp(200), &[review(number, Grade::Four)]).expect("appends");
    }
    let all = all_of(&store).expect("exports");
    (killed_copy(dir.path()), all)
}

/// Checks that a store in `dir` is refused, says that it is damaged, or holds all that was recorded.
#[track_caller]
fn check_named(dir: &Path, all: &[u8], what: &str) {
    let found = Store::open(dir).and_then(|store| {
        let is_whole = store.check()?.damage.is_empty();
        Ok(!is_whole || all_of(&store)? == all)
    });
    assert!(found.unwrap_or(true), "{what}: what is left passes for what was recorded");
}

#[test]
fn a_log_file_that_is_cut_anywhere_is_noticed() {
    let (killed, all) = killed_store();
    let log = fs::read(killed.path().join("cutscore.db-wal")).expect("reads");
    let mut n_refused = 0;
    for length in (0..log.len()).step_by(512) {
        let cut = killed_copy(killed.path());
        fs::write(cut.path().join("cutscore.db-wal"), &log[..length]).expect("writes");
        match Store::open(cut.path()) {
            Err(StoreError::LostEvents { .. }) => n_refused += 1,
            // Behind the newest event, the file holds what was moved into the database long ago.
            Ok(store) => assert!(all_of(&store).expect("exports") == all, "{length} of {} bytes", log.len()),
            Err(other) => panic!("{length} of {} bytes: {other:?}", log.len()),
        }
        tried("cut-log", 1, 0);
    }
    assert!(n_refused > 50, "{n_refused} cuts");
}

/// Flips some bits of a file, one at a time, each in one of the bytes at `places`, and looks at each of what comes of it.
fn flip_bits(bytes: &[u8], places: &[usize], n_flips: usize, mut look: impl FnMut(&[u8], &str)) {
    let mut rng = Seed(1).stream("bits").rng();
    for _ in 0..n_flips {
        let (place, bit) = (places[rng.random_range(0..places.len())], rng.random_range(0..8_u32));
        let mut flipped = bytes.to_vec();
        flipped[place] ^= 1 << bit;
        look(&flipped, &format!("bit {bit} of byte {place}"));
        tried("bits", 1, 0);
    }
}

fn everywhere(bytes: &[u8]) -> Vec<usize> {
    (0..bytes.len()).collect()
}

#[test]
fn a_flipped_bit_anywhere_in_the_files_is_noticed_or_changes_nothing() {
    let (killed, all) = killed_store();
    for (name, n_flips) in [("cutscore.db", n_times(20, 2_500)), ("cutscore.db-wal", n_times(40, 5_000))] {
        let bytes = fs::read(killed.path().join(name)).expect("reads");
        flip_bits(&bytes, &everywhere(&bytes), n_flips, |flipped, what| {
            let copy = killed_copy(killed.path());
            fs::write(copy.path().join(name), flipped).expect("writes");
            check_named(copy.path(), &all, &format!("{what} of {name}"));
        });
    }
}

/// Where the events stand in a database: the last column of each is its link in the chain.
fn places_of_events(path: &Path, bytes: &[u8]) -> Vec<usize> {
    let db = Connection::open(path).expect("opens");
    let mut statement = db.prepare("select chain from event").expect("prepares");
    let chains = statement.query_map([], |row| row.get::<_, [u8; 16]>(0)).expect("reads");
    let end = |chain: [u8; 16]| bytes.windows(16).position(|window| window == chain).expect("it is there") + 16;
    chains.map(|chain| end(chain.expect("a chain"))).flat_map(|end| end - 60..end).collect()
}

#[test]
fn a_flipped_bit_in_the_events_is_noticed_or_changes_nothing() {
    let (killed, all) = killed_store();
    // Closed, so that no page of the log file stands in for the one that is damaged.
    drop(open(killed.path()));
    let path = killed.path().join("cutscore.db");
    let bytes = fs::read(&path).expect("reads");
    let places = places_of_events(&path, &bytes);
    flip_bits(&bytes, &places, n_times(20, 2_500), |flipped, what| {
        let copy = killed_copy(killed.path());
        fs::write(copy.path().join("cutscore.db"), flipped).expect("writes");
        check_named(copy.path(), &all, &format!("{what} of the events"));
    });
}

#[test]
fn a_flipped_bit_anywhere_in_a_backup_is_refused_or_changes_nothing() {
    let (killed, all) = killed_store();
    let place = killed.path().join("backup.db");
    open(killed.path()).back_up_to(&place).expect("backs up");
    let bytes = fs::read(&place).expect("reads");
    flip_bits(&bytes, &everywhere(&bytes), n_times(20, 2_000), |flipped, what| {
        let (other, dir) = (directory(), directory());
        let backup = other.path().join("backup.db");
        fs::write(&backup, flipped).expect("writes");
        if Store::restore(dir.path(), &backup, instant(300)).is_ok() {
            assert!(all_of(&open(dir.path())).expect("exports") == all, "{what}: another past was restored");
        }
    });
}

/// Puts something in the place of the database of a killed store.
fn with_instead(put: impl FnOnce(&Path)) -> TempDir {
    let (killed, _) = killed_store();
    let path = killed.path().join("cutscore.db");
    fs::remove_file(&path).expect("removes");
    put(&path);
    killed
}

#[test]
fn what_stands_in_the_place_of_the_database_is_refused_and_left_alone() {
    let random: Vec<u8> = (0..20_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_be_bytes()[0]).collect();
    let write = |bytes: &[u8]| with_instead(|path| fs::write(path, bytes).expect("writes"));
    let header = fs::read(killed_store().0.path().join("cutscore.db")).expect("reads")[..2_048].to_vec();
    for (what, dir) in [
        ("nothing", with_instead(|_| {})),
        ("an empty file", write(b"")),
        ("one byte", write(b"S")),
        ("random bytes", write(&random)),
        ("the first page alone", write(&header)),
        ("a directory", with_instead(|path| fs::create_dir(path).expect("makes a directory"))),
        (
            "a pipe",
            with_instead(|path| {
                assert!(Command::new("mkfifo").arg(path).status().expect("mkfifo").success());
            }),
        ),
        ("a link to nothing", with_instead(|path| std::os::unix::fs::symlink("/nowhere", path).expect("links"))),
        ("a link to itself", with_instead(|path| std::os::unix::fs::symlink(path, path).expect("links"))),
        ("a device", with_instead(|path| std::os::unix::fs::symlink("/dev/zero", path).expect("links"))),
    ] {
        let log = || fs::read(dir.path().join("cutscore.db-wal")).unwrap_or_default();
        let before = log();
        assert!(Store::open(dir.path()).is_err(), "{what} was taken for the database");
        assert!(log() == before, "beside {what}, the log file was changed");
        tried("instead", 1, 0);
    }
}

#[test]
fn the_log_file_of_another_database_is_refused() {
    let (killed, other) = (killed_store().0, directory());
    let mut store = open(other.path());
    for n_more in 1..12 {
        store.append(stamp(n_more), &[review(1, Grade::Four)]).expect("appends");
        fs::copy(other.path().join("cutscore.db-wal"), killed.path().join("cutscore.db-wal")).expect("copies");
        let mixed = killed_copy(killed.path());
        let log = || fs::read(mixed.path().join("cutscore.db-wal")).unwrap_or_default();
        let before = log();
        assert!(Store::open(mixed.path()).is_err(), "with a log of {n_more} events of another database");
        assert!(log() == before, "the log of {n_more} events was taken in");
        tried("instead", 1, 0);
    }
}
