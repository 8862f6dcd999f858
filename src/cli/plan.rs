//! `cutscore plan`.

use std::fs;
use std::io::{Read, Write};
use std::path::Path;

use chrono::Utc;

use crate::app::DeckSettingName;
use crate::cli::args::{ClearArg, PlanArgs};
use crate::cli::context::{Context, Face};
use crate::cli::error::CliError;
use crate::cli::output::{Talk, refuse_existing, shown, write_json, write_out, write_whole};
use crate::cli::screens::open_console;
use crate::render::{CALENDAR_MARK, plan_calendar, plan_json, plan_text};
use crate::tui::{TextLine, Tone, read_page};

/// Sets what is given, and shows the plan.
pub(in crate::cli) fn run(context: &mut Context, args: &PlanArgs) -> Result<(), CliError> {
    let deck = context.open_deck(args.deck.deck.as_deref())?;
    let changes = changes(args);
    let today = context.app.today();
    let mut settings = context.app.study_settings(&deck.outline.id)?;
    for (name, value) in &changes {
        settings = settings.changed(*name, value, today)?;
    }
    let sheet = context.app.plan(&deck, &settings)?;
    if let Some(path) = &args.ics {
        let at = context.app.local_now().with_timezone(&Utc);
        write_calendar(path, &plan_calendar(&sheet, at), args.force)?;
        Talk::Stderr.say_line(&format!("wrote {}", shown(path)))?;
    }
    if !args.dry_run {
        context.app.change_deck_settings(&deck.outline.id, &changes)?;
    }
    if context.json {
        return write_json(&plan_json(&sheet));
    }
    let text = plan_text(&sheet);
    if context.face != Face::Screens {
        return write_out(&text);
    }
    let mut console = open_console(context.theme)?;
    read_page(&mut console, "Plan", &page_lines(&text)).map_err(CliError::Screen)
}

/// A text as lines for the screen, its first as a title.
pub(in crate::cli) fn page_lines(text: &str) -> Vec<TextLine> {
    let tone = |nth| if nth == 0 { Tone::Title } else { Tone::Plain };
    text.lines().enumerate().map(|(nth, line)| TextLine::new(tone(nth), line)).collect()
}

fn changes(args: &PlanArgs) -> Vec<(DeckSettingName, String)> {
    let none = || "none".to_owned();
    let mut changes: Vec<(DeckSettingName, String)> = args
        .clear
        .iter()
        .map(|what| match what {
            ClearArg::ExamDate => (DeckSettingName::ExamDate, none()),
            ClearArg::Minutes => (DeckSettingName::MinutesADay, none()),
            ClearArg::DaysOff => (DeckSettingName::DaysOff, none()),
        })
        .collect();
    changes.extend(args.exam_date.map(|date| (DeckSettingName::ExamDate, date.to_string())));
    changes.extend(args.minutes.map(|minutes| (DeckSettingName::MinutesADay, minutes.to_string())));
    changes.extend(args.days_off.clone().map(|days| (DeckSettingName::DaysOff, days)));
    changes
}

/// Writes a calendar file whole or not at all. A file that is not a calendar of this program stays, unless `is_forced`.
fn write_calendar(path: &Path, calendar: &str, is_forced: bool) -> Result<(), CliError> {
    if !is_own_calendar(path) {
        refuse_existing(path, is_forced)?;
    }
    let unwritable = |source| CliError::Unwritable { path: shown(path), source };
    write_whole(path, |file| file.write_all(calendar.as_bytes()).map_err(unwritable))
}

/// Tells whether a regular file begins as the calendars of this program do.
fn is_own_calendar(path: &Path) -> bool {
    let is_file = path.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
    let mut beginning = Vec::new();
    let mut read = || fs::File::open(path)?.take(256).read_to_end(&mut beginning);
    is_file && read().is_ok() && String::from_utf8_lossy(&beginning).contains(CALENDAR_MARK)
}
