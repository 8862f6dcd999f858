//! GIFT.

use std::fmt::Write as _;

use crate::deck::{Arrangement, Ask, Choice, Deck, Item, ItemBody, Question, ShuffleChoices, TypedAnswer};
use crate::exchange::gift_text::signed;
use crate::exchange::write::export::{Lost, live_items, path_of};

/// Writes a file; what GIFT cannot hold is added to `lost`.
pub(in crate::exchange) fn write(deck: &Deck, lost: &mut Lost) -> String {
    let mut text = format!("// {}\n", deck.outline.title.replace('\n', " "));
    let mut category = Vec::new();
    for item in live_items(deck, lost) {
        let ItemBody::Question(question) = &item.body else {
            lost.leave_out(item, "GIFT has no flashcards and no texts with blanks");
            continue;
        };
        let Some(answers) = answers(item, question, lost) else { continue };
        let path = path_of(deck, item);
        if path != category {
            let parts: Vec<String> = path.iter().map(|part| part.replace('/', "//")).collect();
            say(&mut text, format_args!("\n$CATEGORY: $course$/top/{}\n", parts.join("/")));
            category = path;
        }
        let own = item.notes.tags.iter();
        let own = own.map(|tag| format!(" [tag:{tag}]")).collect::<Vec<String>>().concat();
        if !own.is_empty() {
            say(&mut text, format_args!("\n//{own}"));
        }
        let (id, stem) = (signed(item.facts.id.as_str()), signed(&question.prompt()));
        say(&mut text, format_args!("\n::{id}:: [markdown]{stem} {{\n{answers}}}\n"));
        for reason in losses(item, question) {
            lost.say(item, reason);
        }
    }
    text
}

fn say(text: &mut String, words: std::fmt::Arguments<'_>) {
    // Writing into a text cannot fail.
    let _always = text.write_fmt(words);
}

fn losses(item: &Item, question: &Question) -> Vec<&'static str> {
    let mut lost = Vec::new();
    let facts = &item.facts;
    if !question.refs.is_empty() {
        lost.push("GIFT has no references");
    }
    if facts.difficulty.is_some() || facts.skill.is_some() || facts.concept.as_str() != facts.id.as_str() {
        lost.push("GIFT has no difficulty, skill and concept");
    }
    match &question.ask {
        Ask::Choices { choices, shuffle: ShuffleChoices::No } if !is_truth(choices) => {
            lost.push("GIFT has no fixed order of choices");
        }
        Ask::Typed(TypedAnswer { shown: Some(_), .. }) => {
            lost.push("GIFT has no answer to show beside those to accept");
        }
        Ask::Arrangement(Arrangement { slots, .. }) if slots.iter().any(|slot| slot.why.is_some()) => {
            lost.push("GIFT has no rationale of a pair");
        }
        _ => {}
    }
    lost
}

fn is_truth(choices: &[Choice]) -> bool {
    matches!(choices, [first, second] if first.text == "True" && second.text == "False")
}

fn answers(item: &Item, question: &Question, lost: &mut Lost) -> Option<String> {
    let mut text = String::new();
    match &question.ask {
        Ask::Choices { choices, shuffle } => {
            if *shuffle == ShuffleChoices::No && is_truth(choices) {
                let why =
                    |is_key: bool| choices.iter().find(|own| own.is_key == is_key).and_then(|own| own.why.as_deref());
                let (wrong, right) = (signed(why(false).unwrap_or("")), signed(why(true).unwrap_or("")));
                let word = if choices[0].is_key { "TRUE" } else { "FALSE" };
                let feedback = match (wrong.as_str(), right.as_str()) {
                    ("", "") => String::new(),
                    (wrong, "") => format!("#{wrong}"),
                    (wrong, right) => format!("#{wrong}#{right}"),
                };
                return Some(format!("{word}{feedback}\n"));
            }
            let n_keys = choices.iter().filter(|choice| choice.is_key).count();
            for own in choices {
                choice(own, n_keys, &mut text);
            }
        }
        Ask::Arrangement(arrangement) if arrangement.is_ordering() => {
            lost.leave_out(item, "GIFT has no order");
            return None;
        }
        Ask::Arrangement(arrangement) => {
            let labels = arrangement.slots.iter().filter_map(|slot| slot.label.as_deref());
            if labels.chain(arrangement.options()).any(|own| own.contains("->")) {
                lost.leave_out(item, "GIFT cannot hold `->` within a pair");
                return None;
            }
            for slot in &arrangement.slots {
                let label = signed(slot.label.as_deref().unwrap_or_default());
                say(&mut text, format_args!("={label} -> {}\n", signed(&slot.key)));
            }
            for extra in &arrangement.extra {
                say(&mut text, format_args!("= -> {}\n", signed(extra)));
            }
            general(arrangement.why.as_deref(), &mut text);
        }
        Ask::Typed(typed) => {
            for accepted in &typed.accept {
                let weight = if accepted.starts_with('%') { "%100%" } else { "" };
                say(&mut text, format_args!("={weight}{}\n", signed(accepted).replace('*', "\\*")));
            }
            general(typed.why.as_deref(), &mut text);
        }
    }
    Some(text)
}

fn choice(choice: &Choice, n_keys: usize, text: &mut String) {
    let is_odd = choice.text.starts_with('%');
    let weight = match (choice.is_key, n_keys) {
        (true, 1) => {
            if is_odd {
                "=%100%".to_owned()
            } else {
                "=".to_owned()
            }
        }
        (true, n_keys) => format!("~%{:.5}%", 100.0 / f64::from(u32::try_from(n_keys).unwrap_or(1))),
        (false, 1) => {
            if is_odd {
                "~%0%".to_owned()
            } else {
                "~".to_owned()
            }
        }
        (false, _) => "~%-100%".to_owned(),
    };
    let why = choice.why.as_deref().map_or(String::new(), |why| format!("#{}", signed(why)));
    say(text, format_args!("{weight}{}{why}\n", signed(&choice.text)));
}

fn general(why: Option<&str>, text: &mut String) {
    if let Some(why) = why {
        say(text, format_args!("####{}\n", signed(why)));
    }
}
