//! Environments that lack what is usual, or have what is not.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::Command;

use crate::scene::{Scene, data_dir};
use crate::support::{Said, run, tried};
use crate::under::under;

/// A scene in an environment that is changed by `change`, with the tools before it.
fn sit(tools: &[&str], change: impl FnOnce(&mut Command) -> &mut Command) -> (Scene, tempfile::TempDir, Said) {
    let scene = Scene::Exam { n_answers: 4 };
    let home = scene.home();
    let mut command =
        if tools.is_empty() { scene.command(home.path()) } else { under(tools, &scene.command(home.path())) };
    change(&mut command);
    let said = run(&mut command, scene.input().as_bytes());
    (scene, home, said)
}

/// Checks that the exam goes as ever, or is refused in words; nothing that was acknowledged is lost.
fn check(what: &str, tools: &[&str], codes: &[i32], change: impl FnOnce(&mut Command) -> &mut Command) {
    let (scene, home, said) = sit(tools, change);
    assert!(codes.contains(&said.code), "{what}: {said:?}");
    assert!(said.code == 0 || !said.err.is_empty() && !said.err.contains("panicked"), "{what}: {said:?}");
    let n_acknowledged = scene.n_acknowledged(&said.out);
    assert!(said.code != 0 || n_acknowledged == 4, "{what}: {said:?}");
    let n_lost = scene.n_lost(&data_dir(home.path()), n_acknowledged);
    assert!(matches!(n_lost, Ok(0)), "{what}: {n_lost:?}");
    tried("environment", 1, 0);
}

#[test]
fn an_exam_goes_as_ever_without_what_is_usual() {
    check("no home", &[], &[0], |command| command.env_remove("HOME"));
    check("a home that is no place", &[], &[0], |command| command.env("HOME", ""));
    check("a home within the folder", &[], &[0], |command| command.env("HOME", "here/there"));
    check("a home that is no text", &[], &[0], |command| command.env("HOME", OsStr::from_bytes(b"/\xff\xfe")));
    check("a language that is none", &[], &[0], |command| command.env("LANG", "xx").env("LC_ALL", "\u{202e}"));
    check("a zone that is none", &[], &[0], |command| command.env("TZ", "Nowhere/At_All"));
    for terminal in ["", "dumb", "no such terminal", "xterm-256color"] {
        check("a terminal by name", &[], &[0], |command| command.env("TERM", terminal));
    }
    for columns in ["0", "1", "99999999999999999999", "-3"] {
        check("a width", &[], &[0], |command| command.env("COLUMNS", columns).env("LINES", columns));
    }
}

#[test]
fn an_exam_with_too_little_of_the_machine_is_refused_in_words() {
    for n_files in [4, 6, 8, 10, 16, 32] {
        let limit = format!("--nofile={n_files}");
        // 127: the libraries of the program cannot be opened.
        check(&limit, &["prlimit", &limit], if n_files < 16 { &[0, 1, 3, 4, 127] } else { &[0] }, |command| command);
    }
    let roomy = format!("--as={}", 128 << 20);
    check(&roomy, &["prlimit", &roomy], &[0], |command| command);
}

/// Runs a line of the shell in which `$0` is the program with its data directory.
fn shell(line: &str) -> Said {
    let scene = Scene::Exam { n_answers: 4 };
    let home = scene.home();
    assert_eq!(run(&mut scene.command(home.path()), scene.input().as_bytes()).code, 0);
    let program = format!("'{}' --data-dir '{}'", env!("CARGO_BIN_EXE_cutscore"), data_dir(home.path()).display());
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg(line.replace("$0", &program))
        .env_clear()
        .env("PATH", crate::under::PATHS)
        .current_dir(home.path());
    let said = run(&mut command, b"");
    assert!(matches!(scene.n_lost(&data_dir(home.path()), 4), Ok(0)), "{line}");
    tried("environment", 1, 0);
    said
}

#[test]
fn inputs_and_outputs_that_are_closed_or_nothing_end_quietly() {
    for (line, codes) in [
        ("$0 history | head -n 1", [0, 0]),
        ("$0 history --json | true", [0, 0]),
        ("$0 exam room < /dev/null", [0, 0]),
        ("$0 exam room <&-", [0, 4]),
        ("$0 drill room < /dev/null", [0, 0]),
        ("$0 history >&-", [0, 4]),
        ("$0 history > /dev/full", [4, 4]),
        ("$0 history 2>&-", [0, 0]),
        ("$0 report 9 2> /dev/full", [1, 1]),
        ("$0 < /dev/null", [0, 0]),
    ] {
        let said = shell(line);
        assert!(codes.contains(&said.code), "{line}: {said:?}");
        assert!(!said.all().contains("panicked"), "{line}: {said:?}");
    }
}

#[test]
fn a_place_without_utf_8_keeps_its_data() {
    let scene = Scene::Drill { n_answers: 3 };
    let home = scene.home();
    let odd = home.path().join(OsStr::from_bytes(b"da\xffta \xe2\x80\xae"));
    fs::create_dir(&odd).expect("makes a directory");
    fs::copy(home.path().join("deck.yaml"), odd.join("deck.yaml")).expect("copies");
    let said = run(&mut scene.command(Path::new(&odd)), scene.input().as_bytes());
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(scene.n_acknowledged(&said.out), 3);
    assert!(matches!(scene.n_lost(&data_dir(&odd), 3), Ok(0)));
    tried("environment", 1, 0);
}
