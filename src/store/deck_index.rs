//! The index of decks: an unchanged deck is found by the hash of its files and never read twice.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::base::{ContentHash, DeckId, ItemId};
use crate::deck::{ItemFacts, Outline, Skill};
use crate::store::facts_row::SKILLS;
use crate::store::json::{id_of, json, parse};
use crate::store::{Store, StoreError, facts_row, outline_row};

/// Names one indexed revision of a deck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RevisionId(pub(in crate::store) i64);

impl RevisionId {
    pub(in crate::store) fn number(self) -> i64 {
        self.0
    }
}

/// An item as the index lists it.
#[derive(Debug, Clone, PartialEq)]
pub struct IndexedItem {
    /// What the engines need.
    pub facts: ItemFacts,
    /// The deck's own words for it.
    pub tags: Vec<String>,
    /// The fingerprint by which [`Store::content`] finds its text.
    pub content: ContentHash,
}

impl Store {
    /// Returns the revision and outline of the deck whose files have the hash `files`, if it is indexed.
    pub fn revision(&self, files: ContentHash) -> Result<Option<(RevisionId, Outline)>, StoreError> {
        let found = self
            .db()
            .prepare_cached("select id, outline from revision where hash = ?")?
            .query_row([files.as_bytes()], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)))
            .optional()?;
        found.map(|(id, outline)| Ok((RevisionId(id), outline_row::from_json(&outline)?))).transpose()
    }

    /// Returns the items of a revision in the deck's order.
    pub fn indexed_items(&self, revision: RevisionId) -> Result<Vec<IndexedItem>, StoreError> {
        items(self.db(), revision)
    }

    /// Returns an item of a revision by its id.
    pub fn indexed_item(&self, revision: RevisionId, item: &ItemId) -> Result<Option<IndexedItem>, StoreError> {
        let sql = format!(
            "select {ITEM} from item
             join revision_item on revision_item.item = item.id
             join content on content.id = revision_item.content
             where item.name = :item and revision_item.revision = :revision
               and item.deck = (select deck from revision where id = :revision)"
        );
        let params = named_params! {":item": item.as_str(), ":revision": revision.0};
        self.db().prepare_cached(&sql)?.query_row(params, |row| Ok(read_item(row))).optional()?.transpose()
    }

    /// Returns the newest indexed outline of the deck with the id.
    pub fn outline_of(&self, deck: &DeckId) -> Result<Option<Outline>, StoreError> {
        let sql = "select outline from revision join deck on deck.id = revision.deck where deck.name = ?
                   order by revision.id desc limit 1";
        let found = self.db().query_row(sql, [deck.as_str()], |row| row.get::<_, String>(0)).optional()?;
        found.map(|outline| outline_row::from_json(&outline)).transpose()
    }

    /// Returns what the newest indexed revision of a deck says that `items` demand; items without a word are left out.
    pub fn skills_of(&self, deck: &DeckId, items: &[ItemId]) -> Result<BTreeMap<ItemId, Skill>, StoreError> {
        let names = json(&items.iter().map(ItemId::as_str).collect::<Vec<_>>())?;
        let mut statement = self.db().prepare_cached(
            "select item.name, json_extract(facts, '$.skill')
             from revision_item
             join item on item.id = revision_item.item
             where revision_item.revision = (
                 select max(revision.id) from revision join deck on deck.id = revision.deck where deck.name = :deck
               )
               and revision_item.item in (
                 select item.id from item join deck on deck.id = item.deck
                 where deck.name = :deck and item.name in (select value from json_each(:names))
               )
               and json_extract(facts, '$.skill') is not null",
        )?;
        let mut rows = statement.query(named_params! {":deck": deck.as_str(), ":names": names})?;
        let mut skills = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let (name, number): (String, u8) = (row.get(0)?, row.get(1)?);
            skills.extend(
                SKILLS
                    .get(usize::from(number))
                    .map(|skill| id_of(ItemId::new(&name)).map(|id| (id, *skill)))
                    .transpose()?,
            );
        }
        Ok(skills)
    }
}

/// The columns that [`read_item`] takes.
pub(in crate::store) const ITEM: &str =
    "item.name as item, revision_item.concept, revision_item.facts, revision_item.tags, content.hash";

/// Returns the items of a revision in the deck's order.
pub(in crate::store) fn items(db: &Connection, revision: RevisionId) -> Result<Vec<IndexedItem>, StoreError> {
    let sql = format!(
        "select {ITEM} from revision_item
         join item on item.id = revision_item.item
         join content on content.id = revision_item.content
         where revision_item.revision = ?
         order by revision_item.position"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([revision.0])?;
    let mut items = Vec::new();
    while let Some(row) = rows.next()? {
        items.push(read_item(row)?);
    }
    Ok(items)
}

/// Reads the columns of [`ITEM`].
pub(in crate::store) fn read_item(row: &Row) -> Result<IndexedItem, StoreError> {
    let (name, concept): (String, String) = (row.get("item")?, row.get("concept")?);
    let tags: Option<String> = row.get("tags")?;
    Ok(IndexedItem {
        facts: facts_row::from_json(&row.get::<_, String>("facts")?, &name, &concept)?,
        tags: tags.map_or_else(|| Ok(Vec::new()), |tags| parse(&tags))?,
        content: ContentHash::from_bytes(row.get("hash")?),
    })
}

/// Returns all revisions that are indexed, with their outlines.
pub(in crate::store) fn revisions(db: &Connection) -> Result<Vec<(RevisionId, Outline)>, StoreError> {
    let mut statement = db.prepare("select id, outline from revision order by id")?;
    let rows = statement.query_map([], |row| Ok((RevisionId(row.get(0)?), row.get::<_, String>(1)?)))?;
    rows.map(|row| row.map_err(StoreError::from).and_then(|(id, text)| Ok((id, outline_row::from_json(&text)?))))
        .collect()
}
