//! Sitting an exam: start, resume, record, end.

use std::collections::BTreeMap;
use std::time::Duration;

use crate::app::{App, AppError, OpenDeck};
use crate::base::DeckId;
use crate::deck::{ItemBody, Question};
use crate::exam::{Anchor, Ending, ExamRequest, Heartbeat, Mark, Sitting, SittingKind};
use crate::review::{MockOutcome, mock_outcome};
use crate::store::{Event, Examined, PinnedItem, SittingId, SittingLock, SittingRow, StoredSitting};

/// A sitting that is open in this process.
pub struct OpenSitting<'a> {
    app: &'a mut App,
    id: SittingId,
    number: u32,
    deck: DeckId,
    title: String,
    kind: SittingKind,
    limit: Option<Duration>,
    items: Vec<PinnedItem>,
    questions: Vec<Question>,
    sitting: Sitting,
    anchor: Anchor,
    heartbeat: Option<Heartbeat>,
    on_screen: Option<usize>,
    /// The exam time at which the clock stands; `None` while it runs.
    paused_at: Option<Duration>,
    _lock: SittingLock,
}

/// Time between two traces of life.
const BEAT_EVERY: Duration = Duration::from_secs(5);

impl App {
    /// Draws a form, starts its clock and shows its first item: one commit.
    pub fn start_exam(&mut self, deck: &OpenDeck, request: &ExamRequest) -> Result<OpenSitting<'_>, AppError> {
        let lock = self.store.lock_sitting()?;
        let seed = self.draw_seed()?;
        let drawn = self.draw(deck, request, seed)?;
        let stamp = self.stamp();
        let id = self.store.start_sitting(stamp, drawn.frozen, drawn.start.clone())?;
        let number = self.store.number_of(id)?;
        let mut sitting = Sitting::new(drawn.start.form());
        sitting.show(0);
        Ok(OpenSitting {
            app: self,
            id,
            number,
            deck: drawn.start.deck,
            title: drawn.start.title,
            kind: drawn.start.kind,
            limit: drawn.start.limit,
            items: drawn.start.items,
            questions: drawn.questions,
            sitting,
            anchor: drawn.start.anchor,
            heartbeat: None,
            on_screen: Some(0),
            paused_at: None,
            _lock: lock,
        })
    }

    /// Returns the newest open sitting, of one deck or of any.
    pub fn open_sitting(&self, deck: Option<&DeckId>) -> Result<Option<SittingRow>, AppError> {
        Ok(self.store.open_sitting(deck)?)
    }

    /// Returns how much exam time is left of an open sitting; `None` without a clock, zero when it has expired.
    pub fn time_left_of(&self, row: &SittingRow) -> Result<Option<Duration>, AppError> {
        let stored = self.store.load_sitting(row.number)?;
        let elapsed = stored.elapsed_at(self.reading());
        Ok(stored.start.limit.map(|limit| limit.saturating_sub(elapsed)))
    }

    /// Opens a sitting again; from now on its clock is fixed on this moment.
    ///
    /// The time it was left alone counts, but in practice. A sitting whose time has run out meanwhile is to be ended as
    /// [`Ending::Unattended`] by the caller, with [`App::expire`].
    pub fn resume_exam(&mut self, row: &SittingRow) -> Result<OpenSitting<'_>, AppError> {
        let lock = self.store.lock_sitting()?;
        let stored = self.store.load_sitting(row.number)?;
        self.go_on(stored, &[], lock)
    }

    /// Opens a sitting again as practice: its clock goes on from the last sign of life, and it is never evidence.
    pub fn resume_as_practice(&mut self, row: &SittingRow) -> Result<OpenSitting<'_>, AppError> {
        let lock = self.store.lock_sitting()?;
        let mut stored = self.store.load_sitting(row.number)?;
        if stored.row.kind == SittingKind::Practice {
            return self.go_on(stored, &[], lock);
        }
        stored.row.kind = SittingKind::Practice;
        stored.start.kind = SittingKind::Practice;
        stored.sitting.open_sections();
        self.go_on(stored, &[Event::SittingBecamePractice { sitting: row.id }], lock)
    }

    /// Looks at an open sitting without opening it.
    pub fn look_at_sitting(&self, row: &SittingRow) -> Result<SittingAtRest<'_>, AppError> {
        Ok(SittingAtRest { app: self, stored: self.store.load_sitting(row.number)? })
    }

    fn go_on(
        &mut self,
        stored: StoredSitting,
        before: &[Event],
        lock: SittingLock,
    ) -> Result<OpenSitting<'_>, AppError> {
        let reading = self.reading();
        let anchor = Anchor { elapsed: stored.elapsed_at(reading), reading };
        let questions = self.questions_of(&stored)?;
        let row = stored.row;
        let resumed = Event::SittingResumed { sitting: row.id, anchor };
        self.record(&before.iter().cloned().chain([resumed]).collect::<Vec<_>>())?;
        Ok(OpenSitting {
            app: self,
            id: row.id,
            number: row.number,
            deck: stored.start.deck,
            title: stored.start.title,
            kind: row.kind,
            limit: stored.start.limit,
            items: stored.start.items,
            questions,
            sitting: stored.sitting,
            anchor,
            heartbeat: stored.heartbeat,
            on_screen: None,
            paused_at: None,
            _lock: lock,
        })
    }

    /// Ends a sitting whose time ran out with nobody there: it is reported, but it is no evidence.
    pub fn expire(&mut self, row: &SittingRow) -> Result<(), AppError> {
        let _lock = self.store.lock_sitting()?;
        let stored = self.store.load_sitting(row.number)?;
        let elapsed = stored.start.limit.unwrap_or(row.elapsed);
        self.record(&[Event::SittingEnded { sitting: row.id, ending: Ending::Unattended, elapsed }])
    }

    /// Gives an open sitting up without opening it.
    pub fn abandon(&mut self, row: &SittingRow) -> Result<(), AppError> {
        let _lock = self.store.lock_sitting()?;
        self.record(&[Event::SittingEnded { sitting: row.id, ending: Ending::Abandoned, elapsed: row.elapsed }])
    }

    pub(in crate::app) fn questions_of(&self, stored: &StoredSitting) -> Result<Vec<Question>, AppError> {
        let mut questions = Vec::with_capacity(stored.start.items.len());
        for item in &stored.start.items {
            match self.store.content(item.form_item.content)? {
                ItemBody::Question(question) => questions.push(question),
                ItemBody::Flashcard(_) | ItemBody::Cloze(_) => {
                    let what = "a form pins a flashcard".to_owned();
                    return Err(crate::store::StoreError::BadIndex { what }.into());
                }
            }
        }
        Ok(questions)
    }
}

/// An open sitting that is looked at while nobody sits it.
pub struct SittingAtRest<'a> {
    app: &'a App,
    stored: StoredSitting,
}

impl SittingAtRest<'_> {
    /// Returns the deck's title as it was at the start.
    pub fn title(&self) -> &str {
        &self.stored.start.title
    }

    /// Returns what kind of sitting it is.
    pub fn kind(&self) -> SittingKind {
        self.stored.row.kind
    }

    /// Returns what was shown and marked.
    pub fn sitting(&self) -> &Sitting {
        &self.stored.sitting
    }

    /// Returns the exam time left; `None` without a clock, zero when it has expired.
    pub fn time_left(&self) -> Option<Duration> {
        let elapsed = self.stored.elapsed_at(self.app.reading());
        self.stored.start.limit.map(|limit| limit.saturating_sub(elapsed))
    }

    /// Returns the exam time left if it goes on as practice, from the last sign of life; `None` without a clock.
    pub fn time_left_in_practice(&self) -> Option<Duration> {
        self.stored.start.limit.map(|limit| limit.saturating_sub(self.stored.last_seen()))
    }
}

impl OpenSitting<'_> {
    /// Returns the sitting's number as the learner sees it.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// Returns the deck's title as it was at the start.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// Returns what was shown and marked.
    pub fn sitting(&self) -> &Sitting {
        &self.sitting
    }

    /// Returns the question at a position inside the form, its choices in the deck's order.
    pub fn question(&self, position: usize) -> &Question {
        &self.questions[position]
    }

    /// Returns the time limit; `None` without a clock.
    pub fn limit(&self) -> Option<Duration> {
        self.limit
    }

    /// Returns what kind of sitting it is.
    pub fn kind(&self) -> SittingKind {
        self.kind
    }

    /// Returns the exam time that has passed.
    pub fn elapsed(&self) -> Duration {
        self.paused_at.unwrap_or_else(|| self.anchor.elapsed_at(self.app.reading(), self.heartbeat))
    }

    /// Tells whether the time limit is reached.
    pub fn is_time_up(&self) -> bool {
        self.limit.is_some_and(|limit| self.elapsed() >= limit)
    }

    /// Records that the item at `position` is on the screen; durable when this returns. The item that is there already
    /// is not recorded again.
    ///
    /// # Errors
    /// [`AppError::SectionClosed`] if the item is in a section that was left.
    pub fn show(&mut self, position: usize) -> Result<(), AppError> {
        if self.on_screen == Some(position) {
            return Ok(());
        }
        if self.sitting.is_closed(position) {
            return Err(AppError::SectionClosed { number: position + 1 });
        }
        let elapsed = self.elapsed();
        self.app.record(&[Event::ItemShown { sitting: self.id, position, elapsed }])?;
        self.sitting.show(position);
        self.on_screen = Some(position);
        Ok(())
    }

    /// Records a mark; durable when this returns.
    pub fn mark(&mut self, position: usize, mark: Mark) -> Result<(), AppError> {
        let elapsed = self.elapsed();
        self.app.record(&[Event::ItemMarked { sitting: self.id, position, mark: mark.clone(), elapsed }])?;
        self.sitting.mark(position, mark);
        Ok(())
    }

    /// Records a note, or with an empty text that it was taken away; durable when this returns.
    pub fn note(&mut self, position: usize, note: &str) -> Result<(), AppError> {
        let elapsed = self.elapsed();
        self.app.record(&[Event::ItemNoted { sitting: self.id, position, note: note.to_owned(), elapsed }])?;
        self.sitting.note(position, note);
        Ok(())
    }

    /// Records that the candidate sees what is right at `position`; durable when this returns.
    ///
    /// # Errors
    /// [`AppError::OnlyInPractice`] in an exam.
    pub fn check(&mut self, position: usize) -> Result<(), AppError> {
        self.need_practice("feedback")?;
        let elapsed = self.elapsed();
        self.app.record(&[Event::ItemChecked { sitting: self.id, position, elapsed }])?;
        self.sitting.check(position);
        Ok(())
    }

    /// Stops the clock until [`OpenSitting::go_on`], or until the sitting is opened again.
    ///
    /// # Errors
    /// [`AppError::OnlyInPractice`] in an exam.
    pub fn pause(&mut self) -> Result<(), AppError> {
        self.need_practice("a pause")?;
        let elapsed = self.elapsed();
        // The time until now belongs to the item on the screen: what comes after the pause is another showing of it.
        self.app.record(&self.shown_again(elapsed))?;
        self.app.store.beat(self.number, elapsed)?;
        self.heartbeat = Some(Heartbeat { elapsed });
        self.paused_at = Some(elapsed);
        Ok(())
    }

    /// Lets the clock go on after a pause.
    pub fn go_on(&mut self) -> Result<(), AppError> {
        let Some(elapsed) = self.paused_at else { return Ok(()) };
        let anchor = Anchor { elapsed, reading: self.app.reading() };
        let mut events = vec![Event::SittingResumed { sitting: self.id, anchor }];
        events.extend(self.shown_again(elapsed));
        self.app.record(&events)?;
        self.anchor = anchor;
        self.paused_at = None;
        Ok(())
    }

    fn shown_again(&self, elapsed: Duration) -> Vec<Event> {
        let shown = self.on_screen.map(|position| Event::ItemShown { sitting: self.id, position, elapsed });
        shown.into_iter().collect()
    }

    fn need_practice(&self, what: &'static str) -> Result<(), AppError> {
        match self.kind {
            SittingKind::Practice => Ok(()),
            SittingKind::Mock | SittingKind::Partial | SittingKind::Taste => Err(AppError::OnlyInPractice { what }),
        }
    }

    /// Leaves a trace of life if the last one is five seconds old, so that a fault gives back no more than that.
    pub fn beat(&mut self) -> Result<(), AppError> {
        let elapsed = self.elapsed();
        if self.heartbeat.is_some_and(|last| elapsed.saturating_sub(last.elapsed) < BEAT_EVERY) {
            return Ok(());
        }
        self.app.store.beat(self.number, elapsed)?;
        self.heartbeat = Some(Heartbeat { elapsed });
        Ok(())
    }

    /// Does the store's housekeeping; call it while the person reads.
    pub fn rest(&mut self) -> Result<(), AppError> {
        Ok(self.app.store.rest()?)
    }

    /// Ends the sitting and, unless it was abandoned, moves the cards of every concept that was shown: one commit.
    ///
    /// What is submitted after the limit counts as time up. Returns the sitting's number.
    pub fn end(self, ending: Ending) -> Result<u32, AppError> {
        let ending = match ending {
            Ending::Submitted if self.is_time_up() => Ending::TimeUp,
            Ending::Submitted | Ending::TimeUp | Ending::Unattended | Ending::Abandoned => ending,
        };
        let elapsed = self.elapsed();
        let elapsed = self.limit.map_or(elapsed, |limit| elapsed.min(limit));
        let mut events = vec![Event::SittingEnded { sitting: self.id, ending, elapsed }];
        match ending {
            Ending::Submitted | Ending::TimeUp => events.extend(self.examined().map(Event::Examined)),
            Ending::Unattended | Ending::Abandoned => {}
        }
        self.app.record(&events)?;
        Ok(self.number)
    }

    /// What the sitting says about each item that was shown; of each concept, the worst answer moves the card.
    fn examined(&self) -> impl Iterator<Item = Examined> {
        let shown: Vec<usize> = (0..self.items.len()).filter(|position| self.sitting.is_reached(*position)).collect();
        let outcome_at = |position: usize| -> (bool, MockOutcome) {
            let mark = self.sitting.mark_at(position);
            let is_right = self.questions[position].is_right(&mark.answer);
            (is_right, mock_outcome(is_right, mark.confidence, mark.is_flagged))
        };
        let mut worst: BTreeMap<&str, (MockOutcome, usize)> = BTreeMap::new();
        for position in &shown {
            let (_, outcome) = outcome_at(*position);
            let place = worst.entry(self.items[*position].concept.as_str()).or_insert((outcome, *position));
            if outcome < place.0 {
                *place = (outcome, *position);
            }
        }
        let examined: Vec<Examined> = shown
            .iter()
            .map(|position| {
                let item = &self.items[*position];
                let (is_right, outcome) = outcome_at(*position);
                let moves_card = worst.get(item.concept.as_str()).is_some_and(|(_, at)| at == position);
                Examined {
                    sitting: self.id,
                    deck: self.deck.clone(),
                    item: item.form_item.item.clone(),
                    concept: item.concept.clone(),
                    is_right,
                    outcome: moves_card.then_some(outcome),
                }
            })
            .collect();
        examined.into_iter()
    }
}
