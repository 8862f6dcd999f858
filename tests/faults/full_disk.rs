//! Disks that are full for real, and files that may not grow.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::scene::{Scene, data_dir};
use crate::support::{Said, n_times, run, tried};
use crate::under::under;

/// Checks what came of a scene on a disk that may have been full, and that nothing acknowledged is gone.
fn check(scene: Scene, said: &Said, home: &Path, what: &str) -> bool {
    let n_acknowledged = scene.n_acknowledged(&said.out);
    assert!(said.code == 0 || said.code == 4 && !said.err.is_empty(), "{what}: {said:?}");
    let n_lost = scene.n_lost(&data_dir(home), n_acknowledged);
    assert!(matches!(n_lost, Ok(0)), "{what}: of {n_acknowledged}, {n_lost:?} lost: {}", said.err);
    said.code != 0
}

#[test]
fn an_exam_on_a_memory_disk_of_any_size_keeps_what_it_acknowledged_and_goes_on_with_more_room() {
    let mut n_full = 0;
    for kilobytes in (64..=512).step_by(n_times(32, 4)) {
        let scene = Scene::Exam { n_answers: 6 };
        let home = scene.home();
        let data = data_dir(home.path());
        fs::create_dir(&data).expect("makes a directory");
        let mount = |options: &str| {
            let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", options, "none"]).arg(&data).status();
            assert!(mounted.is_ok_and(|status| status.success()), "nothing can be mounted");
        };
        mount(&format!("size={kilobytes}k"));
        let said = run(&mut scene.command(home.path()), scene.input().as_bytes());
        mount("remount,size=8m");
        let what = format!("a disk of {kilobytes} kB");
        if check(scene, &said, home.path(), &what) {
            n_full += 1;
            let again = run(&mut scene.command(home.path()), b"time\nleave\n");
            assert_eq!(again.code, 0, "{what}, with room again: {}", again.err);
        }
        tried("full-disk", 1, 0);
        assert!(Command::new("umount").arg(&data).status().is_ok_and(|status| status.success()));
    }
    assert!(n_full > 3, "only {n_full} disks were full");
}

#[test]
fn an_exam_whose_files_may_not_grow_keeps_what_it_acknowledged() {
    for (signal, usual_code) in [("trap '' XFSZ; ", 4), ("", -1)] {
        let mut n_full = 0;
        for kilobytes in (2..400).step_by(n_times(33, 3)) {
            let scene = Scene::Exam { n_answers: 6 };
            let home = scene.home();
            let limit = format!("{signal}exec prlimit --fsize={} \"$0\" \"$@\"", kilobytes * 1_024);
            let mut command = under(&["sh", "-c", &limit], &scene.command(home.path()));
            let mut said = run(&mut command, scene.input().as_bytes());
            if said.code == usual_code {
                n_full += 1;
                // A signal says nothing.
                (said.code, said.err) = (4, format!("ended: {}", said.err));
            }
            check(scene, &said, home.path(), &format!("files of {kilobytes} kB, {signal}"));
            tried("full-limit", 1, 0);
        }
        assert!(n_full > 3, "only {n_full} files were full");
    }
}
