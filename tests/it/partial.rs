//! Partial exams and tastes: their size, their clock, and what they leave for mocks.

use serde_json::Value;

use crate::support::{DrawnForm, Learner, refused};

fn sit(words: &str) -> Value {
    Learner::new().json(&format!("exam --seed 3 {words}"), &"-\n".repeat(220))
}

/// Checks kind, items, scored items, minutes and why it is no evidence.
#[track_caller]
fn check(words: &str, kind: &str, n_items: u64, minutes: u64, reason: &str) {
    let report = sit(words);
    assert_eq!(report["kind"], kind);
    assert_eq!((report["n_items"].as_u64(), report["limit_seconds"].as_u64()), (Some(n_items), Some(60 * minutes)));
    let reasons: Vec<&str> =
        report["not_evidence_because"].as_array().expect("reasons").iter().filter_map(Value::as_str).collect();
    assert_eq!(reasons, Vec::from_iter((!reason.is_empty()).then_some(reason)));
}

const NOT_FULL: &str = "it was not a full form under the exam's time limit";

#[test]
fn parts_of_an_exam_have_their_share_of_the_clock() {
    check("", "mock", 65, 90, "");
    check("--questions 10", "partial", 10, 14, NOT_FULL);
    check("--domain security", "partial", 19, 27, NOT_FULL);
    check("--domain billing --questions 5", "partial", 5, 7, NOT_FULL);
    check("--questions 5 --minutes 3", "partial", 5, 3, NOT_FULL);
    check("--minutes 30", "partial", 65, 30, NOT_FULL);
    check("--taste", "taste", 7, 10, "it was a taste");
}

#[test]
fn every_item_of_a_part_counts_and_comes_from_where_it_should() {
    let security = DrawnForm::from_report(&sit("--domain security"));
    assert_eq!((security.n_in("security", true), security.items.len()), (19, 19));
    let taste = DrawnForm::from_report(&sit("--taste"));
    let n_in = ["concepts", "security", "technology", "billing"].map(|domain| taste.n_in(domain, true));
    assert_eq!(n_in, [2, 2, 2, 1]);
}

#[test]
fn more_questions_than_there_are_means_all_of_them() {
    let report = sit("--domain billing --questions 9999");
    let n_billing = DrawnForm::from_report(&report).n_in("billing", true);
    // Items of one concept never stand in one form.
    let deck = Learner::new().json("deck stats", "");
    assert_eq!(deck["domains"][3]["concepts"].as_u64(), u64::try_from(n_billing).ok());
}

#[test]
fn what_cannot_be_asked_for_is_refused() {
    let learner = Learner::new();
    refused(learner.say("exam --taste --minutes 3"), 2, "cannot be used with");
    refused(learner.say("exam --questions 0"), 2, "--questions");
    refused(learner.say("exam --minutes 0"), 2, "--minutes");
    refused(learner.say("exam --domain law"), 1, "it has concepts, security, technology, billing");
    assert_eq!(
        learner.say("history").done().out,
        "No exam was sat yet, and nothing drilled. `cutscore exam` and `cutscore drill` start.\n"
    );
}

#[test]
fn after_a_taste_a_part_and_a_drill_a_full_mock_is_still_all_fresh() {
    for seed in [1, 2, 3] {
        let learner = Learner::new();
        let seed = format!("--seed {seed}");
        assert_eq!(learner.json("deck show", "")["disjoint_forms"], 6);
        learner.json(&format!("exam --taste {seed} --now 2027-02-01T09:00"), &"a\n".repeat(7));
        learner.json(&format!("exam --questions 20 {seed} --now 2027-02-01T10:00"), &"a\n".repeat(20));
        // Flashcards are rated, questions are given up; what is wrong comes again until the input ends.
        let drill = format!("drill --new 500 {seed} --now 2027-02-02T09:00");
        learner.feed(&drill, &"-\n".repeat(30));
        let report = learner.json(&format!("exam {seed} --now 2027-02-03T09:00"), &"a\n".repeat(65));
        assert_eq!((report["fresh"]["n_fresh"].as_u64(), report["kind"].as_str()), (Some(50), Some("mock")), "{seed}");
        assert_eq!(report["not_evidence_because"].as_array().map(Vec::len), Some(0));
    }
}
