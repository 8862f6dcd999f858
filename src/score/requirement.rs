//! What it takes to pass one form: the requirements of the decision, carried over to the form.

use crate::deck::{Decision, TotalRule};
use crate::score::numeric::{RAW_TOLERANCE, count};
use crate::score::{RawScore, Reference, TestCharacteristic, equate};

/// What a requirement is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// All scored items.
    Total,
    /// The scored items of a domain.
    Domain {
        /// Place of the domain in the deck's list.
        domain_idx: usize,
    },
}

/// What a requirement asks for on one form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Need {
    /// What it is about.
    pub subject: Subject,
    /// Its scored items on the form, each worth a point.
    pub n_items: usize,
    /// How many points a candidate who barely meets it expects on this form.
    pub raw_cut: f64,
    /// The least score that meets it.
    pub raw_needed: RawScore,
}

/// A requirement with what was got.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Requirement {
    /// What was needed.
    pub need: Need,
    /// What was got.
    pub raw: RawScore,
    /// Whether that meets it.
    pub is_met: bool,
}

impl Need {
    /// Tells whether a score meets the requirement of a domain.
    pub(super) fn is_met_by(&self, raw: RawScore) -> bool {
        raw.value() >= self.raw_cut - RAW_TOLERANCE
    }
}

/// Returns how many points of `domain` mean the same as the share `minimum` of the domain on the reference form: true-score
/// equating as for the total, each form with its items of the domain alone.
pub(super) fn domain_cut(domain: &TestCharacteristic, reference: &TestCharacteristic, minimum: f64) -> f64 {
    count(domain.n_items()) * equate(reference, domain, minimum).share
}

/// Returns what `decision` asks for on a form: the total first if it decides, then the domains in the deck's order.
///
/// `total` is the need of the total, `domains` has the form's characteristic of each domain. A minimum in a domain
/// without items cannot be judged and is left out. Where that leaves nothing to decide, the total decides.
pub(super) fn needs(
    reference: &Reference,
    decision: &Decision,
    total: Need,
    domains: &[Option<TestCharacteristic>],
) -> Vec<Need> {
    let of_domain = |(domain_idx, minimum): (usize, f64)| {
        let domain = domains.get(domain_idx)?.as_ref()?;
        let raw_cut = match reference.domain_form(domain_idx) {
            Some(form) => domain_cut(domain, &form, minimum),
            None => count(domain.n_items()) * minimum,
        };
        let raw_needed = least_reaching(raw_cut, domain.n_items(), domain.steps_a_point());
        Some(Need { subject: Subject::Domain { domain_idx }, n_items: domain.n_items(), raw_cut, raw_needed })
    };
    let minimums = decision.minimums().iter().map(|(domain_idx, minimum)| (*domain_idx, minimum.value()));
    let of_domains: Vec<Need> = minimums.filter_map(of_domain).collect();
    match decision.total() {
        TotalRule::DecidesNothing if !of_domains.is_empty() => of_domains,
        TotalRule::Decides | TotalRule::DecidesNothing => [vec![total], of_domains].concat(),
    }
}

/// Returns the least score that reaches `raw_cut`, if a point has `n_parts`; all points if none does.
pub(super) fn least_reaching(raw_cut: f64, n_items: usize, n_parts: usize) -> RawScore {
    let falls_short = |parts: &usize| count(*parts) / count(n_parts) < raw_cut - RAW_TOLERANCE;
    RawScore::new((0..n_items * n_parts).filter(falls_short).count(), n_parts)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::deck::Weight;
    use crate::score::form::Form;
    use crate::score::sample::{curve, curves, decision, reference, reference_without_curves};
    use crate::score::{FormItem, ItemCurve};

    /// The needs on a form of the items, where each domain has the minimum and the total decides nothing.
    fn domain_needs(reference: &Reference, minimums: &[(usize, f64)], items: &[(usize, ItemCurve)]) -> Vec<Need> {
        let items: Vec<FormItem> =
            items.iter().map(|(domain_idx, curve)| FormItem { domain_idx: *domain_idx, curve: *curve }).collect();
        let weights = vec![Weight::exact(1.0); reference.parts().domains.len()];
        let form = Form::new(reference, &weights, &items).expect("a form");
        let total =
            Need { subject: Subject::Total, n_items: items.len(), raw_cut: 1.0, raw_needed: RawScore::whole(1) };
        needs(reference, &decision(TotalRule::DecidesNothing, minimums), total, &form.domains)
    }

    fn in_domain(domain_idx: usize, curves: &[ItemCurve]) -> Vec<(usize, ItemCurve)> {
        curves.iter().map(|curve| (domain_idx, *curve)).collect()
    }

    #[test]
    fn an_easier_form_asks_for_more_and_without_curves_the_share_counts() {
        let hard = curves(&[0.5, 1.0, 1.5, 2.0], 0.25);
        let easy = curves(&[-2.0, -1.5, -1.0, -0.5], 0.25);
        let curved = reference(&[(1.0, hard.clone()), (1.0, hard)], 0.7);
        let needs = domain_needs(&curved, &[(0, 0.5)], &[in_domain(0, &easy), in_domain(1, &easy)].concat());
        assert_eq!(needs.len(), 1);
        assert!(needs[0].raw_cut > 2.5 && needs[0].raw_needed == RawScore::whole(4), "{needs:?}");
        let flat = reference_without_curves(2, 0.7);
        let needs = domain_needs(&flat, &[(0, 0.5), (1, 0.8)], &[in_domain(0, &easy), in_domain(1, &easy)].concat());
        assert_eq!(needs.iter().map(|need| need.raw_needed.to_string()).collect::<Vec<_>>(), ["2", "4"]);
    }

    #[test]
    fn a_domain_that_is_not_asked_is_not_judged() {
        let flat = reference_without_curves(2, 0.7);
        let one = in_domain(1, &curves(&[0.0; 4], 0.0));
        assert_eq!(domain_needs(&flat, &[(0, 0.5), (1, 0.5)], &one).len(), 1);
        assert_eq!(domain_needs(&flat, &[(0, 0.5)], &one)[0].subject, Subject::Total);
    }

    #[test]
    fn a_minimum_at_the_level_of_guessing_is_carried_over_in_proportion_and_one_of_all_asks_for_all() {
        let bank = curves(&[0.0, 0.5, 1.0, 1.5], 0.5);
        let reference = reference(&[(1.0, bank)], 0.8);
        let form = in_domain(0, &curves(&[1.0; 8], 0.25));
        let cut = |minimum: f64| domain_needs(&reference, &[(0, minimum)], &form)[0].raw_cut;
        assert!((cut(0.4) - 8.0 * 0.4 / 0.5 * 0.25).abs() < 1e-9);
        assert!((cut(1.0) - 8.0).abs() < 1e-9);
    }

    proptest! {
        #[test]
        fn on_the_reference_form_itself_a_minimum_asks_for_its_share(
            difficulties in prop::collection::vec(-3.0..3.0_f64, 1..40), minimum in 0.3..1.0_f64,
        ) {
            let form = curves(&difficulties, 0.25);
            let reference = reference(&[(1.0, form.clone())], 0.7);
            let need = domain_needs(&reference, &[(0, minimum)], &in_domain(0, &form))[0];
            let n = count(form.len());
            prop_assert!((need.raw_cut - minimum * n).abs() < 1e-9);
            prop_assert!((need.raw_needed.value() - (minimum * n - 1e-9).ceil()).abs() < 1e-9);
        }

        #[test]
        fn the_zero_of_the_ability_scale_does_not_matter(
            difficulties in prop::collection::vec(-3.0..3.0_f64, 2..30), minimum in 0.05..0.95_f64, logits in -2.0..2.0_f64,
        ) {
            let need = |moved: f64| {
                let all: Vec<ItemCurve> = difficulties.iter().map(|b| curve(b + moved, 0.25, 0.0)).collect();
                let (bank, form) = all.split_at(all.len() / 2);
                domain_needs(&reference(&[(1.0, bank.to_vec())], 0.7), &[(0, minimum)], &in_domain(0, form))[0]
            };
            prop_assert!((need(0.0).raw_cut - need(logits).raw_cut).abs() < 1e-8);
        }
    }
}
