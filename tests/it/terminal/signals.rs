//! Signals at the places where the program waits: the terminal is given back, and no time with it.

use super::{USUAL, come_back, enter, secs_left, sitter};
use crate::support::{Bank, Learner, Terminal, tried};

const CARDS: Bank = Bank { id: "cards", exam: "", domains: &[("net", 1, 5)] };

/// Has `signal` come in the exam room two seconds after the start, with nothing recorded since.
fn end_in_the_room(signal: &str) {
    let learner = sitter();
    let mut room = enter(&learner, "--now 2027-02-01T09:00:00Z", USUAL);
    room.press("b");
    room.wait_for("● saved");
    room.wait_until("two seconds", |screen| secs_left(screen) <= 1_798);
    room.signal(signal);
    let ended = room.end();
    assert_eq!(ended.code, Some(0), "{signal}: {}", ended.text);
    assert!(ended.text.contains("Sitting 1 stays open"), "{signal}: {}", ended.text);
    // The wall clock is set back: only the trace of life can know the two seconds.
    let mut room = come_back(&learner, "--now 2027-02-01T08:00:00Z", 1);
    let screen = room.wait_for("(●) B");
    assert!(secs_left(&screen) <= 1_798, "{signal}: {screen}");
    tried("signals", 1, 0);
    room.press("ql");
    room.end();
}

#[test]
fn a_signal_to_end_in_the_exam_room_keeps_answers_and_time() {
    std::thread::scope(|scope| {
        for signal in ["HUP", "TERM", "INT"] {
            scope.spawn(move || end_in_the_room(signal));
        }
    });
}

#[test]
fn a_terminal_that_vanishes_leaves_the_sitting_open_with_its_answers() {
    let learner = sitter();
    let mut room = enter(&learner, "--now 2027-02-01T09:00:00Z", USUAL);
    room.press("b");
    room.wait_for("● saved");
    let status = room.vanish();
    assert!(status.signal().is_none() && [0, 4].contains(&status.exit_code()), "{status:?}");
    let mut room = come_back(&learner, "--now 2027-02-01T09:01:00Z", 1);
    room.wait_for("(●) B");
    room.press("ql");
    room.end();
}

/// Starts `words`, waits for `text`, presses `keys`, waits for `then`, sends the signal and checks how it ends.
#[track_caller]
fn check(learner: &Learner, words: &str, (text, keys, then): (&str, &str, &str), signal: &str, code: Option<u32>) {
    let mut terminal = Terminal::start(learner, words, USUAL);
    terminal.wait_for(text);
    terminal.press(keys);
    terminal.wait_for(then);
    terminal.signal(signal);
    let ended = terminal.end();
    assert_eq!(ended.code, code, "{words}, {signal}: {}", ended.text);
    tried("signals", 1, 0);
}

#[test]
fn a_signal_to_end_gives_the_terminal_back_wherever_the_program_waits() {
    let learner = sitter();
    let cards = learner.write("cards.yaml", &CARDS.yaml());
    let drill = format!("drill {cards} --new 3");
    for signal in ["HUP", "TERM", "INT"] {
        check(&learner, "exam room", ("Back", "", "Start"), signal, Some(0));
        check(&learner, &drill, ("A  ", "", "A  "), signal, Some(0));
        check(&learner, &drill, ("A  ", "?", "this list of keys"), signal, Some(0));
        // In line mode nothing of the terminal is taken, so the signal may do what it does.
        check(&learner, "exam room --plain", ("Press Enter", "", "\n>"), signal, None);
    }
    let mut room = enter(&learner, "", USUAL);
    room.press("q");
    room.wait_for("Leave the exam?");
    room.signal("TERM");
    assert_eq!(room.end().code, Some(0));
    for (keys, then) in [("", "still open"), ("a", "Abandon this sitting?"), ("rr", "Review"), ("rg", "Esc back")] {
        check(&learner, "exam room", ("still open", keys, then), "HUP", Some(0));
    }
}

#[test]
fn a_program_that_is_sent_to_rest_gives_the_terminal_back_and_takes_it_again() {
    let learner = sitter();
    let mut room = enter(&learner, "", USUAL);
    room.press("c");
    room.wait_for("● saved");
    let taken = room.changes();
    assert_eq!(taken.len(), 5, "{taken:?}");
    for round in 0..2 {
        room.signal("TSTP");
        room.wait_until_stopped();
        room.wait_until_given_back();
        assert!(!room.text().contains("Question"), "{}", room.text());
        if round == 1 {
            // Others use the window meanwhile.
            room.resize((100, 30));
        }
        room.signal("CONT");
        room.wait_for("(●) C");
        room.wait_for("q leave");
        assert_eq!(room.changes(), taken);
        tried("signals", 2, 0);
    }
    room.press("n");
    room.wait_for("Question 2 of 12");
    room.press("ql");
    assert_eq!(room.end().code, Some(0));
}
