//! The drill as a learner meets it: what can be asked of it, what it shows and what it leaves behind.

use std::time::Duration;

use crate::app::{CardCare, FirstStep};
use crate::base::{DomainId, ItemId, StudyDay, TaskId};
use crate::deck::{ItemBody, Skill};
use crate::plan::{Backlog, Call, Prediction, QueueOrder, Trust};
use crate::review::Grade;

/// What a drill is asked to bring.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DrillRequest {
    /// What of the deck.
    pub filter: DrillFilter,
    /// New concepts a day; `None` for the usual number.
    pub n_new: Option<usize>,
    /// Minutes for which the cards of most worth are chosen, and after which no further one is shown; `None` for no limit
    /// and the order of due dates.
    pub minutes: Option<u32>,
    /// Which cards.
    pub course: Course,
}

/// Which cards a drill brings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Course {
    /// What is due today, and new concepts.
    #[default]
    Today,
    /// After that, what falls due in so many days. A right answer before its day leaves the card as it is, a wrong one is
    /// a lapse.
    Ahead(u32),
    /// Everything, due or not, without any effect on cards.
    Cram,
}

/// What of a deck is drilled: concepts with an item that fits. An empty list leaves out nothing; of a list any entry may
/// fit, of several lists each must.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DrillFilter {
    /// Domains.
    pub domains: Vec<DomainId>,
    /// Tasks.
    pub tasks: Vec<TaskId>,
    /// Tags.
    pub tags: Vec<String>,
    /// What items demand.
    pub skills: Vec<Skill>,
    /// The items themselves: of their concepts, no others are shown.
    pub items: Vec<ItemId>,
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
    /// It is not due yet.
    Early,
    /// Everything is gone through.
    Cram,
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
    /// Whether the answer moves cards; in a cram it does not.
    pub counts: bool,
}

/// How far the drill is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct DrillProgress {
    /// Answers given in this drill.
    pub n_done: usize,
    /// Of them, right ones.
    pub n_right: usize,
    /// Due cards to come, the one on the screen included. Beyond what is queued, no more than [`DrillProgress::MOST_COUNTED`]
    /// are counted.
    pub n_due_left: usize,
    /// Cards that come again today, the one on the screen included.
    pub n_repeats_left: usize,
    /// New concepts to come, the one on the screen included.
    pub n_new_left: usize,
    /// Cards to come that are not due, the one on the screen included: early ones, or those of a cram.
    pub n_extra_left: usize,
    /// Whether there are more cards than those that are counted.
    pub has_more: bool,
    /// What is left of the minutes that were asked for; `None` without a limit.
    pub time_left: Option<Duration>,
    /// Study days in a row with answers until today; days off do not break the row. Before the first answer of today, the
    /// row until yesterday.
    pub streak_days: usize,
}

/// Answers in one domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DomainCount {
    /// The domain.
    pub id: DomainId,
    /// Its title.
    pub title: String,
    /// Answers.
    pub n_answers: usize,
    /// Of them, right ones.
    pub n_right: usize,
}

/// What the answers of a drill that were not taken back did to cards; repeats of the same day and early right answers move
/// none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Moved {
    /// Concepts that were met for the first time.
    pub n_met: usize,
    /// Cards that got a longer interval.
    pub n_promoted: usize,
    /// Cards that were forgotten after having been known.
    pub n_lapsed: usize,
}

/// What the drill leaves behind.
#[derive(Debug, Clone, PartialEq)]
pub struct DrillSummary {
    /// How far it came.
    pub progress: DrillProgress,
    /// The answers by domain, in the deck's order; domains without an answer are left out.
    pub domains: Vec<DomainCount>,
    /// What moved.
    pub moved: Moved,
    /// Points of 100 that the concepts that were answered are expected to bring more than without this drill, on the day
    /// on which recall counts.
    pub points_gained: f64,
    /// Days until then; `None` if it is the day of the exam.
    pub counts_in_days: Option<u32>,
    /// Cards due on the next study day; no more than one beyond [`DrillProgress::MOST_COUNTED`] are counted.
    pub n_due_tomorrow: usize,
    /// Due cards that are left, counted in the same way, and the points of 100 that they would add on exam day; of more
    /// than 2,000, the longest due.
    pub backlog: Backlog,
    /// The order in which cards came.
    pub order: QueueOrder,
    /// The newest predictions of recall, the newest last.
    pub predictions: Vec<Prediction>,
    /// What they are worth.
    pub trust: Trust,
    /// What suggests itself now.
    pub next: FirstStep,
    /// Whether the order by worth was asked for, but recall was predicted too high lately.
    pub is_over_confident: bool,
    /// Unseen exam items that the drill left alone for later mocks.
    pub n_kept_for_mocks: usize,
    /// Concepts that wait until the open sitting ends.
    pub n_in_exam: usize,
}

impl DrillProgress {
    /// Most cards that are counted beyond those in the queue.
    pub const MOST_COUNTED: usize = 1_000;

    /// Returns how many cards are left, repeats included.
    pub fn n_left(&self) -> usize {
        self.n_due_left + self.n_repeats_left + self.n_new_left + self.n_extra_left
    }

    /// Says what is left: of the minutes, the one that runs included, or, without a limit, of the cards, as in `9 to go`, or
    /// `100+ to go` where there are more.
    pub fn left_words(&self) -> String {
        match self.time_left {
            None => format!("{}{} to go", self.n_left(), if self.has_more { "+" } else { "" }),
            Some(Duration::ZERO) => "time is up".to_owned(),
            Some(left) => format!("{} min left", left.as_secs().div_ceil(60).max(1)),
        }
    }
}

impl Feedback {
    /// Says when the card is seen next: `comes again today`, `comes back tomorrow`, `comes back in 6 days`.
    pub fn comes_back(&self) -> String {
        match self.in_days {
            _ if self.repeats_today => "comes again today".to_owned(),
            _ if !self.counts => "stays as it was".to_owned(),
            ..=0 => "comes back today".to_owned(),
            1 => "comes back tomorrow".to_owned(),
            n_days => format!("comes back in {n_days} days"),
        }
    }
}

impl DrillFilter {
    /// Tells whether it leaves out nothing.
    pub fn is_empty(&self) -> bool {
        self.domains.is_empty()
            && self.tasks.is_empty()
            && self.tags.is_empty()
            && self.skills.is_empty()
            && self.items.is_empty()
    }

    /// Tells whether no items are named, or this one is.
    pub(in crate::app) fn keeps(&self, item: &ItemId) -> bool {
        self.items.is_empty() || self.items.contains(item)
    }
}

impl Occasion {
    /// Returns the occasion of a call.
    pub(in crate::app) fn of(call: Call) -> Occasion {
        match call {
            Call::Due { .. } => Occasion::Due,
            Call::Repeat => Occasion::Repeat,
            Call::New => Occasion::New,
            Call::Early { .. } => Occasion::Early,
        }
    }
}
