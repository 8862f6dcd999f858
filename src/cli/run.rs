//! From the words of the command line to an exit code.

use std::error::Error;
use std::io::{Write, stderr};
use std::process::ExitCode;

use clap::Parser;

use crate::base::SafeText;
use crate::cli::args::{Cli, Command};
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::{decks, drill, exam, explain, forms, report, today};
use crate::format::{Colour, render_findings};

/// Runs the program and returns its exit code.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no failures; neither is a reader that closed its end.
            let is_failure = error.use_stderr();
            return match error.print() {
                Ok(()) | Err(_) if !is_failure => ExitCode::SUCCESS,
                Ok(()) | Err(_) => ExitCode::from(2),
            };
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

fn obey(cli: &Cli) -> Result<(), CliError> {
    if let Some(Command::Explain(command)) = &cli.command {
        return explain::run(cli.common.json, command);
    }
    let mut context = Context::new(&cli.common)?;
    match &cli.command {
        None => today::run(&mut context),
        Some(Command::Exam(args)) => exam::run(&mut context, args),
        Some(Command::Drill(args)) => drill::run(&mut context, args),
        Some(Command::Report(args)) => report::run(&mut context, args),
        Some(Command::History) => report::history(&mut context),
        Some(Command::Undo(args)) => drill::undo(&mut context, args),
        Some(Command::Deck(command)) => decks::run(&mut context, command),
        Some(Command::Form(command)) => forms::run(&mut context, command),
        Some(Command::Explain(command)) => explain::run(cli.common.json, command),
        Some(Command::Data(command)) => explain::data(&mut context, command),
        Some(Command::Config(args)) => explain::config(&mut context, args),
    }
}

/// Says what failed and why, on standard error. A closed pipe needs no words.
fn complain(error: &CliError) {
    if error.exit_code() == 0 {
        return;
    }
    let mut text = String::new();
    if let Some((findings, sources)) = error.findings() {
        text.push_str(&render_findings(findings, sources, Colour::Never));
    }
    text.push_str(&format!("error: {}", SafeText::new(&error.to_string())));
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(&format!(": {}", SafeText::new(&inner.to_string())));
        cause = inner.source();
    }
    text.push('\n');
    // Where standard error is closed too, the exit code is all that can be said.
    let _unheard = stderr().lock().write_all(text.as_bytes());
}
