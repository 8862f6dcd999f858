//! From a share of one form to points, with the decision and the error of measurement.

use crate::deck::ReportedScale;
use crate::score::band::{Band, Confidence, inversion_band};
use crate::score::numeric::{RAW_TOLERANCE, count};
use crate::score::requirement::least_reaching;
use crate::score::scaled_score::{points_at, points_below_cut};
use crate::score::{Need, Outcome, Reference, Subject, TestCharacteristic, equate, scaled_exact};

/// Everything that turns shares of one form into points.
pub(super) struct Scorer<'a> {
    pub(super) reference: &'a Reference,
    pub(super) scale: ReportedScale,
    pub(super) form: &'a TestCharacteristic,
}

/// The score of one share; `outcome` is that of the total.
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

    /// Returns what the cut asks of the total.
    pub(super) fn need(&self) -> Need {
        let n_items = self.form.n_items();
        let raw_cut = count(n_items) * self.form.expected_share(self.reference.theta_cut());
        let raw_needed = least_reaching(raw_cut, n_items, self.form.steps_a_point());
        Need { subject: Subject::Total, n_items, raw_cut, raw_needed }
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
