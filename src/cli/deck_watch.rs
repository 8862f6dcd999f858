//! `cutscore deck check --watch`.

use std::error::Error;
use std::io::{IsTerminal, stdout};
use std::path::PathBuf;
use std::thread::sleep;
use std::time::Duration;

use crate::app::AppError;
use crate::cli::error::CliError;
use crate::cli::interrupt::Interrupts;
use crate::cli::output::write_out;
use crate::format::{FileStamp, LoadError, deck_stamps};
use crate::render::plural;

/// Between two looks at the files.
const PAUSE: Duration = Duration::from_millis(500);

/// Between two looks at whether Ctrl-C was pressed; divides [`PAUSE`].
const MOMENT: Duration = Duration::from_millis(50);

/// Goes to the top of an empty window.
const CLEAR: &str = "\x1b[H\x1b[2J\x1b[3J";

/// Checks decks now and whenever a file of theirs changes, until Ctrl-C.
pub(in crate::cli) fn watch(decks: &[PathBuf], check: impl Fn() -> Result<(), CliError>) -> Result<(), CliError> {
    let interrupts = Interrupts::watch()?;
    let mut seen = None;
    loop {
        // The stamps are older than what is read, so nothing that comes in between is missed.
        let found: Vec<Result<Vec<FileStamp>, String>> =
            decks.iter().map(|deck| deck_stamps(deck).map_err(|error| words(&error))).collect();
        if seen.as_ref() != Some(&found) {
            write_out(if stdout().is_terminal() { CLEAR } else { "" })?;
            let n_files = found.iter().flatten().map(Vec::len).sum();
            show(check(), n_files)?;
            seen = Some(found);
        }
        for _ in 0..PAUSE.as_millis() / MOMENT.as_millis() {
            if interrupts.has_come() {
                return write_out("\n");
            }
            sleep(MOMENT);
        }
    }
}

/// Says how a check went. A deck that cannot be read may be one that is being written.
fn show(checked: Result<(), CliError>, n_files: usize) -> Result<(), CliError> {
    match checked {
        Ok(()) | Err(CliError::BadDeck) => {
            write_out(&format!("Watching {}, Ctrl-C ends.\n", plural(n_files, "file", "files")))
        }
        Err(CliError::App(AppError::Load(error))) => {
            write_out(&format!("error: {}\nWaiting for it, Ctrl-C ends.\n", words(&error)))
        }
        Err(error) => Err(error),
    }
}

/// An error with its cause.
fn words(error: &LoadError) -> String {
    match error.source() {
        Some(cause) => format!("{error}: {cause}"),
        None => error.to_string(),
    }
}
