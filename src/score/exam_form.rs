//! A form as the exam might have it, and the probability of passing it.

use crate::base::apportion;
use crate::score::numeric::count;
use crate::score::{Ability, CurveGroup, ItemCurve, Reference, ScoreError, expected_right, number_right_distribution};

/// A form as the exam might have it, with what passes it.
#[derive(Debug, Clone, PartialEq)]
pub struct ExamForm {
    curves: Vec<Vec<ItemCurve>>, // by domain
    raw_cut: f64,
    tolerance: CutTolerance,
}

/// The probability of each number of right answers: by domain, then by ability.
pub(super) type Distributions = Vec<Vec<Vec<f64>>>;

/// Whether the number of right answers that passes is known to the last item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum CutTolerance {
    /// This very form is sat.
    Exact,
    /// A form like it is sat, whose cut lies up to half an item lower or higher, each as likely.
    HalfAnItem,
}

/// Items by which a raw score may fall short of the cut and still pass: rounding of the computation, not of the score.
const RAW_TOLERANCE: f64 = 1e-9;

impl ExamForm {
    /// Returns a form of `n_scored` items as the exam might draw it: the domains by their weights, and in each domain
    /// items spread evenly over the difficulties of the reference form.
    ///
    /// # Errors
    /// [`ScoreError::NoScoredItems`] if `n_scored` is 0.
    pub fn typical(reference: &Reference, n_scored: usize) -> Result<ExamForm, ScoreError> {
        let domains = &reference.parts().domains;
        let present: Vec<usize> = (0..domains.len()).filter(|idx| !domains[*idx].form.is_empty()).collect();
        let weights: Vec<f64> = present.iter().map(|idx| domains[*idx].weight).collect();
        let mut curves = vec![Vec::new(); domains.len()];
        for (domain_idx, n_items) in present.into_iter().zip(apportion(n_scored, &weights)) {
            curves[domain_idx] = spread(&domains[domain_idx].form, n_items);
        }
        ExamForm::new(reference, curves, CutTolerance::HalfAnItem)
    }

    /// Returns a form of exactly these items, given by domain.
    ///
    /// # Errors
    /// [`ScoreError::NoScoredItems`] if there are none.
    pub fn of_items(reference: &Reference, curves: Vec<Vec<ItemCurve>>) -> Result<ExamForm, ScoreError> {
        ExamForm::new(reference, curves, CutTolerance::Exact)
    }

    fn new(
        reference: &Reference,
        mut curves: Vec<Vec<ItemCurve>>,
        tolerance: CutTolerance,
    ) -> Result<ExamForm, ScoreError> {
        for curve in curves.iter_mut().flatten() {
            *curve = reference.curve(*curve).averaged();
        }
        if curves.iter().all(Vec::is_empty) {
            return Err(ScoreError::NoScoredItems);
        }
        let raw_cut = expected_right(curves.iter().flatten(), reference.averaged_cut());
        Ok(ExamForm { curves, raw_cut, tolerance })
    }

    /// Returns the items of each domain.
    pub fn curves(&self) -> &[Vec<ItemCurve>] {
        &self.curves
    }

    /// Returns the number of items.
    pub fn n_items(&self) -> usize {
        self.curves.iter().map(Vec::len).sum()
    }

    /// Returns how many right answers a barely passing candidate expects.
    pub fn raw_cut(&self) -> f64 {
        self.raw_cut
    }

    /// Returns the probability of passing, averaged over the ability.
    pub fn p_pass(&self, ability: &Ability) -> f64 {
        self.p_pass_by(&self.distributions(&ability.reachable()), ability)
    }

    /// The same by `distributions` at [`Ability::reachable`], which are those of every learner with the same prior.
    pub(super) fn p_pass_by(&self, distributions: &Distributions, ability: &Ability) -> f64 {
        ability.expected_of_sum(distributions, |right| self.passing_part(right))
    }

    /// Returns how right answers are distributed in each domain at each of `thetas`.
    pub(super) fn distributions(&self, thetas: &[f64]) -> Distributions {
        let of_domain = |curves: &Vec<ItemCurve>| thetas.iter().map(|theta| distribution(curves, *theta)).collect();
        self.curves.iter().map(of_domain).collect()
    }

    /// Returns the probability of passing for one ability in each domain.
    pub(super) fn p_pass_at(&self, thetas: &[f64]) -> f64 {
        let probabilities = self.curves.iter().zip(thetas).flat_map(|(curves, theta)| p_right(curves, *theta));
        self.passing_part(&number_right_distribution(probabilities))
    }

    /// Returns the part of a distribution of right answers that passes.
    fn passing_part(&self, right: &[f64]) -> f64 {
        let passes = |n_right: usize| match self.tolerance {
            CutTolerance::Exact => f64::from(u8::from(count(n_right) >= self.raw_cut - RAW_TOLERANCE)),
            CutTolerance::HalfAnItem => (count(n_right) - self.raw_cut + 0.5).clamp(0.0, 1.0),
        };
        right.iter().enumerate().map(|(n_right, probability)| probability * passes(n_right)).sum()
    }

    /// Each domain's part of the items.
    pub(super) fn weights(&self) -> Vec<f64> {
        self.curves.iter().map(|curves| count(curves.len()) / count(self.n_items())).collect()
    }
}

/// Picks `n_items` of a domain's curves, spread evenly over its difficulties: all of them if there are as many.
fn spread(groups: &[CurveGroup], n_items: usize) -> Vec<ItemCurve> {
    let mut sorted: Vec<ItemCurve> =
        groups.iter().flat_map(|group| std::iter::repeat_n(group.curve, group.n_items)).collect();
    sorted.sort_by(ItemCurve::order);
    (0..n_items).map(|idx| sorted[(2 * idx + 1) * sorted.len() / (2 * n_items)]).collect()
}

fn distribution(curves: &[ItemCurve], theta: f64) -> Vec<f64> {
    number_right_distribution(p_right(curves, theta))
}

fn p_right(curves: &[ItemCurve], theta: f64) -> impl Iterator<Item = f64> {
    curves.iter().map(move |curve| curve.p_right(theta))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::{curve, curves, reference};

    #[test]
    fn a_typical_form_spreads_over_the_bank_and_a_named_one_is_itself() {
        let difficulties = [-1.2, -0.8, -0.5, -0.2, 0.0, 0.3, 0.6, 0.9, 1.3, 1.6];
        let named = reference(&[(1.0, curves(&difficulties, 0.0))], 0.7);
        let form = ExamForm::typical(&named, 10).expect("items");
        assert_eq!(form.curves, [curves(&difficulties, 0.0)]);
        let few = ExamForm::typical(&named, 5).expect("items");
        assert_eq!(few.curves, [curves(&[-0.8, -0.2, 0.3, 0.9, 1.6], 0.0)]);
        assert_eq!(ExamForm::typical(&named, 0), Err(ScoreError::NoScoredItems));
    }

    #[test]
    fn the_exam_has_its_domains_by_weight_and_its_cut_where_the_reference_has_it() {
        let doubtful = |b: f64| vec![curve(b - 1.0, 0.25, 0.64), curve(b, 0.25, 0.64), curve(b + 1.0, 0.25, 0.64)];
        let reference = reference(&[(60.0, doubtful(0.2)), (0.0, Vec::new()), (40.0, doubtful(-0.3))], 0.7);
        let form = ExamForm::typical(&reference, 50).expect("items");
        assert_eq!(form.curves.iter().map(Vec::len).collect::<Vec<_>>(), [30, 0, 20]);
        assert!((form.raw_cut() - 35.0).abs() < 0.2, "{}", form.raw_cut());
    }

    #[test]
    fn on_an_unknown_form_the_cut_itself_is_an_even_chance() {
        let reference = reference(&[(1.0, curves(&[0.0; 10], 0.0))], 0.7);
        let at_the_cut = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0];
        let unknown = ExamForm::typical(&reference, 10).expect("items").passing_part(&at_the_cut);
        let known = ExamForm::of_items(&reference, vec![curves(&[0.0; 10], 0.0)]).expect("items");
        assert!((unknown - 0.5).abs() < 1e-9 && (known.passing_part(&at_the_cut) - 1.0).abs() < 1e-9);
    }
}
