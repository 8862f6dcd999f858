//! How much a domain weighs in the exam.

use crate::base::{apportion, apportion_within};
use crate::deck::BlueprintError;

/// The weight of a domain: a number of which only the proportion to the others matters, or a range in percent of the
/// exam.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Weight {
    low: f64, // Invariant: finite, 0 <= low <= high; a range ends at 100 at most.
    high: f64,
}

impl Weight {
    /// Takes a number; one that is negative or not finite counts as 0.
    pub fn exact(weight: f64) -> Weight {
        let weight = if weight.is_finite() { weight.max(0.0) } else { 0.0 };
        Weight { low: weight, high: weight }
    }

    /// Takes a range in percent.
    ///
    /// # Errors
    /// [`BlueprintError::Weight`] unless `0 <= low < high <= 100`.
    pub fn range(low: f64, high: f64) -> Result<Weight, BlueprintError> {
        if 0.0 <= low && low < high && high <= 100.0 {
            Ok(Weight { low, high })
        } else {
            Err(BlueprintError::Weight { low, high })
        }
    }

    /// Returns the lower end; of a number, the number.
    pub fn low(self) -> f64 {
        self.low
    }

    /// Returns the upper end; of a number, the number.
    pub fn high(self) -> f64 {
        self.high
    }

    /// Returns the number, or the middle of the range.
    pub fn middle(self) -> f64 {
        f64::midpoint(self.low, self.high)
    }

    /// Tells whether it is a range.
    pub fn is_range(self) -> bool {
        self.low < self.high
    }

    /// Returns the least and the most of `n_items` that keep a range; any number for a number.
    fn limits(self, n_items: usize) -> (usize, usize) {
        if !self.is_range() {
            return (0, n_items);
        }
        let share = |percent: f64| percent / 100.0 * count(n_items);
        (whole((share(self.low) - SAME).ceil()), whole((share(self.high) + SAME).floor()))
    }
}

/// Counts this close to the end of a range lie on it.
const SAME: f64 = 1e-9;

/// Returns how many of `n_items` each domain receives.
///
/// Largest remainders of the numbers and of the middles of ranges; where that leaves a range and counts exist that
/// leave none, the counts are moved into the ranges. Without ranges it is [`apportion`].
pub fn apportion_items(n_items: usize, weights: &[Weight]) -> Vec<usize> {
    let middles: Vec<f64> = weights.iter().map(|weight| weight.middle()).collect();
    if !weights.iter().any(|weight| weight.is_range()) {
        return apportion(n_items, &middles);
    }
    let limits: Vec<(usize, usize)> = weights.iter().map(|weight| weight.limits(n_items)).collect();
    apportion_within(n_items, &middles, &limits)
}

/// Tells whether the counts are such as `weights` ask for: those of [`apportion_items`], or any that keep all ranges
/// where every weight is one.
pub fn fits_weights(n_items: &[usize], weights: &[Weight]) -> bool {
    let n_all: usize = n_items.iter().sum();
    let keeps_ranges = || {
        let is_within = |(n, weight): (&usize, &Weight)| {
            let (least, most) = weight.limits(n_all);
            weight.is_range() && least <= *n && *n <= most
        };
        n_items.len() == weights.len() && n_items.iter().zip(weights).all(is_within)
    };
    apportion_items(n_all, weights) == n_items || keeps_ranges()
}

#[expect(clippy::cast_precision_loss, reason = "counts of exam items are far below 2^52")]
fn count(n: usize) -> f64 {
    n as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "shares of a count of items, from -0 up")]
fn whole(share: f64) -> usize {
    share.max(0.0) as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ranges(ranges: &[(f64, f64)]) -> Vec<Weight> {
        ranges.iter().map(|(low, high)| Weight::range(*low, *high).expect("a range")).collect()
    }

    #[test]
    fn a_range_has_two_ends_in_order() {
        for (low, high) in [(30.0, 25.0), (25.0, 25.0), (-1.0, 5.0), (90.0, 101.0), (f64::NAN, 5.0)] {
            assert!(matches!(Weight::range(low, high), Err(BlueprintError::Weight { .. })));
        }
        assert_eq!([f64::NAN, -3.0].map(Weight::exact), [Weight::exact(0.0); 2]);
    }

    #[track_caller]
    fn check(n_items: usize, weights: &[Weight], expected: &[usize]) {
        let found = apportion_items(n_items, weights);
        assert_eq!(found, expected);
        assert!(fits_weights(&found, weights));
    }

    #[test]
    fn counts_follow_the_middles_and_keep_the_ranges() {
        check(40, &ranges(&[(25.0, 30.0), (35.0, 40.0), (30.0, 35.0)]), &[11, 16, 13]);
        // The middles 37.5, 27.5 and 27.5 are 40.5 % and 29.7 % of their sum: 81 of 200 would leave the first range.
        check(200, &ranges(&[(35.0, 40.0), (25.0, 30.0), (25.0, 30.0)]), &[80, 60, 60]);
        // Ten items cannot keep 32 to 34 %: largest remainders as they come.
        check(10, &ranges(&[(32.0, 34.0), (32.0, 34.0), (32.0, 34.0)]), &[4, 3, 3]);
        check(50, &[24.0, 30.0, 34.0, 12.0].map(Weight::exact), &[12, 15, 17, 6]);
    }

    #[test]
    fn other_counts_within_the_ranges_fit_as_well() {
        let weights = ranges(&[(25.0, 30.0), (35.0, 40.0), (30.0, 35.0)]);
        assert!(fits_weights(&[12, 16, 12], &weights));
        assert!(!fits_weights(&[13, 15, 12], &weights));
    }

    proptest! {
        #[test]
        fn counts_lie_within_all_ranges_whenever_any_counts_do(
            wanted in prop::collection::vec(1_usize..30, 1..8), slack in prop::collection::vec((0.1..9.0_f64, 0.1..9.0_f64), 8),
        ) {
            let n_items: usize = wanted.iter().sum();
            let weights: Vec<Weight> = wanted.iter().zip(slack).filter_map(|(n, (below, above))| {
                let percent = 100.0 * count(*n) / count(n_items);
                Weight::range((percent - below).max(0.0), (percent + above).min(100.0)).ok()
            }).collect();
            prop_assume!(weights.len() == wanted.len());
            let found = apportion_items(n_items, &weights);
            prop_assert_eq!(found.iter().sum::<usize>(), n_items);
            for (n, weight) in found.iter().zip(&weights) {
                let (least, most) = weight.limits(n_items);
                prop_assert!(least <= *n && *n <= most);
            }
        }
    }
}
