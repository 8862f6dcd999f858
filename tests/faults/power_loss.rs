//! The power goes, after each call of the program, and the disk keeps of the rest what it likes.

use std::path::Path;
use std::process::Command;

use cutscore::base::Seed;
use cutscore::store::StoreError;

use crate::disk::{Disk, Fate};
use crate::scene::{Scene, data_dir};
use crate::support::{n_times, tried};
use crate::trace::{Call, calls};
use crate::under::straced;

/// How often the power was cut, and how many acknowledged answers that cost.
#[derive(Debug, Default)]
pub(crate) struct Losses {
    pub(crate) n_cuts: usize,
    pub(crate) n_lost: usize,
    /// The cut that cost something.
    pub(crate) first: String,
}

/// The calls of a whole run, on what is below the home of the learner.
pub(crate) fn record(command: &Command, input: &str, home: &Path) -> Vec<Call> {
    let (said, trace) = straced(command, input, None, &home.join("trace"));
    assert_eq!(said.code, 0, "{}", said.err);
    let is_ours = |call: &Call| match call {
        Call::Write { path, .. }
        | Call::Truncate { path, .. }
        | Call::Open { path, .. }
        | Call::MakeDirectory { path }
        | Call::Remove { path }
        | Call::Rename { to: path, .. } => path.starts_with(home),
        Call::Sync { .. } | Call::Say { .. } => true,
    };
    calls(&trace).into_iter().filter(is_ours).collect()
}

/// Cuts the power after each call, several times. `look` is shown the home as it is then and what was said before, and
/// counts what is lost; the first loss ends it.
pub(crate) fn cut_everywhere(
    mut disk: Disk,
    calls: &[Call],
    home: &Path,
    look: impl Fn(&Path, &str) -> Result<usize, StoreError>,
) -> Losses {
    let (mut said, mut losses) = (String::new(), Losses::default());
    for (place, call) in calls.iter().enumerate() {
        disk.take(call);
        if let Call::Say { text } = call {
            said.push_str(text);
        }
        // Of the many writes, not all are looked at each time.
        if matches!(call, Call::Write { .. }) && !place.is_multiple_of(n_times(6, 1)) {
            continue;
        }
        let torn =
            (0..n_times(1, 6)).map(|seed| Fate::Torn(Box::new(Seed(seed).stream(&format!("power cut {place}")).rng())));
        for fate in [Fate::Dropped, Fate::Kept].into_iter().chain(torn) {
            let after = tempfile::tempdir().expect("a directory for the test");
            disk.cut_power(fate, home, after.path());
            let n_lost = look(after.path(), &said);
            losses.n_cuts += 1;
            // A store that is refused holds nothing for the learner.
            losses.n_lost += *n_lost.as_ref().unwrap_or(&1);
            if losses.n_lost > 0 {
                losses.first = format!("{n_lost:?} after call {place} of {}, {call:?}", calls.len());
                return losses;
            }
        }
    }
    losses
}

/// The calls without those syncs of the write-ahead log that `synchronous = normal` leaves out: all but the last before the
/// log is copied into the database.
fn without_full_synchronous(calls: &[Call]) -> Vec<Call> {
    let is_log = |path: &Path| path.to_string_lossy().ends_with("-wal");
    let is_needed = |place: usize| {
        let next = calls[place + 1..].iter().find_map(|call| match call {
            Call::Write { path, .. } | Call::Sync { path } if is_log(path) => Some(false),
            Call::Write { path, .. } if path.ends_with("cutscore.db") => Some(true),
            _ => None,
        });
        next == Some(true)
    };
    let is_left = |place: &usize| match &calls[*place] {
        Call::Sync { path } if is_log(path) => is_needed(*place),
        _ => true,
    };
    (0..calls.len()).filter(is_left).map(|place| calls[place].clone()).collect()
}

fn check(scene: Scene, suite: &str) {
    let home = scene.home();
    let calls = record(&scene.command(home.path()), &scene.input(), home.path());
    let look = |home: &Path, said: &str| scene.n_lost(&data_dir(home), scene.n_acknowledged(said));
    let losses = cut_everywhere(Disk::default(), &calls, home.path(), look);
    tried(suite, losses.n_cuts, losses.n_lost);
    assert_eq!(losses.n_lost, 0, "{}", losses.first);
    // The same cuts find what is lost if commits do not wait for the disk.
    let weaker = cut_everywhere(Disk::default(), &without_full_synchronous(&calls), home.path(), look);
    assert!(weaker.n_lost > 0, "{weaker:?}");
}

#[test]
fn no_answer_of_an_exam_is_lost_when_the_power_goes() {
    check(Scene::Exam { n_answers: n_times(6, 30) }, "power-exam");
}

#[test]
fn no_answer_of_a_drill_is_lost_when_the_power_goes() {
    check(Scene::Drill { n_answers: n_times(6, 30) }, "power-drill");
}
