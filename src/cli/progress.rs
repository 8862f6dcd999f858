//! `cutscore progress`.

use crate::cli::args::DeckArgs;
use crate::cli::context::{Context, Face};
use crate::cli::error::CliError;
use crate::cli::output::{write_json, write_out};
use crate::cli::plan::page_lines;
use crate::cli::screens::open_console;
use crate::render::{progress_json, progress_text};
use crate::tui::read_page;

/// Shows how study went and what is to come.
pub(in crate::cli) fn run(context: &mut Context, args: &DeckArgs) -> Result<(), CliError> {
    let deck = context.open_deck(args.deck.as_deref())?;
    let sheet = context.app.progress(&deck)?;
    if context.json {
        return write_json(&progress_json(&sheet));
    }
    let text = progress_text(&sheet);
    if context.face != Face::Screens {
        return write_out(&text);
    }
    let mut console = open_console(context.theme)?;
    read_page(&mut console, "Progress", &page_lines(&text)).map_err(CliError::Screen)
}
