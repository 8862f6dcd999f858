//! Splits a whole number of seats by weight, without losing or inventing one.

/// Returns how many of `n_seats` each weight receives, by the method of largest remainders (Hamilton).
///
/// The result has the length and order of `weights` and sums to `n_seats`. Each share is within one seat of its
/// exact quota. Equal remainders go to the earlier weight. Weights that are not positive receive nothing; when none
/// is positive, all seats are spread as if the weights were equal. An empty slice gives an empty result.
///
/// ```
/// use cutscore::base::apportion;
/// assert_eq!(apportion(50, &[24.0, 30.0, 34.0, 12.0]), [12, 15, 17, 6]);
/// assert_eq!(apportion(15, &[24.0, 30.0, 34.0, 12.0]), [4, 4, 5, 2]);
/// ```
pub fn apportion(n_seats: usize, weights: &[f64]) -> Vec<usize> {
    if weights.is_empty() {
        return Vec::new();
    }
    let counted: Vec<f64> = if weights.iter().any(|weight| *weight > 0.0) {
        weights.iter().map(|weight| weight.max(0.0)).collect()
    } else {
        vec![1.0; weights.len()]
    };
    let total: f64 = counted.iter().sum();
    let quotas: Vec<f64> = counted.iter().map(|weight| weight / total * count(n_seats)).collect();

    // A quota such as 17.0 may come out as 16.999…, and equal remainders may differ in their last bits: a billionth
    // of a seat is far below any real difference.
    let mut seats: Vec<usize> = quotas.iter().map(|quota| whole_below(*quota)).collect();
    let mut by_remainder: Vec<usize> = (0..quotas.len()).collect();
    let remainder = |idx: usize| whole_below((quotas[idx] - count(seats[idx])).max(0.0) * 1e9 + 0.5);
    by_remainder.sort_by_key(|&idx| (std::cmp::Reverse(remainder(idx)), idx));
    let n_missing = n_seats.saturating_sub(seats.iter().sum());
    for idx in by_remainder.into_iter().cycle().take(n_missing) {
        seats[idx] += 1;
    }
    seats
}

/// Returns how many of `n_seats` each weight receives if each must get at least the first and at most the second of its
/// `limits`: as [`apportion`] has it, moved into the limits as far as needed.
///
/// Seats are taken where the quota is exceeded most and given where it is missed most; equal cases go to the earlier
/// weight. Limits that no counts can keep are left aside. `limits` has the length of `weights`.
///
/// ```
/// use cutscore::base::apportion_within;
/// assert_eq!(apportion_within(10, &[6.0, 2.0, 2.0], &[(0, 5), (1, 4), (1, 4)]), [5, 3, 2]);
/// ```
pub fn apportion_within(n_seats: usize, weights: &[f64], limits: &[(usize, usize)]) -> Vec<usize> {
    let wanted = apportion(n_seats, weights);
    let n_least: usize = limits.iter().map(|(least, _)| least).sum();
    let n_most: usize = limits.iter().map(|(_, most)| most).sum();
    if limits.iter().any(|(least, most)| least > most) || n_least > n_seats || n_most < n_seats {
        return wanted;
    }
    let total: f64 = weights.iter().sum();
    let mut seats: Vec<usize> = wanted.iter().zip(limits).map(|(n, (least, most))| (*n).clamp(*least, *most)).collect();
    let missed = |seats: &[usize], idx: usize| weights[idx] / total * count(n_seats) - count(seats[idx]);
    while seats.iter().sum::<usize>() < n_seats {
        let may_grow = (0..seats.len()).filter(|idx| seats[*idx] < limits[*idx].1);
        let Some(idx) = earliest_best(may_grow, |idx| missed(&seats, idx)) else { return wanted };
        seats[idx] += 1;
    }
    while seats.iter().sum::<usize>() > n_seats {
        let may_shrink = (0..seats.len()).filter(|idx| seats[*idx] > limits[*idx].0);
        let Some(idx) = earliest_best(may_shrink, |idx| -missed(&seats, idx)) else { return wanted };
        seats[idx] -= 1;
    }
    seats
}

/// Returns the first place with the highest value; differences in the last bits are no reason to pass over an earlier one.
fn earliest_best(places: impl Iterator<Item = usize>, value: impl Fn(usize) -> f64) -> Option<usize> {
    places.reduce(|best, idx| if value(idx) > value(best) + 1e-9 { idx } else { best })
}

#[expect(clippy::cast_precision_loss, reason = "counts of exam items are far below 2^52")]
fn count(n: usize) -> f64 {
    n as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "quotas lie in 0..=n_seats")]
fn whole_below(quota: f64) -> usize {
    (quota + 1e-9).floor() as usize
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn equal_remainders_go_to_the_earlier_weight() {
        assert_eq!(apportion(1, &[1.0, 1.0]), [1, 0]);
        assert_eq!(apportion(5, &[1.0, 1.0, 1.0]), [2, 2, 1]);
        // Quotas 2.4, 3.0, 3.4 and 1.2: the first and the third are equal but for rounding.
        assert_eq!(apportion(10, &[24.0, 30.0, 34.0, 12.0]), [3, 3, 3, 1]);
    }

    #[test]
    fn weightless_domains_share_equally_only_when_no_domain_has_weight() {
        assert_eq!(apportion(4, &[0.0, 0.0]), [2, 2]);
        assert_eq!(apportion(4, &[0.0, 3.0]), [0, 4]);
        assert_eq!(apportion(4, &[]), [0; 0]);
    }

    proptest! {
        #[test]
        fn no_seat_is_lost_and_each_share_keeps_its_quota(
            n_seats in 0_usize..500,
            weights in prop::collection::vec(0.1_f64..100.0, 1..12),
        ) {
            let seats = apportion(n_seats, &weights);
            prop_assert_eq!(seats.iter().sum::<usize>(), n_seats);
            let total: f64 = weights.iter().sum();
            for (seat, weight) in seats.iter().zip(&weights) {
                let quota = weight / total * count(n_seats);
                prop_assert!((count(*seat) - quota).abs() < 1.0 + 1e-6);
            }
        }
    }
}
