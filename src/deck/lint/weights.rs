//! Weights and minimums that cannot be kept.

use crate::deck::lint::rule::{Example, Found, Place, Rule, Severity, rule};
use crate::deck::{Outline, Weight, apportion_items};

pub(super) const RANGES_OFF: Rule = rule(
    "D303",
    Severity::Warning,
    "ranges of weights can sum to 100",
    Example {
        reason: "Ranges are percentages of the exam; if even their ends miss 100, no form keeps them all.",
        bad: "domains: [{id: web, weight: 25-30}]\nquestions:\n\
              - {stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n",
        good: "domains: [{id: web, weight: 90-100}]\nquestions:\n\
               - {stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n",
    },
);

pub(super) const MINIMUM_UNASKED: Rule = rule(
    "D304",
    Severity::Warning,
    "a domain with a minimum has items in every form",
    Example {
        reason: "A minimum in a domain that no question is about can never be missed or met.",
        bad: "exam: {items: 1, decision: {domains: {mail: 0.5}}}\n\
              domains: [{id: web}, {id: mail, weight: 0}]\ndomain: web\nquestions:\n\
              - {stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n\
              - {stem: Which port does SSH use?, right: 22, wrong: [443, 80]}\n",
        good: "exam: {items: 1, decision: {domains: {web: 0.5}}}\n\
               domains: [{id: web}, {id: mail, weight: 0}]\ndomain: web\nquestions:\n\
               - {stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n\
               - {stem: Which port does SSH use?, right: 22, wrong: [443, 80]}\n",
    },
);

pub(super) fn check_outline(outline: &Outline, found: &mut Found) {
    ranges_off(outline, found);
    unasked_minimums(outline, found);
}

fn ranges_off(outline: &Outline, found: &mut Found) {
    let weights = outline.weights();
    let sum = |end: fn(Weight) -> f64| weights.iter().copied().map(end).sum::<f64>();
    let (low, high) = (sum(Weight::low), sum(Weight::high));
    if weights.iter().any(|weight| weight.is_range()) && (low > 100.0 + 1e-9 || high < 100.0 - 1e-9) {
        let message = format!("the weights sum to between {low} and {high}, so no form can keep all ranges");
        let help = "write ranges in percent of the exam, and numbers beside them in percent too";
        found.say(&RANGES_OFF, Place::Domain { domain_idx: 0 }, message, help);
    }
}

fn unasked_minimums(outline: &Outline, found: &mut Found) {
    let Some(exam) = &outline.exam else { return };
    let counts = apportion_items(exam.n_scored, &outline.weights());
    for domain_idx in exam.decision.minimums().keys().filter(|domain_idx| counts.get(**domain_idx) == Some(&0)) {
        let message = "the domain has a minimum, but no scored item of a form is on it";
        let help = "give it more weight, ask for more items, or remove its minimum";
        found.say(&MINIMUM_UNASKED, Place::Domain { domain_idx: *domain_idx }, message, help);
    }
}
