//! The `exam:` section.

use crate::base::{ItemId, Share};
use crate::deck::{Blueprint, Guessing, Level, Levels, Retake, Scale};
use crate::format::finding::Log;
use crate::format::rules::BAD_VALUE;
use crate::format::v1::fields::{Field, Placed, say_refused};

/// A blueprint whose reference form still names items that nobody has looked up.
pub(super) struct ExamDraft {
    pub(super) blueprint: Blueprint,
    pub(super) reference_form: Option<Placed<Vec<Placed<ItemId>>>>,
}

const KEYS: &[&str] = &["minutes", "items", "scale", "cut", "levels", "retake", "guessing", "reference_form"];

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
    let levels = fields.take("levels", log).and_then(|field| levels(field, log));
    let retake = fields.take("retake", log).and_then(|field| retake(field, log));
    let guessing = fields.take("guessing", log).and_then(|field| guessing(field, log));
    let reference_form = fields.take("reference_form", log).map(|field| {
        let span = field.key_span;
        Placed { value: ids(field, log), span }
    });
    fields.finish("`exam`", &[KEYS], log);

    let (n_scored, n_unscored) = items?;
    let blueprint = Blueprint {
        minutes,
        n_scored,
        n_unscored,
        scale: scale.flatten().unwrap_or_default(),
        cut: cut.or_else(|| Share::new(DEFAULT_CUT).ok())?,
        levels: levels.unwrap_or_default(),
        retake,
        guessing: guessing.unwrap_or(Guessing::ByChoices),
        reference_form: None,
    };
    Some(ExamDraft { blueprint, reference_form })
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
        fields.finish("`items`", &[&["scored", "unscored"]], log);
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
    let mut fields = field.fields(log)?;
    let mut score = |name| fields.need(name, "`scale`", log).and_then(|field| field.whole(0..=1_000_000, log));
    let (min, cut, max) = (score("min"), score("cut"), score("max"));
    fields.finish("`scale`", &[&["min", "cut", "max"]], log);
    let scale = Scale::new(min?, cut?, max?);
    scale.map_err(|error| say_refused(log, span, error, "put the three scores in order")).ok()
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
    fields.finish("`retake`", &[&["wait_days", "fee"]], log);
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
