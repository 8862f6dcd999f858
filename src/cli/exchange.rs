//! `cutscore deck import` and `cutscore deck export`.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::app::{Clock, HistoryTaken, SystemClock};
use crate::cli::args::Common;
use crate::cli::check::sources_of;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::exchange_args::{ExchangeCommand, ExportArgs, ImportArgs};
use crate::cli::output::{Existing, path_word, shown, write_files, write_json, write_out};
use crate::cli::progress_line::ProgressLine;
use crate::deck::Deck;
use crate::exchange::{History, ImportFormat, Imported, Remark, deck_files, export_deck, import_deck, recognise};
use crate::format::{MAIN_FILE, MAX_FILE_BYTES, usable_deck};
use crate::render::{SCHEMA, plural, wrapped};

/// Most bytes of a file that is read: a large collection with its pictures.
const MAX_FILE: u64 = 2 << 30;

/// Obeys a command about decks from or for other programs.
pub(in crate::cli) fn run(common: &Common, command: &ExchangeCommand) -> Result<(), CliError> {
    match command {
        ExchangeCommand::Import(args) => import(common, args),
        ExchangeCommand::Export(args) => export(common, args),
    }
}

/// Reads another program's file, and writes a deck unless that is only tried.
///
/// What was learnt of the items goes into the learner's history; only then is there a need for it.
fn import(common: &Common, args: &ImportArgs) -> Result<(), CliError> {
    let bytes = read(&args.file)?;
    let format = match args.format {
        Some(format) => format.into(),
        None => recognise(&bytes)?,
    };
    let name = args.file.file_stem().map_or("bank".into(), |stem| stem.to_string_lossy());
    let mut line = ProgressLine::new();
    let imported =
        import_deck(&name, &bytes, Some(format), &mut |n_items| line.show(|| format!("reading: {n_items} items")))?;
    drop(line);
    drop(bytes);
    let mut out = args.out.clone().unwrap_or_else(|| PathBuf::from(format!("{name}.yaml")));
    let is_empty = imported.deck.items.is_empty();
    let is_written = !args.dry_run && !is_empty;
    if is_written {
        out = write_deck(&imported.deck, out, args.force)?;
    }
    let out = is_written.then_some(out);
    let has_history = imported.history != History::default();
    let taken = match &out {
        Some(out) if has_history && !args.no_history => {
            let mut context = Context::new(common)?;
            let deck = context.open_deck(Some(&out.to_string_lossy()))?.outline.id;
            Some(context.app.take_history(&deck, &imported.deck.items, &imported.history)?)
        }
        Some(_) | None => None,
    };
    if common.json {
        write_json(&report_json(&imported, format, out.as_deref(), taken))?;
    } else {
        write_out(&report_text(&imported, format, &args.file, out.as_deref(), taken))?;
    }
    if is_empty { Err(CliError::NothingImported) } else { Ok(()) }
}

/// Writes a deck to a file, or to a folder of its name if it is too large for one file; returns where it is.
fn write_deck(deck: &Deck, out: PathBuf, is_forced: bool) -> Result<PathBuf, CliError> {
    write_deck_in_parts(deck, out, MAX_FILE_BYTES, is_forced)
}

fn write_deck_in_parts(deck: &Deck, out: PathBuf, most_bytes: usize, is_forced: bool) -> Result<PathBuf, CliError> {
    let texts = deck_files(deck, most_bytes);
    let existing = if is_forced { Existing::Replace } else { Existing::Keep };
    if texts.len() == 1 {
        let files: Vec<(PathBuf, String)> = texts.into_iter().map(|text| (out.clone(), text)).collect();
        write_files(&files, existing)?;
        return Ok(out);
    }
    // What a folder holds beside would become part of the deck.
    let folder = out.with_extension("");
    fs::create_dir(&folder).map_err(|source| CliError::Unwritable { path: shown(&folder), source })?;
    let name = |idx: usize| if idx == 0 { MAIN_FILE.to_owned() } else { format!("part-{:03}.yaml", idx + 1) };
    let files: Vec<(PathBuf, String)> =
        texts.into_iter().enumerate().map(|(idx, text)| (folder.join(name(idx)), text)).collect();
    write_files(&files, existing)?;
    Ok(folder)
}

/// Writes a deck for another program.
fn export(common: &Common, args: &ExportArgs) -> Result<(), CliError> {
    let sources = sources_of(common, &args.deck)?;
    let deck = match usable_deck(&sources) {
        Ok(deck) => deck,
        Err(findings) => return Err(crate::app::AppError::BadDeck { findings, sources }.into()),
    };
    let at_secs = SystemClock.reading().wall.timestamp();
    let exported = export_deck(&deck, args.format.into(), at_secs)?;
    let existing = if args.force { Existing::Replace } else { Existing::Keep };
    write_files(&[(args.out.clone(), exported.bytes)], existing)?;
    if common.json {
        let lost = |remark: &Remark| json!({"item": remark.origin.entry, "reason": remark.reason});
        return write_json(&json!({
            "schema": SCHEMA,
            "items": exported.n_items,
            "out": args.out.to_string_lossy(),
            "lost": exported.lost.iter().map(lost).collect::<Vec<_>>(),
        }));
    }
    let mut text = format!("{} to {}\n", plural(exported.n_items, "item", "items"), shown(&args.out));
    text.push_str(&losses_text(&exported.lost));
    write_out(&text)
}

/// Items named beside a reason; the rest is counted.
const N_NAMED: usize = 3;

/// Lists what a format cannot hold, each reason once with the items that it touches; nothing if it holds everything.
fn losses_text(lost: &[Remark]) -> String {
    let mut by_reason: Vec<(&str, Vec<&str>)> = Vec::new();
    for Remark { reason, origin, .. } in lost {
        match by_reason.iter_mut().find(|(own, _)| own == reason) {
            Some((_, items)) => items.push(&origin.entry),
            None => by_reason.push((reason, vec![&origin.entry])),
        }
    }
    let mut text = String::new();
    for (reason, items) in by_reason {
        let mut names = items[..items.len().min(N_NAMED)].join(", ");
        if items.len() > N_NAMED {
            names.push_str(&format!(" and {} more", items.len() - N_NAMED));
        }
        text.push_str(&format!("\n{}\n{}\n", lines(reason, "  "), lines(&names, "      ")));
    }
    text
}

fn lines(text: &str, indent: &str) -> String {
    wrapped(text, indent, indent).join("\n")
}

fn read(path: &Path) -> Result<Vec<u8>, CliError> {
    let unreadable = |error: io::Error| match error.kind() {
        io::ErrorKind::NotFound => CliError::NotFound(format!("there is no file at {}", shown(path))),
        _ => CliError::Io(error),
    };
    let metadata = path.metadata().map_err(unreadable)?;
    if !metadata.is_file() {
        return Err(CliError::Usage(format!("{} is not a file", shown(path))));
    }
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(MAX_FILE).read_to_end(&mut bytes).map_err(unreadable)?;
    Ok(bytes)
}

fn format_word(format: ImportFormat) -> &'static str {
    match format {
        ImportFormat::Gift => "GIFT",
        ImportFormat::Aiken => "Aiken",
        ImportFormat::Csv => "a table",
        ImportFormat::Markdown => "Markdown",
        ImportFormat::MoodleXml => "Moodle XML",
        ImportFormat::Qti => "QTI",
        ImportFormat::Anki => "Anki",
    }
}

fn report_text(
    imported: &Imported,
    format: ImportFormat,
    file: &Path,
    out: Option<&Path>,
    taken: Option<HistoryTaken>,
) -> String {
    let n_items = plural(imported.deck.items.len(), "item", "items");
    let mut text = format!("{n_items} in {}, read as {}.\n", shown(file), format_word(format));
    let file = file.to_string_lossy();
    let skipped = plural(imported.skipped.len(), "item is skipped:", "items are skipped:");
    text.push_str(&remarks_text(&file, &skipped, &imported.skipped));
    let notices = plural(imported.notices.len(), "change:", "changes:");
    text.push_str(&remarks_text(&file, &notices, &imported.notices));
    let Some(out) = out else { return text + "\nNothing is written.\n" };
    text.push_str(&format!("\nThe deck is in {}", shown(out)));
    if let Some(HistoryTaken { n_reviews, n_cards, n_known }) = taken {
        let (reviews, cards) = (plural(n_reviews, "review", "reviews"), plural(n_cards, "card", "cards"));
        text.push_str(&format!(", your history of it here: {reviews}, {cards}"));
        if n_known > 0 {
            text.push_str(&format!(", {n_known} known already"));
        }
    }
    let named = path_word(out);
    text.push_str(&format!("\n\n  cutscore deck check {named}\n  cutscore drill {named}\n"));
    text
}

/// Lists remarks with their places and reasons, each on lines of its own; nothing if there are none.
fn remarks_text(file: &str, heading: &str, remarks: &[Remark]) -> String {
    if remarks.is_empty() {
        return String::new();
    }
    let mut text = format!("\n{heading}\n");
    for remark in remarks {
        let origin = remark.origin.to_string();
        let place = if origin.is_empty() { file.to_owned() } else { format!("{file}:{origin}") };
        let head = if remark.what.is_empty() { place } else { format!("{place}: {}", remark.what) };
        text.push_str(&format!("{}\n{}\n", lines(&head, "  "), lines(&remark.reason, "      ")));
    }
    text
}

fn report_json(imported: &Imported, format: ImportFormat, out: Option<&Path>, taken: Option<HistoryTaken>) -> Value {
    let history =
        |taken: HistoryTaken| json!({"reviews": taken.n_reviews, "cards": taken.n_cards, "known": taken.n_known});
    let remark = |remark: &Remark| {
        json!({
            "entry": remark.origin.entry, "line": remark.origin.line, "what": remark.what, "reason": remark.reason,
        })
    };
    json!({
        "schema": SCHEMA,
        "format": format_word(format),
        "items": imported.deck.items.len(),
        "out": out.map(|out| out.to_string_lossy()),
        "history": taken.map(history),
        "skipped": imported.skipped.iter().map(remark).collect::<Vec<_>>(),
        "notes": imported.notices.iter().map(remark).collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::load_sources;

    #[test]
    fn a_deck_too_large_for_one_file_is_written_to_a_folder_of_its_own() {
        let home = tempfile::tempdir().expect("a directory");
        let gift = b"Which port does SSH use? {=22 ~80 ~443}\n\nWhich port does DNS use? {=53 ~80 ~443}\n";
        let deck = import_deck("ports", gift, None, &mut |_| {}).expect("imports").deck;
        let at = |name: &str| home.path().join(name);
        let again = |path: &Path| usable_deck(&load_sources(path).expect("loads")).expect("a deck");
        let whole = write_deck(&deck, at("ports.yaml"), false).expect("writes");
        assert_eq!((whole.as_path(), again(&whole)), (at("ports.yaml").as_path(), deck.clone()));
        let folder = write_deck_in_parts(&deck, at("ports.yaml"), 1, false).expect("writes");
        assert_eq!((folder.as_path(), again(&folder)), (at("ports").as_path(), deck.clone()));
        assert!(folder.join("part-002.yaml").exists());
        let refused = write_deck_in_parts(&deck, at("ports.yaml"), 1, true);
        assert!(matches!(refused, Err(CliError::Unwritable { .. })), "{refused:?}");
    }
}
