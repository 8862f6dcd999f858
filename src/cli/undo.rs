//! `cutscore undo` and `cutscore redo`.

use serde_json::json;

use crate::app::{NOTHING_TO_REDO, NOTHING_TO_UNDO, Undoable, UndoableKind};
use crate::base::ItemId;
use crate::cli::args::DeckArgs;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output::{write_json, write_out};
use crate::render::SCHEMA;

/// Takes back the newest of what was done today.
pub(in crate::cli) fn undo(context: &mut Context, args: &DeckArgs) -> Result<(), CliError> {
    let deck = context.open_deck(args.deck.as_deref())?;
    let undone = context.app.undo(&deck.outline.id)?;
    if context.json {
        return write_json(&json!({"schema": SCHEMA, "undone": item(undone.as_ref()), "what": what(undone.as_ref())}));
    }
    write_out(&format!("{}\n", undone.map_or(NOTHING_TO_UNDO.to_owned(), |own| own.said_undone())))
}

/// Brings back what was taken back last.
pub(in crate::cli) fn redo(context: &mut Context, args: &DeckArgs) -> Result<(), CliError> {
    let deck = context.open_deck(args.deck.as_deref())?;
    let redone = context.app.redo(&deck.outline.id)?;
    if context.json {
        return write_json(&json!({"schema": SCHEMA, "redone": item(redone.as_ref()), "what": what(redone.as_ref())}));
    }
    write_out(&format!("{}\n", redone.map_or(NOTHING_TO_REDO.to_owned(), |own| own.said_redone())))
}

fn item(change: Option<&Undoable>) -> Option<&str> {
    change.and_then(|own| own.item.as_ref()).map(ItemId::as_str)
}

fn what(change: Option<&Undoable>) -> Option<&'static str> {
    change.map(|own| match own.kind {
        UndoableKind::RightAnswer | UndoableKind::WrongAnswer => "answer",
        UndoableKind::Sending => "sending",
        UndoableKind::Suspension => "suspension",
        UndoableKind::Unsuspension => "unsuspension",
        UndoableKind::Burial => "burial",
        UndoableKind::Note => "note",
        UndoableKind::Result => "result",
        UndoableKind::ResultRemoval => "result_removal",
    })
}
