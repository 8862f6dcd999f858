//! How long statistics take by the number of reviews in the store, beside two hundred sittings: what the library does for
//! each of them, and whole runs of the program.
//!
//! Run with `cargo bench --bench statistics`. Each store has 200 full exams, one a day, which the program's own engine drew,
//! sat and ended, and after them ten reviews of each card; the largest takes some minutes to be made, once. The growth
//! exponent of each statistic is taken from the smallest to the largest store. A median beyond the limit fails the bench.

mod large;

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset};
use cutscore::app::{App, OpenDeck, PinnedClock};
use cutscore::base::{Seed, StudyDay};
use cutscore::deck::ChoiceSet;
use cutscore::exam::{Ending, ExamRequest, Mark, Scope};
use large::{Before, Outcome, history};
use rand::RngExt;

const ROUNDS: usize = 11;
/// Cards, each with ten reviews.
const SIZES: [usize; 4] = [100, 1_000, 10_000, 100_000];
const N_SITTINGS: u32 = 200;
const SITTINGS: Before = Before { name: "statistics", exam: "exam: {minutes: 90, items: 65}\n", live: sit_all };
/// The study day of the first sitting: all are before the first review.
const FIRST_SITTING: StudyDay = StudyDay::from_number(19_000);
/// Longest that a statistic may take.
const LIMIT: Duration = Duration::from_millis(300);
const PROGRAM: &str = env!("CARGO_BIN_EXE_cutscore");

#[derive(Debug, Clone, Copy)]
enum Statistic {
    Report,
    Progress,
    History,
    Ready,
    FirstScreen,
    Plan,
}

const STATISTICS: [Statistic; 6] = [
    Statistic::Report,
    Statistic::Progress,
    Statistic::History,
    Statistic::Ready,
    Statistic::FirstScreen,
    Statistic::Plan,
];

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn main() -> Outcome<()> {
    let mut medians: Vec<Vec<Duration>> = vec![Vec::new(); STATISTICS.len()];
    for n_cards in SIZES {
        let (data_dir, [today, _]) = history(n_cards, Some(&SITTINGS))?;
        println!("{} reviews of {n_cards} cards and {N_SITTINGS} sittings", n_cards * 10);
        for (statistic, medians) in STATISTICS.into_iter().zip(&mut medians) {
            let own = in_library(&data_dir, today, statistic)?;
            let run = match statistic.words() {
                Some(words) => format!("{:.1} ms", millis(run(&data_dir, today, words)?)),
                None => "-".to_owned(),
            };
            println!("  {:<12} {:>7.1} ms, as a program {run}", format!("{statistic:?}"), millis(own));
            medians.push(own);
        }
    }
    for (statistic, medians) in STATISTICS.into_iter().zip(&medians) {
        let (Some(first), Some(last)) = (medians.first(), medians.last()) else { continue };
        let growth = (millis(*last) / millis(*first)).log10() / 3.0;
        println!("{statistic:?}: growth over three decades, exponent {growth:.3}");
    }
    match medians.iter().flatten().max().filter(|slowest| LIMIT < **slowest) {
        Some(slowest) => Err(format!("a statistic took {:.0} ms", millis(*slowest)).into()),
        None => Ok(()),
    }
}

fn sit_all(data_dir: &Path, deck: &Path) -> Outcome<()> {
    (0..N_SITTINGS).try_for_each(|nth| sit(data_dir, deck, nth))
}

/// Sits a full exam, with about seven of ten answers right.
fn sit(data_dir: &Path, deck: &Path, nth: u32) -> Outcome<()> {
    let day = FIRST_SITTING.plus(nth);
    let seed = Seed(u64::from(nth));
    let mut app = App::open(data_dir, Box::new(PinnedClock::new(noon(day)?)), Some(seed))?;
    let deck = app.open_deck(deck.to_str())?;
    let mut sitting = app.start_exam(&deck, &ExamRequest::of(Scope::Full))?;
    let mut rng = seed.stream("answers").rng();
    for position in 0..sitting.sitting().n_items() {
        sitting.show(position)?;
        let choice = usize::from(rng.random::<f64>() < 0.3);
        sitting.mark(position, Mark { answer: ChoiceSet::only(choice).into(), ..Mark::default() })?;
    }
    sitting.end(Ending::Submitted)?;
    Ok(())
}

impl Statistic {
    /// The words after `cutscore` and before the deck; `None` for the first screen, which is of the deck that comes with the
    /// program.
    fn words(self) -> Option<&'static [&'static str]> {
        match self {
            Statistic::Report => Some(&["report"]),
            Statistic::Progress => Some(&["progress", "large"]),
            Statistic::History => Some(&["history", "large"]),
            Statistic::Ready => Some(&["explain", "ready", "large"]),
            Statistic::FirstScreen => None,
            Statistic::Plan => Some(&["plan", "large"]),
        }
    }

    fn look(self, app: &mut App, deck: &OpenDeck, today: StudyDay) -> Outcome<()> {
        match self {
            Statistic::Report => drop(app.report(None)?),
            Statistic::Progress => drop(app.progress(deck)?),
            Statistic::History => drop(app.history(Some(&deck.outline.id))?),
            Statistic::Ready => drop(app.readiness(deck, today)?),
            Statistic::FirstScreen => drop(app.look_at_today(deck)?),
            Statistic::Plan => drop(app.plan(deck, &app.study_settings(&deck.outline.id)?)?),
        }
        Ok(())
    }
}

/// The median time of a statistic in an open library.
#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn in_library(data_dir: &Path, today: StudyDay, statistic: Statistic) -> Outcome<Duration> {
    let mut app = App::open(data_dir, Box::new(PinnedClock::new(noon(today)?)), None)?;
    let deck = app.open_deck(Some("large"))?;
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let began = Instant::now();
        statistic.look(&mut app, &deck, today)?;
        times.push(began.elapsed());
    }
    Ok(median(times))
}

/// The median time of a whole run of the program.
#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn run(data_dir: &Path, today: StudyDay, words: &[&str]) -> Outcome<Duration> {
    let now = noon(today)?.to_rfc3339();
    let mut times = Vec::new();
    for _ in 0..ROUNDS {
        let mut program = Command::new(PROGRAM);
        program.args(words).args(["--now", &now]).env("CUTSCORE_DATA_DIR", data_dir);
        let began = Instant::now();
        let status = program.stdin(Stdio::null()).stdout(Stdio::null()).status()?;
        times.push(began.elapsed());
        if !status.success() {
            return Err(format!("`{}` failed", words.join(" ")).into());
        }
    }
    Ok(median(times))
}

fn noon(day: StudyDay) -> Outcome<DateTime<FixedOffset>> {
    Ok(DateTime::parse_from_rfc3339(&format!("{day}T12:00:00Z"))?)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1_000.0
}
