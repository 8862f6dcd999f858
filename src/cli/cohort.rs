//! `cutscore cohort`.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, IsTerminal, Read, Write, stderr};
use std::path::Path;

use chrono::{DateTime, FixedOffset, TimeDelta};

use crate::app::{App, CohortProgress, OpenDeck, calibrate_cohort, read_cohort};
use crate::base::SafeText;
use crate::cli::args::{CalibrateArgs, CalibrationModel, CohortCommand, GroupReportArgs};
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output::{Talk, write_json, write_out};
use crate::format::{ResponseTable, difficulty_overlay};
use crate::render::{cohort_json, cohort_text, group_json, group_text, plural};

/// Runs a command about a group of learners.
pub(in crate::cli) fn run(context: &mut Context, command: &CohortCommand) -> Result<(), CliError> {
    match command {
        CohortCommand::Report(args) => report(context, args),
        CohortCommand::Calibrate(args) => {
            let CalibrationModel::Rasch = args.model;
            calibrate(context, args)
        }
    }
}

fn report(context: &mut Context, args: &GroupReportArgs) -> Result<(), CliError> {
    let deck = context.open_deck(Some(&args.deck))?;
    let mut line = ProgressLine::new(&context.app);
    let table = read(&args.responses, &mut line)?;
    say_unknown(context, &deck, &table)?;
    let sheet = context.app.report_group(&deck, &table, &mut |progress| line.show(progress))?;
    line.clear();
    if context.json { write_json(&group_json(&sheet)) } else { write_out(&group_text(&sheet)) }
}

fn calibrate(context: &mut Context, args: &CalibrateArgs) -> Result<(), CliError> {
    // The deck is opened first, so that a wrong name is known before the work is done.
    let deck = match &args.deck {
        Some(deck) => Some(context.open_deck(Some(deck))?),
        None => None,
    };
    let mut line = ProgressLine::new(&context.app);
    let table = read(&args.responses, &mut line)?;
    let sheet = calibrate_cohort(&table, &mut |progress| line.show(progress))?;
    if let Some(deck) = &deck {
        say_unknown(context, deck, &table)?;
    }
    if let (Some(deck), Some(file)) = (&deck, &args.write_difficulty) {
        let difficulties = context.app.refit_deck(deck, &table, &mut |progress| line.show(progress))?;
        fs::write(file, difficulty_overlay(&difficulties))?;
    }
    line.clear();
    if context.json { write_json(&cohort_json(&sheet)) } else { write_out(&cohort_text(&sheet)) }
}

fn read(path: &Path, line: &mut ProgressLine<'_>) -> Result<ResponseTable, CliError> {
    Ok(read_cohort(&path.to_string_lossy(), open(path)?, &mut |progress| line.show(progress))?)
}

/// Opens the responses; `-` is standard input.
fn open(path: &Path) -> Result<Box<dyn Read>, CliError> {
    if path == Path::new("-") {
        return Ok(Box::new(io::stdin().lock()));
    }
    match File::open(path) {
        Ok(file) => Ok(Box::new(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(CliError::NotFound(format!("there is no file at {}", SafeText::one_line(&path.to_string_lossy()))))
        }
        Err(error) => Err(error.into()),
    }
}

/// Says how many items the deck does not have: a slip in the names would otherwise go unnoticed.
fn say_unknown(context: &Context, deck: &OpenDeck, table: &ResponseTable) -> Result<(), CliError> {
    let known: BTreeSet<String> =
        context.app.items_of(deck)?.into_iter().map(|item| item.facts.id.to_string()).collect();
    let unknown: Vec<&String> = table.items.iter().filter(|name| !known.contains(*name)).collect();
    let Some(first) = unknown.first() else { return Ok(()) };
    let n_unknown = plural(unknown.len(), "item is", "items are");
    let first = SafeText::one_line(first);
    Talk::Stderr.say_line(&format!("{n_unknown} not in the deck `{}`, for example `{first}`.", deck.outline.id))
}

/// A line on standard error that says how far the work has come, where a person sees it and has waited for a second.
struct ProgressLine<'a> {
    app: &'a App,
    next: Option<DateTime<FixedOffset>>, // `None` where nobody sees it
    is_shown: bool,
}

/// Time before the line is shown, and time between its changes.
const PATIENCE: TimeDelta = TimeDelta::seconds(1);
const PAUSE: TimeDelta = TimeDelta::milliseconds(200);

/// Puts the cursor at the beginning of the line and empties it.
const EMPTY_LINE: &str = "\r\u{1b}[K";

impl ProgressLine<'_> {
    fn new(app: &App) -> ProgressLine<'_> {
        let next = stderr().is_terminal().then(|| app.local_now() + PATIENCE);
        ProgressLine { app, next, is_shown: false }
    }

    fn show(&mut self, progress: CohortProgress) {
        let Some(next) = self.next else { return };
        let now = self.app.local_now();
        if now < next {
            return;
        }
        let words = match progress {
            CohortProgress::Reading { n_bytes } => format!("reading: {} MB", n_bytes / 1_000_000),
            CohortProgress::Scoring { n_learners, n_all } => format!("scoring: {n_learners} of {n_all} learners"),
            CohortProgress::Fitting(round) => {
                format!("fitting: round {}, largest change {:.1e} logits", round.number, round.change)
            }
        };
        write_progress(&format!("{EMPTY_LINE}{words}"));
        self.next = Some(now + PAUSE);
        self.is_shown = true;
    }

    fn clear(&mut self) {
        if self.is_shown {
            write_progress(EMPTY_LINE);
        }
    }
}

fn write_progress(text: &str) {
    let mut stderr = stderr().lock();
    // Where the line cannot be written nobody misses it.
    let _unheard = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}

impl Drop for ProgressLine<'_> {
    fn drop(&mut self) {
        self.clear();
    }
}
