//! How levels and readiness went from sitting to sitting.

use crate::app::{App, AppError, OpenDeck};
use crate::base::StudyDay;
use crate::deck::Domain;
use crate::render::{Focus, ReportResult, ScoreSheet, TrackPoint, TrackedDomain, TrackedLevel, Trajectory};
use crate::store::StoredSitting;

/// Most days for which P(pass) is computed again.
const MOST_DAYS: usize = 12;

impl App {
    /// Returns how levels and readiness went; `None` for a deck without an exam.
    pub(in crate::app) fn trajectory(&self, deck: &OpenDeck) -> Result<Option<Trajectory>, AppError> {
        let Some(exam) = &deck.outline.exam else { return Ok(None) };
        let standing = self.standing(deck)?;
        let readiness = standing.readiness_until(self.today(), MOST_DAYS)?;
        let mut points = standing.points;
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
            attempts: standing.attempts,
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
pub(in crate::app) fn track_point(
    deck: &OpenDeck,
    day: StudyDay,
    stored: &StoredSitting,
    sheet: &ScoreSheet,
) -> TrackPoint {
    let mut domains = vec![None; deck.outline.domains.len()];
    if let ReportResult::Scored { report, .. } = &sheet.result {
        for result in &report.domains {
            let pinned = stored.start.domains.get(result.domain_idx);
            let place = pinned.and_then(|domain| deck.outline.domain_idx(&domain.id));
            if let Some(level) = place.and_then(|place| domains.get_mut(place)) {
                *level = Some(TrackedLevel::Measured {
                    level_idx: result.level_idx,
                    probability: result.level_probability,
                    share: result.share,
                    error: result.share_error,
                });
            }
        }
    }
    TrackPoint { day, sitting: Some(stored.row.number), domains }
}
