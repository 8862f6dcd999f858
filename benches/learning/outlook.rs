//! What a plan foretells half-way, against what comes of it.

use cutscore::base::{Seed, StudyDay};

use crate::ours::ByValue;
use crate::world::{DeckOrder, FAMILIES, Family, Learner, exam};
use crate::{Cell, study};

const CELLS: [Cell; 4] = [
    Cell { days: 14, minutes: 10 },
    Cell { days: 14, minutes: 20 },
    Cell { days: 30, minutes: 10 },
    Cell { days: 30, minutes: 20 },
];
/// Learners of each family and cell.
const N_LEARNERS: u32 = 25;

/// Prints, for each family and cell, the points that were foretold at half-time and those that came.
#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
pub(crate) fn print() {
    println!("points of 100 foretold by the plan half-way, and those of the exam; {N_LEARNERS} learners a line");
    println!("days min  family       half-way  foretold   came   error   sd");
    for cell in CELLS {
        for family in FAMILIES {
            let rows: Vec<[f64; 3]> = (0..N_LEARNERS).map(|idx| one(family, cell, idx)).collect();
            let mean = |of: &dyn Fn(&[f64; 3]) -> f64| rows.iter().map(of).sum::<f64>() / f64::from(N_LEARNERS);
            let error = mean(&|row| row[1] - row[2]);
            let deviation = mean(&|row| (row[1] - row[2] - error).powi(2)).sqrt();
            println!(
                "{:>4} {:>3}  {:<11}  {:8.1}  {:8.1}  {:5.1}  {error:+6.2}  {deviation:4.2}",
                cell.days,
                cell.minutes,
                format!("{family:?}"),
                mean(&|row| row[0]),
                mean(&|row| row[1]),
                mean(&|row| row[2]),
            );
        }
    }
}

/// The true points half-way, the points that are foretold there for the end, and those that come.
fn one(family: Family, cell: Cell, idx: u32) -> [f64; 3] {
    let seed = Seed(31).stream(&format!("outlook {family:?} {} {} {idx}", cell.days, cell.minutes));
    let mut learner = Learner::draw(family, DeckOrder::Mixed, seed);
    let mut policy = ByValue::new(&learner.concepts.clone(), StudyDay::from_number(cell.days), cell.minutes);
    let mut rng = seed.stream("answers").rng();
    let half = cell.days / 2;
    let (mut at_half, mut foretold) = (0.0, 0.0);
    for day in 0..cell.days {
        if day == half {
            at_half = exam(learner.shares(f64::from(day))).0;
            foretold = policy.foretold(StudyDay::from_number(day));
        }
        study(&mut learner, &mut policy, day, cell.minutes, &mut rng);
    }
    [at_half, foretold, exam(learner.shares(f64::from(cell.days))).0]
}
