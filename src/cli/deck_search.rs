//! `cutscore deck search`.

use serde_json::{Value, json};

use crate::app::{Excerpt, FoundItem, SearchQuery};
use crate::base::{DomainId, SafeText, TaskId};
use crate::cli::context::Context;
use crate::cli::deck_args::SearchArgs;
use crate::cli::error::CliError;
use crate::cli::output::{write_json, write_out};
use crate::render::{SCHEMA, plural};

/// How matches look where there are colours.
const BOLD: &str = "\x1b[1m";
const PLAIN: &str = "\x1b[0m";

/// Finds items by words.
pub(in crate::cli) fn run(context: &mut Context, args: &SearchArgs) -> Result<(), CliError> {
    let named = |what: &str, id: &str| CliError::NotFound(format!("there is no {what} `{}`", SafeText::one_line(id)));
    let deck = match &args.deck {
        // Opened, so that what it holds now is searched.
        Some(deck) => Some(context.open_deck(Some(deck))?.outline.id),
        None => None,
    };
    let domain = args.domain.as_deref().map(|id| DomainId::new(id).map_err(|_| named("domain", id))).transpose()?;
    let task = args.task.as_deref().map(|id| TaskId::new(id).map_err(|_| named("task", id))).transpose()?;
    if args.deck.is_none() {
        // The one that comes with the program is searched even if nothing was opened yet.
        context.app.open_deck(None)?;
    }
    let query = SearchQuery {
        words: args.words.clone(),
        deck,
        domain,
        task,
        tag: args.tag.clone(),
        limit: usize::from(args.limit),
    };
    let result = context.app.search(&query)?;
    if context.json {
        let found: Vec<Value> = result.found.iter().map(found_json).collect();
        return write_json(&json!({"schema": SCHEMA, "n_found": result.n_found, "found": found}));
    }
    let mut text = String::new();
    for found in &result.found {
        text.push_str(&found_text(found, context.use_color));
    }
    let n_more = result.n_found - result.found.len();
    if result.found.is_empty() {
        text.push_str(if args.words.is_empty() { "There is no such item.\n" } else { "No item has these words.\n" });
    } else if n_more > 0 {
        text.push_str(&format!("{} found; --limit shows more.\n", plural(result.n_found, "item", "items")));
    }
    write_out(&text)
}

fn found_text(found: &FoundItem, use_color: bool) -> String {
    let mut text = format!("{} {}\n", found.deck, found.item);
    for excerpts in [&found.prompt, &found.more] {
        let line: String = excerpts.iter().map(|excerpt| excerpt_text(excerpt, use_color)).collect();
        if !line.trim().is_empty() {
            text.push_str(&format!("    {}\n", line.trim()));
        }
    }
    text.push('\n');
    text
}

/// An excerpt on one line, safe, and marked where it was searched for.
fn excerpt_text(excerpt: &Excerpt, use_color: bool) -> String {
    let text = SafeText::new(&excerpt.text.replace(['\n', '\t'], " "));
    if excerpt.is_match && use_color { format!("{BOLD}{text}{PLAIN}") } else { text.to_string() }
}

fn found_json(found: &FoundItem) -> Value {
    let pieces = |excerpts: &[Excerpt]| -> Vec<Value> {
        excerpts.iter().map(|piece| json!({"text": piece.text, "match": piece.is_match})).collect()
    };
    json!({
        "deck": found.deck.as_str(),
        "item": found.item.as_str(),
        "prompt": pieces(&found.prompt),
        "more": pieces(&found.more),
    })
}
