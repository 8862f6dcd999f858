//! Items that ask the same, within a deck and across decks.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::base::ContentHash;
use crate::deck::lint::rule::{Example, Finding, Found, Part, Place, Rule, Severity, rule};
use crate::deck::lint::view::ItemView;
use crate::deck::lint::words::spaced;
use crate::deck::{Ask, Deck, ItemBody, Question, folded};

pub(super) const STEMS_ALIKE: Rule = rule(
    "D103",
    Severity::Warning,
    "no two items ask the same with the same choices",
    Example {
        reason: "A learner who has seen one of the two knows the other, and no form should ask a thing twice.",
        bad: "- {id: a, stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n\
              - {id: b, stem: Which port does HTTPS use?, right: 443, wrong: [22, 80]}\n",
        good: "- {id: a, stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n\
               - {id: b, stem: Which port does SSH use?, right: 22, wrong: [443, 80]}\n",
    },
);

pub(super) const KEYS_CONFLICT: Rule = rule(
    "D307",
    Severity::Warning,
    "items with the same stem agree on what is right",
    Example {
        reason: "What is right in one item and wrong in another with the same question cannot both be so.",
        bad: "- {id: a, stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n\
              - {id: b, stem: Which port does HTTPS use?, right: 80, wrong: [443, 25]}\n",
        good: "- {id: a, stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n\
               - {id: b, stem: Which port does plain HTTP use?, right: 80, wrong: [443, 25]}\n",
    },
);

/// Its example has one deck; the second is another path of the same check.
pub(super) const DECKS_CONFLICT: Rule = Rule {
    code: "D308",
    severity: Severity::Warning,
    title: "decks that are checked together agree on what is right",
    example: None,
};

pub(super) fn check_deck(views: &[ItemView<'_>], found: &mut Found) {
    let mut first_with: BTreeMap<ContentHash, usize> = BTreeMap::new();
    let mut by_stem: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (idx, view) in views.iter().enumerate() {
        let Some(question) = view.question() else { continue };
        let others = by_stem.entry(folded(&question.stem)).or_default();
        let conflicting = others.iter().find(|other| conflict(question, views[**other].question()));
        if let Some(other) = conflicting {
            let id = &views[*other].item.facts.id;
            let message = format!("item `{id}` has the same stem and calls something else right");
            view.say(found, &KEYS_CONFLICT, Part::Prompt, message, "correct the wrong one of the two keys");
        }
        let is_in_conflict = conflicting.is_some();
        // A stem that hundreds share is boilerplate; comparing each with each would only cost time.
        if others.len() < 32 {
            others.push(idx);
        }
        match first_with.entry(content(question)) {
            Entry::Vacant(vacant) => {
                vacant.insert(idx);
            }
            Entry::Occupied(first) if !is_in_conflict => {
                let id = &views[*first.get()].item.facts.id;
                let message = format!("item `{id}` asks the same with the same choices");
                let help = "keep one of the two, or make them ask different things";
                view.say(found, &STEMS_ALIKE, Part::Prompt, message, help);
            }
            Entry::Occupied(_) => {}
        }
    }
}

/// Returns the items whose keys contradict an item of an earlier deck, each with the place of its deck.
pub fn lint_across(decks: &[&Deck]) -> Vec<(usize, Finding)> {
    let mut all = Vec::new();
    let mut known: BTreeMap<String, Vec<(usize, &Question, String)>> = BTreeMap::new();
    for (deck_idx, deck) in decks.iter().enumerate() {
        for (item_idx, item) in deck.items.iter().enumerate() {
            let ItemBody::Question(question) = &item.body else { continue };
            let others = known.entry(folded(&question.stem)).or_default();
            let earlier = others.iter().filter(|(idx, ..)| *idx != deck_idx);
            if let Some((.., id)) = earlier.into_iter().find(|(_, other, _)| conflict(question, Some(other))) {
                let message = format!("item {id} has the same stem and calls something else right");
                let help = "correct the wrong one of the two keys".to_owned();
                let place = Place::Item { item_idx, part: Part::Prompt };
                all.push((deck_idx, Finding { rule: &DECKS_CONFLICT, place, message, help }));
            }
            if others.len() < 32 {
                others.push((deck_idx, question, format!("`{}` of deck `{}`", item.facts.id, deck.outline.id)));
            }
        }
    }
    all
}

/// Tells whether a text is right in one question and wrong in the other.
pub(super) fn conflict(a: &Question, b: Option<&Question>) -> bool {
    let Some(b) = b else { return false };
    let texts = |question: &Question, keys: bool| -> Vec<String> {
        let choices = question.choices().iter().filter(|choice| choice.is_key == keys);
        choices.map(|choice| spaced(&choice.text)).collect()
    };
    let meet = |one: Vec<String>, other: Vec<String>| one.iter().any(|text| other.contains(text));
    meet(texts(a, true), texts(b, false)) || meet(texts(a, false), texts(b, true))
}

/// Stem and choices, whatever the case of their letters and the order of the choices.
pub(super) fn content(question: &Question) -> ContentHash {
    let mut texts: Vec<&str> = match &question.ask {
        Ask::Choices { choices, .. } => choices.iter().map(|choice| choice.text.as_str()).collect(),
        Ask::Arrangement(arrangement) => {
            let labels = arrangement.slots.iter().filter_map(|slot| slot.label.as_deref());
            arrangement.options().chain(labels).collect()
        }
        // What is accepted shows nowhere; the stem alone is what is asked.
        Ask::Typed(_) => Vec::new(),
    };
    texts.push(&question.stem);
    let mut texts: Vec<String> = texts.into_iter().map(|text| spaced(text).to_lowercase()).collect();
    texts.sort_unstable();
    ContentHash::of(texts.join("\0").as_bytes())
}
