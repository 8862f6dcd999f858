//! Programs that are killed, and programs that meet.

use std::time::Duration;

use cutscore::base::Seed;
use rand::RngExt;

use crate::support::{Bank, Conversation, Learner, asked, key_of, n_times, refused, tried};

const ROOM: Bank = Bank { id: "room", exam: "exam:\n  minutes: 30\n  items: 12\n", domains: &[("net", 1, 24)] };
const CARDS: Bank = Bank { id: "cards", exam: "", domains: &[("net", 1, 20)] };

fn owner(bank: &Bank) -> Learner {
    let learner = Learner::new();
    let path = learner.write("deck.yaml", &bank.yaml());
    learner.say(&format!("deck show {path}")).done();
    learner
}

fn converse(learner: &Learner, words: &str) -> Conversation {
    Conversation::start(learner.command(&words.split(' ').collect::<Vec<_>>()))
}

/// What one killed exam came to.
#[derive(Debug, Default)]
struct Losses {
    lost: u64,
    secs_given_back: u64,
}

/// Seconds in the last `Time left 12:34.` that was said.
fn secs_left(said: &str) -> u64 {
    let clock = said.rsplit("Time left ").next().and_then(|rest| rest.split('.').next()).expect("a clock");
    let (minutes, seconds) = clock.split_once(':').expect("minutes and seconds");
    60 * minutes.parse::<u64>().expect("minutes") + seconds.parse::<u64>().expect("seconds")
}

/// Sits an exam, kills it at some moment after some answers, goes on ten seconds later and counts what is gone.
fn kill_an_exam(round: u64) -> Losses {
    let mut rng = Seed(round).stream("kill").rng();
    let n_answers = rng.random_range(0..12_usize);
    let letters: Vec<&str> = (0..12).map(|_| ["a", "b", "c", "d"][rng.random_range(0..4_usize)]).collect();
    let learner = owner(&ROOM);
    let mut room = converse(&learner, "exam room --now 2027-02-01T09:00:00Z");
    let mut said = room.wait_for("\nd) d of");
    for (position, letter) in letters[..n_answers].iter().enumerate() {
        room.type_line(letter);
        // The next question says that this answer is recorded.
        said = room.wait_for("\nd) d of");
        assert!(said.contains(&format!("Question {} of 12.", position + 2)), "{said}");
    }
    let left_before = secs_left(&said);
    // The program dies with the last answer just acknowledged, or with one more on its way to the disk.
    if rng.random_range(0..2) == 0 {
        room.type_line(letters[n_answers]);
        room.give(Duration::from_micros(rng.random_range(0..6_000)));
    }
    room.kill();

    let back = learner.feed("exam room --now 2027-02-01T09:00:10Z", "leave\n").done().out;
    let left_after = secs_left(back.split("Sitting 1 stays open").next().expect("a question"));
    let resumed_at = format!("Question {} of 12.", n_answers + 1);
    let one_later = format!("Question {} of 12.", n_answers + 2);
    assert!(back.contains(&resumed_at) || back.contains(&one_later) || n_answers == 11, "{back}");
    let report = learner.json("exam room --now 2027-02-01T09:00:11Z", "submit\n");
    let is_lost = |position: &usize| report["items"][*position]["chosen"][0] != letters[*position];
    Losses {
        lost: u64::try_from((0..n_answers).filter(is_lost).count()).expect("few"),
        // Ten seconds on the clock of the second program, whatever the first one used.
        secs_given_back: left_after.saturating_sub(left_before.min(30 * 60 - 10)),
    }
}

#[test]
fn a_killed_exam_loses_no_acknowledged_answer_and_gives_no_time_back() {
    let n_rounds = n_times(12, 200);
    for round in 0..n_rounds {
        let losses = kill_an_exam(round);
        assert_eq!((losses.lost, losses.secs_given_back), (0, 0), "in round {round}: {losses:?}");
        tried("kill-lines", 1, 0);
    }
}

#[test]
fn a_killed_drill_loses_no_acknowledged_answer() {
    for round in 0..n_times(4, 50) {
        let learner = owner(&CARDS);
        let mut rng = Seed(round).stream("kill").rng();
        let n_answers = rng.random_range(1..8_usize);
        let mut room = converse(&learner, "drill cards --new 20 --now 2027-02-01T09:00:00Z");
        let mut said = room.wait_for("\nd) d of");
        for _ in 0..n_answers {
            room.type_line(key_of(asked(&said).expect("a card")));
            said = room.wait_for("\nd) d of");
            assert!(said.contains("It comes back tomorrow."), "{said}");
        }
        if rng.random_range(0..2) == 0 {
            room.type_line("a");
            room.give(Duration::from_micros(rng.random_range(0..6_000)));
        }
        room.kill();
        let left = learner.json("drill cards --new 20 --now 2027-02-01T09:01:00Z", "");
        let n_new_left = left["n_new_left"].as_u64().and_then(|n| usize::try_from(n).ok()).expect("a count");
        assert!(n_new_left == 20 - n_answers || n_new_left == 19 - n_answers, "{n_answers} answers, {left}");
        tried("kill-lines", 1, 0);
    }
}

#[test]
fn an_exam_is_sat_in_one_place_at_a_time() {
    let learner = owner(&ROOM);
    let mut room = converse(&learner, "exam room --now 2027-02-01T09:00:00Z");
    room.wait_for("\nd) d of");
    room.type_line("a");
    room.wait_for("Question 2 of 12.");
    for words in ["exam room", "exam room --abandon", "exam --taste"] {
        refused(
            learner.feed(&format!("{words} --now 2027-02-01T09:01:00Z"), "a\n"),
            4,
            "another cutscore is sitting an exam",
        );
        tried("one-room", 1, 0);
    }
    // Reading is free, and the first goes on.
    assert_eq!(learner.json("report 1", "")["n_answered"], 1);
    assert_eq!(learner.json("history", "")["sittings"].as_array().map(Vec::len), Some(1));
    room.type_line("b");
    room.wait_for("Question 3 of 12.");
    room.kill();
    let said = learner.feed("exam room --now 2027-02-01T09:02:00Z", "c\nleave\n").done().out;
    assert!(said.contains("Question 3 of 12.") && said.contains("Question 4 of 12."), "{said}");
    assert_eq!(learner.json("report 1", "")["n_answered"], 3);
    tried("one-room", 1, 0);
}

#[test]
fn a_drill_may_run_beside_an_exam_of_another_deck() {
    let learner = owner(&ROOM);
    let path = learner.write("cards.yaml", &CARDS.yaml());
    let mut room = converse(&learner, "exam room --now 2027-02-01T09:00:00Z");
    room.wait_for("\nd) d of");
    let drilled = learner.json(&format!("drill {path} --new 3 --now 2027-02-01T09:00:00Z"), "a\nb\nc\n");
    assert_eq!((drilled["n_done"].as_u64(), drilled["n_right"].as_u64()), (Some(3), Some(3)));
    room.type_line("a");
    room.wait_for("Question 2 of 12.");
    let (code, said) = room.end();
    assert_eq!(code, Some(0), "{said}");
}
