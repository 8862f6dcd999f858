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
    /// Place of its level, the lowest first; the lowest that it may be.
    pub level_idx: usize,
    /// Place of the highest level that it may be: the same, unless a report told no more.
    pub highest_idx: usize,
    /// The expected share of right answers, 0 to 1; `None` where a report tells levels only.
    pub share: Option<f64>,
}

impl DomainSign {
    /// Tells whether it is surely at one of `levels`.
    pub(in crate::plan::diagnosis) fn is_at(self, levels: &[usize]) -> bool {
        (self.level_idx..=self.highest_idx).all(|level_idx| levels.contains(&level_idx))
    }

    /// Tells whether it may be at one of `levels` and may be at none of them.
    pub(in crate::plan::diagnosis) fn is_open(self, levels: &[usize]) -> bool {
        !self.is_at(levels) && (self.level_idx..=self.highest_idx).any(|level_idx| levels.contains(&level_idx))
    }
}

impl Signs {
    pub(in crate::plan::diagnosis) fn domain(&self, domain_idx: usize) -> Option<DomainSign> {
        self.domains.get(domain_idx).copied().flatten()
    }

    /// Returns the places of the domains that are known to be at the lowest level.
    pub fn lowest(&self) -> Vec<usize> {
        (0..self.domains.len()).filter(|idx| self.domain(*idx).is_some_and(|sign| sign.highest_idx == 0)).collect()
    }

    /// Returns the part of the exam, 0 to 1, that the domains at the lowest level are.
    pub fn lowest_weight(&self) -> f64 {
        self.lowest().into_iter().filter_map(|idx| self.domain(idx)).map(|sign| sign.weight).sum()
    }
}
