//! Whether the answers of a sitting look like those of one ability.

use crate::score::{ItemCurve, Reference, ScoredItem};

/// Pattern fit below which answers are unlikely: one learner in 200 who follows the model falls there by chance.
pub const UNLIKELY_PATTERN: f64 = -2.576;

/// Fewest answers from which a pattern is judged; a convention of this project.
const LEAST_ANSWERS: usize = 10;

/// Returns `l_z*` of a sitting (Snijders 2001), about standard normal for who follows the model and strongly negative for
/// who solves hard items and misses easy ones; `None` for few items or if no pattern can be told from another.
///
/// `theta` is the ability that expects the number of right answers. With w = ln(P/Q) and c = Σ P′ w / Σ P′ it is
/// Σ (u − P)(w − c) / √Σ P Q (w − c)². Items with parts of points are left out.
pub fn pattern_fit(reference: &Reference, theta: f64, items: &[ScoredItem]) -> Option<f64> {
    let whole = items.iter().filter(|item| item.curve.n_steps() == 1);
    let answers: Vec<_> = whole.map(|item| (reference.curve(item.curve), item.credit.is_full())).collect();
    if answers.len() < LEAST_ANSWERS {
        return None;
    }
    let weight = |(curve, _): &(ItemCurve, bool)| (curve.p_right(theta) / curve.p_wrong(theta)).ln();
    let (mut slopes, mut centre) = (0.0, 0.0);
    for answer in &answers {
        slopes += answer.0.slope(theta);
        centre += answer.0.slope(theta) * weight(answer);
    }
    centre /= slopes;
    let (mut sum, mut variance) = (0.0, 0.0);
    for answer in &answers {
        let (p, q, away) = (answer.0.p_right(theta), answer.0.p_wrong(theta), weight(answer) - centre);
        sum += if answer.1 { q * away } else { -p * away };
        variance += p * q * away * away;
    }
    let fit = sum / variance.sqrt();
    fit.is_finite().then_some(fit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::FormItem;
    use crate::score::sample::{curves, reference};

    const DIFFICULTIES: [f64; 12] = [-2.5, -2.0, -1.5, -1.0, -0.5, -0.2, 0.2, 0.5, 1.0, 1.5, 2.0, 2.5];

    fn fit(is_right: impl Fn(usize) -> bool, n_items: usize) -> Option<f64> {
        let form = curves(&DIFFICULTIES, 0.0);
        let reference = reference(&[(1.0, form.clone())], 0.7);
        let items = form.into_iter().enumerate().take(n_items);
        let items: Vec<ScoredItem> =
            items.map(|(idx, curve)| ScoredItem::judged(FormItem { domain_idx: 0, curve }, is_right(idx))).collect();
        pattern_fit(&reference, 0.0, &items)
    }

    /// Six of twelve right at ability 0, where w = −b, c = 0: each easy item right and hard one wrong adds P |b|.
    #[test]
    fn easy_items_right_and_hard_ones_wrong_fit_and_the_reverse_does_not() {
        let likely = fit(|idx| idx < 6, 12).expect("a pattern");
        let unlikely = fit(|idx| 6 <= idx, 12).expect("a pattern");
        let p = |b: f64| 1.0 / (1.0 + b.abs().exp());
        let variance: f64 = DIFFICULTIES.iter().map(|b| p(*b) * (1.0 - p(*b)) * b * b).sum();
        let best: f64 = DIFFICULTIES.iter().map(|b| p(*b) * b.abs()).sum();
        let worst: f64 = DIFFICULTIES.iter().map(|b| (1.0 - p(*b)) * b.abs()).sum();
        assert!((likely - best / variance.sqrt()).abs() < 1e-9, "{likely}");
        assert!((unlikely + worst / variance.sqrt()).abs() < 1e-9 && unlikely < UNLIKELY_PATTERN, "{unlikely}");
    }

    #[test]
    fn few_answers_make_no_pattern() {
        assert_eq!(fit(|idx| idx < 5, 9), None);
    }
}
