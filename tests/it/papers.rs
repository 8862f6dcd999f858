//! Printing forms from the command line.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::support::{Bank, DrawnForm, Learner, key_of, refused};

const BANK: Bank = Bank {
    id: "bank",
    exam: "exam: {minutes: 20, items: {scored: 10, unscored: 2}}\n",
    domains: &[("net", 60, 22), ("law", 40, 15)],
};

fn learner_with_bank() -> (Learner, String) {
    let learner = Learner::new();
    let path = learner.write("bank.yaml", &BANK.yaml());
    (learner, path)
}

/// Reads a file that a command named; commands run in the learner's home.
fn read(learner: &Learner, name: &Value) -> String {
    let path = home(learner).join(name.as_str().expect("a path"));
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{error}: {}", path.display()))
}

fn home(learner: &Learner) -> PathBuf {
    learner.data_dir().parent().expect("a home").to_owned()
}

/// The ids of a bank's items in the order in which a paper asks them.
fn asked_ids(html: &str) -> Vec<&str> {
    html.split("What does ").skip(1).filter_map(|rest| Some(rest.split_once(" ask?")?.0)).collect()
}

#[test]
fn a_paper_is_the_form_that_an_exam_gets_and_its_key_names_the_right_letters() {
    let (learner, path) = learner_with_bank();
    let printed = learner.json(&format!("form print {path} --seed 8"), "");
    let paper = &printed["papers"][0];
    let code = paper["code"].as_str().expect("a code");
    assert_eq!(paper["html"], format!("form-{code}.html"));
    assert_eq!(paper["key"], format!("form-{code}-key.html"));
    let (html, key) = (read(&learner, &paper["html"]), read(&learner, &paper["key"]));
    let sat = DrawnForm::from_report(&learner.json("exam bank --seed 8", "-\n".repeat(12).as_str()));
    let ids: Vec<&str> = sat.items.iter().map(|item| item.id.as_str()).collect();
    assert_eq!(asked_ids(&html), ids);
    assert_eq!(asked_ids(&key), ids);
    for text in [&html, &key] {
        assert!(text.contains(&format!("code {code}")) && text.contains("seed 8"), "{text}");
    }
    for secret in ["about a", "About net", "net-key", "right\""] {
        assert!(!html.contains(secret), "{secret}");
    }
    for (position, id) in (1..).zip(ids) {
        let row = format!("<td class=\"number\">{position}</td><td><b>{}</b></td>", key_of(id));
        assert!(key.contains(&row), "{row}");
    }
    assert!(key.contains("<p>about a</p>") && key.contains("About net"));
}

#[test]
fn printing_says_which_files_it_wrote_and_records_nothing() {
    let (learner, path) = learner_with_bank();
    let said = learner.say(&format!("form print {path} --seed 8 --html mock.html --count 2")).done().out;
    let files = ["mock.html", "mock-key.html", "mock-2.html", "mock-2-key.html"];
    for file in files {
        assert!(said.contains(&format!(" {file}\n")), "{said}");
        assert!(home(&learner).join(file).exists());
    }
    assert_eq!(learner.json("data rebuild", "")["events"], 0);
}

#[test]
fn nothing_is_overwritten_unless_that_is_asked_for() {
    let (learner, path) = learner_with_bank();
    for taken in ["mock.html", "mock-key.html"] {
        learner.write(taken, "mine");
        let words = format!("form print {path} --html mock.html");
        refused(learner.say(&words), 1, &format!("{taken} is there already; --force replaces it"));
        assert_eq!(read(&learner, &taken.into()), "mine");
        assert_eq!(home(&learner).join("mock.html").exists(), taken == "mock.html", "half of a pair was written");
        learner.say(&format!("{words} --force")).done();
        assert!(read(&learner, &taken.into()).starts_with("<!DOCTYPE html>"));
        for file in ["mock.html", "mock-key.html"] {
            fs::remove_file(home(&learner).join(file)).expect("removes");
        }
    }
    refused(
        learner.say(&format!("form print {path} --html nowhere/mock.html")),
        4,
        "nowhere/mock.html cannot be written",
    );
}

#[test]
fn forms_printed_together_share_no_question() {
    let (learner, path) = learner_with_bank();
    let printed = learner.json(&format!("form print {path} --seed 8 --count 4"), "");
    assert_eq!((&printed["shortfall"]["n_whole"], &printed["shortfall"]["n_asked"]), (&3.into(), &4.into()));
    let papers = printed["papers"].as_array().expect("papers");
    let texts: Vec<String> = papers.iter().map(|paper| read(&learner, &paper["html"])).collect();
    let mut ids: Vec<&str> = texts.iter().flat_map(|html| asked_ids(html)).collect();
    assert_eq!(ids.len(), 37);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 37);
    assert!(texts[1].contains("Form 2 of 4, seed 8"), "{}", texts[1]);
    // No paper without questions.
    let printed = learner.json(&format!("form print {path} --count 9 --html many.html"), "");
    assert!(printed["papers"].as_array().expect("papers").iter().all(|paper| paper["n_items"] != 0));
}

/// Two named forms whose right answer is always the first choice of the deck.
const NAMED: &str =
    "id: named\nexam: {items: 4}\nforms: {A: [q-0, q-1, q-2, q-3], B: [q-4, q-5, q-6, q-7]}\nquestions:\n";

#[test]
fn a_named_form_prints_alike_each_time_and_its_key_does_not_tell_that_of_another() {
    let learner = Learner::new();
    let question = |idx| format!("  - {{id: q-{idx}, stem: Which {idx}?, right: a, wrong: [b, c, d]}}\n");
    let deck = (0..8).map(question).fold(NAMED.to_owned(), |text, question| text + &question);
    let path = learner.write("named.yaml", &deck);
    let key = |words: &str| {
        let printed = learner.json(&format!("form print {path} {words} --force"), "");
        read(&learner, &printed["papers"][0]["key"])
    };
    let letters = |key: &str| -> Vec<String> {
        key.split("<td><b>").skip(1).filter_map(|cell| Some(cell.split_once('<')?.0.to_owned())).collect()
    };
    let (form_a, form_b) = (key("--form A"), key("--form B"));
    assert!(form_a.contains("Form A · code"), "{form_a}");
    assert_eq!(form_a, key("--form A"));
    assert_ne!(letters(&form_a), letters(&form_b));
    assert_ne!(letters(&form_a), letters(&key("--form A --seed 3")));
    refused(learner.say(&format!("form print {path} --form C")), 1, "it names A, B");
    refused(learner.say(&format!("form print {path} --form A --count 2")), 2, "cannot be used with");
}

#[test]
fn a_deck_without_an_exam_is_printed_whole() {
    let learner = Learner::new();
    let path = learner.write("six.yaml", include_str!("../../decks/examples/six-lines.yaml"));
    let printed = learner.json(&format!("form print {path}"), "");
    assert_eq!(printed["shortfall"], Value::Null);
    assert!(!read(&learner, &printed["papers"][0]["key"]).contains("<h2>Score</h2>"));
    refused(learner.say(&format!("form print {path} --count 2")), 1, "has no `exam:` section");
}

#[test]
fn deck_text_on_paper_is_text() {
    let learner = Learner::new();
    let hostile = "<script>alert(1)</script> <img src=x onerror=alert(1)> \\u202e [x](javascript:alert(1))";
    let deck = format!(
        "title: \"{hostile}\"\nquestions:\n  - {{stem: \"{hostile}\", right: \"{hostile}\", wrong: [\"<b>\", \"&#60;b>\"], why: \"{hostile}\"}}\n"
    );
    let path = learner.write("hostile.yaml", &deck);
    let printed = learner.json(&format!("form print {path}"), "");
    for file in ["html", "key"] {
        let html = read(&learner, &printed["papers"][0][file]);
        for forbidden in ["<script", "<img", "<a ", "<b>&", "\u{202e}"] {
            assert!(!html.contains(forbidden), "{forbidden} in {html}");
        }
        assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{html}");
    }
}
