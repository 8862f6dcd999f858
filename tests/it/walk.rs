//! After an exam: every question with how it was worked on, and what the learner says of it.

use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Bank, DrawnForm, Learner, bare_command, refused, run};

const EXAM: &str = "exam:\n  minutes: 30\n  items: 6\n";
const SMALL: Bank = Bank { id: "small", exam: EXAM, domains: &[("net", 1, 4), ("sec", 1, 4)] };

/// A learner with the small deck, and the form that its exam draws.
fn sitter() -> (Learner, String, DrawnForm) {
    let drawn = {
        let learner = Learner::new();
        let path = learner.write("small.yaml", &SMALL.yaml());
        DrawnForm::from_report(&learner.json(&format!("exam {path} --seed 5"), "-\n-\n-\n-\n-\n-\n"))
    };
    let learner = Learner::new();
    let path = learner.write("small.yaml", &SMALL.yaml());
    (learner, path, drawn)
}

/// Sits the small exam: the first answer is mended, the second is a wrong guess, the third is changed and changed back
/// and flagged, the last is blank.
fn sat() -> (Learner, String, DrawnForm) {
    let (learner, path, drawn) = sitter();
    let key = |position: usize| drawn.items[position].key.clone();
    let wrong = |position: usize| drawn.items[position].wrong();
    let lines = [
        format!("{}\nback\n{}\n", wrong(0), key(0)),
        format!("{} guess\n", wrong(1)),
        format!("{}\nback\n{}\nback\n{}\nback\nflag\nnext\n", key(2), wrong(2), key(2)),
        format!("{} sure\n{}\n-\n", key(3), key(4)),
    ];
    learner.feed(&format!("exam {path} --seed 5 --now 2027-02-01T09:00"), &lines.concat()).done();
    (learner, path, drawn)
}

fn numbers(report: &Value) -> Vec<u64> {
    let items = report["items"].as_array().expect("the report of a sitting that ended");
    items.iter().map(|item| item["number"].as_u64().expect("a number")).collect()
}

#[test]
fn the_report_tells_how_answers_changed_and_confidence_held() {
    let (learner, _, drawn) = sat();
    let report = learner.json("report --items", "");
    assert_eq!(report["answer_changes"], json!({"to_right": 2, "to_wrong": 1, "between_wrong": 0}));
    let calibration = json!([
        {"confidence": "sure", "right": 1, "n": 1},
        {"confidence": "guess", "right": 0, "n": 1},
        {"confidence": "", "right": 3, "n": 3},
    ]);
    assert_eq!(report["calibration"], calibration);
    assert!(report["pace"]["median_seconds"].as_f64().is_some_and(|seconds| (0.0..60.0).contains(&seconds)));
    let first = &report["items"][0];
    assert_eq!(first["first_answer"], json!([drawn.items[0].wrong()]));
    assert_eq!(first["answer_changes"], json!({"to_right": 1, "to_wrong": 0, "between_wrong": 0}));
    assert_eq!((&first["doubtful"], first["choices"].as_array().map(Vec::len)), (&Value::Null, Some(4)));
    assert_eq!(first["choices"][1]["why"], "about b");
    let text = learner.say("report").done().out;
    assert!(text.contains("You changed answers 3 times: 2 to right, 1 to wrong.\n"), "{text}");
    assert!(text.contains("Right when sure 1 of 1, guessing 0 of 1, not said 3 of 3.\n"), "{text}");
    assert!(report["items"][0]["stem"].is_string() && learner.json("report", "")["items"][0]["stem"].is_null());
}

#[test]
fn every_question_is_told_one_fact_a_line() {
    let (learner, _, drawn) = sat();
    let text = learner.say("report --items --now 2027-02-01T09:10").done().out;
    let block = |number: usize| {
        let from = text.find(&format!("Question {number} of 6")).expect("the question");
        text[from..].split("\n\n").next().unwrap_or_default().to_owned()
    };
    let facts = |number: usize| -> Vec<String> {
        let block = block(number);
        let is_fact = |line: &&str| !line.starts_with(' ') && !line.starts_with("What does");
        block.lines().filter(is_fact).map(str::to_owned).collect()
    };
    let in_domain = |position: usize| {
        let item = &drawn.items[position];
        format!("Item {} in About {}.", item.id, item.domain)
    };
    let right = |position: usize| format!("Right answer: {}.", drawn.items[position].key);
    let yours = |letter: &str| format!("Your answer: {letter}.");
    let (time, due) = ("Time: 0:00.", "In the drill: due tomorrow.");
    let (key, wrong) = (&drawn.items[0].key, drawn.items[0].wrong());
    let changed = format!("First answer {wrong}, changed once: 1 to right.");
    assert_eq!(facts(1), ["Question 1 of 6: right.", &in_domain(0), &yours(key), &right(0), time, &changed]);
    let answers = [yours(drawn.items[1].wrong()), right(1)];
    let [own, key] = &answers;
    assert_eq!(facts(2), ["Question 2 of 6: wrong.", &in_domain(1), own, key, time, "You said: guess.", due]);
    let key = &drawn.items[2].key;
    let changed = format!("First answer {key}, changed twice: 1 to right, 1 to wrong.");
    let flagged = ["Question 3 of 6: right.", &in_domain(2), &yours(key), &right(2), time, "Flagged.", &changed, due];
    assert_eq!(facts(3), flagged);
    assert_eq!(facts(6), ["Question 6 of 6: left blank.", &in_domain(5), &right(5), time, due]);
    assert!(block(2).contains("[your choice]\n     about "), "{}", block(2));
}

#[test]
fn a_filter_keeps_its_questions_alone() {
    let (learner, ..) = sat();
    let kept = |filter: &str| numbers(&learner.json(&format!("report --filter {filter}"), ""));
    assert_eq!(kept("all"), [1, 2, 3, 4, 5, 6]);
    assert_eq!(kept("wrong"), [2, 6]);
    assert_eq!(kept("guessed"), [2]);
    assert_eq!(kept("flagged"), [3]);
    assert_eq!(kept("doubtful"), Vec::<u64>::new());
    let text = learner.say("report 1 --walk --filter wrong").done().out;
    assert!(text.contains("2 of 6 questions wrong.\n\nQuestion 2 of 6") && !text.contains("Question 1 of 6"), "{text}");
    refused(learner.say("report --filter lucky"), 2, "lucky");
}

#[test]
fn unscored_questions_are_told_as_such() {
    let learner = Learner::new();
    let exam = "exam:\n  minutes: 30\n  items: {scored: 4, unscored: 2}\n";
    let bank = Bank { id: "mixed", exam, domains: &[("net", 1, 8)] };
    let path = learner.write("mixed.yaml", &bank.yaml());
    learner.feed(&format!("exam {path} --seed 5"), "a\nback\nb\na\nback\nb\na\nback\nb\na\na\na\n").done();
    let text = learner.say("report --items").done().out;
    assert_eq!(text.matches("Unscored: it counts in no score and no level.\n").count(), 2);
    let report = learner.json("report", "");
    let n = |fields: &Value| ["to_right", "to_wrong", "between_wrong"].map(|to| fields[to].as_u64().expect("a count"));
    let of_item = |item: &Value| n(&item["answer_changes"]);
    let scored = report["items"].as_array().expect("items").iter().filter(|item| item["scored"] == true);
    let sum = scored.map(of_item).fold([0; 3], |sum, own| [sum[0] + own[0], sum[1] + own[1], sum[2] + own[2]]);
    assert_eq!(n(&report["answer_changes"]), sum);
}

#[test]
fn an_item_that_is_sent_comes_in_todays_drill_until_that_is_taken_back() {
    let (learner, path, drawn) = sat();
    let id = &drawn.items[3].id;
    let n_due = || learner.json("drill small --new 0 --now 2027-02-02T09:00", "")["n_due_left"].clone();
    let morning = "--now 2027-02-02T09:00";
    let before = n_due().as_u64().expect("a count");
    let sent = learner.say(&format!("drill {path} --send {id} {morning}")).done().out;
    assert_eq!(sent, format!("`{id}` is sent to the drill: due today. `cutscore undo` takes it back.\n"));
    assert_eq!(n_due(), before + 1);
    let text = learner.say(&format!("report 1 --items {morning}")).done().out;
    assert!(text.contains("Sent to the drill: due today.\n"), "{text}");
    let undone = learner.say(&format!("undo small {morning}")).done().out;
    assert_eq!(undone, format!("The sending of `{id}` to the drill is taken back.\n"));
    assert_eq!(n_due(), before);
    assert_eq!(learner.json(&format!("undo small {morning}"), "")["undone"], Value::Null);
    refused(learner.say("drill small --send nope"), 1, "the deck has no item `nope`");
}

#[test]
fn a_doubtful_item_is_named_by_the_check_of_its_deck_until_that_is_withdrawn() {
    let (learner, path, drawn) = sat();
    let id = drawn.items[0].id.as_str();
    let reason = "b is right \u{1b}[31mtoo";
    let words = ["deck", "doubt", &path, "--item", id, "--reason", reason, "--now", "2027-02-02T09:00"];
    run(&mut learner.command(&words), b"").done();

    let check = learner.json(&format!("deck check {path}"), "");
    let is_doubt = |finding: &&Value| finding["code"] == "D203";
    let found: Vec<&Value> = check["findings"].as_array().expect("findings").iter().filter(is_doubt).collect();
    assert_eq!(found.len(), 1);
    assert_eq!((&found[0]["severity"], &found[0]["item"]), (&json!("advice"), &json!(id)));
    assert_eq!(found[0]["message"], "reported as doubtful on 2027-02-02: b is right ␛[31mtoo");
    // The bank is as large as one form, which is good to know too.
    assert_eq!(check["advice"], 2);
    let shown = learner.say("deck show small").done().out;
    assert!(
        shown.contains(&format!("1 item is reported as doubtful\n  {id}: since 2027-02-02: b is right ")),
        "{shown}"
    );
    let item = learner.json(&format!("deck show small --item {id}"), "");
    assert_eq!(item["doubtful"], json!({"since": "2027-02-02", "reason": reason}));
    assert_eq!(numbers(&learner.json("report --filter doubtful", "")), [1]);

    learner.say(&format!("deck doubt small --item {id} --withdraw")).done();
    assert_eq!(learner.json("deck check small", "")["advice"], 1);
    assert!(!learner.say("deck show small").done().out.contains("doubtful"));
    refused(learner.say(&format!("deck doubt small --item {id} --withdraw")), 1, "not reported as doubtful");
    refused(learner.say("deck doubt small --item nope"), 1, "the deck has no item `nope`");
    refused(
        run(&mut learner.command(&["deck", "doubt", "small", "--item", id, "--reason", &"x".repeat(501)]), b""),
        2,
        "500",
    );
}

#[test]
fn the_deck_that_comes_with_the_program_can_be_doubted_too() {
    let learner = Learner::new();
    let n_advice = || learner.json("deck check clf-c02", "")["advice"].as_u64().expect("a count");
    let before = n_advice();
    let id = DrawnForm::of("exam --taste --seed 3").items[0].id.clone();
    learner.say(&format!("deck doubt --item {id}")).done();
    assert_eq!(n_advice(), before + 1);
}

#[test]
fn checking_a_file_makes_no_data_directory() {
    let learner = Learner::new();
    let path = learner.write("small.yaml", &SMALL.yaml());
    let check = learner.json(&format!("deck check {path}"), "");
    assert_eq!((check["errors"].as_u64(), learner.data_dir().exists()), (Some(0), false));
}

#[test]
fn a_record_that_cannot_be_read_keeps_nobody_from_checking_a_file() {
    let learner = Learner::new();
    let path = learner.write("small.yaml", &SMALL.yaml());
    let foreign = learner.write("cutscore.db", &"long enough to be read as a header ".repeat(10));
    let data_dir = Path::new(&foreign).parent().expect("a directory");
    let said = run(bare_command(data_dir).args(["deck", "check", &path, "--data-dir"]).arg(data_dir), b"").done();
    assert!(said.all().contains("note: items reported as doubtful are not told"), "{}", said.all());
}
