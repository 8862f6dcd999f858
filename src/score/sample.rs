//! Small references and rules for the tests of this module.

use std::collections::BTreeMap;

use crate::base::Share;
use crate::deck::{Decision, Levels, Scale, TotalRule, Weight};
use crate::score::reference::ability_at_cut;
use crate::score::test_characteristic::grouped;
use crate::score::{
    CurveModel, DifficultySource, FormItem, ItemCurve, Reference, ReferenceDomain, ReferenceParts, ScoringRules,
    Stratum, TestCharacteristic,
};

/// Exact difficulties with one chance.
pub(super) fn curves(difficulties: &[f64], chance: f64) -> Vec<ItemCurve> {
    difficulties.iter().map(|b| curve(*b, chance, 0.0)).collect()
}

pub(super) fn curve(difficulty: f64, chance: f64, variance: f64) -> ItemCurve {
    ItemCurve::new(difficulty, chance, variance, DifficultySource::Stated).expect("a curve")
}

/// 100–700–1000, the usual levels, domains of these weights; the total decides.
pub(super) fn rules(weights: &[f64]) -> ScoringRules {
    ScoringRules {
        scale: Scale::default(),
        decision: Decision::default(),
        levels: Levels::default(),
        weights: weights.iter().copied().map(Weight::exact).collect(),
    }
}

/// A decision with minimums, by domain.
pub(super) fn decision(total: TotalRule, minimums: &[(usize, f64)]) -> Decision {
    let minimum = |(domain_idx, share): &(usize, f64)| (*domain_idx, Share::new(*share).expect("a share"));
    Decision::new(total, minimums.iter().map(minimum).collect::<BTreeMap<_, _>>()).expect("a decision")
}

/// The items of one domain.
pub(super) fn form_items(curves: &[ItemCurve]) -> Vec<FormItem> {
    curves.iter().map(|curve| FormItem { domain_idx: 0, curve: *curve }).collect()
}

/// The average over a bank, given as weight and curves of each domain.
pub(super) fn reference(domains: &[(f64, Vec<ItemCurve>)], cut_share: f64) -> Reference {
    let strata = domains.iter().map(|(weight, curves)| Stratum { weight: *weight, groups: grouped(curves.clone()) });
    let whole = TestCharacteristic::stratified(strata.collect()).expect("items");
    let (model, theta_cut) = ability_at_cut(&whole, cut_share).expect("a cut");
    of_model(domains, cut_share, model, theta_cut)
}

/// A bank that states no difficulty.
pub(super) fn reference_without_curves(n_domains: usize, cut_share: f64) -> Reference {
    let domains = vec![(1.0, vec![ItemCurve::FLAT]); n_domains];
    of_model(&domains, cut_share, CurveModel::NoCurves, (cut_share / (1.0 - cut_share)).ln())
}

fn of_model(domains: &[(f64, Vec<ItemCurve>)], cut_share: f64, model: CurveModel, theta_cut: f64) -> Reference {
    let domain = |(weight, curves): &(f64, Vec<ItemCurve>)| {
        let groups = grouped(curves.iter().map(|curve| model.curve(*curve)).collect());
        ReferenceDomain { weight: *weight, form: groups.clone(), bank: groups }
    };
    let n_items = domains.iter().map(|(_, curves)| curves.len()).sum();
    let domains = domains.iter().map(domain).collect();
    Reference::from_parts(ReferenceParts { model, domains, n_items, theta_cut, cut_share }).expect("a reference")
}
