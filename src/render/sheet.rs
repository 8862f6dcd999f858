//! What a score report is made from, whatever form it takes.

use std::time::Duration;

use chrono::{DateTime, FixedOffset};

use crate::base::{ConceptId, DeckId, ItemId, StudyDay};
use crate::deck::{Answer, Ask, Credit, Doubt, Levels, Question, letter_of};
use crate::exam::{
    Conditions, Confidence, Ending, ItemFilter, ItemRole, ItemWork, Mark, NoEvidence, SittingKind, Tally,
};
use crate::render::Analysis;
use crate::review::{MockOutcome, mock_outcome};
use crate::score::ScoreReport;

/// All that a report of one sitting says.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreSheet {
    /// The sitting's number.
    pub number: u32,
    /// The deck's id.
    pub deck: DeckId,
    /// What follows `cutscore drill` to drill this deck: nothing for the default deck, else a blank and its id.
    pub deck_argument: String,
    /// The deck's title.
    pub title: String,
    /// What kind of sitting it was.
    pub kind: SittingKind,
    /// The seed of its form.
    pub seed: u64,
    /// When it started, in the learner's time.
    pub started_at: DateTime<FixedOffset>,
    /// How it ended; `None` while it is open.
    pub ending: Option<Ending>,
    /// Exam time used.
    pub elapsed: Duration,
    /// The time limit, extra time included; `None` without a clock.
    pub limit: Option<Duration>,
    /// How much of the limit is extra time; `None` if there is none.
    pub extra_time: Option<Duration>,
    /// The items in the order of the form.
    pub items: Vec<ItemRow>,
    /// How far the items got.
    pub tally: Tally,
    /// The domains in the deck's order.
    pub domains: Vec<DomainRow>,
    /// What had been seen before.
    pub freshness: Freshness,
    /// Exam time that ran while it was left alone.
    pub away: Duration,
    /// The result.
    pub result: ReportResult,
    /// What it points to; `None` without a score, or where nobody asked.
    pub analysis: Option<Analysis>,
}

/// The result of a sitting.
#[derive(Debug, Clone, PartialEq)]
pub enum ReportResult {
    /// There is none: the sitting is open or was abandoned.
    None,
    /// A deck with an exam: a score on its scale.
    Scored {
        /// The score.
        report: Box<ScoreReport>,
        /// The labels of the domains' results.
        levels: Levels,
    },
    /// A deck without an exam: right answers.
    Counted {
        /// Right answers.
        n_right: usize,
    },
}

/// A domain of the deck.
#[derive(Debug, Clone, PartialEq)]
pub struct DomainRow {
    /// The domain's id.
    pub id: String,
    /// The domain's title.
    pub title: String,
    /// Its share of the exam, 0 to 1.
    pub weight: f64,
    /// Right answers among its scored items.
    pub n_right: usize,
    /// Its scored items.
    pub n_items: usize,
}

/// How much of a form was new to the learner; scored items only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Freshness {
    /// Scored items that had been shown before.
    pub n_seen: usize,
    /// Scored items that had not.
    pub n_fresh: usize,
    /// Right answers among the fresh ones.
    pub n_fresh_right: usize,
}

/// One item of a sitting.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemRow {
    /// The item's id.
    pub item: ItemId,
    /// What it tests.
    pub concept: ConceptId,
    /// Place of its domain in the deck's list.
    pub domain_idx: usize,
    /// Whether it counts.
    pub role: ItemRole,
    /// The question as it was pinned.
    pub question: Question,
    /// The order in which its choices were shown.
    pub choice_order: Vec<usize>,
    /// What the candidate put on it.
    pub mark: Mark,
    /// The candidate's note; empty if there is none.
    pub note: String,
    /// Whether it was ever shown.
    pub is_reached: bool,
    /// Whether the answer was right, all of it.
    pub is_right: bool,
    /// What it earned.
    pub credit: Credit,
    /// How it was worked on.
    pub work: ItemWork,
    /// The learner's report that it is doubtful, if one stands.
    pub doubt: Option<Doubt>,
    /// Whether it was sent to the drill today.
    pub is_sent: bool,
    /// When its concept comes in the drill; `None` without a card.
    pub due: Option<DueDay>,
}

/// A study day on which something is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueDay {
    /// The day.
    pub day: StudyDay,
    /// Days from today until then; not above 0 if it has come.
    pub in_days: i32,
}

impl ItemRow {
    /// Returns an answer in its parts: the letters of the choices as they were shown; for each slot the letter of what
    /// stands in it, or `None`; or the text that was typed. Empty for a blank.
    pub fn parts(&self, answer: &Answer) -> Vec<Option<String>> {
        let letter = |place: usize| Some(letter_of(place).to_string());
        match answer.on_screen(&self.choice_order) {
            Answer::Blank => Vec::new(),
            Answer::Choices(choices) => choices.iter().map(letter).collect(),
            Answer::Placed(placement) => {
                let n_slots = self.question.kind().n_wanted();
                (0..n_slots).map(|slot| placement.at(slot).and_then(letter)).collect()
            }
            Answer::Text(text) => vec![Some(text)],
        }
    }

    /// Returns what is right, in the form of [`ItemRow::parts`]; of a typed answer every accepted text.
    pub fn key_parts(&self) -> Vec<Option<String>> {
        match &self.question.ask {
            Ask::Choices { .. } => self.parts(&self.question.key().into()),
            Ask::Arrangement(arrangement) => self.parts(&arrangement.key().into()),
            Ask::Typed(typed) => typed.accept.iter().cloned().map(Some).collect(),
        }
    }

    /// Returns the first complete answer; a blank if there was none.
    pub fn first_answer(&self) -> Answer {
        self.work.first.as_ref().map(|mark| mark.answer.clone()).unwrap_or_default()
    }

    /// Tells whether `filter` keeps the item.
    pub fn is_kept_by(&self, filter: ItemFilter) -> bool {
        match filter {
            ItemFilter::All => true,
            ItemFilter::Wrong => !self.is_right,
            ItemFilter::Guessed => self.mark.confidence == Confidence::Guess,
            ItemFilter::Flagged => self.mark.is_flagged,
            ItemFilter::Doubtful => self.doubt.is_some(),
        }
    }
}

impl ScoreSheet {
    /// Returns how many items count.
    pub fn n_scored(&self) -> usize {
        self.items.iter().filter(|item| item.role == ItemRole::Scored).count()
    }

    /// Returns how many items were answered wrongly, or rightly but with a doubt: what the drill brings back.
    pub fn n_to_drill(&self) -> usize {
        let is_wanted = |item: &&ItemRow| match mock_outcome(item.is_right, item.mark.confidence, item.mark.is_flagged)
        {
            MockOutcome::WrongAndSure | MockOutcome::Wrong | MockOutcome::Shaky => item.is_reached,
            MockOutcome::Sure => false,
        };
        self.items.iter().filter(is_wanted).count()
    }

    /// Returns why the sitting says nothing about readiness; empty if it does.
    pub fn no_evidence_because(&self) -> Vec<NoEvidence> {
        let fresh = self.freshness;
        let conditions = Conditions {
            kind: self.kind,
            ending: self.ending,
            away: self.away,
            n_scored: fresh.n_seen + fresh.n_fresh,
            n_fresh: fresh.n_fresh,
        };
        conditions.no_evidence_because()
    }
}
