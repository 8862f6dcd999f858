//! Exit codes, pipes, the environment and the options that every command takes.

use std::fs::File;
use std::io::pipe;
use std::process::Stdio;

use crate::support::{Bank, Learner, bare_command, refused, run};

const SMALL: Bank = Bank { id: "small", exam: "exam: {items: 4, minutes: 5}\n", domains: &[("net", 1, 8)] };

/// A learner who failed a mock of a small deck, and the deck's path.
fn failed() -> (Learner, String) {
    let learner = Learner::new();
    let path = learner.write("small.yaml", &SMALL.yaml());
    let report = learner.json(&format!("exam {path} --seed 1 --now 2027-02-01T09:00"), "-\n-\n-\n-\n");
    assert_eq!(report["score"]["pass"], false);
    (learner, path)
}

#[test]
fn what_was_done_is_nought_even_if_nothing_was_due_or_passed() {
    let (learner, path) = failed();
    for words in [
        "",
        "exam small --taste",
        "drill small --new 0 --now 2027-02-01T10:00",
        "report",
        "report 1 --items",
        "report 1 --walk",
        "report --filter wrong",
        "drill small --send net-00",
        "history",
        "undo small",
        "redo small",
        "card list small",
        "card show small --item net-00",
        "card suspend small --item net-00",
        "card unsuspend small --item net-00",
        "card bury small --item net-00",
        "card note small --item net-00 --text hi",
        "deck doubt small --item net-00",
        "deck doubt small --item net-00 --withdraw",
        "deck list",
        "deck check small",
        "deck show small",
        "form draw small --count 9",
        "form print small",
        "explain sm2 5 4",
        "data rebuild",
        "plan small --now 2027-02-02T09:00",
        "progress small --now 2027-02-02T09:00",
        "config",
        "config rollover_hour",
        "config rollover_hour 3",
        "--help",
        "exam --help",
        "--version",
        "man deck check",
        "completions zsh",
    ] {
        assert_eq!(learner.say(words).done().err, "", "{words}");
    }
    learner.say(&format!("deck check {path}")).done();
}

#[test]
fn what_is_not_there_is_one() {
    let (learner, path) = failed();
    refused(Learner::new().say("report"), 1, "no sitting has ended yet");
    refused(learner.say("report 9"), 1, "there is no sitting 9");
    refused(learner.say("man deck nothing"), 1, "there is no command `deck nothing`");
    refused(learner.say("exam nothing"), 1, "there is no deck `nothing`");
    refused(learner.say("deck check nothing"), 1, "there is no deck `nothing`");
    refused(learner.say("exam ./nothing.yaml"), 1, "nothing.yaml");
    refused(learner.say("deck check ./nothing.yaml"), 1, "nothing.yaml");
    refused(learner.say(&format!("exam {path} --domain law")), 1, "it has net");
    refused(learner.say("form table small --form A"), 1, "it names none");
    let no_exam = learner.write("six.yaml", include_str!("../../decks/examples/six-lines.yaml"));
    refused(learner.say(&format!("form table {no_exam} --form A")), 1, "has no `exam:` section");
}

#[test]
fn words_that_do_not_fit_are_two() {
    let (learner, _) = failed();
    for (words, reason) in [
        ("sit", "unrecognized subcommand"),
        ("exam --hard", "unexpected argument"),
        ("report first", "invalid value"),
        ("drill --minutes 0", "--minutes"),
        ("config colour", "there is no setting `colour`"),
        ("config new_a_day many", "new_a_day takes a number from 0 to 999"),
        ("config reviews_a_day many", "reviews_a_day takes a number from 0 to 9999, or none"),
        ("config exam_date soon", "exam_date takes a date from"),
        ("config exam_date 2020-01-01", "exam_date takes a date from"),
        ("config minutes_a_day 0", "minutes_a_day takes a number from 1 to 1440, or none"),
        ("config days_off someday", "`someday` is neither a weekday such as sat nor a date"),
        ("config rollover_hour 24", "rollover_hour takes an hour from 0 to 23"),
        ("--now soon", "write a date"),
        ("--seed x history", "invalid value"),
        ("exam --domain ?!", "--domain"),
        ("form table small", "--form"),
    ] {
        refused(learner.say(words), 2, reason);
    }
}

#[test]
fn a_deck_with_errors_is_three_and_a_store_in_trouble_four() {
    let learner = Learner::new();
    let bad = learner.write("bad.yaml", "questions: [{stem: Why?}]\n");
    for words in ["exam", "drill", "deck show", "deck check"] {
        refused(learner.say(&format!("{words} {bad}")), 3, "the deck has errors");
    }
    let not_text = learner.write("text.yaml", "\u{0}");
    refused(learner.say(&format!("deck check {not_text}")), 3, "the deck has errors");

    let home = tempfile::tempdir().expect("a directory for the test");
    let file = home.path().join("file");
    std::fs::write(&file, "no directory").expect("writes");
    let said = run(bare_command(home.path()).arg("history").arg("--data-dir").arg(&file), b"");
    refused(said, 4, "file");
    std::fs::write(home.path().join("cutscore.db"), "no database ".repeat(100)).expect("writes");
    let said = run(bare_command(home.path()).arg("history").arg("--data-dir").arg(home.path()), b"");
    refused(said, 4, "cutscore.db");
}

#[test]
fn a_reader_who_closed_the_pipe_is_nought_and_unheard() {
    let (learner, _) = failed();
    for words in [&["history"][..], &["report", "--items"], &["deck", "show"], &["--help"], &["exam", "small"]] {
        let (reader, writer) = pipe().expect("a pipe");
        drop(reader);
        let mut command = learner.command(words);
        let output = command.stdin(Stdio::null()).stdout(writer).output().expect("runs");
        assert_eq!(
            (output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()),
            (Some(0), ""),
            "{words:?}"
        );
    }
}

#[test]
fn output_that_cannot_be_written_is_four() {
    let Ok(full) = File::create("/dev/full") else { return };
    let (learner, _) = failed();
    let output = learner.command(&["history"]).stdout(full).output().expect("runs");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(4), "{said}");
    assert!(said.starts_with("error: input or output failed"), "{said}");
}

#[test]
fn setting_the_clock_needs_a_data_directory_of_its_own() {
    let home = tempfile::tempdir().expect("a directory for the test");
    let now = ["--now", "2027-02-01", "history"];
    refused(run(bare_command(home.path()).args(now), b""), 2, "--now sets the clock, so it needs --data-dir");
    refused(run(bare_command(home.path()).arg("history").env("CUTSCORE_NOW", "2027-02-01"), b""), 2, "--data-dir");
    assert!(!home.path().join(".local").exists());
    let mut command = bare_command(home.path());
    run(command.args(now).env("CUTSCORE_DATA_DIR", home.path().join("data")), b"").done();
}

#[test]
fn the_environment_can_say_what_the_options_say() {
    let learner = Learner::new();
    let by_options = learner.feed("exam --taste --seed 7 --now 2027-02-01T09:00", &"a\n".repeat(7)).done();
    let home = tempfile::tempdir().expect("a directory for the test");
    let mut command = bare_command(home.path());
    command.env("CUTSCORE_DATA_DIR", home.path().join("here")).env("CUTSCORE_SEED", "7");
    command.env("CUTSCORE_NOW", "2027-02-01T09:00").args(["exam", "--taste"]);
    let by_environment = run(&mut command, "a\n".repeat(7).as_bytes()).done();
    let without_clock = |said: &str| said.lines().filter(|line| !line.contains("Time ")).collect::<Vec<_>>().join("\n");
    assert_eq!(without_clock(&by_environment.out), without_clock(&by_options.out));
    assert!(home.path().join("here").join("cutscore.db").exists());
}

#[test]
fn without_a_named_directory_the_data_lie_in_the_home() {
    let home = tempfile::tempdir().expect("a directory for the test");
    run(bare_command(home.path()).arg("history"), b"").done();
    assert!(home.path().join(".local/share/cutscore/cutscore.db").exists());
    let elsewhere = home.path().join("elsewhere");
    run(bare_command(home.path()).arg("history").env("XDG_DATA_HOME", &elsewhere), b"").done();
    assert!(elsewhere.join("cutscore/cutscore.db").exists());
}

#[test]
fn the_preferred_deck_is_meant_where_none_is_named() {
    let (learner, path) = failed();
    let folder = learner.data_dir().parent().expect("a home").join(".config/cutscore");
    std::fs::create_dir_all(&folder).expect("makes a folder");
    std::fs::write(folder.join("config.yaml"), format!("deck: {path}\n")).expect("writes");
    assert_eq!(learner.json("deck show", "")["id"], "small");
    std::fs::write(folder.join("config.yaml"), "color: red\n").expect("writes");
    refused(learner.say("deck show"), 2, "config.yaml");
    std::fs::remove_file(folder.join("config.yaml")).expect("removes");
}

#[test]
fn nothing_that_is_piped_is_coloured_unless_asked_for() {
    let (learner, path) = failed();
    let bad = learner.write("bad.yaml", "questions: [{stem: Why?}]\n");
    let check = format!("deck check {bad}");
    let commands = ["", "report", "report --items", "history", "deck show", "deck list", "--help", &check, "sit"];
    for words in commands {
        for color in ["", "--color auto", "--color never"] {
            let said = learner.say(&format!("{words} {color}")).all();
            assert!(!said.contains('\u{1b}'), "{words} {color}: {said}");
        }
    }
    let mut command = learner.command(&["deck", "check", &bad]);
    assert!(!run(command.env("NO_COLOR", "1").env("TERM", "xterm-256color"), b"").all().contains('\u{1b}'));
    assert!(learner.say(&format!("{check} --color always")).out.contains('\u{1b}'));
    assert!(!learner.feed(&format!("exam {path} --plain"), "a\na\na\na\n").done().all().contains('\u{1b}'));
}

#[test]
fn every_json_is_one_document_with_its_schema() {
    let (learner, path) = failed();
    for words in [
        "",
        "report",
        "report --items --filter wrong",
        "history",
        "deck list",
        "deck doubt small --item net-00",
        "deck show small",
        "deck show small --item net-00",
        "deck doubt small --item net-00 --withdraw",
        "deck search net",
        "deck check small",
        "exam small --taste",
        "drill small --now 2027-02-02T09:00",
        "drill small --send net-00 --now 2027-02-02T09:00",
        "undo small --now 2027-02-02T09:00",
        "form draw small --count 9",
        "form print small",
        "explain sm2 5",
        "data rebuild",
        "config",
        "config new_a_day",
    ] {
        assert_eq!(learner.json(words, "")["schema"], 1, "{words}");
    }
    assert_eq!(learner.json(&format!("exam {path} --abandon"), "a\na\na\na\n")["schema"], 1);
}
