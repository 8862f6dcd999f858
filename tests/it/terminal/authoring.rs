//! An author at a terminal: from the questions of `deck new` to a score, and an edit that does not read at first.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use portable_pty::CommandBuilder;

use super::{ROOM, USUAL};
use crate::support::{Learner, Terminal};

#[test]
fn a_stranger_comes_from_a_new_deck_to_a_score() {
    let learner = Learner::new();
    let mut new = Terminal::start(&learner, "deck new", USUAL);
    for (question, answer) in [
        ("Title [My deck]:", "Nets\r"),
        ("Id, for ever [nets]:", "\r"),
        ("without a clock [20]:", "many\r"),
        ("write a number from 1 to 10000", "2\r"),
        ("Minutes for it, or `none` [2]:", "\r"),
        ("passes, or `none` [70]:", "\r"),
        ("or `none` [none]:", "net:40,sec:60\r"),
        ("A first question, or Enter for examples only:", "Which layer routes packets?\r"),
        ("Its right answer:", "Network\r"),
        ("Wrong answer 1:", "Network\r"),
        ("That is there already.", "Session\r"),
        ("Wrong answer 2, or Enter for no more:", "\r"),
        ("Why is it right, or Enter to say it later:", "\r"),
    ] {
        new.wait_for(question);
        new.press(answer);
    }
    let screen = new.wait_for("cutscore exam ./nets.yaml");
    assert!(screen.contains("cutscore deck check ./nets.yaml --watch"), "{screen}");
    assert_eq!(new.end().code, Some(0));
    let check = learner.json("deck check ./nets.yaml", "");
    assert_eq!((check["errors"].as_u64(), check["warnings"].as_u64()), (Some(0), Some(0)), "{check}");

    let mut exam = Terminal::start(&learner, "exam ./nets.yaml --now 2027-02-01T09:00:00Z", USUAL);
    exam.wait_for("Back");
    exam.press("s");
    exam.wait_for("Question 1 of 2");
    exam.press("q");
    exam.wait_for("Leave the exam?");
    exam.press("l");
    assert!(exam.end().text.contains("Sitting 1 stays open"));
    let report = learner.json("exam nets --now 2027-02-01T09:00:30Z", "-\n-\n");
    assert_eq!(report["n_items"].as_u64(), Some(2));
}

#[test]
fn an_edit_that_does_not_read_can_be_mended_discarded_or_kept() {
    let learner = Learner::new();
    let path = learner.write("room.yaml", &ROOM.yaml());
    // Breaks the deck the first time, and mends it the second time.
    let script = learner.write(
        "editor.sh",
        "#!/bin/sh\nif grep -q stm: \"$2\"; then sed -i 's/stm:/stem:/; s/What does net-01/What did net-01/' \"$2\"\n\
         else sed -i '0,/stem:/s//stm:/' \"$2\"; fi\n",
    );
    fs::set_permissions(&script, fs::Permissions::from_mode(0o700)).expect("a program");
    let start = || {
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_cutscore"));
        command.args(["deck", "edit", path.as_str(), "net-01"]);
        let data_dir = learner.data_dir();
        let data_dir = data_dir.to_str().expect("a path in UTF-8");
        Terminal::run(&learner, command, USUAL, &[("EDITOR", script.as_str()), ("CUTSCORE_DATA_DIR", data_dir)])
    };
    let text = || fs::read_to_string(&path).expect("reads");

    let mut edit = start();
    edit.wait_for("[e]dit again, [d]iscard, or [k]eep anyway?");
    assert_eq!(text(), ROOM.yaml());
    edit.press("x\rd\r");
    assert!(edit.end().text.contains("Discarded; the file is as it was."));
    assert_eq!(text(), ROOM.yaml());

    let mut edit = start();
    edit.wait_for("anyway?");
    edit.press("e\r");
    assert!(edit.end().text.contains("Saved."));
    assert_eq!(text(), ROOM.yaml().replace("What does net-01", "What did net-01"));

    let mut edit = start();
    edit.wait_for("anyway?");
    edit.press("k\r");
    let ended = edit.end();
    assert!(ended.code == Some(0) && ended.text.contains("Saved with its errors"), "{}", ended.text);
    assert!(text().contains("stm:"));
}
