//! Whole exams on a real terminal: by keys alone, by the mouse alone, and in line mode, with one outcome.

use serde_json::Value;

use crate::support::{Learner, Terminal};

const N_ITEMS: usize = 65;

/// Starts the built-in exam from the same seed, as everybody here does.
fn start(learner: &Learner) -> Terminal {
    let data_dir = learner.data_dir();
    let data_dir = data_dir.to_str().expect("a path in UTF-8");
    let home = learner.data_dir().parent().expect("it lies at home").to_owned();
    Terminal::start(&home, &["--data-dir", data_dir, "exam", "--seed", "7"])
}

/// The letters that everybody gives to the question on the screen: the first ones, as many as are wanted.
fn answer_to(screen: &str) -> &'static str {
    match screen {
        _ if screen.contains("Choose THREE") => "abc",
        _ if screen.contains("Choose TWO") => "ab",
        _ => "a",
    }
}

fn is_on(screen: &str, number: usize) -> bool {
    screen.contains(&format!("Question {number} of {N_ITEMS} "))
}

/// Goes on from a question by `step` until the next one, or after the last the review, shows; returns the steps.
fn go_on(terminal: &mut Terminal, number: usize, mut step: impl FnMut(&mut Terminal)) -> usize {
    let is_past =
        |screen: &str| if number == N_ITEMS { screen.contains("[All 65]") } else { is_on(screen, number + 1) };
    for n_steps in 1..9 {
        step(terminal);
        let screen =
            terminal.wait_until("an effect", |screen| is_past(screen) || screen.contains("There was more below"));
        if is_past(&screen) {
            return n_steps;
        }
    }
    panic!("question {number} has no end:\n{}", terminal.screen());
}

fn sit_by_keys(learner: &Learner) {
    let mut terminal = start(learner);
    terminal.wait_for("Start");
    terminal.press("s");
    let mut n_steps = 0;
    for number in 1..=N_ITEMS {
        let screen = terminal.wait_until("the question", |screen| is_on(screen, number));
        terminal.press(answer_to(&screen));
        terminal.wait_for("● saved");
        n_steps += go_on(&mut terminal, number, |terminal| terminal.press("n"));
    }
    terminal.press("e");
    terminal.wait_for("Every question is answered.");
    terminal.press("y");
    terminal.wait_for("scaled score");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    assert!(n_steps * 10 <= N_ITEMS * 12, "{n_steps} keys to go through {N_ITEMS} questions");
}

fn sit_by_mouse(learner: &Learner) {
    let mut terminal = start(learner);
    terminal.click("Start");
    for number in 1..=N_ITEMS {
        let screen = terminal.wait_until("the question", |screen| is_on(screen, number));
        for letter in answer_to(&screen).to_uppercase().chars() {
            let (one, several) = (format!("( ) {letter}  "), format!("[ ] {letter}  "));
            // A choice that lies below the window is brought up first.
            while !terminal.screen().contains(&one) && !terminal.screen().contains(&several) {
                let before = terminal.screen();
                terminal.click("more below");
                terminal.wait_until("a later part", |screen| screen != before);
            }
            let words = if terminal.screen().contains(&one) { one } else { several };
            terminal.click(&words);
            terminal.wait_until("the choice", |screen| !screen.contains(&words));
        }
        terminal.wait_for("● saved");
        go_on(&mut terminal, number, |terminal| terminal.click("n next"));
    }
    terminal.click("e end");
    terminal.click("Yes, end and score");
    terminal.wait_for("scaled score");
    terminal.click("q back");
    assert_eq!(terminal.end(), 0);
}

/// What was answered to each item, and that the report is the same beside the times.
fn responses(learner: &Learner) -> Vec<(Value, Value)> {
    let report = learner.json("report", "");
    let items = report["items"].as_array().expect("items").iter();
    items.map(|item| (item["item"].clone(), item["chosen"].clone())).collect()
}

#[test]
fn keys_mouse_and_lines_give_the_same_responses() {
    let (by_keys, by_mouse, by_lines) = (Learner::new(), Learner::new(), Learner::new());
    sit_by_keys(&by_keys);
    sit_by_mouse(&by_mouse);
    let expected = responses(&by_keys);
    let word = |chosen: &Value| {
        let letters: Vec<&str> = chosen.as_array().expect("letters").iter().filter_map(Value::as_str).collect();
        format!("{}\n", letters.join(" "))
    };
    let lines: Vec<String> = expected.iter().map(|(_, chosen)| word(chosen)).collect();
    by_lines.feed("exam --seed 7", &lines.concat()).done();
    assert_eq!(expected.len(), N_ITEMS);
    assert_eq!(responses(&by_mouse), expected);
    assert_eq!(responses(&by_lines), expected);
}

#[test]
fn an_open_exam_offers_to_go_on_as_practice() {
    let learner = Learner::new();
    let mut terminal = start(&learner);
    terminal.wait_for("Start");
    terminal.press("s");
    terminal.wait_for("Question 1 of 65");
    terminal.press("aql");
    assert_eq!(terminal.end(), 0);
    let mut terminal = start(&learner);
    let screen = terminal.wait_for("As practice");
    assert!(screen.contains("This exam is still open.") && screen.contains("Answered    1 of 65"), "{screen}");
    terminal.press("p");
    terminal.wait_for("Question 1 of 65");
    terminal.press("n");
    terminal.wait_until("the feedback", |screen| screen.contains("✓ Right.") || screen.contains("✗ Wrong."));
    terminal.press("z");
    terminal.wait_for("The clock stands:");
    terminal.press("q");
    assert_eq!(terminal.end(), 0);
    assert_eq!(learner.json("history", "")["sittings"][0]["kind"], "practice");
    let mut terminal = start(&learner);
    let screen = terminal.wait_for("This practice is still open.");
    assert!(screen.contains("the clock stands") && !screen.contains("As practice"), "{screen}");
    terminal.press("b");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn a_window_that_is_too_small_is_told_so_and_nothing_is_lost() {
    let learner = Learner::new();
    let mut terminal = start(&learner);
    terminal.wait_for("Start");
    terminal.press("s");
    terminal.wait_for("Question 1 of 65");
    terminal.press("a");
    terminal.wait_for("● saved");
    for (columns, rows) in [(59, 18), (1, 1), (60, 17), (250, 70), (20, 3), (110, 30), (60, 18)] {
        terminal.resize(columns, rows);
        if columns < 60 || rows < 18 {
            // A key counts for nothing as soon as the window says that it is too small; some have no room to say so.
            if 30 <= columns {
                terminal.wait_for("Please make it 60×18.");
                terminal.press("b");
            }
        } else {
            terminal.wait_until("the question", |screen| is_on(screen, 1) && screen.contains("(●) A"));
        }
    }
    terminal.press("ql");
    assert_eq!(terminal.end(), 0);
}

#[test]
fn pasted_text_gives_no_answer_and_leaves_nothing() {
    let learner = Learner::new();
    let mut terminal = start(&learner);
    terminal.wait_for("Start");
    terminal.press("s");
    terminal.wait_for("Question 1 of 65");
    terminal.press("\u{1b}[200~qly\nb\u{1b}[201~m");
    let screen = terminal.wait_for("⚑ flagged");
    assert!(is_on(&screen, 1) && !screen.contains("(●)"), "{screen}");
    terminal.press("ql");
    assert_eq!(terminal.end(), 0);
}
