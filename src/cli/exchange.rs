//! `cutscore deck import` and `cutscore deck export`.

use std::fs::File;
use std::io::{self, IsTerminal, Read, Write, stderr};
use std::path::{Path, PathBuf};

use chrono::TimeDelta;
use serde_json::{Value, json};

use crate::app::{Clock, HistoryTaken, SystemClock};
use crate::base::SafeText;
use crate::cli::args::Common;
use crate::cli::check::sources_of;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::exchange_args::{ExchangeCommand, ExportArgs, ImportArgs};
use crate::cli::output::{Existing, shown, write_files, write_json, write_out};
use crate::exchange::{History, ImportFormat, Imported, Remark, deck_yaml, export_deck, import_deck, recognise};
use crate::format::{Reading, read_deck};
use crate::render::{SCHEMA, plural};

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
    let imported = import_deck(&name, &bytes, Some(format), &mut |n_items| line.show(n_items))?;
    line.clear();
    drop(bytes);
    let out = args.out.clone().unwrap_or_else(|| PathBuf::from(format!("{name}.yaml")));
    let is_empty = imported.deck.items.is_empty();
    let is_written = !args.dry_run && !is_empty;
    if is_written {
        let yaml = deck_yaml(&imported.deck);
        let existing = if args.force { Existing::Replace } else { Existing::Keep };
        write_files(&[(out.clone(), yaml)], existing)?;
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

/// Writes a deck for another program.
fn export(common: &Common, args: &ExportArgs) -> Result<(), CliError> {
    let sources = sources_of(common, &args.deck)?;
    let Reading { deck, findings, .. } = read_deck(&sources);
    let Some(deck) = deck else {
        return Err(crate::app::AppError::BadDeck { findings, sources }.into());
    };
    let at_secs = SystemClock.reading().wall.timestamp();
    let exported = export_deck(&deck, args.format.into(), at_secs)?;
    let existing = if args.force { Existing::Replace } else { Existing::Keep };
    write_files(&[(args.out.clone(), exported.bytes)], existing)?;
    if common.json {
        let lost = |remark: &Remark| json!({"item": remark.origin.entry, "reason": remark.reason});
        return write_json(&json!({
            "schema": SCHEMA,
            "items": deck.items.len(),
            "out": args.out.to_string_lossy(),
            "lost": exported.lost.iter().map(lost).collect::<Vec<_>>(),
        }));
    }
    let mut text = format!("{} to {}\n", plural(deck.items.len(), "item", "items"), shown(&args.out));
    if !exported.lost.is_empty() {
        text.push_str(&format!("\n{}\n", plural(exported.lost.len(), "loss", "losses")));
        for remark in &exported.lost {
            text.push_str(&format!("  {}: {}\n", remark.origin, remark.reason));
        }
    }
    write_out(&text)
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
    let mut list = |words: &str, remarks: &[Remark]| {
        if remarks.is_empty() {
            return;
        }
        text.push_str(&format!("\n{words}\n"));
        for remark in remarks {
            let origin = remark.origin.to_string();
            let place = if origin.is_empty() { String::new() } else { format!(":{origin}") };
            let what = if remark.what.is_empty() { String::new() } else { format!(" {}:", remark.what) };
            let line = format!("{}{place}:{what} {}", file.to_string_lossy(), remark.reason);
            text.push_str(&format!("  {}\n", SafeText::one_line(&line)));
        }
    };
    let n_skipped = plural(imported.skipped.len(), "is skipped", "are skipped");
    list(&n_skipped, &imported.skipped);
    list(&plural(imported.notices.len(), "note", "notes"), &imported.notices);
    match out {
        Some(out) => text.push_str(&format!("\nThe deck is in {}\n", shown(out))),
        None => text.push_str("\nNothing is written.\n"),
    }
    if let Some(HistoryTaken { n_reviews, n_cards, n_known }) = taken {
        let reviews = plural(n_reviews, "review", "reviews");
        let cards = plural(n_cards, "card", "cards");
        text.push_str(&format!("Taken over from there: {reviews}, {cards}; {n_known} were known already.\n"));
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

/// A line on standard error that says how far the work has come, where a person sees it and has waited for a second.
struct ProgressLine {
    next_ms: Option<i64>, // `None` where nobody sees it
    is_shown: bool,
}

/// Time before the line is shown, and time between its changes.
const PATIENCE: TimeDelta = TimeDelta::seconds(1);
const PAUSE: TimeDelta = TimeDelta::milliseconds(200);

/// Puts the cursor at the beginning of the line and empties it.
const EMPTY_LINE: &str = "\r\u{1b}[K";

impl ProgressLine {
    fn new() -> ProgressLine {
        let next_ms = stderr().is_terminal().then(|| now_ms() + PATIENCE.num_milliseconds());
        ProgressLine { next_ms, is_shown: false }
    }

    fn show(&mut self, n_items: usize) {
        let Some(next_ms) = self.next_ms else { return };
        let now = now_ms();
        if next_ms <= now {
            write_progress(&format!("{EMPTY_LINE}reading: {n_items} items"));
            self.next_ms = Some(now + PAUSE.num_milliseconds());
            self.is_shown = true;
        }
    }

    fn clear(&mut self) {
        if std::mem::take(&mut self.is_shown) {
            write_progress(EMPTY_LINE);
        }
    }
}

fn now_ms() -> i64 {
    SystemClock.reading().wall.timestamp_millis()
}

fn write_progress(text: &str) {
    let mut stderr = stderr().lock();
    // Where the line cannot be written nobody misses it.
    let _unheard = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        self.clear();
    }
}
