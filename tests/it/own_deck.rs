//! Decks of one's own: checked, sat, drilled, edited, moved and broken.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use crate::support::{Bank, Learner, drill, key_of, refused};

const SIX_LINES: &str = include_str!("../../decks/examples/six-lines.yaml");
const TIMED: Bank =
    Bank { id: "timed", exam: "exam:\n  minutes: 30\n  items: 6\n", domains: &[("net", 60, 6), ("sec", 40, 6)] };

#[test]
fn six_lines_are_enough_to_be_checked_sat_and_drilled() {
    let learner = Learner::new();
    let path = learner.write("http.yaml", SIX_LINES);
    assert!(SIX_LINES.lines().count() <= 6);
    let check = learner.json(&format!("deck check {path}"), "");
    assert_eq!((check["errors"].as_u64(), check["warnings"].as_u64()), (Some(0), Some(0)));
    let report = learner.json(&format!("exam {path} --now 2027-02-01T09:00"), "-\n-\n-\n-\n");
    assert_eq!((report["right"].as_u64(), report["n_items"].as_u64()), (Some(0), Some(4)));
    assert_eq!((report["limit_seconds"].clone(), report.get("score")), (Value::Null, None));
    let text = learner.say("report").done().out;
    assert!(text.contains("0 of 4 right (0 %)") && text.contains("This deck has no `exam:` section"), "{text}");
    let drilled = learner.json(&format!("drill {path} --now 2027-02-02T09:00"), "a\na\na\na\n");
    assert_eq!((drilled["n_done"].as_u64(), drilled["n_new_left"].as_u64()), (Some(4), Some(0)));
}

#[test]
fn a_deck_can_be_named_by_its_path_and_then_by_its_id() {
    let learner = Learner::new();
    let path = learner.write("http.yaml", SIX_LINES);
    refused(learner.say("deck show http"), 1, "there is no deck `http`");
    let shown = learner.json(&format!("deck show {path}"), "");
    assert_eq!(shown, learner.json("deck show http", ""));
    assert_eq!((shown["id"].as_str(), shown["domains"][0]["exam_items"].as_u64()), (Some("http"), Some(4)));
    let listed = learner.json("deck list", "");
    let expected = json!({
        "id": "http", "title": "HTTP status codes at a glance", "path": path, "copied": false,
        "questions": 4, "flashcards": 0, "files": "unchanged",
    });
    assert_eq!(listed["decks"][1], expected);
    assert_eq!((listed["decks"][0]["id"].as_str(), listed["decks"][0]["path"].clone()), (Some("clf-c02"), Value::Null));
    let text = learner.say("deck list").done().out;
    let expected = format!("http\n    HTTP status codes at a glance\n    {path}\n    4 questions, 0 flashcards\n");
    assert!(text.contains(&expected), "{text}");
    // A path may be said from where one stands.
    assert_eq!(learner.json("deck show ./http.yaml", ""), shown);
    assert_eq!(learner.json("deck check http", "")["errors"], 0);
}

#[test]
fn one_item_is_shown_with_its_key_and_reasons() {
    let learner = Learner::new();
    let path = learner.write("timed.yaml", &TIMED.yaml());
    let item = learner.json(&format!("deck show {path} --item net-02"), "");
    assert_eq!((item["id"].as_str(), item["stem"].as_str()), (Some("net-02"), Some("What does net-02 ask?")));
    assert_eq!(item["choices"][2], json!({"text": "c of net-02", "correct": true, "why": "about c"}));
    let text = learner.say("deck show timed --item net-02").done().out;
    assert!(text.contains("- c of net-02 [right]\n  about c\n- d of net-02 [wrong]\n"), "{text}");
    refused(learner.say("deck show timed --item net-99"), 1, "the deck has no item `net-99`");
}

const BROKEN: &str = "title: Broken\nquestions:\n  - {id: a, stem: Which?, right: x, wrong: [y], dificulty: easy}\n  \
                      - {id: a, stem: Which then?, right: x}\n";

#[test]
fn the_findings_of_a_check_have_a_code_a_place_and_a_help() {
    let learner = Learner::new();
    let path = learner.write("broken.yaml", BROKEN);
    let said = learner.say(&format!("deck check {path} --json")).with_code(3);
    let check = said.value();
    assert_eq!(check["errors"], 3);
    let findings = check["findings"].as_array().expect("findings");
    let names = ["code", "severity", "path", "line", "column", "item", "message", "help"];
    for finding in findings {
        assert!(names.iter().all(|name| finding.get(name).is_some()), "{finding}");
    }
    let unknown_key = findings.iter().find(|finding| finding["code"] == "D007").expect("an unknown key");
    assert_eq!((unknown_key["line"].as_u64(), unknown_key["column"].as_u64()), (Some(3), Some(49)));
    assert_eq!((unknown_key["severity"].as_str(), unknown_key["path"].as_str()), (Some("error"), Some(path.as_str())));
    assert!(unknown_key["help"].as_str().expect("a help").contains("`difficulty`"), "{unknown_key}");
}

#[test]
fn findings_are_the_result_of_a_check_and_the_excuse_of_an_exam() {
    let learner = Learner::new();
    let path = learner.write("broken.yaml", BROKEN);
    let place = format!("--> {path}:3:49");
    let check = learner.say(&format!("deck check {path}")).with_code(3);
    assert!(check.out.contains(&place) && check.out.contains("3 errors, 0 warnings"), "{}", check.out);
    assert_eq!(check.err, "error: the deck has errors\n");
    for words in ["exam", "drill", "deck show", "form table --form A"] {
        let said = learner.say(&format!("{words} {path}")).with_code(3);
        assert_eq!(said.out, "");
        assert!(said.err.contains(&place) && said.err.contains("did you mean"), "{}", said.err);
    }
}

/// Starts the timed exam, answers three items and leaves. Returns the learner and the deck's path.
fn half_way() -> (Learner, String) {
    let learner = Learner::new();
    let path = learner.write("timed.yaml", &TIMED.yaml());
    learner.feed(&format!("exam {path} --seed 5 --now 2027-02-01T09:00"), "a\na\na\n").done();
    (learner, path)
}

/// Ends the exam of `half_way` after `edit`, and checks that the edit changed nothing of it.
fn check_untouched(edit: impl Fn(&Path)) {
    let finish = |edit: &dyn Fn(&Path)| {
        let (learner, path) = half_way();
        edit(Path::new(&path));
        let said = learner.feed("exam timed --now 2027-02-01T09:01", "goto 1\ngoto 4\na\na\na\n").done().out;
        let questions: Vec<String> = said.lines().filter(|line| line.contains(" of ")).map(str::to_owned).collect();
        let mut report = learner.json("report", "");
        report["elapsed_seconds"] = Value::Null;
        report["started_at"] = Value::Null;
        report["pace"] = Value::Null;
        for item in report["items"].as_array_mut().expect("items") {
            item["seconds"] = Value::Null;
        }
        // What is there to be drilled is told by the deck as it is now.
        for pair in report["confusions"].as_array_mut().expect("confusions") {
            pair["command"] = Value::Null;
        }
        let without_clock = |line: &String| !line.contains("Time");
        (questions.into_iter().filter(without_clock).collect::<Vec<_>>(), report)
    };
    assert_eq!(finish(&edit), finish(&|_| {}));
}

#[test]
fn other_words_and_another_key_change_nothing_of_an_open_exam() {
    check_untouched(|path| {
        let text = fs::read_to_string(path).expect("the deck");
        // Every item gets its last choice as the only key.
        let last_is_key = text.replace("What does", "What did").replace("correct: true", "correct: false");
        let lines: Vec<String> = last_is_key
            .lines()
            .map(|line| {
                if line.contains("{text: d") {
                    line.replace("correct: false", "correct: true")
                } else {
                    line.to_owned()
                }
            })
            .collect();
        fs::write(path, lines.join("\n")).expect("writes the deck");
    });
}

#[test]
fn other_domains_and_weights_change_nothing_of_an_open_exam() {
    check_untouched(|path| {
        let text = fs::read_to_string(path).expect("the deck");
        let net = "  - {id: net, title: About net, weight: 60}\n";
        assert!(text.contains(net));
        let moved = text
            .replace(net, "")
            .replace("questions:\n", "  - {id: law, weight: 9}\n  - {id: net, weight: 1}\nquestions:\n");
        fs::write(path, moved).expect("writes the deck");
    });
}

#[test]
fn another_exam_section_changes_nothing_of_an_open_exam() {
    check_untouched(|path| {
        let text = fs::read_to_string(path).expect("the deck");
        let other = "exam:\n  minutes: 3\n  items: 2\n  scale: {min: 0, cut: 1, max: 9}\n  cut: 0.1\n";
        fs::write(path, text.replace(TIMED.exam, other)).expect("writes the deck");
    });
}

#[test]
fn a_deck_that_was_broken_or_deleted_changes_nothing_of_an_open_exam() {
    check_untouched(|path| fs::write(path, BROKEN).expect("writes the deck"));
    check_untouched(|path| fs::remove_file(path).expect("removes the deck"));
}

#[test]
fn an_edit_that_is_taken_back_leaves_the_deck_as_it_was() {
    let learner = Learner::new();
    let text = TIMED.yaml();
    let path = learner.write("timed.yaml", &text);
    let shown = learner.json(&format!("deck show {path}"), "");
    learner.write("timed.yaml", &text.replace("net-05", "net-15"));
    learner.json("exam timed", &"a\n".repeat(6));
    learner.write("timed.yaml", &text);
    assert_eq!(learner.json("deck show timed", ""), shown);
    assert_eq!(learner.json("exam timed", &"a\n".repeat(6))["n_items"], 6);
}

#[test]
fn a_mended_typing_error_keeps_the_history_of_an_item_with_an_id() {
    let learner = Learner::new();
    let deck = Bank { id: "plain", exam: "", domains: &[("net", 1, 3)] };
    let path = learner.write("plain.yaml", &deck.yaml());
    let right = |id: &str, _| key_of(id).to_owned();
    drill(&learner, &format!("drill {path} --now 2027-02-01T09:00"), right);
    learner.write("plain.yaml", &deck.yaml().replace("c of", "the third of"));
    let again = drill(&learner, "drill plain --now 2027-02-02T09:00", right);
    assert_eq!(again.ids.len(), 3);
    assert!(again.summary.contains("It comes back in 6 days."), "{}", again.summary);
}

#[test]
fn a_deck_that_was_moved_is_found_by_its_id_once_it_was_opened_at_its_new_place() {
    let learner = Learner::new();
    let path = learner.write("timed.yaml", &TIMED.yaml());
    learner.say(&format!("deck show {path}")).done();
    let folder = Path::new(&path).parent().expect("a folder").join("elsewhere");
    fs::create_dir(&folder).expect("makes a folder");
    let moved = folder.join("timed.yaml");
    fs::rename(&path, &moved).expect("moves the deck");
    refused(learner.say("deck show timed"), 1, "timed.yaml");
    learner.say(&format!("deck show {}", moved.display())).done();
    learner.say("deck show timed").done();
}

#[test]
fn exams_of_two_decks_may_be_open_side_by_side() {
    let learner = Learner::new();
    let (one, two) = (learner.write("timed.yaml", &TIMED.yaml()), learner.write("http.yaml", SIX_LINES));
    learner.feed(&format!("exam {one} --now 2027-02-01T09:00"), "a\n").done();
    learner.feed(&format!("exam {two} --now 2027-02-01T09:05"), "a\n").done();
    let said = learner.feed(&format!("exam {one} --now 2027-02-01T09:10"), "a\n").done().out;
    assert!(said.contains("Question 2 of 6."), "{said}");
    let last = said.lines().last().expect("a line");
    // A moment less or more, as the sitting did not start at the very second.
    let is_its_own = ["(its clock runs, 20:00 left)", "(its clock runs, 19:5"].iter().any(|clock| last.contains(clock));
    assert!(last.starts_with("Sitting 1 stays open") && is_its_own, "{last}");
    assert!(last.ends_with("`cutscore exam timed` goes on with it."), "{last}");
}

#[test]
fn a_folder_is_a_deck_too() {
    let learner = Learner::new();
    let deck = learner.write("deck.yaml", "id: folder\ntitle: Folder\nexam: {items: 2, minutes: 5}\nquestions: []\n");
    let folder = Path::new(&deck).parent().expect("a folder").join("folder");
    fs::create_dir(&folder).expect("makes a folder");
    fs::write(folder.join("deck.yaml"), "id: folder\ntitle: Folder\nexam: {items: 2, minutes: 5}\n").expect("writes");
    let questions =
        "questions:\n  - {id: p, stem: P?, right: x, wrong: [y]}\n  - {id: q, stem: Q?, right: x, wrong: [y]}\n";
    fs::write(folder.join("part.yaml"), questions).expect("writes");
    let report = learner.json(&format!("exam {}", folder.display()), "a\na\n");
    assert_eq!((report["deck"].as_str(), report["n_items"].as_u64()), (Some("folder"), Some(2)));
}
