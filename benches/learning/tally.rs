//! What came of the learners: means, paired differences and their 95 % intervals.

use std::ops::Deref;

use crate::policy::ForecastRecord;

/// What one learner's exam came to under one policy.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Outcome {
    /// Mean weighted score, 0 to 100.
    pub(crate) score: f64,
    /// Probability of passing.
    pub(crate) p_pass: f64,
    /// How the policy's forecast held.
    pub(crate) forecast: ForecastRecord,
}

/// A mean and half the width of its 95 % interval.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Mean {
    pub(crate) mean: f64,
    pub(crate) half_width: f64,
}

impl Mean {
    pub(crate) fn of(values: &[f64]) -> Mean {
        let n = count(values.len());
        let mean = values.iter().sum::<f64>() / n;
        let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / (n - 1.0);
        Mean { mean, half_width: 1.96 * (variance / n).sqrt() }
    }

    pub(crate) fn low(self) -> f64 {
        self.mean - self.half_width
    }

    pub(crate) fn high(self) -> f64 {
        self.mean + self.half_width
    }
}

/// The outcomes of learners, one row a learner and one column a policy.
#[derive(Debug, Clone, Default)]
pub(crate) struct Rows<const N: usize>(pub(crate) Vec<[Outcome; N]>);

impl<const N: usize> Deref for Rows<N> {
    type Target = [[Outcome; N]];
    fn deref(&self) -> &[[Outcome; N]] {
        &self.0
    }
}

impl<const N: usize> Rows<N> {
    pub(crate) fn mean(&self, policy: usize, of: fn(&Outcome) -> f64) -> f64 {
        self.iter().map(|row| of(&row[policy])).sum::<f64>() / count(self.len())
    }

    /// The difference of two policies, learner by learner.
    pub(crate) fn difference(&self, policy: usize, base: usize, of: fn(&Outcome) -> f64) -> Mean {
        let differences: Vec<f64> = self.iter().map(|row| of(&row[policy]) - of(&row[base])).collect();
        Mean::of(&differences)
    }

    /// Share of learners whom `policy` serves worse than `base` by more than half a point.
    pub(crate) fn share_worse(&self, policy: usize, base: usize) -> f64 {
        let n = self.iter().filter(|row| row[policy].score < row[base].score - 0.5).count();
        count(n) / count(self.len())
    }
}

pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    if values.len() % 2 == 1 { values[middle] } else { f64::midpoint(values[middle - 1], values[middle]) }
}

#[expect(clippy::cast_precision_loss, reason = "counts of learners are far below 2^52")]
pub(crate) fn count(n: usize) -> f64 {
    n as f64
}
