//! Five days of drills at a terminal: an answer is taken back, a day missed, the clock set back, and the program killed.

use rusqlite::Connection;
use serde_json::{Value, json};

use super::USUAL;
use crate::support::{Learner, Terminal};

const CARDS: &str = "\
id: days
title: Days
questions:
  - {id: f1, front: First?, back: one}
  - {id: f2, front: Second?, back: two}
  - {id: f3, front: Third?, back: three}
  - {id: f4, front: Fourth?, back: four}
  - {id: q1, stem: Fifth?, right: y, wrong: [n], shuffle: false}
  - {id: f6, front: Sixth?, back: six}
  - {id: f7, front: Seventh?, back: seven}
";

/// Answers that the screen acknowledged: the item, and the day of February.
type Acknowledged = Vec<(String, i64)>;

/// A drill of one day on the screen.
struct Drill<'a> {
    terminal: Terminal,
    day: i64,
    acknowledged: &'a mut Acknowledged,
}

impl Drill<'_> {
    /// Turns a flashcard and rates it by a key; the screen then says `reply`.
    #[track_caller]
    fn rate(&mut self, item: &str, front: &str, key: &str, reply: &str) -> String {
        self.terminal.wait_for(front);
        self.terminal.press(" ");
        self.terminal.wait_for("4 Easy");
        self.terminal.press(key);
        let screen = self.terminal.wait_for(reply);
        self.acknowledged.push((item.to_owned(), self.day));
        screen
    }

    /// Answers the question with a letter; the screen then says `reply`.
    #[track_caller]
    fn answer(&mut self, letter: &str, reply: &str) -> String {
        self.terminal.wait_for("Fifth?");
        self.terminal.press(letter);
        self.terminal.press("\r");
        let screen = self.terminal.wait_for(reply);
        self.acknowledged.push(("q1".to_owned(), self.day));
        self.terminal.press("n");
        screen
    }

    /// Leaves the drill, or the summary at its end.
    #[track_caller]
    fn leave(mut self) -> String {
        self.terminal.press("q");
        let ended = self.terminal.end();
        assert_eq!(ended.code, Some(0), "{}", ended.text);
        ended.text
    }
}

/// Starts a drill with so many new cards a day, at a time of a day of February 2027.
fn start<'a>(
    learner: &Learner,
    n_new: usize,
    (day, time): (i64, &str),
    acknowledged: &'a mut Acknowledged,
) -> Drill<'a> {
    let words = format!("drill days --new {n_new} --now 2027-02-{day:02}T{time}");
    Drill { terminal: Terminal::start(learner, &words, USUAL), day, acknowledged }
}

/// The reviews in the log: item, day of February, and time in milliseconds.
fn reviews(learner: &Learner) -> Vec<(String, i64, i64)> {
    let store = Connection::open(learner.data_dir().join("cutscore.db")).expect("a store");
    let sql = "select name, study_day, at from event join item on item.id = event.item where kind = 9 order by seq";
    let mut statement = store.prepare(sql).expect("a log");
    let january_ends = 20_849; // days from 1970-01-01 to 2027-01-31
    let row = |row: &rusqlite::Row| Ok((row.get(0)?, row.get::<_, i64>(1)? - january_ends, row.get(2)?));
    statement.query_map([], row).expect("events").collect::<Result<_, _>>().expect("reviews")
}

/// What SM-2 has made of the cards: repetition, interval, ease, lapses, due day.
fn cards(learner: &Learner) -> Vec<Value> {
    let listed = learner.json("card list days --now 2027-02-05T10:00", "");
    let parts = ["concept", "repetition", "interval_days", "ease_hundredths", "lapses", "due"];
    let card = |card: &Value| parts.iter().map(|part| card[part].clone()).collect::<Value>();
    listed["cards"].as_array().expect("cards").iter().map(card).collect()
}

fn first_day(learner: &Learner, acknowledged: &mut Acknowledged) {
    let mut drill = start(learner, 5, (1, "09:00"), acknowledged);
    drill.terminal.wait_for("0 done · 5 to go");
    drill.rate("f1", "First?", "3", "Good: comes back tomorrow.");
    drill.rate("f2", "Second?", "4", "Easy: comes back tomorrow.");
    drill.rate("f3", "Third?", "1", "Again: comes again today.");
    drill.rate("f4", "Fourth?", "2", "Hard: comes again today.");
    drill.answer("a", "✓ Right · comes back tomorrow");
    drill.rate("f3", "Third?", "3", "Good: comes back tomorrow.");
    let screen = drill.rate("f4", "Fourth?", "3", "The drill is over");
    assert!(screen.contains("7 answers, 6 right.") && screen.contains("5 concepts met."), "{screen}");
    assert!(screen.contains("5 cards are due tomorrow.") && screen.contains("Next: "), "{screen}");
    drill.leave();
}

/// One rating was a slip of the finger, and one card is forgotten.
fn second_day(learner: &Learner, acknowledged: &mut Acknowledged) {
    let mut drill = start(learner, 0, (2, "09:00"), acknowledged);
    let screen = drill.rate("f1", "First?", "1", "Again: comes again today.");
    assert!(screen.contains("1 done · 5 to go · 2 days in a row"), "{screen}");
    drill.terminal.press("u");
    let screen = drill.terminal.wait_for("The answer to `f1` is taken back.");
    assert!(screen.contains("0 done · 5 to go") && !screen.contains("in a row"), "{screen}");
    drill.rate("f1", "First?", "3", "Good: comes back in 6 days.");
    drill.rate("f2", "Second?", "3", "Good: comes back in 6 days.");
    drill.rate("f3", "Third?", "3", "Good: comes back tomorrow.");
    drill.rate("f4", "Fourth?", "4", "Easy: comes back in 6 days.");
    drill.answer("b", "✗ Wrong · comes again today");
    drill.answer("a", "✓ Right · comes back tomorrow");
    let screen = drill.terminal.wait_for("The drill is over");
    assert!(screen.contains("3 cards went up, 1 was forgotten."), "{screen}");
    assert!(screen.contains("2 study days in a row."), "{screen}");
    drill.leave();
}

/// Nothing was done on the third day. On the fourth the clock is set back to the second for a while.
fn fourth_day(learner: &Learner, acknowledged: &mut Acknowledged) {
    let mut drill = start(learner, 0, (4, "09:00"), acknowledged);
    let screen = drill.terminal.wait_for("0 done · 2 to go");
    assert!(screen.contains("Due yesterday") && !screen.contains("in a row"), "{screen}");
    drill.rate("f3", "Third?", "3", "Good: comes back in 6 days.");
    let said = drill.leave();
    assert!(
        said.contains("1 card is still due today.") && said.contains("Next: go on with `cutscore drill`."),
        "{said}"
    );

    let mut drill = start(learner, 1, (2, "22:00"), acknowledged);
    drill.terminal.wait_for("0 done · 1 to go");
    drill.rate("f6", "Sixth?", "3", "The drill is over");
    drill.leave();

    let mut drill = start(learner, 1, (4, "10:00"), acknowledged);
    drill.terminal.wait_for("0 done · 3 to go");
    drill.answer("a", "✓ Right · comes back tomorrow");
    drill.rate("f6", "Sixth?", "3", "Good: comes back in 6 days.");
    drill.rate("f7", "Seventh?", "4", "The drill is over");
    drill.leave();
}

/// The program is killed between an answer and the next.
fn fifth_day(learner: &Learner, acknowledged: &mut Acknowledged) {
    let mut drill = start(learner, 0, (5, "09:00"), acknowledged);
    let screen = drill.answer("a", "✓ Right · comes back in 6 days");
    assert!(screen.contains("1 done · 1 to go · 2 days in a row"), "{screen}");
    drill.terminal.wait_for("Seventh?");
    drill.terminal.press(" ");
    drill.terminal.wait_for("4 Easy");
    drill.terminal.kill();

    let mut drill = start(learner, 0, (5, "09:05"), acknowledged);
    drill.terminal.wait_for("0 done · 1 to go · 2 days in a row");
    let screen = drill.rate("f7", "Seventh?", "3", "The drill is over");
    assert!(screen.contains("1 answer, 1 right.") && screen.contains("2 study days in a row."), "{screen}");
    drill.leave();
}

#[test]
fn five_days_at_a_terminal_leave_what_the_rules_say() {
    let learner = Learner::new();
    let path = learner.write("days.yaml", CARDS);
    learner.say(&format!("deck show {path}")).done();
    let mut acknowledged = Acknowledged::new();
    first_day(&learner, &mut acknowledged);
    second_day(&learner, &mut acknowledged);
    fourth_day(&learner, &mut acknowledged);
    fifth_day(&learner, &mut acknowledged);

    // What the screen acknowledged is in the log, in this order and on these days, and nothing else is: the answer that
    // was taken back too, since taking back is an event of its own.
    let log = reviews(&learner);
    let logged: Acknowledged = log.iter().map(|(item, day, _)| (item.clone(), *day)).collect();
    assert_eq!(logged, acknowledged);
    assert_eq!(logged.len(), 21);
    // The answer under the clock that was set back counts on the day that the clock said, at the time of the event before.
    let at = logged.iter().position(|own| *own == ("f6".to_owned(), 2)).expect("an answer with the clock set back");
    assert_eq!(log[at].2, log[at - 1].2);
    assert!(log.windows(2).all(|pair| pair[0].2 <= pair[1].2), "the time of the log runs backwards: {log:?}");

    // By hand: 250 + 10 for an easy answer, - 14 for a hard one, - 54 for a wrong one; 1 day, then 6, from the day of the
    // answer. Repeats of the same day move nothing.
    let expected = [
        json!(["f1", 2, 6, 250, 0, "2027-02-08"]),
        json!(["f2", 2, 6, 260, 0, "2027-02-08"]),
        json!(["f3", 2, 6, 196, 0, "2027-02-10"]),
        json!(["f4", 2, 6, 246, 0, "2027-02-08"]),
        json!(["q1", 2, 6, 196, 1, "2027-02-11"]),
        json!(["f6", 2, 6, 250, 0, "2027-02-10"]),
        json!(["f7", 2, 6, 260, 0, "2027-02-11"]),
    ];
    let mut cards = cards(&learner);
    cards.sort_by_key(|card| expected.iter().position(|own| own[0] == card[0]));
    assert_eq!(cards, expected);
    let now = learner.json("drill days --new 0 --now 2027-02-05T10:00", "");
    assert_eq!((now["streak_days"].as_u64(), now["n_due_left"].as_u64()), (Some(2), Some(0)));
    // That the log folds again to the very same state is checked when the learner goes.
}
