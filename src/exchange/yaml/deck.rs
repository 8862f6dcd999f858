//! A whole deck.

use std::collections::BTreeMap;

use crate::base::StimulusId;
use crate::deck::{Deck, ItemBody};
use crate::exchange::yaml::page::Page;

/// Writes a deck in one file. Reading it again gives the same deck.
pub fn deck_yaml(deck: &Deck) -> String {
    deck_files(deck, usize::MAX).concat()
}

/// Writes a deck in as many files as are needed for none to be larger than `most_bytes`, of which one item alone may take
/// more. The first describes the deck; reading them in their order gives the same deck.
pub fn deck_files(deck: &Deck, most_bytes: usize) -> Vec<String> {
    let mut files = Vec::new();
    let mut page = Page::default();
    page.outline(deck);
    let stimuli = stimuli(deck);
    if !stimuli.is_empty() {
        page.line(0, "stimuli:");
        for (name, text) in stimuli {
            page.field(2, &crate::exchange::yaml::text::scalar(name.as_str(), 4), text);
        }
    }
    page.line(0, QUESTIONS);
    for (idx, item) in deck.items.iter().enumerate() {
        let before = page.text.len();
        page.item(item, &deck.outline);
        if page.text.len() > most_bytes && idx > 0 {
            let item = page.text.split_off(before);
            files.push(std::mem::take(&mut page.text));
            page.line(0, QUESTIONS);
            page.text.push_str(&item);
        }
    }
    let before = page.text.len();
    page.measured(&deck.items);
    if page.text.len() > most_bytes {
        let measured = page.text.split_off(before);
        files.push(std::mem::replace(&mut page.text, measured));
    }
    if !page.text.is_empty() {
        files.push(page.text);
    }
    files
}

const QUESTIONS: &str = "questions:";

/// The texts that items share.
fn stimuli(deck: &Deck) -> BTreeMap<&StimulusId, &str> {
    let named = deck.items.iter().filter_map(|item| match &item.body {
        ItemBody::Question(question) => item.facts.stimulus.as_ref().zip(question.stimulus.as_deref()),
        ItemBody::Flashcard(_) | ItemBody::Cloze(_) => None,
    });
    named.collect()
}
