//! What the suites of faults tell: how much was tried, and how much of it was lost.
//!
//! `.ci/faults` adds the lines up and holds them against the table of docs/reliability.md.

use std::env;
use std::fs::OpenOptions;
use std::io::Write as _;

/// How often something is tried: `usually`, or `in_full` at full length, which `CUTSCORE_FULL` asks for.
#[expect(clippy::disallowed_methods, reason = "the tester says in the environment how long the suites are to run")]
pub(crate) fn n_times<T>(usually: T, in_full: T) -> T {
    if env::var_os("CUTSCORE_FULL").is_some() { in_full } else { usually }
}

/// Tells that a suite, named as in the table, tried so many points more, and how many acknowledged answers were lost at
/// them; of attacks, how many got through. Where nobody asks, in `CUTSCORE_FAULTS`, nothing is written.
#[expect(clippy::disallowed_methods, reason = "the tester says in the environment where the lines are to go")]
pub(crate) fn tried(suite: &str, n_points: usize, n_lost: usize) {
    let Some(path) = env::var_os("CUTSCORE_FAULTS") else { return };
    let mut ledger = OpenOptions::new().append(true).create(true).open(path).expect("the ledger can be written");
    // One write, so that suites that run at the same time do not mix their lines.
    ledger.write_all(format!("{suite}\t{n_points}\t{n_lost}\n").as_bytes()).expect("the ledger can be written");
}
