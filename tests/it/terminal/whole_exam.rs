//! A whole exam by keys alone, by the mouse alone, and by typed lines: the same answers and the same score.

use std::thread;

use serde_json::Value;

use crate::support::{DrawnForm, DrawnItem, Learner, Terminal};

const WORDS: &str = "exam --seed 11 --now 2027-02-01T09:00:00Z";
const N_ITEMS: usize = 65;

/// The letters to choose at each position: two answers of three are right.
fn answers(form: &DrawnForm) -> Vec<String> {
    let letters = |(position, item): (usize, &DrawnItem)| {
        let key = item.key.replace(' ', "");
        match key.len() {
            _ if position % 3 < 2 => key,
            1 => item.wrong().to_owned(),
            // As many as are wanted, so that every question is answered in full.
            n_keys if key.starts_with('a') => "bcdefgh"[..n_keys].to_owned(),
            n_keys => "abcdefgh"[..n_keys].to_owned(),
        }
    };
    form.items.iter().enumerate().map(letters).collect()
}

/// What a sitting came to: each item with what was chosen and whether it was right, and the score.
fn outcome(learner: &Learner) -> (Vec<[Value; 4]>, Value) {
    let report = learner.json("report 1", "");
    assert_eq!((report["ending"].as_str(), report["n_not_reached"].as_u64()), (Some("submitted"), Some(0)));
    let items = report["items"].as_array().expect("items");
    let items = items.iter().map(|item| ["item", "chosen", "right", "scored"].map(|name| item[name].clone())).collect();
    (items, report["score"].clone())
}

/// Sits the exam by keys in a window of 80 by 24; returns how many keys did something else than answer.
fn by_keys(learner: &Learner, answers: &[String]) -> usize {
    let mut terminal = Terminal::start(learner, WORDS, (80, 24));
    let mut n_other_keys = 0;
    let mut press = |terminal: &mut Terminal, key: &str| {
        terminal.press(key);
        n_other_keys += 1;
    };
    terminal.wait_for("Back");
    press(&mut terminal, "s");
    for (position, letters) in answers.iter().enumerate() {
        terminal.wait_for(&format!("Question {} of {N_ITEMS}", position + 1));
        terminal.press(letters);
        terminal.wait_for("saved");
        press(&mut terminal, "n");
        let next = format!("Question {} of {N_ITEMS}", position + 2);
        let went = |screen: &str| screen.contains(&next) || screen.contains("Review");
        let screen = terminal.wait_until("the next question", |screen| went(screen) || screen.contains("more below."));
        if !went(&screen) {
            press(&mut terminal, "n");
        }
    }
    terminal.wait_for("Review");
    press(&mut terminal, "e");
    terminal.wait_for("Every question is answered.");
    press(&mut terminal, "y");
    terminal.wait_for("scaled score");
    terminal.press("q");
    let ended = terminal.end();
    assert_eq!(ended.code, Some(0));
    assert!(ended.text.contains("scaled score") || ended.text.contains("You needed"), "{}", ended.text);
    n_other_keys
}

/// Sits the exam by clicks in a window of 120 by 40.
fn by_mouse(learner: &Learner, answers: &[String]) {
    let mut terminal = Terminal::start(learner, WORDS, (120, 40));
    terminal.wait_for("Back");
    terminal.click("Start");
    for (position, letters) in answers.iter().enumerate() {
        terminal.wait_for(&format!("Question {} of {N_ITEMS}", position + 1));
        for letter in letters.to_uppercase().chars() {
            terminal.click(&format!(" {letter}  "));
        }
        terminal.wait_for("saved");
        terminal.click("n next");
    }
    terminal.wait_for("e end");
    terminal.click("e end");
    terminal.wait_for("Every question is answered.");
    terminal.click("Yes, end and score");
    terminal.wait_for("scaled score");
    terminal.click("q back");
    assert_eq!(terminal.end().code, Some(0));
}

/// Sits the exam by lines, typed at a terminal.
fn by_lines(learner: &Learner, answers: &[String]) {
    let mut terminal = Terminal::start(learner, &format!("{WORDS} --plain"), (80, 24));
    terminal.wait_for("Press Enter to start");
    terminal.press("\r");
    for (position, letters) in answers.iter().enumerate() {
        terminal.wait_until("the next question", |screen| {
            screen.contains(&format!("Question {} of {N_ITEMS}", position + 1)) && screen.ends_with("\n>")
        });
        terminal.press(&format!("{letters}\r"));
    }
    terminal.wait_for("That was the last question. 0 open");
    terminal.press("submit\r");
    terminal.wait_for("Type yes.");
    terminal.press("yes\r");
    let ended = terminal.end();
    assert_eq!(ended.code, Some(0), "{}", ended.text);
}

/// `cargo test --test it by_keys_by_the_mouse -- --nocapture` tells how many keys it takes.
#[test]
#[expect(clippy::print_stdout, reason = "the number of keys is a result")]
fn by_keys_by_the_mouse_and_by_lines_an_exam_comes_to_the_same() {
    let answers = answers(&DrawnForm::of(WORDS));
    assert_eq!(answers.len(), N_ITEMS);
    let learners = [Learner::new(), Learner::new(), Learner::new()];
    let n_other_keys = thread::scope(|scope| {
        let keys = scope.spawn(|| by_keys(&learners[0], &answers));
        let mouse = scope.spawn(|| by_mouse(&learners[1], &answers));
        by_lines(&learners[2], &answers);
        mouse.join().expect("the exam by mouse");
        keys.join().expect("the exam by keys")
    });
    let [keys, mouse, lines] = learners.each_ref().map(outcome);
    assert_eq!(keys, mouse);
    assert_eq!(keys, lines);
    assert!(keys.1["scaled"].is_u64(), "{}", keys.1);
    println!("{n_other_keys} keys beside the answers for {N_ITEMS} questions");
    assert!(10 * n_other_keys <= 12 * N_ITEMS, "{n_other_keys} keys beside the answers");
}
