//! How long statistics take by the number of reviews in the store: what the library does for `progress`, `plan`, the first
//! screen and `report`, and whole runs of the program.
//!
//! Run with `cargo bench --bench statistics`. Each card has ten reviews; the largest store takes some minutes to be made,
//! once. The growth exponent of all statistics together is taken from the smallest to the largest store.

mod large;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset};
use cutscore::app::{App, PinnedClock, StudySettings};
use large::{Outcome, history};

const ROUNDS: usize = 11;
const SIZES: [usize; 4] = [100, 1_000, 10_000, 100_000];
const PROGRAM: &str = env!("CARGO_BIN_EXE_cutscore");

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn main() -> Outcome<()> {
    let mut totals = Vec::new();
    for n_cards in SIZES {
        let (data_dir, [today, _]) = history(n_cards)?;
        let now = DateTime::parse_from_rfc3339(&format!("{today}T12:00:00Z"))?;
        let (progress, plan) =
            (in_library(&data_dir, now, Statistic::Progress)?, in_library(&data_dir, now, Statistic::Plan)?);
        let runs = [run(&data_dir, now, "progress")?, run(&data_dir, now, "plan")?];
        println!(
            "{:>9} reviews of {n_cards} cards: progress {:.2} ms, plan {:.2} ms; as programs {:.2} ms and {:.2} ms",
            n_cards * 10,
            millis(progress),
            millis(plan),
            millis(runs[0]),
            millis(runs[1]),
        );
        totals.push(millis(progress + plan));
    }
    let (first, last) = (SIZES[0], SIZES[SIZES.len() - 1]);
    let decades = 3.0;
    let growth = (totals[SIZES.len() - 1] / totals[0]).log10() / decades;
    println!("growth from {} to {} reviews: exponent {growth:.3}", first * 10, last * 10);
    Ok(())
}

#[derive(Clone, Copy)]
enum Statistic {
    Progress,
    Plan,
}

/// The median time of a statistic in an open library.
#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn in_library(data_dir: &Path, now: DateTime<FixedOffset>, statistic: Statistic) -> Outcome<Duration> {
    let mut app = App::open(data_dir, Box::new(PinnedClock::new(now)), None)?;
    let deck = app.open_deck(Some("large"))?;
    let settings: StudySettings = app.study_settings(&deck.outline.id)?;
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let began = Instant::now();
        match statistic {
            Statistic::Progress => drop(app.progress(&deck)?),
            Statistic::Plan => drop(app.plan(&deck, &settings)?),
        }
        times.push(began.elapsed());
    }
    Ok(median(times))
}

/// The median time of a whole run of the program.
#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn run(data_dir: &Path, now: DateTime<FixedOffset>, command: &str) -> Outcome<Duration> {
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let mut program = Command::new(PROGRAM);
        program.args([command, "large", "--now", &now.to_rfc3339()]).env("CUTSCORE_DATA_DIR", data_dir);
        let began = Instant::now();
        let status = program.stdin(Stdio::null()).stdout(Stdio::null()).status()?;
        times.push(began.elapsed());
        if !status.success() {
            return Err(format!("`{command}` failed").into());
        }
    }
    Ok(median(times))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
