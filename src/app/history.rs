//! What was done and when, and how a score came about.

use crate::app::ready::attempt_result;
use crate::app::{App, AppError};
use crate::base::DeckId;
use crate::render::{Done, HistoryRow, ScoreWorking};

impl App {
    /// Returns sittings, drills and real exams, of one deck or of all, the newest first.
    pub fn history(&self, deck: Option<&DeckId>) -> Result<Vec<HistoryRow>, AppError> {
        let is_wanted = |id: &DeckId| deck.is_none_or(|deck| deck == id);
        let mut rows = Vec::new();
        for row in self.store.sittings()?.into_iter().filter(|row| is_wanted(&row.deck)) {
            let score = self.store.sitting_score(&row)?;
            let what = Done::Sitting {
                number: row.number,
                kind: row.kind,
                started_at: row.started_at,
                ending: row.ending,
                elapsed: row.elapsed,
                result: attempt_result(&score),
            };
            rows.push(HistoryRow { day: row.study_day, deck: row.deck.to_string(), what });
        }
        for own in self.store.drill_days()?.into_iter().filter(|own| is_wanted(&own.deck)) {
            let what = Done::Drill { n_answers: own.n_answers, n_right: own.n_right };
            rows.push(HistoryRow { day: own.day, deck: own.deck.to_string(), what });
        }
        for id in self.store.decks_with_results()?.into_iter().filter(is_wanted) {
            for (number, stored) in (1..).zip(self.store.results(&id)?) {
                let (day, result) = (stored.result.taken_on, stored.result);
                rows.push(HistoryRow { day, deck: id.to_string(), what: Done::Real { number, result } });
            }
        }
        // Stable: of one day, sittings keep their order and stand before the drill and real exams.
        rows.sort_by_key(|row| std::cmp::Reverse(row.day));
        Ok(rows)
    }

    /// Returns a sitting with what its score rests on: the one with the number, or the newest that ended.
    ///
    /// # Errors
    /// [`AppError::NoSitting`] if there is none, or it has no scale.
    pub fn score_working(&self, number: Option<u32>) -> Result<ScoreWorking, AppError> {
        let sheet = self.report(number)?;
        let stored = self.store.load_sitting(sheet.number)?;
        let reference = self.store.frozen_reference(&stored.start.deck, stored.start.revision)?;
        let none = || AppError::NoSitting(format!("sitting {} has no score on a scale", sheet.number));
        let reference = reference.ok_or_else(none)?;
        Ok(ScoreWorking { sheet, cut_share: reference.cut_share(), theta_cut: reference.theta_cut() })
    }
}
