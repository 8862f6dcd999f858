//! `cutscore cohort`.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

use crate::app::{CohortProgress, OpenDeck, calibrate_cohort, read_cohort};
use crate::base::SafeText;
use crate::cli::args::{CalibrateArgs, CalibrationModel, CohortCommand, GroupReportArgs};
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output::{Talk, write_json, write_out};
use crate::cli::progress_line::ProgressLine;
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
    let mut line = ProgressLine::new();
    let table = read(&args.responses, &mut line)?;
    say_unknown(context, &deck, &table)?;
    let sheet = context.app.report_group(&deck, &table, &mut |progress| line.show(|| words(progress)))?;
    drop(line);
    if context.json { write_json(&group_json(&sheet)) } else { write_out(&group_text(&sheet)) }
}

fn calibrate(context: &mut Context, args: &CalibrateArgs) -> Result<(), CliError> {
    // The deck is opened first, so that a wrong name is known before the work is done.
    let deck = match &args.deck {
        Some(deck) => Some(context.open_deck(Some(deck))?),
        None => None,
    };
    let mut line = ProgressLine::new();
    let table = read(&args.responses, &mut line)?;
    let sheet = calibrate_cohort(&table, &mut |progress| line.show(|| words(progress)))?;
    if let Some(deck) = &deck {
        say_unknown(context, deck, &table)?;
    }
    if let (Some(deck), Some(file)) = (&deck, &args.write_difficulty) {
        let difficulties = context.app.refit_deck(deck, &table, &mut |progress| line.show(|| words(progress)))?;
        fs::write(file, difficulty_overlay(&difficulties))?;
    }
    drop(line);
    if context.json { write_json(&cohort_json(&sheet)) } else { write_out(&cohort_text(&sheet)) }
}

fn read(path: &Path, line: &mut ProgressLine) -> Result<ResponseTable, CliError> {
    Ok(read_cohort(&path.to_string_lossy(), open(path)?, &mut |progress| line.show(|| words(progress)))?)
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

fn words(progress: CohortProgress) -> String {
    match progress {
        CohortProgress::Reading { n_bytes } => format!("reading: {} MB", n_bytes / 1_000_000),
        CohortProgress::Scoring { n_learners, n_all } => format!("scoring: {n_learners} of {n_all} learners"),
        CohortProgress::Fitting(round) => {
            format!("fitting: round {}, largest change {:.1e} logits", round.number, round.change)
        }
    }
}
