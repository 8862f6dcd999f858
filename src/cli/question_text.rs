//! A question as lines: one fact a line, nothing drawn.

use crate::base::SafeText;
use crate::deck::{ChoiceSet, Question};

/// Writes the stem and the choices under the letters of their places on the screen.
pub(in crate::cli) fn question_text(question: &Question, choice_order: &[usize]) -> String {
    let mut text = format!("{}\n", SafeText::new(question.stem.trim_end()));
    for (letter, choice_idx) in ('a'..='z').zip(choice_order) {
        if let Some(choice) = question.choices.get(*choice_idx) {
            text.push_str(&format!("{letter}) {}\n", SafeText::one_line(&choice.text)));
        }
    }
    let n_keys = question.key().len();
    if n_keys > 1 {
        text.push_str(&format!("Choose {n_keys}.\n"));
    }
    text
}

/// Writes the letters under which the choices of a set are shown.
pub(in crate::cli) fn letters(set: ChoiceSet, choice_order: &[usize]) -> String {
    let shown: ChoiceSet = choice_order
        .iter()
        .enumerate()
        .filter(|(_, choice_idx)| set.contains(**choice_idx))
        .map(|(place, _)| place)
        .collect();
    shown.to_string()
}
