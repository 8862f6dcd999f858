//! The scale on which scores are reported.

use crate::deck::BlueprintError;

/// What a blueprint says about the reported scale.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// Scores of the programme's own, such as 100 to 1000 with the cut at 700.
    Fixed(FixedScale),
    /// Percent of the reference form: from 0 over the cut's percent to 100.
    Percent,
    /// Points of the form: from 0 over the cut's share of them to all, one for each scored item.
    Points,
}

/// The ends of a scale and the score that just passes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FixedScale {
    min: u32,
    cut: u32,
    max: u32,
}

/// A scale with its three numbers, and how finely scores on it are printed.
///
/// Scores are whole. Only where a percentage or a number of points has a cut that is not whole, they have one decimal.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReportedScale {
    scale: Scale,
    min: f64, // Invariant: min < cut < max; min and max are whole.
    cut: f64,
    max: f64,
    steps_a_unit: f64, // 1 or 10
}

/// A cut this close to a whole number is one: 100 × .29 is not quite 29 in binary.
const SAME: f64 = 1e-9;

impl Scale {
    /// Takes scores of the programme's own; checks that `min < cut < max`.
    ///
    /// # Errors
    /// [`BlueprintError::Scale`] if they stand in another order.
    pub fn new(min: u32, cut: u32, max: u32) -> Result<Scale, BlueprintError> {
        if min < cut && cut < max {
            Ok(Scale::Fixed(FixedScale { min, cut, max }))
        } else {
            Err(BlueprintError::Scale { min, cut, max })
        }
    }

    /// Returns the scale for a form of `n_scored` items, at least 1, whose reference form has its cut at `cut_share`,
    /// strictly between 0 and 1.
    pub fn reported(self, cut_share: f64, n_scored: usize) -> ReportedScale {
        let proportional = |max: f64| {
            let cut = max * cut_share;
            let steps_a_unit = if (cut - cut.round()).abs() < SAME { 1.0 } else { 10.0 };
            ReportedScale { scale: self, min: 0.0, cut, max, steps_a_unit }
        };
        match self {
            Scale::Fixed(FixedScale { min, cut, max }) => {
                let [min, cut, max] = [min, cut, max].map(f64::from);
                ReportedScale { scale: self, min, cut, max, steps_a_unit: 1.0 }
            }
            Scale::Percent => proportional(100.0),
            Scale::Points => proportional(count(n_scored.max(1))),
        }
    }
}

impl Default for Scale {
    /// 100 to 1000 with the cut at 700.
    fn default() -> Scale {
        Scale::Fixed(FixedScale { min: 100, cut: 700, max: 1000 })
    }
}

impl FixedScale {
    /// Returns the score for nothing right.
    pub fn min(self) -> u32 {
        self.min
    }

    /// Returns the score that just passes.
    pub fn cut(self) -> u32 {
        self.cut
    }

    /// Returns the score for everything right.
    pub fn max(self) -> u32 {
        self.max
    }
}

impl ReportedScale {
    /// Returns what the blueprint says.
    pub fn scale(self) -> Scale {
        self.scale
    }

    /// Returns the score for nothing right.
    pub fn min(self) -> f64 {
        self.min
    }

    /// Returns the score of a barely passing candidate, not rounded.
    pub fn cut(self) -> f64 {
        self.cut
    }

    /// Returns the score for everything right.
    pub fn max(self) -> f64 {
        self.max
    }

    /// Returns the least score that passes as it is printed: the cut, rounded up.
    pub fn passing(self) -> f64 {
        (self.cut * self.steps_a_unit - SAME).ceil() / self.steps_a_unit
    }

    /// Returns the distance of two neighbouring printed scores: 1 or 0.1.
    pub fn step(self) -> f64 {
        1.0 / self.steps_a_unit
    }

    /// Rounds half up to a score as it is printed, and keeps it on the scale.
    pub fn rounded(self, exact: f64) -> f64 {
        ((exact * self.steps_a_unit + 0.5).floor() / self.steps_a_unit).clamp(self.min, self.max)
    }

    /// Rounds a score that reaches the cut: never to less than [`ReportedScale::passing`].
    pub fn rounded_at_cut(self, exact: f64) -> f64 {
        self.rounded(exact).max(self.passing())
    }

    /// Rounds a score that falls short of the cut: always to less than [`ReportedScale::passing`].
    pub fn rounded_below_cut(self, exact: f64) -> f64 {
        let most = (self.passing() * self.steps_a_unit).round() - 1.0;
        self.rounded(exact).min(most / self.steps_a_unit)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of exam items are far below 2^52")]
fn count(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_keeps_its_order() {
        assert!(Scale::new(100, 700, 1000).is_ok());
        assert_eq!(Scale::new(700, 700, 1000), Err(BlueprintError::Scale { min: 700, cut: 700, max: 1000 }));
    }

    #[track_caller]
    fn check(scale: Scale, cut_share: f64, expected: (f64, f64, f64)) {
        let reported = scale.reported(cut_share, 40);
        assert_eq!((reported.min(), reported.passing(), reported.max()), expected);
    }

    #[test]
    fn percent_and_points_take_their_cut_from_the_blueprint_and_a_decimal_only_where_it_needs_one() {
        check(Scale::default(), 0.5, (100.0, 700.0, 1000.0));
        check(Scale::Percent, 0.72, (0.0, 72.0, 100.0));
        check(Scale::Percent, 0.29, (0.0, 29.0, 100.0));
        check(Scale::Percent, 0.625, (0.0, 62.5, 100.0));
        check(Scale::Percent, 0.640_83, (0.0, 64.1, 100.0));
        check(Scale::Points, 0.7, (0.0, 28.0, 40.0));
        check(Scale::Points, 0.72, (0.0, 28.8, 40.0));
    }

    #[track_caller]
    fn check_rounded(scale: Scale, exact: f64, below: f64, at: f64) {
        let reported = scale.reported(0.625, 40);
        assert_eq!((reported.rounded_below_cut(exact), reported.rounded_at_cut(exact)), (below, at));
    }

    #[test]
    fn halves_round_up_and_no_rounding_crosses_the_cut() {
        check_rounded(Scale::Percent, 50.25, 50.3, 62.5);
        check_rounded(Scale::Percent, 62.499_999_999_9, 62.4, 62.5);
        check_rounded(Scale::Percent, 62.5, 62.4, 62.5);
        check_rounded(Scale::Percent, 99.96, 62.4, 100.0);
        check_rounded(Scale::Points, 24.5, 24.0, 25.0);
        check_rounded(Scale::default(), 99.0, 100.0, 700.0);
    }
}
