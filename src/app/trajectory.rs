//! How levels and readiness went from sitting to sitting.

use crate::app::{App, AppError, OpenDeck};
use crate::deck::Domain;
use crate::render::{AttemptRow, Focus, TrackPoint, TrackedDomain, TrackedLevel, Trajectory};
use crate::store::{SittingRow, SittingScore};

/// Most days for which P(pass) is computed again.
const MOST_DAYS: usize = 12;

impl App {
    /// Returns how levels and readiness went; `None` for a deck without an exam.
    pub(in crate::app) fn trajectory(&self, deck: &OpenDeck) -> Result<Option<Trajectory>, AppError> {
        let Some(exam) = &deck.outline.exam else { return Ok(None) };
        let record = self.exam_record(deck)?;
        let (mut points, attempts) = (record.points.clone(), record.attempts.clone());
        let is_counted = attempts.iter().any(AttemptRow::is_counted);
        // No scale is worked out for a deck that was never sat.
        let readiness = if is_counted {
            self.standing_by(deck, record)?.readiness_until(self.today(), MOST_DAYS)?
        } else {
            Vec::new()
        };
        points.reverse(); // sittings come the newest first
        for stored in self.store.results(&deck.outline.id)? {
            let result = stored.result;
            let told = |domain: &Domain| {
                let level = result.levels.iter().find(|(id, _)| *id == domain.id);
                level.map(|(_, told)| TrackedLevel::Told(told.clone()))
            };
            let domains = deck.outline.domains.iter().map(told).collect();
            points.push(TrackPoint { day: result.taken_on, sitting: None, domains });
        }
        points.retain(|point| point.domains.iter().any(Option::is_some));
        points.sort_by_key(|point| point.day); // stable
        let domain = |domain: &Domain| TrackedDomain { id: domain.id.to_string(), title: domain.title.clone() };
        Ok(Some(Trajectory {
            domains: deck.outline.domains.iter().map(domain).collect(),
            levels: exam.levels.clone(),
            focus: self.focus(deck, &points)?,
            points,
            readiness,
            attempts,
        }))
    }

    /// How much of the drill went to the domains that the newest measurement found at the lowest level.
    fn focus(&self, deck: &OpenDeck, points: &[TrackPoint]) -> Result<Option<Focus>, AppError> {
        let (Some(newest), Some(exam)) = (points.last(), &deck.outline.exam) else { return Ok(None) };
        let is_lowest = |level: &TrackedLevel| match level {
            TrackedLevel::Measured { level_idx, .. } => *level_idx == 0,
            TrackedLevel::Told(told) => told.places(&exam.levels).is_some_and(|places| *places.end() == 0),
        };
        let domain_idxs: Vec<usize> = (0..newest.domains.len())
            .filter(|idx| newest.domains.get(*idx).is_some_and(|level| level.as_ref().is_some_and(is_lowest)))
            .collect();
        if domain_idxs.is_empty() {
            return Ok(None);
        }
        let weights: Vec<f64> = deck.outline.weights().iter().map(|weight| weight.middle()).collect();
        let total: f64 = weights.iter().sum();
        let weak: f64 = domain_idxs.iter().filter_map(|idx| weights.get(*idx)).sum();
        let drilled = self.store.drilled_by_domain(&deck.outline.id, deck.index, newest.day)?;
        Ok(Some(Focus {
            since: newest.day,
            weight: if total > 0.0 { weak / total } else { 0.0 },
            n_drilled: drilled.values().sum(),
            n_in_weak: domain_idxs.iter().filter_map(|idx| drilled.get(idx)).sum(),
            domain_idxs,
        }))
    }
}

/// What a sitting showed of the deck's present domains.
pub(in crate::app) fn track_point(deck: &OpenDeck, row: &SittingRow, score: &SittingScore) -> TrackPoint {
    let mut domains = vec![None; deck.outline.domains.len()];
    for level in score.result.iter().flat_map(|result| &result.levels) {
        let place = score.domains.get(level.domain_idx).and_then(|id| deck.outline.domain_idx(id));
        if let Some(place) = place.and_then(|place| domains.get_mut(place)) {
            *place = Some(TrackedLevel::Measured {
                level_idx: level.level_idx,
                probability: level.probability.value(),
                share: level.share.value(),
                error: level.share_error.value(),
            });
        }
    }
    TrackPoint { day: row.study_day, sitting: Some(row.number), domains }
}
