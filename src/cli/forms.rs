//! `cutscore form`.

use crate::cli::args::{DeckArgs, FormCommand};
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output::{write_json, write_out};
use crate::render::{form_set_json, form_set_text, table_json};

/// Runs a command about forms.
pub(in crate::cli) fn run(context: &mut Context, command: &FormCommand) -> Result<(), CliError> {
    match command {
        FormCommand::Draw { deck, count } => draw(context, deck, usize::from(*count)),
        FormCommand::Table { deck, form } => table(context, deck, form),
    }
}

fn draw(context: &mut Context, deck: &DeckArgs, n_forms: usize) -> Result<(), CliError> {
    let deck = context.open_deck(deck.deck.as_deref())?;
    let set = context.app.draw_forms(&deck, n_forms)?;
    if context.json { write_json(&form_set_json(&set)) } else { write_out(&form_set_text(&set)) }
}

fn table(context: &mut Context, deck: &DeckArgs, form: &str) -> Result<(), CliError> {
    let deck = context.open_deck(deck.deck.as_deref())?;
    let table = context.app.form_table(&deck, form)?;
    if context.json {
        return write_json(&table_json(&table));
    }
    let mut text = format!(
        "{} scored questions; {} right pass (a barely passing candidate expects {:.2}).\n\n",
        table.n_scored, table.raw_needed, table.raw_cut,
    );
    text.push_str("Right  Ability   Score        68 %          95 %\n");
    for row in &table.rows {
        let theta = row.theta.map_or("-".to_owned(), |theta| format!("{theta:.2}"));
        text.push_str(&format!(
            "{:>5}  {theta:>7}  {:>6.1}  {:>5.0} to {:<5.0}  {:>4.0} to {:<4.0}\n",
            row.raw, row.scaled, row.band.low, row.band.high, row.band95.low, row.band95.high,
        ));
    }
    write_out(&text)
}
