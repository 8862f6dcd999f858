//! What a share of right answers in one domain asks of the others when only the total decides.

/// The shares of one domain for which the rest is worked out.
pub const DOMAIN_SHARES: [f64; 4] = [0.0, 0.4, 0.5, 0.6];

/// Returns the share of right answers that all other domains need together, so that with `share` in a domain of `weight`
/// (its part of the exam, below 1) the total reaches `cut_share`.
///
/// It solves w x + (1 − w) y = cut for y. Above 1 no answers elsewhere are enough; below 0 none are needed.
pub fn needed_elsewhere(weight: f64, share: f64, cut_share: f64) -> f64 {
    (cut_share - weight * share) / (1.0 - weight)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The published weights of CLF-C02 with a cut of 70 %, worked out by hand to a tenth of a percent.
    #[test]
    fn the_rest_makes_up_for_a_weak_domain_as_far_as_it_can() {
        let table = [
            (24.0, [92.1, 79.5, 76.3, 73.2]),
            (30.0, [100.0, 82.9, 78.6, 74.3]),
            (34.0, [106.1, 85.5, 80.3, 75.2]),
            (12.0, [79.5, 74.1, 72.7, 71.4]),
        ];
        for (weight, row) in table {
            for (share, expected) in DOMAIN_SHARES.into_iter().zip(row) {
                let found = 100.0 * needed_elsewhere(weight / 100.0, share, 0.7);
                assert!((found - expected).abs() < 0.05 + 1e-9, "{weight} {share}: {found}");
            }
        }
    }
}
