//! A whole deck.

use std::collections::BTreeMap;

use crate::base::StimulusId;
use crate::deck::{Deck, ItemBody};
use crate::exchange::yaml::page::Page;

/// Writes a deck in one file. Reading it again gives the same deck.
pub fn deck_yaml(deck: &Deck) -> String {
    let mut page = Page::default();
    page.outline(deck);
    let stimuli = stimuli(deck);
    if !stimuli.is_empty() {
        page.line(0, "stimuli:");
        for (name, text) in stimuli {
            page.field(2, &crate::exchange::yaml::text::scalar(name.as_str(), 4), text);
        }
    }
    page.line(0, "questions:");
    for item in &deck.items {
        page.item(item, &deck.outline);
    }
    page.measured(&deck.items);
    page.text
}

/// The texts that items share.
fn stimuli(deck: &Deck) -> BTreeMap<&StimulusId, &str> {
    let named = deck.items.iter().filter_map(|item| match &item.body {
        ItemBody::Question(question) => item.facts.stimulus.as_ref().zip(question.stimulus.as_deref()),
        ItemBody::Flashcard(_) | ItemBody::Cloze(_) => None,
    });
    named.collect()
}
