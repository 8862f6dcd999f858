//! A question as lines: one fact a line, nothing drawn.

use crate::base::SafeText;
use crate::deck::{Answer, Arrangement, Ask, Question, letter_of};

/// Writes the stem, what is to be answered under letters and numbers by their places on the screen, and how.
pub(in crate::cli) fn question_text(question: &Question, choice_order: &[usize]) -> String {
    let mut text = format!("{}\n", SafeText::new(question.prompt().trim_end()));
    match &question.ask {
        Ask::Choices { choices, .. } => {
            text.push_str(&lettered(choice_order, |idx| choices.get(idx).map(|choice| choice.text.as_str())));
            let n_keys = question.key().len();
            if n_keys > 1 {
                text.push_str(&format!("Choose {n_keys}.\n"));
            }
        }
        Ask::Arrangement(arrangement) => {
            for (slot_idx, label) in arrangement.slots.iter().filter_map(|slot| slot.label.as_deref()).enumerate() {
                text.push_str(&format!("{}. {}\n", slot_idx + 1, SafeText::one_line(label)));
            }
            text.push_str(&lettered(choice_order, |idx| arrangement.option(idx)));
            text.push_str(&format!("{}\n", how_to_arrange(arrangement)));
        }
        Ask::Typed(_) => text.push_str("Type an equals sign and your answer.\n"),
    }
    text
}

/// Writes texts under the letters of their places on the screen.
fn lettered<'t>(choice_order: &[usize], text_of: impl Fn(usize) -> Option<&'t str>) -> String {
    let mut lines = String::new();
    for (place, idx) in choice_order.iter().enumerate() {
        if let Some(text) = text_of(*idx) {
            lines.push_str(&format!("{}) {}\n", letter_of(place), SafeText::one_line(text)));
        }
    }
    lines
}

fn how_to_arrange(arrangement: &Arrangement) -> String {
    let n_slots = arrangement.slots.len();
    let extra = if arrangement.extra.is_empty() { "" } else { " Not all of them are wanted." };
    if arrangement.is_ordering() {
        format!("Put them in order: {n_slots} letters, the first one first; a dash leaves a place empty.{extra}")
    } else {
        format!("Match them: {n_slots} letters, one for each number in turn; a dash leaves one empty.{extra}")
    }
}

/// Writes an answer as it is typed: letters by their places on the screen, or the text.
pub(in crate::cli) fn answer_words(answer: &Answer, choice_order: &[usize]) -> String {
    match answer {
        Answer::Text(text) => SafeText::one_line(text).to_string(),
        Answer::Blank | Answer::Choices(_) | Answer::Placed(_) => answer.on_screen(choice_order).to_string(),
    }
}
