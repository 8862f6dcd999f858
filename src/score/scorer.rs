//! From a share of one form to points, with the decision and the error of measurement.

use crate::deck::Scale;
use crate::score::band::{Band, Confidence, inversion_band};
use crate::score::numeric::count;
use crate::score::scaled_score::{points_at, points_below_cut};
use crate::score::{Outcome, Reference, TestCharacteristic, equate, scaled_exact};

/// Items by which a raw score may fall short of the cut and still pass: rounding of the computation, not of the score.
const RAW_TOLERANCE: f64 = 1e-9;

/// Everything that turns shares of one form into points.
pub(super) struct Scorer<'a> {
    pub(super) reference: &'a Reference,
    pub(super) scale: Scale,
    pub(super) form: &'a TestCharacteristic,
}

/// The score of one share.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Score {
    pub(super) outcome: Outcome,
    pub(super) exact: f64,
    pub(super) theta: Option<f64>,
    pub(super) share: f64,
    pub(super) csem: Option<f64>,
}

impl Scorer<'_> {
    /// Scores a share of right answers on the form.
    pub(super) fn score(&self, share: f64) -> Score {
        let tolerance = RAW_TOLERANCE / count(self.form.n_items());
        let cut = self.form.expected_share(self.reference.theta_cut());
        let outcome = if share >= cut - tolerance { Outcome::Pass } else { Outcome::Fail };
        let equated = equate(self.form, self.reference.characteristic(), share);
        let exact = scaled_exact(self.scale, self.reference.cut_share(), equated.share);
        let csem = match equated.theta {
            Some(theta) => Some(self.csem(theta, equated.share)),
            None if equated.share >= 1.0 => Some(0.0),
            None => None,
        };
        Score { outcome, exact, theta: equated.theta, share: equated.share, csem }
    }

    /// Returns how many right answers a barely passing candidate expects, and the least whole number that passes.
    pub(super) fn raw_cut(&self) -> (f64, usize) {
        let n_items = self.form.n_items();
        let raw_cut = count(n_items) * self.form.expected_share(self.reference.theta_cut());
        let n_short = (0..n_items).filter(|raw| count(*raw) < raw_cut - RAW_TOLERANCE).count();
        (raw_cut, n_short)
    }

    /// Returns the pure inversion band of a share.
    pub(super) fn band(&self, share: f64, score: &Score, confidence: Confidence) -> Band {
        inversion_band(self.form, self.reference, self.scale, share, score.exact, confidence)
    }

    /// Returns the standard error in points that doubt about the form's difficulties adds.
    ///
    /// Without a finite ability it is 0: at the ends of the scale no difficulty moves the score.
    pub(super) fn difficulty_error(&self, theta: Option<f64>) -> f64 {
        let points = points_below_cut(self.scale, self.reference.cut_share());
        theta.map_or(0.0, |theta| points * self.form.variance_of_difficulty(theta).sqrt())
    }

    /// Carries the standard error of the share over to the scale, by the slopes of both characteristic curves.
    fn csem(&self, theta: f64, reference_share: f64) -> f64 {
        let points = points_at(self.scale, self.reference.cut_share(), reference_share);
        let slope = self.reference.characteristic().slope(theta) / self.form.slope(theta);
        points * slope * self.form.variance(theta).sqrt()
    }
}
