//! Notes, extra time, practice and sections, from the command line to the report.

use serde_json::Value;

use crate::support::{Bank, Learner};

const SMALL: Bank =
    Bank { id: "small", exam: "exam:\n  minutes: 30\n  items: 6\n", domains: &[("net", 1, 4), ("sec", 1, 4)] };
const IN_SECTIONS: Bank = Bank {
    id: "parts",
    exam: "exam:\n  minutes: 30\n  items: 6\n  sections: [{title: First, domains: [sec]}, {title: Second, domains: [net]}]\n",
    domains: &[("net", 1, 4), ("sec", 1, 4)],
};

fn learner_with(bank: &Bank) -> (Learner, String) {
    let learner = Learner::new();
    let path = learner.write("deck.yaml", &bank.yaml());
    (learner, path)
}

#[test]
fn extra_time_is_kept_and_a_mock_with_it_is_evidence() {
    for (option, limit, extra) in [("30", 3600, 1800), ("1.5x", 2700, 900)] {
        let (learner, path) = learner_with(&SMALL);
        let report = learner.json(&format!("exam {path} --seed 5 --extra-time {option}"), &"a\n".repeat(6));
        assert_eq!((&report["limit_seconds"], &report["extra_seconds"]), (&limit.into(), &extra.into()));
        assert_eq!(
            (&report["kind"], report["not_evidence_because"].as_array().map(Vec::len)),
            (&"mock".into(), Some(0))
        );
        let text = learner.say("report").done().out;
        assert!(text.contains(&format!("{}:00 of it extra time", extra / 60)), "{text}");
    }
}

#[test]
fn extra_time_that_makes_no_sense_is_refused() {
    let (learner, path) = learner_with(&SMALL);
    assert_eq!(learner.say(&format!("exam {path} --extra-time soon")).code, 2);
    let plain = learner.write("plain.yaml", "questions:\n- {id: a, stem: Is it?, right: yes, wrong: [no]}\n");
    let said = learner.say(&format!("exam {plain} --extra-time 30"));
    assert!(said.code == 2 && said.err.contains("no clock runs"), "{said:?}");
}

#[test]
fn a_note_stands_in_the_report_and_survives_leaving() {
    let (learner, path) = learner_with(&SMALL);
    let said = learner.feed(&format!("exam {path} --seed 5"), "note look up ports\nleave\n").done();
    assert!(said.out.contains("Noted."), "{}", said.out);
    let said = learner.feed(&format!("exam {path}"), "note\na\nnote gone\nnote -\ngoto 6\na\n").done();
    assert!(said.out.contains("Your note: look up ports"), "{}", said.out);
    let report = learner.json("report", "");
    assert_eq!((&report["items"][0]["note"], &report["items"][1]["note"]), (&"look up ports".into(), &"".into()));
    assert!(learner.say("report --items").done().out.contains("Your note: look up ports"));
}

#[test]
fn practice_tells_what_is_right_and_is_never_evidence() {
    let (learner, path) = learner_with(&SMALL);
    let said =
        learner.feed(&format!("exam {path} --seed 5 --practice"), "a\npause\ntime\nback\nb\na\na\na\na\na\n").done();
    assert_eq!(said.out.matches("The answer is").count(), 7, "{}", said.out);
    for words in
        ["The clock stands.", "The clock runs.", "your answer stands", "No evidence of readiness: it was practice"]
    {
        assert!(said.out.contains(words), "no {words:?} in {}", said.out);
    }
    let report = learner.json("report", "");
    assert_eq!(report["kind"], "practice");
    assert!(learner.say("history").done().out.contains("no evidence"));
    let ready = learner.json(&format!("explain ready {path}"), "");
    assert_eq!(ready["n_counted"], 0);
}

#[test]
fn an_exam_tells_nothing_and_cannot_be_paused() {
    let (learner, path) = learner_with(&SMALL);
    let said = learner.feed(&format!("exam {path} --seed 5"), "a\npause\n");
    assert!(said.code == 2 && said.err.contains("cannot be paused"), "{said:?}");
    assert!(!said.out.contains("The answer is"), "{said:?}");
}

#[test]
fn an_open_exam_goes_on_as_practice_and_stays_so() {
    let (learner, path) = learner_with(&SMALL);
    learner.feed(&format!("exam {path} --seed 5"), "a\nb\nleave\n").done();
    let said = learner.feed(&format!("exam {path} --practice"), "b\nleave\n").done();
    assert!(said.out.contains("goes on as practice") && said.out.contains("its clock stands"), "{}", said.out);
    let report = learner.json(&format!("exam {path}"), "a\na\na\na\n");
    assert_eq!(report["kind"], "practice");
    let reasons = report["not_evidence_because"].as_array().expect("a list").clone();
    assert!(reasons.contains(&"it was practice".into()), "{reasons:?}");
}

#[test]
fn a_section_that_was_left_is_closed_for_good() {
    let (learner, path) = learner_with(&IN_SECTIONS);
    let words = format!("exam {path} --seed 5");
    let said = learner.feed(&words, "a\na\na\na\nback\nback\nleave\n").done();
    assert!(
        said.out.contains("Question 3 of 6. First.") && said.out.contains("Question 4 of 6. Second."),
        "{}",
        said.out
    );
    assert!(said.out.contains("the one before is closed"), "{}", said.out);
    let said = learner.feed(&format!("exam {path}"), "goto 2\n");
    assert!(said.code == 2 && said.err.contains("question 2 is in a section that is closed"), "{said:?}");
    let report = learner.json(&format!("exam {path}"), "goto 6\na\n");
    let domains: Vec<&Value> = report["items"].as_array().expect("items").iter().map(|item| &item["domain"]).collect();
    assert_eq!(domains, ["sec", "sec", "sec", "net", "net", "net"]);
}

#[test]
fn a_part_of_the_exam_has_no_sections() {
    let (learner, path) = learner_with(&IN_SECTIONS);
    learner.feed(&format!("exam {path} --seed 5 --questions 4"), "a\na\na\na\ngoto 1\nb\nsubmit\n").done();
}

#[test]
fn the_flagged_can_be_gone_through_alone() {
    let (learner, path) = learner_with(&SMALL);
    let script = "flag\na\na\nflag\na\na\na\na\nreview flagged\nwalk flagged\nc\nc\nsubmit\n";
    let said = learner.feed(&format!("exam {path} --seed 5"), script).done();
    assert!(said.out.contains("Question 1: answered, flagged.\nQuestion 3: answered, flagged.\n"), "{}", said.out);
    assert!(said.out.contains("2 questions to go through.") && said.out.contains("That was the last of them."));
    let report = learner.json("report", "");
    let chosen: Vec<&Value> =
        report["items"].as_array().expect("items").iter().map(|item| &item["chosen"][0]).collect();
    assert_eq!(chosen, ["c", "a", "c", "a", "a", "a"]);
}
