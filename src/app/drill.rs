//! The daily drill: one card after another, each answer on disk before the next.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::PathBuf;
use std::time::Duration;

use crate::app::drill_pool::{in_deck_order, may_show, n_free, records, variants};
use crate::app::{App, AppError, CardCare, OpenDeck};
use crate::base::{ConceptId, DomainId, ItemId, Seed, StudyDay};
use crate::deck::{Answer, ItemBody, Outline};
use crate::exam::{Anchor, Confidence, draw_choice_order};
use crate::plan::{ConceptState, IntakeLimit, plan_drill, weakness};
use crate::review::{Card, Evidence, Grade, Rating, Speed, after, drill_grade};
use crate::store::{CardRow, Event, Exposure, IndexedItem, Response, Review, Seq};

/// What a drill is asked to bring.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DrillRequest {
    /// The domain; `None` for all.
    pub domain: Option<DomainId>,
    /// New concepts a day; `None` for the usual number.
    pub n_new: Option<usize>,
    /// Minutes after which no further card is shown; `None` for no limit.
    pub minutes: Option<u32>,
}

/// Why a card is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// It is due.
    Due,
    /// It was answered badly today.
    Repeat,
    /// Its concept is met for the first time.
    New,
}

/// A card as it is shown.
#[derive(Debug, Clone, PartialEq)]
pub struct DrillCard {
    /// The item.
    pub item: ItemId,
    /// Its text.
    pub body: ItemBody,
    /// For each place on the screen, the place in the deck of the choice or option; empty where there is none.
    pub choice_order: Vec<usize>,
    /// Title of its domain.
    pub domain_title: String,
    /// Title of its task, if it has one.
    pub task_title: Option<String>,
    /// Why it is shown.
    pub occasion: Occasion,
    /// Why it is shown, as a sentence.
    pub why_now: String,
    /// What the learner noted on it, and whether it is a leech: for after the answer.
    pub care: CardCare,
}

/// What an answer led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feedback {
    /// Whether it was right.
    pub is_right: bool,
    /// The grade it got.
    pub grade: Grade,
    /// The study day on which the card is due next.
    pub due: StudyDay,
    /// Days from today until then.
    pub in_days: i32,
    /// Whether the card comes again today.
    pub repeats_today: bool,
}

/// How far the drill is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DrillProgress {
    /// Answers given in this drill.
    pub n_done: usize,
    /// Of them, right ones.
    pub n_right: usize,
    /// Due cards to come, the one on the screen included.
    pub n_due_left: usize,
    /// Cards that come again today, the one on the screen included.
    pub n_repeats_left: usize,
    /// New concepts to come, the one on the screen included.
    pub n_new_left: usize,
}

impl DrillProgress {
    /// Returns how many cards are left, repeats included.
    pub fn n_left(&self) -> usize {
        self.n_due_left + self.n_repeats_left + self.n_new_left
    }
}

impl Feedback {
    /// Says when the card is seen next: `comes again today`, `comes back tomorrow`, `comes back in 6 days`.
    pub fn comes_back(&self) -> String {
        match self.in_days {
            _ if self.repeats_today => "comes again today".to_owned(),
            ..=0 => "comes back today".to_owned(),
            1 => "comes back tomorrow".to_owned(),
            n_days => format!("comes back in {n_days} days"),
        }
    }
}

/// What the drill leaves behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DrillSummary {
    /// How far it came.
    pub progress: DrillProgress,
    /// Cards due on the next study day.
    pub n_due_tomorrow: usize,
    /// Unseen exam items that the drill left alone for later mocks.
    pub n_kept_for_mocks: usize,
    /// Concepts that wait until the open sitting ends.
    pub n_in_exam: usize,
}

/// A drill that is going on.
pub struct DrillSession<'a> {
    pub(in crate::app) app: &'a mut App,
    pub(in crate::app) outline: Outline,
    pub(in crate::app) path: Option<PathBuf>,
    pub(in crate::app) items: Vec<IndexedItem>,
    pub(in crate::app) exposures: Vec<Option<Exposure>>,
    pub(in crate::app) variants: BTreeMap<ConceptId, Vec<usize>>,
    pub(in crate::app) queue: VecDeque<Queued>,
    pub(in crate::app) shown: Option<Shown>,
    pub(in crate::app) progress: DrillProgress,
    /// What was set aside in this drill while it waited.
    pub(in crate::app) set_aside: Vec<Queued>,
    pub(in crate::app) last_answered: Option<ItemId>,
    /// The newest event before this drill.
    pub(in crate::app) began_after: Option<Seq>,
    n_kept_for_mocks: usize,
    n_in_exam: usize,
    minutes: Option<u32>,
    began: Anchor,
    seed: Seed,
    pub(in crate::app) today: StudyDay,
}

/// A concept that waits for its turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::app) struct Queued {
    pub(in crate::app) concept: ConceptId,
    pub(in crate::app) occasion: Occasion,
}

/// The card on the screen.
pub(in crate::app) struct Shown {
    pub(in crate::app) queued: Queued,
    pub(in crate::app) item_idx: usize,
    pub(in crate::app) card: DrillCard,
    since: Anchor,
    pub(in crate::app) is_answered: bool,
}

/// Other cards between a bad answer and its repeat, as far as there are any.
pub(in crate::app) const REPEAT_AFTER: usize = 4;

impl App {
    /// Starts today's drill; its first card is shown at once.
    pub fn start_drill(&mut self, deck: &OpenDeck, request: &DrillRequest) -> Result<DrillSession<'_>, AppError> {
        let today = self.today();
        let items = self.items_of(deck)?;
        let exposures = self.exposures_of(deck, &items)?;
        let only_domain = match &request.domain {
            Some(domain) => Some(deck.outline.domain_idx(domain).ok_or_else(|| unknown_domain(&deck.outline, domain))?),
            None => None,
        };
        let cards: BTreeMap<ConceptId, Card> =
            self.store.cards(&deck.outline.id)?.into_iter().map(|row| (row.concept, row.card)).collect();
        let reserve = self.reserve_for(deck, &items, &exposures)?;
        let mut n_free = n_free(deck.outline.domains.len(), &items, &exposures, |domain_idx, n_unseen| {
            reserve.n_free(domain_idx, n_unseen)
        });
        let variants = variants(&items);
        let in_exam = self.concepts_in_exam(deck)?;
        let set_aside = self.store.set_aside(&deck.outline.id, today)?;
        let concepts: Vec<ConceptState> = in_deck_order(&items)
            .into_iter()
            .filter(|(concept, _)| !in_exam.contains(*concept) && !set_aside.contains_key(*concept))
            .filter(|(_, domain_idx)| only_domain.is_none_or(|only| only == *domain_idx))
            .map(|(concept, domain_idx)| {
                let card = cards.get(concept).copied();
                let places = variants.get(concept).map(Vec::as_slice).unwrap_or_default();
                let can_be_shown = may_show(places, &items, &exposures, &mut n_free[domain_idx]);
                ConceptState { concept: concept.clone(), domain_idx, card, can_be_shown }
            })
            .collect();
        let n_met_today = cards.values().filter(|card| card.introduced_on == Some(today)).count();
        let limit = IntakeLimit { a_day: request.n_new.unwrap_or(self.new_a_day()), n_met_today };
        let plan = plan_drill(&concepts, &weakness(&records(&deck.outline, &items, &exposures)), limit, today);
        let queued = |concepts: Vec<ConceptId>, occasion: Occasion| {
            concepts.into_iter().map(move |concept| Queued { concept, occasion })
        };
        let queue = queued(plan.due, Occasion::Due)
            .chain(queued(plan.repeats, Occasion::Repeat))
            .chain(queued(plan.new, Occasion::New))
            .collect();
        let seed = self.draw_seed()?;
        let mut session = DrillSession {
            began: Anchor { elapsed: Duration::ZERO, reading: self.reading() },
            began_after: self.store.newest_event()?,
            app: self,
            outline: deck.outline.clone(),
            path: deck.path.clone(),
            items,
            exposures,
            variants,
            queue,
            shown: None,
            progress: DrillProgress::default(),
            set_aside: Vec::new(),
            last_answered: None,
            n_kept_for_mocks: reserve.n_kept.iter().sum(),
            n_in_exam: in_exam.len(),
            minutes: request.minutes,
            seed,
            today,
        };
        session.advance()?;
        Ok(session)
    }

    /// Concepts of an exam that can still go on: until it ends, the drill tells nothing about them.
    fn concepts_in_exam(&self, deck: &OpenDeck) -> Result<BTreeSet<ConceptId>, AppError> {
        match self.store.open_sitting(Some(&deck.outline.id))? {
            Some(open) if self.time_left_of(&open)? != Some(Duration::ZERO) => {
                let items = self.store.load_sitting(open.number)?.start.items;
                Ok(items.into_iter().map(|item| item.concept).collect())
            }
            Some(_) | None => Ok(BTreeSet::new()),
        }
    }

    /// Opens a deck's reserve of unseen items to the drill.
    pub fn open_reserve(&mut self, deck: &OpenDeck) -> Result<(), AppError> {
        self.record(&[Event::ReserveOpened { deck: deck.outline.id.clone() }])
    }
}

impl DrillSession<'_> {
    /// Returns the card on the screen; `None` when the drill is done.
    pub fn card(&self) -> Option<&DrillCard> {
        self.shown.as_ref().map(|shown| &shown.card)
    }

    /// Returns how far the drill is.
    pub fn progress(&self) -> DrillProgress {
        let open = self.shown.iter().filter(|shown| !shown.is_answered).map(|shown| &shown.queued);
        let left =
            |occasion| self.queue.iter().chain(open.clone()).filter(|queued| queued.occasion == occasion).count();
        DrillProgress {
            n_due_left: left(Occasion::Due),
            n_repeats_left: left(Occasion::Repeat),
            n_new_left: left(Occasion::New),
            ..self.progress
        }
    }

    /// Records the answer to the question on the screen; durable when this returns.
    ///
    /// # Errors
    /// [`AppError::NoOpenCard`] if no such card waits for an answer.
    pub fn answer(&mut self, answer: Answer, confidence: Confidence) -> Result<Feedback, AppError> {
        let Some(Shown { card: DrillCard { body: ItemBody::Question(question), .. }, .. }) = &self.shown else {
            return Err(AppError::NoOpenCard);
        };
        let is_right = question.is_right(&answer);
        let n_wanted = question.kind().n_wanted();
        let response = Response::Answer { answer, confidence, n_wanted, is_right };
        let speed = Speed::of(self.answer_ms(), self.app.store.median_answer_ms(&response)?);
        self.review(response, drill_grade(is_right, confidence, speed))
    }

    /// Records the recall of the flashcard or text with blanks on the screen; durable when this returns.
    ///
    /// # Errors
    /// [`AppError::NoOpenCard`] if no such card waits for an answer.
    pub fn recall(&mut self, rating: Rating) -> Result<Feedback, AppError> {
        match &self.shown {
            Some(Shown { card: DrillCard { body: ItemBody::Flashcard(_) | ItemBody::Cloze(_), .. }, .. }) => {
                self.review(Response::Recall(rating), rating.grade())
            }
            _ => Err(AppError::NoOpenCard),
        }
    }

    /// Returns in how many days a flashcard would come back after `rating`; 0 means again today.
    pub fn preview(&self, rating: Rating) -> Result<u32, AppError> {
        let Some(shown) = &self.shown else { return Ok(0) };
        let before = self.app.store.card(&self.outline.id, &shown.queued.concept)?;
        let card = after(before, Evidence::Drill(rating.grade()), self.today);
        Ok(card
            .filter(|card| card.repeat_on.is_none())
            .map_or(0, |card| u32::try_from(card.due.days_since(self.today)).unwrap_or(0)))
    }

    /// Shows the next card, if there is one and time is left.
    pub fn advance(&mut self) -> Result<(), AppError> {
        self.shown = None;
        let reading = self.app.reading();
        let is_over = self.minutes.is_some_and(|minutes| {
            self.began.elapsed_at(reading, None) >= Duration::from_secs(60 * u64::from(minutes))
        });
        while let Some(queued) = self.queue.pop_front().filter(|_| !is_over) {
            if let Some(shown) = self.present(queued)? {
                self.shown = Some(shown);
                break;
            }
        }
        Ok(())
    }

    /// Does the store's housekeeping; call it while the person reads.
    pub fn rest(&mut self) -> Result<(), AppError> {
        Ok(self.app.store.checkpoint()?)
    }

    /// Returns the study day of this drill.
    pub fn today(&self) -> StudyDay {
        self.today
    }

    /// Returns what the drill leaves behind.
    pub fn summary(&self) -> Result<DrillSummary, AppError> {
        let tomorrow = self.today.plus(1);
        let cards = self.app.store.cards(&self.outline.id)?;
        let set_aside = self.app.store.set_aside(&self.outline.id, tomorrow)?;
        let is_due = |row: &&CardRow| row.card.due <= tomorrow && !set_aside.contains_key(&row.concept);
        let n_due_tomorrow = cards.iter().filter(is_due).count();
        let (n_kept_for_mocks, n_in_exam) = (self.n_kept_for_mocks, self.n_in_exam);
        Ok(DrillSummary { progress: self.progress(), n_due_tomorrow, n_kept_for_mocks, n_in_exam })
    }

    fn answer_ms(&self) -> u64 {
        let elapsed = self.shown.as_ref().map(|shown| shown.since.elapsed_at(self.app.reading(), None));
        u64::try_from(elapsed.unwrap_or_default().as_millis()).unwrap_or(u64::MAX)
    }

    fn review(&mut self, response: Response, grade: Grade) -> Result<Feedback, AppError> {
        let answer_ms = self.answer_ms();
        let Some(shown) = self.shown.as_mut().filter(|shown| !shown.is_answered) else {
            return Err(AppError::NoOpenCard);
        };
        let item = &self.items[shown.item_idx];
        let concept = shown.queued.concept.clone();
        let review = Review {
            deck: self.outline.id.clone(),
            item: item.facts.id.clone(),
            concept: concept.clone(),
            content: item.content,
            response,
            answer_ms,
            grade,
        };
        self.app.record(&[Event::Reviewed(Box::new(review))])?;
        shown.is_answered = true;
        self.last_answered = Some(item.facts.id.clone());
        let n_shown = self.exposures[shown.item_idx].map_or(0, |exposure| exposure.n_shown);
        self.exposures[shown.item_idx] = Some(Exposure {
            n_shown: n_shown + 1,
            first_day: self.today,
            recency: i64::MAX,
            last_right: Some(grade.is_pass()),
        });
        self.progress.n_done += 1;
        self.progress.n_right += usize::from(grade.is_pass());
        let card = self.app.store.card(&self.outline.id, &concept)?;
        if let Some(leech) = self.app.leech(&self.outline.id, &concept, card)? {
            shown.card.care.leech = Some(leech);
        }
        let due = card.map_or(self.today, |card| card.due);
        let repeats_today = card.is_some_and(|card| card.repeat_on == Some(self.today));
        if repeats_today {
            let place = self.queue.len().min(REPEAT_AFTER);
            self.queue.insert(place, Queued { concept, occasion: Occasion::Repeat });
        }
        let in_days = due.days_since(self.today);
        Ok(Feedback { is_right: grade.is_pass(), grade, due, in_days, repeats_today })
    }

    /// Chooses the variant that was shown least, an unseen exam item of the reserve never before the others.
    pub(in crate::app) fn present(&self, queued: Queued) -> Result<Option<Shown>, AppError> {
        let places = self.variants.get(&queued.concept).map(Vec::as_slice).unwrap_or_default();
        let is_kept = |idx: usize| {
            let item = &self.items[idx];
            queued.occasion != Occasion::New && item.facts.kind.is_exam_item() && self.exposures[idx].is_none()
        };
        let n_shown = |idx: usize| self.exposures[idx].map_or(0, |exposure| exposure.n_shown);
        let Some(item_idx) = places.iter().copied().min_by_key(|idx| (is_kept(*idx), n_shown(*idx), *idx)) else {
            return Ok(None);
        };
        let item = &self.items[item_idx];
        let body = self.app.store.content(item.content)?;
        let choice_order = match &body {
            ItemBody::Question(question) => {
                let label = format!("{} {}", item.facts.id, self.progress.n_done);
                draw_choice_order(question.n_options(), question.shuffle(), &mut self.seed.stream(&label).rng())
            }
            ItemBody::Flashcard(_) | ItemBody::Cloze(_) => Vec::new(),
        };
        let domain = &self.outline.domains[item.facts.domain_idx];
        let task = item.facts.task.as_ref().and_then(|id| domain.tasks.iter().find(|task| task.id == *id));
        let card = self.app.store.card(&self.outline.id, &queued.concept)?;
        let why_now = match (queued.occasion, card) {
            (Occasion::Repeat, _) => "Again today, until it is answered well.".to_owned(),
            (Occasion::Due, Some(card)) if card.due < self.today => format!("Due since {}.", card.due),
            (Occasion::Due, _) => "Due today.".to_owned(),
            (Occasion::New, _) => "New to you.".to_owned(),
        };
        let care = CardCare {
            note: self.app.store.note(&self.outline.id, &item.facts.id)?,
            leech: self.app.leech(&self.outline.id, &queued.concept, card)?,
        };
        let card = DrillCard {
            item: item.facts.id.clone(),
            body,
            choice_order,
            domain_title: domain.title.clone(),
            task_title: task.map(|task| task.title.clone()),
            occasion: queued.occasion,
            why_now,
            care,
        };
        let since = Anchor { elapsed: Duration::ZERO, reading: self.app.reading() };
        Ok(Some(Shown { queued, item_idx, card, since, is_answered: false }))
    }
}

fn unknown_domain(outline: &Outline, named: &DomainId) -> AppError {
    let known: Vec<&str> = outline.domains.iter().map(|domain| domain.id.as_str()).collect();
    crate::exam::PlanError::UnknownDomain { named: named.clone(), known: known.join(", ") }.into()
}
