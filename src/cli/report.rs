//! `cutscore report` and `cutscore history`.

use std::path::Path;

use serde_json::json;

use crate::cli::args::{FilterArg, ReportArgs};
use crate::cli::context::{Context, Face};
use crate::cli::error::CliError;
use crate::cli::output::{Existing, shown, write_files, write_json, write_out};
use crate::cli::result_args::HistoryArgs;
use crate::cli::screens::{open_console, report_lines};
use crate::cli::walk::SheetDesk;
use crate::exam::ItemFilter;
use crate::render::{
    ItemDetail, PageItems, SCHEMA, ScoreSheet, authentic_html, authentic_json, authentic_text, full_report_text,
    history_json, history_text, items_text, report_html, report_json, report_text,
};
use crate::tui::{AfterReport, Console, read_page, read_report, walk};

/// Shows the report of a sitting.
pub(in crate::cli) fn run(context: &mut Context, args: &ReportArgs) -> Result<(), CliError> {
    let sheet = context.app.report(args.sitting)?;
    let filter = args.questions.filter.map_or(ItemFilter::All, item_filter);
    let has_items = args.questions.items || args.questions.walk || args.questions.filter.is_some();
    if let Some(path) = &args.page.html {
        let items = if has_items { PageItems::Kept(filter) } else { PageItems::Left };
        let whole = || report_html(&sheet, items);
        let page = if args.authentic { authentic_html(&sheet).unwrap_or_else(whole) } else { whole() };
        return write_page(context, path, page, args.page.force);
    }
    if args.authentic {
        return match (context.json, authentic_json(&sheet), authentic_text(&sheet)) {
            (true, Some(value), _) => write_json(&value),
            (false, _, Some(text)) => write_out(&text),
            // Without a score there is as little to show as ever.
            (true, None, _) => write_json(&report_json(&sheet, ItemDetail::Brief)),
            (false, _, None) => write_out(&report_text(&sheet)),
        };
    }
    if context.json {
        let detail = if has_items { ItemDetail::Full(filter) } else { ItemDetail::Brief };
        return write_json(&report_json(&sheet, detail));
    }
    if context.face == Face::Screens && args.questions.walk && sheet.ending.is_some() {
        let mut console = open_console(context.theme)?;
        return walk_through(context, &mut console, sheet, filter).map(drop);
    }
    if context.face == Face::Screens && !has_items {
        let mut console = open_console(context.theme)?;
        return read_on_screen(context, &mut console, sheet).map(drop);
    }
    let mut text = if args.more { full_report_text(&sheet) } else { report_text(&sheet) };
    // What is right stays unsaid while the sitting can still go on.
    if has_items && sheet.ending.is_some() {
        text.push_str(&format!("\n{}", items_text(&sheet, filter)));
    }
    write_out(&text)
}

fn write_page(context: &Context, path: &Path, page: String, is_forced: bool) -> Result<(), CliError> {
    let existing = if is_forced { Existing::Replace } else { Existing::Keep };
    write_files(&[(path.to_owned(), page)], existing)?;
    let name = shown(path);
    if context.json {
        return write_json(&json!({"schema": SCHEMA, "file": name.as_str()}));
    }
    write_out(&format!("Report: {name}\n"))
}

/// Shows a report on the screen, and walks through its questions as often as that is asked for. Returns the report as it
/// then is.
pub(in crate::cli) fn read_on_screen(
    context: &mut Context,
    console: &mut Console,
    mut sheet: ScoreSheet,
) -> Result<ScoreSheet, CliError> {
    let title = sheet.title.clone();
    if sheet.ending.is_none() {
        read_page(console, &title, &report_lines(&sheet)).map_err(CliError::Screen)?;
        return Ok(sheet);
    }
    loop {
        match read_report(console, &title, &report_lines(&sheet)).map_err(CliError::Screen)? {
            AfterReport::Back => return Ok(sheet),
            AfterReport::Walk => sheet = walk_through(context, console, sheet, ItemFilter::All)?,
        }
    }
}

fn walk_through(
    context: &mut Context,
    console: &mut Console,
    sheet: ScoreSheet,
    filter: ItemFilter,
) -> Result<ScoreSheet, CliError> {
    let mut desk = SheetDesk { app: &mut context.app, sheet };
    walk(console, &mut desk, filter).map_err(CliError::Screen)?;
    Ok(desk.sheet)
}

fn item_filter(named: FilterArg) -> ItemFilter {
    match named {
        FilterArg::All => ItemFilter::All,
        FilterArg::Wrong => ItemFilter::Wrong,
        FilterArg::Guessed => ItemFilter::Guessed,
        FilterArg::Flagged => ItemFilter::Flagged,
        FilterArg::Doubtful => ItemFilter::Doubtful,
    }
}

/// Lists what was done, the newest first.
pub(in crate::cli) fn history(context: &mut Context, args: &HistoryArgs) -> Result<(), CliError> {
    let deck = match &args.deck {
        Some(named) => context.known_deck(Some(named))?,
        None => None,
    };
    let rows = context.app.history(deck.as_ref())?;
    if context.json { write_json(&history_json(&rows)) } else { write_out(&history_text(&rows)) }
}
