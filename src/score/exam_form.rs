//! A form as the exam might have it, and the probability of passing it.

use std::collections::BTreeMap;

use crate::base::apportion;
use crate::deck::{Decision, TotalRule};
use crate::score::ability::convolved;
use crate::score::lord_wingersky::{common_steps, points_distribution};
use crate::score::numeric::{RAW_TOLERANCE, count};
use crate::score::requirement::domain_cut;
use crate::score::{Ability, CurveGroup, ItemCurve, Reference, ScoreError, TestCharacteristic, expected_right};

/// A form as the exam might have it, with what passes it.
#[derive(Debug, Clone, PartialEq)]
pub struct ExamForm {
    curves: Vec<Vec<ItemCurve>>, // by domain
    raw_cut: f64,
    total: TotalRule,
    domain_cuts: BTreeMap<usize, f64>, // of the domains that have a minimum and items
    n_parts: usize,                    // of a point
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

impl ExamForm {
    /// Returns a form of `n_scored` items as the exam might draw it: the domains by their weights, and in each domain
    /// items spread evenly over the difficulties of the reference form.
    ///
    /// # Errors
    /// [`ScoreError::NoScoredItems`] if `n_scored` is 0.
    pub fn typical(reference: &Reference, n_scored: usize, decision: &Decision) -> Result<ExamForm, ScoreError> {
        let domains = &reference.parts().domains;
        let present: Vec<usize> = (0..domains.len()).filter(|idx| !domains[*idx].form.is_empty()).collect();
        let weights: Vec<f64> = present.iter().map(|idx| domains[*idx].weight).collect();
        let mut curves = vec![Vec::new(); domains.len()];
        for (domain_idx, n_items) in present.into_iter().zip(apportion(n_scored, &weights)) {
            curves[domain_idx] = spread(&domains[domain_idx].form, n_items);
        }
        ExamForm::new(reference, curves, decision, CutTolerance::HalfAnItem)
    }

    /// Returns a form of exactly these items, given by domain.
    ///
    /// # Errors
    /// [`ScoreError::NoScoredItems`] if there are none.
    pub fn of_items(
        reference: &Reference,
        curves: Vec<Vec<ItemCurve>>,
        decision: &Decision,
    ) -> Result<ExamForm, ScoreError> {
        ExamForm::new(reference, curves, decision, CutTolerance::Exact)
    }

    fn new(
        reference: &Reference,
        mut curves: Vec<Vec<ItemCurve>>,
        decision: &Decision,
        tolerance: CutTolerance,
    ) -> Result<ExamForm, ScoreError> {
        for curve in curves.iter_mut().flatten() {
            *curve = reference.curve(*curve).averaged();
        }
        if curves.iter().all(Vec::is_empty) {
            return Err(ScoreError::NoScoredItems);
        }
        let raw_cut = expected_right(curves.iter().flatten(), reference.averaged_cut());
        let cut_of = |(domain_idx, minimum): (&usize, f64)| {
            let domain = TestCharacteristic::plain(curves.get(*domain_idx)?.clone()).ok()?;
            let raw_cut = match reference.domain_form(*domain_idx) {
                Some(form) => domain_cut(&domain, &form.averaged(), minimum),
                None => count(domain.n_items()) * minimum,
            };
            Some((*domain_idx, raw_cut))
        };
        let minimums = decision.minimums().iter().map(|(domain_idx, minimum)| (domain_idx, minimum.value()));
        let domain_cuts: BTreeMap<usize, f64> = minimums.filter_map(cut_of).collect();
        // As for a sitting, the total decides where nothing else can.
        let total = if domain_cuts.is_empty() { TotalRule::Decides } else { decision.total() };
        let n_parts = common_steps(curves.iter().flatten());
        Ok(ExamForm { curves, raw_cut, total, domain_cuts, n_parts, tolerance })
    }

    /// Returns the items of each domain.
    pub fn curves(&self) -> &[Vec<ItemCurve>] {
        &self.curves
    }

    /// Returns the number of items.
    pub fn n_items(&self) -> usize {
        self.curves.iter().map(Vec::len).sum()
    }

    /// Returns how many points a barely passing candidate expects.
    pub fn raw_cut(&self) -> f64 {
        self.raw_cut
    }

    /// Returns whether the total must reach the cut.
    pub fn total(&self) -> TotalRule {
        self.total
    }

    /// Returns how many points each domain needs that has a minimum, by its place in the deck's list.
    pub fn domain_cuts(&self) -> &BTreeMap<usize, f64> {
        &self.domain_cuts
    }

    /// Returns the probability of passing, averaged over the ability.
    pub fn p_pass(&self, ability: &Ability) -> f64 {
        self.p_pass_by(&self.distributions(&ability.reachable()), ability)
    }

    /// The same by `distributions` at [`Ability::reachable`], which are those of every learner with the same prior.
    pub(super) fn p_pass_by(&self, distributions: &Distributions, ability: &Ability) -> f64 {
        ability.expected_of_sum(distributions, |earned| self.passing_part(earned))
    }

    /// Returns how points are distributed in each domain at each of `thetas`, as far as they meet the domain's minimum.
    pub(super) fn distributions(&self, thetas: &[f64]) -> Distributions {
        let of_domain = |(domain_idx, curves): (usize, &Vec<ItemCurve>)| {
            thetas.iter().map(|theta| self.truncated(domain_idx, self.distribution(curves, *theta))).collect()
        };
        self.curves.iter().enumerate().map(of_domain).collect()
    }

    /// Returns the probability of passing for one ability in each domain.
    pub(super) fn p_pass_at(&self, thetas: &[f64]) -> f64 {
        let domains = || self.curves.iter().zip(thetas).enumerate();
        let free = domains().filter(|(domain_idx, _)| !self.domain_cuts.contains_key(domain_idx));
        let steps: Vec<(&ItemCurve, f64)> =
            free.flat_map(|(_, (curves, theta))| curves.iter().map(move |curve| (curve, *theta))).collect();
        let mut earned = points_distribution(steps, self.n_parts);
        for (domain_idx, (curves, theta)) in domains().filter(|(idx, _)| self.domain_cuts.contains_key(idx)) {
            earned = convolved(&earned, &self.truncated(domain_idx, self.distribution(curves, *theta)));
        }
        self.passing_part(&earned)
    }

    /// Returns the probabilities of the parts of points that a domain earns.
    fn distribution(&self, curves: &[ItemCurve], theta: f64) -> Vec<f64> {
        points_distribution(curves.iter().map(|curve| (curve, theta)), self.n_parts)
    }

    /// Keeps, of a domain's distribution, what meets the domain's minimum; all of it if there is none.
    fn truncated(&self, domain_idx: usize, mut earned: Vec<f64>) -> Vec<f64> {
        if let Some(raw_cut) = self.domain_cuts.get(&domain_idx) {
            let raw_cut = match self.tolerance {
                CutTolerance::Exact => *raw_cut,
                // Wherever the cut of the form that is sat lies, all points meet it.
                CutTolerance::HalfAnItem => raw_cut.min(count(self.curves[domain_idx].len()) - 0.5),
            };
            for (parts, probability) in earned.iter_mut().enumerate() {
                *probability *= self.reaches(parts, raw_cut);
            }
        }
        earned
    }

    /// Returns the part of a distribution of the total that passes.
    fn passing_part(&self, earned: &[f64]) -> f64 {
        match self.total {
            TotalRule::Decides => {
                let passes = |(parts, probability): (usize, &f64)| probability * self.reaches(parts, self.raw_cut);
                earned.iter().enumerate().map(passes).sum()
            }
            TotalRule::DecidesNothing => earned.iter().sum(),
        }
    }

    /// Returns the probability that a score reaches a cut of the form that is sat.
    fn reaches(&self, parts: usize, raw_cut: f64) -> f64 {
        let raw = count(parts) / count(self.n_parts);
        match self.tolerance {
            CutTolerance::Exact => f64::from(u8::from(raw >= raw_cut - RAW_TOLERANCE)),
            CutTolerance::HalfAnItem => (raw - raw_cut + 0.5).clamp(0.0, 1.0),
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::{curve, curves, decision, reference};
    use crate::score::{AbilityPrior, number_right_distribution};

    #[test]
    fn a_typical_form_spreads_over_the_bank_and_a_named_one_is_itself() {
        let difficulties = [-1.2, -0.8, -0.5, -0.2, 0.0, 0.3, 0.6, 0.9, 1.3, 1.6];
        let named = reference(&[(1.0, curves(&difficulties, 0.0))], 0.7);
        let form = ExamForm::typical(&named, 10, &Decision::default()).expect("items");
        assert_eq!(form.curves, [curves(&difficulties, 0.0)]);
        let few = ExamForm::typical(&named, 5, &Decision::default()).expect("items");
        assert_eq!(few.curves, [curves(&[-0.8, -0.2, 0.3, 0.9, 1.6], 0.0)]);
        assert_eq!(ExamForm::typical(&named, 0, &Decision::default()), Err(ScoreError::NoScoredItems));
    }

    #[test]
    fn the_exam_has_its_domains_by_weight_and_its_cut_where_the_reference_has_it() {
        let doubtful = |b: f64| vec![curve(b - 1.0, 0.25, 0.64), curve(b, 0.25, 0.64), curve(b + 1.0, 0.25, 0.64)];
        let reference = reference(&[(60.0, doubtful(0.2)), (0.0, Vec::new()), (40.0, doubtful(-0.3))], 0.7);
        let form = ExamForm::typical(&reference, 50, &Decision::default()).expect("items");
        assert_eq!(form.curves.iter().map(Vec::len).collect::<Vec<_>>(), [30, 0, 20]);
        assert!((form.raw_cut() - 35.0).abs() < 0.2, "{}", form.raw_cut());
    }

    fn two_domains() -> (Reference, Vec<Vec<ItemCurve>>) {
        let (first, second) = (curves(&[-1.0, 0.0, 0.5, 1.0], 0.25), curves(&[-0.5, 0.2, 0.7], 0.2));
        (reference(&[(4.0, first.clone()), (3.0, second.clone())], 0.6), vec![first, second])
    }

    /// Every pattern of answers of `two_domains`, judged one by one.
    #[track_caller]
    fn check_against_every_pattern(decision: &Decision, passes: impl Fn([usize; 2]) -> bool) {
        let (reference, form) = two_domains();
        let thetas = [0.3, 0.9];
        let mut expected = 0.0;
        for pattern in 0..128_u32 {
            let (mut probability, mut n_right, mut item) = (1.0, [0, 0], 0);
            for (domain_idx, curves) in form.iter().enumerate() {
                for curve in curves {
                    let is_right = pattern >> item & 1 == 1;
                    item += 1;
                    let p = curve.p_right(thetas[domain_idx]);
                    probability *= if is_right { p } else { 1.0 - p };
                    n_right[domain_idx] += usize::from(is_right);
                }
            }
            expected += if passes(n_right) { probability } else { 0.0 };
        }
        let found = ExamForm::of_items(&reference, form, decision).expect("items").p_pass_at(&thetas);
        assert!((found - expected).abs() < 1e-12, "{found} {expected}");
    }

    // The cut on this form is .6 of 7 items, a minimum of half is 2 of 4 and 1.5 of 3.
    #[test]
    fn the_probability_of_passing_follows_the_decision() {
        check_against_every_pattern(&Decision::default(), |[first, second]| first + second >= 5);
        let hybrid = decision(TotalRule::Decides, &[(0, 0.5), (1, 0.5)]);
        check_against_every_pattern(&hybrid, |[first, second]| first + second >= 5 && first >= 2 && second >= 2);
        let conjunctive = decision(TotalRule::DecidesNothing, &[(0, 0.5), (1, 0.5)]);
        check_against_every_pattern(&conjunctive, |[first, second]| first >= 2 && second >= 2);
        let one = decision(TotalRule::DecidesNothing, &[(1, 1.0)]);
        check_against_every_pattern(&one, |[_, second]| second == 3);
    }

    #[test]
    fn without_a_minimum_the_probability_is_that_of_right_answers_to_the_last_bit() {
        let (reference, form) = two_domains();
        let exam = ExamForm::of_items(&reference, form, &Decision::default()).expect("items");
        let ability = Ability::before(AbilityPrior::around(reference.averaged_cut()), 2);
        let right = |curves: &Vec<ItemCurve>, theta: f64| {
            number_right_distribution(curves.iter().map(|curve| curve.p_right(theta)))
        };
        let thetas = ability.reachable();
        let table = |curves: &Vec<ItemCurve>| thetas.iter().map(|theta| right(curves, *theta)).collect();
        let tables: Vec<Vec<Vec<f64>>> = exam.curves.iter().map(table).collect();
        let passing = |right: &[f64]| -> f64 {
            let passes = |n_right: usize| f64::from(u8::from(count(n_right) >= exam.raw_cut - 1e-9));
            right.iter().enumerate().map(|(n_right, probability)| probability * passes(n_right)).sum()
        };
        assert_eq!(exam.p_pass(&ability).to_bits(), ability.expected_of_sum(&tables, passing).to_bits());
        let all = exam
            .curves
            .iter()
            .zip([0.3, 0.9])
            .flat_map(|(curves, theta)| curves.iter().map(move |curve| curve.p_right(theta)));
        assert_eq!(exam.p_pass_at(&[0.3, 0.9]).to_bits(), passing(&number_right_distribution(all)).to_bits());
    }

    #[test]
    fn a_minimum_never_makes_it_easier_and_one_of_everything_can_be_met() {
        let (reference, _) = two_domains();
        let ability = Ability::before(AbilityPrior::around(reference.averaged_cut()), 2);
        let p = |minimums: &[(usize, f64)]| {
            let form = ExamForm::typical(&reference, 20, &decision(TotalRule::Decides, minimums)).expect("items");
            form.p_pass(&ability)
        };
        let found = [p(&[]), p(&[(1, 0.5)]), p(&[(0, 0.5), (1, 0.5)]), p(&[(0, 0.9), (1, 0.9)])];
        assert!(found.windows(2).all(|pair| pair[0] > pair[1]), "{found:?}");
        let sure = ExamForm::typical(&reference, 20, &decision(TotalRule::DecidesNothing, &[(0, 1.0), (1, 1.0)]));
        assert!(sure.expect("items").p_pass_at(&[30.0, 30.0]) > 0.999);
    }

    #[test]
    fn parts_of_points_enter_the_probability() {
        let steps: Vec<ItemCurve> = curves(&[0.0; 10], 0.0).into_iter().map(|curve| curve.in_steps(2)).collect();
        let (reference, whole) = (reference(&[(1.0, steps.clone())], 0.7), curves(&[0.0; 10], 0.0));
        let p = |items: Vec<ItemCurve>, theta: f64| {
            ExamForm::of_items(&reference, vec![items], &Decision::default()).expect("items").p_pass_at(&[theta])
        };
        // Twenty half points vary less than ten whole ones.
        assert!(p(steps.clone(), 1.8) > p(whole.clone(), 1.8) && p(steps, -0.5) < p(whole, -0.5));
    }

    #[test]
    fn on_an_unknown_form_the_cut_itself_is_an_even_chance() {
        let reference = reference(&[(1.0, curves(&[0.0; 10], 0.0))], 0.7);
        let at_the_cut = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0];
        let unknown = ExamForm::typical(&reference, 10, &Decision::default()).expect("items").passing_part(&at_the_cut);
        let known = ExamForm::of_items(&reference, vec![curves(&[0.0; 10], 0.0)], &Decision::default()).expect("items");
        assert!((unknown - 0.5).abs() < 1e-9 && (known.passing_part(&at_the_cut) - 1.0).abs() < 1e-9);
    }
}
