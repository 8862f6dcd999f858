//! Names of concepts that were probably meant to be one.

use std::collections::BTreeMap;

use crate::base::ConceptId;
use crate::deck::Deck;
use crate::deck::lint::rule::{Example, Found, Part, Place, Rule, Severity, rule};

pub(super) const CONCEPT_NAMES: Rule = rule(
    "D312",
    Severity::Warning,
    "no two concepts differ only in signs or an ending",
    Example {
        reason: "Two spellings make two memories of one concept, and let both its variants into one form.",
        bad: "- {concept: iam-roles, stem: Which identity has no password?, right: a role, wrong: [a user, a root]}\n\
              - {concept: iam_role, stem: What does a machine assume?, right: a role, wrong: [a user, a group]}\n",
        good: "- {concept: iam-roles, stem: Which identity has no password?, right: a role, wrong: [a user, a root]}\n\
               - {concept: iam-roles, stem: What does a machine assume?, right: a role, wrong: [a user, a group]}\n",
    },
);

pub(super) fn check_deck(deck: &Deck, found: &mut Found) {
    let mut first_with: BTreeMap<String, &ConceptId> = BTreeMap::new();
    let mut said: Vec<&ConceptId> = Vec::new();
    for (item_idx, item) in deck.items.iter().enumerate() {
        let concept = &item.facts.concept;
        // An item without a concept is one of its own, under its id; ids are not meant to be shared.
        if concept.as_str() == item.facts.id.as_str() {
            continue;
        }
        let first = *first_with.entry(plain(concept.as_str())).or_insert(concept);
        if first != concept && !said.contains(&concept) {
            said.push(concept);
            let message = format!("the concept `{concept}` differs from `{first}` only in signs or an ending");
            let place = Place::Item { item_idx, part: Part::Whole };
            found.say(&CONCEPT_NAMES, place, message, format!("write `concept: {first}` if they are one"));
        }
    }
}

/// A name without signs and plural endings.
fn plain(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric()).map(|word| {
        let lower = word.to_lowercase();
        if lower.len() > 3 { lower.strip_suffix('s').map(str::to_owned).unwrap_or(lower) } else { lower }
    });
    words.collect()
}
