//! The queue of a drill: a plan of the day that is filled as far as it is wanted.

use std::collections::{BTreeSet, VecDeque};

use crate::app::appraiser::Appraiser;
use crate::app::{App, AppError, Course, DrillProgress, DrillRequest, OpenDeck, StudySettings};
use crate::base::{ConceptId, StudyDay};
use crate::plan::{
    Call, DayLimits, DayPlan, IntakeLimit, QueueOrder, REPEAT_AFTER, Ranking, Worth, intake_today, mix_domains,
    plan_day, share_intake,
};
use crate::store::{ConceptRow, DomainSize, Scope, Store};

/// What a drill brings, in order.
pub(in crate::app) struct DrillQueue {
    day: DayPlan,
    stages: VecDeque<Stage>,
    n_due_beyond: usize,   // cards that were not read yet, as far as they are counted
    n_extra_beyond: usize, // the same of those that are not due
    is_counted: bool,      // as far as they ever are
}

/// Where further cards come from.
enum Stage {
    /// These.
    Cards(Vec<Worth>),
    /// Cards that fall due after a day and name, until a day.
    Days { after: Option<(StudyDay, String)>, until: StudyDay },
    /// Every concept of the deck, from a place on.
    Deck { from: usize },
}

/// What all stages need.
pub(in crate::app) struct Supply<'a> {
    pub(in crate::app) store: &'a Store,
    pub(in crate::app) scope: &'a Scope,
    pub(in crate::app) appraiser: &'a Appraiser,
    pub(in crate::app) today: StudyDay,
}

/// Cards that are read from a stage at once; among them, domains take turns.
const CHUNK: usize = 60;
/// Cards of stages to come that are counted before the next one is shown; the others are while the person reads.
const COUNTED_AT_ONCE: usize = 100;
/// Most due cards among which a limit of reviews, or of minutes, chooses.
const MOST_DUE: usize = 600;
/// Cards on the shortlist of a day.
const N_SHORTLIST: usize = 600;
/// New concepts that a drill by the minute looks at.
const MOST_NEW: usize = 700;

impl DrillQueue {
    /// Takes the next card out.
    pub(in crate::app) fn take_next(&mut self, supply: &Supply) -> Result<Option<Worth>, AppError> {
        self.fill(supply)?;
        Ok(self.day.take_next())
    }

    /// Puts a card in that must come again today.
    pub(in crate::app) fn repeat(&mut self, worth: Worth) {
        self.day.repeat(worth);
    }

    /// Puts a card at the head, wherever it stood before.
    pub(in crate::app) fn put_first(&mut self, worth: Worth) {
        self.take_out(worth.deck_place);
        self.day.queue.insert(0, worth);
    }

    /// Puts a card in after a few others.
    pub(in crate::app) fn put_later(&mut self, worth: Worth) {
        self.day.queue.insert(self.day.queue.len().min(REPEAT_AFTER), worth);
    }

    /// Takes a concept out; returns its card if it was among those that were read.
    pub(in crate::app) fn take_out(&mut self, deck_place: usize) -> Option<Worth> {
        let mut found = self.day.left().find(|worth| worth.deck_place == deck_place).copied();
        self.day.drop_concept(deck_place);
        for stage in &mut self.stages {
            if let Stage::Cards(cards) = stage {
                found = found.or_else(|| cards.iter().find(|worth| worth.deck_place == deck_place).copied());
                cards.retain(|worth| worth.deck_place != deck_place);
            }
        }
        found
    }

    /// Returns the order of the queue.
    pub(in crate::app) fn order(&self) -> QueueOrder {
        self.day.order
    }

    /// Counts what is left, without the card on the screen.
    pub(in crate::app) fn count(&self, is_cram: bool) -> DrillProgress {
        let mut left = DrillProgress::default();
        let waiting = self.stages.iter().filter_map(|stage| match stage {
            Stage::Cards(cards) => Some(cards),
            Stage::Days { .. } | Stage::Deck { .. } => None,
        });
        // What does not fit into the minutes is only to come once the rest is done; a repeat comes today in any case.
        let is_counted = |worth: &&Worth| self.day.queue.is_empty() || matches!(worth.call, Call::Repeat);
        let later = self.day.later.iter().filter(is_counted);
        for worth in self.day.queue.iter().chain(later).chain(waiting.flatten()) {
            *left.left_of(worth.call, is_cram) += 1;
        }
        left.n_due_left += self.n_due_beyond;
        left.n_extra_left += self.n_extra_beyond;
        left.has_more = !self.is_counted || self.n_due_beyond.max(self.n_extra_beyond) >= DrillProgress::MOST_COUNTED;
        left
    }

    /// Reads on until a repeat can be put after others, or nothing is left to be read.
    fn fill(&mut self, supply: &Supply) -> Result<(), AppError> {
        let (mut has_read, mut is_partly_read) = (false, false);
        while self.day.queue.len() <= REPEAT_AFTER {
            let Some(stage) = self.stages.front_mut() else { break };
            let (mut cards, n_read) = match stage {
                Stage::Cards(cards) => (std::mem::take(cards), 0),
                Stage::Days { after, until } => {
                    let rows = supply.days(after, *until)?;
                    (mix_domains(supply.appraiser.by_due_date(&rows)), rows.len())
                }
                Stage::Deck { from } => {
                    let rows = supply.deck(from)?;
                    (mix_domains(rows.iter().map(crammed).collect()), rows.len())
                }
            };
            (has_read, is_partly_read) = (true, n_read == CHUNK);
            if !is_partly_read {
                self.stages.pop_front();
            }
            self.day.queue.append(&mut cards);
        }
        if is_partly_read {
            // There may be many more: they are counted while the person reads.
            (self.n_due_beyond, self.n_extra_beyond, self.is_counted) = (0, 0, false);
        } else if has_read {
            self.count_beyond(supply, COUNTED_AT_ONCE)?;
            self.is_counted = self.n_due_beyond < COUNTED_AT_ONCE && self.n_extra_beyond < COUNTED_AT_ONCE;
        }
        Ok(())
    }

    /// Counts what was not read yet, up to [`DrillProgress::MOST_COUNTED`].
    pub(in crate::app) fn count_on(&mut self, supply: &Supply) -> Result<(), AppError> {
        if self.is_counted {
            return Ok(());
        }
        self.count_beyond(supply, DrillProgress::MOST_COUNTED)?;
        self.is_counted = true;
        Ok(())
    }

    /// Counts again, since other cards are left out.
    pub(in crate::app) fn count_anew(&mut self, supply: &Supply) -> Result<(), AppError> {
        self.is_counted = false;
        self.count_on(supply)
    }

    fn count_beyond(&mut self, supply: &Supply, most: usize) -> Result<(), AppError> {
        (self.n_due_beyond, self.n_extra_beyond) = (0, 0);
        for stage in &self.stages {
            match stage {
                Stage::Cards(_) => {}
                Stage::Days { after, until } => {
                    let from = after.as_ref().map(|(day, name)| (*day, name.as_str()));
                    let n = supply.store.n_due(supply.scope, from, *until, supply.today, most)?;
                    *(if *until <= supply.today { &mut self.n_due_beyond } else { &mut self.n_extra_beyond }) += n;
                }
                Stage::Deck { from } => {
                    self.n_extra_beyond += supply.store.n_concepts_from(supply.scope, *from, most)?;
                }
            }
        }
        Ok(())
    }
}

impl DrillProgress {
    /// The count that a card to come belongs to.
    pub(in crate::app) fn left_of(&mut self, call: Call, is_cram: bool) -> &mut usize {
        match call {
            _ if is_cram => &mut self.n_extra_left,
            Call::Due { .. } => &mut self.n_due_left,
            Call::Repeat => &mut self.n_repeats_left,
            Call::New => &mut self.n_new_left,
            Call::Early { .. } => &mut self.n_extra_left,
        }
    }
}

impl Supply<'_> {
    fn days(&self, after: &mut Option<(StudyDay, String)>, until: StudyDay) -> Result<Vec<ConceptRow>, AppError> {
        let from = after.as_ref().map(|(day, name)| (*day, name.as_str()));
        let rows = self.store.due_between(self.scope, from, until, self.today, CHUNK)?;
        if let Some((concept, card)) = rows.last().and_then(|row| Some((&row.concept, row.card?))) {
            *after = Some((card.due, concept.as_str().to_owned()));
        }
        Ok(rows)
    }

    fn deck(&self, from: &mut usize) -> Result<Vec<ConceptRow>, AppError> {
        let rows = self.store.concepts_from(self.scope, *from, CHUNK)?;
        if let Some(last) = rows.last() {
            *from = last.place + 1;
        }
        Ok(rows)
    }

    /// Concepts without a card that may be shown, by domain, at most `n_most` of each, in the order of the deck.
    fn unmet(&self, n_free: &[usize], n_most: usize) -> Result<Vec<Vec<ConceptRow>>, AppError> {
        let of_domain = |(domain_idx, n_free): (usize, &usize)| {
            let mut rows = self.store.unmet(self.scope, domain_idx, true, n_most)?;
            rows.extend(self.store.unmet(self.scope, domain_idx, false, n_most.min(*n_free))?);
            rows.sort_by_key(|row| row.place);
            rows.truncate(n_most);
            Ok(rows)
        };
        n_free.iter().enumerate().map(of_domain).collect()
    }
}

/// A concept that is gone through whatever its card says.
fn crammed(row: &ConceptRow) -> Worth {
    let call = if row.card.is_some() { Call::Early { in_days: 0 } } else { Call::New };
    Worth { deck_place: row.place, domain_idx: row.domain_idx, call, points: 0.0, expected_secs: 1.0 }
}

impl App {
    /// Plans the queue of a drill.
    pub(in crate::app) fn drill_queue(
        &mut self,
        deck: &OpenDeck,
        request: &DrillRequest,
        settings: &StudySettings,
        scope: &Scope,
        appraiser: &Appraiser,
        n_free: &[usize],
    ) -> Result<DrillQueue, AppError> {
        let by_due_date = DayPlan { order: QueueOrder::DueDate, queue: Vec::new(), later: Vec::new() };
        let mut queue = match (request.course, request.minutes) {
            (Course::Cram, _) => DrillQueue {
                day: by_due_date,
                stages: VecDeque::from([Stage::Deck { from: 0 }]),
                n_due_beyond: 0,
                n_extra_beyond: 0,
                is_counted: true,
            },
            (Course::Today | Course::Ahead(_), Some(minutes)) => {
                let ranking = appraiser.rank(&self.candidates(deck, request, settings, scope, appraiser, n_free)?);
                let limits = self.limits(deck, request, settings, 60.0 * f64::from(minutes))?;
                DrillQueue {
                    day: plan_day(&ranking, limits),
                    stages: VecDeque::new(),
                    n_due_beyond: 0,
                    n_extra_beyond: 0,
                    is_counted: true,
                }
            }
            (Course::Today | Course::Ahead(_), None) => {
                let stages = self.stages(deck, request, settings, scope, appraiser, n_free)?;
                DrillQueue { day: by_due_date, stages, n_due_beyond: 0, n_extra_beyond: 0, is_counted: true }
            }
        };
        queue.fill(&Supply { store: &self.store, scope, appraiser, today: self.today() })?;
        Ok(queue)
    }

    /// Repeats of the day, what is due, new concepts, and what comes early if that is asked for.
    fn stages(
        &self,
        deck: &OpenDeck,
        request: &DrillRequest,
        settings: &StudySettings,
        scope: &Scope,
        appraiser: &Appraiser,
        n_free: &[usize],
    ) -> Result<VecDeque<Stage>, AppError> {
        let today = self.today();
        let supply = Supply { store: &self.store, scope, appraiser, today };
        let a_day = request.n_new.unwrap_or(settings.new_a_day);
        let limit = IntakeLimit { a_day, n_met_today: self.store.n_introduced_on(&deck.outline.id, today)? };
        let n_new = match request.n_new {
            // Who asks for a number gets it.
            Some(_) => limit.n_left(),
            None => intake_today(limit, today, settings.exam_day, &settings.days_off).n_left(),
        };
        let unmet = supply.unmet(n_free, n_new)?;
        let new = unmet.iter().map(|rows| appraiser.by_due_date(rows)).collect();
        let mut stages = VecDeque::from([
            Stage::Cards(appraiser.by_due_date(&self.store.repeats(scope, today)?)),
            self.due_stage(deck, request, settings, &supply)?,
            Stage::Cards(share_intake(new, appraiser.weakness(), n_new)),
        ]);
        if let Course::Ahead(n_days) = request.course {
            stages.push_back(Stage::Days { after: Some((today.plus(1), String::new())), until: today.plus(n_days) });
        }
        Ok(stages)
    }

    /// What is due; of more than a day's reviews, those that are worth the most.
    fn due_stage(
        &self,
        deck: &OpenDeck,
        request: &DrillRequest,
        settings: &StudySettings,
        supply: &Supply,
    ) -> Result<Stage, AppError> {
        let Supply { scope, appraiser, today, .. } = *supply;
        let limits = DayLimits { n_new: 0, ..self.limits(deck, request, settings, f64::INFINITY)? };
        if limits.n_reviews == usize::MAX {
            return Ok(Stage::Days { after: None, until: today });
        }
        let rows = self.store.due_between(scope, None, today, today, limits.n_reviews.saturating_add(MOST_DUE))?;
        let best = plan_day(&Ranking { order: QueueOrder::DueDate, ..appraiser.rank(&rows) }, limits).queue;
        let places: BTreeSet<usize> = best.iter().map(|worth| worth.deck_place).collect();
        let mut cards = appraiser.by_due_date(&rows);
        cards.retain(|worth| places.contains(&worth.deck_place));
        Ok(Stage::Cards(mix_domains(cards)))
    }

    fn limits(
        &self,
        deck: &OpenDeck,
        request: &DrillRequest,
        settings: &StudySettings,
        secs: f64,
    ) -> Result<DayLimits, AppError> {
        let (id, today) = (&deck.outline.id, self.today());
        let n_met = self.store.n_introduced_on(id, today)?;
        let n_new = request.n_new.map_or(usize::MAX, |a_day| a_day.saturating_sub(n_met));
        Ok(DayLimits { n_new, n_reviews: self.reviews_left(deck, settings)?, secs })
    }

    /// Returns how many cards may still come back today.
    pub(in crate::app) fn reviews_left(&self, deck: &OpenDeck, settings: &StudySettings) -> Result<usize, AppError> {
        Ok(match settings.reviews_a_day {
            Some(a_day) => a_day.saturating_sub(self.store.n_recalled_on(&deck.outline.id, self.today())?),
            None => usize::MAX,
        })
    }

    /// The concepts among which a drill by the minute chooses, at most 2,000 of a deck of any size.
    fn candidates(
        &mut self,
        deck: &OpenDeck,
        request: &DrillRequest,
        settings: &StudySettings,
        scope: &Scope,
        appraiser: &Appraiser,
        n_free: &[usize],
    ) -> Result<Vec<ConceptRow>, AppError> {
        let today = self.today();
        let shortlist = self.shortlist(deck, request, settings, scope, appraiser)?;
        let supply = Supply { store: &self.store, scope, appraiser, today };
        let mut rows = self.store.repeats(scope, today)?;
        rows.extend(self.store.due_between(scope, None, today, today, MOST_DUE)?);
        rows.extend(shortlist);
        rows.extend(supply.unmet(n_free, MOST_NEW / n_free.len().max(1))?.into_iter().flatten());
        let mut seen = BTreeSet::new();
        rows.retain(|row| seen.insert(row.place));
        Ok(rows)
    }

    /// The cards of most worth. Of a whole deck, they are worked out once for a day and kept.
    fn shortlist(
        &mut self,
        deck: &OpenDeck,
        request: &DrillRequest,
        settings: &StudySettings,
        scope: &Scope,
        appraiser: &Appraiser,
    ) -> Result<Vec<ConceptRow>, AppError> {
        let id = &deck.outline.id;
        let made_for = format!("{} {} {:?}", self.today(), deck.revision, settings.exam_day);
        let is_whole = request.filter.is_empty();
        if is_whole && let Some(rows) = self.store.shortlisted(scope, id, &made_for)? {
            return Ok(rows);
        }
        let rows = self.store.met(scope)?;
        let ranking = appraiser.rank(&rows);
        let mut best: Vec<&Worth> = ranking.queue.iter().collect();
        best.sort_by(|a, b| b.points_a_minute().total_cmp(&a.points_a_minute()));
        let places: BTreeSet<usize> = best.iter().take(N_SHORTLIST).map(|worth| worth.deck_place).collect();
        let rows: Vec<ConceptRow> = rows.into_iter().filter(|row| places.contains(&row.place)).collect();
        if is_whole {
            let concepts: Vec<&ConceptId> = rows.iter().map(|row| &row.concept).collect();
            self.store.keep_shortlist(id, &made_for, &concepts)?;
        }
        Ok(rows)
    }

    /// Returns how many unseen exam items of each domain the drill may show.
    pub(in crate::app) fn n_free(
        &self,
        deck: &OpenDeck,
        sizes: &[DomainSize],
    ) -> Result<(Vec<usize>, usize), AppError> {
        let reserve = self.reserve_for(deck, sizes)?;
        let free = sizes.iter().enumerate().map(|(domain_idx, size)| reserve.n_free(domain_idx, size.n_unseen));
        Ok((free.collect(), reserve.n_kept.iter().sum()))
    }
}
