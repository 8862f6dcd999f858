//! Bringing the index of decks in line with a deck.

use std::collections::BTreeSet;

use rusqlite::named_params;

use crate::base::ContentHash;
use crate::deck::Deck;
use crate::store::json::json;
use crate::store::{RevisionId, Store, StoreError, concepts, content, facts_row, log, outline_row, search};

impl Store {
    /// Indexes a deck whose files have the hash `files`. Rows of older revisions are dropped, their contents stay.
    pub fn index_deck(&mut self, files: ContentHash, deck: &Deck) -> Result<RevisionId, StoreError> {
        let outline = outline_row::to_json(&deck.outline)?;
        self.commit(|tx| {
            let deck_row = log::deck_row(tx, &deck.outline.id)?;
            tx.prepare_cached(
                "insert into revision (deck, hash, outline) values (:deck, :hash, :outline)
             on conflict (hash) do update set outline = excluded.outline",
            )?
            .execute(named_params! {":deck": deck_row, ":hash": files.as_bytes(), ":outline": outline})?;
            let revision: i64 =
                tx.query_row("select id from revision where hash = ?", [files.as_bytes()], |row| row.get(0))?;
            let before = search::listed(tx, deck_row)?;
            let mut after = BTreeSet::new();
            tx.prepare_cached("delete from revision_item where revision in (select id from revision where deck = ?)")?
                .execute([deck_row])?;
            for (position, item) in deck.items.iter().enumerate() {
                let facts = facts_row::to_json(&item.facts)?;
                let content = content::keep(tx, &item.body)?;
                after.insert(content);
                tx.prepare_cached(
                    "insert into revision_item
                   (revision, position, item, content, concept, facts, tags, domain, is_live, is_exam)
                 values
                   (:revision, :position, :item, :content, :concept, :facts, :tags, :domain, :is_live, :is_exam)",
                )?
                .execute(named_params! {
                    ":revision": revision,
                    ":position": i64::try_from(position).unwrap_or(i64::MAX),
                    ":item": log::item_row(tx, &deck.outline.id, &item.facts.id)?,
                    ":content": content,
                    ":concept": item.facts.concept.as_str(),
                    ":facts": facts,
                    ":domain": i64::try_from(item.facts.domain_idx).unwrap_or(i64::MAX),
                    ":is_live": item.facts.is_live(),
                    ":is_exam": item.facts.is_drawn(),
                    ":tags": (!item.notes.tags.is_empty()).then(|| json(&item.notes.tags)).transpose()?,
                })?;
            }
            search::follow(tx, &before, &after)?;
            concepts::clear(tx, deck_row)?;
            concepts::fill(tx, RevisionId(revision), &deck.outline)?;
            // An older revision's row stays only as long as no index rows need it: it is found by its hash and read again.
            tx.execute(
                "delete from revision where deck = :deck and id <> :id",
                named_params! {":deck": deck_row, ":id": revision},
            )?;
            Ok(RevisionId(revision))
        })
    }
}
