//! The machine's clocks: a wall clock that is set, the clock since the start that goes on in suspend, and the zones.

use std::process::Command;
use std::time::Duration;

use chrono::{DateTime, Utc};
use cutscore::app::{Clock, SystemClock};
use tempfile::TempDir;

use crate::scene::data_dir;
use crate::support::{Bank, bare_command, run, tried};
use crate::under::under;

const BANK: Bank = Bank { id: "room", exam: "exam:\n  minutes: 30\n  items: 4\n", domains: &[("net", 1, 6)] };

fn home() -> TempDir {
    let home = tempfile::tempdir().expect("a directory for the test");
    std::fs::write(home.path().join("deck.yaml"), BANK.yaml()).expect("writes a file for the test");
    home
}

fn command(home: &TempDir, zone: &str, words: &[&str]) -> Command {
    let mut command = bare_command(home.path());
    command.env("TZ", zone).arg("--data-dir").arg(data_dir(home.path())).args(words);
    command
}

/// The command at another time by the wall clock.
fn at(time: DateTime<Utc>, command: &Command) -> Command {
    let secs = (time - SystemClock.reading().wall).num_seconds();
    under(&["faketime", "-f", &format!("{secs:+}")], command)
}

fn since_boot() -> Duration {
    SystemClock.reading().since_boot.expect("a clock since the start").passed
}

fn time(text: &str) -> DateTime<Utc> {
    text.parse().expect("a time")
}

/// Seconds in `Time left 12:34.`
fn secs_left(said: &str) -> u64 {
    let clock = said.split("Time left ").nth(1).and_then(|rest| rest.split('.').next()).expect("a clock");
    let (minutes, seconds) = clock.split_once(':').expect("minutes and seconds");
    60 * minutes.parse::<u64>().expect("minutes") + seconds.parse::<u64>().expect("seconds")
}

#[test]
fn a_wall_clock_that_is_set_neither_gives_nor_takes_exam_time() {
    let home = home();
    let (now, began) = (SystemClock.reading().wall, since_boot());
    assert_eq!(run(&mut command(&home, "UTC", &["exam", "deck.yaml"]), b"a\nleave\n").code, 0);
    let an_hour = chrono::TimeDelta::hours(1);
    let times = [now - an_hour, now + an_hour, time("1970-01-02T00:00:00Z"), time("2106-02-07T06:28:20Z")];
    for wall in times {
        let said = run(&mut at(wall, &command(&home, "UTC", &["exam", "room"])), b"time\nleave\n");
        assert_eq!(said.code, 0, "{}", said.err);
        let passed = since_boot().saturating_sub(began);
        let left = secs_left(&said.out);
        assert!((1_800 - passed.as_secs() - 1..=1_800).contains(&left), "at {wall}: {left} s left after {passed:?}");
        tried("clock-machine", 1, 0);
    }
}

#[test]
fn a_machine_that_slept_has_spent_the_exam_time() {
    let home = home();
    assert_eq!(run(&mut command(&home, "UTC", &["exam", "deck.yaml"]), b"a\nleave\n").code, 0);
    for (slept, most) in [(60, 1_740), (600, 1_200), (1_500, 300)] {
        // The clock since the start goes on in suspend; the wall clock stays as it is.
        let seconds = slept.to_string();
        let asleep = ["unshare", "--time", "--boottime", &seconds];
        let said = run(&mut under(&asleep, &command(&home, "UTC", &["exam", "room"])), b"time\nleave\n");
        assert_eq!(said.code, 0, "{}", said.err);
        let left = secs_left(&said.out);
        assert!((most - 60..=most).contains(&left), "{left} s left after {slept} s of sleep");
        tried("clock-machine", 1, 0);
    }
}

/// The first moment of study days, by the wall clock, with the day before and the day itself.
const DAYS: [(&str, &str, &str, &str); 12] = [
    ("America/New_York", "2027-03-13T09:00:00Z", "2027-03-12", "2027-03-13"),
    // Clocks have gone forward two hours before.
    ("America/New_York", "2027-03-14T08:00:00Z", "2027-03-13", "2027-03-14"),
    ("America/New_York", "2027-11-06T08:00:00Z", "2027-11-05", "2027-11-06"),
    // Clocks have gone back.
    ("America/New_York", "2027-11-07T09:00:00Z", "2027-11-06", "2027-11-07"),
    // Summer time is half an hour here.
    ("Australia/Lord_Howe", "2027-04-02T17:00:00Z", "2027-04-02", "2027-04-03"),
    ("Australia/Lord_Howe", "2027-04-03T17:30:00Z", "2027-04-03", "2027-04-04"),
    ("Australia/Lord_Howe", "2027-10-01T17:30:00Z", "2027-10-01", "2027-10-02"),
    ("Australia/Lord_Howe", "2027-10-02T17:00:00Z", "2027-10-02", "2027-10-03"),
    // There was no 30 December: midnight led from the 29th to the 31st, and the night counts on its own.
    ("Pacific/Apia", "2011-12-29T14:00:00Z", "2011-12-28", "2011-12-29"),
    ("Pacific/Apia", "2011-12-30T10:00:00Z", "2011-12-29", "2011-12-30"),
    ("Pacific/Apia", "2011-12-30T14:00:00Z", "2011-12-30", "2011-12-31"),
    ("Asia/Kathmandu", "2027-01-31T22:15:00Z", "2027-01-31", "2027-02-01"),
];

/// The study day of the newest event.
fn newest_day(home: &TempDir) -> String {
    let said = run(&mut command(home, "UTC", &["data", "export"]), b"");
    let newest = said.out.lines().last().expect("an event");
    newest.split("\"study_day\":\"").nth(1).expect("a study day")[..10].to_owned()
}

#[test]
fn a_study_day_begins_at_four_by_the_wall_clock_of_every_zone() {
    for (zone, begins, before, after) in DAYS {
        let home = home();
        for (secs, expected) in [(-30, before), (30, after)] {
            let now = time(begins) + chrono::TimeDelta::seconds(secs);
            let minutes = (40 + secs / 10).to_string();
            let plan = command(&home, zone, &["plan", "deck.yaml", "--minutes", &minutes]);
            let said = run(&mut at(now, &plan), b"");
            assert_eq!(said.code, 0, "{}", said.err);
            assert_eq!(newest_day(&home), expected, "{zone} at {now}");
            tried("study-days", 1, 0);
        }
    }
}
