//! What is known of a result when it is judged.

use std::collections::BTreeMap;

use crate::deck::Skill;
use crate::plan::diagnosis::{Overconfidence, RightOf};

/// A result as insights look at it, from a sitting or from a score report on paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Signs {
    /// Whether it is a pass.
    pub is_pass: bool,
    /// Points of the scale above the least score that passes, below 0 for a score below it; `None` if there is no score.
    pub points_above_cut: Option<f64>,
    /// The domains in the deck's order; `None` for one of which nothing is known.
    pub domains: Vec<Option<DomainSign>>,
    /// How much more the learner expected; `None` if too little was said.
    pub overconfidence: Option<Overconfidence>,
    /// The answers of each domain by skill; empty if no answer is known.
    pub skills: Vec<BTreeMap<Skill, RightOf>>,
}

/// How one domain went.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DomainSign {
    /// The domain's part of the exam, 0 to 1.
    pub weight: f64,
    /// Place of its level, the lowest first.
    pub level_idx: usize,
    /// The expected share of right answers, 0 to 1; `None` where a report tells levels only.
    pub share: Option<f64>,
}

impl Signs {
    pub(in crate::plan::diagnosis) fn domain(&self, domain_idx: usize) -> Option<DomainSign> {
        self.domains.get(domain_idx).copied().flatten()
    }

    /// Returns the places of the domains that are known to be at the lowest level.
    pub fn lowest(&self) -> Vec<usize> {
        (0..self.domains.len()).filter(|idx| self.domain(*idx).is_some_and(|sign| sign.level_idx == 0)).collect()
    }

    /// Returns the part of the exam, 0 to 1, that the domains at the lowest level are.
    pub fn lowest_weight(&self) -> f64 {
        self.lowest().into_iter().filter_map(|idx| self.domain(idx)).map(|sign| sign.weight).sum()
    }
}
