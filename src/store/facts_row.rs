//! What the index of decks keeps of an item's facts.

use serde::{Deserialize, Serialize};

use crate::base::{ConceptId, ItemId, Share, StimulusId, TaskId};
use crate::deck::{Difficulty, Effort, ItemFacts, Measurement, Skill, Status};
use crate::store::StoreError;
use crate::store::json::{bad, id_of, item_ids, json, parse};
use crate::store::kind_row::KindRow;

/// Skills by their number in rows.
pub(in crate::store) const SKILLS: [Skill; 3] = [Skill::Recall, Skill::Compare, Skill::Scenario];

/// Writes what `revision_item.facts` holds: all facts but the names of the item and its concept.
pub(in crate::store) fn to_json(facts: &ItemFacts) -> Result<String, StoreError> {
    json(&FactsRow::from(facts))
}

/// Reads the facts of an item back.
pub(in crate::store) fn from_json(text: &str, item: &str, concept: &str) -> Result<ItemFacts, StoreError> {
    parse::<FactsRow>(text)?.into_facts(item, concept)
}

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
