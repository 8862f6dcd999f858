//! How probable it is to pass, from all sittings of a deck.

use std::collections::BTreeSet;

use crate::app::trajectory::track_point;
use crate::app::{App, AppError, OpenDeck};
use crate::base::StudyDay;
use crate::deck::{Blueprint, Outline, ReportedScale};
use crate::exam::{Conditions, Ending, SittingKind};
use crate::render::{AttemptResult, AttemptRow, MinimumRow, ReadinessPoint, ReadinessSheet, TrackPoint};
use crate::score::{
    Ability, Attempt, Bank, Calendar, Evidence, ExamForm, Outcome, Readiness, ReadinessLabel, ReadinessModel,
    Reference, ScoredItem,
};
use crate::store::{SittingResult, SittingRow, SittingScore};

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
        let form = standing.form()?;
        let readiness = model.readiness(standing.ability(exam_day), &form);
        let last = standing.record.evidence.iter().map(|own| own.day).max();
        Ok(ReadinessSheet {
            deck: outline.id.to_string(),
            title: outline.title.clone(),
            label: standing.label(readiness.p_pass, today),
            readiness,
            n_scored: form.n_items(),
            raw_cut: form.raw_cut(),
            total: form.total(),
            minimums: minimum_rows(outline, &form),
            since_last: last.map(|last| standing.calendar(exam_day).days(last, exam_day)),
            attempts: standing.record.attempts,
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
        self.standing_by(deck, self.exam_record(deck)?)
    }

    /// The same, of what the sittings came to.
    pub(in crate::app) fn standing_by(&self, deck: &OpenDeck, record: ExamRecord) -> Result<Standing, AppError> {
        let outline = &deck.outline;
        let exam = outline.exam.clone().ok_or_else(|| AppError::NoScale { deck: outline.id.to_string() })?;
        let reference = self.reference_of(deck)?;
        Ok(Standing { model: ReadinessModel::for_scale(&reference), reference, exam, record })
    }

    /// Returns what the sittings of a deck came to.
    pub(in crate::app) fn exam_record(&self, deck: &OpenDeck) -> Result<ExamRecord, AppError> {
        let outline = &deck.outline;
        let (mut attempts, mut evidence, mut points) = (Vec::new(), Vec::new(), Vec::new());
        let sittings = self.store.sittings()?;
        for row in sittings.iter().filter(|row| row.deck == outline.id) {
            let score = self.store.sitting_score(row)?;
            points.push(track_point(deck, row, &score));
            let items = fresh_items(deck, &score);
            let attempt = attempt_row(row, &score, &items);
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
        Ok(ExamRecord { attempts, points, evidence, study_days, known_until })
    }

    /// Returns the probability of passing today and its label; `None` before the first sitting that counts.
    pub(in crate::app) fn readiness_today(
        &self,
        deck: &OpenDeck,
        sittings: &[SittingRow],
    ) -> Result<Option<(f64, ReadinessLabel)>, AppError> {
        Ok(self.readiness_with_trend(deck, sittings)?.map(|(p_pass, label, _)| (p_pass, label)))
    }

    /// Returns the probability of passing today, its label, and P(pass) on the days of the newest two sittings that count
    /// and today; `None` before the first sitting that counts.
    pub(in crate::app) fn readiness_with_trend(
        &self,
        deck: &OpenDeck,
        sittings: &[SittingRow],
    ) -> Result<Option<(f64, ReadinessLabel, Vec<ReadinessPoint>)>, AppError> {
        if !may_be_ready(deck, sittings) {
            return Ok(None);
        }
        let (standing, today) = (self.standing(deck)?, self.today());
        let points = standing.readiness_until(today, N_TREND)?;
        let Some(p_pass) = points.last().map(|point| point.p_pass) else { return Ok(None) };
        Ok(standing.label(p_pass, today).map(|label| (p_pass, label, points)))
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
    record: ExamRecord,
}

/// What the sittings of a deck came to.
pub(in crate::app) struct ExamRecord {
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
        self.model.ability(&self.reference, &self.record.evidence, &self.calendar(day))
    }

    /// P(pass) on the newest `n_most` days with sittings that count, by what was known at the end of each, and today if that
    /// is later; the oldest first. Empty before the first that counts.
    pub(in crate::app) fn readiness_until(
        &self,
        today: StudyDay,
        n_most: usize,
    ) -> Result<Vec<ReadinessPoint>, AppError> {
        if self.record.evidence.is_empty() {
            return Ok(Vec::new());
        }
        let form = self.form()?;
        let course = self.model.course(&self.reference, &self.record.evidence, &self.calendar(today), n_most);
        Ok(course.into_iter().map(|(day, ability)| point(day, &self.model.readiness(ability, &form))).collect())
    }

    /// What is said of a probability of passing today; `None` as long as no sitting counts.
    pub(in crate::app) fn label(&self, p_pass: f64, today: StudyDay) -> Option<ReadinessLabel> {
        let counted: Vec<Attempt> = self.record.attempts.iter().filter_map(AttemptRow::attempt).collect();
        (!counted.is_empty()).then(|| ReadinessLabel::of(p_pass, &counted, today))
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
        Calendar { study_days: self.record.study_days.clone(), known_until: self.record.known_until, exam_day }
    }
}

/// Tells whether a sitting may count; what it showed is not looked at.
pub(in crate::app) fn may_be_ready(deck: &OpenDeck, sittings: &[SittingRow]) -> bool {
    let may_count = |row: &SittingRow| {
        row.deck == deck.outline.id
            && row.kind == SittingKind::Mock
            && matches!(row.ending, Some(Ending::Submitted | Ending::TimeUp))
    };
    deck.outline.exam.is_some() && sittings.iter().any(may_count)
}

/// The scored items that were shown for the first time, under the deck's present domains.
fn fresh_items(deck: &OpenDeck, score: &SittingScore) -> Vec<ScoredItem> {
    let places: Vec<Option<usize>> = score.domains.iter().map(|id| deck.outline.domain_idx(id)).collect();
    let placed = |item: &ScoredItem| Some(ScoredItem { domain_idx: (*places.get(item.domain_idx)?)?, ..*item });
    score.fresh.iter().filter_map(placed).collect()
}

fn minimum_rows(outline: &Outline, form: &ExamForm) -> Vec<MinimumRow> {
    let row = |(domain_idx, raw_cut): (&usize, &f64)| {
        let domain = outline.domains.get(*domain_idx)?;
        let n_items = form.curves().get(*domain_idx)?.len();
        Some(MinimumRow { id: domain.id.to_string(), title: domain.title.clone(), n_items, raw_cut: *raw_cut })
    };
    form.domain_cuts().iter().filter_map(row).collect()
}

fn attempt_row(row: &SittingRow, score: &SittingScore, items: &[ScoredItem]) -> AttemptRow {
    let SittingRow { kind, ending, .. } = *row;
    let SittingScore { away, n_scored, n_fresh, .. } = *score;
    AttemptRow {
        number: row.number,
        day: row.study_day,
        kind,
        ending,
        not_counted_because: Conditions { kind, ending, away, n_scored, n_fresh }.no_evidence_because(),
        result: attempt_result(score),
        n_fresh: items.len(),
        n_fresh_right: items.iter().filter(|item| item.credit.is_full()).count(),
    }
}

fn point(day: StudyDay, found: &Readiness) -> ReadinessPoint {
    ReadinessPoint { day, p_pass: found.p_pass, p_low: found.p_low, p_high: found.p_high }
}

/// The result of a sitting, if it has a score.
pub(in crate::app) fn attempt_result(score: &SittingScore) -> Option<AttemptResult> {
    let SittingResult { raw, scaled, outcome, .. } = *score.result.as_ref()?;
    Some(AttemptResult { raw, n_scored: score.n_scored, scaled, is_pass: outcome == Outcome::Pass })
}
