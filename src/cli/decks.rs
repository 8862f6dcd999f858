//! `cutscore deck`.

use std::path::Path;

use serde_json::{Value, json};

use crate::app::{IndexedItem, OpenDeck};
use crate::base::SafeText;
use crate::cli::args::DeckCommand;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output::{write_json, write_out};
use crate::deck::{Blueprint, Domain, ItemBody, Outline};
use crate::format::{Colour, Reading, SourceFile, embedded_deck, load_sources, read_deck, render_findings};
use crate::render::{SCHEMA, plural};

/// Runs a command about decks.
pub(in crate::cli) fn run(context: &mut Context, command: &DeckCommand) -> Result<(), CliError> {
    match command {
        DeckCommand::List => list(context),
        DeckCommand::Check { deck } => check(context, deck),
        DeckCommand::Show { deck, item } => show(context, deck.deck.as_deref(), item.as_deref()),
    }
}

fn list(context: &mut Context) -> Result<(), CliError> {
    let listings = context.app.list_decks()?;
    if context.json {
        let decks: Vec<_> = listings
            .iter()
            .map(|listing| json!({"id": listing.id.as_str(), "title": listing.title, "path": listing.path}))
            .collect();
        return write_json(&json!({"schema": SCHEMA, "decks": decks}));
    }
    let mut text = String::new();
    for listing in &listings {
        let title = SafeText::one_line(listing.title.as_deref().unwrap_or("(cannot be read)"));
        let place = listing.path.as_ref().map_or("comes with the program".to_owned(), |path| {
            SafeText::one_line(&path.to_string_lossy()).to_string()
        });
        text.push_str(&format!("{}\n    {title}\n    {place}\n", listing.id));
    }
    write_out(&text)
}

fn check(context: &mut Context, deck: &str) -> Result<(), CliError> {
    let sources = sources(context, deck)?;
    let Reading { findings, counts, .. } = read_deck(&sources);
    if context.json {
        write_json(&json!({
            "schema": SCHEMA,
            "errors": counts.n_errors,
            "warnings": counts.n_warnings,
            "advice": counts.n_advice,
            "findings": findings,
        }))?;
    } else {
        let colour = if context.use_color { Colour::Always } else { Colour::Never };
        let mut text = render_findings(&findings, &sources, colour);
        let n_hidden = counts.n_errors + counts.n_warnings + counts.n_advice - findings.len();
        if n_hidden > 0 {
            text.push_str(&format!("{} not shown.\n", plural(n_hidden, "more finding is", "more findings are")));
        }
        text.push_str(&format!(
            "{}, {}, {} of advice.\n",
            plural(counts.n_errors, "error", "errors"),
            plural(counts.n_warnings, "warning", "warnings"),
            plural(counts.n_advice, "piece", "pieces"),
        ));
        write_out(&text)?;
    }
    if counts.n_errors > 0 { Err(CliError::BadDeck) } else { Ok(()) }
}

/// A path is read as it stands; an id is that of the embedded deck or of one that was opened before.
fn sources(context: &mut Context, deck: &str) -> Result<Vec<SourceFile>, CliError> {
    if Path::new(deck).exists() || deck.contains('/') {
        return Ok(load_sources(Path::new(deck)).map_err(crate::app::AppError::from)?);
    }
    let listings = context.app.list_decks()?;
    let listing = listings.into_iter().find(|listing| listing.id.as_str() == deck);
    match listing.map(|listing| listing.path) {
        Some(None) => Ok(embedded_deck()),
        Some(Some(path)) => Ok(load_sources(&path).map_err(crate::app::AppError::from)?),
        None => Err(CliError::NotFound(format!("there is no deck `{}`", SafeText::one_line(deck)))),
    }
}

fn show(context: &mut Context, deck: Option<&str>, item: Option<&str>) -> Result<(), CliError> {
    let deck = context.open_deck(deck)?;
    let items = context.app.items_of(&deck)?;
    if let Some(id) = item {
        let found = items.iter().find(|item| item.facts.id.as_str() == id);
        let unknown = || CliError::NotFound(format!("the deck has no item `{}`", SafeText::one_line(id)));
        let body = context.app.text_of(found.ok_or_else(unknown)?)?;
        return show_item(context, id, &body);
    }
    if context.json {
        return write_json(&outline_json(context, &deck, &items)?);
    }
    write_out(&outline_text(&deck.outline, &items))
}

/// Exam items and flashcards of a domain.
fn n_items(items: &[IndexedItem], domain_idx: usize) -> (usize, usize) {
    let own = items.iter().filter(|item| item.facts.domain_idx == domain_idx);
    let n_exam = own.clone().filter(|item| item.facts.kind.is_exam_item()).count();
    (n_exam, own.count() - n_exam)
}

fn outline_json(context: &Context, deck: &OpenDeck, items: &[IndexedItem]) -> Result<Value, CliError> {
    let outline = &deck.outline;
    let domain = |(idx, domain): (usize, &Domain)| {
        let (n_exam, n_flash) = n_items(items, idx);
        json!({
            "id": domain.id.as_str(),
            "title": domain.title,
            "weight": domain.weight,
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
    }))
}

fn outline_text(outline: &Outline, items: &[IndexedItem]) -> String {
    let mut text = format!("{}\n", SafeText::one_line(&outline.title));
    if let Some(exam) = &outline.exam {
        text.push_str(&exam_text(exam));
    }
    for (idx, domain) in outline.domains.iter().enumerate() {
        let (n_exam, n_flash) = n_items(items, idx);
        let (questions, flashcards) =
            (plural(n_exam, "question", "questions"), plural(n_flash, "flashcard", "flashcards"));
        text.push_str(&format!("\n{} ({}), weight {}\n", SafeText::one_line(&domain.title), domain.id, domain.weight));
        text.push_str(&format!("  {questions}, {flashcards}\n"));
        for task in &domain.tasks {
            text.push_str(&format!("  {} {}\n", task.id, SafeText::one_line(&task.title)));
        }
    }
    text
}

fn exam_text(exam: &Blueprint) -> String {
    let (min, cut, max) = (exam.scale.min(), exam.scale.cut(), exam.scale.max());
    let minutes = exam.minutes.map_or("no clock".to_owned(), |minutes| format!("{minutes} minutes"));
    let (n_scored, n_unscored) = (exam.n_scored, exam.n_unscored);
    let mut text = format!(
        "Exam: {n_scored} scored and {n_unscored} unscored questions, {minutes}, {min} to {max}, {cut} passes.\n"
    );
    if let Some(retake) = &exam.retake {
        let fee = retake.fee.as_deref().map(|fee| format!(", {}", SafeText::one_line(fee))).unwrap_or_default();
        let days = plural(usize::try_from(retake.wait_days).unwrap_or(usize::MAX), "day", "days");
        text.push_str(&format!("Retake after {days}{fee}.\n"));
    }
    text
}

fn show_item(context: &Context, id: &str, body: &ItemBody) -> Result<(), CliError> {
    if context.json {
        let value = match body {
            ItemBody::Question(question) => json!({
                "schema": SCHEMA, "id": id, "stem": question.stem, "refs": question.refs,
                "choices": question.choices.iter().map(|choice| {
                    json!({"text": choice.text, "correct": choice.is_key, "why": choice.why})
                }).collect::<Vec<_>>(),
            }),
            ItemBody::Flashcard(card) => {
                json!({"schema": SCHEMA, "id": id, "front": card.front, "back": card.back, "refs": card.refs})
            }
        };
        return write_json(&value);
    }
    let mut text = format!("{}\n", SafeText::new(body.prompt().trim_end()));
    match body {
        ItemBody::Question(question) => {
            for choice in &question.choices {
                let place = if choice.is_key { "right" } else { "wrong" };
                text.push_str(&format!("- {} [{place}]\n", SafeText::one_line(&choice.text)));
                if let Some(why) = &choice.why {
                    text.push_str(&format!("  {}\n", SafeText::one_line(why)));
                }
            }
        }
        ItemBody::Flashcard(card) => text.push_str(&format!("{}\n", SafeText::new(card.back.trim_end()))),
    }
    for link in body.refs() {
        text.push_str(&format!("See {}\n", SafeText::one_line(link)));
    }
    write_out(&text)
}
