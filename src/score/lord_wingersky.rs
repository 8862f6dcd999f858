//! The exact distribution of right answers at one ability.

use crate::score::numeric::{count, least_common_multiple};
use crate::score::{ItemCurve, TestCharacteristic};

/// Returns the probabilities of 0, 1, …, n right answers when item i is answered rightly with the i-th
/// probability.
///
/// The recursion is that of Lord and Wingersky (1984): `f_j(x) = f_{j−1}(x) (1 − p_j) + f_{j−1}(x − 1) p_j`.
///
/// ```
/// use cutscore::score::number_right_distribution;
/// assert_eq!(number_right_distribution([0.5, 0.5]), [0.25, 0.5, 0.25]);
/// ```
pub fn number_right_distribution(probabilities: impl IntoIterator<Item = f64>) -> Vec<f64> {
    let mut distribution = vec![1.0];
    for p in probabilities {
        distribution.push(0.0);
        for n_right in (1..distribution.len()).rev() {
            distribution[n_right] = distribution[n_right] * (1.0 - p) + distribution[n_right - 1] * p;
        }
        distribution[0] *= 1.0 - p;
    }
    distribution
}

/// Most parts into which a point is divided; past it, steps fall on the nearest of as many parts. Items with up to six
/// keys need no more than 60.
const MOST_PARTS: usize = 60;

/// Returns the least common multiple of the items' steps, [`MOST_PARTS`] at most; 1 without items.
pub(super) fn common_steps<'a>(curves: impl IntoIterator<Item = &'a ItemCurve>) -> usize {
    let all = curves.into_iter().fold(1, |all, curve| least_common_multiple(all, usize::from(curve.n_steps())));
    all.min(MOST_PARTS)
}

/// Returns the probabilities of earning 0, 1, 2, … parts of a point on items, each met with an ability, where a point has
/// `n_parts`.
///
/// With one part it is [`number_right_distribution`]. An item of m steps earns k of them with the binomial probability
/// of k in m.
pub(super) fn points_distribution<'a>(
    items: impl IntoIterator<Item = (&'a ItemCurve, f64)>,
    n_parts: usize,
) -> Vec<f64> {
    if n_parts == 1 {
        return number_right_distribution(items.into_iter().map(|(curve, theta)| curve.p_right(theta)));
    }
    items.into_iter().fold(vec![1.0], |earned, (curve, theta)| {
        let n_steps = usize::from(curve.n_steps());
        let of_item = number_right_distribution(std::iter::repeat_n(curve.p_right(theta), n_steps));
        let mut sum = vec![0.0; earned.len() + n_parts];
        for (step, probability) in of_item.iter().enumerate() {
            // Half up; exact wherever the steps divide the parts.
            let n_own = (2 * step * n_parts + n_steps) / (2 * n_steps);
            for (to, own) in sum[n_own..].iter_mut().zip(&earned) {
                *to += probability * own;
            }
        }
        sum
    })
}

/// Shares of right answers closer than this count as the same share.
const SAME_SHARE: f64 = 1e-9;

/// Most distinct shares that are kept apart when strata are put together; past it they fall into as many equal cells.
/// A cell is then 1/4096 of the whole: a quarter of a scaled point on a scale from 100 to 1000.
const MAX_SHARES: usize = 4096;

/// The probabilities of reaching at least and at most some share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Tails {
    pub(super) at_least: f64,
    pub(super) at_most: f64,
}

/// Returns how probable it is at ability `theta` to get at least, and at most, `share` of the form.
pub(super) fn tails(form: &TestCharacteristic, theta: f64, share: f64) -> Tails {
    let n_parts = form.steps_a_point();
    let mut strata: Vec<Vec<(f64, f64)>> = form
        .strata()
        .iter()
        .map(|stratum| {
            let curves = stratum.groups.iter().flat_map(|group| std::iter::repeat_n(&group.curve, group.n_items));
            let part = stratum.weight / count(stratum.n_items()) / count(n_parts);
            let by_count = points_distribution(curves.map(|curve| (curve, theta)), n_parts).into_iter().enumerate();
            by_count.map(|(n_earned, probability)| (count(n_earned) * part, probability)).collect()
        })
        .collect();
    // The longest stratum stays apart: its running sums answer every sum of the others.
    strata.sort_by_key(Vec::len);
    let longest = strata.pop().unwrap_or_default();
    let others = strata.iter().fold(vec![(0.0, 1.0)], |sums, stratum| convolved(&sums, stratum));

    let mut below = vec![0.0]; // below[k]: probability of the first k outcomes of the longest stratum
    for (_, probability) in &longest {
        below.push(below[below.len() - 1] + probability);
    }
    let mut from = vec![0.0]; // from[k]: probability of the last k outcomes
    for (_, probability) in longest.iter().rev() {
        from.push(from[from.len() - 1] + probability);
    }
    let mut tails = Tails { at_least: 0.0, at_most: 0.0 };
    for (sum, probability) in &others {
        let n_short = longest.partition_point(|(own, _)| sum + own < share - SAME_SHARE);
        let n_within = longest.partition_point(|(own, _)| sum + own <= share + SAME_SHARE);
        tails.at_least += probability * from[longest.len() - n_short];
        tails.at_most += probability * below[n_within];
    }
    tails
}

fn convolved(sums: &[(f64, f64)], stratum: &[(f64, f64)]) -> Vec<(f64, f64)> {
    let all = sums.iter().flat_map(|(sum, p)| stratum.iter().map(move |(own, q)| (sum + own, p * q)));
    if sums.len() * stratum.len() <= MAX_SHARES {
        return all.collect();
    }
    let mut cells: Vec<(f64, f64)> = (0..=MAX_SHARES).map(|cell| (count(cell) / count(MAX_SHARES), 0.0)).collect();
    for (sum, probability) in all {
        cells[nearest_cell(sum)].1 += probability;
    }
    cells
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "shares lie in 0..=1, and `as` saturates")]
fn nearest_cell(share: f64) -> usize {
    ((share * count(MAX_SHARES)).round() as usize).min(MAX_SHARES)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::score::{CurveGroup, DifficultySource, Stratum};

    fn stratum(weight: f64, difficulties: &[f64]) -> Stratum {
        let curve = |b: f64| ItemCurve::new(b, 0.25, 0.0, DifficultySource::Stated).expect("a curve");
        Stratum { weight, groups: difficulties.iter().map(|b| CurveGroup { curve: curve(*b), n_items: 1 }).collect() }
    }

    #[test]
    fn equal_items_give_the_binomial_distribution() {
        let distribution = number_right_distribution([0.3; 4]);
        for (found, expected) in distribution.iter().zip([0.2401, 0.4116, 0.2646, 0.0756, 0.0081]) {
            assert!((found - expected).abs() < 1e-15);
        }
    }

    /// The form of ten items of the worked example in `table`, at the cut ability of its reference form.
    #[test]
    fn unlike_items_give_the_distribution_of_an_independent_implementation() {
        let form = [-1.9, -1.4, -1.0, -0.6, -0.4, -0.1, 0.2, 0.5, 0.8, 1.2];
        let expected = [
            7.210_045_289_769_433e-8,
            4.024_409_274_204_451e-6,
            9.209_186_660_640_972e-5,
            0.001_145_082_304_530_143,
            0.008_616_358_826_344_244,
            0.041_195_157_874_486_23,
            0.127_236_240_873_955_46,
            0.251_499_694_499_096_3,
            0.305_318_782_118_052_9,
            0.206_059_284_524_961_2,
            0.058_833_210_602_24,
        ];
        let curves = crate::score::sample::curves(&form, 0.25);
        let found = number_right_distribution(curves.iter().map(|curve| curve.p_right(0.674_371_841_640_622_9)));
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn weighted_strata_give_the_tails_that_counting_every_outcome_gives() {
        let strata = vec![stratum(0.2, &[-1.0, 0.5]), stratum(0.5, &[0.0, 1.0, 2.0]), stratum(0.3, &[-0.5])];
        let form = TestCharacteristic::stratified(strata.clone()).expect("items");
        let share = 0.2 / 2.0 + 0.5 * 2.0 / 3.0;
        let (mut at_least, mut at_most) = (0.0, 0.0);
        for pattern in 0..64_u32 {
            let (mut probability, mut reached, mut item) = (1.0, 0.0, 0);
            for stratum in &strata {
                for group in &stratum.groups {
                    let is_right = pattern >> item & 1 == 1;
                    item += 1;
                    probability *= if is_right { group.curve.p_right(0.4) } else { group.curve.p_wrong(0.4) };
                    reached += if is_right { stratum.weight / count(stratum.n_items()) } else { 0.0 };
                }
            }
            at_least += if reached > share - 1e-9 { probability } else { 0.0 };
            at_most += if reached < share + 1e-9 { probability } else { 0.0 };
        }
        let found = tails(&form, 0.4, share);
        assert!((found.at_least - at_least).abs() < 1e-14 && (found.at_most - at_most).abs() < 1e-14);
    }

    #[test]
    fn many_strata_fall_into_cells_without_losing_probability() {
        let strata: Vec<Stratum> =
            (0..12_u32).map(|idx| stratum(1.0 + 0.1 * f64::from(idx), &[-0.5, 0.0, 0.2, 0.5])).collect();
        let form = TestCharacteristic::stratified(strata).expect("items");
        let (mean, deviation) = (form.expected_share(0.0), form.variance(0.0).sqrt());
        let whole = tails(&form, 0.0, 0.0);
        assert!((whole.at_least - 1.0).abs() < 1e-12);
        // One standard deviation above the mean leaves about 16 % of a nearly normal distribution.
        let above = tails(&form, 0.0, mean + deviation).at_least;
        assert!((above - 0.159).abs() < 0.01, "{above}");
    }

    fn stepped(b: f64, n_steps: u8) -> ItemCurve {
        ItemCurve::new(b, 0.0, 0.0, DifficultySource::Stated).expect("a curve").in_steps(n_steps)
    }

    #[test]
    fn parts_of_points_give_the_distribution_that_counting_every_step_gives() {
        let items = [stepped(0.0, 1), stepped(0.5, 2), stepped(-0.5, 3), stepped(1.0, 2)];
        assert_eq!(common_steps(&items), 6);
        let found = points_distribution(items.iter().map(|curve| (curve, 0.3)), 6);
        let mut expected = vec![0.0; 25];
        let steps: Vec<(f64, usize)> = items
            .iter()
            .flat_map(|curve| vec![(curve.p_right(0.3), 6 / usize::from(curve.n_steps())); curve.n_steps().into()])
            .collect();
        for pattern in 0..1_u32 << steps.len() {
            let (mut probability, mut n_parts) = (1.0, 0);
            for (step, (p, parts)) in steps.iter().enumerate() {
                let is_earned = pattern >> step & 1 == 1;
                probability *= if is_earned { *p } else { 1.0 - p };
                n_parts += if is_earned { *parts } else { 0 };
            }
            expected[n_parts] += probability;
        }
        assert_eq!(found.len(), expected.len());
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 1e-12);
        }
    }

    #[test]
    fn steps_past_the_finest_division_keep_the_probability_and_nearly_the_mean() {
        let items = [stepped(0.0, 7), stepped(0.5, 11), stepped(-0.5, 13), stepped(1.0, 17)];
        assert_eq!(common_steps(&items), MOST_PARTS);
        let found = points_distribution(items.iter().map(|curve| (curve, 0.3)), MOST_PARTS);
        let mean: f64 = found.iter().enumerate().map(|(parts, p)| count(parts) * p).sum::<f64>() / count(MOST_PARTS);
        let expected: f64 = items.iter().map(|curve| curve.p_right(0.3)).sum();
        assert!((found.iter().sum::<f64>() - 1.0).abs() < 1e-12 && (mean - expected).abs() < 0.02, "{mean} {expected}");
    }

    proptest! {
        #[test]
        fn a_distribution_keeps_its_sum_and_its_mean(probabilities in prop::collection::vec(0.0_f64..=1.0, 1..80)) {
            let distribution = number_right_distribution(probabilities.iter().copied());
            let mean: f64 = distribution.iter().enumerate().map(|(n, p)| count(n) * p).sum();
            prop_assert!((distribution.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            prop_assert!((mean - probabilities.iter().sum::<f64>()).abs() < 1e-10);
        }
    }
}
