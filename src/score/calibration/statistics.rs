//! Classical statistics of items and choices.

use std::collections::BTreeMap;

use crate::score::calibration::ResponseMatrix;
use crate::score::calibration::item_sets::ItemSet;
use crate::score::calibration::responses::Tally;
use crate::score::numeric::count;

/// Classical statistics of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct Statistics {
    /// Coefficient alpha, which for right and wrong is KR-20 (Kuder & Richardson 1937); `None` where it means nothing.
    ///
    /// Where learners answered different sets of items, the mean over the sets weighted by learners; `None` if less
    /// than half of the learners share their set with somebody.
    pub alpha: Option<f64>,
    /// Statistics of each item, by its place.
    pub items: Vec<ItemStatistics>,
}

/// Classical statistics of an item.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ItemStatistics {
    /// Learners who answered.
    pub n: usize,
    /// Share of them who were right; `None` if nobody answered.
    pub p: Option<f64>,
    /// Correlation of right and wrong with the rest score, the share right of the learner's other items; `None` where
    /// one of the two does not vary.
    pub point_biserial: Option<f64>,
}

/// A choice of an item among those who answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ChoiceStatistics {
    /// The choice.
    pub choice: u32,
    /// Learners who chose it.
    pub n: usize,
    /// Their share among all whose choice is known.
    pub share: f64,
    /// Mean of their rest scores, 0 to 1; `None` if they answered nothing else.
    pub mean_rest: Option<f64>,
    /// Whether choosing it was right.
    pub is_key: bool,
}

/// What the statistics of an item tell its author to look at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemAdvice {
    /// Able learners get it wrong: the key may be another choice.
    CheckKey,
    /// It hardly tells able learners from others.
    Review,
    /// Those who take this distractor are abler than those who take the key.
    StrongDistractor(u32),
    /// Hardly anybody takes this distractor.
    RareDistractor(u32),
}

/// Fewest learners from whom an item is judged; a convention of this program.
const LEAST_LEARNERS: usize = 20;

/// Point-biserial below which an item deserves a second look, and share below which a distractor distracts nobody
/// (Haladyna & Rodriguez 2013).
const LOW_POINT_BISERIAL: f64 = 0.10;
const LOW_SHARE: f64 = 0.05;

/// Share right above which the wrong answers are too few to be shared out among distractors.
const EASY: f64 = 0.90;

impl ItemStatistics {
    /// Returns what to look at, given the item's choices. Nothing is said of items with less than 20 answers.
    pub fn advice(&self, choices: &[ChoiceStatistics]) -> Vec<ItemAdvice> {
        let mut advice = Vec::new();
        if self.n < LEAST_LEARNERS {
            return advice;
        }
        match self.point_biserial {
            Some(r) if r < 0.0 => advice.push(ItemAdvice::CheckKey),
            Some(r) if r < LOW_POINT_BISERIAL => advice.push(ItemAdvice::Review),
            Some(_) | None => {}
        }
        let key = choices.iter().filter(|choice| choice.is_key).filter_map(|choice| choice.mean_rest).reduce(f64::max);
        for distractor in choices.iter().filter(|choice| !choice.is_key) {
            if distractor.share < LOW_SHARE {
                if self.p.is_some_and(|p| p <= EASY) {
                    advice.push(ItemAdvice::RareDistractor(distractor.choice));
                }
            } else if key.zip(distractor.mean_rest).is_some_and(|(key, own)| own > key) {
                advice.push(ItemAdvice::StrongDistractor(distractor.choice));
            }
        }
        advice
    }
}

impl Statistics {
    /// Computes the statistics of a group.
    pub fn of(matrix: &ResponseMatrix) -> Statistics {
        let mut sums = vec![Sums::default(); matrix.n_items()];
        for answers in matrix.learners() {
            let n_right: u32 = answers.iter().map(|answer| answer.score()).sum();
            for answer in answers {
                sums[answer.item()].add(rest_score(n_right, answers.len(), answer.score()), f64::from(answer.score()));
            }
        }
        let tallies = matrix.tallies();
        let item = |(tally, sums): (&Tally, &Sums)| ItemStatistics {
            n: tally.n,
            p: (tally.n > 0).then(|| count(tally.n_right) / count(tally.n)),
            point_biserial: sums.correlation(),
        };
        Statistics { alpha: alpha(matrix), items: tallies.iter().zip(&sums).map(item).collect() }
    }
}

/// Returns the share right of the other items of a learner with `n` answers; `None` if there are no others.
fn rest_score(n_right: u32, n: usize, score: u32) -> Option<f64> {
    (n > 1).then(|| f64::from(n_right - score) / count(n - 1))
}

/// Sums over those who answered an item and others too.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    n: f64,
    right: f64,
    rest: f64,
    rest_squares: f64,
    rest_of_right: f64,
}

impl Sums {
    fn add(&mut self, rest: Option<f64>, score: f64) {
        let Some(rest) = rest else { return };
        self.n += 1.0;
        self.right += score;
        self.rest += rest;
        self.rest_squares += rest * rest;
        self.rest_of_right += rest * score;
    }

    fn correlation(&self) -> Option<f64> {
        let (p, mean) = (self.right / self.n, self.rest / self.n);
        let covariance = self.rest_of_right / self.n - p * mean;
        let variances = p * (1.0 - p) * (self.rest_squares / self.n - mean * mean);
        (variances > LEAST_VARIANCE).then(|| covariance / variances.sqrt())
    }
}

/// A product of variances below this is rounding error.
const LEAST_VARIANCE: f64 = 1e-12;

/// k / (k − 1) · (1 − Σ p q / s²) with the variance s² of the scores.
fn alpha(matrix: &ResponseMatrix) -> Option<f64> {
    let all: Vec<Option<u32>> = (0..).take(matrix.n_items()).map(Some).collect();
    let sets = ItemSet::group(matrix, &all);
    let n_learners = count(sets.iter().map(ItemSet::n_learners).sum());
    let (mut sum, mut weight) = (0.0, 0.0);
    for set in sets.iter().filter(|set| set.items.len() > 1 && set.n_learners() > 1) {
        let (n, k) = (count(set.n_learners()), count(set.items.len()));
        let moment = |power: i32| -> f64 {
            let term = |(score, n): (&u32, &u32)| f64::from(*n) * f64::from(*score).powi(power);
            set.n_by_score.iter().map(term).sum::<f64>() / n
        };
        let variance = moment(2) - moment(1).powi(2);
        let own: f64 = set.n_right.iter().map(|n_right| f64::from(*n_right) / n).map(|p| p * (1.0 - p)).sum();
        if variance > LEAST_VARIANCE {
            sum += n * k / (k - 1.0) * (1.0 - own / variance);
            weight += n;
        }
    }
    (weight > 0.0 && 2.0 * weight >= n_learners).then(|| sum / weight)
}

/// Returns for each item its choices in their order. `choice` gives what was chosen at a place of the input, if known.
pub fn choice_statistics(matrix: &ResponseMatrix, choice: impl Fn(u32) -> Option<u32>) -> Vec<Vec<ChoiceStatistics>> {
    let mut tables: Vec<BTreeMap<u32, ChoiceSums>> = vec![BTreeMap::new(); matrix.n_items()];
    for learner in 0..matrix.n_learners() {
        let answers = matrix.answers_of(learner);
        let n_right: u32 = answers.iter().map(|answer| answer.score()).sum();
        for (answer, row) in answers.iter().zip(matrix.rows_of(learner)) {
            let Some(choice) = choice(*row) else { continue };
            let sums = tables[answer.item()].entry(choice).or_default();
            sums.n += 1;
            sums.n_right += usize::from(answer.is_right());
            if let Some(rest) = rest_score(n_right, answers.len(), answer.score()) {
                sums.n_with_rest += 1;
                sums.rest += rest;
            }
        }
    }
    tables.into_iter().map(|table| choices_of(&table)).collect()
}

#[derive(Debug, Clone, Copy, Default)]
struct ChoiceSums {
    n: usize,
    n_right: usize,
    n_with_rest: usize,
    rest: f64,
}

fn choices_of(table: &BTreeMap<u32, ChoiceSums>) -> Vec<ChoiceStatistics> {
    let n_all = count(table.values().map(|sums| sums.n).sum());
    let of = |(choice, sums): (&u32, &ChoiceSums)| ChoiceStatistics {
        choice: *choice,
        n: sums.n,
        share: count(sums.n) / n_all,
        mean_rest: (sums.n_with_rest > 0).then(|| sums.rest / count(sums.n_with_rest)),
        is_key: 2 * sums.n_right > sums.n,
    };
    table.iter().map(of).collect()
}

#[cfg(test)]
mod tests {
    use crate::score::calibration::sample::{learners, lsat6};

    use super::*;

    fn rounded(values: impl Iterator<Item = Option<f64>>) -> Vec<Option<f64>> {
        values.map(|value| value.map(|value| (value * 1e4).round() / 1e4)).collect()
    }

    /// Bock & Lieberman (1970), section 6 of the Law School Admission Test.
    #[test]
    fn the_law_school_test_has_the_published_statistics() {
        let Statistics { alpha, items } = Statistics::of(&lsat6());
        assert_eq!(rounded([alpha].into_iter()), [Some(0.2950)]);
        assert_eq!(rounded(items.iter().map(|item| item.p)), [0.924, 0.709, 0.553, 0.763, 0.870].map(Some));
        let point_biserials = rounded(items.iter().map(|item| item.point_biserial));
        assert_eq!(point_biserials, [0.1128, 0.1532, 0.1728, 0.1444, 0.1216].map(Some));
    }

    #[test]
    fn what_does_not_vary_has_no_correlation() {
        let Statistics { alpha, items } = Statistics::of(&learners(&["++", "+-", "+ "]));
        assert_eq!(alpha, Some(0.0));
        assert_eq!(items[0], ItemStatistics { n: 3, p: Some(1.0), point_biserial: None });
        assert_eq!(items[1], ItemStatistics { n: 2, p: Some(0.5), point_biserial: None });
        assert_eq!(Statistics::of(&learners(&[])), Statistics { alpha: None, items: Vec::new() });
    }

    #[test]
    fn alpha_is_the_mean_over_item_sets_and_nothing_where_learners_share_none() {
        let alpha = |patterns: &[&str]| Statistics::of(&learners(patterns)).alpha;
        let (first, second) = (alpha(&["++", "+-", "--"]), alpha(&["+++", "+--", "---", "-++", "+-+"]));
        let (first, second) = (first.expect("a value"), second.expect("a value"));
        let both = alpha(&["++   ", "+-   ", "--   ", "  +++", "  +--", "  ---", "  -++", "  +-+"]).expect("a value");
        assert!((both - (3.0 * first + 5.0 * second) / 8.0).abs() < 1e-12);
        assert_eq!(alpha(&["++  ", " +- ", "  -+", "+ - "]), None);
    }

    #[test]
    fn a_choice_is_known_by_its_share_and_by_who_takes_it() {
        // Two strong learners are right on item 0 with choice 7, two weak ones take choice 3, one leaves no trace.
        let matrix = learners(&["+++", "++-", "---", "-+-", "+++"]);
        let chosen = [Some(7), Some(7), Some(3), Some(3), None];
        let choice = |row: u32| usize::try_from(row).ok().filter(|row| row % 3 == 0).and_then(|row| chosen[row / 3]);
        let weak = ChoiceStatistics { choice: 3, n: 2, share: 0.5, mean_rest: Some(0.25), is_key: false };
        let key = ChoiceStatistics { choice: 7, n: 2, share: 0.5, mean_rest: Some(0.75), is_key: true };
        assert_eq!(choice_statistics(&matrix, choice), [vec![weak, key], vec![], vec![]]);
    }
    #[track_caller]
    fn check_advice(n: usize, point_biserial: f64, distractor: (f64, f64), expected: &[ItemAdvice]) {
        let item = ItemStatistics { n, p: Some(0.6), point_biserial: Some(point_biserial) };
        let choice =
            |choice, (share, rest), is_key| ChoiceStatistics { choice, n: 1, share, mean_rest: Some(rest), is_key };
        assert_eq!(item.advice(&[choice(0, (0.6, 0.7), true), choice(1, distractor, false)]), expected);
    }

    #[test]
    fn weak_items_and_distractors_are_named() {
        check_advice(100, 0.3, (0.4, 0.5), &[]);
        check_advice(100, -0.01, (0.4, 0.5), &[ItemAdvice::CheckKey]);
        check_advice(100, 0.09, (0.4, 0.5), &[ItemAdvice::Review]);
        check_advice(100, 0.3, (0.4, 0.8), &[ItemAdvice::StrongDistractor(1)]);
        check_advice(100, 0.3, (0.04, 0.8), &[ItemAdvice::RareDistractor(1)]);
        check_advice(19, -0.5, (0.04, 0.8), &[]);
    }
}
