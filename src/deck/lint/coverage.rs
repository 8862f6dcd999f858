//! Whether the bank holds what its blueprint asks for.

use std::collections::BTreeSet;

use crate::base::{ConceptId, TaskId};
use crate::deck::lint::rule::{Example, Found, Place, Rule, Severity, rule};
use crate::deck::{Blueprint, Deck, apportion_items};

pub(super) const BANK_TOO_SMALL: Rule = rule(
    "D301",
    Severity::Warning,
    "each domain has enough items for one form",
    Example {
        reason: "Items of one concept never meet in a form, so a form needs as many concepts as it asks questions.",
        bad: "exam: {items: 2}\nquestions:\n- {stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n",
        good: "exam: {items: 1}\nquestions:\n- {stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n\
               - {stem: Which port does SSH use?, right: 22, wrong: [443, 80]}\n",
    },
);

pub(super) const TASK_UNCOVERED: Rule = rule(
    "D302",
    Severity::Warning,
    "every task has an item",
    Example {
        reason: "A task without an item is never practised, and nothing shows that it is missing.",
        bad: "domains: [{id: web, tasks: [{id: \"1.1\"}, {id: \"1.2\"}]}]\nquestions:\n\
              - {task: \"1.1\", stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n",
        good: "domains: [{id: web, tasks: [{id: \"1.1\"}]}]\nquestions:\n\
               - {task: \"1.1\", stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n",
    },
);

pub(super) const ONE_FORM: Rule = rule(
    "D309",
    Severity::Advice,
    "the bank holds two forms without a common concept",
    Example {
        reason: "A second mock that repeats questions of the first says little about readiness.",
        bad: "exam: {items: 1}\nquestions:\n- {stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n",
        good: "exam: {items: 1}\nquestions:\n- {stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n\
               - {stem: Which port does SSH use?, right: 22, wrong: [443, 80]}\n",
    },
);

pub(super) const ONLY_RECALLED: Rule = rule(
    "D314",
    Severity::Advice,
    "in a deck with an exam every task has a question",
    Example {
        reason: "Flashcards and texts with blanks never stand in an exam, so the task is in no form.",
        bad: "exam: {items: 1}\ndomains: [{id: web, tasks: [{id: \"1.1\"}, {id: \"1.2\"}]}]\nquestions:\n\
              - {task: \"1.1\", stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n\
              - {task: \"1.1\", stem: Which port does SSH use?, right: 22, wrong: [443, 80]}\n\
              - {task: \"1.2\", front: What is 404?, back: Nothing was found}\n",
        good: "exam: {items: 1}\ndomains: [{id: web, tasks: [{id: \"1.1\"}, {id: \"1.2\"}]}]\nquestions:\n\
               - {task: \"1.1\", stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n\
               - {task: \"1.2\", stem: Which status says that nothing was found?, right: 404, wrong: [200, 500]}\n",
    },
);

pub(super) fn check_deck(deck: &Deck, found: &mut Found) {
    uncovered_tasks(deck, found);
    if let Some(exam) = &deck.outline.exam {
        sizes(deck, exam, found);
    }
}

fn uncovered_tasks(deck: &Deck, found: &mut Found) {
    let tasks_of = |exam_only: bool| -> BTreeSet<&TaskId> {
        let items =
            deck.items.iter().filter(|item| if exam_only { item.facts.is_drawn() } else { item.facts.is_live() });
        items.filter_map(|item| item.facts.task.as_ref()).collect()
    };
    let (covered, asked) = (tasks_of(false), tasks_of(true));
    for (domain_idx, domain) in deck.outline.domains.iter().enumerate() {
        for (task_idx, task) in domain.tasks.iter().enumerate() {
            let place = Place::Task { domain_idx, task_idx };
            let help = format!("add a question with `task: \"{}\"`", task.id);
            if !covered.contains(&task.id) {
                found.say(&TASK_UNCOVERED, place, format!("task `{}` ({}) has no item", task.id, task.title), help);
            } else if deck.outline.exam.is_some() && !asked.contains(&task.id) {
                let message = format!("task `{}` ({}) has only cards that no exam asks", task.id, task.title);
                found.say(&ONLY_RECALLED, place, message, help);
            }
        }
    }
}

/// Holds the concepts of each domain against what one form and two forms need.
fn sizes(deck: &Deck, exam: &Blueprint, found: &mut Found) {
    let weights = deck.outline.weights();
    let scored = apportion_items(exam.n_scored, &weights);
    let unscored = apportion_items(exam.n_unscored, &weights);
    let mut concepts: Vec<BTreeSet<&ConceptId>> = vec![BTreeSet::new(); weights.len()];
    for item in deck.items.iter().filter(|item| item.facts.is_drawn()) {
        concepts[item.facts.domain_idx].insert(&item.facts.concept);
    }
    let mut scarcest: Option<(usize, usize, usize)> = None;
    for (domain_idx, (domain, concepts)) in deck.outline.domains.iter().zip(concepts).enumerate() {
        let n_needed = scored[domain_idx] + unscored[domain_idx];
        let n_concepts = concepts.len();
        if n_concepts < n_needed {
            let message = format!(
                "domain `{}` has exam items on {n_concepts} concepts, but one form needs {n_needed}",
                domain.id
            );
            let help = "add questions, or ask for fewer items in `exam: items:`";
            found.say(&BANK_TOO_SMALL, Place::Domain { domain_idx }, message, help);
        }
        // Compared as fractions: concepts a needed item.
        let is_scarcer = |(_, n, needed): (usize, usize, usize)| n_concepts * needed < n * n_needed;
        if n_needed > 0 && scarcest.is_none_or(is_scarcer) {
            scarcest = Some((domain_idx, n_concepts, n_needed));
        }
    }
    if let Some((domain_idx, n_concepts, n_needed)) = scarcest
        && (n_needed..2 * n_needed).contains(&n_concepts)
    {
        let id = &deck.outline.domains[domain_idx].id;
        let message = format!(
            "the bank holds one form: domain `{id}` has {n_concepts} concepts, two forms need {}",
            2 * n_needed
        );
        let help = "add questions on further concepts, so that a second mock is fresh";
        found.say(&ONE_FORM, Place::Domain { domain_idx }, message, help);
    }
}
