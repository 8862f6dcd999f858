//! Brings what a reader found into the shape that decks ask for.

use std::collections::{BTreeMap, BTreeSet};

use crate::deck::{
    Answer, Arrangement, Ask, Choice, ChoiceSet, Cloze, ClozeError, Flashcard, ItemBody, Question, Slot, TypedAnswer,
    folded,
};
use crate::exchange::decode::cleaned;

/// Returns the item in order and what was changed in it, or why it cannot stand in a deck.
pub(in crate::exchange) fn tidied(body: ItemBody) -> Result<(ItemBody, Vec<String>), String> {
    let mut changes = Vec::new();
    let body = match body {
        ItemBody::Question(question) => ItemBody::Question(Question {
            stimulus: question.stimulus.and_then(|stimulus| optional(&stimulus)),
            stem: needed(&question.stem, "the question has no text")?,
            refs: refs(question.refs),
            ask: match question.ask {
                Ask::Choices { choices, shuffle } => {
                    Ask::Choices { choices: tidy_choices(choices, &mut changes)?, shuffle }
                }
                Ask::Arrangement(arrangement) => Ask::Arrangement(tidy_arrangement(arrangement)?),
                Ask::Typed(typed) => Ask::Typed(tidy_typed(typed, &mut changes)?),
            },
        }),
        ItemBody::Flashcard(card) => ItemBody::Flashcard(Flashcard {
            front: needed(&card.front, "the front is empty")?,
            back: needed(&card.back, "the back is empty")?,
            refs: refs(card.refs),
        }),
        ItemBody::Cloze(cloze) => {
            let text = needed(&cloze.text, "the text is empty")?;
            Cloze::check(&text).map_err(|error| match error {
                ClozeError::NoBlank => "the text has no blank",
                ClozeError::NotClosed => "a blank is not closed",
                ClozeError::EmptyBlank => "a blank has nothing in it",
            })?;
            ItemBody::Cloze(Cloze { text, refs: refs(cloze.refs) })
        }
    };
    Ok((body, changes))
}

fn tidy_choices(choices: Vec<Choice>, changes: &mut Vec<String>) -> Result<Vec<Choice>, String> {
    let mut kept: Vec<Choice> = Vec::with_capacity(choices.len());
    let mut first_with: BTreeMap<String, usize> = BTreeMap::new();
    for (idx, choice) in choices.into_iter().enumerate() {
        let text = tidy(&choice.text);
        if text.is_empty() {
            return Err(format!("choice {} has no text", idx + 1));
        }
        let choice = Choice { text, is_key: choice.is_key, why: choice.why.and_then(|why| optional(&why)) };
        match first_with.get(&spaced(&choice.text)) {
            Some(first) if kept[*first].is_key == choice.is_key => {
                changes.push(format!("choice {} says the same as an earlier one and is left out", idx + 1));
            }
            Some(_) => {
                return Err(format!("choice {} says the same as an earlier one, and only one is right", idx + 1));
            }
            None => {
                first_with.insert(spaced(&choice.text), kept.len());
                kept.push(choice);
            }
        }
    }
    let n_keys = kept.iter().filter(|choice| choice.is_key).count();
    if kept.len() < 2 {
        Err(format!("a question needs 2 choices; this one has {}", kept.len()))
    } else if ChoiceSet::MAX_CHOICES < kept.len() {
        Err(format!("a question has at most {} choices; this one has {}", ChoiceSet::MAX_CHOICES, kept.len()))
    } else if n_keys == 0 {
        Err("no choice is marked as right".to_owned())
    } else if n_keys == kept.len() {
        Err("every choice is marked as right".to_owned())
    } else {
        Ok(kept)
    }
}

fn tidy_arrangement(arrangement: Arrangement) -> Result<Arrangement, String> {
    let is_ordering = arrangement.is_ordering();
    let slot = |slot: Slot| {
        Ok(Slot {
            label: match slot.label {
                Some(label) => Some(needed(&label, "a left side is empty")?),
                None => None,
            },
            key: needed(&slot.key, if is_ordering { "a part is empty" } else { "a right side is empty" })?,
            why: slot.why.and_then(|why| optional(&why)),
        })
    };
    let slots: Vec<Slot> = arrangement.slots.into_iter().map(slot).collect::<Result<_, String>>()?;
    let extra: Vec<String> = arrangement.extra.iter().map(|text| tidy(text)).filter(|text| !text.is_empty()).collect();
    if slots.len() < 2 {
        return Err(format!("an arrangement needs 2 parts; this one has {}", slots.len()));
    }
    let n_options = slots.len() + extra.len();
    if ChoiceSet::MAX_CHOICES < n_options {
        return Err(format!("an arrangement has at most {} options; this one has {n_options}", ChoiceSet::MAX_CHOICES));
    }
    let mut known = BTreeSet::new();
    if slots.iter().filter_map(|slot| slot.label.as_deref()).any(|label| !known.insert(spaced(label))) {
        return Err("two left sides say the same".to_owned());
    }
    known.clear();
    let options = slots.iter().map(|slot| &slot.key).chain(&extra);
    if options.into_iter().any(|option| !known.insert(spaced(option))) {
        let reason = if is_ordering { "two parts say the same" } else { "two left sides share a right side" };
        return Err(reason.to_owned());
    }
    let why = arrangement.why.and_then(|why| optional(&why));
    Ok(Arrangement { slots, extra, why })
}

fn tidy_typed(typed: TypedAnswer, changes: &mut Vec<String>) -> Result<TypedAnswer, String> {
    let mut known = BTreeSet::new();
    let mut accept = Vec::new();
    for text in typed.accept.iter().map(|text| tidy(text)).filter(|text| !text.is_empty()) {
        if text.chars().count() > Answer::MAX_CHARS {
            changes.push(format!("an answer of more than {} characters is left out", Answer::MAX_CHARS));
        } else if known.insert(folded(&text)) {
            accept.push(text);
        }
    }
    if accept.is_empty() {
        return Err("no right answer is given".to_owned());
    }
    let shown = typed.shown.and_then(|shown| optional(&shown)).filter(|shown| *shown != accept[0]);
    Ok(TypedAnswer { accept, shown, why: typed.why.and_then(|why| optional(&why)) })
}

/// A text without control characters and blanks at its ends and at those of its lines.
pub(in crate::exchange) fn tidy(text: &str) -> String {
    let (text, _) = cleaned(text);
    if !text.contains([' ', '\t']) {
        return text.trim().to_owned();
    }
    let lines: Vec<&str> = text.trim().lines().map(str::trim_end).collect();
    lines.join("\n")
}

fn needed(text: &str, reason: &str) -> Result<String, String> {
    optional(text).ok_or_else(|| reason.to_owned())
}

fn optional(text: &str) -> Option<String> {
    let text = tidy(text);
    (!text.is_empty()).then_some(text)
}

fn refs(refs: Vec<String>) -> Vec<String> {
    refs.iter().map(|link| tidy(link)).filter(|link| !link.is_empty()).collect()
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What an item asks and what is right, as one text.
pub(in crate::exchange) fn content(body: &ItemBody) -> String {
    let mut parts = vec![body.prompt()];
    match body {
        ItemBody::Question(question) => match &question.ask {
            Ask::Choices { choices, .. } => {
                let mut texts: Vec<String> =
                    choices.iter().map(|choice| format!("{}{}", u8::from(choice.is_key), choice.text)).collect();
                texts.sort_unstable();
                parts.extend(texts);
            }
            Ask::Arrangement(arrangement) => parts.extend(
                arrangement.slots.iter().flat_map(|slot| [slot.label.clone().unwrap_or_default(), slot.key.clone()]),
            ),
            Ask::Typed(typed) => parts.extend(typed.accept.iter().cloned()),
        },
        ItemBody::Flashcard(card) => parts.push(card.back.clone()),
        ItemBody::Cloze(cloze) => parts.push(cloze.text.clone()),
    }
    parts.join("\0")
}
