//! What today's drill brings, and in which order.

use std::collections::BTreeMap;

use crate::base::{ConceptId, StudyDay, apportion};
use crate::review::Card;

/// One concept as the plan sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct ConceptState {
    /// The concept.
    pub concept: ConceptId,
    /// Place of its domain in the deck's list.
    pub domain_idx: usize,
    /// Its card, if it has one.
    pub card: Option<Card>,
    /// Whether it has something that the drill may show: an item seen before, a flashcard, or an unseen exam item
    /// outside the reserve.
    pub can_be_shown: bool,
}

/// How many concepts may be met for the first time today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntakeLimit {
    /// New concepts a day.
    pub a_day: usize,
    /// New concepts already met today.
    pub n_met_today: usize,
}

/// Today's drill.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DrillPlan {
    /// Concepts whose cards are due, the weakest domain first, then the longest overdue.
    pub due: Vec<ConceptId>,
    /// Concepts that must come again today.
    pub repeats: Vec<ConceptId>,
    /// Concepts to be met for the first time, domains taking turns by weakness.
    pub new: Vec<ConceptId>,
}

/// Plans today's drill.
///
/// `weakness` is the worth of each domain (see [`crate::plan::weakness`]). New concepts are shared out among the
/// domains by it, with largest remainders; what one domain cannot fill goes to the others.
pub fn plan_drill(concepts: &[ConceptState], weakness: &[f64], limit: IntakeLimit, today: StudyDay) -> DrillPlan {
    let worth = |domain_idx: usize| weakness.get(domain_idx).copied().unwrap_or(0.0);
    let shown = || concepts.iter().filter(|state| state.can_be_shown);
    let mut due = Vec::new();
    let mut repeats = Vec::new();
    for state in shown() {
        match state.card {
            Some(card) if card.repeat_on == Some(today) => repeats.push(state.concept.clone()),
            Some(card) if card.due <= today => due.push((state, card.due)),
            Some(_) | None => {}
        }
    }
    due.sort_by(|(a, a_due), (b, b_due)| {
        worth(b.domain_idx).total_cmp(&worth(a.domain_idx)).then(a_due.cmp(b_due)).then(a.concept.cmp(&b.concept))
    });

    let mut waiting: BTreeMap<usize, Vec<ConceptId>> = BTreeMap::new();
    for state in shown().filter(|state| state.card.is_none()) {
        waiting.entry(state.domain_idx).or_default().push(state.concept.clone());
    }
    let n_new = limit.a_day.saturating_sub(limit.n_met_today);
    DrillPlan {
        due: due.into_iter().map(|(state, _)| state.concept.clone()).collect(),
        repeats,
        new: take_turns(waiting, n_new, worth),
    }
}

/// Takes `n_wanted` concepts, each domain as many as its worth gives it, in rounds so that domains mix.
fn take_turns(
    mut waiting: BTreeMap<usize, Vec<ConceptId>>,
    n_wanted: usize,
    worth: impl Fn(usize) -> f64,
) -> Vec<ConceptId> {
    let mut quotas: BTreeMap<usize, usize> = BTreeMap::new();
    let mut n_open = n_wanted;
    loop {
        let unfilled: Vec<usize> = waiting
            .keys()
            .copied()
            .filter(|domain| waiting[domain].len() > quotas.get(domain).copied().unwrap_or(0))
            .collect();
        if n_open == 0 || unfilled.is_empty() {
            break;
        }
        let worths: Vec<f64> = unfilled.iter().map(|domain| worth(*domain)).collect();
        let before = n_open;
        for (domain, seats) in unfilled.iter().zip(apportion(before, &worths)) {
            let quota = quotas.entry(*domain).or_default();
            let n_taken = seats.min(waiting[domain].len() - *quota);
            *quota += n_taken;
            n_open -= n_taken;
        }
        if n_open == before {
            break; // Only worthless domains are left, and they were given nothing.
        }
    }
    let mut order: Vec<usize> = quotas.keys().copied().collect();
    order.sort_by(|a, b| worth(*b).total_cmp(&worth(*a)).then(a.cmp(b)));
    let mut taken = Vec::new();
    for round in 0..n_wanted {
        for domain in &order {
            if round < quotas[domain]
                && let Some(concepts) = waiting.get_mut(domain)
            {
                taken.push(concepts.remove(0));
            }
        }
    }
    taken
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::Memory;

    const TODAY: StudyDay = StudyDay::from_number(100);

    fn concept(name: &str, domain_idx: usize, due: Option<i32>) -> ConceptState {
        let card = due.map(|due| Card {
            memory: Memory::NEW,
            due: StudyDay::from_number(due),
            n_lapses: 0,
            last_review: None,
            introduced_on: None,
            repeat_on: None,
        });
        let concept = ConceptId::new(name).expect("a good id");
        ConceptState { concept, domain_idx, card, can_be_shown: true }
    }

    fn names(concepts: &[ConceptId]) -> String {
        concepts.iter().map(ConceptId::as_str).collect::<Vec<_>>().join(" ")
    }

    const TEN: IntakeLimit = IntakeLimit { a_day: 10, n_met_today: 0 };

    #[test]
    fn due_cards_come_by_weakness_of_their_domain_then_by_age() {
        let concepts = [
            concept("strong-old", 0, Some(90)),
            concept("weak-new", 1, Some(100)),
            concept("weak-old", 1, Some(95)),
            concept("later", 1, Some(101)),
        ];
        let plan = plan_drill(&concepts, &[1.0, 5.0], TEN, TODAY);
        assert_eq!((names(&plan.due).as_str(), plan.new.len()), ("weak-old weak-new strong-old", 0));
    }

    #[test]
    fn cards_to_be_repeated_today_come_apart_from_the_due_ones() {
        let mut again = concept("again", 0, Some(101));
        again.card = again.card.map(|card| Card { repeat_on: Some(TODAY), ..card });
        let plan = plan_drill(&[again], &[1.0], TEN, TODAY);
        assert_eq!((plan.due.len(), names(&plan.repeats).as_str()), (0, "again"));
    }

    #[test]
    fn new_concepts_are_shared_out_by_weakness_and_mixed() {
        let concepts: Vec<ConceptState> = (0..6)
            .map(|idx| concept(&format!("a{idx}"), 0, None))
            .chain((0..6).map(|idx| concept(&format!("b{idx}"), 1, None)))
            .collect();
        let limit = IntakeLimit { a_day: 6, n_met_today: 2 };
        let plan = plan_drill(&concepts, &[1.0, 3.0], limit, TODAY);
        assert_eq!(names(&plan.new), "b0 a0 b1 b2");
    }

    #[test]
    fn what_a_domain_cannot_fill_goes_to_the_others() {
        let concepts = [concept("a0", 0, None), concept("b0", 1, None), concept("b1", 1, None), concept("b2", 1, None)];
        let plan = plan_drill(&concepts, &[9.0, 1.0], TEN, TODAY);
        assert_eq!(names(&plan.new), "a0 b0 b1 b2");
    }

    #[test]
    fn concepts_that_only_the_reserve_could_show_stay_out() {
        let mut kept = concept("kept", 0, None);
        kept.can_be_shown = false;
        assert_eq!(plan_drill(&[kept], &[1.0], TEN, TODAY), DrillPlan::default());
    }

    #[test]
    fn a_day_whose_intake_is_used_up_brings_nothing_new() {
        let limit = IntakeLimit { a_day: 3, n_met_today: 5 };
        assert!(plan_drill(&[concept("a", 0, None)], &[1.0], limit, TODAY).new.is_empty());
    }
}
