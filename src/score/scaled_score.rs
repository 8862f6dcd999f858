//! The reported scale: points, rounding, and the decision that comes before the rounding.

use crate::deck::Scale;

/// Whether a sitting reached the cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It did.
    Pass,
    /// It did not.
    Fail,
}

/// A score in whole points of its scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScaledScore(u32); // Invariant: within its scale, and at or above the cut exactly when passed.

impl ScaledScore {
    /// Rounds `exact` half up, without crossing the cut: the decision is made before.
    pub(super) fn rounded(exact: f64, outcome: Outcome, scale: Scale) -> ScaledScore {
        let points = whole_points((exact + 0.5).floor()).clamp(scale.min(), scale.max());
        ScaledScore(match outcome {
            Outcome::Pass => points.max(scale.cut()),
            Outcome::Fail => points.min(scale.cut() - 1),
        })
    }

    /// Returns the points.
    pub fn points(self) -> u32 {
        self.0
    }
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates, and scores are small")]
fn whole_points(points: f64) -> u32 {
    points as u32
}

/// Returns the exact score for an expected share of the reference form: 0 gives the scale's minimum, `cut_share` its
/// cut and 1 its maximum, with straight lines between.
///
/// `share` lies in 0 to 1, `cut_share` strictly inside.
pub fn scaled_exact(scale: Scale, cut_share: f64, share: f64) -> f64 {
    let (min, cut, max) = (f64::from(scale.min()), f64::from(scale.cut()), f64::from(scale.max()));
    if share < cut_share {
        min + (cut - min) * share / cut_share
    } else {
        cut + (max - cut) * (share - cut_share) / (1.0 - cut_share)
    }
}

/// Returns how many points a unit of share is worth just below the cut (857 on 100–700–1000 with the cut at .70).
pub(super) fn points_below_cut(scale: Scale, cut_share: f64) -> f64 {
    f64::from(scale.cut() - scale.min()) / cut_share
}

/// Returns how many points a unit of share is worth at `share`.
pub(super) fn points_at(scale: Scale, cut_share: f64, share: f64) -> f64 {
    if share < cut_share {
        points_below_cut(scale, cut_share)
    } else {
        f64::from(scale.max() - scale.cut()) / (1.0 - cut_share)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_exact(share: f64, expected: f64) {
        let found = scaled_exact(Scale::default(), 0.7, share);
        assert!((found - expected).abs() < 1e-9, "{found}");
    }

    #[test]
    fn the_scale_bends_at_the_cut() {
        check_exact(0.0, 100.0);
        check_exact(0.35, 400.0);
        check_exact(0.7, 700.0);
        check_exact(0.85, 850.0);
        check_exact(1.0, 1000.0);
    }

    #[track_caller]
    fn check_rounded(exact: f64, outcome: Outcome, expected: u32) {
        assert_eq!(ScaledScore::rounded(exact, outcome, Scale::default()).points(), expected);
    }

    #[test]
    fn halves_round_up_and_no_rounding_crosses_the_cut() {
        check_rounded(650.5, Outcome::Fail, 651);
        check_rounded(650.499, Outcome::Fail, 650);
        check_rounded(699.7, Outcome::Fail, 699);
        check_rounded(699.999_999_5, Outcome::Pass, 700);
        check_rounded(700.5, Outcome::Pass, 701);
        check_rounded(1000.0, Outcome::Pass, 1000);
        check_rounded(100.0, Outcome::Fail, 100);
    }
}
