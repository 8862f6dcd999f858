//! CSV.

use csv::WriterBuilder;

use crate::deck::{Deck, Item};
use crate::exchange::entities::escaped_references;
use crate::exchange::write::export::{ExportError, path_of};
use crate::exchange::write::rows::{Row, letter, row_of};
use crate::exchange::yaml::status_word;

const COLUMNS: &[&str] = &[
    "id",
    "type",
    "domain",
    "task",
    "concept",
    "difficulty",
    "skill",
    "tags",
    "status",
    "shuffle",
    "stem",
    "back",
    "answer",
    "explanation",
    "references",
];

/// Writes a table with a row for each item.
pub(in crate::exchange) fn write(deck: &Deck) -> Result<Vec<u8>, ExportError> {
    let rows: Vec<Row> = deck.items.iter().map(row_of).collect();
    let n_choices = rows.iter().map(|row| row.choices.len()).max().unwrap_or(0);
    let has_labels = rows.iter().any(|row| row.kind == "match");
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    let mut header: Vec<String> = COLUMNS.iter().map(ToString::to_string).collect();
    for idx in 0..n_choices {
        let letter = letter(idx).to_ascii_lowercase();
        header.push(format!("choice {letter}"));
        if has_labels {
            header.push(format!("match {letter}"));
        }
        header.push(format!("why {letter}"));
    }
    writer.write_record(&header).map_err(ExportError::new)?;
    for (item, row) in deck.items.iter().zip(&rows) {
        let path = path_of(deck, item);
        let mut fields = vec![
            item.facts.id.to_string(),
            row.kind.to_owned(),
            path.first().map_or(String::new(), ToString::to_string),
            path.get(1).map_or(String::new(), ToString::to_string),
            if item.facts.concept.as_str() == item.facts.id.as_str() {
                String::new()
            } else {
                item.facts.concept.to_string()
            },
            row.difficulty.clone(),
            row.skill.to_owned(),
            listed(&item.notes.tags),
            status_of(item).to_owned(),
            if row.is_fixed { "no".to_owned() } else { String::new() },
            escaped_references(&row.stem),
            escaped_references(&row.back),
            escaped_references(&row.answer),
            escaped_references(&row.explanation),
            listed(item.body.refs()),
        ];
        for idx in 0..n_choices {
            let cells = row.choices.get(idx).cloned().unwrap_or_default();
            fields.push(escaped_references(&cells.text));
            if has_labels {
                fields.push(escaped_references(&cells.label));
            }
            fields.push(escaped_references(&cells.why));
        }
        writer.write_record(fields.iter().map(|field| guarded(field))).map_err(ExportError::new)?;
    }
    writer.into_inner().map_err(ExportError::new)
}

/// The status of an item that is not in use.
fn status_of(item: &Item) -> &'static str {
    if item.facts.is_live() { "" } else { status_word(item.facts.status) }
}

/// Several texts in a field, one a line.
fn listed(texts: &[String]) -> String {
    let has_separator = texts.iter().any(|text| text.contains([',', ';', '|']));
    let all = texts.join("\n");
    if has_separator && texts.len() == 1 { all + "\n" } else { all }
}

/// Keeps a spreadsheet from taking a field for a formula.
fn guarded(field: &str) -> String {
    let bare = field.trim_start_matches('\'');
    if bare.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{field}") } else { field.to_owned() }
}
