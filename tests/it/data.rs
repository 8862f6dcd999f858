//! The care of data at the command line.

use std::fs;

use crate::support::{Bank, Learner, drill, key_of, refused};

const BANK: Bank =
    Bank { id: "bank", exam: "exam:\n  minutes: 30\n  items: 10\n", domains: &[("net", 60, 12), ("sec", 40, 8)] };

/// A learner who drilled on a day.
fn studied(now: &str) -> Learner {
    let learner = Learner::new();
    let path = learner.write("deck.yaml", &BANK.yaml());
    drill(&learner, &format!("drill {path} --new 4 --open-reserve --now {now}"), |id, _| key_of(id).to_owned());
    learner
}

#[test]
fn a_drill_leaves_a_backup_of_the_week_and_a_check_finds_all_well() {
    let learner = studied("2027-01-01T09:00");
    let names = |learner: &Learner| -> Vec<_> {
        let files = fs::read_dir(learner.data_dir().join("backups")).expect("there are backups");
        files.map(|file| file.expect("reads").file_name().into_string().expect("text")).collect()
    };
    assert_eq!(names(&learner), ["2027-01-01T090000Z.db"]);
    let said = learner.say("data check").done();
    assert!(said.out.contains("5 events") && said.out.contains("all is well"), "{}", said.out);
    let backup = learner.json("data backup --now 2027-01-02T09:00", "");
    assert_eq!(backup["events"], 5);
    assert_eq!(names(&learner).len(), 2);
}

#[test]
fn damage_is_named_with_exit_code_4_and_a_restored_backup_heals_it() {
    let learner = studied("2027-01-01T09:00");
    let backup = learner.data_dir().join("backups/2027-01-01T090000Z.db");
    let db = rusqlite::Connection::open(learner.data_dir().join("cutscore.db")).expect("opens");
    db.execute("update event set body = x'0100' where seq = 3", []).expect("damages");
    drop(db);
    refused(learner.say("data check"), 4, "event 3 is damaged");
    let found = learner.say("data check --json").with_code(4).value();
    assert!(found["damage"][0].as_str().is_some_and(|first| first.starts_with("event 3 is damaged")), "{found}");
    refused(learner.say("data backup"), 4, "event 3 is damaged");
    refused(learner.say("data export"), 4, "event 3 is damaged");
    let restored = learner.json(&format!("data restore {} --now 2027-01-03T09:00", backup.display()), "");
    assert_eq!(restored["events"], 5);
    assert!(
        restored["replaced"].as_str().is_some_and(|path| path.ends_with("replaced/2027-01-03T090000Z")),
        "{restored}"
    );
    learner.say("data check").done();
}

#[test]
fn what_was_done_on_two_devices_comes_together_once() {
    let (desk, phone) = (studied("2027-01-01T09:00"), studied("2027-01-02T09:00"));
    let now = "--now 2027-01-03T09:00";
    let lines = phone.say("data export").done();
    assert!(lines.err.contains("5 events and 4 texts of items exported"), "{}", lines.err);
    let imported = desk.json(&format!("data import - {now}"), &lines.out);
    assert_eq!((&imported["new"], &imported["known"]), (&5.into(), &0.into()));
    let again = desk.feed(&format!("data import - {now}"), &lines.out).done();
    assert_eq!(again.out, "0 events imported; 5 were here already\n");
    let both = desk.say("data export").done().out;
    let file = phone.write("both.jsonl", &both);
    phone.json(&format!("data import {file} {now}"), "");
    assert_eq!(phone.say("data export").done().out, both);
    let progress = |learner: &Learner| learner.json(&format!("progress bank {now}"), "");
    assert_eq!(progress(&desk), progress(&phone));
}

#[test]
fn files_of_the_learner_are_replaced_only_if_that_is_asked_for() {
    let learner = studied("2027-01-01T09:00");
    let mine = learner.write("mine", "a poem");
    for command in ["backup", "export"] {
        refused(learner.say(&format!("data {command} --to {mine}")), 1, "is there already; --force replaces it");
        assert_eq!(fs::read_to_string(&mine).expect("reads"), "a poem");
    }
    learner.say(&format!("data export --to {mine} --force")).done();
    assert!(fs::read_to_string(&mine).expect("reads").starts_with("{\"cutscore\":{\"version\":1,"));
    let left: Vec<_> = fs::read_dir(learner.home()).expect("reads").flatten().map(|file| file.file_name()).collect();
    assert_eq!(left.len(), 3, "the deck, the data and the file: {left:?}");
}

#[test]
fn what_cannot_be_read_says_why_with_its_exit_code() {
    let learner = studied("2027-01-01T09:00");
    let poem = learner.write("poem", "Roses are red\n");
    refused(learner.say(&format!("data import {poem}")), 3, "line 1: it is no line of an export");
    refused(learner.say(&format!("data restore {poem}")), 3, "poem is not a cutscore database");
    refused(learner.say("data import nowhere"), 1, "nowhere cannot be read");
    refused(learner.say("data import ."), 4, ". cannot be read");
    refused(Learner::new().say("data check"), 1, "nothing is kept in");
    refused(learner.say("data"), 2, "check");
}
