//! A data directory in which nothing can be written, used by somebody without the rights of an administrator.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use crate::scene::{Scene, data_dir};
use crate::support::{Said, bare_command, run, tried};
use crate::under::under;

/// An administrator who has laid down all rights is as anybody else.
const ANYBODY: [&str; 3] = ["setpriv", "--bounding-set=-all", "--inh-caps=-all"];

/// Runs the command as anybody.
fn say(home: &Path, words: &str) -> Said {
    let mut command: Command = bare_command(home);
    command.arg("--data-dir").arg(data_dir(home)).args(["--now", "2027-02-02T09:00:00Z"]).args(words.split(' '));
    run(&mut under(&ANYBODY, &command), b"a\n")
}

fn set_modes(path: &Path, directory: u32, file: u32) {
    let mode = if path.is_dir() { directory } else { file };
    for entry in fs::read_dir(path).into_iter().flatten() {
        set_modes(&entry.expect("reads").path(), directory, file);
    }
    fs::set_permissions(path, Permissions::from_mode(mode)).expect("sets a mode");
}

/// What lies in a directory: names and contents.
fn contents(data: &Path) -> Vec<(String, Vec<u8>)> {
    let files = fs::read_dir(data).expect("reads").map(|file| file.expect("reads").path());
    let mut files: Vec<_> = files
        .filter(|path| path.is_file())
        .map(|path| (path.display().to_string(), fs::read(&path).expect("reads")))
        .collect();
    files.sort();
    files
}

fn check(leave: &str) {
    let scene = Scene::Exam { n_answers: 4 };
    let home = scene.home();
    let said = run(&mut scene.command(home.path()), scene.input().replace("leave", leave).as_bytes());
    assert_eq!(said.code, 0, "{}", said.err);
    let data = data_dir(home.path());
    set_modes(&data, 0o500, 0o400);
    let before = contents(&data);
    for words in [
        "history",
        "report 1",
        "deck show room",
        "progress room",
        "plan room",
        "data export",
        "data backup --to copy.db",
    ] {
        let said = say(home.path(), words);
        assert_eq!(said.code, 0, "{words}: {}", said.err);
        assert!(!said.out.is_empty(), "{words}");
        tried("read-only", 1, 0);
    }
    for words in [
        "drill room",
        "exam room",
        "exam deck.yaml --practice",
        "deck doubt room --item net-00",
        "plan room --minutes 20",
        "data rebuild",
    ] {
        let said = say(home.path(), words);
        assert_eq!(said.code, 4, "{words}: {}{}", said.out, said.err);
        assert!(said.err.contains("the data directory cannot be written to"), "{words}: {}", said.err);
        assert!(!said.out.contains("What does"), "{words}: a question is asked whose answer cannot be recorded");
        tried("read-only", 1, 0);
    }
    assert!(contents(&data) == before, "something was changed");
    set_modes(&data, 0o700, 0o600);
}

#[test]
fn reports_work_where_nothing_can_be_written_and_what_records_is_refused() {
    check("leave");
    check("submit");
}
