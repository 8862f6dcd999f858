//! The system refuses a call of the program: once, or from then on.

use crate::scene::{Scene, data_dir};
use crate::support::{n_times, tried};
use crate::trace::n_syncs_after_failure;
use crate::under::straced;

/// Has the calls of a kind refused in turn, until a run needs no more of them. Returns how many were.
fn refuse_each(scene: Scene, call: &str, error: &str, times: &str, every: usize) -> usize {
    let mut n_refused = 0;
    for k in (1..).step_by(every) {
        let home = scene.home();
        let injection = format!("{call}:error={error}:when={k}{times}");
        let (said, trace) =
            straced(&scene.command(home.path()), &scene.input(), Some(&injection), &home.path().join("trace"));
        if !trace.contains("(INJECTED)") {
            break;
        }
        n_refused += 1;
        // 127: the libraries of the program could not be loaded. Where nothing can be written, nothing can be told.
        let is_told = said.code == 0 || !said.err.is_empty() || (call, times) == ("write", "+");
        assert!([0, 1, 3, 4, 127].contains(&said.code) && is_told, "{injection}: {said:?}");
        assert_eq!(n_syncs_after_failure(&trace), 0, "{injection}");
        let n_acknowledged = scene.n_acknowledged(&said.out);
        let n_lost = scene.n_lost(&data_dir(home.path()), n_acknowledged);
        assert!(matches!(n_lost, Ok(0)), "{injection}: {n_acknowledged} answers acknowledged, {n_lost:?} lost");
    }
    n_refused
}

fn check(scene: Scene, error: &str, suite: &str) {
    for (call, every) in [
        ("pwrite64", n_times(19, 1)),
        ("write", 1),
        ("fsync", n_times(3, 1)),
        ("ftruncate", 1),
        ("openat", n_times(7, 1)),
        ("unlink", 1),
        ("rename", 1),
        ("mkdir", 1),
    ] {
        for times in ["", "+"] {
            let n_refused = refuse_each(scene, call, error, times, every);
            tried(suite, n_refused, 0);
        }
    }
}

#[test]
fn an_exam_keeps_its_answers_when_the_disk_fails() {
    check(Scene::Exam { n_answers: n_times(3, 12) }, "EIO", "error-exam");
}

#[test]
fn a_drill_keeps_its_answers_when_the_disk_fails() {
    check(Scene::Drill { n_answers: n_times(3, 12) }, "EIO", "error-drill");
}

#[test]
fn an_exam_keeps_its_answers_when_the_disk_is_full() {
    check(Scene::Exam { n_answers: n_times(3, 12) }, "ENOSPC", "full-exam");
}
