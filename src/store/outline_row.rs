//! What the index of decks keeps of an outline.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::base::{DeckId, DomainId, ItemId, Share, StudyDay, TaskId};
use crate::deck::{
    Blueprint, CreditRule, Decision, Domain, Guessing, Guide, Level, Levels, Outline, Retake, Scale, Section,
    SectionItems, Task, TotalRule, Weight,
};
use crate::store::StoreError;
use crate::store::insight_row::InsightRow;
use crate::store::json::{bad, id_of, item_ids, json, parse};

/// Writes what `revision.outline` holds.
pub(in crate::store) fn to_json(outline: &Outline) -> Result<String, StoreError> {
    json(&OutlineRow::from(outline))
}

/// Reads an outline back.
pub(in crate::store) fn from_json(text: &str) -> Result<Outline, StoreError> {
    parse::<OutlineRow>(text)?.into_outline()
}

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
            guide: outline
                .guide
                .as_ref()
                .map(|guide| (guide.as_of.map(|date| StudyDay::from_date(date).number()), guide.url.clone())),
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

fn date(days: NaiveDateRow) -> NaiveDate {
    StudyDay::from_number(days).date()
}
