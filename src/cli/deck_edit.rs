//! `cutscore deck edit`.

use std::borrow::Cow;
use std::path::PathBuf;

use serde_json::json;

use crate::base::{ItemId, SafeText};
use crate::cli::context::{Context, Face};
use crate::cli::editor::open_in_editor;
use crate::cli::error::CliError;
use crate::cli::input::Lines;
use crate::cli::interrupt::Interrupts;
use crate::cli::output::{Talk, shown, write_json};
use crate::deck::Severity;
use crate::format::{Colour, Draft, DraftError, LocatedFinding, Reading, line_of_item, read_deck, render_findings};
use crate::render::{SCHEMA, plural};

/// What a person does about a text that does not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Again,
    Discard,
    Keep,
}

/// Opens an item in an editor, on a copy of its file, and puts the copy in place when the deck reads with it.
pub(in crate::cli) fn run(context: &mut Context, deck: Option<&str>, item: &str) -> Result<(), CliError> {
    let (place, mut sources) = context.deck_files(deck)?;
    let unknown = || CliError::NotFound(format!("the deck has no item `{}`", SafeText::one_line(item)));
    let id = ItemId::new(item).map_err(|_| unknown())?;
    let (file_idx, line) = line_of_item(&sources, &id).ok_or_else(unknown)?;
    let file = PathBuf::from(&sources[file_idx].name);
    let draft = Draft::beside(&file).map_err(|error| unwritable(&file, error))?;
    let talk = context.talk();
    let mut lines = Lines::default();
    let mut line = line;
    let reading = loop {
        if let Err(error) = call_editor(context, &draft, line) {
            leave(draft, talk)?;
            return Err(error);
        }
        let bytes = draft.read().map_err(crate::app::AppError::from)?;
        if bytes == draft.before() {
            return done(context, &id, false, "The file is as it was.");
        }
        sources[file_idx].bytes = Cow::Owned(bytes);
        let reading = read_deck(&sources);
        if reading.counts.n_errors == 0 {
            break reading;
        }
        let errors = of_severity(&reading, Severity::Error);
        talk.say(&render_findings(&errors, &sources, colour(context)))?;
        let n_errors = plural(reading.counts.n_errors, "error", "errors");
        talk.say_line(&format!("The deck would have {n_errors}; its file is still as it was."))?;
        let way = if context.face == Face::Pipe { None } else { ask(context, &mut lines)? };
        match way {
            Some(Way::Again) => {
                let here = errors.iter().find(|finding| finding.path == shown(&file).as_str());
                line = here.map_or(line, |finding| finding.line);
            }
            Some(Way::Discard) => return done(context, &id, false, "Discarded; the file is as it was."),
            Some(Way::Keep) => break reading,
            None => {
                leave(draft, talk)?;
                return Err(CliError::BadDeck);
            }
        }
    };
    if let Err(error) = draft.put(&sources[file_idx].bytes) {
        leave(draft, talk)?;
        return Err(unwritable(&file, error));
    }
    if reading.deck.is_none() {
        return done(context, &id, true, "Saved with its errors; the deck cannot be used until they are mended.");
    }
    let deck = context.open_deck(Some(&place.to_string_lossy()))?;
    let has_item = context.item_of(&deck, item).is_ok();
    let remarks: Vec<LocatedFinding> =
        reading.findings.iter().filter(|finding| finding.item.as_deref() == Some(id.as_str())).cloned().collect();
    talk.say(&render_findings(&remarks, &sources, colour(context)))?;
    if has_item {
        done(context, &id, true, "Saved.")
    } else {
        done(context, &id, true, "Saved. The item's id is gone from the deck; its history stays with the old id.")
    }
}

/// Opens the draft. Ctrl-C is the editor's meanwhile.
fn call_editor(context: &Context, draft: &Draft, line: u32) -> Result<(), CliError> {
    let _until_it_ends = Interrupts::watch()?;
    open_in_editor(draft.path(), line, context.face, context.talk())
        .map_err(|error| CliError::NotFound(format!("{error:#}; the deck is as it was")))
}

/// Leaves a draft where it is if anything was written, and says where that is.
fn leave(draft: Draft, talk: Talk) -> Result<(), CliError> {
    if draft.read().is_ok_and(|bytes| bytes == draft.before()) {
        return Ok(());
    }
    let path = draft.leave();
    talk.say_line(&format!("What you wrote is kept in {}", shown(&path)))
}

/// Says what came of it.
fn done(context: &Context, id: &ItemId, is_saved: bool, words: &str) -> Result<(), CliError> {
    context.talk().say_line(words)?;
    if context.json {
        return write_json(&json!({"schema": SCHEMA, "item": id.as_str(), "saved": is_saved}));
    }
    Ok(())
}

/// Asks what to do; `None` at the end of the input.
fn ask(context: &Context, lines: &mut Lines) -> Result<Option<Way>, CliError> {
    loop {
        context.talk().say("[e]dit again, [d]iscard, or [k]eep anyway? ")?;
        let Some(line) = lines.next()? else { return Ok(None) };
        match line.to_lowercase().as_str() {
            "e" | "edit" | "" => return Ok(Some(Way::Again)),
            "d" | "discard" => return Ok(Some(Way::Discard)),
            "k" | "keep" => return Ok(Some(Way::Keep)),
            _ => {}
        }
    }
}

fn of_severity(reading: &Reading, severity: Severity) -> Vec<LocatedFinding> {
    reading.findings.iter().filter(|finding| finding.severity == severity).cloned().collect()
}

fn colour(context: &Context) -> Colour {
    if context.use_color { Colour::Always } else { Colour::Never }
}

fn unwritable(file: &std::path::Path, error: DraftError) -> CliError {
    match error {
        DraftError::Load(error) => crate::app::AppError::from(error).into(),
        DraftError::Write(source) => CliError::Unwritable { path: shown(file), source },
        DraftError::ChangedMeanwhile => CliError::NotFound(format!("{}: {error}", shown(file))),
    }
}
