//! The tables of keys, the reader and the schema say the same.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::format::deck_schema;

/// The files of the reader, as they are written.
const READER: [&str; 11] = [
    include_str!("../v1/exam.rs"),
    include_str!("../v1/header.rs"),
    include_str!("../v1/insights.rs"),
    include_str!("../v1/item.rs"),
    include_str!("../v1/measured.rs"),
    include_str!("../v1/other_types.rs"),
    include_str!("../v1/sections.rs"),
    include_str!("../v1/stale_terms.rs"),
    include_str!("../v1/stimuli.rs"),
    include_str!("../v1/read.rs"),
    include_str!("../v1/resolve.rs"),
];

/// The names of all keys that a schema has anywhere.
fn names(schema: &Value, found: &mut BTreeSet<String>) {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::Object(properties)) = fields.get("properties") {
                found.extend(properties.keys().cloned());
            }
            fields.values().for_each(|value| names(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| names(value, found)),
        _ => {}
    }
}

/// The names that the reader takes.
fn taken() -> BTreeSet<String> {
    let mut taken: BTreeSet<String> = BTreeSet::new();
    for source in READER {
        for verb in ["take(\"", "need(\"", "texts(\"", "end(\"", "score(\""] {
            let names = source.split(verb).skip(1).filter_map(|rest| rest.split('"').next());
            taken.extend(names.map(str::to_owned));
        }
    }
    // The one list that is read element by element.
    taken.insert("questions".to_owned());
    taken
}

#[test]
fn the_reader_takes_every_key_of_the_schema_and_no_other() {
    let mut known = BTreeSet::new();
    names(&deck_schema(), &mut known);
    assert_eq!(known, taken());
}

#[test]
fn every_key_says_what_it_means() {
    fn check(schema: &Value) {
        if let Some(Value::Object(properties)) = schema.get("properties") {
            for (name, property) in properties {
                let about = property.get("description").and_then(Value::as_str).unwrap_or("");
                assert!(about.len() > 5 && !about.ends_with('.'), "{name}: {about}");
            }
        }
        match schema {
            Value::Object(fields) => fields.values().for_each(check),
            Value::Array(values) => values.iter().for_each(check),
            _ => {}
        }
    }
    check(&deck_schema());
}
