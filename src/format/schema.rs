//! The format as JSON Schema, for editors that complete and check YAML.

use serde_json::{Map, Value, json};

use crate::format::v1::{FILE, Key, Shape};

/// Returns the schema of a deck's file (JSON Schema, draft 2020-12). It is made of the tables that the reader tells
/// unknown keys by; what hangs together across keys and files, `cutscore deck check` tells.
pub fn deck_schema() -> Value {
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A deck of cutscore, format version 1",
    });
    if let (Value::Object(schema), Value::Object(file)) = (&mut schema, of(&FILE)) {
        schema.extend(file);
    }
    schema
}

fn of(shape: &Shape) -> Value {
    match shape {
        // A plain number or `true` is text where text is wanted.
        Shape::Text => json!({"type": ["string", "number", "boolean"]}),
        Shape::Texts => any([of(&Shape::Text), list(of(&Shape::Text))]),
        Shape::Id => json!({"type": ["string", "number"], "maxLength": 96, "pattern": r"^[\p{L}\p{N}_.:/+-]+$"}),
        Shape::Ids => list(of(&Shape::Id)),
        Shape::IdOrIds => any([of(&Shape::Id), list(of(&Shape::Id))]),
        Shape::Date => json!({"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
        Shape::Truth => json!({"type": "boolean"}),
        Shape::Whole(from, to) => json!({"type": "integer", "minimum": from, "maximum": to}),
        Shape::Real(from, to) => json!({"type": "number", "minimum": from, "maximum": to}),
        Shape::Word(words) => json!({"enum": words}),
        Shape::List(element) => list(of(element)),
        Shape::Mapping(tables) => mapping(tables),
        Shape::Named(value) => json!({"type": "object", "additionalProperties": of(value)}),
        Shape::Any(shapes) => any(shapes.iter().map(of)),
    }
}

fn list(element: Value) -> Value {
    json!({"type": "array", "items": element})
}

fn any(shapes: impl IntoIterator<Item = Value>) -> Value {
    json!({"anyOf": shapes.into_iter().collect::<Vec<_>>()})
}

fn mapping(tables: &[&[Key]]) -> Value {
    let mut properties = Map::new();
    for key in tables.iter().copied().flatten() {
        let mut value = of(&key.holds);
        if let Value::Object(value) = &mut value {
            value.insert("description".to_owned(), Value::from(key.about));
        }
        properties.insert(key.name.to_owned(), value);
    }
    json!({"type": "object", "properties": properties, "additionalProperties": false})
}
