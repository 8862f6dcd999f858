//! The table of formats and features in the documents says what the tests show.

use std::fs;
use std::path::Path;

use crate::exchange::cells::{Cell, Column, Expected, check_cell};
use crate::exchange::other_cells;
use crate::exchange::text_cells;
use crate::requirements::functions;

const START: &str = "<!-- formats and features -->\n";
const END: &str = "<!-- /formats and features -->";

fn page() -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/import.md")).expect("the page is there")
}

fn cells() -> impl Iterator<Item = &'static Cell> {
    text_cells::CELLS.iter().chain(other_cells::CELLS)
}

#[test]
fn every_cell_of_the_table_is_shown_by_a_file() {
    cells().for_each(check_cell);
}

/// The table as it must stand in the documents: `yes` held, `told` reported, empty where the format has no such thing.
fn table() -> String {
    let mut features: Vec<&str> = Vec::new();
    for cell in cells() {
        if !features.contains(&cell.feature) {
            features.push(cell.feature);
        }
    }
    let names: Vec<&str> = Column::ALL.iter().map(|(_, name)| *name).collect();
    let mut table = format!("| | {} |\n| --- |{}\n", names.join(" | "), " --- |".repeat(names.len()));
    for feature in features {
        let word = |column: Column| {
            let own = cells().find(|cell| cell.column == column && cell.feature == feature);
            own.map_or("", |cell| match cell.expected {
                Expected::Held(_) => "yes",
                Expected::Reported(_) => "told",
            })
        };
        let words: Vec<&str> = Column::ALL.iter().map(|(column, _)| word(*column)).collect();
        table.push_str(&format!("| {feature} | {} |\n", words.join(" | ")));
    }
    table
}

#[test]
fn the_documents_show_the_table_that_the_files_make() {
    let page = page();
    let shown = page.split_once(START).and_then(|(_, rest)| rest.split_once(END)).map(|(table, _)| table);
    assert_eq!(shown, Some(table().as_str()), "docs/import.md needs this table:\n{}", table());
}

#[test]
fn no_cell_stands_twice() {
    for (idx, cell) in cells().enumerate() {
        let again = cells().take(idx).any(|other| other.column == cell.column && other.feature == cell.feature);
        assert!(!again, "{:?}, {}", cell.column, cell.feature);
    }
}

#[test]
fn every_test_that_the_page_names_exists() {
    let functions = functions();
    let page = page();
    let quoted: Vec<&str> = page.split('`').skip(1).step_by(2).collect();
    let is_name =
        |word: &str| word.matches('_').count() >= 2 && word.chars().all(|c| c == '_' || c.is_ascii_lowercase());
    let named: Vec<&str> = quoted.iter().copied().filter(|word| is_name(word)).collect();
    assert!(named.len() >= 20, "{named:?}");
    let missing: Vec<&str> = named.into_iter().filter(|name| !functions.contains(*name)).collect();
    assert!(missing.is_empty(), "the page names tests that are not there: {missing:?}");
    for script in quoted.iter().filter(|word| word.starts_with("tests/slow/")) {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(script).exists(), "{script}");
    }
}
