//! The results of real exams: recorded, removed, and what they point to.

use crate::app::report::deck_argument;
use crate::app::{App, AppError, OpenDeck};
use crate::base::{StudyDay, apportion};
use crate::deck::{Blueprint, Domain, Fee, Outcome, ReportedScale, TotalRule};
use crate::exam::{RealResult, ToldLevel};
use crate::plan::{
    DomainSign, Signs, USUAL_WAIT_DAYS, findings, retake_days, retake_outlook, study_time, told_answers,
};
use crate::render::{Ledger, NextAttempt, ResultDomain, ResultList, ResultRow, ResultSheet};
use crate::store::{DeckSettingName, Event, StoredResult};

impl App {
    /// Records the result of a real exam and, if one is named, the day of the next attempt.
    ///
    /// # Errors
    /// [`AppError::NoScale`] for a deck without an exam, [`AppError::BadResult`] for a result that cannot be, and
    /// [`AppError::BadSetting`] for a day of the next attempt that lies in the past or too far off.
    pub fn add_result(&mut self, deck: &OpenDeck, result: RealResult, next: Option<StudyDay>) -> Result<(), AppError> {
        let id = &deck.outline.id;
        self.check_result(deck, &result)?;
        let mut events = vec![Event::ResultRecorded { deck: id.clone(), result: Box::new(result) }];
        if let Some(day) = next {
            let (name, value) = (DeckSettingName::ExamDate, day.to_string());
            self.study_settings(id)?.changed(name, &value, self.today())?;
            events.push(Event::DeckSettingChanged { deck: id.clone(), name, value });
        }
        self.record(&events)
    }

    /// Removes the result with the number, as [`ResultList`] counts them, and returns it.
    ///
    /// # Errors
    /// [`AppError::NoResult`] if there is none.
    pub fn remove_result(&mut self, deck: &OpenDeck, number: usize) -> Result<RealResult, AppError> {
        let StoredResult { result, .. } = nth(self.store.results(&deck.outline.id)?, number)?;
        self.record(&[Event::ResultRemoved { deck: deck.outline.id.clone(), taken_on: result.taken_on }])?;
        Ok(result)
    }

    /// Returns the attempts at a deck's exam, and what they cost.
    ///
    /// # Errors
    /// [`AppError::NoScale`] for a deck without an exam.
    pub fn result_list(&self, deck: &OpenDeck) -> Result<ResultList, AppError> {
        let exam = exam_of(deck)?;
        let scale = self.scale_of(deck, exam)?;
        let stored = self.store.results(&deck.outline.id)?;
        let newest = stored.last().map(|own| &own.result).filter(|newest| newest.outcome == Outcome::Failed);
        let next = newest.map(|newest| self.next_attempt(deck, exam, scale, newest)).transpose()?;
        Ok(ResultList {
            deck: deck.outline.id.to_string(),
            deck_argument: deck_argument(&deck.outline.id),
            title: deck.outline.title.clone(),
            scale,
            earliest: next.map(|next| next.days.earliest),
            ledger: self.ledger(deck, exam, &stored)?,
            attempts: rows(deck, &stored),
        })
    }

    /// Returns what a result points to: that of the attempt with the number, or of the newest.
    ///
    /// # Errors
    /// [`AppError::NoScale`] for a deck without an exam, [`AppError::NoResult`] if there is no such result.
    pub fn result_sheet(&self, deck: &OpenDeck, number: Option<usize>) -> Result<ResultSheet, AppError> {
        let (outline, exam) = (&deck.outline, exam_of(deck)?);
        let scale = self.scale_of(deck, exam)?;
        let stored = self.store.results(&outline.id)?;
        let number = number.unwrap_or(stored.len());
        let ledger = self.ledger(deck, exam, &stored)?;
        let rows = rows(deck, &stored);
        let is_newest = number == stored.len();
        let result = nth(stored, number)?.result;
        let domains = rows.into_iter().nth(number - 1).map_or_else(Vec::new, |row| row.domains);
        let is_open = is_newest && result.outcome == Outcome::Failed;
        let next = if is_open { Some(self.next_attempt(deck, exam, scale, &result)?) } else { None };
        let today = self.today();
        Ok(ResultSheet {
            deck: outline.id.to_string(),
            deck_argument: deck_argument(&outline.id),
            title: outline.title.clone(),
            number,
            findings: findings(&outline.insights, &signs(deck, exam, scale, &result)),
            result,
            scale,
            levels: exam.levels.clone(),
            domains,
            next,
            exam_day: self.study_settings(&outline.id)?.exam_day.filter(|day| today <= *day),
            guide: outline.guide.clone(),
            today,
            ledger,
        })
    }

    /// Returns the newest result with the first day on which a next attempt is allowed; that is `None` after a pass.
    pub(in crate::app) fn newest_result(
        &self,
        deck: &OpenDeck,
    ) -> Result<Option<(RealResult, Option<StudyDay>)>, AppError> {
        let Some(exam) = &deck.outline.exam else { return Ok(None) };
        let newest = self.store.newest_result(&deck.outline.id)?.map(|stored| stored.result);
        let wait_days = exam.retake.as_ref().map_or(USUAL_WAIT_DAYS, |retake| retake.wait_days);
        Ok(newest.map(|result| {
            let earliest = (result.outcome == Outcome::Failed).then(|| result.taken_on.plus(wait_days));
            (result, earliest)
        }))
    }

    /// Returns, for each domain, the right and wrong answers that the newest result is worth to the drill and the plan.
    pub(in crate::app) fn told_answers(&self, deck: &OpenDeck) -> Result<Vec<(usize, usize)>, AppError> {
        let newest = match &deck.outline.exam {
            Some(exam) => self.store.newest_result(&deck.outline.id)?.map(|stored| (exam, stored.result)),
            None => None,
        };
        let Some((exam, result)) = newest else { return Ok(vec![(0, 0); deck.outline.domains.len()]) };
        let worth = |domain_idx: usize| {
            let places = told_level(deck, &result, domain_idx)?.places(&exam.levels)?;
            Some(told_answers(&places, &exam.levels, n_asked(deck, exam, domain_idx)))
        };
        Ok((0..deck.outline.domains.len()).map(|domain_idx| worth(domain_idx).unwrap_or((0, 0))).collect())
    }

    fn check_result(&self, deck: &OpenDeck, result: &RealResult) -> Result<(), AppError> {
        let exam = exam_of(deck)?;
        let scale = self.scale_of(deck, exam)?;
        let bad = |what: String| Err(AppError::BadResult { what });
        if let Some(score) = result.score {
            if !(scale.min()..=scale.max()).contains(&score) {
                return bad(format!("a score lies from {} to {}, not at {score}", scale.min(), scale.max()));
            }
            let (passing, is_enough) = (scale.passing(), scale.passing() <= score);
            match (result.outcome, is_enough) {
                (Outcome::Failed, true) if exam.decision.is_compensatory() => {
                    return bad(format!("{score} is a pass where {passing} passes; which of the two is wrong?"));
                }
                (Outcome::Passed, false) if exam.decision.total() == TotalRule::Decides => {
                    return bad(format!("{score} is a fail where {passing} passes; which of the two is wrong?"));
                }
                _ => {}
            }
        }
        let day = result.taken_on;
        if self.store.results(&deck.outline.id)?.iter().any(|own| own.result.taken_on == day) {
            return bad(format!("the result of {day} is recorded already; `cutscore result remove` takes it away"));
        }
        Ok(())
    }

    /// The scale of a deck's exam as it stands.
    fn scale_of(&self, deck: &OpenDeck, exam: &Blueprint) -> Result<ReportedScale, AppError> {
        Ok(exam.scale.reported(self.reference_of(deck)?.cut_share(), exam.n_scored))
    }

    fn next_attempt(
        &self,
        deck: &OpenDeck,
        exam: &Blueprint,
        scale: ReportedScale,
        result: &RealResult,
    ) -> Result<NextAttempt, AppError> {
        let signs = signs(deck, exam, scale, result);
        let time = study_time(&signs);
        let wait_days = exam.retake.as_ref().map(|retake| retake.wait_days);
        Ok(NextAttempt {
            rules: retake_outlook(&findings(&deck.outline.insights, &signs)),
            time,
            days: retake_days(result.taken_on, wait_days.unwrap_or(USUAL_WAIT_DAYS), time),
            wait_days,
            lowest_weight: signs.lowest_weight(),
            readiness: self.readiness_today(deck, &self.store.sittings()?)?,
        })
    }

    fn ledger(&self, deck: &OpenDeck, exam: &Blueprint, stored: &[StoredResult]) -> Result<Ledger, AppError> {
        let has_passed = stored.iter().any(|own| own.result.outcome == Outcome::Passed);
        let fee = if has_passed { None } else { fee_of(exam) };
        let p_pass = match fee {
            Some(_) => self.readiness_today(deck, &self.store.sittings()?)?.map(|(p_pass, _)| p_pass),
            None => None,
        };
        Ok(Ledger {
            n_attempts: stored.len(),
            n_unpriced: stored.iter().filter(|own| own.result.cost.is_none()).count(),
            paid: Fee::totals(stored.iter().filter_map(|own| own.result.cost.as_ref())),
            expected_loss: fee.as_ref().zip(p_pass).map(|(fee, p_pass)| fee.part(1.0 - p_pass)),
            next: fee,
        })
    }
}

/// The price of an attempt, as far as the deck says it in a way that can be added up.
fn fee_of(exam: &Blueprint) -> Option<Fee> {
    exam.retake.as_ref().and_then(|retake| Fee::parse(retake.fee.as_deref()?))
}

fn exam_of(deck: &OpenDeck) -> Result<&Blueprint, AppError> {
    deck.outline.exam.as_ref().ok_or_else(|| AppError::NoScale { deck: deck.outline.id.to_string() })
}

/// The result with a number, from 1.
fn nth(stored: Vec<StoredResult>, number: usize) -> Result<StoredResult, AppError> {
    let n_results = stored.len();
    let at = number.checked_sub(1);
    at.and_then(|at| stored.into_iter().nth(at)).ok_or(AppError::NoResult { number, n_results })
}

fn told_level<'r>(deck: &OpenDeck, result: &'r RealResult, domain_idx: usize) -> Option<&'r ToldLevel> {
    let domain = deck.outline.domains.get(domain_idx)?;
    result.levels.iter().find(|(id, _)| *id == domain.id).map(|(_, told)| told)
}

/// A domain's part of the exam, 0 to 1.
fn weight_of(deck: &OpenDeck, domain_idx: usize) -> f64 {
    let weights: Vec<f64> = deck.outline.weights().iter().map(|weight| weight.middle()).collect();
    let total: f64 = weights.iter().sum();
    if total > 0.0 { weights.get(domain_idx).map_or(0.0, |weight| weight / total) } else { 0.0 }
}

/// How many scored items the exam asks of a domain, to the nearest whole.
fn n_asked(deck: &OpenDeck, exam: &Blueprint, domain_idx: usize) -> usize {
    let weights: Vec<f64> = deck.outline.weights().iter().map(|weight| weight.middle()).collect();
    apportion(exam.n_scored, &weights).get(domain_idx).copied().unwrap_or(0)
}

fn signs(deck: &OpenDeck, exam: &Blueprint, scale: ReportedScale, result: &RealResult) -> Signs {
    let sign = |domain_idx: usize| {
        let places = told_level(deck, result, domain_idx)?.places(&exam.levels)?;
        let (level_idx, highest_idx) = places.into_inner();
        Some(DomainSign { weight: weight_of(deck, domain_idx), level_idx, highest_idx, share: None })
    };
    Signs {
        is_pass: result.outcome == Outcome::Passed,
        points_above_cut: result.score.map(|score| score - scale.passing()),
        domains: (0..deck.outline.domains.len()).map(sign).collect(),
        overconfidence: None,
        skills: Vec::new(),
    }
}

/// The attempts with their domains, each beside what it was in the attempt before.
fn rows(deck: &OpenDeck, stored: &[StoredResult]) -> Vec<ResultRow> {
    let Some(exam) = &deck.outline.exam else { return Vec::new() };
    let row = |(at, own): (usize, &StoredResult)| {
        let before = at.checked_sub(1).and_then(|before| stored.get(before));
        let domain = |(domain_idx, domain): (usize, &Domain)| {
            let told = told_level(deck, &own.result, domain_idx).cloned();
            ResultDomain {
                id: domain.id.to_string(),
                title: domain.title.clone(),
                weight: weight_of(deck, domain_idx),
                n_asked: n_asked(deck, exam, domain_idx),
                places: told.as_ref().and_then(|told| told.places(&exam.levels)),
                told,
                before: before.and_then(|before| told_level(deck, &before.result, domain_idx)).cloned(),
            }
        };
        ResultRow {
            number: at + 1,
            result: own.result.clone(),
            domains: deck.outline.domains.iter().enumerate().map(domain).collect(),
        }
    };
    stored.iter().enumerate().map(row).collect()
}
