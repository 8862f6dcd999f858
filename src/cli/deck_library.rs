//! `cutscore deck list`, `deck add` and `deck remove`.

use std::path::Path;

use serde_json::json;

use crate::app::{Clash, FilesState, Keeping, LibraryEntry};
use crate::base::SafeText;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output::{shown, write_json, write_out};
use crate::render::{SCHEMA, plural};

/// Lists the decks that can be named by id.
pub(in crate::cli) fn list(context: &mut Context) -> Result<(), CliError> {
    let library = context.app.library()?;
    if context.json {
        let decks: Vec<_> = library
            .iter()
            .map(|entry| {
                json!({
                    "id": entry.id.as_str(),
                    "title": entry.title,
                    "path": entry.path,
                    "copied": entry.is_copy,
                    "questions": entry.n_questions,
                    "flashcards": entry.n_cards,
                    "files": match entry.state {
                        FilesState::Unchanged => "unchanged",
                        FilesState::Changed => "changed",
                        FilesState::Gone => "gone",
                        FilesState::Unreadable => "unreadable",
                    },
                })
            })
            .collect();
        return write_json(&json!({"schema": SCHEMA, "decks": decks}));
    }
    write_out(&library.iter().map(entry_text).collect::<String>())
}

fn entry_text(entry: &LibraryEntry) -> String {
    let title = SafeText::one_line(entry.title.as_deref().unwrap_or("(cannot be read)"));
    let place = match &entry.path {
        None => "comes with the program".to_owned(),
        Some(path) if entry.is_copy => format!("{} (a copy in the data directory)", shown(path)),
        Some(path) => shown(path).to_string(),
    };
    let (questions, flashcards) =
        (plural(entry.n_questions, "question", "questions"), plural(entry.n_cards, "flashcard", "flashcards"));
    let state = match entry.state {
        FilesState::Unchanged => "",
        FilesState::Changed => "; changed since it was last read",
        FilesState::Gone => "; the file is gone, `deck add` tells where it is now",
        FilesState::Unreadable => "; the file cannot be read",
    };
    format!("{}\n    {title}\n    {place}\n    {questions}, {flashcards}{state}\n", entry.id)
}

/// Adds a deck.
pub(in crate::cli) fn add(context: &mut Context, path: &Path, keeping: Keeping, clash: Clash) -> Result<(), CliError> {
    let added = context.app.add_deck(path, keeping, clash)?;
    let outline = &added.deck.outline;
    if context.json {
        return write_json(&json!({
            "schema": SCHEMA,
            "id": outline.id.as_str(),
            "title": outline.title,
            "path": added.path,
            "copied": keeping == Keeping::Copy,
            "replaced": added.replaced,
        }));
    }
    let id = &outline.id;
    let mut text = format!("Added `{id}`: {}\n    {}\n", SafeText::one_line(&outline.title), shown(&added.path));
    if let Some(replaced) = &added.replaced {
        text.push_str(&format!("It takes the place of the deck at {}\n", shown(replaced)));
    }
    text.push_str(&format!("Next: cutscore exam {id} · cutscore drill {id}\n"));
    write_out(&text)
}

/// Removes a deck.
pub(in crate::cli) fn remove(context: &mut Context, named: &str) -> Result<(), CliError> {
    let removed = context.app.remove_deck(named)?;
    if context.json {
        return write_json(&json!({
            "schema": SCHEMA, "removed": named, "path": removed.path, "copy_deleted": removed.was_copy,
        }));
    }
    let files = if removed.was_copy {
        "Its copy in the data directory is deleted.".to_owned()
    } else {
        format!("Its files stay: {}", shown(&removed.path))
    };
    let named = SafeText::one_line(named);
    write_out(&format!("Removed `{named}`. What you learned with it is kept for the day it comes back.\n{files}\n"))
}
