//! What the drill finds by index: due cards, repeats, concepts that wait to be met, and the variants of one.

use std::collections::BTreeSet;

use rusqlite::{Row, ToSql, named_params};

use crate::base::{ConceptId, DeckId, StudyDay};
use crate::review::Card;
use crate::store::{Exposure, IndexedItem, ItemClass, RevisionId, Store, StoreError, cards, deck_index};

/// The part of a deck that a drill looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    deck: String,
    revision: i64,
    hidden: String,       // JSON: the names of concepts that are left out
    only: Option<String>, // JSON: the names of all others; `None` for the whole deck
}

/// A concept of a deck with its card.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConceptRow {
    /// Place of its first item in the deck.
    pub place: usize,
    /// Its name.
    pub concept: ConceptId,
    /// Place of its domain in the deck's list.
    pub domain_idx: usize,
    /// The type of its first item.
    pub class: ItemClass,
    /// Its card; `None` before the first evidence.
    pub card: Option<Card>,
    /// The study day of the newest answer since there is a card.
    pub last_answer: Option<StudyDay>,
    /// Whether it has a flashcard or an item that was shown: the reserve does not touch it.
    pub is_open: bool,
}

/// An item of a concept and whether it was shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// The item.
    pub item: IndexedItem,
    /// What is known of it; `None` if it was never shown.
    pub exposure: Option<Exposure>,
}

impl Scope {
    /// Takes the concepts of a deck, less those that are `hidden`, and no others than `only` if that is given.
    pub fn new(
        deck: &DeckId,
        revision: RevisionId,
        hidden: &BTreeSet<ConceptId>,
        only: Option<&BTreeSet<ConceptId>>,
    ) -> Scope {
        Scope {
            deck: deck.as_str().to_owned(),
            revision: revision.number(),
            hidden: names(hidden),
            only: only.map(names),
        }
    }
}

fn names(concepts: &BTreeSet<ConceptId>) -> String {
    let names: Vec<&str> = concepts.iter().map(ConceptId::as_str).collect();
    serde_json::Value::from(names).to_string()
}

pub(in crate::store) const CONCEPT: &str = "concept.place, concept.name, concept.domain, concept.kind, concept.is_open";
pub(in crate::store) const IN_SCOPE: &str = "concept.name not in (select value from json_each(:hidden))
    and (:only is null or concept.name in (select value from json_each(:only)))";
/// Cards with their concepts, the index of cards leading.
const CARDS: &str = "from card
    cross join concept on concept.revision = :revision and concept.name = card.concept
    where card.deck = (select id from deck where name = :deck)";

/// Cards of some days, from a place in their order on.
const DAYS: &str = "card.due >= :after_day and (card.due > :after_day or card.concept > :after_name)
    and card.due <= :until and card.repeat_on is not :today
    and (card.due <= :today or card.last_answer is not :today)";

impl Store {
    /// Returns the concepts that must come again on `today`, in the order of their names.
    pub fn repeats(&self, scope: &Scope, today: StudyDay) -> Result<Vec<ConceptRow>, StoreError> {
        let sql = format!(
            "select {CONCEPT}, {card} from card indexed by card_repeat
             cross join concept on concept.revision = :revision and concept.name = card.concept
             where card.deck = (select id from deck where name = :deck) and card.repeat_on = :today and {IN_SCOPE}
             order by card.concept",
            card = cards::COLUMNS
        );
        self.concepts(&sql, scope, &[(":today", &today.number())])
    }

    /// Returns at most `n_most` cards that fall due after a day and name and until a day, by due day and name. Those that
    /// must come again on `today` are not among them, nor those that were answered on it and are not due.
    pub fn due_between(
        &self,
        scope: &Scope,
        after: Option<(StudyDay, &str)>,
        until: StudyDay,
        today: StudyDay,
        n_most: usize,
    ) -> Result<Vec<ConceptRow>, StoreError> {
        let sql = format!(
            "select {CONCEPT}, {card} {CARDS} and {DAYS} and {IN_SCOPE}
             order by card.due, card.concept
             limit :n_most",
            card = cards::COLUMNS
        );
        let (after_day, after_name) = after.map_or((i32::MIN, ""), |(day, name)| (day.number(), name));
        self.concepts(
            &sql,
            scope,
            &[
                (":after_day", &after_day),
                (":after_name", &after_name),
                (":until", &until.number()),
                (":today", &today.number()),
                (":n_most", &number(n_most)),
            ],
        )
    }

    /// Counts what [`Store::due_between`] would return.
    pub fn n_due(
        &self,
        scope: &Scope,
        after: Option<(StudyDay, &str)>,
        until: StudyDay,
        today: StudyDay,
        n_most: usize,
    ) -> Result<usize, StoreError> {
        let sql = format!("select count(*) from (select 1 {CARDS} and {DAYS} and {IN_SCOPE} limit :n_most)");
        let (after_day, after_name) = after.map_or((i32::MIN, ""), |(day, name)| (day.number(), name));
        let own: &[(&str, &dyn ToSql)] = &[
            (":after_day", &after_day),
            (":after_name", &after_name),
            (":until", &until.number()),
            (":today", &today.number()),
            (":n_most", &number(n_most)),
        ];
        self.count(&sql, scope, own)
    }

    /// Counts the cards that are due by `day`, those that must come again among them.
    pub fn n_due_by(&self, scope: &Scope, day: StudyDay) -> Result<usize, StoreError> {
        let sql = format!("select count(*) {CARDS} and card.due <= :day and {IN_SCOPE}");
        self.count(&sql, scope, &[(":day", &day.number())])
    }

    /// Counts the concepts that [`Store::concepts_from`] would return.
    pub fn n_concepts_from(&self, scope: &Scope, from: usize, n_most: usize) -> Result<usize, StoreError> {
        let sql = format!(
            "select count(*) from (
               select 1 from concept
               where concept.revision = :revision and concept.place >= :from and :deck is not null and {IN_SCOPE}
               limit :n_most
             )"
        );
        self.count(&sql, scope, &[(":from", &number(from)), (":n_most", &number(n_most))])
    }

    /// Returns at most `n_most` concepts of a domain without a card, in the order of the deck: those that the drill may
    /// show freely, or those of which all items are unseen exam items.
    pub fn unmet(
        &self,
        scope: &Scope,
        domain_idx: usize,
        is_open: bool,
        n_most: usize,
    ) -> Result<Vec<ConceptRow>, StoreError> {
        let sql = format!(
            "select {CONCEPT}, null from concept
             where concept.revision = :revision and concept.domain = :domain and is_open = :is_open and is_met = 0
               and :deck is not null and {IN_SCOPE}
             order by place
             limit :n_most"
        );
        let own: &[(&str, &dyn ToSql)] =
            &[(":domain", &number(domain_idx)), (":is_open", &is_open), (":n_most", &number(n_most))];
        self.concepts(&sql, scope, own)
    }

    /// Returns at most `n_most` concepts of the scope whose first items stand at `from` or later in the deck.
    pub fn concepts_from(&self, scope: &Scope, from: usize, n_most: usize) -> Result<Vec<ConceptRow>, StoreError> {
        let sql = format!(
            "select {CONCEPT}, {card} from revision_item
             cross join concept on concept.revision = revision_item.revision and concept.name = revision_item.concept
               and concept.place = revision_item.position
             left join card on card.deck = (select id from deck where name = :deck) and card.concept = concept.name
             where revision_item.revision = :revision and revision_item.position >= :from and {IN_SCOPE}
             order by revision_item.position
             limit :n_most",
            card = cards::COLUMNS
        );
        self.concepts(&sql, scope, &[(":from", &number(from)), (":n_most", &number(n_most))])
    }

    /// Returns every `step`-th concept of a deck by name, in the order of the deck: an even sample. No others are read.
    pub fn every_nth(&self, deck: &DeckId, revision: RevisionId, step: usize) -> Result<Vec<ConceptRow>, StoreError> {
        let mut statement = self.db().prepare_cached("select name from concept where revision = ? order by name")?;
        let mut rows = statement.query([revision.number()])?;
        let (mut names, mut nth) = (Vec::new(), 0);
        while let Some(row) = rows.next()? {
            if nth % step.max(1) == 0 {
                names.push(row.get::<_, String>(0)?);
            }
            nth += 1;
        }
        // A statement without a scope, since it runs for each of thousands.
        let mut statement = self.db().prepare_cached(&format!(
            "select {CONCEPT}, {card} from concept
             left join card on card.deck = (select id from deck where name = :deck) and card.concept = concept.name
             where concept.revision = :revision and concept.name = :name",
            card = cards::COLUMNS
        ))?;
        let (deck, revision) = (deck.as_str(), revision.number());
        let mut one = |name: &String| {
            statement
                .query_row(named_params! {":deck": deck, ":revision": revision, ":name": name}, |row| Ok(read(row)))?
        };
        let mut sample = names.iter().map(&mut one).collect::<Result<Vec<_>, StoreError>>()?;
        sample.sort_by_key(|row| row.place);
        Ok(sample)
    }

    /// Returns a concept of the scope by its name; `None` if the scope does not hold it.
    pub fn concept_named(&self, scope: &Scope, concept: &ConceptId) -> Result<Option<ConceptRow>, StoreError> {
        let sql = format!(
            "select {CONCEPT}, {card} from concept
             left join card on card.deck = (select id from deck where name = :deck) and card.concept = concept.name
             where concept.revision = :revision and concept.name = :name and {IN_SCOPE}",
            card = cards::COLUMNS
        );
        Ok(self.concepts(&sql, scope, &[(":name", &concept.as_str())])?.pop())
    }

    /// Returns the concept whose first item stands at a place of the deck; `None` if the scope does not hold it.
    pub fn concept_at(&self, scope: &Scope, place: usize) -> Result<Option<ConceptRow>, StoreError> {
        Ok(self.concepts_from(scope, place, 1)?.pop().filter(|row| row.place == place))
    }

    /// Returns all cards of the scope, in the order of their concepts.
    pub fn met(&self, scope: &Scope) -> Result<Vec<ConceptRow>, StoreError> {
        let sql = format!("select {CONCEPT}, {card} {CARDS} and {IN_SCOPE}", card = cards::COLUMNS);
        self.concepts(&sql, scope, &[])
    }

    /// Returns the items of a concept in the order of the deck.
    pub fn variants(&self, scope: &Scope, concept: &ConceptId) -> Result<Vec<Variant>, StoreError> {
        let sql = format!(
            "select {item}, exposure.n_shown, exposure.first_day, exposure.last_event, exposure.last_right
             from revision_item indexed by revision_item_concept
             join item on item.id = revision_item.item
             join content on content.id = revision_item.content
             left join exposure on exposure.item = revision_item.item
             where revision_item.revision = :revision and revision_item.concept = :concept
             order by revision_item.position",
            item = deck_index::ITEM
        );
        let mut statement = self.db().prepare_cached(&sql)?;
        let params = named_params! {":revision": scope.revision, ":concept": concept.as_str()};
        let mut rows = statement.query(params)?;
        let mut variants = Vec::new();
        while let Some(row) = rows.next()? {
            let exposure = match row.get::<_, Option<u32>>("n_shown")? {
                Some(n_shown) => Some(Exposure {
                    n_shown,
                    first_day: StudyDay::from_number(row.get("first_day")?),
                    recency: row.get("last_event")?,
                    last_right: row.get("last_right")?,
                }),
                None => None,
            };
            variants.push(Variant { item: deck_index::read_item(row)?, exposure });
        }
        Ok(variants)
    }

    fn count(&self, sql: &str, scope: &Scope, own: &[(&str, &dyn ToSql)]) -> Result<usize, StoreError> {
        let mut statement = self.db().prepare_cached(sql)?;
        let n: i64 = statement.query_row(with_scope(scope, own).as_slice(), |row| row.get(0))?;
        Ok(usize::try_from(n).unwrap_or(0))
    }

    pub(in crate::store) fn concepts(
        &self,
        sql: &str,
        scope: &Scope,
        own: &[(&str, &dyn ToSql)],
    ) -> Result<Vec<ConceptRow>, StoreError> {
        let mut statement = self.db().prepare_cached(sql)?;
        let mut rows = statement.query(with_scope(scope, own).as_slice())?;
        let mut concepts = Vec::new();
        while let Some(row) = rows.next()? {
            concepts.push(read(row)?);
        }
        Ok(concepts)
    }
}

fn with_scope<'a>(scope: &'a Scope, own: &[(&'a str, &'a dyn ToSql)]) -> Vec<(&'a str, &'a dyn ToSql)> {
    let mut params: Vec<(&str, &dyn ToSql)> = vec![
        (":deck", &scope.deck),
        (":revision", &scope.revision),
        (":hidden", &scope.hidden),
        (":only", &scope.only),
    ];
    params.extend_from_slice(own);
    params
}

/// Reads the columns of [`CONCEPT`] with those of its card behind them.
fn read(row: &Row) -> Result<ConceptRow, StoreError> {
    let bad = |what: String| StoreError::BadIndex { what };
    let name: String = row.get(1)?;
    let (card, last_answer) = cards::read(row, 5)?.map_or((None, None), |(card, day)| (Some(card), day));
    Ok(ConceptRow {
        place: usize::try_from(row.get::<_, i64>(0)?).unwrap_or(usize::MAX),
        concept: ConceptId::new(&name).map_err(|error| bad(error.to_string()))?,
        domain_idx: usize::try_from(row.get::<_, i64>(2)?).unwrap_or(usize::MAX),
        class: ItemClass(row.get(3)?),
        card,
        last_answer,
        is_open: row.get(4)?,
    })
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
