//! A question list in Markdown.

use crate::deck::{Ask, Choice, Deck, ItemBody, ShuffleChoices};
use crate::exchange::write::export::{Lost, live_items, path_of};
use crate::exchange::write::rows::letter;

/// Writes a list with boxes; what it cannot hold is added to `lost`.
pub(in crate::exchange) fn write(deck: &Deck, lost: &mut Lost) -> String {
    let mut text = format!("# {}\n", deck.outline.title.replace('\n', " "));
    let mut category = Vec::new();
    let mut number = 0;
    for item in live_items(deck, lost) {
        let question = match &item.body {
            ItemBody::Question(question) => question,
            ItemBody::Flashcard(_) | ItemBody::Cloze(_) => {
                lost.leave_out(item, "a question list holds questions with choices");
                continue;
            }
        };
        let Ask::Choices { choices, shuffle } = &question.ask else {
            lost.leave_out(item, "a question list holds questions with choices");
            continue;
        };
        if *shuffle == ShuffleChoices::No {
            lost.say(item, "a question list does not say that the order of choices is fixed");
        }
        let path = path_of(deck, item);
        if path != category {
            let n_same = path.iter().zip(&category).take_while(|(a, b)| a == b).count();
            // A domain after one of its tasks begins anew.
            let from = if n_same == path.len() { n_same - 1 } else { n_same };
            for (depth, title) in path.iter().enumerate().skip(from) {
                text.push_str(&format!("\n{} {}\n", "#".repeat(depth + 2), title.replace('\n', " ")));
            }
            category = path;
        }
        number += 1;
        let mark = format!("{number}. ");
        let indent = " ".repeat(mark.len());
        text.push_str(&format!("\n{mark}{}\n\n", indented(&question.prompt(), &indent)));
        for (idx, choice) in choices.iter().enumerate() {
            let tick = if choice.is_key { 'x' } else { ' ' };
            let within = format!("{indent}  ");
            text.push_str(&format!("{indent}- [{tick}] {}. {}\n", letter(idx), indented(&choice.text, &within)));
        }
        let why = explanation(choices);
        if !why.is_empty() {
            text.push_str(&format!("\n{indent}**Explanation:** {}\n", indented(&why, &indent)));
        }
        for link in &question.refs {
            text.push_str(&format!("\n{indent}**Reference:** {}\n", indented(link, &indent)));
        }
    }
    text
}

/// Indents all lines but the first.
fn indented(text: &str, indent: &str) -> String {
    let mut lines = text.split('\n');
    let mut all = lines.next().unwrap_or_default().to_owned();
    for line in lines {
        all.push('\n');
        if !line.is_empty() {
            all.push_str(indent);
            all.push_str(line);
        }
    }
    all
}

/// The rationales, those of what is right first.
fn explanation(choices: &[Choice]) -> String {
    let right = choices.iter().filter(|choice| choice.is_key).filter_map(|choice| choice.why.clone());
    let wrong = choices.iter().filter(|choice| !choice.is_key);
    let wrong = wrong.filter_map(|choice| Some(format!("*{}* is wrong: {}", choice.text, choice.why.as_deref()?)));
    right.chain(wrong).collect::<Vec<_>>().join("\n\n")
}
