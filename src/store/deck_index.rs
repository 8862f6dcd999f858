//! The index of decks: an unchanged deck is found by the hash of its files and never read twice.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rusqlite::{Connection, OptionalExtension, Row, named_params};
use serde::{Deserialize, Serialize};

use crate::base::{ConceptId, ContentHash, DeckId, DomainId, ItemId, Share, StimulusId, TaskId};
use crate::deck::{
    Blueprint, CreditRule, Decision, Deck, Difficulty, Domain, Effort, Guessing, Guide, ItemFacts, Level, Levels,
    Measurement, Outline, Retake, Scale, Section, SectionItems, Skill, Status, Task, TotalRule, Weight,
};
use crate::store::insight_row::InsightRow;
use crate::store::kind_row::KindRow;
use crate::store::{Store, StoreError, concepts, content, log, search};

/// Skills by their number in rows.
const SKILLS: [Skill; 3] = [Skill::Recall, Skill::Compare, Skill::Scenario];

/// Names one indexed revision of a deck.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RevisionId(i64);

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
        found.map(|(id, outline)| Ok((RevisionId(id), outline_from_json(&outline)?))).transpose()
    }

    /// Indexes a deck whose files have the hash `files`. Rows of older revisions are dropped, their contents stay.
    pub fn index_deck(&mut self, files: ContentHash, deck: &Deck) -> Result<RevisionId, StoreError> {
        let outline = json(&OutlineRow::from(&deck.outline))?;
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
                let facts = json(&FactsRow::from(&item.facts))?;
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
        found.map(|outline| outline_from_json(&outline)).transpose()
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
    let facts: FactsRow = parse(&row.get::<_, String>("facts")?)?;
    let tags: Option<String> = row.get("tags")?;
    Ok(IndexedItem {
        facts: facts.into_facts(&name, &concept)?,
        tags: tags.map_or_else(|| Ok(Vec::new()), |tags| parse(&tags))?,
        content: ContentHash::from_bytes(row.get("hash")?),
    })
}

/// Returns all revisions that are indexed, with their outlines.
pub(in crate::store) fn revisions(db: &Connection) -> Result<Vec<(RevisionId, Outline)>, StoreError> {
    let mut statement = db.prepare("select id, outline from revision order by id")?;
    let rows = statement.query_map([], |row| Ok((RevisionId(row.get(0)?), row.get::<_, String>(1)?)))?;
    rows.map(|row| row.map_err(StoreError::from).and_then(|(id, text)| Ok((id, outline_from_json(&text)?)))).collect()
}

fn json(row: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(row).map_err(bad)
}

fn parse<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(bad)
}

fn bad(error: impl std::fmt::Display) -> StoreError {
    StoreError::BadIndex { what: error.to_string() }
}

pub(in crate::store) fn id_of<T>(id: Result<T, crate::base::IdError>) -> Result<T, StoreError> {
    id.map_err(bad)
}

pub(in crate::store) fn outline_from_json(text: &str) -> Result<Outline, StoreError> {
    parse::<OutlineRow>(text)?.into_outline()
}

/// What `revision_item.facts` holds.
#[derive(Serialize, Deserialize)]
struct FactsRow {
    domain: usize,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    task: Option<String>,
    kind: KindRow,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    difficulty: Option<DifficultyRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    skill: Option<u8>,
    /// Absent for a live item.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    status: Option<StatusRow>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    stimulus: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    enemies: Vec<String>,
}

#[derive(Serialize, Deserialize)]
enum StatusRow {
    Draft,
    Retired,
    Disputed,
}

#[derive(Serialize, Deserialize)]
enum DifficultyRow {
    Easy,
    Medium,
    Hard,
    Level(u8),
    Logits(f64),
    Angoff(f64),
    Measured(f64, f64),
}

impl From<&ItemFacts> for FactsRow {
    fn from(facts: &ItemFacts) -> FactsRow {
        FactsRow {
            domain: facts.domain_idx,
            task: facts.task.as_ref().map(|task| task.as_str().to_owned()),
            kind: facts.kind.into(),
            difficulty: facts.difficulty.map(|difficulty| match difficulty {
                Difficulty::Effort(Effort::Easy) => DifficultyRow::Easy,
                Difficulty::Effort(Effort::Medium) => DifficultyRow::Medium,
                Difficulty::Effort(Effort::Hard) => DifficultyRow::Hard,
                Difficulty::Level(level) => DifficultyRow::Level(level),
                Difficulty::Logits(logits) => DifficultyRow::Logits(logits),
                Difficulty::Angoff(share) => DifficultyRow::Angoff(share.value()),
                Difficulty::Measured(Measurement { logits, error }) => DifficultyRow::Measured(logits, error),
            }),
            skill: facts.skill.map(|skill| match skill {
                Skill::Recall => 0,
                Skill::Compare => 1,
                Skill::Scenario => 2,
            }),
            status: match facts.status {
                Status::Live => None,
                Status::Draft => Some(StatusRow::Draft),
                Status::Retired => Some(StatusRow::Retired),
                Status::Disputed => Some(StatusRow::Disputed),
            },
            stimulus: facts.stimulus.as_ref().map(|stimulus| stimulus.as_str().to_owned()),
            enemies: facts.enemies.iter().map(|enemy| enemy.as_str().to_owned()).collect(),
        }
    }
}

impl FactsRow {
    fn into_facts(self, name: &str, concept: &str) -> Result<ItemFacts, StoreError> {
        Ok(ItemFacts {
            id: id_of(ItemId::new(name))?,
            concept: id_of(ConceptId::new(concept))?,
            domain_idx: self.domain,
            task: self.task.map(|task| id_of(TaskId::new(&task))).transpose()?,
            kind: self.kind.into(),
            difficulty: self.difficulty.map(DifficultyRow::into_difficulty).transpose()?,
            skill: self.skill.and_then(|skill| SKILLS.get(usize::from(skill)).copied()),
            status: match self.status {
                None => Status::Live,
                Some(StatusRow::Draft) => Status::Draft,
                Some(StatusRow::Retired) => Status::Retired,
                Some(StatusRow::Disputed) => Status::Disputed,
            },
            stimulus: self.stimulus.map(|stimulus| id_of(StimulusId::new(&stimulus))).transpose()?,
            enemies: item_ids(&self.enemies)?,
        })
    }
}

impl DifficultyRow {
    fn into_difficulty(self) -> Result<Difficulty, StoreError> {
        Ok(match self {
            DifficultyRow::Easy => Difficulty::Effort(Effort::Easy),
            DifficultyRow::Medium => Difficulty::Effort(Effort::Medium),
            DifficultyRow::Hard => Difficulty::Effort(Effort::Hard),
            DifficultyRow::Level(level) => Difficulty::Level(level),
            DifficultyRow::Logits(logits) => Difficulty::Logits(logits),
            DifficultyRow::Angoff(share) => Difficulty::Angoff(Share::new(share).map_err(bad)?),
            DifficultyRow::Measured(logits, error) => Difficulty::Measured(Measurement { logits, error }),
        })
    }
}

/// What `revision.outline` holds.
#[derive(Serialize, Deserialize)]
struct OutlineRow {
    id: String,
    title: String,
    guide: Option<(Option<NaiveDateRow>, Option<String>)>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    guide_revision: Option<String>,
    exam: Option<ExamRow>,
    domains: Vec<DomainRow>,
    forms: BTreeMap<String, Vec<String>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    insights: Vec<InsightRow>,
}

/// Days since 1970-01-01.
type NaiveDateRow = i32;

#[derive(Serialize, Deserialize)]
struct DomainRow {
    id: String,
    title: String,
    weight: WeightRow,
    tasks: Vec<(String, String)>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum WeightRow {
    Exact(f64),
    Range(f64, f64),
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum ScaleRow {
    Fixed(u32, u32, u32),
    Named(NamedScaleRow),
}

#[derive(Serialize, Deserialize)]
enum NamedScaleRow {
    Percent,
    Points,
}

/// What is no default of a decision: that the total decides nothing, and the minimums by domain.
#[derive(Serialize, Deserialize)]
struct DecisionRow {
    total_decides: bool,
    minimums: Vec<(usize, f64)>,
}

#[derive(Serialize, Deserialize)]
struct ExamRow {
    minutes: Option<u32>,
    n_scored: usize,
    n_unscored: usize,
    scale: ScaleRow,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    decision: Option<DecisionRow>,
    #[serde(default, skip_serializing_if = "is_false")]
    credit_per_choice: bool,
    cut: f64,
    levels: Vec<(String, f64)>,
    retake: Option<(u32, Option<String>)>,
    guessing: GuessingRow,
    reference_form: Option<Vec<String>>,
    #[serde(default)]
    sections: Vec<SectionRow>,
}

/// A section of an exam: its title, and a number of items or domains; neither means all that are left.
type SectionRow = (String, Option<usize>, Option<Vec<String>>);

#[derive(Serialize, Deserialize)]
enum GuessingRow {
    ByChoices,
    None,
    Fixed(f64),
}

impl From<&Outline> for OutlineRow {
    fn from(outline: &Outline) -> OutlineRow {
        let names = |ids: &[ItemId]| ids.iter().map(|id| id.as_str().to_owned()).collect::<Vec<_>>();
        OutlineRow {
            id: outline.id.as_str().to_owned(),
            title: outline.title.clone(),
            guide: outline.guide.as_ref().map(|guide| {
                (guide.as_of.map(|date| crate::base::StudyDay::from_date(date).number()), guide.url.clone())
            }),
            guide_revision: outline.guide.as_ref().and_then(|guide| guide.revision.clone()),
            exam: outline.exam.as_ref().map(ExamRow::from),
            domains: outline
                .domains
                .iter()
                .map(|domain| DomainRow {
                    id: domain.id.as_str().to_owned(),
                    title: domain.title.clone(),
                    weight: WeightRow::from(domain.weight),
                    tasks: domain.tasks.iter().map(|task| (task.id.as_str().to_owned(), task.title.clone())).collect(),
                })
                .collect(),
            forms: outline.forms.iter().map(|(name, ids)| (name.clone(), names(ids))).collect(),
            insights: outline.insights.iter().map(InsightRow::from).collect(),
        }
    }
}

impl From<&Blueprint> for ExamRow {
    fn from(exam: &Blueprint) -> ExamRow {
        ExamRow {
            minutes: exam.minutes,
            n_scored: exam.n_scored,
            n_unscored: exam.n_unscored,
            scale: match exam.scale {
                Scale::Fixed(scale) => ScaleRow::Fixed(scale.min(), scale.cut(), scale.max()),
                Scale::Percent => ScaleRow::Named(NamedScaleRow::Percent),
                Scale::Points => ScaleRow::Named(NamedScaleRow::Points),
            },
            decision: (exam.decision != Decision::default()).then(|| DecisionRow::from(&exam.decision)),
            credit_per_choice: exam.credit == CreditRule::PerChoice,
            cut: exam.cut.value(),
            levels: exam.levels.all().iter().map(|level| (level.label.clone(), level.from.value())).collect(),
            retake: exam.retake.as_ref().map(|retake| (retake.wait_days, retake.fee.clone())),
            guessing: match exam.guessing {
                Guessing::ByChoices => GuessingRow::ByChoices,
                Guessing::None => GuessingRow::None,
                Guessing::Fixed(share) => GuessingRow::Fixed(share.value()),
            },
            reference_form: exam
                .reference_form
                .as_ref()
                .map(|ids| ids.iter().map(|id| id.as_str().to_owned()).collect()),
            sections: exam.sections.iter().map(section_row).collect(),
        }
    }
}

fn section_row(section: &Section) -> SectionRow {
    let names = |ids: &[DomainId]| ids.iter().map(|id| id.as_str().to_owned()).collect();
    let (count, domains) = match &section.holds {
        SectionItems::Count(n) => (Some(*n), None),
        SectionItems::Rest => (None, None),
        SectionItems::Domains(ids) => (None, Some(names(ids))),
    };
    (section.title.clone(), count, domains)
}

fn section((title, count, domains): SectionRow) -> Result<Section, StoreError> {
    let holds = match (count, domains) {
        (Some(n), _) => SectionItems::Count(n),
        (None, Some(names)) => {
            let ids = names.iter().map(|name| id_of(DomainId::new(name)));
            SectionItems::Domains(ids.collect::<Result<_, _>>()?)
        }
        (None, None) => SectionItems::Rest,
    };
    Ok(Section { title, holds })
}

impl OutlineRow {
    fn into_outline(self) -> Result<Outline, StoreError> {
        let mut forms = BTreeMap::new();
        for (name, ids) in self.forms {
            forms.insert(name, item_ids(&ids)?);
        }
        Ok(Outline {
            id: id_of(DeckId::new(&self.id))?,
            title: self.title,
            guide: self.guide.map(|(as_of, url)| Guide { as_of: as_of.map(date), url, revision: self.guide_revision }),
            exam: self.exam.map(ExamRow::into_blueprint).transpose()?,
            domains: self.domains.into_iter().map(DomainRow::into_domain).collect::<Result<_, _>>()?,
            forms,
            insights: self.insights.into_iter().map(InsightRow::into_insight).collect::<Result<_, _>>()?,
        })
    }
}

impl DomainRow {
    fn into_domain(self) -> Result<Domain, StoreError> {
        let task = |(id, title): (String, String)| Ok(Task { id: id_of(TaskId::new(&id))?, title });
        Ok(Domain {
            id: id_of(DomainId::new(&self.id))?,
            title: self.title,
            weight: self.weight.into_weight()?,
            tasks: self.tasks.into_iter().map(task).collect::<Result<_, StoreError>>()?,
        })
    }
}

impl ExamRow {
    fn into_blueprint(self) -> Result<Blueprint, StoreError> {
        let share = |value: f64| Share::new(value).map_err(bad);
        let level = |(label, from): (String, f64)| Ok(Level { label, from: share(from)? });
        let levels: Vec<Level> = self.levels.into_iter().map(level).collect::<Result<_, StoreError>>()?;
        Ok(Blueprint {
            minutes: self.minutes,
            n_scored: self.n_scored,
            n_unscored: self.n_unscored,
            scale: match self.scale {
                ScaleRow::Fixed(min, cut, max) => Scale::new(min, cut, max).map_err(bad)?,
                ScaleRow::Named(NamedScaleRow::Percent) => Scale::Percent,
                ScaleRow::Named(NamedScaleRow::Points) => Scale::Points,
            },
            decision: self.decision.map(DecisionRow::into_decision).transpose()?.unwrap_or_default(),
            credit: if self.credit_per_choice { CreditRule::PerChoice } else { CreditRule::AllOrNothing },
            cut: share(self.cut)?,
            levels: Levels::new(levels).map_err(bad)?,
            retake: self.retake.map(|(wait_days, fee)| Retake { wait_days, fee }),
            guessing: match self.guessing {
                GuessingRow::ByChoices => Guessing::ByChoices,
                GuessingRow::None => Guessing::None,
                GuessingRow::Fixed(value) => Guessing::Fixed(share(value)?),
            },
            reference_form: self.reference_form.as_deref().map(item_ids).transpose()?,
            sections: self.sections.into_iter().map(section).collect::<Result<_, _>>()?,
        })
    }
}

impl From<Weight> for WeightRow {
    fn from(weight: Weight) -> WeightRow {
        if weight.is_range() {
            WeightRow::Range(weight.low(), weight.high())
        } else {
            WeightRow::Exact(weight.middle())
        }
    }
}

impl WeightRow {
    fn into_weight(self) -> Result<Weight, StoreError> {
        match self {
            WeightRow::Exact(weight) => Ok(Weight::exact(weight)),
            WeightRow::Range(low, high) => Weight::range(low, high).map_err(bad),
        }
    }
}

impl From<&Decision> for DecisionRow {
    fn from(decision: &Decision) -> DecisionRow {
        let minimums = decision.minimums().iter().map(|(domain_idx, minimum)| (*domain_idx, minimum.value()));
        DecisionRow { total_decides: decision.total() == TotalRule::Decides, minimums: minimums.collect() }
    }
}

impl DecisionRow {
    fn into_decision(self) -> Result<Decision, StoreError> {
        let total = if self.total_decides { TotalRule::Decides } else { TotalRule::DecidesNothing };
        let minimum = |(domain_idx, minimum)| Ok((domain_idx, Share::new(minimum).map_err(bad)?));
        let minimums = self.minimums.into_iter().map(minimum).collect::<Result<_, StoreError>>()?;
        Decision::new(total, minimums).map_err(bad)
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(flag: &bool) -> bool {
    !flag
}

fn item_ids(names: &[String]) -> Result<Vec<ItemId>, StoreError> {
    names.iter().map(|name| id_of(ItemId::new(name))).collect()
}

fn date(days: NaiveDateRow) -> NaiveDate {
    crate::base::StudyDay::from_number(days).date()
}
