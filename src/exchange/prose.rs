//! Texts of questions as files of plain text have them, and rationales of a whole question.

use crate::deck::Choice;
use crate::exchange::collect::Collector;
use crate::exchange::entities::unescape;
use crate::exchange::html::{is_html, to_markdown};
use crate::exchange::imported::Origin;

/// Returns a text that may be plain, Markdown or HTML as Markdown; says so if a picture stays behind.
pub(in crate::exchange) fn prose(text: &str, origin: &Origin, collector: &mut Collector<'_>) -> String {
    if is_html(text) {
        html_prose(text, origin, collector)
    } else if text.contains('&') {
        unescape(text)
    } else {
        text.to_owned()
    }
}

/// Returns HTML as Markdown; says so if a picture stays behind.
pub(in crate::exchange) fn html_prose(html: &str, origin: &Origin, collector: &mut Collector<'_>) -> String {
    let converted = to_markdown(html);
    if converted.n_media > 0 {
        let words = if converted.n_media == 1 { "a picture or sound is" } else { "pictures or sounds are" };
        collector.notice(origin, &converted.text, format!("{words} not brought over; the name stands in brackets"));
    }
    converted.text
}

/// Puts two rationales together.
pub(in crate::exchange) fn joined(first: Option<String>, second: Option<String>) -> Option<String> {
    let is_text = |text: &String| !text.trim().is_empty();
    match (first.filter(is_text), second.filter(is_text)) {
        (Some(first), Some(second)) if first.trim() == second.trim() => Some(first),
        (Some(first), Some(second)) => Some(format!("{}\n\n{}", first.trim(), second.trim())),
        (first, second) => first.or(second),
    }
}

/// Gives the rationale of the whole question to its first key, which is where decks have it.
pub(in crate::exchange) fn explain(choices: &mut [Choice], why: Option<String>) {
    if let Some(key) = choices.iter_mut().find(|choice| choice.is_key) {
        key.why = joined(key.why.take(), why);
    }
}

/// Returns the two choices of a question that asks whether something is so.
pub(in crate::exchange) fn true_or_false(
    is_true: bool,
    why_right: Option<String>,
    why_wrong: Option<String>,
) -> Vec<Choice> {
    let choice = |text: &str, is_key: bool| Choice {
        text: text.to_owned(),
        is_key,
        why: if is_key { why_right.clone() } else { why_wrong.clone() },
    };
    vec![choice("True", is_true), choice("False", !is_true)]
}
