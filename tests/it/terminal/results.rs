//! A candidate at a terminal, with a real score report in hand.

use super::{ROOM, USUAL};
use crate::support::{Learner, Terminal};

#[test]
fn a_person_is_asked_what_the_score_report_says() {
    let learner = Learner::new();
    let path = learner.write("room.yaml", &ROOM.yaml());
    let now = "--now 2027-03-02T09:00:00Z";
    let mut add = Terminal::start(&learner, &format!("result add {path} {now}"), USUAL);
    for (question, answer) in [
        ("Day of the exam [2027-03-02]:", "2027-03-04\r"),
        ("2027-03-04 is still to come", "2027-03-01\r"),
        ("Score, or `none` [none]:", "high\r"),
        ("write a number such as 655", "655\r"),
        ("About net [none]:", "great\r"),
        ("`great` is no level", "ni\r"),
    ] {
        add.wait_for(question);
        add.press(answer);
    }
    add.wait_for("What you paid, or `none` [none]:");
    add.press("100 USD\r");
    add.wait_for("Day of the next attempt");
    add.press("2027-04-01\r");
    let screen = add.wait_for("The real exam");
    assert!(screen.contains("Attempt 1 on 2027-03-01: FAIL, 655"), "{screen}");
    add.press("q");
    assert_eq!(add.end().code, Some(0));
    let found = learner.json(&format!("result show 1 room {now}"), "");
    assert_eq!((&found["cost"], &found["exam_date"]), (&"100 USD".into(), &"2027-04-01".into()));
    assert_eq!(found["domains"][0]["level"], "Needs Improvement");
}
