//! The table of what the subject asks for: every row is kept, and every test that it names exists.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

const N_ROWS: usize = 55;

fn rust_files(folder: &Path, texts: &mut Vec<String>) {
    for entry in fs::read_dir(folder).expect("a folder of the package") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            rust_files(&path, texts);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            texts.push(fs::read_to_string(&path).expect("a source file"));
        }
    }
}

/// The names of all functions behind `#[test]` or in `proptest!`.
pub(crate) fn functions() -> BTreeSet<String> {
    let mut texts = Vec::new();
    for folder in ["src", "tests"] {
        rust_files(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut texts);
    }
    let names = |text: &String| -> Vec<String> {
        let lines = text.lines().filter_map(|line| line.trim_start().strip_prefix("fn "));
        lines.filter_map(|line| line.split_once('(')).map(|(name, _)| name.to_owned()).collect()
    };
    texts.iter().flat_map(names).collect()
}

#[test]
fn every_requirement_has_a_test_or_a_reason() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/requirements.md");
    let table = fs::read_to_string(path).expect("the table");
    let functions = functions();
    let rows: Vec<Vec<&str>> = table
        .lines()
        .filter(|line| line.starts_with("| SR-"))
        .map(|line| line.trim_matches('|').split(" | ").map(str::trim).collect())
        .collect();
    let numbers: Vec<String> = rows.iter().map(|row| row[0].to_owned()).collect();
    let expected: Vec<String> = (1..=N_ROWS).map(|number| format!("SR-{number:02}")).collect();
    assert_eq!(numbers, expected);
    for row in rows {
        assert_eq!(row.len(), 3, "{row:?}");
        let tests: Vec<&str> = row[2].split('`').skip(1).step_by(2).collect();
        let is_reasoned = ["not yet: ", "not done: "].iter().any(|word| row[2].contains(word));
        assert!(!tests.is_empty() || is_reasoned, "{} has neither a test nor a reason", row[0]);
        for test in tests {
            assert!(functions.contains(test), "{}: there is no test `{test}`", row[0]);
        }
    }
}
