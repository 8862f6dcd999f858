//! Which domains cost the most points.

/// What is known of a learner's answers in one domain.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DomainRecord {
    /// The domain's weight in the exam; only the proportion matters.
    pub weight: f64,
    /// Items whose newest answer was right.
    pub n_right: usize,
    /// Items whose newest answer was wrong.
    pub n_wrong: usize,
}

/// Returns each domain's weight times its expected share of wrong answers, in the order of `records`.
///
/// The expected share is (wrong + 1) / (right + wrong + 2): the posterior mean under a flat prior (Laplace's rule of
/// succession), so that a domain without answers counts as half known. Higher means more to gain there.
pub fn weakness(records: &[DomainRecord]) -> Vec<f64> {
    let deficit =
        |record: &DomainRecord| (number(record.n_wrong) + 1.0) / (number(record.n_right + record.n_wrong) + 2.0);
    records.iter().map(|record| record.weight * deficit(record)).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of items are far below 2^52")]
fn number(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weakness_is_weight_times_deficit() {
        let record = |weight, n_right, n_wrong| DomainRecord { weight, n_right, n_wrong };
        let found = weakness(&[record(30.0, 8, 2), record(12.0, 0, 8), record(34.0, 0, 0)]);
        assert_eq!(found, [30.0 * 3.0 / 12.0, 12.0 * 9.0 / 10.0, 17.0]);
    }
}
