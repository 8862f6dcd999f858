//! Small packages of Anki's, made of a few lines.

use std::io::{Cursor, Write as _};

use rusqlite::{Connection, params};
use serde_json::json;
use zip::write::{SimpleFileOptions, ZipWriter};

/// Makes a package. Each line is a note: its type, its deck, its tags and its fields, with ` | ` between.
pub(crate) fn package_of(lines: &str) -> Vec<u8> {
    zipped(&[("collection.anki2", &collection_of(lines)), ("media", b"{}")])
}

/// Makes a zip package.
pub(crate) fn zipped(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).expect("an entry");
        zip.write_all(bytes).expect("its bytes");
    }
    zip.finish().expect("a package").into_inner()
}

/// The note types: id, name, whether it is a cloze, fields, templates.
type TypeRow = (i64, &'static str, i32, &'static [&'static str], &'static [(&'static str, &'static str)]);

const TYPES: &[TypeRow] = &[
    (1, "basic", 0, &["Front", "Back"], &[("{{Front}}", "{{FrontSide}}<hr>{{Back}}")]),
    (2, "reversed", 0, &["Front", "Back"], &[("{{Front}}", "{{Back}}"), ("{{Back}}", "{{Front}}")]),
    (3, "typed", 0, &["Front", "Back"], &[("{{Front}} {{type:Back}}", "{{Front}} {{type:Back}}")]),
    (4, "cloze", 1, &["Text", "Extra"], &[("{{cloze:Text}}", "{{cloze:Text}}{{Extra}}")]),
    (
        5,
        "all-in-one",
        0,
        &[
            "Question",
            "Title",
            "QType (0=kprim,1=mc,2=sc)",
            "Q_1",
            "Q_2",
            "Q_3",
            "Q_4",
            "Q_5",
            "Answers",
            "Sources",
            "Extra 1",
        ],
        &[("{{Question}}", "{{Question}}")],
    ),
    (
        6,
        "options",
        0,
        &["Question", "Option A", "Option B", "Option C", "Answer", "Explanation"],
        &[("{{Question}}", "{{Answer}}")],
    ),
];

/// Makes the database of a collection of the older schema.
pub(crate) fn collection_of(lines: &str) -> Vec<u8> {
    let mut db = Connection::open_in_memory().expect("a database");
    db.execute_batch(
        "create table col (id integer primary key, crt, mod, scm, ver, dty, usn, ls, conf, models, decks, dconf, tags);
         create table notes (id integer primary key, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data);
         create table cards (id integer primary key, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses,
             left, odue, odid, flags, data);
         create table revlog (id integer primary key, cid, usn, ease, ivl, lastIvl, factor, time, type);",
    )
    .expect("the tables");
    let mut decks = serde_json::Map::new();
    for (idx, line) in lines.lines().enumerate() {
        let parts: Vec<&str> = line.split(" | ").collect();
        let [kind, deck, tags, fields @ ..] = parts.as_slice() else { panic!("a note of too few parts: {line}") };
        let (id, _, is_cloze, _, templates) = TYPES.iter().find(|(_, name, ..)| name == kind).expect("a known type");
        let deck_id = i64::try_from(decks.len()).expect("few decks") + 1;
        decks.insert(deck_id.to_string(), json!({"id": deck_id, "name": deck}));
        let note_id = i64::try_from(idx).expect("few notes") + 1;
        db.execute(
            "insert into notes values (?, ?, ?, 0, 0, ?, ?, '', 0, 0, '')",
            params![note_id, format!("guid!{note_id}"), id, tags, fields.join("\u{1f}")],
        )
        .expect("a note");
        let n_cards = if *is_cloze == 1 { line.matches("{{c").count() } else { templates.len() };
        for ord in 0..n_cards {
            let ord = i64::try_from(ord).expect("few cards");
            db.execute(
                "insert into cards values (?, ?, ?, ?, 0, 0, 2, 2, 40, 12, 2300, 3, 1, 0, 0, 0, 0, '')",
                params![note_id * 10 + ord, note_id, deck_id, ord],
            )
            .expect("a card");
            for (at, button) in [(1, 3), (2, 1), (3, 4)] {
                let at_ms = 1_700_000_000_000_i64 + at * 86_400_000 + note_id * 100 + ord;
                db.execute(
                    "insert into revlog values (?, ?, 0, ?, 1, 1, 2500, 4000, 1)",
                    params![at_ms, note_id * 10 + ord, button],
                )
                .expect("a review");
            }
        }
    }
    let model = |(id, name, is_cloze, fields, templates): &TypeRow| {
        let field = |name: &&str| json!({"name": name});
        let template = |(front, back): &(&str, &str)| json!({"qfmt": front, "afmt": back});
        let value = json!({
            "id": id, "name": name, "type": is_cloze, "flds": fields.iter().map(field).collect::<Vec<_>>(),
            "tmpls": templates.iter().map(template).collect::<Vec<_>>(),
        });
        (id.to_string(), value)
    };
    let models: serde_json::Map<String, serde_json::Value> = TYPES.iter().map(model).collect();
    db.execute(
        "insert into col values (1, 1699930800, 0, 0, 11, 0, 0, 0, '{}', ?, ?, '{}', '{}')",
        params![serde_json::Value::Object(models).to_string(), serde_json::Value::Object(decks).to_string()],
    )
    .expect("the collection");
    db.serialize("main").expect("its bytes").to_vec()
}
