//! Insights that hold for a result, with what they rest on.

use std::ops::RangeInclusive;

use crate::deck::{Condition, Insight, Outcome};
use crate::plan::diagnosis::calibration::number;
use crate::plan::diagnosis::{DomainSign, Overconfidence, Signs, SkillGap, skill_gap};

/// An insight that holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The insight.
    pub insight: Insight,
    /// How well it fits.
    pub strength: Strength,
    /// What it rests on: one piece for each of its conditions, in their order.
    pub evidence: Vec<Evidence>,
}

/// How well an insight fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// In part: where it asks for some of several domains, not all of them are so.
    Partly,
    /// In full.
    Fully,
}

/// Why a condition holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Evidence {
    /// The result is the pass or the fail that is asked for.
    Outcome,
    /// The score lies so many points above the least that passes; below 0 for a score below it.
    AboveCut(f64),
    /// These domains are at the levels, or have the shares, that are asked for; places in the deck's list.
    Domains {
        /// The domains.
        domain_idxs: Vec<usize>,
    },
    /// Some domains are ahead of others.
    Ahead {
        /// Places of the stronger domains.
        higher_idxs: Vec<usize>,
        /// Places of the weaker ones.
        lower_idxs: Vec<usize>,
    },
    /// More right answers were expected than there were.
    Overconfident(Overconfidence),
    /// One skill is ahead of another.
    Skills(SkillGap),
}

/// Returns the insights that hold for a result, in the deck's order. What is not known holds for none.
pub fn findings(insights: &[Insight], signs: &Signs) -> Vec<Finding> {
    insights.iter().filter_map(|insight| finding(insight, signs)).collect()
}

fn finding(insight: &Insight, signs: &Signs) -> Option<Finding> {
    let held: Option<Vec<(Evidence, Strength)>> = insight.when.iter().map(|condition| held(condition, signs)).collect();
    let held = held.filter(|held| !held.is_empty())?;
    let is_full = held.iter().all(|(_, strength)| *strength == Strength::Fully);
    let strength = if is_full { Strength::Fully } else { Strength::Partly };
    let evidence = held.into_iter().map(|(evidence, _)| evidence).collect();
    Some(Finding { insight: insight.clone(), strength, evidence })
}

/// Says why a condition holds and how well; `None` if it does not.
fn held(condition: &Condition, signs: &Signs) -> Option<(Evidence, Strength)> {
    if let Condition::Levels { domains, levels, at_least, at_most } = condition {
        return at_levels(signs, domains, levels, *at_least..=*at_most);
    }
    let evidence = match condition {
        Condition::Levels { .. } => None,
        Condition::Outcome(outcome) => (signs.is_pass == (*outcome == Outcome::Passed)).then_some(Evidence::Outcome),
        Condition::Shares { domains, from, to } => {
            let lies_within = |share: &f64| from.value() <= *share && *share <= to.value();
            let shares: Option<Vec<f64>> = shares(signs, domains).filter(|shares| shares.iter().all(lies_within));
            shares.map(|_| Evidence::Domains { domain_idxs: domains.clone() })
        }
        Condition::Contrast { higher, lower, by } => is_ahead(signs, higher, lower, by.value())
            .then(|| Evidence::Ahead { higher_idxs: higher.clone(), lower_idxs: lower.clone() }),
        Condition::Skills { stronger, weaker, by } => skill_gap(&signs.skills, *stronger, *weaker)
            .filter(|gap| by.value() <= gap.difference)
            .map(Evidence::Skills),
        Condition::Overconfidence { by } => {
            signs.overconfidence.filter(|found| by.value() <= found.excess()).map(Evidence::Overconfident)
        }
        Condition::Distance { from, to } => {
            let lies_within = |points: &f64| f64::from(*from) <= *points && *points <= f64::from(*to);
            signs.points_above_cut.filter(lies_within).map(Evidence::AboveCut)
        }
    };
    evidence.map(|evidence| (evidence, Strength::Fully))
}

fn at_levels(
    signs: &Signs,
    domains: &[usize],
    levels: &[usize],
    wanted: RangeInclusive<usize>,
) -> Option<(Evidence, Strength)> {
    let is_at = |idx: &usize| signs.domain(*idx).is_some_and(|sign| sign.is_at(levels));
    let domain_idxs: Vec<usize> = domains.iter().copied().filter(is_at).collect();
    let n_domains = domain_idxs.len();
    let has_unknown = domains.iter().any(|idx| signs.domain(*idx).is_none_or(|sign| sign.is_open(levels)));
    // Of few enough nothing is known as long as a domain is unknown.
    if !wanted.contains(&n_domains) || (has_unknown && *wanted.end() < domains.len()) {
        return None;
    }
    let is_full = n_domains == domains.len().min(*wanted.end());
    Some((Evidence::Domains { domain_idxs }, if is_full { Strength::Fully } else { Strength::Partly }))
}

/// Tells whether the mean share of `higher` is so much above that of `lower`; where only levels are known, whether every
/// level of `higher` is above every one of `lower`.
fn is_ahead(signs: &Signs, higher: &[usize], lower: &[usize], by: f64) -> bool {
    if let (Some(high), Some(low)) = (shares(signs, higher), shares(signs, lower)) {
        let mean = |shares: Vec<f64>| shares.iter().sum::<f64>() / number(shares.len());
        return by <= mean(high) - mean(low);
    }
    let domains = |idxs: &[usize]| -> Option<Vec<DomainSign>> { idxs.iter().map(|idx| signs.domain(*idx)).collect() };
    let (Some(high), Some(low)) = (domains(higher), domains(lower)) else { return false };
    low.iter().map(|sign| sign.highest_idx).max() < high.iter().map(|sign| sign.level_idx).min()
}

/// The shares of domains; `None` unless all are known.
fn shares(signs: &Signs, domains: &[usize]) -> Option<Vec<f64>> {
    domains.iter().map(|idx| signs.domain(*idx)?.share).collect()
}
