//! The reported scale: points, rounding, and the decision that comes before the rounding.

use crate::deck::ReportedScale;

/// Whether a sitting reached the cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It did.
    Pass,
    /// It did not.
    Fail,
}

/// A score as it is reported.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd)]
pub struct ScaledScore(f64); // Invariant: printed as its scale prints scores, and at or above the cut exactly when passed.

impl ScaledScore {
    /// Rounds `exact` half up, without crossing the cut: whether the total reaches it is settled before.
    pub(super) fn rounded(exact: f64, outcome: Outcome, scale: ReportedScale) -> ScaledScore {
        ScaledScore(match outcome {
            Outcome::Pass => scale.rounded_at_cut(exact),
            Outcome::Fail => scale.rounded_below_cut(exact),
        })
    }

    /// Returns the number, whole or with the one decimal that its scale prints.
    pub fn value(self) -> f64 {
        self.0
    }
}

/// Returns the exact score for an expected share of the reference form: 0 gives the scale's minimum, `cut_share` its
/// cut and 1 its maximum, with straight lines between.
///
/// `share` lies in 0 to 1, `cut_share` strictly inside.
pub fn scaled_exact(scale: ReportedScale, cut_share: f64, share: f64) -> f64 {
    let (min, cut, max) = (scale.min(), scale.cut(), scale.max());
    if share < cut_share {
        min + (cut - min) * share / cut_share
    } else {
        cut + (max - cut) * (share - cut_share) / (1.0 - cut_share)
    }
}

/// Returns how many points a unit of share is worth just below the cut (857 on 100–700–1000 with the cut at .70).
pub(super) fn points_below_cut(scale: ReportedScale, cut_share: f64) -> f64 {
    (scale.cut() - scale.min()) / cut_share
}

/// Returns how many points a unit of share is worth at `share`.
pub(super) fn points_at(scale: ReportedScale, cut_share: f64, share: f64) -> f64 {
    if share < cut_share { points_below_cut(scale, cut_share) } else { (scale.max() - scale.cut()) / (1.0 - cut_share) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::Scale;

    fn usual() -> ReportedScale {
        Scale::default().reported(0.7, 50)
    }

    #[track_caller]
    fn check_exact(share: f64, expected: f64) {
        let found = scaled_exact(usual(), 0.7, share);
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

    #[test]
    fn at_the_cut_the_score_is_the_cut_to_the_last_bit_and_a_point_is_worth_what_it_is_above() {
        for thousandths in 1..1000 {
            let cut_share = f64::from(thousandths) / 1000.0;
            assert_eq!(scaled_exact(usual(), cut_share, cut_share).to_bits(), 700.0_f64.to_bits(), "{cut_share}");
        }
        assert!((points_at(usual(), 0.7, 0.7) - 1000.0).abs() < 1e-9);
        assert!((points_at(usual(), 0.7, 0.699) - 857.142_857).abs() < 1e-6);
    }

    #[track_caller]
    fn check_rounded(exact: f64, outcome: Outcome, expected: f64) {
        let found = ScaledScore::rounded(exact, outcome, usual()).value();
        assert_eq!(found.to_bits(), expected.to_bits(), "{found}");
    }

    #[test]
    fn percent_and_points_have_no_bend() {
        for share in [0.0, 0.31, 0.625, 0.9, 1.0] {
            let [percent, points] = [Scale::Percent, Scale::Points].map(|scale| scale.reported(0.625, 48));
            assert!((scaled_exact(percent, 0.625, share) - 100.0 * share).abs() < 1e-9);
            assert!((scaled_exact(points, 0.625, share) - 48.0 * share).abs() < 1e-9);
        }
    }

    #[test]
    fn halves_round_up_and_no_rounding_crosses_the_cut() {
        check_rounded(650.5, Outcome::Fail, 651.0);
        check_rounded(650.499, Outcome::Fail, 650.0);
        check_rounded(699.7, Outcome::Fail, 699.0);
        check_rounded(699.999_999_5, Outcome::Pass, 700.0);
        check_rounded(700.5, Outcome::Pass, 701.0);
        check_rounded(1000.0, Outcome::Pass, 1000.0);
        check_rounded(100.0, Outcome::Fail, 100.0);
    }
}
