//! The arithmetic that the formulas share.

/// Abilities between which a crossing is looked for, in logits; every item worth writing lies well inside.
const ABILITY_BRACKET: (f64, f64) = (-40.0, 40.0);

/// Width in logits at which a bracketed ability counts as found.
const ABILITY_TOLERANCE: f64 = 1e-12;

/// Returns the ability at which `rising` crosses `target`, by bisection; the nearer end of the bracket if it does not.
pub(super) fn crossing(rising: impl Fn(f64) -> f64, target: f64) -> f64 {
    let (mut low, mut high) = ABILITY_BRACKET;
    while high - low > ABILITY_TOLERANCE {
        let middle = f64::midpoint(low, high);
        if rising(middle) < target {
            low = middle;
        } else {
            high = middle;
        }
    }
    f64::midpoint(low, high)
}

/// Returns what [`crossing`] finds, or `None` if `rising` is at or above `target` for the lowest ability already.
pub(super) fn crossing_above_floor(rising: impl Fn(f64) -> f64, target: f64) -> Option<f64> {
    (rising(ABILITY_BRACKET.0) < target).then(|| crossing(rising, target))
}

#[expect(clippy::cast_precision_loss, reason = "counts of items are far below 2^52")]
pub(super) fn count(n: usize) -> f64 {
    n as f64
}

/// Returns 1 / (1 + e^-z).
pub(super) fn logistic(z: f64) -> f64 {
    1.0 / (1.0 + (-z).exp())
}

/// Returns the z with `logistic(z) == share`; infinite at 0 and 1.
pub(super) fn logit(share: f64) -> f64 {
    (share / (1.0 - share)).ln()
}

/// Scales weights that are finite and not negative to the sum 1; equal parts if all are 0.
pub(super) fn normalised(weights: &[f64]) -> Vec<f64> {
    let total: f64 = weights.iter().sum();
    if total > 0.0 {
        weights.iter().map(|weight| weight / total).collect()
    } else {
        vec![1.0 / count(weights.len()); weights.len()]
    }
}
