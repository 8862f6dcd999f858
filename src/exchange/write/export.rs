//! One way out for all formats.

use crate::base::SafeText;
use crate::deck::{Deck, Item};
use crate::exchange::format::ExportFormat;
use crate::exchange::imported::{Origin, Remark, first_words};
use crate::exchange::write::{gift, json, markdown, qti, table};
use crate::exchange::{anki, deck_yaml};

/// A deck in another format.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// The file.
    pub bytes: Vec<u8>,
    /// Items in it.
    pub n_items: usize,
    /// Items, and parts of items, that the format cannot hold.
    pub lost: Vec<Remark>,
}

/// Why a deck could not be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the deck cannot be written: {}", SafeText::one_line(what))]
pub struct ExportError {
    /// What failed.
    pub what: String,
}

impl ExportError {
    pub(in crate::exchange) fn new(error: impl std::fmt::Display) -> ExportError {
        ExportError { what: error.to_string() }
    }
}

/// Gathers what a format cannot hold.
#[derive(Debug, Default)]
pub(in crate::exchange) struct Lost {
    remarks: Vec<Remark>,
    n_left_out: usize,
}

impl Lost {
    /// The item does not go out at all.
    pub(in crate::exchange) fn leave_out(&mut self, item: &Item, reason: &str) {
        self.say(item, &format!("{reason}; it is left out"));
        self.n_left_out += 1;
    }

    /// A part of the item does not go out.
    pub(in crate::exchange) fn say(&mut self, item: &Item, reason: &str) {
        let origin = Origin { entry: item.facts.id.to_string(), line: 0 };
        self.remarks.push(Remark { origin, what: first_words(&item.body.prompt()), reason: reason.to_owned() });
    }
}

/// Writes a deck. `at_secs` is the time that formats with a date of change are given, in seconds since 1970-01-01 UTC.
///
/// # Errors
/// [`ExportError`] if a package cannot be put together.
pub fn export_deck(deck: &Deck, format: ExportFormat, at_secs: i64) -> Result<Exported, ExportError> {
    let mut lost = Lost::default();
    let bytes = match format {
        ExportFormat::Yaml => deck_yaml(deck).into_bytes(),
        ExportFormat::Json => json::write(deck)?,
        ExportFormat::Gift => gift::write(deck, &mut lost).into_bytes(),
        ExportFormat::Csv => table::write(deck)?,
        ExportFormat::Markdown => markdown::write(deck, &mut lost).into_bytes(),
        ExportFormat::Qti => qti::write(deck, &mut lost)?,
        ExportFormat::Apkg => anki::write(deck, at_secs, &mut lost)?,
    };
    let n_items = deck.items.len() - lost.n_left_out;
    Ok(Exported { bytes, n_items, lost: lost.remarks })
}

/// Returns the items in use; the others are named as lost.
pub(in crate::exchange) fn live_items<'d>(deck: &'d Deck, lost: &mut Lost) -> Vec<&'d Item> {
    for item in deck.items.iter().filter(|item| !item.facts.is_live()) {
        lost.leave_out(item, "the item is not in use");
    }
    deck.items.iter().filter(|item| item.facts.is_live()).collect()
}

/// Returns the domain and task of an item by their titles; nothing if the deck is not divided.
pub(in crate::exchange) fn path_of<'d>(deck: &'d Deck, item: &Item) -> Vec<&'d str> {
    let domains = &deck.outline.domains;
    if matches!(domains.as_slice(), [only] if only.id.as_str() == "all") {
        return Vec::new();
    }
    let Some(domain) = domains.get(item.facts.domain_idx) else { return Vec::new() };
    let task = domain.tasks.iter().find(|task| Some(&task.id) == item.facts.task.as_ref());
    std::iter::once(domain.title.as_str()).chain(task.map(|task| task.title.as_str())).collect()
}
