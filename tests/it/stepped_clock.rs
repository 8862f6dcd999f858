//! Clocks that are set, stepped and moved to another zone in the middle of an exam.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, TimeDelta, Utc};
use cutscore::app::{App, Clock, SittingRow};
use cutscore::base::Seed;
use cutscore::exam::{ClockReading, Ending, ExamRequest, Mark, Scope, SinceBoot};

use crate::support::{Bank, Learner, tried};

const TIMED: Bank = Bank { id: "timed", exam: "exam:\n  minutes: 30\n  items: 6\n", domains: &[("net", 1, 8)] };

/// What the machine's clocks say; a test turns them.
#[derive(Clone)]
struct Clocks(Rc<Cell<Hands>>);

#[derive(Clone, Copy)]
struct Hands {
    wall: DateTime<Utc>,
    boot_id: u128,
    since_boot: Duration,
    offset: FixedOffset,
}

impl Clock for Clocks {
    fn reading(&self) -> ClockReading {
        let Hands { wall, boot_id, since_boot, .. } = self.0.get();
        ClockReading { wall, since_boot: Some(SinceBoot { boot_id, passed: since_boot }) }
    }

    fn local(&self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        at.with_timezone(&self.0.get().offset)
    }
}

impl Clocks {
    /// Ten minutes before the clocks of New York go forward, an hour after the start of the machine.
    fn new() -> Clocks {
        Clocks(Rc::new(Cell::new(Hands {
            wall: time("2027-03-14T06:50:00Z"),
            boot_id: 1,
            since_boot: Duration::from_hours(1),
            offset: hours_east(-5),
        })))
    }

    fn app(&self, learner: &Learner) -> App {
        App::open(&learner.data_dir(), Box::new(self.clone()), Some(Seed(5))).expect("opens")
    }

    fn turn(&self, change: impl FnOnce(&mut Hands)) {
        let mut hands = self.0.get();
        change(&mut hands);
        self.0.set(hands);
    }

    /// Time goes by on all clocks.
    fn pass(&self, secs: u32) {
        self.turn(|hands| {
            hands.wall += TimeDelta::seconds(secs.into());
            hands.since_boot += Duration::from_secs(secs.into());
        });
    }
}

fn time(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

fn hours_east(hours: i32) -> FixedOffset {
    FixedOffset::east_opt(hours * 3_600).expect("a zone")
}

fn learner() -> Learner {
    let learner = Learner::new();
    let path = learner.write("timed.yaml", &TIMED.yaml());
    learner.say(&format!("deck show {path}")).done();
    learner
}

fn start(app: &mut App) -> SittingRow {
    let deck = app.open_deck(Some("timed")).expect("a deck");
    app.start_exam(&deck, &ExamRequest::of(Scope::Full)).expect("an exam");
    app.open_sitting(None).expect("reads").expect("a sitting")
}

/// What is done to the clocks between two minutes of an exam.
type Turn = (&'static str, fn(&mut Hands));

const TURNS: [Turn; 8] = [
    ("nothing", |_| {}),
    ("an hour forwards", |hands| hands.wall += TimeDelta::hours(1)),
    ("an hour backwards", |hands| hands.wall -= TimeDelta::hours(1)),
    ("to 1970", |hands| hands.wall = time("1970-01-01T00:00:05Z")),
    ("to 2106", |hands| hands.wall = time("2106-02-07T06:28:20Z")),
    ("back again", |hands| hands.wall = time("2027-03-14T06:57:00Z")),
    ("summer time begins", |hands| hands.offset = hours_east(-4)),
    ("a zone east of the date line", |hands| hands.offset = hours_east(13)),
];

#[test]
fn in_the_room_exam_time_follows_the_clock_since_boot_alone() {
    let (learner, clocks) = (learner(), Clocks::new());
    let mut app = clocks.app(&learner);
    let row = start(&mut app);
    let mut room = app.resume_exam(&row).expect("goes on");
    for (n_minutes, (name, turn)) in (1..).zip(TURNS) {
        clocks.turn(turn);
        clocks.pass(60);
        assert_eq!(room.elapsed(), Duration::from_mins(n_minutes), "{name}");
        room.beat().expect("beats");
        room.mark(0, Mark { is_flagged: n_minutes % 2 == 0, ..Mark::default() }).expect("is written");
        tried("clock-steps", 1, 0);
    }
    room.end(Ending::Submitted).expect("ends");
    drop(app);
    assert_eq!(learner.json("report 1", "")["elapsed_seconds"], 60 * TURNS.len());
}

#[test]
fn between_two_programs_of_one_boot_exam_time_follows_the_clock_since_boot_alone() {
    let (learner, clocks) = (learner(), Clocks::new());
    let row = start(&mut clocks.app(&learner));
    for (n_minutes, (name, turn)) in (1..).zip(TURNS) {
        clocks.turn(turn);
        clocks.pass(60);
        let mut app = clocks.app(&learner);
        let room = app.resume_exam(&row).expect("goes on");
        assert_eq!(room.elapsed(), Duration::from_mins(n_minutes), "{name}");
        tried("clock-steps", 1, 0);
    }
}

#[test]
fn after_a_reboot_no_wall_clock_gives_back_more_than_five_seconds() {
    for (name, turn) in TURNS {
        let (learner, clocks) = (learner(), Clocks::new());
        let mut app = clocks.app(&learner);
        let row = start(&mut app);
        let mut room = app.resume_exam(&row).expect("goes on");
        for _ in 0..127 {
            clocks.pass(1);
            room.beat().expect("beats");
        }
        // The power goes and comes back ten seconds later.
        drop(app);
        clocks.pass(10);
        clocks.turn(|hands| (hands.boot_id, hands.since_boot) = (2, Duration::from_secs(8)));
        clocks.turn(turn);
        let app = clocks.app(&learner);
        let left = app.time_left_of(&row).expect("reads").expect("a limit");
        assert!(left <= Duration::from_secs(30 * 60 - 127 + 5), "{name}: {left:?} left");
        tried("clock-steps", 1, 0);
    }
}
