//! A package that Anki opens: a collection of the older schema, with note types of its own.

use std::collections::BTreeMap;
use std::io::{Cursor, Write as _};

use rusqlite::{Connection, named_params};
use serde_json::{Value, json};
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::base::ContentHash;
use crate::deck::{Ask, Deck, Item, ItemBody};
use crate::exchange::anki::note_types::Kind;
use crate::exchange::anki::sha1::checksum;
use crate::exchange::escape::to_html;
use crate::exchange::html::to_markdown;
use crate::exchange::write::{ExportError, Lost, Row, live_items, path_of, row_of};

/// The tables of a collection, as Anki 2.0 and everything after it reads them.
const SCHEMA: &str = "
    create table col (id integer primary key, crt integer not null, mod integer not null, scm integer not null,
        ver integer not null, dty integer not null, usn integer not null, ls integer not null, conf text not null,
        models text not null, decks text not null, dconf text not null, tags text not null);
    create table notes (id integer primary key, guid text not null, mid integer not null, mod integer not null,
        usn integer not null, tags text not null, flds text not null, sfld integer not null, csum integer not null,
        flags integer not null, data text not null);
    create table cards (id integer primary key, nid integer not null, did integer not null, ord integer not null,
        mod integer not null, usn integer not null, type integer not null, queue integer not null, due integer not null,
        ivl integer not null, factor integer not null, reps integer not null, lapses integer not null,
        left integer not null, odue integer not null, odid integer not null, flags integer not null, data text not null);
    create table revlog (id integer primary key, cid integer not null, usn integer not null, ease integer not null,
        ivl integer not null, lastIvl integer not null, factor integer not null, time integer not null,
        type integer not null);
    create table graves (usn integer not null, oid integer not null, type integer not null);
    create index ix_notes_usn on notes (usn);
    create index ix_cards_usn on cards (usn);
    create index ix_revlog_usn on revlog (usn);
    create index ix_cards_nid on cards (nid);
    create index ix_cards_sched on cards (did, queue, due);
    create index ix_revlog_cid on revlog (cid);
    create index ix_notes_csum on notes (csum);";

/// Fewest choices that the note type has room for, so that most decks share one type.
const USUAL_CHOICES: usize = 6;

/// Writes a package; what Anki cannot hold is added to `lost`.
pub(in crate::exchange) fn write(deck: &Deck, at_secs: i64, lost: &mut Lost) -> Result<Vec<u8>, ExportError> {
    let items = live_items(deck, lost);
    let rows: Vec<Row> = items.iter().map(|item| row_of(item)).collect();
    let most = rows.iter().filter(|row| row.kind != "typed").map(|row| row.choices.len()).max().unwrap_or(0);
    let n_choices = most.max(USUAL_CHOICES);
    let mut db = Connection::open_in_memory().map_err(ExportError::new)?;
    db.execute_batch(SCHEMA).map_err(ExportError::new)?;
    let notes = Notes { deck, items, n_choices, at_secs };
    notes.insert(&mut db, &rows, lost).map_err(ExportError::new)?;
    let collection = db.serialize("main").map_err(ExportError::new)?.to_vec();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in [("collection.anki2", collection.as_slice()), ("media", b"{}")] {
        zip.start_file(name, SimpleFileOptions::default()).map_err(ExportError::new)?;
        zip.write_all(bytes).map_err(ExportError::new)?;
    }
    Ok(zip.finish().map_err(ExportError::new)?.into_inner())
}

struct Notes<'d> {
    deck: &'d Deck,
    items: Vec<&'d Item>,
    n_choices: usize,
    at_secs: i64,
}

/// A note: its type and its fields.
struct Note {
    kind: Kind,
    fields: Vec<String>,
}

impl Notes<'_> {
    fn insert(&self, db: &mut Connection, rows: &[Row], lost: &mut Lost) -> rusqlite::Result<()> {
        let tx = db.transaction()?;
        let mut decks: BTreeMap<String, i64> = BTreeMap::new();
        {
            let mut insert_note = tx.prepare(
                "insert into notes (id, guid, mid, mod, usn, tags, flds, sfld, csum, flags, data)
                 values (:id, :guid, :mid, :mod, -1, :tags, :flds, :sfld, :csum, 0, '')",
            )?;
            let mut insert_card = tx.prepare(
                "insert into cards (id, nid, did, ord, mod, usn, type, queue, due, ivl, factor, reps, lapses, left, odue, odid,
                     flags, data)
                 values (:id, :nid, :did, 0, :mod, -1, 0, 0, :due, 0, 0, 0, 0, 0, 0, 0, 0, '')",
            )?;
            let first = 1_600_000_000_000 + number_of(self.deck.outline.id.as_str(), 100_000_000_000);
            for (idx, (item, row)) in self.items.iter().zip(rows).enumerate() {
                let place = i64::try_from(idx).unwrap_or(0);
                let note = self.note(item, row, lost);
                let shown = to_markdown(&note.fields[0]).text;
                let name = self.deck_name(item);
                let deck_id = *decks.entry(name.clone()).or_insert_with(|| first + number_of(&name, 1_000_000_000));
                insert_note.execute(named_params! {
                    ":id": first + place,
                    ":guid": item.facts.id.as_str(),
                    ":mid": note.kind.id(self.n_choices),
                    ":mod": self.at_secs,
                    ":tags": tag_words(item),
                    ":flds": note.fields.join("\u{1f}"),
                    ":sfld": shown,
                    ":csum": checksum(&plain_of(&note.fields[0])),
                })?;
                insert_card.execute(named_params! {
                    ":id": first + place,
                    ":nid": first + place,
                    ":did": deck_id,
                    ":mod": self.at_secs,
                    ":due": place + 1,
                })?;
            }
        }
        self.insert_collection(&tx, &decks)?;
        tx.commit()
    }

    fn insert_collection(&self, db: &Connection, decks: &BTreeMap<String, i64>) -> rusqlite::Result<()> {
        let main = decks.values().next().copied().unwrap_or(1);
        let models: serde_json::Map<String, Value> = Kind::ALL
            .iter()
            .map(|kind| (kind.id(self.n_choices).to_string(), kind.model(self.n_choices, self.at_secs, main)))
            .collect();
        let deck = |name: &str, id: i64| {
            json!({
                "id": id, "name": name, "mod": self.at_secs, "usn": -1, "lrnToday": [0, 0], "revToday": [0, 0],
                "newToday": [0, 0], "timeToday": [0, 0], "collapsed": false, "browserCollapsed": false, "desc": "",
                "dyn": 0, "conf": 1, "extendNew": 0, "extendRev": 0,
            })
        };
        let mut all = serde_json::Map::new();
        all.insert("1".to_owned(), deck("Default", 1));
        all.extend(decks.iter().map(|(name, id)| (id.to_string(), deck(name, *id))));
        let conf = json!({
            "nextPos": 1, "estTimes": true, "activeDecks": [1], "sortType": "noteFld", "timeLim": 0, "sortBackwards": false,
            "addToCur": true, "curDeck": 1, "newBury": true, "newSpread": 0, "dueCounts": true, "curModel": null,
            "collapseTime": 1200,
        });
        let options = json!({"1": {
            "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": true, "timer": 0, "replayq": true,
            "new": {"delays": [1, 10], "ints": [1, 4, 7], "initialFactor": 2500, "perDay": 20, "order": 1, "bury": true,
                "separate": true},
            "rev": {"perDay": 200, "ease4": 1.3, "fuzz": 0.05, "ivlFct": 1, "maxIvl": 36500, "bury": true, "minSpace": 1},
            "lapse": {"delays": [10], "mult": 0, "minInt": 1, "leechFails": 8, "leechAction": 0},
            "dyn": false,
        }});
        db.execute(
            "insert into col (id, crt, mod, scm, ver, dty, usn, ls, conf, models, decks, dconf, tags)
             values (1, :crt, :mod, :mod, 11, 0, 0, 0, :conf, :models, :decks, :dconf, '{}')",
            named_params! {
                ":crt": self.at_secs,
                ":mod": self.at_secs.saturating_mul(1_000),
                ":conf": conf.to_string(),
                ":models": Value::Object(models).to_string(),
                ":decks": Value::Object(all).to_string(),
                ":dconf": options.to_string(),
            },
        )?;
        Ok(())
    }

    /// The deck of an item: the title, and below it the domain and the task.
    fn deck_name(&self, item: &Item) -> String {
        let safe = |part: &str| part.split_whitespace().collect::<Vec<_>>().join(" ").replace("::", ": :");
        let path = path_of(self.deck, item);
        std::iter::once(self.deck.outline.title.as_str()).chain(path).map(safe).collect::<Vec<_>>().join("::")
    }

    fn note(&self, item: &Item, row: &Row, lost: &mut Lost) -> Note {
        let facts = &item.facts;
        if facts.difficulty.is_some() || facts.skill.is_some() || facts.concept.as_str() != facts.id.as_str() {
            lost.say(item, "Anki has no difficulty, skill and concept");
        }
        let refs: Vec<String> = item.body.refs().iter().map(|link| to_html(link)).collect();
        let refs = refs.join("<br/>");
        match &item.body {
            ItemBody::Flashcard(card) => {
                Note { kind: Kind::Card, fields: vec![to_html(&card.front), to_html(&card.back), refs] }
            }
            ItemBody::Cloze(cloze) => {
                let text = to_html(&cloze.text).replace("{{", "{{c1::");
                Note { kind: Kind::Cloze, fields: vec![text, refs] }
            }
            ItemBody::Question(question) => match &question.ask {
                Ask::Typed(typed) => {
                    if typed.shown.is_some() {
                        lost.say(item, "Anki has no answer to show beside those to accept");
                    }
                    let accepted: Vec<String> =
                        typed.accept.iter().map(|text| to_html(&plain_markdown(text))).collect();
                    let (first, others) = accepted.split_at(accepted.len().min(1));
                    let why = typed.why.as_deref().map_or(String::new(), to_html);
                    let fields = vec![to_html(&row.stem), first.concat(), others.join("<br/>"), why, refs];
                    Note { kind: Kind::Typed, fields }
                }
                Ask::Choices { .. } | Ask::Arrangement(_) => self.choices(row, refs),
            },
        }
    }

    fn choices(&self, row: &Row, refs: String) -> Note {
        let right: Vec<String> = if row.kind == "match" {
            let pairs = row.choices.iter().filter(|cells| !cells.label.is_empty());
            pairs.map(|cells| format!("{} → {}", to_html(&cells.label), to_html(&cells.text))).collect()
        } else {
            let letters = row.answer.split(' ').filter_map(|letter| letter.chars().next());
            let idx = letters.filter_map(|letter| usize::try_from(u32::from(letter).checked_sub(65)?).ok());
            idx.filter_map(|idx| row.choices.get(idx)).map(|cells| to_html(&cells.text)).collect()
        };
        let right = match row.kind {
            "order" => right.iter().enumerate().map(|(idx, text)| format!("{}. {text}", idx + 1)).collect(),
            _ => right,
        };
        let fixed = if row.is_fixed { "no" } else { "" };
        let mut fields = vec![
            to_html(&row.stem),
            row.kind.to_owned(),
            row.answer.clone(),
            right.join("<br/>"),
            to_html(&row.explanation),
            refs,
            fixed.to_owned(),
        ];
        for idx in 0..self.n_choices {
            let cells = row.choices.get(idx).cloned().unwrap_or_default();
            fields.extend([&cells.text, &cells.label, &cells.why].map(|text| to_html(text)));
        }
        Note { kind: Kind::Choices, fields }
    }
}

/// Tags have no blanks in Anki.
fn tag_words(item: &Item) -> String {
    let own = item.notes.tags.iter();
    let words: Vec<String> = own.map(|tag| tag.split_whitespace().collect::<Vec<_>>().join("_")).collect();
    if words.is_empty() { String::new() } else { format!(" {} ", words.join(" ")) }
}

/// A text that is typed is no Markdown: its signs stand for themselves.
fn plain_markdown(text: &str) -> String {
    text.split_inclusive(' ').fold(String::new(), |out, word| {
        let (bare, blank) = word.strip_suffix(' ').map_or((word, ""), |bare| (bare, " "));
        let safe = crate::exchange::escape::escaped(bare, &out);
        out + &safe + blank
    })
}

/// The words of a field as Anki counts them for its checksum: without tags.
fn plain_of(html: &str) -> String {
    let mut text = String::new();
    let mut is_tag = false;
    for c in html.chars() {
        match c {
            '<' => is_tag = true,
            '>' => is_tag = false,
            c if !is_tag => text.push(c),
            _ => {}
        }
    }
    text
}

/// A number below `limit` that belongs to a name.
fn number_of(name: &str, limit: i64) -> i64 {
    let hash = ContentHash::of(name.as_bytes());
    let number = hash.as_bytes().iter().take(7).fold(0_i64, |number, byte| number << 8 | i64::from(*byte));
    number.rem_euclid(limit)
}
