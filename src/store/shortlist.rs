//! The shortlist: the cards most worth showing on a day, kept so that a drill by the minute ranks few of many.
//!
//! It is scratch, like the heartbeat: whatever is in it, a drill only ever brings cards that exist and may be shown.

use rusqlite::{OptionalExtension, named_params};

use crate::base::{ConceptId, DeckId};
use crate::store::log::deck_row;
use crate::store::queue::{CONCEPT, IN_SCOPE};
use crate::store::{ConceptRow, Scope, Store, StoreError, cards};

impl Store {
    /// Returns the cards of a deck's shortlist; `None` if it was made for something else than `made_for`.
    pub fn shortlisted(
        &self,
        scope: &Scope,
        deck: &DeckId,
        made_for: &str,
    ) -> Result<Option<Vec<ConceptRow>>, StoreError> {
        let found: Option<String> = self
            .db()
            .prepare_cached("select made_for from shortlist_of where deck = (select id from deck where name = ?)")?
            .query_row([deck.as_str()], |row| row.get(0))
            .optional()?;
        if found.as_deref() != Some(made_for) {
            return Ok(None);
        }
        let sql = format!(
            "select {CONCEPT}, {card}
             from shortlist
             cross join card on card.deck = shortlist.deck and card.concept = shortlist.concept
             cross join concept on concept.revision = :revision and concept.name = card.concept
             where shortlist.deck = (select id from deck where name = :deck) and {IN_SCOPE}",
            card = cards::COLUMNS
        );
        self.concepts(&sql, scope, &[]).map(Some)
    }

    /// Replaces a deck's shortlist.
    pub fn keep_shortlist(&mut self, deck: &DeckId, made_for: &str, concepts: &[&ConceptId]) -> Result<(), StoreError> {
        self.commit(|tx| {
            let deck = deck_row(tx, deck)?;
            tx.prepare_cached("delete from shortlist where deck = ?")?.execute([deck])?;
            for concept in concepts {
                tx.prepare_cached("insert into shortlist (deck, concept) values (:deck, :concept)")?
                    .execute(named_params! {":deck": deck, ":concept": concept.as_str()})?;
            }
            tx.prepare_cached(
                "insert into shortlist_of (deck, made_for) values (:deck, :made_for)
             on conflict (deck) do update set made_for = excluded.made_for",
            )?
            .execute(named_params! {":deck": deck, ":made_for": made_for})?;
            Ok(())
        })
    }
}
