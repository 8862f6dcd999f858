//! `cutscore report` and `cutscore history`.

use serde_json::json;

use crate::cli::args::ReportArgs;
use crate::cli::context::{Context, Face};
use crate::cli::error::CliError;
use crate::cli::output::{write_json, write_out};
use crate::cli::screens::{open_console, report_lines};
use crate::exam::{Ending, SittingKind};
use crate::render::{SCHEMA, clock, items_text, report_json, report_text};
use crate::tui::read_page;

/// Shows the report of a sitting.
pub(in crate::cli) fn run(context: &mut Context, args: &ReportArgs) -> Result<(), CliError> {
    let sheet = context.app.report(args.sitting)?;
    if context.json {
        return write_json(&report_json(&sheet));
    }
    if context.face == Face::Screens && !args.items {
        let mut console = open_console(context.use_color)?;
        return read_page(&mut console, &sheet.title, &report_lines(&sheet)).map_err(CliError::Screen);
    }
    let mut text = report_text(&sheet);
    // What is right stays unsaid while the sitting can still go on.
    if args.items && sheet.ending.is_some() {
        text.push_str(&format!("\n{}", items_text(&sheet)));
    }
    write_out(&text)
}

/// Lists the sittings, the newest first.
pub(in crate::cli) fn history(context: &mut Context) -> Result<(), CliError> {
    let rows = context.app.sittings()?;
    if context.json {
        let sittings: Vec<_> = rows
            .iter()
            .map(|row| {
                json!({
                    "sitting": row.number,
                    "deck": row.deck.as_str(),
                    "kind": kind_word(row.kind),
                    "started_at": row.started_at.to_rfc3339(),
                    "ending": row.ending.map(ending_word),
                    "elapsed_seconds": row.elapsed.as_secs(),
                })
            })
            .collect();
        return write_json(&json!({"schema": SCHEMA, "sittings": sittings}));
    }
    if rows.is_empty() {
        return write_out("No exam was sat yet. `cutscore exam` starts one.\n");
    }
    let mut text = String::new();
    for row in &rows {
        let (number, deck, kind) = (row.number, &row.deck, kind_word(row.kind));
        let ending = row.ending.map_or("open", ending_word);
        let (day, time) = (row.study_day, clock(row.elapsed));
        text.push_str(&format!("{number:>4}  {day}  {deck:<20} {kind:<8} {ending:<11} {time:>7}\n"));
    }
    write_out(&text)
}

fn kind_word(kind: SittingKind) -> &'static str {
    match kind {
        SittingKind::Mock => "mock",
        SittingKind::Partial => "partial",
        SittingKind::Taste => "taste",
    }
}

fn ending_word(ending: Ending) -> &'static str {
    match ending {
        Ending::Submitted => "submitted",
        Ending::TimeUp => "time up",
        Ending::Unattended => "unattended",
        Ending::Abandoned => "abandoned",
    }
}
