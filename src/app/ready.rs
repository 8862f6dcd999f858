//! How probable it is to pass, from all sittings of a deck.

use std::collections::BTreeSet;

use crate::app::trajectory::track_point;
use crate::app::{App, AppError, OpenDeck};
use crate::base::StudyDay;
use crate::deck::{Blueprint, Outline, ReportedScale};
use crate::exam::{Ending, ItemRole, SittingKind};
use crate::render::{
    AttemptResult, AttemptRow, MinimumRow, ReadinessPoint, ReadinessSheet, ReportResult, ScoreSheet, TrackPoint,
};
use crate::score::{
    Ability, Attempt, Bank, Calendar, Evidence, ExamForm, Outcome, Readiness, ReadinessLabel, ReadinessModel,
    Reference, ScoredItem,
};
use crate::store::{SittingRow, StoredSitting};

impl App {
    /// Returns the probability of passing the deck's exam on a day, today or later, with all that it rests on.
    ///
    /// # Errors
    /// [`AppError::NoScale`] for a deck without an exam.
    pub fn readiness(&self, deck: &OpenDeck, exam_day: StudyDay) -> Result<ReadinessSheet, AppError> {
        self.readiness_of(deck, self.standing(deck)?, exam_day)
    }

    fn readiness_of(
        &self,
        deck: &OpenDeck,
        standing: Standing,
        exam_day: StudyDay,
    ) -> Result<ReadinessSheet, AppError> {
        let (outline, today, model) = (&deck.outline, self.today(), standing.model);
        let calendar = standing.calendar(exam_day);
        let form = standing.form()?;
        let readiness = model.readiness(standing.ability(exam_day), &form);
        let counted: Vec<Attempt> = standing.attempts.iter().filter_map(AttemptRow::attempt).collect();
        let last = standing.evidence.iter().map(|own| own.day).max();
        Ok(ReadinessSheet {
            deck: outline.id.to_string(),
            title: outline.title.clone(),
            label: (!counted.is_empty()).then(|| ReadinessLabel::of(readiness.p_pass, &counted, today)),
            readiness,
            attempts: standing.attempts,
            n_scored: form.n_items(),
            raw_cut: form.raw_cut(),
            total: form.total(),
            minimums: minimum_rows(outline, &form),
            since_last: last.map(|last| calendar.days(last, exam_day)),
            today,
            exam_day,
            model,
        })
    }

    /// Returns what is known of ability today.
    ///
    /// # Errors
    /// [`AppError::NoScale`] for a deck without an exam.
    pub(in crate::app) fn standing(&self, deck: &OpenDeck) -> Result<Standing, AppError> {
        let outline = &deck.outline;
        let exam = outline.exam.clone().ok_or_else(|| AppError::NoScale { deck: outline.id.to_string() })?;
        let reference = self.reference_of(deck)?;
        let (mut attempts, mut evidence, mut points) = (Vec::new(), Vec::new(), Vec::new());
        let sittings = self.store.sittings()?;
        for row in sittings.iter().filter(|row| row.deck == outline.id) {
            let stored = self.store.load_sitting(row.number)?;
            let sheet = self.sheet(&stored)?;
            points.push(track_point(deck, row.study_day, &stored, &sheet));
            let items = fresh_items(deck, &stored, &sheet);
            let attempt = attempt_row(row, &sheet, &items);
            if attempt.is_counted() {
                evidence.push(Evidence { day: row.study_day, items });
            }
            attempts.push(attempt);
        }
        let today = self.today();
        let mut study_days = self.store.review_days(&outline.id)?;
        study_days.extend(sittings.iter().filter(|row| row.deck == outline.id).map(|row| row.study_day));
        // A day that is not over yet may still become one with study.
        let known_until = if study_days.contains(&today) { today } else { StudyDay::from_number(today.number() - 1) };
        let model = ReadinessModel::for_scale(&reference);
        Ok(Standing { model, reference, exam, attempts, points, evidence, study_days, known_until })
    }

    /// Returns the probability of passing today and its label; `None` before the first sitting that counts.
    pub(in crate::app) fn readiness_today(
        &self,
        deck: &OpenDeck,
        sittings: &[SittingRow],
    ) -> Result<Option<(f64, ReadinessLabel)>, AppError> {
        Ok(self.readiness_with_trend(deck, sittings)?.map(|(p_pass, label, _)| (p_pass, label)))
    }

    /// Returns the same with P(pass) on the days of the newest two sittings that count, and today.
    pub(in crate::app) fn readiness_with_trend(
        &self,
        deck: &OpenDeck,
        sittings: &[SittingRow],
    ) -> Result<Option<(f64, ReadinessLabel, Vec<ReadinessPoint>)>, AppError> {
        let may_count = |row: &SittingRow| {
            row.kind == SittingKind::Mock && matches!(row.ending, Some(Ending::Submitted | Ending::TimeUp))
        };
        if deck.outline.exam.is_none() || !sittings.iter().any(may_count) {
            return Ok(None);
        }
        let standing = self.standing(deck)?;
        let points = standing.readiness_until(self.today(), N_TREND)?;
        let sheet = self.readiness_of(deck, standing, self.today())?;
        Ok(sheet.label.map(|label| (sheet.readiness.p_pass, label, points)))
    }

    /// Returns the scale of a deck as it stands: the frozen one if this revision was sat.
    pub(in crate::app) fn reference_of(&self, deck: &OpenDeck) -> Result<Reference, AppError> {
        if let Some(frozen) = self.store.frozen_reference(&deck.outline.id, deck.revision)? {
            return Ok(frozen);
        }
        let facts: Vec<_> = self.items_of(deck)?.into_iter().map(|item| item.facts).collect();
        Ok(Bank::new(&deck.outline, &facts)?.reference().clone())
    }
}

/// Days with sittings over which a trend is told.
const N_TREND: usize = 2;

/// What is known of a learner's ability on a deck.
pub(in crate::app) struct Standing {
    pub(in crate::app) model: ReadinessModel,
    pub(in crate::app) reference: Reference,
    exam: Blueprint,
    /// The sittings with what they count, the newest first.
    pub(in crate::app) attempts: Vec<AttemptRow>,
    /// What the sittings showed of each domain, the newest first.
    pub(in crate::app) points: Vec<TrackPoint>,
    evidence: Vec<Evidence>,
    study_days: BTreeSet<StudyDay>,
    known_until: StudyDay,
}

impl Standing {
    /// The ability on a day, without the exam's shift against the deck.
    pub(in crate::app) fn ability(&self, day: StudyDay) -> Ability {
        self.model.ability(&self.reference, &self.evidence, &self.calendar(day))
    }

    /// P(pass) on the newest `n_most` days with sittings that count, by what was known at the end of each, and today if that
    /// is later; the oldest first. Empty before the first that counts.
    pub(in crate::app) fn readiness_until(
        &self,
        today: StudyDay,
        n_most: usize,
    ) -> Result<Vec<ReadinessPoint>, AppError> {
        let form = self.form()?;
        let mut days: Vec<StudyDay> = self.evidence.iter().map(|own| own.day).collect();
        days.sort_unstable();
        days.dedup();
        days.drain(..days.len().saturating_sub(n_most));
        let on = |day: StudyDay| {
            let known: Vec<Evidence> = self.evidence.iter().filter(|own| own.day <= day).cloned().collect();
            let calendar = Calendar { study_days: self.study_days.clone(), known_until: day, exam_day: day };
            let ability = self.model.ability(&self.reference, &known, &calendar);
            point(day, &self.model.readiness(ability, &form))
        };
        let mut points: Vec<ReadinessPoint> = days.iter().copied().map(on).collect();
        if days.last().is_some_and(|last| *last < today) {
            points.push(point(today, &self.model.readiness(self.ability(today), &form)));
        }
        Ok(points)
    }

    /// A form as the exam might have it.
    pub(in crate::app) fn form(&self) -> Result<ExamForm, AppError> {
        Ok(ExamForm::typical(&self.reference, self.exam.n_scored, &self.exam.decision)?)
    }

    /// The scale of a report.
    pub(in crate::app) fn scale(&self) -> ReportedScale {
        self.exam.scale.reported(self.reference.cut_share(), self.exam.n_scored)
    }

    fn calendar(&self, exam_day: StudyDay) -> Calendar {
        Calendar { study_days: self.study_days.clone(), known_until: self.known_until, exam_day }
    }
}

/// The scored items that were shown for the first time, under the deck's present domains.
fn fresh_items(deck: &OpenDeck, stored: &StoredSitting, sheet: &ScoreSheet) -> Vec<ScoredItem> {
    let place = |domain_idx: usize| deck.outline.domain_idx(&stored.start.domains.get(domain_idx)?.id);
    let shown = sheet
        .items
        .iter()
        .zip(&stored.start.items)
        .filter(|(item, pinned)| item.role == ItemRole::Scored && item.is_reached && pinned.is_fresh);
    shown
        .filter_map(|(item, pinned)| {
            let domain_idx = place(item.domain_idx)?;
            Some(ScoredItem { domain_idx, curve: pinned.curve, credit: item.credit })
        })
        .collect()
}

fn minimum_rows(outline: &Outline, form: &ExamForm) -> Vec<MinimumRow> {
    let row = |(domain_idx, raw_cut): (&usize, &f64)| {
        let domain = outline.domains.get(*domain_idx)?;
        let n_items = form.curves().get(*domain_idx)?.len();
        Some(MinimumRow { id: domain.id.to_string(), title: domain.title.clone(), n_items, raw_cut: *raw_cut })
    };
    form.domain_cuts().iter().filter_map(row).collect()
}

fn attempt_row(row: &SittingRow, sheet: &ScoreSheet, items: &[ScoredItem]) -> AttemptRow {
    AttemptRow {
        number: row.number,
        day: row.study_day,
        kind: row.kind,
        ending: row.ending,
        not_counted_because: sheet.no_evidence_because(),
        result: attempt_result(sheet),
        n_fresh: items.len(),
        n_fresh_right: items.iter().filter(|item| item.credit.is_full()).count(),
    }
}

fn point(day: StudyDay, found: &Readiness) -> ReadinessPoint {
    ReadinessPoint { day, p_pass: found.p_pass, p_low: found.p_low, p_high: found.p_high }
}

/// The result of a sitting, if it has a score.
pub(in crate::app) fn attempt_result(sheet: &ScoreSheet) -> Option<AttemptResult> {
    match &sheet.result {
        ReportResult::Scored { report, .. } => Some(AttemptResult {
            raw: report.raw,
            n_scored: report.n_scored,
            scaled: report.scaled.value(),
            is_pass: report.outcome == Outcome::Pass,
        }),
        ReportResult::None | ReportResult::Counted { .. } => None,
    }
}
