//! An item as a row of texts, which tables and notes share.

use crate::deck::{Ask, Difficulty, Item, ItemBody, ShuffleChoices};
use crate::exchange::yaml::{effort_word, skill_word};

/// The parts of an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::exchange) struct Row {
    pub(in crate::exchange) kind: &'static str,
    pub(in crate::exchange) stem: String,
    pub(in crate::exchange) back: String,
    pub(in crate::exchange) answer: String,
    pub(in crate::exchange) explanation: String,
    pub(in crate::exchange) is_fixed: bool,
    pub(in crate::exchange) choices: Vec<ChoiceCells>,
    pub(in crate::exchange) difficulty: String,
    pub(in crate::exchange) skill: &'static str,
}

/// A choice, part or accepted text; what it is matched with; and why.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::exchange) struct ChoiceCells {
    pub(in crate::exchange) text: String,
    pub(in crate::exchange) label: String,
    pub(in crate::exchange) why: String,
}

/// Returns the letter of a choice, `A` for the first.
pub(in crate::exchange) fn letter(idx: usize) -> char {
    u8::try_from(idx).ok().filter(|idx| *idx < 26).map_or('?', |idx| char::from(b'A' + idx))
}

/// Returns an item as a row.
pub(in crate::exchange) fn row_of(item: &Item) -> Row {
    let mut row = Row {
        stem: item.body.prompt(),
        difficulty: item.facts.difficulty.map_or(String::new(), difficulty_words),
        skill: item.facts.skill.map_or("", skill_word),
        ..Row::default()
    };
    let question = match &item.body {
        ItemBody::Flashcard(card) => return Row { kind: "flashcard", back: card.back.clone(), ..row },
        ItemBody::Cloze(cloze) => return Row { kind: "cloze", stem: cloze.text.clone(), ..row },
        ItemBody::Question(question) => question,
    };
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    match &question.ask {
        Ask::Choices { choices, shuffle } => {
            row.kind = "choices";
            row.is_fixed = *shuffle == ShuffleChoices::No;
            let keys = choices.iter().enumerate().filter(|(_, choice)| choice.is_key);
            row.answer = keys.map(|(idx, _)| letter(idx).to_string()).collect::<Vec<_>>().join(" ");
            let cells = choices.iter().map(|own| ChoiceCells {
                text: own.text.clone(),
                why: text(&own.why),
                ..Default::default()
            });
            row.choices = cells.collect();
        }
        Ask::Arrangement(arrangement) => {
            row.kind = if arrangement.is_ordering() { "order" } else { "match" };
            let slots = arrangement.slots.iter();
            let cells = slots.map(|slot| ChoiceCells {
                text: slot.key.clone(),
                label: text(&slot.label),
                why: text(&slot.why),
            });
            let extra = arrangement.extra.iter().map(|extra| ChoiceCells { text: extra.clone(), ..Default::default() });
            row.choices = cells.chain(extra).collect();
            if arrangement.is_ordering() {
                let letters = (0..arrangement.slots.len()).map(|idx| letter(idx).to_string());
                row.answer = letters.collect::<Vec<_>>().join(" ");
            }
            row.explanation = text(&arrangement.why);
        }
        Ask::Typed(typed) => {
            row.kind = "typed";
            row.choices =
                typed.accept.iter().map(|own| ChoiceCells { text: own.clone(), ..Default::default() }).collect();
            row.answer = text(&typed.shown);
            row.explanation = text(&typed.why);
        }
    }
    row
}

fn difficulty_words(difficulty: Difficulty) -> String {
    match difficulty {
        Difficulty::Effort(effort) => effort_word(effort).to_owned(),
        Difficulty::Level(level) => level.to_string(),
        Difficulty::Logits(_) | Difficulty::Angoff(_) | Difficulty::Measured(_) => String::new(),
    }
}
