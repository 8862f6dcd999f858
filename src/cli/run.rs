//! From the words of the command line to an exit code.

use std::error::Error;
use std::io::{Write, stderr};
use std::process::{ExitCode, exit};

use clap::Parser;

use crate::base::SafeText;
use crate::cli::args::{Cli, Command, DeckCommand, ExplainCommand};
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::{
    card, check, cohort, config, data, deck_new, decks, drill, exam, exchange, explain, forms, manual, plan, progress,
    report, result, stats, today, undo,
};
use crate::deck::Severity;
use crate::format::{Colour, render_findings};

/// The exit code of a panic.
const OUR_BUG: i32 = 70;

/// Runs the program and returns its exit code.
pub fn run() -> ExitCode {
    admit_bugs();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            if error.use_stderr() {
                // It repeats what was typed.
                say_aside(&error.render().to_string());
                return ExitCode::from(2);
            }
            // Help and version are no failures; neither is a reader that closed its end.
            let _unheard = error.print();
            return ExitCode::SUCCESS;
        }
    };
    match obey(&cli) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&error);
            ExitCode::from(error.exit_code())
        }
    }
}

/// A panic is our bug and says so; what was saved is safe. Screens put the terminal back before this is said.
fn admit_bugs() {
    std::panic::set_hook(Box::new(|panic| {
        let text = SafeText::new(&panic.to_string());
        let words = format!("error: cutscore has a bug; every saved answer is safe\n{text}\n");
        // Where standard error is closed too, the exit code is all that can be said.
        let _unheard = stderr().lock().write_all(words.as_bytes());
        exit(OUR_BUG);
    }));
}

fn obey(cli: &Cli) -> Result<(), CliError> {
    if let Some(Command::Explain(ExplainCommand::Sm2 { grades })) = &cli.command {
        // Needs nothing of the learner's, so it opens nothing.
        return explain::sm2(cli.common.json, grades);
    }
    // An author's work on files needs no data directory, and makes none.
    match &cli.command {
        Some(Command::Deck(DeckCommand::Check(args))) => return check::check(&cli.common, args),
        Some(Command::Deck(DeckCommand::Ids { deck })) => return check::write_ids(&cli.common, deck),
        Some(Command::Deck(DeckCommand::Stats { deck })) => return stats::stats(&cli.common, deck),
        Some(Command::Deck(DeckCommand::Schema)) => return stats::schema(),
        Some(Command::Deck(DeckCommand::Rules { code })) => return check::rules(code.as_deref()),
        Some(Command::Deck(DeckCommand::New(args))) => return deck_new::run(&cli.common, args),
        Some(Command::Deck(DeckCommand::Exchange(command))) => return exchange::run(&cli.common, command),
        Some(Command::Data(command)) => return data::run(&cli.common, command),
        Some(Command::Completions(args)) => return manual::completions(args),
        Some(Command::Man(args)) => return manual::man(args),
        _ => {}
    }
    let mut context = Context::new(&cli.common)?;
    match &cli.command {
        None => today::run(&mut context),
        Some(Command::Exam(args)) => {
            exam::run(&mut context, args)?;
            data::back_up_if_due(&context)
        }
        Some(Command::Drill(args)) => {
            drill::run(&mut context, args)?;
            data::back_up_if_due(&context)
        }
        Some(Command::Plan(args)) => plan::run(&mut context, args),
        Some(Command::Progress(args)) => progress::run(&mut context, args),
        Some(Command::Report(args)) => report::run(&mut context, args),
        Some(Command::Result(command)) => result::run(&mut context, command),
        Some(Command::History(args)) => report::history(&mut context, args),
        Some(Command::Undo(args)) => undo::undo(&mut context, args),
        Some(Command::Redo(args)) => undo::redo(&mut context, args),
        Some(Command::Card(command)) => card::run(&mut context, command),
        Some(Command::Deck(command)) => decks::run(&mut context, command),
        Some(Command::Form(command)) => forms::run(&mut context, command),
        Some(Command::Cohort(command)) => cohort::run(&mut context, command),
        Some(Command::Explain(ExplainCommand::Sm2 { grades })) => explain::sm2(cli.common.json, grades),
        Some(Command::Explain(ExplainCommand::Score { sitting })) => explain::score(&mut context, *sitting),
        Some(Command::Explain(ExplainCommand::Ready { deck, date })) => explain::ready(&mut context, deck, *date),
        Some(Command::Data(command)) => data::run(&cli.common, command),
        Some(Command::Config(args)) => config::run(&mut context, args),
        Some(Command::Completions(args)) => manual::completions(args),
        Some(Command::Man(args)) => manual::man(args),
    }
}

/// Says what failed and why, on standard error. A closed pipe needs no words.
fn complain(error: &CliError) {
    if error.exit_code() == 0 {
        return;
    }
    let mut text = String::new();
    if let Some((findings, sources)) = error.findings() {
        let errors: Vec<_> = findings.iter().filter(|finding| finding.severity == Severity::Error).cloned().collect();
        text.push_str(&render_findings(&errors, sources, Colour::Never));
    }
    for problem in error.problems() {
        text.push_str(&format!("{problem}\n"));
    }
    text.push_str(&format!("error: {error}"));
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(&format!(": {inner}"));
        cause = inner.source();
    }
    text.push('\n');
    say_aside(&text);
}

/// Writes to standard error. Where that is closed too, the exit code is all that can be said.
fn say_aside(text: &str) {
    let _unheard = stderr().lock().write_all(SafeText::new(text).as_str().as_bytes());
}
