//! The database of a collection: read from memory, never written, within limits.

use std::collections::BTreeMap;

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::{Connection, Row};
use serde_json::Value;

use crate::exchange::anki::protobuf;
use crate::exchange::imported::ImportError;

/// What a collection holds of notes and of what was learnt.
#[derive(Debug, Default)]
pub(in crate::exchange) struct Collection {
    /// The day on which the collection was made, in seconds; due days count from it.
    pub(in crate::exchange) made_at_secs: i64,
    pub(in crate::exchange) note_types: BTreeMap<i64, NoteType>,
    /// The names of decks, from the widest to the narrowest.
    pub(in crate::exchange) decks: BTreeMap<i64, Vec<String>>,
    pub(in crate::exchange) notes: Vec<Note>,
    /// The cards of each note, by the note's id.
    pub(in crate::exchange) cards: BTreeMap<i64, Vec<Card>>,
    /// The reviews of each card, by the card's id, oldest first.
    pub(in crate::exchange) reviews: BTreeMap<i64, Vec<Review>>,
}

/// What the notes of a kind have.
#[derive(Debug, Default)]
pub(in crate::exchange) struct NoteType {
    pub(in crate::exchange) name: String,
    pub(in crate::exchange) is_cloze: bool,
    pub(in crate::exchange) fields: Vec<String>,
    /// Front and back of each card.
    pub(in crate::exchange) templates: Vec<(String, String)>,
}

#[derive(Debug)]
pub(in crate::exchange) struct Note {
    pub(in crate::exchange) id: i64,
    pub(in crate::exchange) guid: String,
    pub(in crate::exchange) kind: i64,
    pub(in crate::exchange) tags: Vec<String>,
    pub(in crate::exchange) fields: Vec<String>,
}

#[derive(Debug, Clone, Copy)]
pub(in crate::exchange) struct Card {
    pub(in crate::exchange) id: i64,
    pub(in crate::exchange) deck: i64,
    pub(in crate::exchange) template_idx: usize,
    pub(in crate::exchange) kind: i64,
    pub(in crate::exchange) due: i64,
    pub(in crate::exchange) interval_days: i64,
    pub(in crate::exchange) ease_permille: i64,
    pub(in crate::exchange) n_reviews: i64,
    pub(in crate::exchange) n_lapses: i64,
}

#[derive(Debug, Clone, Copy)]
pub(in crate::exchange) struct Review {
    pub(in crate::exchange) at_ms: i64,
    /// 1 again, 2 hard, 3 good, 4 easy; 0 for what was set by hand.
    pub(in crate::exchange) button: i64,
    pub(in crate::exchange) answer_ms: i64,
}

/// Most bytes of one value.
const MAX_VALUE: i32 = 32 << 20;

/// Steps of the database's machine between two looks at how many there were, and how many such looks it gets. A
/// collection of a hundred thousand notes takes a few of them.
const STEPS_A_LOOK: i32 = 100_000;
const MAX_LOOKS: u32 = 20_000;

/// Most rows of a table.
const MAX_ROWS: usize = 5_000_000;

impl Collection {
    /// Reads a database.
    ///
    /// # Errors
    /// What SQLite says, or that a table is missing.
    pub(in crate::exchange) fn read(mut bytes: Vec<u8>) -> Result<Collection, ImportError> {
        // A file that was in use has a log beside it that a package does not; without it the file is whole.
        for at in [18, 19] {
            if bytes.get(at) == Some(&2) {
                bytes[at] = 1;
            }
        }
        read(bytes).map_err(|error| ImportError::broken(format!("the collection cannot be read: {error}")))
    }
}

fn open(bytes: Vec<u8>) -> rusqlite::Result<Connection> {
    let mut db = Connection::open_in_memory()?;
    db.deserialize_read_exact("main", bytes.as_slice(), bytes.len(), true)?;
    drop(bytes);
    for (option, value) in [
        (DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true),
        (DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false),
        (DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false),
    ] {
        db.set_db_config(option, value)?;
    }
    for (limit, value) in [
        (Limit::SQLITE_LIMIT_LENGTH, MAX_VALUE),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 100_000),
        (Limit::SQLITE_LIMIT_COLUMN, 200),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 50),
        (Limit::SQLITE_LIMIT_COMPOUND_SELECT, 5),
        (Limit::SQLITE_LIMIT_VDBE_OP, 50_000),
        (Limit::SQLITE_LIMIT_FUNCTION_ARG, 8),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    ] {
        db.set_limit(limit, value)?;
    }
    let mut n_looks = 0;
    db.progress_handler(
        STEPS_A_LOOK,
        Some(move || {
            n_looks += 1;
            n_looks > MAX_LOOKS
        }),
    )?;
    // The newer schema orders names by a collation of Anki's own; nothing here asks for that order.
    db.create_collation("unicase", |a: &str, b: &str| a.to_lowercase().cmp(&b.to_lowercase()))?;
    db.pragma_update(None, "query_only", true)?;
    db.pragma_update(None, "cell_size_check", true)?;
    Ok(db)
}

fn read(bytes: Vec<u8>) -> rusqlite::Result<Collection> {
    let db = open(bytes)?;
    let mut collection = Collection::default();
    let (made_at_secs, models, decks) = db.query_row("select crt, models, decks from col", [], |row| {
        Ok((row.get::<_, i64>(0)?, text_at(row, 1)?, text_at(row, 2)?))
    })?;
    collection.made_at_secs = made_at_secs;
    if models.trim().len() > 2 {
        collection.note_types = note_types_of_json(&models);
        collection.decks = decks_of_json(&decks);
    } else {
        collection.note_types = note_types(&db)?;
        for_each(&db, "select id, name from decks", |row| {
            let parts = text_at(row, 1)?.split(['\u{1f}']).map(str::to_owned).collect();
            collection.decks.insert(row.get(0)?, parts);
            Ok(())
        })?;
    }
    for_each(&db, "select id, guid, mid, tags, flds from notes", |row| {
        collection.notes.push(Note {
            id: row.get(0)?,
            guid: text_at(row, 1)?,
            kind: row.get(2)?,
            tags: text_at(row, 3)?.split_whitespace().map(str::to_owned).collect(),
            fields: text_at(row, 4)?.split('\u{1f}').map(str::to_owned).collect(),
        });
        Ok(())
    })?;
    let columns = "id, did, ord, type, due, ivl, factor, reps, lapses, nid";
    for_each(&db, &format!("select {columns} from cards order by nid, ord"), |row| {
        let card = Card {
            id: row.get(0)?,
            deck: row.get(1)?,
            template_idx: usize::try_from(row.get::<_, i64>(2)?).unwrap_or(0),
            kind: row.get(3)?,
            due: row.get(4)?,
            interval_days: row.get(5)?,
            ease_permille: row.get(6)?,
            n_reviews: row.get(7)?,
            n_lapses: row.get(8)?,
        };
        collection.cards.entry(row.get(9)?).or_default().push(card);
        Ok(())
    })?;
    for_each(&db, "select cid, id, ease, time from revlog order by id", |row| {
        let review = Review { at_ms: row.get(1)?, button: row.get(2)?, answer_ms: row.get(3)? };
        collection.reviews.entry(row.get(0)?).or_default().push(review);
        Ok(())
    })?;
    Ok(collection)
}

fn for_each(
    db: &Connection,
    query: &str,
    mut take: impl FnMut(&Row<'_>) -> rusqlite::Result<()>,
) -> rusqlite::Result<()> {
    let mut statement = db.prepare(query)?;
    let mut rows = statement.query([])?;
    let mut n_rows = 0;
    while let Some(row) = rows.next()? {
        n_rows += 1;
        if n_rows > MAX_ROWS {
            break;
        }
        take(row)?;
    }
    Ok(())
}

/// The text of a column, whatever its type.
fn text_at(row: &Row<'_>, column: usize) -> rusqlite::Result<String> {
    Ok(match row.get_ref(column)? {
        rusqlite::types::ValueRef::Text(bytes) | rusqlite::types::ValueRef::Blob(bytes) => {
            String::from_utf8_lossy(bytes).into_owned()
        }
        rusqlite::types::ValueRef::Integer(number) => number.to_string(),
        rusqlite::types::ValueRef::Real(number) => number.to_string(),
        rusqlite::types::ValueRef::Null => String::new(),
    })
}

/// Note types of the older schema.
fn note_types_of_json(models: &str) -> BTreeMap<i64, NoteType> {
    let Ok(Value::Object(models)) = serde_json::from_str(models) else { return BTreeMap::new() };
    let text = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let list = |value: &Value| value.as_array().cloned().unwrap_or_default();
    let note_type = |model: &Value| NoteType {
        name: text(model, "name"),
        is_cloze: model["type"] == 1,
        fields: list(&model["flds"]).iter().map(|field| text(field, "name")).collect(),
        templates: list(&model["tmpls"]).iter().map(|card| (text(card, "qfmt"), text(card, "afmt"))).collect(),
    };
    models.iter().filter_map(|(id, model)| Some((id.parse().ok()?, note_type(model)))).collect()
}

fn decks_of_json(decks: &str) -> BTreeMap<i64, Vec<String>> {
    let Ok(Value::Object(decks)) = serde_json::from_str(decks) else { return BTreeMap::new() };
    let parts = |deck: &Value| deck["name"].as_str().unwrap_or_default().split("::").map(str::to_owned).collect();
    decks.iter().filter_map(|(id, deck)| Some((id.parse().ok()?, parts(deck)))).collect()
}

/// Note types of the newer schema, which has tables for them.
fn note_types(db: &Connection) -> rusqlite::Result<BTreeMap<i64, NoteType>> {
    let mut all: BTreeMap<i64, NoteType> = BTreeMap::new();
    for_each(db, "select id, name, config from notetypes", |row| {
        let config: Vec<u8> = row.get(2)?;
        let is_cloze = protobuf::number(&config, 1) == 1;
        all.insert(row.get(0)?, NoteType { name: text_at(row, 1)?, is_cloze, ..NoteType::default() });
        Ok(())
    })?;
    let mut fields: Vec<(i64, i64, String)> = Vec::new();
    for_each(db, "select ntid, ord, name from fields", |row| {
        fields.push((row.get(0)?, row.get(1)?, text_at(row, 2)?));
        Ok(())
    })?;
    fields.sort_unstable();
    for (note_type, _, name) in fields {
        all.entry(note_type).or_default().fields.push(name);
    }
    let mut templates: Vec<(i64, i64, Vec<u8>)> = Vec::new();
    for_each(db, "select ntid, ord, config from templates", |row| {
        templates.push((row.get(0)?, row.get(1)?, row.get(2)?));
        Ok(())
    })?;
    templates.sort_unstable();
    for (note_type, _, config) in templates {
        let sides = (protobuf::text(&config, 1), protobuf::text(&config, 2));
        all.entry(note_type).or_default().templates.push(sides);
    }
    Ok(all)
}
