//! What can happen: the events of the log, in the words of the engines.

use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::base::{ConceptId, ContentHash, DeckId, DomainId, ItemId, Seed, StudyDay};
use crate::deck::{Answer, CreditRule, Decision, Levels, Scale, Weight};
use crate::exam::{Anchor, Confidence, Ending, Form, FormItem, Mark, RealResult, Section, SittingKind};
use crate::review::{Grade, MockOutcome, Rating};
use crate::score::{ItemCurve, Reference};
use crate::store::{CardImported, DeckSettingName, ReviewImported, SettingName};

/// Place of an event in the log of this store, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Seq(pub(in crate::store) i64);

impl Seq {
    /// Tells whether nothing stands between `before` and this; `None` is the beginning of the log.
    pub fn follows(self, before: Option<Seq>) -> bool {
        self.0 == before.map_or(0, |seq| seq.0) + 1
    }
}

/// Names a sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SittingId {
    pub(in crate::store) device: i64,
    pub(in crate::store) start: i64, // device_seq of the event that started it
}

/// When an event happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stamp {
    /// The instant.
    pub at: DateTime<Utc>,
    /// The study day on which it counts.
    pub study_day: StudyDay,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Event {
    /// A setting that folds use got a new value.
    SettingChanged {
        /// Which setting.
        name: SettingName,
        /// Its value as text.
        value: String,
    },
    /// A setting of one deck got a new value.
    DeckSettingChanged {
        /// The deck.
        deck: DeckId,
        /// Which setting.
        name: DeckSettingName,
        /// Its value as text.
        value: String,
    },
    /// The scale of a deck revision was fixed, at its first sitting.
    ReferenceFrozen {
        /// The deck.
        deck: DeckId,
        /// Hash of the deck's files.
        revision: ContentHash,
        /// The scale.
        reference: Reference,
    },
    /// A form was drawn and its sitting began.
    SittingStarted(Box<SittingStart>),
    /// An item came on the screen.
    ItemShown {
        /// The sitting.
        sitting: SittingId,
        /// Place of the item in the form, from 0.
        position: usize,
        /// Exam time.
        elapsed: Duration,
    },
    /// The mark on an item changed.
    ItemMarked {
        /// The sitting.
        sitting: SittingId,
        /// Place of the item in the form, from 0.
        position: usize,
        /// The whole mark after the change.
        mark: Mark,
        /// Exam time.
        elapsed: Duration,
    },
    /// The note on an item changed.
    ItemNoted {
        /// The sitting.
        sitting: SittingId,
        /// Place of the item in the form, from 0.
        position: usize,
        /// The whole note after the change; empty if it was taken away.
        note: String,
        /// Exam time.
        elapsed: Duration,
    },
    /// In practice, the candidate was shown what is right: the answer stands from now on.
    ItemChecked {
        /// The sitting.
        sitting: SittingId,
        /// Place of the item in the form, from 0.
        position: usize,
        /// Exam time.
        elapsed: Duration,
    },
    /// A sitting goes on as practice.
    SittingBecamePractice {
        /// The sitting.
        sitting: SittingId,
    },
    /// A sitting was opened again after a break.
    SittingResumed {
        /// The sitting.
        sitting: SittingId,
        /// Where its clock stands from now on.
        anchor: Anchor,
    },
    /// A sitting ended.
    SittingEnded {
        /// The sitting.
        sitting: SittingId,
        /// How.
        ending: Ending,
        /// Exam time.
        elapsed: Duration,
    },
    /// A sitting said something about an item that was shown in it.
    Examined(Examined),
    /// A drilled item was answered.
    Reviewed(Box<Review>),
    /// Something that can be taken back was: a review, a sending to the drill, a suspension or its end, a burial, a note,
    /// the record of a real exam or its removal.
    Undone {
        /// Its place in the log.
        event: Seq,
    },
    /// What was taken back stands again.
    Redone {
        /// Its place in the log.
        event: Seq,
    },
    /// The drill leaves a concept out until further notice.
    Suspended {
        /// The deck.
        deck: DeckId,
        /// The item by which the concept was named.
        item: ItemId,
        /// The concept.
        concept: ConceptId,
    },
    /// The drill brings a suspended concept again.
    Unsuspended {
        /// The deck.
        deck: DeckId,
        /// The item by which the concept was named.
        item: ItemId,
        /// The concept.
        concept: ConceptId,
    },
    /// The drill leaves a concept out for the rest of the study day.
    Buried {
        /// The deck.
        deck: DeckId,
        /// The item by which the concept was named.
        item: ItemId,
        /// The concept.
        concept: ConceptId,
    },
    /// The learner's own note on an item changed, outside any sitting.
    CardNoted {
        /// The deck.
        deck: DeckId,
        /// The item.
        item: ItemId,
        /// The whole note after the change; empty if it was taken away.
        note: String,
    },
    /// The learner opened a deck's reserve of unseen items to the drill.
    ReserveOpened {
        /// The deck.
        deck: DeckId,
    },
    /// An item was shown and answered in cramming, which moves no card.
    Crammed {
        /// The deck.
        deck: DeckId,
        /// The item.
        item: ItemId,
        /// Whether the answer was right.
        is_right: bool,
    },
    /// The learner sent an item to the drill: its concept is due.
    SentToDrill {
        /// The deck.
        deck: DeckId,
        /// The item.
        item: ItemId,
        /// What it tests.
        concept: ConceptId,
    },
    /// The learner reported an item as doubtful.
    Doubted {
        /// The deck.
        deck: DeckId,
        /// The item.
        item: ItemId,
        /// Why; may be empty.
        reason: String,
    },
    /// A review in another program was taken over.
    ReviewImported(Box<ReviewImported>),
    /// The state of a card in another program was taken over.
    CardImported(Box<CardImported>),
    /// The learner withdrew the report of an item as doubtful.
    DoubtWithdrawn {
        /// The deck.
        deck: DeckId,
        /// The item.
        item: ItemId,
    },
    /// The learner recorded the result of a real exam.
    ResultRecorded {
        /// The deck that prepares for it.
        deck: DeckId,
        /// What the score report says.
        result: Box<RealResult>,
    },
    /// The learner removed the record of a real exam. It is named by its day, which is the same in every store.
    ResultRemoved {
        /// The deck.
        deck: DeckId,
        /// Day of the exam; what was recorded of it before no longer stands.
        taken_on: StudyDay,
    },
}

/// All that a sitting needs for its whole life, whatever happens to the deck.
#[derive(Debug, Clone, PartialEq)]
pub struct SittingStart {
    /// The deck.
    pub deck: DeckId,
    /// Hash of the deck's files.
    pub revision: ContentHash,
    /// What kind of sitting it is.
    pub kind: SittingKind,
    /// The seed of the form.
    pub seed: Seed,
    /// The time limit, extra time included; `None` without a clock.
    pub limit: Option<Duration>,
    /// How much of the limit is extra time; `None` if there is none.
    pub extra_time: Option<Duration>,
    /// The parts of the form that are closed once they are left.
    pub sections: Vec<Section>,
    /// The reported scale; `None` for a deck without an exam: percent right.
    pub scale: Option<Scale>,
    /// What decides on pass or fail.
    pub decision: Decision,
    /// Whether answers that are partly right earn a part of the point.
    pub credit: CreditRule,
    /// Labels for the results in a domain.
    pub levels: Levels,
    /// The deck's title.
    pub title: String,
    /// The deck's domains; the items name them by their places.
    pub domains: Vec<PinnedDomain>,
    /// Where the exam clock stands at the start.
    pub anchor: Anchor,
    /// The items with their curves, in the order of the form.
    pub items: Vec<PinnedItem>,
}

impl SittingStart {
    /// Returns the form. Practice has no sections: who learns may look back.
    pub fn form(&self) -> Form {
        let sections = match self.kind {
            SittingKind::Practice => Vec::new(),
            SittingKind::Mock | SittingKind::Partial | SittingKind::Taste => self.sections.clone(),
        };
        Form { items: self.items.iter().map(|item| item.form_item.clone()).collect(), sections }
    }
}

/// A domain as it was when a sitting started.
#[derive(Debug, Clone, PartialEq)]
pub struct PinnedDomain {
    /// The domain's name.
    pub id: DomainId,
    /// The domain's title.
    pub title: String,
    /// The domain's weight in the exam.
    pub weight: Weight,
}

/// An item of a form with the curve that scores it.
#[derive(Debug, Clone, PartialEq)]
pub struct PinnedItem {
    /// The item as the form pins it.
    pub form_item: FormItem,
    /// What it tests.
    pub concept: ConceptId,
    /// Its response curve.
    pub curve: ItemCurve,
    /// Whether the learner had never been shown it before.
    pub is_fresh: bool,
}

/// What a sitting said about one item.
#[derive(Debug, Clone, PartialEq)]
pub struct Examined {
    /// The sitting.
    pub sitting: SittingId,
    /// The deck.
    pub deck: DeckId,
    /// The item.
    pub item: ItemId,
    /// What it tests.
    pub concept: ConceptId,
    /// Whether the answer was right.
    pub is_right: bool,
    /// What it does to the concept's card; `None` where another item of the concept did worse in the same sitting.
    pub outcome: Option<MockOutcome>,
}

/// A drilled item and its answer, raw, with the grade that was given.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// The deck.
    pub deck: DeckId,
    /// The item that was shown.
    pub item: ItemId,
    /// The concept whose card it moves.
    pub concept: ConceptId,
    /// What was shown.
    pub content: ContentHash,
    /// The answer.
    pub response: Response,
    /// Milliseconds from the item's showing to the answer.
    pub answer_ms: u64,
    /// The grade.
    pub grade: Grade,
    /// What was expected before the answer.
    pub foresight: Foresight,
}

/// What was expected of an answer before it was given. It is recorded with the answer, so that no later change of the
/// model can make a prediction look better than it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foresight {
    /// Nothing: a repeat of the same day, or an answer that an earlier program recorded.
    None,
    /// The concept was met for the first time.
    First,
    /// The concept was answered on an earlier day.
    Recall {
        /// The probability of recall by the memory model alone.
        recall: Millionths,
        /// The chance of a right answer without knowledge.
        chance: Millionths,
        /// The probability of a right answer that was predicted.
        p_right: Millionths,
    },
}

/// A probability in whole millionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Millionths(u32); // Invariant: at most 1,000,000.

impl Millionths {
    const ONE: u32 = 1_000_000;

    /// Rounds a probability; what lies outside 0 to 1 is brought to the nearer end.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and a million")]
    pub fn of(probability: f64) -> Millionths {
        Millionths((probability.clamp(0.0, 1.0) * f64::from(Self::ONE)).round() as u32)
    }

    /// Takes a count of millionths; more than a million count as a million.
    pub fn from_count(count: u32) -> Millionths {
        Millionths(count.min(Self::ONE))
    }

    /// Returns the count.
    pub fn count(self) -> u32 {
        self.0
    }

    /// Returns the probability, 0 to 1.
    pub fn value(self) -> f64 {
        f64::from(self.0) / f64::from(Self::ONE)
    }
}

/// The answer to a drilled item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Response {
    /// The answer to a question.
    Answer {
        /// The answer.
        answer: Answer,
        /// How sure the learner said to be.
        confidence: Confidence,
        /// How many parts a full answer has: with the kind of answer, tells the item types apart.
        n_wanted: usize,
        /// Whether the answer was right.
        is_right: bool,
    },
    /// The recall of a flashcard or of a text with blanks.
    Recall(Rating),
}
