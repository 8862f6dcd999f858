//! Where decks were read from, so that their ids are enough the next time. No history hangs on it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rusqlite::{OptionalExtension, named_params};

use crate::base::{ContentHash, DeckId};
use crate::store::deck_copies::COPIES;
use crate::store::json::id_of;
use crate::store::{Store, StoreError, indexing, log, search};

/// What the index holds of a deck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IndexedSize {
    /// The hash of the deck's files when they were read.
    pub files: ContentHash,
    /// Items that can stand in an exam.
    pub n_questions: usize,
    /// Items that are only drilled.
    pub n_cards: usize,
}

impl Store {
    /// Notes where a deck was read from, so that its id is enough next time. Copies in the data directory are noted by
    /// their place in it, so that the directory can be moved.
    pub fn set_deck_source(&mut self, deck: &DeckId, path: &Path) -> Result<(), StoreError> {
        let below = path.strip_prefix(self.data_dir()).ok().filter(|below| below.starts_with(COPIES));
        let path = below.unwrap_or(path).to_string_lossy();
        self.commit(|tx| {
            tx.execute(
                "insert into deck_source (deck, path) values (:deck, :path)
                 on conflict (deck) do update set path = excluded.path",
                named_params! {":deck": log::deck_row(tx, deck)?, ":path": path},
            )?;
            Ok(())
        })
    }

    /// Returns the decks that were read from files, with their places, in the order of their ids.
    pub fn deck_sources(&self) -> Result<BTreeMap<DeckId, PathBuf>, StoreError> {
        let sql = "select deck.name, deck_source.path from deck_source join deck on deck.id = deck_source.deck";
        let mut statement = self.db().prepare(sql)?;
        let rows = statement.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
        rows.map(|row| {
            let (id, path) = row?;
            Ok((id_of(DeckId::new(&id))?, self.data_dir().join(path)))
        })
        .collect()
    }

    /// Returns the hash of the deck files at a place that had the stamp when they were hashed; `None` if none had.
    pub fn stamped_files(&self, path: &Path, stamp: &str) -> Result<Option<ContentHash>, StoreError> {
        let mut statement =
            self.db().prepare_cached("select hash from deck_stamp where path = :path and stamp = :stamp")?;
        let params = named_params! {":path": path.to_string_lossy(), ":stamp": stamp};
        Ok(statement.query_row(params, |row| row.get(0)).optional()?.map(ContentHash::from_bytes))
    }

    /// Notes what the deck files at a place looked like from outside when they had the hash `files`.
    pub fn keep_stamp(&mut self, path: &Path, stamp: &str, files: ContentHash) -> Result<(), StoreError> {
        self.commit(|tx| {
            tx.execute(
                "insert into deck_stamp (path, stamp, hash) values (:path, :stamp, :hash)
                 on conflict (path) do update set stamp = excluded.stamp, hash = excluded.hash",
                named_params! {":path": path.to_string_lossy(), ":stamp": stamp, ":hash": files.as_bytes()},
            )?;
            Ok(())
        })
    }

    /// Forgets where a deck was read from, and its index. What was learned with it stays, and so do the contents of its
    /// items.
    pub fn forget_deck(&mut self, deck: &DeckId) -> Result<(), StoreError> {
        self.commit(|tx| {
            let deck = log::deck_row(tx, deck)?;
            let listed = indexing::forget_revisions(tx, deck, None)?;
            tx.execute("delete from deck_source where deck = ?", [deck])?;
            search::follow(tx, &listed, &BTreeMap::new())
        })
    }

    /// Returns what the index holds of a deck; `None` if it was never read.
    pub fn indexed_size(&self, deck: &DeckId) -> Result<Option<IndexedSize>, StoreError> {
        let sql = "select revision.hash, count(*) filter (where facts ->> '$.kind' = 'Flashcard'), count(facts)
                   from revision
                   join deck on deck.id = revision.deck
                   left join revision_item on revision_item.revision = revision.id
                   where deck.name = ?
                   group by revision.id
                   order by revision.id desc
                   limit 1";
        let found = self
            .db()
            .prepare_cached(sql)?
            .query_row([deck.as_str()], |row| Ok((row.get(0)?, row.get::<_, i64>(1)?, row.get::<_, i64>(2)?)))
            .optional()?;
        let count = |n: i64| usize::try_from(n).unwrap_or(0);
        Ok(found.map(|(hash, n_cards, n_items)| IndexedSize {
            files: ContentHash::from_bytes(hash),
            n_questions: count(n_items - n_cards),
            n_cards: count(n_cards),
        }))
    }
}
