//! What each sitting that ended came to: scored once, when it ends, so that lists and readiness score nothing again.
//!
//! A row is a fold like any other: it follows from the log and the contents that it pins. What changes the scores of sittings
//! that are over needs a step of the schema that folds the log again; a test holds the rows of a stored database against
//! a scoring of today.

use std::time::Duration;

use rusqlite::{Connection, OptionalExtension, named_params};
use serde::{Deserialize, Serialize};

use crate::base::DomainId;
use crate::deck::{Credit, ItemBody, Question};
use crate::exam::{Ending, ItemRole, time_away};
use crate::score::{DomainResult, Outcome, RawScore, Reference, ScoreReport, ScoredItem, ScoringRules, score_sitting};
use crate::store::pinned_record::{CurveRow, curve_row, read_curve};
use crate::store::record::{millis, pack_behind, unpack, words};
use crate::store::{Millionths, PinnedItem, SittingRow, Store, StoreError, StoredSitting, content, sittings};

/// What a sitting came to, as far as lists of sittings and readiness look at it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct SittingScore {
    /// Exam time that ran while it was left alone.
    pub away: Duration,
    /// Scored items.
    pub n_scored: usize,
    /// Scored items that had never been shown before.
    pub n_fresh: usize,
    /// The domains as they were pinned.
    pub domains: Vec<DomainId>,
    /// The result; `None` without a scale, and of a sitting that was abandoned.
    pub result: Option<SittingResult>,
    /// The scored items that were shown for the first time, with their answers.
    pub fresh: Vec<ScoredItem>,
}

/// The result of a sitting on its scale.
#[derive(Debug, Clone, PartialEq)]
pub struct SittingResult {
    /// Points earned.
    pub raw: RawScore,
    /// The scaled score.
    pub scaled: f64,
    /// Whether it passed.
    pub outcome: Outcome,
    /// The levels of the domains that have scored items.
    pub levels: Vec<DomainLevel>,
}

/// The level that a sitting showed in a domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DomainLevel {
    /// Place of the domain in [`SittingScore::domains`].
    pub domain_idx: usize,
    /// Place of the most probable level, the lowest first.
    pub level_idx: usize,
    /// Its probability.
    pub probability: Millionths,
    /// The expected share of right answers.
    pub share: Millionths,
    /// The standard deviation of that share.
    pub share_error: Millionths,
}

impl StoredSitting {
    /// Returns what the answer at each position earned. `questions` are those of the form, in its order.
    pub fn credits(&self, questions: &[Question]) -> Vec<Credit> {
        let credit = |(position, question): (usize, &Question)| {
            self.start.credit.of_answer(question, &self.sitting.mark_at(position).answer)
        };
        questions.iter().enumerate().map(credit).collect()
    }

    /// Scores the sitting by what its answers earned; `None` without a scale, while it is open, and if it was abandoned.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] without a frozen scale, [`StoreError::Score`] if no item counts.
    pub fn score(&self, credits: &[Credit], reference: Option<&Reference>) -> Result<Option<ScoreReport>, StoreError> {
        let scale = match self.row.ending {
            None | Some(Ending::Abandoned) => None,
            Some(Ending::Submitted | Ending::TimeUp | Ending::Unattended) => self.start.scale,
        };
        let Some(scale) = scale else { return Ok(None) };
        let none = || StoreError::NotFound { what: "frozen scale of this sitting".to_owned() };
        let rules = ScoringRules {
            scale,
            decision: self.start.decision.clone(),
            levels: self.start.levels.clone(),
            weights: self.start.domains.iter().map(|domain| domain.weight).collect(),
        };
        let items = self.scored_items(credits, |_, _| true);
        Ok(Some(score_sitting(reference.ok_or_else(none)?, &rules, &items)?))
    }

    /// The items that count, as far as `is_wanted` of their positions, with what was earned.
    fn scored_items(&self, credits: &[Credit], is_wanted: impl Fn(usize, &PinnedItem) -> bool) -> Vec<ScoredItem> {
        let items = self.start.items.iter().enumerate().zip(credits);
        let counting = items.filter(|((at, item), _)| item.form_item.role == ItemRole::Scored && is_wanted(*at, item));
        counting
            .map(|((_, item), credit)| ScoredItem {
                domain_idx: item.form_item.domain_idx,
                curve: item.curve,
                credit: *credit,
            })
            .collect()
    }
}

impl Store {
    /// Returns what a sitting came to; of one that is open, nothing is told.
    pub fn sitting_score(&self, row: &SittingRow) -> Result<SittingScore, StoreError> {
        if row.ending.is_none() {
            return Ok(SittingScore::default());
        }
        let found: Option<Vec<u8>> = self
            .db()
            .prepare_cached("select body from sitting_score where sitting = ?")?
            .query_row([row.number], |row| row.get(0))
            .optional()?;
        match found {
            Some(body) => read(&body).map_err(|what| StoreError::BadIndex { what }),
            None => self.score_again(row.number),
        }
    }

    /// Scores a sitting from the log.
    ///
    /// # Errors
    /// [`StoreError`] for contents that are damaged or missing and for a sitting that cannot be scored.
    pub fn score_again(&self, number: u32) -> Result<SittingScore, StoreError> {
        from_log(self.db(), number)
    }
}

fn from_log(db: &Connection, number: u32) -> Result<SittingScore, StoreError> {
    let stored = sittings::load(db, number)?;
    let pinned = stored.start.items.iter().map(|item| content::read(db, item.form_item.content));
    let question = |body: Result<ItemBody, StoreError>| match body? {
        ItemBody::Question(question) => Ok(question),
        ItemBody::Flashcard(_) | ItemBody::Cloze(_) => {
            Err(StoreError::BadIndex { what: "a form pins a flashcard".to_owned() })
        }
    };
    let credits = stored.credits(&pinned.map(question).collect::<Result<Vec<_>, _>>()?);
    let reference = sittings::frozen_reference(db, &stored.start.deck, stored.start.revision)?;
    let report = stored.score(&credits, reference.as_ref())?;
    Ok(SittingScore {
        away: time_away(&sittings::moments(db, stored.row.id)?),
        n_scored: stored.scored_items(&credits, |_, _| true).len(),
        n_fresh: stored.scored_items(&credits, |_, item| item.is_fresh).len(),
        domains: stored.start.domains.iter().map(|domain| domain.id.clone()).collect(),
        result: report.as_ref().map(SittingResult::from),
        fresh: stored.scored_items(&credits, |at, item| item.is_fresh && stored.sitting.is_reached(at)),
    })
}

impl From<&ScoreReport> for SittingResult {
    fn from(report: &ScoreReport) -> SittingResult {
        let level = |result: &DomainResult| DomainLevel {
            domain_idx: result.domain_idx,
            level_idx: result.level_idx,
            probability: Millionths::of(result.level_probability),
            share: Millionths::of(result.share),
            share_error: Millionths::of(result.share_error),
        };
        SittingResult {
            raw: report.raw,
            scaled: report.scaled.value(),
            outcome: report.outcome,
            levels: report.domains.iter().map(level).collect(),
        }
    }
}

/// Notes what a sitting came to when it ended. One that cannot be scored, since contents are damaged, has no row: who asks
/// for it is told why.
pub(in crate::store) fn fold(db: &Connection, number: u32) -> Result<(), StoreError> {
    let score = match from_log(db, number) {
        Ok(score) => score,
        Err(StoreError::Sqlite(error)) => return Err(error.into()),
        Err(_) => return Ok(()),
    };
    db.prepare_cached("insert into sitting_score (sitting, body) values (:sitting, :body)")?
        .execute(named_params! {":sitting": number, ":body": pack_behind(Vec::new(), &ScoreRow::from(&score))})?;
    Ok(())
}

#[derive(Serialize, Deserialize)]
struct ScoreRow {
    away_ms: u64,
    n_scored: usize,
    n_fresh: usize,
    domains: Vec<String>,
    result: Option<ResultRow>,
    /// Domain, curve, steps of the credit, and those that were earned.
    fresh: Vec<(usize, CurveRow, u8, u8)>,
}

/// Parts of points, how many make a point, scaled score, whether it passed, and for each domain its place, the level's, and
/// probability, share and error in millionths.
#[derive(Serialize, Deserialize)]
struct ResultRow((usize, usize), f64, bool, Vec<(usize, usize, [u32; 3])>);

impl From<&SittingScore> for ScoreRow {
    fn from(score: &SittingScore) -> ScoreRow {
        let level = |own: &DomainLevel| {
            (own.domain_idx, own.level_idx, [own.probability, own.share, own.share_error].map(Millionths::count))
        };
        let result = |own: &SittingResult| {
            let levels = own.levels.iter().map(level).collect();
            ResultRow(own.raw.parts(), own.scaled, own.outcome == Outcome::Pass, levels)
        };
        let fresh = |item: &ScoredItem| {
            (item.domain_idx, curve_row(&item.curve), item.credit.n_steps(), item.credit.n_earned())
        };
        ScoreRow {
            away_ms: millis(score.away),
            n_scored: score.n_scored,
            n_fresh: score.n_fresh,
            domains: score.domains.iter().map(DomainId::to_string).collect(),
            result: score.result.as_ref().map(result),
            fresh: score.fresh.iter().map(fresh).collect(),
        }
    }
}

fn read(body: &[u8]) -> Result<SittingScore, String> {
    let row: ScoreRow = unpack(body)?;
    let level = |(domain_idx, level_idx, [probability, share, share_error]): (usize, usize, [u32; 3])| DomainLevel {
        domain_idx,
        level_idx,
        probability: Millionths::from_count(probability),
        share: Millionths::from_count(share),
        share_error: Millionths::from_count(share_error),
    };
    let result = |ResultRow((n_parts, parts_a_point), scaled, is_pass, levels): ResultRow| SittingResult {
        raw: RawScore::new(n_parts, parts_a_point),
        scaled,
        outcome: if is_pass { Outcome::Pass } else { Outcome::Fail },
        levels: levels.into_iter().map(level).collect(),
    };
    let fresh = |(domain_idx, curve, n_steps, n_earned)| {
        // The steps of a curve are those of what it earns.
        Ok(ScoredItem {
            domain_idx,
            curve: read_curve(curve)?.in_steps(n_steps),
            credit: Credit::new(n_earned, n_steps),
        })
    };
    Ok(SittingScore {
        away: Duration::from_millis(row.away_ms),
        n_scored: row.n_scored,
        n_fresh: row.n_fresh,
        domains: row.domains.iter().map(|id| DomainId::new(id).map_err(words)).collect::<Result<_, String>>()?,
        result: row.result.map(result),
        fresh: row.fresh.into_iter().map(fresh).collect::<Result<_, String>>()?,
    })
}
