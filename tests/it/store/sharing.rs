//! Several programs at work on one store.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Barrier;
use std::thread;

use cutscore::review::Grade;
use cutscore::store::{Seq, StoreError};

use super::{deck, directory, item, n_events, open, review, stamp};
use crate::support::{n_times, tried};

fn append_alone(dir: &Path, n_events: i64) -> Vec<Seq> {
    let mut store = open(dir);
    (0..n_events).flat_map(|secs| store.append(stamp(secs), &[review(0, Grade::Four)]).expect("appends")).collect()
}

#[test]
fn two_writers_interleave_without_loss() {
    let dir = directory();
    let n_each = n_times(300, 3_000);
    let n_written = usize::try_from(2 * n_each).expect("some thousands");
    let seqs: Vec<Vec<Seq>> = thread::scope(|scope| {
        let writers: Vec<_> = (0..2).map(|_| scope.spawn(|| append_alone(dir.path(), n_each))).collect();
        writers.into_iter().map(|writer| writer.join().expect("writes to the end")).collect()
    });
    let distinct: BTreeSet<Seq> = seqs.iter().flatten().copied().collect();
    assert_eq!((seqs[0].len(), seqs[1].len(), distinct.len()), (n_written / 2, n_written / 2, n_written));
    let mut store = open(dir.path());
    assert_eq!(usize::try_from(n_events(&mut store)), Ok(n_written));
    assert_eq!(usize::try_from(store.exposures(&deck()).expect("reads")[&item(0)].n_shown), Ok(n_written));
    tried("two-writers", n_written, 0);
}

#[test]
fn programs_that_make_a_store_at_the_same_moment_all_get_it() {
    for _round in 0..40 {
        let dir = directory();
        let start = Barrier::new(4);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    start.wait();
                    append_alone(dir.path(), 1)
                });
            }
        });
        assert_eq!(n_events(&mut open(dir.path())), 4);
        tried("two-writers", 4, 0);
    }
}

#[test]
fn one_handle_sees_at_once_what_another_has_written() {
    let dir = directory();
    let (mut one, other) = (open(dir.path()), open(dir.path()));
    one.append(stamp(0), &[review(0, Grade::Four)]).expect("appends");
    assert_eq!(other.cards(&deck()).expect("reads").len(), 1);
}

#[test]
fn an_exam_is_sat_in_one_place_at_a_time() {
    let dir = directory();
    let (one, other) = (open(dir.path()), open(dir.path()));
    let lock = one.lock_sitting().expect("locks");
    assert!(matches!(other.lock_sitting(), Err(StoreError::SittingInUse)));
    drop(lock);
    assert!(other.lock_sitting().is_ok());
}
