//! Readiness over pipes: which sittings count, which do not and why, and what is said of them.

use serde_json::Value;

use crate::support::{Bank, Conversation, DrawnForm, Learner, asked, key_of, refused};

/// Six disjoint forms of six and four questions.
const SIX_FORMS: Bank =
    Bank { id: "bank", exam: "exam:\n  minutes: 30\n  items: 10\n", domains: &[("net", 60, 36), ("sec", 40, 24)] };
const NO_EXAM: Bank = Bank { id: "plain", exam: "", domains: &[("net", 1, 30)] };

/// A learner who has opened the deck once, so that its id is enough.
fn owner(bank: &Bank) -> Learner {
    let learner = Learner::new();
    let path = learner.write("deck.yaml", &bank.yaml());
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

fn ready(learner: &Learner, words: &str) -> Value {
    learner.json(&format!("explain ready bank {words}"), "")
}

fn reasons(sitting: &Value) -> Vec<&str> {
    sitting["not_counted_because"].as_array().expect("reasons").iter().filter_map(Value::as_str).collect()
}

#[test]
fn only_full_fresh_mocks_in_one_go_count() {
    let learner = owner(&SIX_FORMS);
    let before = ready(&learner, "--now 2027-02-01T08:00");
    assert_eq!((before["n_counted"].as_u64(), &before["label"]), (Some(0), &Value::Null));

    learner.json("exam bank --taste --now 2027-02-01T09:00", &"-\n".repeat(20));
    learner.json("exam bank --minutes 5 --now 2027-02-01T10:00", &"-\n".repeat(10));
    // Five answers, and the rest after a break.
    learner.feed("exam bank --now 2027-02-01T11:00:00", &"-\n".repeat(5)).done();
    learner.feed("exam bank --now 2027-02-01T11:09:00", &"-\n".repeat(2)).done();
    learner.feed("exam bank --now 2027-02-01T11:13:00", &"-\n".repeat(3)).done();
    sit(&learner, "2027-02-01T12:00", 8);
    learner.feed("exam bank --now 2027-02-01T13:00:00", &"-\n".repeat(5)).done();
    learner.feed("exam bank --now 2027-02-01T13:09:00", &"-\n".repeat(5)).done();

    let found = ready(&learner, "--now 2027-02-01T20:00");
    let sittings = found["sittings"].as_array().expect("sittings");
    assert_eq!(sittings.iter().map(|own| own["sitting"].as_u64()).collect::<Vec<_>>(), [5, 4, 3, 2, 1].map(Some));
    assert_eq!(
        sittings.iter().map(|own| own["counted"] == true).collect::<Vec<_>>(),
        [true, true, false, false, false]
    );
    assert_eq!(reasons(&sittings[2]), ["it was left alone for 13 minutes"]);
    assert_eq!(reasons(&sittings[3]), ["it was not a full form under the exam's time limit"]);
    assert_eq!(reasons(&sittings[4]), ["it was a taste"]);
    assert_eq!((&sittings[1]["raw"], &sittings[1]["pass"]), (&8.into(), &true.into()));
    assert_eq!((found["n_counted"].as_u64(), &sittings[1]["right_on_fresh"]), (Some(2), &8.into()));
    // The report says the same.
    let report = learner.json("report 3", "");
    assert_eq!(report["not_evidence_because"], sittings[2]["not_counted_because"]);
}

#[test]
fn the_probability_follows_the_mocks_and_widens_with_the_days_ahead() {
    let learner = owner(&SIX_FORMS);
    let mut p_pass = Vec::new();
    for day in 1..=4 {
        sit(&learner, &format!("2027-02-0{day}T09:00"), 10);
        let found = ready(&learner, &format!("--now 2027-02-0{day}T20:00"));
        p_pass.push(found["p_pass"].as_f64().expect("a probability"));
    }
    assert!(p_pass.is_sorted() && p_pass[0] > 0.7 && p_pass[3] > 0.9, "{p_pass:?}");
    let deviation = |words: &str| {
        let found = ready(&learner, &format!("{words} --now 2027-02-04T20:00"));
        found["ability"]["deviation"].as_f64().expect("a deviation")
    };
    assert!(
        deviation("") < deviation("--date 2027-02-05")
            && deviation("--date 2027-02-05") < deviation("--date 2027-03-05")
    );
    let label = |now: &str| ready(&learner, &format!("--now {now}"))["label"].as_str().expect("a label").to_owned();
    assert!(["ready", "comfortable"].contains(&label("2027-02-05T09:00").as_str()));
    // The passes are no longer recent.
    assert!(["close", "coin_flip"].contains(&label("2027-03-20T09:00").as_str()));
}

#[test]
fn the_first_screen_says_it_once_a_mock_counts() {
    let learner = owner(&SIX_FORMS);
    let today = || learner.say("--now 2027-02-01T20:00 --plain").done().out;
    learner.json("exam bank --taste --now 2027-02-01T09:00", &"-\n".repeat(20));
    assert!(!today().contains("P(pass)"));
    let embedded = DrawnForm::of("exam --seed 5");
    learner.json("exam --seed 5 --now 2027-02-01T10:00", &embedded.answers(|_, _| true));
    assert!(today().contains("P(pass) today: over 99 %, close. `cutscore explain ready` shows why."), "{}", today());
}

#[test]
fn every_line_fits_and_names_what_is_a_convention() {
    let learner = owner(&SIX_FORMS);
    learner.json("exam bank --minutes 5 --now 2027-02-01T10:00", &"-\n".repeat(10));
    sit(&learner, "2027-02-01T12:00", 7);
    let text = learner.say("explain ready bank --now 2027-02-03T20:00 --date 2027-03-01").done().out;
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    for said in [
        "Readiness on 2027-03-01, in 26 days",
        "no\n           it was not a full form under the exam's time limit",
        "yes: 7 of 10 fresh ones right",
        "Conventions of cutscore, not of any examination programme",
        "coin flip 50 %, close 75 %, ready 90 %, comfortable 97 %",
    ] {
        assert!(text.contains(said), "`{said}` is not in: {text}");
    }
}

#[test]
fn what_has_no_answer_is_refused() {
    let learner = owner(&NO_EXAM);
    refused(learner.say("explain ready plain"), 1, "has no `exam:` section");
    refused(learner.say("explain ready --now 2027-02-02 --date 2027-02-01"), 2, "today, 2027-02-02, or later");
    refused(learner.say("explain ready --date soon"), 2, "--date");
}
