//! The plan: what it is told, and what it says.

use crate::support::Learner;

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
