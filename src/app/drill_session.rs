//! A drill that is going on: one card after another, each answer on disk before the next.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use crate::app::appraiser::Appraiser;
use crate::app::drill_queue::{DrillQueue, Supply};
use crate::app::drill_reason::why_now;
use crate::app::{
    App, AppError, CardCare, Course, DomainCount, DrillCard, DrillProgress, DrillRequest, DrillSummary, Feedback,
    FirstStep, Moved, Occasion, OpenDeck, StudySettings,
};
use crate::base::{ConceptId, ItemId, Seed, StudyDay};
use crate::deck::{Answer, Domain, ItemBody};
use crate::exam::{Anchor, Confidence, draw_choice_order};
use crate::plan::{Backlog, DAYS_AHEAD, QueueOrder, Worth, streak};
use crate::review::{Card, Evidence, Grade, Rating, Speed, after, drill_grade};
use crate::store::{ConceptRow, Event, ItemClass, NewestAnswer, Response, Review, Scope, Seq, Variant};

/// A drill that is going on.
pub struct DrillSession<'a> {
    pub(in crate::app) app: &'a mut App,
    pub(in crate::app) deck: OpenDeck,
    pub(in crate::app) request: DrillRequest,
    pub(in crate::app) scope: Scope,
    pub(in crate::app) appraiser: Appraiser,
    appraised_until: Option<Seq>, // the newest event when the answers were looked back on
    is_appraiser_stale: bool,     // there are answers that it does not know
    pub(in crate::app) queue: DrillQueue,
    pub(in crate::app) shown: Option<Shown>,
    n_free: Vec<usize>, // unseen exam items by domain that may be shown
    pub(in crate::app) tally: Tally,
    before: BTreeMap<ConceptId, ConceptRow>, // what was answered, as it stood before its first answer in this drill
    /// What was set aside in this drill while it waited.
    pub(in crate::app) set_aside: Vec<Worth>,
    pub(in crate::app) last_answered: Option<ItemId>,
    /// The newest event before this drill.
    pub(in crate::app) began_after: Option<Seq>,
    settings: StudySettings,
    streak_before: usize, // without today
    n_kept_for_mocks: usize,
    n_in_exam: usize,
    began: Anchor,
    seed: Seed,
    today: StudyDay,
}

/// What was done so far.
#[derive(Default)]
pub(in crate::app) struct Tally {
    n_done: usize,
    n_right: usize,
    domains: Vec<(usize, usize)>, // answers and right ones
}

/// The card on the screen.
pub(in crate::app) struct Shown {
    pub(in crate::app) worth: Worth,
    pub(in crate::app) row: ConceptRow,
    pub(in crate::app) variant: Variant,
    pub(in crate::app) card: DrillCard,
    since: Anchor,
    pub(in crate::app) is_answered: bool,
}

/// Most due cards of which the summary says what they are worth.
const MOST_BACKLOG: usize = 2_000;

impl App {
    /// Starts a drill; its first card is shown at once.
    ///
    /// # Errors
    /// [`AppError::NotInDeck`] for a filter by something that the deck does not have.
    pub fn start_drill(&mut self, deck: &OpenDeck, request: &DrillRequest) -> Result<DrillSession<'_>, AppError> {
        self.store.need_writable()?;
        let (scope, n_in_exam) = self.drill_scope(deck, &request.filter, self.today())?;
        let sizes = self.domain_sizes(deck)?;
        let settings = self.study_settings(&deck.outline.id)?;
        let newest_event = self.store.newest_event()?;
        let appraiser = self.appraiser(deck, &sizes, settings.exam_day)?;
        let (n_free, n_kept_for_mocks) = self.n_free(deck, &sizes)?;
        let queue = self.drill_queue(deck, request, &settings, &scope, &appraiser, &n_free)?;
        let today = self.today();
        let study_days = self.store.review_days(&deck.outline.id)?;
        let is_study_day = |day| day != today && study_days.contains(&day);
        let streak_before = streak(today, &settings.days_off, is_study_day);
        let mut session = DrillSession {
            began: Anchor { elapsed: Duration::ZERO, reading: self.reading() },
            seed: self.draw_seed()?,
            today,
            began_after: newest_event,
            app: self,
            deck: deck.clone(),
            request: request.clone(),
            scope,
            appraiser,
            appraised_until: newest_event,
            is_appraiser_stale: false,
            queue,
            shown: None,
            n_free,
            tally: Tally { domains: vec![(0, 0); sizes.len()], ..Tally::default() },
            before: BTreeMap::new(),
            set_aside: Vec::new(),
            last_answered: None,
            settings,
            streak_before,
            n_kept_for_mocks,
            n_in_exam,
        };
        session.advance()?;
        Ok(session)
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
        let is_cram = self.is_cram();
        let mut progress = DrillProgress {
            n_done: self.tally.n_done,
            n_right: self.tally.n_right,
            time_left: self.time_left(),
            streak_days: self.streak_days(),
            ..self.queue.count(is_cram)
        };
        if let Some(shown) = self.shown.as_ref().filter(|shown| !shown.is_answered) {
            *progress.left_of(shown.worth.call, is_cram) += 1;
        }
        progress
    }

    /// Returns what is left of the minutes that were asked for; `None` without a limit.
    pub fn time_left(&self) -> Option<Duration> {
        let limit = Duration::from_secs(60 * u64::from(self.request.minutes?));
        Some(limit.saturating_sub(self.began.elapsed_at(self.app.reading(), None)))
    }

    /// Returns the answers so far by domain, in the deck's order; domains without an answer are left out.
    fn domains(&self) -> Vec<DomainCount> {
        let counts = self.count_by_domain(self.tally.domains.iter().copied());
        counts.into_iter().filter(|count| count.n_answers > 0).collect()
    }

    /// Returns how each domain of the deck stands: of the questions and cards that were answered lately, before the card
    /// on the screen, how many were right the last time.
    pub fn standing(&self) -> Vec<DomainCount> {
        let lately = self.appraiser.records().iter().map(|own| (own.n_right + own.n_wrong, own.n_right));
        self.count_by_domain(lately)
    }

    fn count_by_domain(&self, counts: impl Iterator<Item = (usize, usize)>) -> Vec<DomainCount> {
        let count = |(domain, (n_answers, n_right)): (&Domain, _)| DomainCount {
            id: domain.id.clone(),
            title: domain.title.clone(),
            n_answers,
            n_right,
        };
        self.deck.outline.domains.iter().zip(counts).map(count).collect()
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
        let speed = Speed::of(self.answer_ms(), self.appraiser.median_ms(ItemClass::of(question.kind())));
        let n_wanted = question.kind().n_wanted();
        let response = Response::Answer { answer, confidence, n_wanted, is_right };
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
        let before = self.app.store.card(&self.deck.outline.id, &shown.row.concept)?;
        let card = after(before, Evidence::Drill(rating.grade()), self.today);
        Ok(card
            .filter(|card| card.repeat_on.is_none())
            .map_or(0, |card| u32::try_from(card.due.days_since(self.today)).unwrap_or(0)))
    }

    /// Shows the next card, if there is one and time is left.
    pub fn advance(&mut self) -> Result<(), AppError> {
        self.shown = None;
        self.appraise_newest()?;
        let is_over = self.time_left() == Some(Duration::ZERO);
        while !is_over && self.shown.is_none() {
            let Some(worth) = self.next()? else { break };
            if self.is_called_for(&worth)? {
                self.shown = self.present(worth)?;
            }
        }
        Ok(())
    }

    /// Does what can wait until the person reads: the store's housekeeping, looking back on the newest answer, counting.
    pub fn rest(&mut self) -> Result<(), AppError> {
        self.app.store.rest()?;
        self.appraise_newest()?;
        let supply =
            Supply { store: &self.app.store, scope: &self.scope, appraiser: &self.appraiser, today: self.today };
        self.queue.count_on(&supply)
    }

    /// Returns the study day of this drill.
    pub fn today(&self) -> StudyDay {
        self.today
    }

    /// Returns what the drill leaves behind.
    pub fn summary(&mut self) -> Result<DrillSummary, AppError> {
        self.rest()?;
        let (store, scope, today) = (&self.app.store, &self.scope, self.today);
        let tomorrow = today.plus(1);
        let (scope_of_tomorrow, _) = self.app.drill_scope(&self.deck, &self.request.filter, tomorrow)?;
        let n_most = DrillProgress::MOST_COUNTED + 1; // which says that there are more
        let n_due = store.n_due(scope, None, today, today, n_most)?;
        let due = store.due_between(scope, None, today, today, MOST_BACKLOG)?;
        let points = self.appraiser.by_due_date(&due).iter().map(|worth| worth.points).sum();
        let progress = self.progress();
        let (moved, points_gained) = self.moved()?;
        Ok(DrillSummary {
            progress,
            domains: self.domains(),
            moved,
            points_gained,
            counts_in_days: self.settings.exam_day.is_none_or(|exam| exam < today).then_some(DAYS_AHEAD),
            n_due_tomorrow: store.n_due(&scope_of_tomorrow, None, tomorrow, tomorrow, n_most)?,
            backlog: Backlog { n_cards: n_due, points },
            order: self.queue.order(),
            predictions: self.appraiser.forecast().recent().to_vec(),
            trust: self.appraiser.forecast().trust(),
            next: self.next_step(&progress)?,
            is_over_confident: self.request.minutes.is_some() && self.queue.order() == QueueOrder::DueDate,
            n_kept_for_mocks: self.n_kept_for_mocks,
            n_in_exam: self.n_in_exam,
        })
    }

    fn is_cram(&self) -> bool {
        self.request.course == Course::Cram
    }

    fn streak_days(&self) -> usize {
        // A row that cannot be counted is no reason to stop.
        let is_today = self.app.store.is_study_day(&self.deck.outline.id, self.today).unwrap_or(false);
        self.streak_before + usize::from(is_today)
    }

    /// What became of the concepts that were answered, and the points that they are expected to bring more on exam day
    /// than without this drill. What was taken back has moved nothing.
    fn moved(&self) -> Result<(Moved, f64), AppError> {
        let whole = Scope::new(&self.deck.outline.id, self.deck.index, &BTreeSet::new(), None);
        let (mut moved, mut points) = (Moved::default(), 0.0);
        for (concept, before) in &self.before {
            if let Some(row) = self.app.store.concept_named(&whole, concept)? {
                moved.add(before.card, row.card);
                points += self.appraiser.points(&row) - self.appraiser.points(before);
            }
        }
        Ok((moved, points))
    }

    fn next_step(&self, progress: &DrillProgress) -> Result<FirstStep, AppError> {
        let outline = &self.deck.outline;
        // A cram, or a drill of a part, leaves what is due elsewhere.
        let is_due = progress.n_due_left + progress.n_repeats_left > 0 || self.app.due_today(&self.deck)?.n_cards() > 0;
        Ok(match () {
            () if self.app.store.open_sitting(Some(&outline.id))?.is_some() => FirstStep::Resume,
            () if is_due => FirstStep::Drill,
            () if outline.exam.is_some() && self.app.n_mocks_sat(&self.deck)? == 0 => FirstStep::Mock,
            () if progress.n_new_left > 0 => FirstStep::Drill,
            () => FirstStep::Rest,
        })
    }

    fn next(&mut self) -> Result<Option<Worth>, AppError> {
        let supply =
            Supply { store: &self.app.store, scope: &self.scope, appraiser: &self.appraiser, today: self.today };
        self.queue.take_next(&supply)
    }

    /// Tells whether a card that was queued is still to come: what happened since may have moved it.
    fn is_called_for(&self, worth: &Worth) -> Result<bool, AppError> {
        let row = self.app.store.concept_at(&self.scope, worth.deck_place)?;
        Ok(self.is_cram() && row.is_some()
            || row.and_then(|row| self.worth_of(row)).is_some_and(|now| now.call == worth.call))
    }

    /// Returns what calls for a concept today, and what it is worth; `None` if it was answered and is not due.
    pub(in crate::app) fn worth_of(&self, row: ConceptRow) -> Option<Worth> {
        self.appraiser.by_due_date(&[row]).pop()
    }

    /// Leaves out what is to be left out now, and looks back on the newest answers again.
    pub(in crate::app) fn look_again(&mut self) -> Result<(), AppError> {
        self.scope = self.app.drill_scope(&self.deck, &self.request.filter, self.today)?.0;
        self.appraise_anew()?;
        let supply =
            Supply { store: &self.app.store, scope: &self.scope, appraiser: &self.appraiser, today: self.today };
        self.queue.count_anew(&supply)
    }

    /// Plans the queue anew from a deck that was read again.
    pub(in crate::app) fn plan_anew(&mut self, deck: OpenDeck) -> Result<(), AppError> {
        self.deck = deck;
        let sizes = self.app.domain_sizes(&self.deck)?;
        self.tally.domains.resize(sizes.len(), (0, 0));
        (self.n_free, self.n_kept_for_mocks) = self.app.n_free(&self.deck, &sizes)?;
        self.look_again()?;
        if !self.is_cram() {
            let time_left = self.time_left().map(|left| u32::try_from(left.as_secs().div_ceil(60)).unwrap_or(u32::MAX));
            let request = DrillRequest { minutes: time_left, ..self.request.clone() };
            let Self { app, deck, settings, scope, appraiser, n_free, .. } = self;
            self.queue = app.drill_queue(deck, &request, settings, scope, appraiser, n_free)?;
        }
        Ok(())
    }

    /// Looks back on the newest answer, too, if there is one since. Where more happened in the log than this one answer, or
    /// the clock put it before others, all are read again.
    fn appraise_newest(&mut self) -> Result<(), AppError> {
        if !self.is_appraiser_stale {
            return Ok(());
        }
        let store = &self.app.store;
        let newest = store.newest_answers(&self.deck.outline.id, self.deck.index, 1)?.pop();
        let is_next = |answer: &NewestAnswer| answer.seq.follows(self.appraised_until);
        match newest.filter(is_next) {
            Some(answer) if store.newest_event()? == Some(answer.seq) => {
                self.appraiser.take_in(answer);
                (self.appraised_until, self.is_appraiser_stale) = (Some(answer.seq), false);
                Ok(())
            }
            Some(_) | None => self.appraise_anew(),
        }
    }

    /// Looks back on the newest answers again.
    fn appraise_anew(&mut self) -> Result<(), AppError> {
        self.appraised_until = self.app.store.newest_event()?;
        let sizes = self.app.domain_sizes(&self.deck)?;
        self.appraiser = self.app.appraiser(&self.deck, &sizes, self.settings.exam_day)?;
        self.is_appraiser_stale = false;
        Ok(())
    }

    fn answer_ms(&self) -> u64 {
        let elapsed = self.shown.as_ref().map(|shown| shown.since.elapsed_at(self.app.reading(), None));
        u64::try_from(elapsed.unwrap_or_default().as_millis()).unwrap_or(u64::MAX)
    }

    fn review(&mut self, response: Response, grade: Grade) -> Result<Feedback, AppError> {
        let answer_ms = self.answer_ms();
        let Some(shown) = self.shown.as_ref().filter(|shown| !shown.is_answered) else {
            return Err(AppError::NoOpenCard);
        };
        let facts = &shown.variant.item.facts;
        let (deck, item) = (self.deck.outline.id.clone(), facts.id.clone());
        if self.is_cram() {
            self.app.record(&[Event::Crammed { deck, item, is_right: grade.is_pass() }])?;
            return Ok(self.crammed(grade));
        }
        let review = Review {
            deck,
            item,
            concept: shown.row.concept.clone(),
            content: shown.variant.item.content,
            response,
            answer_ms,
            grade,
            foresight: self.appraiser.foresight(&shown.row, facts.kind),
        };
        self.last_answered = Some(review.item.clone());
        self.app.record(&[Event::Reviewed(Box::new(review))])?;
        self.reviewed(grade)
    }

    /// Counts an answer that was recorded; the card on the screen is answered.
    fn count(&mut self, grade: Grade) -> Option<(Worth, ConceptRow)> {
        let shown = self.shown.as_mut()?;
        shown.is_answered = true;
        let domain_idx = shown.variant.item.facts.domain_idx;
        if shown.variant.is_unseen_exam_item()
            && let Some(n_free) = self.n_free.get_mut(domain_idx)
        {
            *n_free = n_free.saturating_sub(1);
        }
        self.tally.add(domain_idx, grade.is_pass());
        Some((shown.worth, shown.row.clone()))
    }

    fn reviewed(&mut self, grade: Grade) -> Result<Feedback, AppError> {
        let Some((_, before)) = self.count(grade) else { return Err(AppError::NoOpenCard) };
        self.is_appraiser_stale = true;
        self.before.entry(before.concept.clone()).or_insert_with(|| before.clone());
        let card = self.app.store.card(&self.deck.outline.id, &before.concept)?;
        let leech = self.app.leech(&self.deck.outline.id, &before.concept, card)?;
        if let Some(shown) = self.shown.as_mut().filter(|_| leech.is_some()) {
            shown.card.care.leech = leech;
        }
        let repeats_today = card.is_some_and(|card| card.repeat_on == Some(self.today));
        if repeats_today {
            let row = ConceptRow { card, last_answer: Some(self.today), ..before };
            if let Some(worth) = self.worth_of(row) {
                self.queue.repeat(worth);
            }
        }
        let due = card.map_or(self.today, |card| card.due);
        let in_days = due.days_since(self.today);
        Ok(Feedback { is_right: grade.is_pass(), grade, due, in_days, repeats_today, counts: true })
    }

    /// What was not known comes again in this cram, and nothing else follows.
    fn crammed(&mut self, grade: Grade) -> Feedback {
        let shown = self.count(grade);
        let repeats_today = !grade.is_pass();
        if let Some((worth, _)) = shown.filter(|_| repeats_today) {
            self.queue.repeat(worth);
        }
        Feedback { is_right: grade.is_pass(), grade, due: self.today, in_days: 0, repeats_today, counts: false }
    }

    /// Chooses the variant that was shown least, of those that were named if any were; unseen exam items only as far as the
    /// reserve leaves them free.
    pub(in crate::app) fn present(&self, worth: Worth) -> Result<Option<Shown>, AppError> {
        let Some(row) = self.app.store.concept_at(&self.scope, worth.deck_place)? else { return Ok(None) };
        let n_free = |variant: &Variant| self.n_free.get(variant.item.facts.domain_idx).copied().unwrap_or(0);
        let variants = self.app.store.variants(&self.scope, &row.concept)?;
        let may_show = |variant: &Variant| {
            variant.item.facts.is_live()
                && self.request.filter.keeps(&variant.item.facts.id)
                && (!variant.is_unseen_exam_item() || n_free(variant) > 0)
        };
        let n_shown = |variant: &Variant| variant.exposure.map_or(0, |exposure| exposure.n_shown);
        let Some(variant) = variants.into_iter().filter(may_show).min_by_key(n_shown) else { return Ok(None) };
        let facts = &variant.item.facts;
        let body = self.app.store.content(variant.item.content)?;
        let choice_order = match &body {
            ItemBody::Question(question) => {
                let label = format!("{} {}", facts.id, self.tally.n_done);
                draw_choice_order(question.n_options(), question.shuffle(), &mut self.seed.stream(&label).rng())
            }
            ItemBody::Flashcard(_) | ItemBody::Cloze(_) => Vec::new(),
        };
        let Some(domain) = self.deck.outline.domains.get(facts.domain_idx) else { return Ok(None) };
        let task = facts.task.as_ref().and_then(|id| domain.tasks.iter().find(|task| task.id == *id));
        let care = CardCare {
            note: self.app.store.note(&self.deck.outline.id, &facts.id)?,
            leech: self.app.leech(&self.deck.outline.id, &row.concept, row.card)?,
        };
        let card = DrillCard {
            item: facts.id.clone(),
            body,
            choice_order,
            domain_title: domain.title.clone(),
            task_title: task.map(|task| task.title.clone()),
            occasion: if self.is_cram() { Occasion::Cram } else { Occasion::of(worth.call) },
            why_now: self.why_now(&worth, &domain.title),
            care,
        };
        let since = Anchor { elapsed: Duration::ZERO, reading: self.app.reading() };
        Ok(Some(Shown { worth, row, variant, card, since, is_answered: false }))
    }

    fn why_now(&self, worth: &Worth, domain_title: &str) -> String {
        if self.is_cram() {
            return "Cramming: no card moves.".to_owned();
        }
        let whole = if self.deck.outline.exam.is_some() { "exam" } else { "deck" };
        let share = (self.deck.outline.domains.len() > 1).then(|| self.appraiser.exam_share(worth.domain_idx));
        let domain = share.map(|share| format!("{domain_title} is {:.0} % of the {whole}", 100.0 * share));
        why_now(worth, domain)
    }
}

impl Tally {
    pub(in crate::app) fn add(&mut self, domain_idx: usize, is_right: bool) {
        let is_right = usize::from(is_right);
        self.n_done += 1;
        self.n_right += is_right;
        if let Some((n_done, n_right)) = self.domains.get_mut(domain_idx) {
            (*n_done, *n_right) = (*n_done + 1, *n_right + is_right);
        }
    }

    pub(in crate::app) fn take_back(&mut self, domain_idx: usize, is_right: bool) {
        let is_right = usize::from(is_right);
        self.n_done = self.n_done.saturating_sub(1);
        self.n_right = self.n_right.saturating_sub(is_right);
        if let Some((n_done, n_right)) = self.domains.get_mut(domain_idx) {
            (*n_done, *n_right) = (n_done.saturating_sub(1), n_right.saturating_sub(is_right));
        }
    }
}

impl Moved {
    fn add(&mut self, before: Option<Card>, after: Option<Card>) {
        match (before, after) {
            (None, Some(_)) => self.n_met += 1,
            (Some(before), Some(after)) if after.n_lapses > before.n_lapses => self.n_lapsed += 1,
            (Some(before), Some(after)) if after.memory.interval_days > before.memory.interval_days => {
                self.n_promoted += 1;
            }
            _ => {}
        }
    }
}

impl Variant {
    fn is_unseen_exam_item(&self) -> bool {
        self.exposure.is_none() && self.item.facts.kind.is_exam_item()
    }
}
