//! The program is killed at each call by which it changes something.

use crate::scene::{Scene, data_dir};
use crate::support::{n_times, tried};
use crate::under::straced;

/// Kills the scene at the first call of a kind, the second, and so on, until it ends by itself.
fn kill_at_each(call: &str, scene: Scene, every: usize) -> usize {
    let mut n_kills = 0;
    for k in (1..).step_by(every) {
        let home = scene.home();
        let injection = format!("{call}:signal=KILL:when={k}");
        let (said, _) =
            straced(&scene.command(home.path()), &scene.input(), Some(&injection), &home.path().join("trace"));
        if said.code == 0 {
            break;
        }
        assert_eq!(said.code, -1, "{injection}: {}", said.err);
        n_kills += 1;
        let n_acknowledged = scene.n_acknowledged(&said.out);
        let n_lost = scene.n_lost(&data_dir(home.path()), n_acknowledged);
        assert!(matches!(n_lost, Ok(0)), "{injection}: {n_acknowledged} answers acknowledged, {n_lost:?} lost");
    }
    n_kills
}

fn check(scene: Scene, suite: &str) {
    for (call, every) in [
        ("pwrite64", n_times(9, 1)),
        ("write", 1),
        ("fsync", n_times(2, 1)),
        ("ftruncate", 1),
        ("openat", n_times(7, 1)),
        ("unlink", 1),
        ("rename", 1),
        ("mkdir", 1),
    ] {
        let n_kills = kill_at_each(call, scene, every);
        tried(suite, n_kills, 0);
    }
}

#[test]
fn an_exam_that_is_killed_at_a_write_or_sync_keeps_its_answers() {
    check(Scene::Exam { n_answers: n_times(3, 12) }, "kill-exam");
}

#[test]
fn a_drill_that_is_killed_at_a_write_or_sync_keeps_its_answers() {
    check(Scene::Drill { n_answers: n_times(3, 12) }, "kill-drill");
}
