//! The `exam:` section.

use std::collections::BTreeMap;

use crate::base::{DomainId, ItemId, Share};
use crate::deck::{
    Blueprint, CreditRule, Decision, Domain, Guessing, Level, Levels, Retake, Scale, Section, TotalRule,
};
use crate::format::finding::Log;
use crate::format::rules::{BAD_VALUE, UNKNOWN_NAME};
use crate::format::suggest::{did_you_mean, quoted};
use crate::format::v1::fields::{Field, Placed, say_refused};
use crate::format::v1::keys::{DECISION, EXAM, EXAM_ITEMS, RETAKE, SCALE};
use crate::format::v1::sections::sections;
use crate::format::yaml::Span;

/// A blueprint whose reference form and decision still name items and domains that nobody has looked up.
pub(super) struct ExamDraft {
    pub(super) blueprint: Blueprint,
    pub(super) reference_form: Option<Placed<Vec<Placed<ItemId>>>>,
    pub(super) decision: Option<DecisionDraft>,
    /// The sections, before anybody looked whether they make up the exam; `None` for one that did not read well.
    pub(super) sections: Option<Placed<Vec<Option<Section>>>>,
}

/// A decision whose domains nobody has looked up.
pub(super) struct DecisionDraft {
    span: Span,
    total: TotalRule,
    minimums: MinimumsDraft,
}

/// Minimums as the deck has them.
enum MinimumsDraft {
    /// The same in every domain.
    Every(Share),
    /// By the domains' names.
    Named(Vec<(Placed<String>, Share)>),
}

/// Longest exam: a week.
const MAX_MINUTES: u32 = 7 * 24 * 60;

/// Most items of one kind in an exam.
const MAX_ITEMS: u32 = 10_000;

/// The cut if a deck names none, as a share of the reference form.
const DEFAULT_CUT: f64 = 0.70;

pub(super) fn exam(field: Field<'_>, log: &mut Log<'_>) -> Option<ExamDraft> {
    let mut fields = field.fields(log)?;
    let minutes = fields.take("minutes", log).and_then(|field| field.whole(1..=MAX_MINUTES, log));
    let items = fields.need("items", "`exam`", log).and_then(|field| items(field, log));
    let scale = fields.take("scale", log).map(|field| scale(field, log));
    let cut = fields
        .take("cut", log)
        .and_then(|field| field.share(log, "a share between 0 and 1, for example 0.70", |cut| 0.0 < cut && cut < 1.0));
    let decision = fields.take("decision", log).and_then(|field| decision(field, log));
    let credit = fields.take("credit", log).and_then(|field| {
        let words = [("all-or-nothing", CreditRule::AllOrNothing), ("per-choice", CreditRule::PerChoice)];
        field.word(&words, "", |_| None, log)
    });
    let levels = fields.take("levels", log).and_then(|field| levels(field, log));
    let retake = fields.take("retake", log).and_then(|field| retake(field, log));
    let guessing = fields.take("guessing", log).and_then(|field| guessing(field, log));
    let reference_form = fields.take("reference_form", log).map(|field| {
        let span = field.key_span;
        Placed { value: ids(field, log), span }
    });
    let sections = fields.take("sections", log).map(|field| sections(field, log));
    fields.finish("`exam`", &[EXAM], log);

    let (n_scored, n_unscored) = items?;
    let blueprint = Blueprint {
        minutes,
        n_scored,
        n_unscored,
        scale: scale.flatten().unwrap_or_default(),
        cut: cut.or_else(|| Share::new(DEFAULT_CUT).ok())?,
        decision: Decision::default(),
        credit: credit.unwrap_or_default(),
        levels: levels.unwrap_or_default(),
        retake,
        guessing: guessing.unwrap_or(Guessing::ByChoices),
        reference_form: None,
        sections: Vec::new(),
    };
    Some(ExamDraft { blueprint, reference_form, decision, sections })
}

/// The ids of a form.
pub(super) fn ids(field: Field<'_>, log: &mut Log<'_>) -> Vec<Placed<ItemId>> {
    let elements = field.list(log).unwrap_or_default();
    elements.into_iter().filter_map(|element| element.id(ItemId::new, log)).collect()
}

/// The numbers of scored and unscored items: one number, or both by name.
fn items(field: Field<'_>, log: &mut Log<'_>) -> Option<(usize, usize)> {
    let span = field.span();
    let (scored, unscored) = if field.is_text() {
        (field.whole(1..=MAX_ITEMS, log)?, 0)
    } else {
        let mut fields = field.fields(log)?;
        let scored = fields.need("scored", "`items`", log).and_then(|field| field.whole(0..=MAX_ITEMS, log));
        let unscored = fields.take("unscored", log).map(|field| field.whole(0..=MAX_ITEMS, log));
        fields.finish("`items`", &[EXAM_ITEMS], log);
        (scored?, unscored.unwrap_or(Some(0))?)
    };
    if scored + unscored == 0 {
        log.say(&BAD_VALUE, span, "an exam has at least one item", "ask for scored items");
        return None;
    }
    Some((usize::try_from(scored).ok()?, usize::try_from(unscored).ok()?))
}

fn scale(field: Field<'_>, log: &mut Log<'_>) -> Option<Scale> {
    let span = field.span();
    if field.is_text() {
        let words = [("percent", Scale::Percent), ("points", Scale::Points)];
        return field.word(&words, " or a mapping of `min`, `cut` and `max`", |_| None, log);
    }
    let mut fields = field.fields(log)?;
    let mut score = |name| fields.need(name, "`scale`", log).and_then(|field| field.whole(0..=1_000_000, log));
    let (min, cut, max) = (score("min"), score("cut"), score("max"));
    fields.finish("`scale`", &[SCALE], log);
    let scale = Scale::new(min?, cut?, max?);
    scale.map_err(|error| say_refused(log, span, error, "put the three scores in order")).ok()
}

fn decision(field: Field<'_>, log: &mut Log<'_>) -> Option<DecisionDraft> {
    let span = field.key_span;
    let mut fields = field.fields(log)?;
    let total = fields.take("total", log).map(|field| field.truth(log));
    let minimums = fields.take("domains", log).map(|field| minimums(field, log));
    fields.finish("`decision`", &[DECISION], log);
    let total = match total {
        None => TotalRule::Decides,
        Some(total) => [TotalRule::DecidesNothing, TotalRule::Decides][usize::from(total?)],
    };
    let minimums = minimums.unwrap_or(Some(MinimumsDraft::Named(Vec::new())))?;
    Some(DecisionDraft { span, total, minimums })
}

fn minimums(field: Field<'_>, log: &mut Log<'_>) -> Option<MinimumsDraft> {
    const WANTED: &str = "a share above 0, or domains with such shares";
    let share = |field: Field<'_>, log: &mut Log<'_>| field.share(log, WANTED, |share| share > 0.0);
    if field.is_text() {
        return share(field, log).map(MinimumsDraft::Every);
    }
    let mut named = Vec::new();
    for (domain, node) in field.fields(log)?.into_entries() {
        let minimum = Field::element("domains", node, log).and_then(|field| share(field, log))?;
        named.push((Placed { value: domain.name.into_owned(), span: domain.span }, minimum));
    }
    Some(MinimumsDraft::Named(named))
}

impl DecisionDraft {
    /// Looks up the domains.
    pub(super) fn resolve(self, domains: &[Domain], log: &mut Log<'_>) -> Option<Decision> {
        let minimums = match self.minimums {
            MinimumsDraft::Every(share) => (0..domains.len()).map(|domain_idx| (domain_idx, share)).collect(),
            MinimumsDraft::Named(named) => {
                let mut minimums = BTreeMap::new();
                for (name, share) in named {
                    minimums.insert(known_domain(&name, domains, log)?, share);
                }
                minimums
            }
        };
        let help = "set `total: true`, or give a domain a minimum";
        Decision::new(self.total, minimums).map_err(|error| say_refused(log, self.span, error, help)).ok()
    }
}

fn known_domain(name: &Placed<String>, domains: &[Domain], log: &mut Log<'_>) -> Option<usize> {
    let found = DomainId::new(&name.value).ok().and_then(|id| domains.iter().position(|domain| domain.id == id));
    if found.is_none() {
        let names = domains.iter().map(|domain| domain.id.as_str());
        let help = did_you_mean(&name.value, names, || "declare it under `domains` of the deck".to_owned());
        log.say(&UNKNOWN_NAME, name.span, format!("there is no domain {}", quoted(&name.value)), help);
    }
    found
}

fn levels(field: Field<'_>, log: &mut Log<'_>) -> Option<Levels> {
    let key_span = field.key_span;
    let entries = field.fields(log)?.into_entries();
    let n_entries = entries.len();
    let mut levels = Vec::new();
    for (label, node) in entries {
        let from = Field::element("levels", node, log)
            .and_then(|field| field.share(log, "labels with the share from which each holds", |_| true));
        levels.extend(from.map(|from| Level { label: label.name.into_owned(), from }));
    }
    if levels.len() < n_entries {
        return None;
    }
    let help = "begin with a level at 0, for example `{Not yet: 0, Ready: 0.7}`";
    Levels::new(levels).map_err(|error| say_refused(log, key_span, error, help)).ok()
}

fn retake(field: Field<'_>, log: &mut Log<'_>) -> Option<Retake> {
    let mut fields = field.fields(log)?;
    let wait_days = fields.need("wait_days", "`retake`", log).and_then(|field| field.whole(0..=3650, log));
    let fee = fields.take("fee", log).and_then(|field| field.text(log));
    fields.finish("`retake`", &[RETAKE], log);
    Some(Retake { wait_days: wait_days?, fee })
}

fn guessing(field: Field<'_>, log: &mut Log<'_>) -> Option<Guessing> {
    let words = [("by-choices", Guessing::ByChoices), ("none", Guessing::None)];
    let number = |text: &str| {
        let share = text.parse().ok().and_then(|x| Share::new(x).ok())?;
        (share.value() < 1.0).then_some(Guessing::Fixed(share))
    };
    field.word(&words, " or a share below 1", number, log)
}
