//! `cutscore form`.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::app::FormsToPrint;
use crate::base::SafeText;
use crate::cli::args::{DeckArgs, FormCommand, PrintArgs};
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output::{Existing, shown, write_files, write_json, write_out};
use crate::render::{
    FormName, Paper, PaperSet, SCHEMA, form_set_json, form_set_text, key_html, paper_html, plural, shortfall_json,
    table_json, table_text,
};

/// Runs a command about forms.
pub(in crate::cli) fn run(context: &mut Context, command: &FormCommand) -> Result<(), CliError> {
    match command {
        FormCommand::Draw { deck, count } => draw(context, deck, usize::from(*count)),
        FormCommand::Print(args) => print(context, args),
        FormCommand::Table { deck, form } => table(context, deck, form),
    }
}

fn draw(context: &mut Context, deck: &DeckArgs, n_forms: usize) -> Result<(), CliError> {
    let deck = context.open_deck(deck.deck.as_deref())?;
    let set = context.app.draw_forms(&deck, n_forms)?;
    if context.json { write_json(&form_set_json(&set)) } else { write_out(&form_set_text(&set)) }
}

fn print(context: &mut Context, args: &PrintArgs) -> Result<(), CliError> {
    let deck = context.open_deck(args.deck.deck.as_deref())?;
    let forms = match &args.form {
        Some(form) => FormsToPrint::Named(form),
        None => FormsToPrint::Drawn(usize::from(args.count)),
    };
    let set = context.app.papers(&deck, forms)?;
    let mut files = Vec::with_capacity(2 * set.papers.len());
    for (number, paper) in (1..).zip(&set.papers) {
        let path = match &args.html {
            Some(path) if number == 1 => path.clone(),
            Some(path) => beside(path, &number.to_string()),
            None => PathBuf::from(format!("form-{}.html", paper.code)),
        };
        let key_path = beside(&path, "key");
        files.extend([(path, paper_html(paper)), (key_path, key_html(paper))]);
    }
    write_files(&files, if args.force { Existing::Replace } else { Existing::Keep })?;
    if context.json {
        return write_json(&printed_json(&set, &files));
    }
    let mut text = String::new();
    if let Some(shortfall) = &set.shortfall {
        text.push_str(&format!("{}\n", shortfall.words()));
    }
    for (paper, files) in set.papers.iter().zip(files.chunks_exact(2)) {
        let n_items = plural(paper.items.len(), "question", "questions");
        text.push_str(&format!("{}, code {}, {n_items}\n", SafeText::one_line(&paper.name.words()), paper.code));
        text.push_str(&format!("  questions: {}\n  key:       {}\n", shown(&files[0].0), shown(&files[1].0)));
    }
    write_out(&text)
}

/// Returns what was printed: `files` are each paper's questions and key.
fn printed_json(set: &PaperSet, files: &[(PathBuf, String)]) -> Value {
    let printed = |(paper, files): (&Paper, &[(PathBuf, String)])| {
        let (form, seed, number) = match &paper.name {
            FormName::Named(form) => (Some(form), None, 1),
            FormName::Drawn { seed, number, .. } => (None, Some(seed), *number),
        };
        json!({
            "form": form,
            "seed": seed,
            "number": number,
            "code": paper.code,
            "n_items": paper.items.len(),
            "html": files[0].0.to_string_lossy(),
            "key": files[1].0.to_string_lossy(),
        })
    };
    json!({
        "schema": SCHEMA,
        "deck": set.deck,
        "shortfall": set.shortfall.as_ref().map(shortfall_json),
        "papers": set.papers.iter().zip(files.chunks_exact(2)).map(printed).collect::<Vec<_>>(),
    })
}

/// Returns the path with `-mark` at the end of the file's name, before the extension.
fn beside(path: &Path, mark: &str) -> PathBuf {
    let mut name = path.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{mark}"));
    if let Some(extension) = path.extension() {
        name.push(".");
        name.push(extension);
    }
    path.with_file_name(name)
}

fn table(context: &mut Context, deck: &DeckArgs, form: &str) -> Result<(), CliError> {
    let deck = context.open_deck(deck.deck.as_deref())?;
    let table = context.app.form_table(&deck, form)?;
    let domains = &deck.outline.domains;
    if context.json { write_json(&table_json(&table, domains)) } else { write_out(&table_text(&table, domains)) }
}
