//! What the choice of cards is worth: simulated learners, the minutes they have, and the exam after them.
//!
//! Run with `cargo bench --bench learning`; with `-- tune` the same on the seeds that a policy may be tuned on, with
//! `-- outlook` what a plan foretells half-way against what comes of it.
//! `docs/learning.md` explains the learners and shows the table.

mod ours;
mod outlook;
mod policy;
mod tally;
mod world;

use std::ops::RangeInclusive;

use cutscore::base::{Seed, StudyDay};
use rand::Rng;

use crate::ours::ByValue;
use crate::policy::{Cram, Ladder, Policy, StrictSm2};
use crate::tally::{Outcome, Rows, median};
use crate::world::{DeckOrder, FAMILIES, Family, Learner, exam};

/// Seeds on which a policy may be tuned, and those that are reported.
const TUNING_SEEDS: RangeInclusive<u64> = 1..=10;
const REPORT_SEEDS: RangeInclusive<u64> = 11..=20;
/// Learners of each family, cell and seed: 200 of a family in a cell.
const N_LEARNERS: u64 = 20;
const DAYS: [i32; 3] = [14, 30, 60];
const MINUTES: [u32; 3] = [10, 20, 40];

const NAMES: [&str; 4] = ["strict SM-2", "ladder", "cram", "ours"];
const STRICT: usize = 0;
const OURS: usize = NAMES.len() - 1;

type Table = Rows<{ NAMES.len() }>;

/// The time that a learner has.
#[derive(Clone, Copy)]
struct Cell {
    days: i32,
    minutes: u32,
}

fn policies(learner: &Learner, cell: Cell, seed: Seed) -> [Box<dyn Policy>; NAMES.len()] {
    let concepts = &learner.concepts;
    [
        Box::new(StrictSm2::new(concepts)),
        Box::new(Ladder::new(concepts)),
        Box::new(Cram::new(concepts, seed.stream("cram"))),
        Box::new(ByValue::new(concepts, StudyDay::from_number(cell.days), cell.minutes)),
    ]
}

/// Studies on each day until the minutes are over or nothing is left to do, and sits the exam on the day after.
fn run(mut learner: Learner, policy: &mut dyn Policy, cell: Cell, seed: Seed) -> Outcome {
    let mut rng = seed.stream("answers").rng();
    for day in 0..cell.days {
        study(&mut learner, policy, day, cell.minutes, &mut rng);
    }
    let (score, p_pass) = exam(learner.shares(f64::from(cell.days)));
    Outcome { score, p_pass, forecast: policy.forecast() }
}

/// Studies on a day until the minutes are over or nothing is left to do; the card begun then is finished.
fn study(learner: &mut Learner, policy: &mut dyn Policy, day: i32, minutes: u32, rng: &mut impl Rng) {
    policy.begin(StudyDay::from_number(day));
    let mut secs_left = 60.0 * f64::from(minutes);
    while secs_left > 0.0
        && let Some(concept_idx) = policy.next()
    {
        let answer = learner.answer(concept_idx, f64::from(day), rng);
        secs_left -= answer.secs;
        policy.observe(concept_idx, answer);
    }
}

fn learners(family: Family, cell: Cell, order: DeckOrder, seeds: RangeInclusive<u64>) -> Table {
    let one = |seed: u64, idx: u64| {
        let seed = Seed(seed).stream(&format!("{family:?} {} {} {idx}", cell.days, cell.minutes));
        let learner = Learner::draw(family, order, seed);
        policies(&learner, cell, seed).map(|mut policy| run(learner.clone(), policy.as_mut(), cell, seed))
    };
    Rows(seeds.flat_map(|seed| (0..N_LEARNERS).map(move |idx| (seed, idx))).map(|(seed, idx)| one(seed, idx)).collect())
}

/// The learners of all families in a cell, family by family.
fn families(cell: Cell, order: DeckOrder, seeds: &RangeInclusive<u64>) -> Vec<Table> {
    std::thread::scope(|scope| {
        let of = |family| scope.spawn(move || learners(family, cell, order, seeds.clone()));
        let running: Vec<_> = FAMILIES.map(of).into_iter().collect();
        running.into_iter().filter_map(|thread| thread.join().ok()).collect()
    })
}

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn main() {
    if std::env::args().any(|word| word == "outlook") {
        return outlook::print();
    }
    let seeds = if std::env::args().any(|word| word == "tune") { TUNING_SEEDS } else { REPORT_SEEDS };
    println!("seeds {seeds:?}, {N_LEARNERS} learners of each family, cell and seed");
    println!("exam points of 100 and probability of passing; differences of ours to strict SM-2 with 95 % intervals");
    println!("days min  family       {}  points                  worse  P(pass)", NAMES.join("   "));
    let mut by_family = FAMILIES.map(|_| Rows(Vec::new()));
    let mut scarce = Vec::new();
    for cell in DAYS.into_iter().flat_map(|days| MINUTES.map(|minutes| Cell { days, minutes })) {
        let tables = families(cell, DeckOrder::Mixed, &seeds);
        for ((family, table), own) in FAMILIES.iter().zip(&tables).zip(&mut by_family) {
            println!("{}", line(cell, &format!("{family:?}"), table));
            own.0.extend_from_slice(table);
        }
        let all = joined(tables);
        println!("{}", line(cell, "all", &all));
        if cell.minutes == MINUTES[0] {
            scarce.push(all.difference(OURS, STRICT, |outcome| outcome.score).mean);
        }
    }
    println!("median difference of the scarce cells, {} minutes a day: {:+.2}", MINUTES[0], median(scarce));
    println!("all cells of a family; predicted and observed right answers, days by due date");
    for (family, table) in FAMILIES.iter().zip(&by_family) {
        let pass = table.difference(OURS, STRICT, |outcome| outcome.p_pass);
        let of_forecast = |of: fn(&Outcome) -> f64| table.mean(OURS, of);
        println!(
            "{:<12} P(pass) {:+.3} [{:+.3}, {:+.3}]  predicted {:.3} observed {:.3}  {:.1} %",
            format!("{family:?}"),
            pass.mean,
            pass.low(),
            pass.high(),
            of_forecast(|outcome| outcome.forecast.predicted),
            of_forecast(|outcome| outcome.forecast.observed),
            100.0 * of_forecast(|outcome| outcome.forecast.share_by_due_date),
        );
    }
    println!("decks that have one domain after the other, {} minutes a day", MINUTES[0]);
    for days in DAYS {
        let cell = Cell { days, minutes: MINUTES[0] };
        println!("{}", line(cell, "all", &joined(families(cell, DeckOrder::ByDomain, &seeds))));
    }
}

fn joined(tables: Vec<Table>) -> Table {
    Rows(tables.into_iter().flat_map(|table| table.0).collect())
}

fn line(cell: Cell, name: &str, table: &Table) -> String {
    let Cell { days, minutes } = cell;
    let means: Vec<String> = (0..NAMES.len())
        .map(|idx| {
            format!(
                "{:5.1} {:.3}  ",
                table.mean(idx, |outcome| outcome.score),
                table.mean(idx, |outcome| outcome.p_pass)
            )
        })
        .collect();
    let score = table.difference(OURS, STRICT, |outcome| outcome.score);
    let pass = table.difference(OURS, STRICT, |outcome| outcome.p_pass);
    let worse = 100.0 * table.share_worse(OURS, STRICT);
    format!(
        "{days:>4} {minutes:>3}  {name:<11} {} {:+6.2} [{:+.2}, {:+.2}] {worse:4.0} %  {:+.3} [{:+.3}, {:+.3}]",
        means.join(""),
        score.mean,
        score.low(),
        score.high(),
        pass.mean,
        pass.low(),
        pass.high()
    )
}
