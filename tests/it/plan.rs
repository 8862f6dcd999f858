//! The plan: what it is told, and what it says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use serde_json::Value;

use crate::support::{Bank, Conversation, Learner, asked, key_of, refused};

const NOW: &str = "--now 2027-01-01T09:00";

#[test]
fn each_deck_has_a_date_minutes_and_days_off_of_its_own() {
    let learner = Learner::new();
    let other = learner.write("other.yaml", "questions: [{front: Why?, back: Because}]\n");
    let settings = |words: &str| learner.json(&format!("config {words} {NOW}"), "")["settings"].clone();
    assert_eq!(settings("exam_date 2027-02-01")["exam_date"], "2027-02-01");
    assert_eq!(settings("days_off Sunday,sat,2027-01-20")["days_off"], "sat,sun,2027-01-20");
    settings(&format!("minutes_a_day 40 --deck {other}"));
    settings("reviews_a_day 80");
    let found = settings("");
    assert_eq!((&found["exam_date"], &found["minutes_a_day"]), (&"2027-02-01".into(), &"none".into()));
    assert_eq!((&found["days_off"], &found["reviews_a_day"]), (&"sat,sun,2027-01-20".into(), &"80".into()));
    let found = settings(&format!("--deck {other}"));
    assert_eq!((&found["exam_date"], &found["minutes_a_day"]), (&"none".into(), &"40".into()));
    assert_eq!(settings("exam_date none")["exam_date"], "none");
}

const SIX_FORMS: Bank =
    Bank { id: "bank", exam: "exam:\n  minutes: 30\n  items: 10\n", domains: &[("net", 60, 36), ("sec", 40, 24)] };

fn owner() -> Learner {
    let learner = Learner::new();
    let path = learner.write("deck.yaml", &SIX_FORMS.yaml());
    learner.say(&format!("deck show {path}")).done();
    learner
}

/// Sits a mock with `n_right` right answers.
fn sit(learner: &Learner, now: &str, n_right: usize) {
    let mut room = Conversation::start(learner.command(&["exam", "bank", "--now", now]));
    for position in 0..10 {
        let said = room.wait_for("\nd) d of");
        let key = key_of(asked(&said).expect("a question of the bank"));
        room.type_line(if position < n_right { key } else { "-" });
    }
    assert_eq!(room.end().0, Some(0));
}

#[test]
fn a_plan_sets_what_is_given_and_a_dry_run_nothing() {
    let learner = owner();
    let dry = learner.json(&format!("plan bank --exam-date 2027-02-01 --minutes 25 --dry-run {NOW}"), "");
    assert_eq!((&dry["exam_date"], &dry["minutes_a_day"]), (&"2027-02-01".into(), &25.into()));
    let unset = learner.json(&format!("plan bank {NOW}"), "");
    assert_eq!((&unset["exam_date"], &unset["minutes_are_set"]), (&Value::Null, &false.into()));

    learner.json(&format!("plan bank --exam-date 2027-02-01 --minutes 25 --days-off sat,2027-01-13 {NOW}"), "");
    let plan = learner.json(&format!("plan bank {NOW}"), "");
    assert_eq!((&plan["days_to_exam"], &plan["days_off"]), (&31.into(), &"sat,2027-01-13".into()));
    let days = plan["days"].as_array().expect("days");
    assert_eq!((days.len(), &days[0]["day"], &days[30]["day"]), (31, &"2027-01-01".into(), &"2027-01-31".into()));
    for day in ["2027-01-02", "2027-01-13", "2027-01-30"] {
        assert!(days.iter().any(|own| own["day"] == day && own["phase"] == "off"), "{day}");
    }
    let mocks = plan["mocks"]["days"].as_array().expect("mocks");
    assert!(mocks.len() >= 2 && mocks.iter().all(|day| day != "2027-01-31"), "{mocks:?}");
    let cleared = learner.json(&format!("plan bank --clear exam-date,days-off {NOW}"), "");
    assert_eq!((&cleared["exam_date"], &cleared["minutes_a_day"]), (&Value::Null, &25.into()));
}

#[test]
fn without_a_sitting_that_counts_the_plan_promises_no_score() {
    let learner = owner();
    let plan = learner.json(&format!("plan bank --exam-date 2027-02-01 {NOW}"), "");
    assert_eq!((&plan["outlook"], &plan["today"]), (&Value::Null, &Value::Null));
    assert!(plan["answer"].as_str().is_some_and(|answer| answer.contains("Nobody knows yet")));
    assert!(plan["points"]["at_end"].as_f64() > plan["points"]["today"].as_f64());

    sit(&learner, "2027-01-01T10:00", 5);
    let plan = learner.json("plan bank --now 2027-01-02T09:00", "");
    let outlook = &plan["outlook"];
    assert!(outlook["p_pass"].as_f64() > plan["today"]["p_pass"].as_f64(), "{plan}");
    let ready = learner.json("explain ready bank --date 2027-02-01 --now 2027-01-02T09:00", "");
    assert!(outlook["ability_deviation"].as_f64() >= ready["ability"]["deviation"].as_f64());
    for what_if in plan["what_if"].as_array().expect("other plans") {
        assert!(what_if["outlook"]["p_pass"].is_f64());
    }
    assert!(plan["mocks"]["days"].as_array().is_some_and(|days| days.iter().all(|day| day != "2027-01-01")));
}

#[test]
fn an_exam_date_that_has_passed_is_said_and_plans_nothing() {
    let learner = owner();
    learner.say(&format!("plan bank --exam-date 2027-01-05 {NOW}")).done();
    let said = learner.say("plan bank --now 2027-01-09T09:00").done().out;
    assert!(said.contains("2027-01-05, has passed") && said.contains("without an exam date"), "{said}");
    let today = learner.say("plan bank --now 2027-01-05T09:00").done().out;
    assert!(today.contains("in 0 days") || today.contains("today"), "{today}");
}

/// Reads a calendar back: its lines without folds, and the properties of its events.
fn events(calendar: &str) -> Vec<BTreeMap<String, String>> {
    assert!(calendar.ends_with("\r\n") && !calendar.replace("\r\n", "").contains(['\r', '\n']));
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75));
    let mut events: Vec<BTreeMap<String, String>> = Vec::new();
    for line in calendar.replace("\r\n ", "").split_terminator("\r\n") {
        let (name, value) = line.split_once(':').expect("a name and a value");
        match (name, value) {
            ("BEGIN", "VEVENT") => events.push(BTreeMap::new()),
            ("BEGIN" | "END", _) => {}
            _ => {
                if let Some(event) = events.last_mut() {
                    event.insert(name.to_owned(), value.to_owned());
                }
            }
        }
    }
    events
}

#[test]
fn the_calendar_is_read_back_and_a_later_plan_names_its_events_alike() {
    let learner = owner();
    let path = learner.home().join("plan.ics");
    let write = |words: &str| learner.say(&format!("plan bank --ics {} {words}", path.display()));
    write(&format!("--exam-date 2027-02-01 --days-off sat {NOW}")).done();
    let first = events(&fs::read_to_string(&path).expect("a calendar"));
    assert_eq!(first.len(), 26 + 1); // 31 days with five Saturdays, and the exam
    let exam = first.last().expect("the exam");
    assert_eq!((exam["DTSTART;VALUE=DATE"].as_str(), exam["DTEND;VALUE=DATE"].as_str()), ("20270201", "20270202"));
    assert!(first.iter().all(|event| event["DTSTART;VALUE=DATE"] != "20270102"));
    let names = |events: &[BTreeMap<String, String>]| -> BTreeSet<String> {
        events.iter().map(|event| event["UID"].clone()).collect()
    };
    assert_eq!(names(&first).len(), first.len());

    write("--minutes 40 --now 2027-01-10T09:00").done();
    let second = events(&fs::read_to_string(&path).expect("a calendar"));
    assert!(names(&second).is_subset(&names(&first)) && second.len() < first.len());

    fs::write(&path, "mine").expect("writes");
    refused(write("--minutes 10 --now 2027-01-10T09:00"), 1, "is there already; --force replaces it");
    assert_eq!(fs::read_to_string(&path).expect("reads"), "mine");
    assert_eq!(learner.json("plan bank --now 2027-01-10T09:00", "")["minutes_a_day"], 40);
    write("--force --now 2027-01-10T09:00").done();
    assert!(fs::read_to_string(&path).expect("reads").starts_with("BEGIN:VCALENDAR\r\n"));
    let left = fs::read_dir(learner.home()).expect("reads").filter_map(Result::ok);
    assert!(left.map(|entry| entry.file_name()).all(|name| !name.to_string_lossy().starts_with(".plan")));
}

#[test]
fn the_first_page_counts_the_days_and_says_what_the_plan_has_for_today() {
    let learner = Learner::new();
    learner.say(&format!("plan --exam-date 2027-01-31 --minutes 25 {NOW}")).done();
    let said = learner.say(NOW).done().out;
    assert!(said.contains("Exam in 30 days (2027-01-31). Today: "), "{said}");
    assert_eq!(learner.json(NOW, "")["days_to_exam"], 30);
    assert!(learner.say("--now 2027-01-31T09:00").done().out.contains("Exam today (2027-01-31)."));
}

#[test]
fn progress_shows_what_was_done_what_falls_due_and_whether_the_forecast_held() {
    let learner = owner();
    let drill = |now: &str, n_new: usize| {
        let mut drill = Conversation::start(learner.command(&["drill", "bank", "--new", "12", "--now", now]));
        for _ in 0..n_new {
            let said = drill.wait_for("\nd) d of");
            drill.type_line(key_of(asked(&said).expect("a question of the bank")));
        }
        drill.end();
    };
    drill("2027-01-01T09:00", 12);
    drill("2027-01-02T09:00", 24);
    let progress = learner.json("progress bank --now 2027-01-02T20:00", "");
    assert_eq!((&progress["streak"], &progress["n_cards"]), (&2.into(), &24.into()));
    let n_reviews = |day: usize| progress["reviews"][day]["n"].as_u64();
    assert_eq!((n_reviews(0), n_reviews(1)), (Some(12), Some(24)));
    let due: u64 = progress["due"].as_array().expect("days").iter().filter_map(|day| day["n"].as_u64()).sum();
    assert_eq!((due, &progress["due"][1]["n"]), (24, &12.into()));
    assert_eq!((&progress["recall"]["n"], &progress["recall"]["predicted"]), (&12.into(), &Value::Null));
    let said = learner.say("progress bank --now 2027-01-02T20:00").done().out;
    assert!(said.contains("36 reviews on 2 days, 2 study days in a row, 24 cards"), "{said}");
    assert!(said.contains("Too few data: 12 of 64"), "{said}");
}
