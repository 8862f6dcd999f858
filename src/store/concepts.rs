//! The index of decks by concept and domain, and what of it is new to the learner.
//!
//! `is_met`, `is_open` and `n_unseen` follow the cards and exposures event by event, so that no start of the program counts
//! a whole deck. They are no folds, since a deck's index may be younger than the log: indexing and a rebuild set them anew.

use std::collections::BTreeMap;

use rusqlite::{Connection, named_params, params};

use crate::base::ConceptId;
use crate::deck::{Guessing, ItemFacts, Outline};
use crate::store::{ItemClass, RevisionId, Store, StoreError, deck_index};

/// How large a domain of a deck is.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct DomainSize {
    /// Concepts whose first item lies in it.
    pub n_concepts: usize,
    /// Exam items.
    pub n_items: usize,
    /// Exam items that were never shown.
    pub n_unseen: usize,
    /// Mean chance, 0 to 1, of a right answer without knowledge to an exam item; 0 without exam items.
    pub chance: f64,
}

impl Store {
    /// Returns the sizes of a revision's `n_domains` domains, without reading the items.
    pub fn domain_sizes(&self, revision: RevisionId, n_domains: usize) -> Result<Vec<DomainSize>, StoreError> {
        let mut statement = self.db().prepare_cached(
            "select domain, n_concepts, n_items, n_unseen, chance from revision_domain where revision = ?",
        )?;
        let mut sizes = vec![DomainSize::default(); n_domains];
        let mut rows = statement.query([revision.number()])?;
        while let Some(row) = rows.next()? {
            let n = |column: usize| Ok::<_, StoreError>(usize::try_from(row.get::<_, i64>(column)?).unwrap_or(0));
            let size = sizes.get_mut(n(0)?);
            *size.ok_or_else(|| StoreError::BadIndex { what: "an item lies in no domain".to_owned() })? =
                DomainSize { n_concepts: n(1)?, n_items: n(2)?, n_unseen: n(3)?, chance: row.get(4)? };
        }
        Ok(sizes)
    }
}

/// Takes the concepts and domains of a revision out.
pub(in crate::store) fn clear(db: &Connection, revision: RevisionId) -> Result<(), StoreError> {
    for sql in ["delete from concept where revision = ?", "delete from revision_domain where revision = ?"] {
        db.execute(sql, [revision.number()])?;
    }
    Ok(())
}

/// Lists the concepts and domains of all decks anew.
pub(in crate::store) fn fill_all(db: &Connection) -> Result<(), StoreError> {
    db.execute_batch("delete from concept; delete from revision_domain;")?;
    for (revision, outline) in deck_index::revisions(db)? {
        let items = deck_index::items(db, revision)?;
        let facts: Vec<&ItemFacts> = items.iter().map(|item| &item.facts).collect();
        fill(db, revision, &outline, &facts)?;
    }
    refresh(db)
}

/// Lists the concepts and domains of the live items of a revision; what is new is not yet held against the cards and
/// exposures.
pub(in crate::store) fn fill(
    db: &Connection,
    revision: RevisionId,
    outline: &Outline,
    items: &[&ItemFacts],
) -> Result<(), StoreError> {
    let mut firsts: BTreeMap<&str, (usize, &ItemFacts)> = BTreeMap::new();
    for (place, facts) in items.iter().enumerate().filter(|(_, facts)| facts.is_live()) {
        firsts.entry(facts.concept.as_str()).or_insert((place, facts));
    }
    let n_concepts = |domain_idx: usize| firsts.values().filter(|(_, first)| first.domain_idx == domain_idx).count();
    let chance = |facts: &&ItemFacts| match &outline.exam {
        Some(exam) => exam.chance(facts.kind),
        None => Guessing::ByChoices.chance(facts.kind),
    };
    let mut insert = db.prepare_cached(
        "insert or replace into revision_domain (revision, domain, n_concepts, n_items, n_unseen, chance)
         values (:revision, :domain, :n_concepts, :n_items, 0, :chance)",
    )?;
    for domain_idx in 0..outline.domains.len() {
        let drawn = items.iter().filter(|facts| facts.domain_idx == domain_idx && facts.is_drawn());
        let chances: Vec<f64> = drawn.map(chance).collect();
        insert.execute(named_params! {
            ":revision": revision.number(),
            ":domain": number(domain_idx),
            ":n_concepts": number(n_concepts(domain_idx)),
            ":n_items": number(chances.len()),
            ":chance": mean(&chances),
        })?;
    }
    list(db, revision, firsts)
}

/// Brings the list of concepts in line with the first item of each, and its place.
fn list(
    db: &Connection,
    revision: RevisionId,
    mut firsts: BTreeMap<&str, (usize, &ItemFacts)>,
) -> Result<(), StoreError> {
    let row =
        |(place, first): (usize, &ItemFacts)| [number(place), number(first.domain_idx), ItemClass::of(first.kind).0];
    let mut gone: Vec<String> = Vec::new();
    let mut statement = db.prepare_cached("select name, place, domain, kind from concept where revision = ?")?;
    let mut rows = statement.query([revision.number()])?;
    while let Some(held) = rows.next()? {
        let name = held.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?;
        match firsts.get(name) {
            Some(first) => {
                let held: [i64; 3] = [held.get(1)?, held.get(2)?, held.get(3)?];
                if row(*first) == held {
                    firsts.remove(name);
                }
            }
            None => gone.push(name.to_owned()),
        }
    }
    let mut delete = db.prepare_cached("delete from concept where revision = ? and name = ?")?;
    for name in gone {
        delete.execute(params![revision.number(), name])?;
    }
    let mut insert = db.prepare_cached(
        "insert or replace into concept (revision, name, place, domain, kind, is_met, is_open)
         values (?, ?, ?, ?, ?, 0, 0)",
    )?;
    for (name, first) in firsts {
        let [place, domain, kind] = row(first);
        insert.execute(params![revision.number(), name, place, domain, kind])?;
    }
    Ok(())
}

/// Holds every concept and domain against the cards and exposures.
pub(in crate::store) fn refresh(db: &Connection) -> Result<(), StoreError> {
    db.execute_batch(
        "update concept set is_met = now.is_met, is_open = now.is_open
         from (
           select revision, name,
             exists (
               select 1 from card
               where card.deck = (select deck from revision where id = held.revision) and card.concept = held.name
             ) as is_met,
             (revision, name) in (
               select revision, concept from revision_item
               where is_live = 1 and (is_exam = 0 or item in (select item from exposure))
             ) as is_open
           from concept as held
         ) as now
         where concept.revision = now.revision and concept.name = now.name
           and (concept.is_met <> now.is_met or concept.is_open <> now.is_open);
         update revision_domain
         set n_unseen = (
               select count(*) from revision_item
               where revision_item.revision = revision_domain.revision
                 and revision_item.domain = revision_domain.domain
                 and is_exam = 1 and item not in (select item from exposure)
             );",
    )?;
    Ok(())
}

/// Notes whether a concept has a card.
pub(in crate::store) fn mark_met(
    db: &Connection,
    deck: i64,
    concept: &ConceptId,
    is_met: bool,
) -> Result<(), StoreError> {
    db.prepare_cached(
        "update concept set is_met = :is_met
         where revision in (select id from revision where deck = :deck) and name = :name and is_met <> :is_met",
    )?
    .execute(named_params! {":deck": deck, ":name": concept.as_str(), ":is_met": is_met})?;
    Ok(())
}

/// Notes that an item was shown for the first time.
pub(in crate::store) fn mark_seen(db: &Connection, item: i64) -> Result<(), StoreError> {
    db.prepare_cached(
        "update concept set is_open = 1
         where is_open = 0
           and (revision, name) in (select revision, concept from revision_item where item = ? and is_live = 1)",
    )?
    .execute([item])?;
    db.prepare_cached(
        "update revision_domain set n_unseen = n_unseen - 1
         where (revision, domain) in (select revision, domain from revision_item where item = ? and is_exam = 1)",
    )?
    .execute([item])?;
    Ok(())
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

#[expect(clippy::cast_precision_loss, reason = "counts of items are far below 2^52")]
fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}
