//! Bringing the index of decks in line with a deck: only what differs is written.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Row, named_params, params};

use crate::base::ContentHash;
use crate::deck::{Deck, Item, ItemBody};
use crate::store::json::{json, parse};
use crate::store::{RevisionId, Store, StoreError, concepts, content, facts_row, log, outline_row, search};

impl Store {
    /// Indexes a deck whose files have the hash `files`. Rows of older revisions are dropped, their contents stay.
    pub fn index_deck(&mut self, files: ContentHash, deck: &Deck) -> Result<RevisionId, StoreError> {
        let outline = outline_row::to_json(&deck.outline)?;
        self.commit(|tx| {
            let deck_row = log::deck_row(tx, &deck.outline.id)?;
            let revision = revision_with(tx, deck_row, files, &outline)?;
            let mut listed = Listed { before: forget_revisions(tx, deck_row, Some(revision))?, after: BTreeMap::new() };
            for place in changed_places(tx, revision, &deck.items)? {
                write(tx, Slot { deck_row, revision, place }, &deck.items[place], &mut listed)?;
            }
            listed.before.extend(cut(tx, revision, deck.items.len())?);
            search::follow(tx, &listed.before, &listed.after)?;
            let facts: Vec<_> = deck.items.iter().map(|item| &item.facts).collect();
            concepts::fill(tx, revision, &deck.outline, &facts)?;
            concepts::refresh(tx)?;
            Ok(revision)
        })
    }
}

/// Contents that changed rows listed before, and those that they list now.
struct Listed<'d> {
    before: BTreeSet<i64>,
    after: BTreeMap<i64, &'d ItemBody>,
}

/// Where a row stands.
struct Slot {
    deck_row: i64,
    revision: RevisionId,
    place: usize,
}

/// The revision of a deck with this outline. A deck whose items alone have changed keeps its revision: whoever has it open
/// knows domains by their place in the outline.
fn revision_with(db: &Connection, deck_row: i64, files: ContentHash, outline: &str) -> Result<RevisionId, StoreError> {
    let find = "select id from revision where deck = ? and outline = ?";
    let found: Option<i64> = db.query_row(find, params![deck_row, outline], |row| row.get(0)).optional()?;
    if let Some(id) = found {
        db.execute("update revision set hash = ? where id = ?", params![files.as_bytes(), id])?;
        return Ok(RevisionId(id));
    }
    let params = named_params! {":deck": deck_row, ":hash": files.as_bytes(), ":outline": outline};
    db.execute("insert into revision (deck, hash, outline) values (:deck, :hash, :outline)", params)?;
    Ok(RevisionId(db.last_insert_rowid()))
}

/// Takes the revisions of a deck out, but one that is to stay, and returns the contents that they listed. A revision is
/// found by its files; whoever goes back to others has them read again.
pub(in crate::store) fn forget_revisions(
    db: &Connection,
    deck_row: i64,
    but: Option<RevisionId>,
) -> Result<BTreeSet<i64>, StoreError> {
    let mut revisions = db.prepare("select id from revision where deck = ? and id is not ?")?;
    let params = params![deck_row, but.map(RevisionId::number)];
    let mut listed = BTreeSet::new();
    for id in revisions.query_map(params, |row| row.get(0))?.collect::<Result<Vec<i64>, _>>()? {
        listed.extend(cut(db, RevisionId(id), 0)?);
        concepts::clear(db, RevisionId(id))?;
        db.execute("delete from revision where id = ?", [id])?;
    }
    Ok(listed)
}

/// Takes the rows of a revision from a place on out, and returns the contents that they listed.
fn cut(db: &Connection, revision: RevisionId, from: usize) -> Result<Vec<i64>, StoreError> {
    let params = [revision.number(), number(from)];
    db.execute("delete from item_tag where revision = ? and position >= ?", params)?;
    let mut rows = db.prepare("delete from revision_item where revision = ? and position >= ? returning content")?;
    Ok(rows.query_map(params, |row| row.get(0))?.collect::<Result<_, _>>()?)
}

/// The places of those items that the index does not hold as they are.
fn changed_places(db: &Connection, revision: RevisionId, items: &[Item]) -> Result<Vec<usize>, StoreError> {
    let mut statement = db.prepare(
        "select revision_item.position, item.name, content.hash, concept, facts, tags
         from revision_item
         join item on item.id = revision_item.item
         join content on content.id = revision_item.content
         where revision = ?
         order by position",
    )?;
    let mut rows = statement.query([revision.number()])?;
    let mut changed = Vec::new();
    for (place, item) in items.iter().enumerate() {
        let Some(row) = rows.next()? else {
            changed.extend(place..items.len());
            break;
        };
        if !is_held(row, place, item)? {
            changed.push(place);
        }
    }
    Ok(changed)
}

fn is_held(row: &Row<'_>, place: usize, item: &Item) -> Result<bool, StoreError> {
    let text = |column: usize| row.get_ref(column)?.as_str_or_null().map_err(rusqlite::Error::from);
    Ok(row.get::<_, i64>(0)? == number(place)
        && text(1)? == Some(item.facts.id.as_str())
        && text(3)? == Some(item.facts.concept.as_str())
        && text(4)? == Some(&facts_row::to_json(&item.facts)?)
        && text(5)? == tags(item)?.as_deref()
        && row.get::<_, [u8; 16]>(2)? == *ContentHash::of(content::to_json(&item.body)?.as_bytes()).as_bytes())
}

/// Puts an item in its place.
fn write<'d>(db: &Connection, slot: Slot, item: &'d Item, listed: &mut Listed<'d>) -> Result<(), StoreError> {
    let (revision, position) = (slot.revision.number(), number(slot.place));
    let before: Option<(i64, Option<String>)> = db
        .prepare_cached("select content, tags from revision_item where revision = ? and position = ?")?
        .query_row([revision, position], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    if let Some((content, tags)) = before {
        listed.before.insert(content);
        let mut untag = db.prepare_cached("delete from item_tag where tag = ? and revision = ? and position = ?")?;
        for tag in tags.map_or_else(|| Ok(Vec::new()), |tags| parse::<Vec<String>>(&tags))? {
            untag.execute(params![tag, revision, position])?;
        }
    }
    let content = content::keep(db, &item.body)?;
    listed.after.insert(content, &item.body);
    db.prepare_cached(
        "insert or replace into revision_item
           (revision, position, item, content, concept, facts, tags, domain, is_live, is_exam)
         values
           (:revision, :position, :item, :content, :concept, :facts, :tags, :domain, :is_live, :is_exam)",
    )?
    .execute(named_params! {
        ":revision": revision,
        ":position": position,
        ":item": log::item_row_in(db, slot.deck_row, &item.facts.id)?,
        ":content": content,
        ":concept": item.facts.concept.as_str(),
        ":facts": facts_row::to_json(&item.facts)?,
        ":domain": number(item.facts.domain_idx),
        ":is_live": item.facts.is_live(),
        ":is_exam": item.facts.is_drawn(),
        ":tags": tags(item)?,
    })?;
    let mut tag = db.prepare_cached("insert or ignore into item_tag (tag, revision, position) values (?, ?, ?)")?;
    for word in &item.notes.tags {
        tag.execute(params![word, revision, position])?;
    }
    Ok(())
}

/// The deck's own words for an item, as a list; `None` without any.
fn tags(item: &Item) -> Result<Option<String>, StoreError> {
    let tags = &item.notes.tags;
    (!tags.is_empty()).then(|| json(tags)).transpose()
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
