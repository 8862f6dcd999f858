//! The cells of the table in `docs/import.md`: what each format can bring, each with a small file that shows it.

use cutscore::exchange::ImportFormat;

use crate::exchange::anki_package::package_of;
use crate::exchange::{check_yaml, imported, wording};

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Column {
    Gift,
    Aiken,
    Csv,
    Markdown,
    Moodle,
    Qti1,
    Qti2,
    Anki,
}

impl Column {
    pub(crate) const ALL: &[(Column, &str)] = &[
        (Column::Gift, "GIFT"),
        (Column::Aiken, "Aiken"),
        (Column::Csv, "CSV, TSV"),
        (Column::Markdown, "Markdown"),
        (Column::Moodle, "Moodle XML"),
        (Column::Qti1, "QTI 1.2"),
        (Column::Qti2, "QTI 2.x"),
        (Column::Anki, "Anki"),
    ];

    fn format(self) -> ImportFormat {
        match self {
            Column::Gift => ImportFormat::Gift,
            Column::Aiken => ImportFormat::Aiken,
            Column::Csv => ImportFormat::Csv,
            Column::Markdown => ImportFormat::Markdown,
            Column::Moodle => ImportFormat::MoodleXml,
            Column::Qti1 | Column::Qti2 => ImportFormat::Qti,
            Column::Anki => ImportFormat::Anki,
        }
    }
}

/// What becomes of a feature.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Expected {
    /// It is held: the first item reads so.
    Held(&'static str),
    /// It stays behind, and this is said.
    Reported(&'static str),
}

/// A feature of a format, and a file that has it.
pub(crate) struct Cell {
    pub(crate) column: Column,
    pub(crate) feature: &'static str,
    pub(crate) file: &'static str,
    pub(crate) expected: Expected,
}

pub(crate) const fn held(column: Column, feature: &'static str, file: &'static str, item: &'static str) -> Cell {
    Cell { column, feature, file, expected: Expected::Held(item) }
}

pub(crate) const fn reported(column: Column, feature: &'static str, file: &'static str, reason: &'static str) -> Cell {
    Cell { column, feature, file, expected: Expected::Reported(reason) }
}

/// The file of a cell. XML cells hold what stands within a frame, those of Anki the rows of a collection.
fn bytes_of(cell: &Cell) -> Vec<u8> {
    match cell.column {
        Column::Gift | Column::Aiken | Column::Csv | Column::Markdown => cell.file.as_bytes().to_vec(),
        Column::Moodle => format!("<?xml version=\"1.0\"?>\n<quiz>\n{}\n</quiz>\n", cell.file).into_bytes(),
        Column::Qti1 => {
            format!("<questestinterop><assessment title=\"T\">{}</assessment></questestinterop>", cell.file)
                .into_bytes()
        }
        Column::Qti2 => format!("<?xml version=\"1.0\"?>\n{}", cell.file).into_bytes(),
        Column::Anki => package_of(cell.file),
    }
}

/// Imports the file of a cell and compares, with the format given and recognised.
#[track_caller]
pub(crate) fn check_cell(cell: &Cell) {
    for format in [Some(cell.column.format()), None] {
        let imported = imported(&bytes_of(cell), format);
        let about = format!("{:?}, {}, given as {format:?}", cell.column, cell.feature);
        match cell.expected {
            Expected::Held(item) => {
                let found: Vec<String> = imported.deck.items.iter().map(|item| wording(&imported, item)).collect();
                assert_eq!(found.first().map(String::as_str), Some(item), "{about}: {:?}", imported.skipped);
            }
            Expected::Reported(reason) => {
                let said: Vec<&str> =
                    imported.skipped.iter().chain(&imported.notices).map(|remark| remark.reason.as_str()).collect();
                assert!(said.iter().any(|said| said.contains(reason)), "{about}: {said:?}");
            }
        }
        check_yaml(&imported);
    }
}
