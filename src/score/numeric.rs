//! The arithmetic that the formulas share.

/// Abilities between which a crossing is looked for, in logits; every item worth writing lies well inside.
const ABILITY_BRACKET: (f64, f64) = (-40.0, 40.0);

/// Width in logits at which a bracketed ability counts as found.
const ABILITY_TOLERANCE: f64 = 1e-12;

/// Returns the ability at which `rising` crosses `target`; the nearer end of the bracket if it does not.
///
/// Bisection that turns to inverse quadratic interpolation where the function is tame (Chandrupatla 1997): the
/// bracket shrinks as surely, in a third of the steps.
pub(super) fn crossing(rising: impl Fn(f64) -> f64, target: f64) -> f64 {
    let point = |x: f64| Point { x, y: rising(x) - target };
    let (mut newest, mut opposite) = (point(ABILITY_BRACKET.0), point(ABILITY_BRACKET.1)); // on two sides of the root
    if newest.y >= 0.0 || opposite.y <= 0.0 {
        return if newest.y >= 0.0 { newest.x } else { opposite.x };
    }
    let mut part = 0.5; // where to look next, as a part of the way from the newest point to the opposite one
    loop {
        let next = point(newest.x + part * (opposite.x - newest.x));
        let third = if (next.y > 0.0) == (newest.y > 0.0) { newest } else { std::mem::replace(&mut opposite, newest) };
        newest = next;
        let best = if newest.y.abs() < opposite.y.abs() { newest } else { opposite };
        let least_part = ABILITY_TOLERANCE / (opposite.x - newest.x).abs();
        if least_part > 0.5 || best.y == 0.0 {
            return best.x;
        }
        part = interpolated(newest, opposite, third).clamp(least_part, 1.0 - least_part);
    }
}

#[derive(Clone, Copy)]
struct Point {
    x: f64,
    y: f64,
}

/// Returns the part of the way from `newest` to `opposite` at which the inverse parabola through the three points
/// meets 0, or the middle where the parabola is not to be trusted (Chandrupatla 1997).
fn interpolated(newest: Point, opposite: Point, third: Point) -> f64 {
    let xi = (newest.x - opposite.x) / (third.x - opposite.x);
    let phi = (newest.y - opposite.y) / (third.y - opposite.y);
    if phi * phi >= xi || (1.0 - phi) * (1.0 - phi) >= 1.0 - xi {
        return 0.5;
    }
    let straight = newest.y / (opposite.y - newest.y) * third.y / (opposite.y - third.y);
    let bend = (third.x - newest.x) / (opposite.x - newest.x) * newest.y / (third.y - newest.y) * opposite.y
        / (third.y - opposite.y);
    straight + bend
}

/// Returns what [`crossing`] finds, or `None` if `rising` is at or above `target` for the lowest ability already.
pub(super) fn crossing_above_floor(rising: impl Fn(f64) -> f64, target: f64) -> Option<f64> {
    (rising(ABILITY_BRACKET.0) < target).then(|| crossing(rising, target))
}

/// Points by which a raw score may fall short of a cut and still reach it: rounding of the computation, not of the score.
pub(super) const RAW_TOLERANCE: f64 = 1e-9;

#[expect(clippy::cast_precision_loss, reason = "counts of items are far below 2^52")]
pub(super) fn count(n: usize) -> f64 {
    n as f64
}

/// Returns the greatest common divisor of two numbers, at least one of them above 0.
pub(super) fn greatest_common_divisor(a: usize, b: usize) -> usize {
    if b == 0 { a } else { greatest_common_divisor(b, a % b) }
}

/// Returns the least common multiple of two numbers above 0.
pub(super) fn least_common_multiple(a: usize, b: usize) -> usize {
    a / greatest_common_divisor(a, b) * b
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

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    #[track_caller]
    fn check_crossing(scale: f64, place: f64, target: f64) {
        let n_calls = Cell::new(0);
        let rising = |theta: f64| {
            n_calls.set(n_calls.get() + 1);
            logistic(scale * (theta - place))
        };
        let expected = place + logit(target) / scale;
        let found = crossing(rising, target);
        assert!((found - expected).abs() < 1e-9, "found {found}, expected {expected}");
        assert!(n_calls.get() < 25, "{} calls", n_calls.get());
    }

    #[test]
    fn a_crossing_is_found_in_few_steps_wherever_it_lies() {
        check_crossing(1.0, 0.0, 0.5);
        check_crossing(1.0, 1.3, 0.7);
        check_crossing(1.0, -6.0, 0.975);
        check_crossing(8.0, 2.2, 0.025);
        check_crossing(0.5, 30.0, 0.16);
        check_crossing(1.0, 0.0, 1e-9);
    }

    #[test]
    fn a_function_that_does_not_cross_gives_the_nearer_end() {
        assert_eq!(crossing(|theta| theta, 50.0).total_cmp(&40.0), std::cmp::Ordering::Equal);
        assert_eq!(crossing(|theta| theta, -50.0).total_cmp(&-40.0), std::cmp::Ordering::Equal);
        assert_eq!(crossing_above_floor(|theta| theta, -50.0), None);
    }
}
