//! What a sitting points to, beyond its score.

use std::collections::{BTreeMap, BTreeSet};

use crate::app::{App, AppError};
use crate::deck::{ChoiceSet, Outline, Skill};
use crate::exam::{ItemRole, SittingKind};
use crate::plan::{
    Confusion, DomainSign, RightOf, Signs, StatedAnswer, WrongChoice, confusions, findings, overconfidence,
    retake_outlook, study_time,
};
use crate::render::{Analysis, ConfusedPair, ItemRow, ReportResult, Retake, ScoreSheet, blind_chance};
use crate::score::{
    Calendar, Evidence, ExamForm, Outcome, ReadinessModel, Reference, ScoreReport, ScoredItem, pattern_fit,
};
use crate::store::{PinnedItem, StoredSitting};

impl App {
    /// Returns what a scored sitting points to; `None` without a score.
    pub(in crate::app) fn analysis(
        &self,
        stored: &StoredSitting,
        sheet: &ScoreSheet,
    ) -> Result<Option<Analysis>, AppError> {
        let ReportResult::Scored { report, .. } = &sheet.result else { return Ok(None) };
        let outline = self.store.outline_of(&sheet.deck)?;
        let names: Vec<_> = sheet.items.iter().map(|item| item.item.clone()).collect();
        let skills = self.store.skills_of(&sheet.deck, &names)?;
        let skill_of = |item: &ItemRow| skills.get(&item.item).copied();
        let signs = signs(sheet, report, skill_of);
        // Insights name the deck's domains and levels by their places: they hold as long as these are what they were.
        let insights = outline.as_ref().filter(|outline| is_of(outline, stored)).map(|outline| &outline.insights);
        let findings = findings(insights.map_or(&[], Vec::as_slice), &signs);
        let Some(reference) = self.store.frozen_reference(&stored.start.deck, stored.start.revision)? else {
            return Ok(None);
        };
        let retake = match (report.outcome, sheet.kind) {
            (Outcome::Fail, SittingKind::Mock) => Some(Retake {
                rules: retake_outlook(&findings),
                time: study_time(&signs),
                p_pass: p_pass(stored, sheet, &reference)?,
            }),
            (Outcome::Pass | Outcome::Fail, _) => None,
        };
        let answers = scored_items(stored, sheet, |_| true);
        Ok(Some(Analysis {
            findings,
            retake,
            confusions: self.confused_pairs(sheet)?,
            overconfidence: signs.overconfidence,
            pattern_fit: report.theta.and_then(|theta| pattern_fit(&reference, theta, &answers)),
            cut_share: reference.cut_share(),
            lowest_weight: signs.lowest_weight(),
        }))
    }
}

impl App {
    /// What was taken for what, each pair with questions that tell the two apart.
    fn confused_pairs(&self, sheet: &ScoreSheet) -> Result<Vec<ConfusedPair>, AppError> {
        let pair = |confusion: Confusion| {
            let found = self.store.items_with_key(&sheet.deck, &[&confusion.chosen, &confusion.right])?;
            let (missed, others): (Vec<_>, Vec<_>) =
                found.into_iter().partition(|(item, _)| confusion.items.contains(item));
            let (of_chosen, of_right): (Vec<_>, Vec<_>) = others.into_iter().partition(|(_, place)| *place == 0);
            // By turns, so that neither of the two is left out.
            let mut others = Vec::new();
            for nth in 0..of_chosen.len().max(of_right.len()) {
                others.extend([&of_chosen, &of_right].into_iter().filter_map(|side| side.get(nth)).cloned());
            }
            let contrast = missed.into_iter().chain(others).map(|(item, _)| item).take(MOST_CONTRAST);
            Ok(ConfusedPair { contrast: contrast.collect(), confusion })
        };
        confusions(&wrong_choices(&sheet.items)).into_iter().map(pair).collect()
    }
}

/// Most questions of a drill that sets two things side by side.
const MOST_CONTRAST: usize = 6;

/// Returns the probability of passing the exam on the day of the sitting, from this sitting alone and all that it pinned:
/// the report of a sitting stays what it is. `None` if it is no evidence.
fn p_pass(stored: &StoredSitting, sheet: &ScoreSheet, reference: &Reference) -> Result<Option<f64>, AppError> {
    if !sheet.no_evidence_because().is_empty() {
        return Ok(None);
    }
    let day = stored.row.study_day;
    let items = scored_items(stored, sheet, |pinned| pinned.is_fresh);
    let calendar = Calendar { study_days: BTreeSet::new(), known_until: day, exam_day: day };
    let model = ReadinessModel::for_scale(reference);
    let form = ExamForm::typical(reference, sheet.n_scored(), &stored.start.decision)?;
    let ability = model.ability(reference, &[Evidence { day, items }], &calendar);
    Ok(Some(model.readiness(ability, &form).p_pass))
}

/// Tells whether a deck still has the domains and levels of a sitting.
fn is_of(outline: &Outline, stored: &StoredSitting) -> bool {
    let domains = outline.domains.iter().map(|domain| &domain.id);
    let has_levels = outline.exam.as_ref().is_some_and(|exam| exam.levels == stored.start.levels);
    has_levels && domains.eq(stored.start.domains.iter().map(|domain| &domain.id))
}

fn signs(sheet: &ScoreSheet, report: &ScoreReport, skill_of: impl Fn(&ItemRow) -> Option<Skill>) -> Signs {
    let counting = || sheet.items.iter().filter(|item| item.role == ItemRole::Scored);
    let mut domains = vec![None; sheet.domains.len()];
    for result in &report.domains {
        if let (Some(sign), Some(row)) = (domains.get_mut(result.domain_idx), sheet.domains.get(result.domain_idx)) {
            let level_idx = result.level_idx;
            let share = Some(result.share);
            *sign = Some(DomainSign { weight: row.weight, level_idx, highest_idx: level_idx, share });
        }
    }
    let mut skills: Vec<BTreeMap<Skill, RightOf>> = vec![BTreeMap::new(); sheet.domains.len()];
    for item in counting().filter(|item| item.is_reached) {
        if let (Some(skill), Some(own)) = (skill_of(item), skills.get_mut(item.domain_idx)) {
            let right = own.entry(skill).or_default();
            right.n += 1;
            right.n_right += usize::from(item.is_right);
        }
    }
    let stated: Vec<StatedAnswer> = counting()
        .filter(|item| !item.mark.answer.is_blank())
        .map(|item| StatedAnswer {
            confidence: item.mark.confidence,
            chance: blind_chance(item.question.kind()),
            is_right: item.is_right,
        })
        .collect();
    Signs {
        is_pass: report.outcome == Outcome::Pass,
        points_above_cut: Some(report.scaled.value() - report.scale.passing()),
        domains,
        overconfidence: overconfidence(&stated),
        skills,
    }
}

/// The counting items that were shown, as far as `is_wanted`.
fn scored_items(
    stored: &StoredSitting,
    sheet: &ScoreSheet,
    is_wanted: impl Fn(&PinnedItem) -> bool,
) -> Vec<ScoredItem> {
    let counting = sheet
        .items
        .iter()
        .zip(&stored.start.items)
        .filter(|(item, pinned)| item.role == ItemRole::Scored && item.is_reached && is_wanted(pinned));
    counting
        .map(|(item, pinned)| ScoredItem { domain_idx: item.domain_idx, curve: pinned.curve, credit: item.credit })
        .collect()
}

/// The questions in which one wrong choice stood for one right one.
fn wrong_choices(items: &[ItemRow]) -> Vec<WrongChoice> {
    let only = |choices: ChoiceSet, item: &ItemRow| {
        let mut texts = choices.iter().filter_map(|idx| item.question.choices().get(idx));
        let first = texts.next()?.text.clone();
        texts.next().is_none().then_some(first)
    };
    let pair = |item: &ItemRow| {
        let (chosen, key) = (item.mark.answer.choices(), item.question.key());
        let wrong: ChoiceSet = chosen.iter().filter(|idx| !key.contains(*idx)).collect();
        let missed: ChoiceSet = key.iter().filter(|idx| !chosen.contains(*idx)).collect();
        Some(WrongChoice { item: item.item.clone(), chosen: only(wrong, item)?, right: only(missed, item)? })
    };
    items.iter().filter(|item| !item.is_right).filter_map(pair).collect()
}
