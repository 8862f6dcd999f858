//! The range of scores whose owners could well have answered as many rightly.

use crate::deck::ReportedScale;
use crate::score::lord_wingersky::tails;
use crate::score::numeric::crossing_above_floor;
use crate::score::{Reference, TestCharacteristic, scaled_exact};

/// A range on the reported scale, both ends included and not rounded.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// How sure a band is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Confidence {
    /// Probability left out on each side.
    pub(super) alpha: f64,
    /// Half-width of the same band in standard errors.
    n_errors: f64,
}

/// The 68 % band: one standard error to each side, as score reports print it.
pub(super) const ONE_ERROR: Confidence = Confidence { alpha: 0.16, n_errors: 1.0 };

/// The 95 % band.
pub(super) const TWO_ERRORS: Confidence = Confidence { alpha: 0.025, n_errors: 1.96 };

/// Inverts the exact distribution of right answers: the low end belongs to the ability that reaches `share` or more
/// with probability α, the high end to the one that reaches `share` or less with probability α.
///
/// An end that no ability reaches lies where chance alone leads; the band is then widened to hold `score`.
pub(super) fn inversion_band(
    form: &TestCharacteristic,
    reference: &Reference,
    scale: ReportedScale,
    share: f64,
    score: f64,
    confidence: Confidence,
) -> Band {
    let curve = reference.characteristic();
    let score_of = |theta: Option<f64>| {
        let share = theta.map_or_else(|| curve.floor(), |theta| curve.expected_share(theta));
        scaled_exact(scale, reference.cut_share(), share)
    };
    let alpha = confidence.alpha;
    let low = crossing_above_floor(|theta| tails(form, theta, share).at_least, alpha);
    // At most `share` becomes rarer with ability; its complement rises.
    let high = if share >= 1.0 {
        None
    } else {
        crossing_above_floor(|theta| 1.0 - tails(form, theta, share).at_most, 1.0 - alpha)
    };
    Band { low: score_of(low).min(score), high: score_of(high).max(score) }
}

impl Band {
    /// Adds an independent standard `error`, in points, to each half-width, and keeps the band on the scale.
    pub(super) fn widened(self, score: f64, error: f64, confidence: Confidence, scale: ReportedScale) -> Band {
        let half_width = |own: f64| own.hypot(confidence.n_errors * error);
        Band {
            low: (score - half_width(score - self.low)).max(scale.min()),
            high: (score + half_width(self.high - score)).min(scale.max()),
        }
    }

    /// Tells whether `score` lies in the band.
    pub fn contains(self, score: f64) -> bool {
        self.low <= score && score <= self.high
    }
}
