//! Rules of diagnosis as the index of decks keeps them.

use serde::{Deserialize, Serialize};

use crate::base::Share;
use crate::deck::{Condition, Insight, InsightKind, Outcome, Skill};
use crate::store::StoreError;

/// An insight: its id, its kind, its conditions, what it says and what it advises.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct InsightRow(String, String, Vec<ConditionRow>, String, Option<String>);

#[derive(Serialize, Deserialize)]
enum ConditionRow {
    Passed(bool),
    Levels(Vec<usize>, Vec<usize>, usize, usize),
    Shares(Vec<usize>, f64, f64),
    Contrast(Vec<usize>, Vec<usize>, f64),
    Skills(u8, u8, f64),
    Overconfidence(f64),
    Distance(i32, i32),
}

const SKILLS: [Skill; 3] = [Skill::Recall, Skill::Compare, Skill::Scenario];

impl From<&Insight> for InsightRow {
    fn from(insight: &Insight) -> InsightRow {
        let number = |skill: Skill| SKILLS.iter().zip(0..).find(|(own, _)| **own == skill).map_or(0, |(_, idx)| idx);
        let when = insight.when.iter().map(|condition| match condition.clone() {
            Condition::Outcome(outcome) => ConditionRow::Passed(outcome == Outcome::Passed),
            Condition::Levels { domains, levels, at_least, at_most } => {
                ConditionRow::Levels(domains, levels, at_least, at_most)
            }
            Condition::Shares { domains, from, to } => ConditionRow::Shares(domains, from.value(), to.value()),
            Condition::Contrast { higher, lower, by } => ConditionRow::Contrast(higher, lower, by.value()),
            Condition::Skills { stronger, weaker, by } => {
                ConditionRow::Skills(number(stronger), number(weaker), by.value())
            }
            Condition::Overconfidence { by } => ConditionRow::Overconfidence(by.value()),
            Condition::Distance { from, to } => ConditionRow::Distance(from, to),
        });
        let (id, kind) = (insight.id.clone(), insight.kind.as_str().to_owned());
        InsightRow(id, kind, when.collect(), insight.says.clone(), insight.advice.clone())
    }
}

impl InsightRow {
    pub(in crate::store) fn into_insight(self) -> Result<Insight, StoreError> {
        let InsightRow(id, kind, when, says, advice) = self;
        let known = InsightKind::ALL.into_iter().find(|own| own.as_str() == kind);
        let kind = known.ok_or_else(|| StoreError::BadIndex { what: format!("no kind `{kind}`") })?;
        let when = when.into_iter().map(ConditionRow::into_condition).collect::<Result<_, _>>()?;
        Ok(Insight { id, kind, when, says, advice })
    }
}

impl ConditionRow {
    fn into_condition(self) -> Result<Condition, StoreError> {
        let bad = |what: String| StoreError::BadIndex { what };
        let share = |value: f64| Share::new(value).map_err(|error| bad(error.to_string()));
        let skill = |idx: u8| SKILLS.get(usize::from(idx)).copied().ok_or_else(|| bad(format!("no skill {idx}")));
        Ok(match self {
            ConditionRow::Passed(true) => Condition::Outcome(Outcome::Passed),
            ConditionRow::Passed(false) => Condition::Outcome(Outcome::Failed),
            ConditionRow::Levels(domains, levels, at_least, at_most) => {
                Condition::Levels { domains, levels, at_least, at_most }
            }
            ConditionRow::Shares(domains, from, to) => {
                Condition::Shares { domains, from: share(from)?, to: share(to)? }
            }
            ConditionRow::Contrast(higher, lower, by) => Condition::Contrast { higher, lower, by: share(by)? },
            ConditionRow::Skills(stronger, weaker, by) => {
                Condition::Skills { stronger: skill(stronger)?, weaker: skill(weaker)?, by: share(by)? }
            }
            ConditionRow::Overconfidence(by) => Condition::Overconfidence { by: share(by)? },
            ConditionRow::Distance(from, to) => Condition::Distance { from, to },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn insights_come_back_as_they_went_in() {
        let share = |value| Share::new(value).expect("a share");
        let insight = Insight {
            id: "broad".to_owned(),
            kind: InsightKind::RedFlag,
            when: vec![
                Condition::Outcome(Outcome::Failed),
                Condition::Levels { domains: vec![0, 1], levels: vec![1], at_least: 2, at_most: 2 },
                Condition::Shares { domains: vec![0], from: share(0.1), to: share(0.5) },
                Condition::Contrast { higher: vec![0], lower: vec![1], by: share(0.2) },
                Condition::Skills { stronger: Skill::Recall, weaker: Skill::Scenario, by: share(0.15) },
                Condition::Overconfidence { by: share(0.1) },
                Condition::Distance { from: -100, to: 0 },
            ],
            says: "Broad but shallow.".to_owned(),
            advice: None,
        };
        let json = serde_json::to_string(&InsightRow::from(&insight)).expect("writes");
        let row: InsightRow = serde_json::from_str(&json).expect("reads");
        assert_eq!(row.into_insight().expect("an insight"), insight);
    }
}
