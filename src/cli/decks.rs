//! `cutscore deck`.

use serde_json::{Value, json};

use crate::app::{Clash, IndexedItem, Keeping, OpenDeck};
use crate::base::{ItemId, SafeText};
use crate::cli::args::DeckCommand;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output::{write_json, write_out};
use crate::cli::{deck_edit, deck_library, deck_search};
use crate::deck::{Ask, Blueprint, Choice, CreditRule, Domain, Doubt, ItemBody, Outline, Question, Slot};
use crate::render::{SCHEMA, minimum_words, passing_words, plural, range_words, type_name, weight_words};

/// Runs a command about decks.
pub(in crate::cli) fn run(context: &mut Context, command: &DeckCommand) -> Result<(), CliError> {
    match command {
        DeckCommand::List => deck_library::list(context),
        DeckCommand::Add { path, copy, replace } => {
            let keeping = if *copy { Keeping::Copy } else { Keeping::Reference };
            deck_library::add(context, path, keeping, if *replace { Clash::Replace } else { Clash::Refuse })
        }
        DeckCommand::Remove { deck } => deck_library::remove(context, deck),
        DeckCommand::Edit { deck, item } => deck_edit::run(context, deck.as_deref(), item),
        DeckCommand::Search(args) => deck_search::run(context, args),
        // These need no context, and were done before there was one.
        DeckCommand::New(_)
        | DeckCommand::Check(_)
        | DeckCommand::Ids { .. }
        | DeckCommand::Stats { .. }
        | DeckCommand::Schema
        | DeckCommand::Exchange(_)
        | DeckCommand::Rules { .. } => Ok(()),
        DeckCommand::Show { deck, item } => show(context, deck.deck.as_deref(), item.as_deref()),
        DeckCommand::Doubt { deck, item, withdraw: true, .. } => withdraw(context, deck.deck.as_deref(), item),
        DeckCommand::Doubt { deck, item, reason, withdraw: false } => {
            doubt(context, deck.deck.as_deref(), item, reason.as_deref().unwrap_or(""))
        }
    }
}

fn show(context: &mut Context, deck: Option<&str>, item: Option<&str>) -> Result<(), CliError> {
    let deck = context.open_deck(deck)?;
    let doubts = context.app.doubts()?.remove(&deck.outline.id).unwrap_or_default();
    if let Some(id) = item {
        let found = context.item_of(&deck, id)?;
        if context.app.is_asked_now(&deck.outline.id, &found.facts.id)? {
            let id = &found.facts.id;
            let message =
                format!("the item `{id}` stands in an exam that is open; its key is shown once that has ended");
            return Err(CliError::NotFound(message));
        }
        let body = context.app.text_of(&found)?;
        return show_item(context, id, &body, doubts.get(&found.facts.id));
    }
    let items = context.app.items_of(&deck)?;
    let doubtful: Vec<(&ItemId, &Doubt)> =
        items.iter().filter_map(|item| Some((&item.facts.id, doubts.get(&item.facts.id)?))).collect();
    if context.json {
        return write_json(&outline_json(context, &deck, &items, &doubtful)?);
    }
    let mut text = outline_text(&deck.outline, &items);
    if !doubtful.is_empty() {
        text.push_str(&format!("\n{} as doubtful\n", plural(doubtful.len(), "item is reported", "items are reported")));
        text.extend(doubtful.iter().map(|(id, doubt)| format!("  {id}: {}\n", doubt_words(doubt))));
    }
    write_out(&text)
}

/// Reports an item as doubtful.
fn doubt(context: &mut Context, deck: Option<&str>, item: &str, reason: &str) -> Result<(), CliError> {
    let deck = context.open_deck(deck)?;
    let item = context.item_of(&deck, item)?.facts.id;
    context.app.doubt(&deck.outline.id, &item, reason)?;
    if context.json {
        return write_json(&json!({"schema": SCHEMA, "doubtful": item.as_str()}));
    }
    write_out(&format!("`{item}` is reported as doubtful. `cutscore deck check` names it; --withdraw takes it back.\n"))
}

/// Withdraws the report of an item as doubtful. The item itself may be gone from the deck.
fn withdraw(context: &mut Context, deck: Option<&str>, item: &str) -> Result<(), CliError> {
    let deck = context.open_deck(deck)?.outline.id;
    let shown = SafeText::one_line(item);
    let was_doubtful = match ItemId::new(item) {
        Ok(id) => context.app.withdraw_doubt(&deck, &id)?,
        Err(_) => false,
    };
    if !was_doubtful {
        return Err(CliError::NotFound(format!("the item `{shown}` is not reported as doubtful")));
    }
    if context.json {
        return write_json(&json!({"schema": SCHEMA, "withdrawn": item}));
    }
    write_out(&format!("The report of `{shown}` as doubtful is withdrawn.\n"))
}

/// Writes `since 2027-02-01: the key is wrong`.
fn doubt_words(doubt: &Doubt) -> String {
    let colon = if doubt.reason.is_empty() { "" } else { ": " };
    format!("since {}{colon}{}", doubt.since, SafeText::one_line(&doubt.reason))
}

fn doubt_json(doubt: &Doubt) -> Value {
    json!({"since": doubt.since.to_string(), "reason": doubt.reason})
}

/// Exam items and flashcards of a domain.
fn n_items(items: &[IndexedItem], domain_idx: usize) -> (usize, usize) {
    let own = items.iter().filter(|item| item.facts.domain_idx == domain_idx);
    let n_exam = own.clone().filter(|item| item.facts.kind.is_exam_item()).count();
    (n_exam, own.count() - n_exam)
}

fn outline_json(
    context: &Context,
    deck: &OpenDeck,
    items: &[IndexedItem],
    doubtful: &[(&ItemId, &Doubt)],
) -> Result<Value, CliError> {
    let outline = &deck.outline;
    let domain = |(idx, domain): (usize, &Domain)| {
        let (n_exam, n_flash) = n_items(items, idx);
        json!({
            "id": domain.id.as_str(),
            "title": domain.title,
            "weight": domain.weight.middle(),
            "weight_range": domain.weight.is_range().then(|| [domain.weight.low(), domain.weight.high()]),
            "exam_items": n_exam,
            "flashcards": n_flash,
            "tasks": domain.tasks.iter().map(|task| task.id.as_str()).collect::<Vec<_>>(),
        })
    };
    Ok(json!({
        "schema": SCHEMA,
        "id": outline.id.as_str(),
        "title": outline.title,
        "guide_as_of": outline.guide.as_ref().and_then(|guide| guide.as_of).map(|date| date.to_string()),
        "domains": outline.domains.iter().enumerate().map(domain).collect::<Vec<_>>(),
        "forms": outline.forms.keys().collect::<Vec<_>>(),
        "disjoint_forms": context.app.reserve_of(deck)?.n_forms,
        "doubtful": doubtful.iter().map(|(id, doubt)| {
            json!({"item": id.as_str(), "since": doubt.since.to_string(), "reason": doubt.reason})
        }).collect::<Vec<_>>(),
    }))
}

fn outline_text(outline: &Outline, items: &[IndexedItem]) -> String {
    let mut text = format!("{}\n", SafeText::one_line(&outline.title));
    if let Some(exam) = &outline.exam {
        text.push_str(&exam_text(exam, &outline.domains));
    }
    for (idx, domain) in outline.domains.iter().enumerate() {
        let (n_exam, n_flash) = n_items(items, idx);
        let (questions, flashcards) =
            (plural(n_exam, "question", "questions"), plural(n_flash, "flashcard", "flashcards"));
        text.push_str(&format!(
            "\n{} ({}), weight {}\n",
            SafeText::one_line(&domain.title),
            domain.id,
            weight_words(domain.weight)
        ));
        text.push_str(&format!("  {questions}, {flashcards}\n"));
        for task in &domain.tasks {
            text.push_str(&format!("  {} {}\n", task.id, SafeText::one_line(&task.title)));
        }
    }
    text
}

fn exam_text(exam: &Blueprint, domains: &[Domain]) -> String {
    let scale = exam.announced_scale();
    let (range, passing) = (range_words(scale), passing_words(scale, exam.decision.total()));
    let minutes = exam.minutes.map_or("no clock".to_owned(), |minutes| format!("{minutes} minutes"));
    let (n_scored, n_unscored) = (exam.n_scored, exam.n_unscored);
    let mut text =
        format!("Exam: {n_scored} scored and {n_unscored} unscored questions, {minutes}, {range}, {passing}.\n");
    if let Some(minimums) = minimum_words(exam, domains) {
        text.push_str(&format!("It takes {minimums}.\n"));
    }
    match exam.credit {
        CreditRule::AllOrNothing => {}
        CreditRule::PerChoice => {
            text.push_str("Questions of several parts give a part of their point for each.\n");
        }
    }
    if let Some(retake) = &exam.retake {
        let fee = retake.fee.as_deref().map(|fee| format!(", {}", SafeText::one_line(fee))).unwrap_or_default();
        let days = plural(usize::try_from(retake.wait_days).unwrap_or(usize::MAX), "day", "days");
        text.push_str(&format!("Retake after {days}{fee}.\n"));
    }
    text
}

fn show_item(context: &Context, id: &str, body: &ItemBody, doubt: Option<&Doubt>) -> Result<(), CliError> {
    if context.json {
        return write_json(&item_json(id, body, doubt));
    }
    let mut text = format!("{}\n", SafeText::new(body.prompt().trim_end()));
    match body {
        ItemBody::Question(question) => text.push_str(&ask_text(&question.ask)),
        ItemBody::Flashcard(_) | ItemBody::Cloze(_) => {
            text.push_str(&format!("{}\n", SafeText::new(body.recalled().unwrap_or_default().trim_end())));
        }
    }
    for link in body.refs() {
        text.push_str(&format!("See {}\n", SafeText::one_line(link)));
    }
    if let Some(doubt) = doubt {
        text.push_str(&format!("Reported as doubtful {}\n", doubt_words(doubt)));
    }
    write_out(&text)
}

fn item_json(id: &str, body: &ItemBody, doubt: Option<&Doubt>) -> Value {
    let mut value = json!({"schema": SCHEMA, "id": id, "doubtful": doubt.map(doubt_json), "refs": body.refs()});
    let fields = match body {
        ItemBody::Question(question) => question_json(question),
        ItemBody::Flashcard(card) => json!({"type": "flashcard", "front": card.front, "back": card.back}),
        ItemBody::Cloze(cloze) => json!({"type": "cloze", "cloze": cloze.text}),
    };
    extend(&mut value, fields);
    value
}

fn question_json(question: &Question) -> Value {
    let mut value = json!({"type": type_name(question), "stem": question.stem});
    let fields = match &question.ask {
        Ask::Choices { choices, .. } => {
            let choice = |choice: &Choice| json!({"text": choice.text, "correct": choice.is_key, "why": choice.why});
            json!({"choices": choices.iter().map(choice).collect::<Vec<_>>()})
        }
        Ask::Arrangement(arrangement) => {
            let slot = |slot: &Slot| json!({"left": slot.label, "right": slot.key, "why": slot.why});
            json!({
                "slots": arrangement.slots.iter().map(slot).collect::<Vec<_>>(),
                "wrong": arrangement.extra, "why": arrangement.why,
            })
        }
        Ask::Typed(typed) => json!({"accept": typed.accept, "answer": typed.shown, "why": typed.why}),
    };
    extend(&mut value, fields);
    value
}

fn extend(value: &mut Value, fields: Value) {
    if let (Value::Object(value), Value::Object(fields)) = (value, fields) {
        value.extend(fields);
    }
}

fn ask_text(ask: &Ask) -> String {
    let why = |text: &Option<String>| text.as_ref().map(|why| format!("  {}\n", SafeText::one_line(why)));
    let mut text = String::new();
    match ask {
        Ask::Choices { choices, .. } => {
            for choice in choices {
                let place = if choice.is_key { "right" } else { "wrong" };
                text.push_str(&format!("- {} [{place}]\n", SafeText::one_line(&choice.text)));
                text.extend(why(&choice.why));
            }
        }
        Ask::Arrangement(arrangement) => {
            for (idx, slot) in arrangement.slots.iter().enumerate() {
                let label = slot.label.as_ref().map(|label| format!("{}: ", SafeText::one_line(label)));
                let label = label.unwrap_or_default();
                text.push_str(&format!("{}. {label}{}\n", idx + 1, SafeText::one_line(&slot.key)));
                text.extend(why(&slot.why));
            }
            text.extend(arrangement.extra.iter().map(|extra| format!("- {} [wrong]\n", SafeText::one_line(extra))));
            text.extend(why(&arrangement.why));
        }
        Ask::Typed(typed) => {
            text.push_str(&format!("= {}\n", SafeText::one_line(typed.shown())));
            text.extend(typed.accept.iter().map(|accepted| format!("- {} [right]\n", SafeText::one_line(accepted))));
            text.extend(why(&typed.why));
        }
    }
    text
}
