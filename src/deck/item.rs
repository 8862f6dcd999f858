//! Exam questions and flashcards.

use crate::base::{ConceptId, ItemId, TaskId};
use crate::deck::{ChoiceSet, Difficulty};

/// One entry of a deck: what the engines need to know of it, and its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What the engines need.
    pub facts: ItemFacts,
    /// What the learner reads.
    pub body: ItemBody,
}

/// What the engines need to know of an item without its text.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemFacts {
    /// The item's name.
    pub id: ItemId,
    /// What the item asks for; items of one concept are variants.
    pub concept: ConceptId,
    /// Place of the item's domain in the deck's list.
    pub domain_idx: usize,
    /// The task that the item belongs to, if the deck says.
    pub task: Option<TaskId>,
    /// What kind of item it is.
    pub kind: ItemKind,
    /// Difficulty as its author states it; `None` if unstated.
    pub difficulty: Option<Difficulty>,
    /// What the item demands of the learner, if the deck says.
    pub skill: Option<Skill>,
}

/// The kinds of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemKind {
    /// One of several choices is right.
    MultipleChoice {
        /// Number of choices, at least 2.
        n_choices: u8,
    },
    /// Several choices are right, and all of them are wanted.
    MultipleResponse {
        /// Number of choices, more than `n_keys`.
        n_choices: u8,
        /// Number of right choices, at least 2.
        n_keys: u8,
    },
    /// A front and a back; drilled, never in an exam.
    Flashcard,
}

/// What an item demands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Skill {
    /// Knowing a fact.
    Recall,
    /// Telling two things apart.
    Compare,
    /// Deciding in a situation.
    Scenario,
}

/// The text of an item.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemBody {
    /// Multiple choice or multiple response.
    Question(Question),
    /// A flashcard.
    Flashcard(Flashcard),
}

/// A stem with choices.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// The question, in small Markdown.
    pub stem: String,
    /// The choices in the deck's order, 2 to 26.
    pub choices: Vec<Choice>,
    /// Whether the choices may change places.
    pub shuffle: ShuffleChoices,
    /// Where to read more.
    pub refs: Vec<String>,
}

/// One choice of a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice {
    /// What the learner reads.
    pub text: String,
    /// Whether it is (part of) the key.
    pub is_key: bool,
    /// The rationale, if the deck gives one.
    pub why: Option<String>,
}

/// Whether a question's choices are shown in a drawn order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ShuffleChoices {
    /// In a drawn order.
    Yes,
    /// As the deck has them.
    No,
}

/// A front and a back.
#[derive(Debug, Clone, PartialEq)]
pub struct Flashcard {
    /// What is asked, in small Markdown.
    pub front: String,
    /// What is to be recalled, in small Markdown.
    pub back: String,
    /// Where to read more.
    pub refs: Vec<String>,
}

impl ItemKind {
    /// Tells whether such an item can stand in an exam.
    pub fn is_exam_item(self) -> bool {
        match self {
            ItemKind::MultipleChoice { .. } | ItemKind::MultipleResponse { .. } => true,
            ItemKind::Flashcard => false,
        }
    }
}

impl Question {
    /// Returns the right choices.
    pub fn key(&self) -> ChoiceSet {
        self.choices.iter().enumerate().filter(|(_, choice)| choice.is_key).map(|(idx, _)| idx).collect()
    }

    /// Tells whether `chosen` is exactly the key (all or nothing).
    pub fn is_right(&self, chosen: ChoiceSet) -> bool {
        chosen == self.key()
    }

    /// Returns the kind that the number of choices and keys makes it.
    pub fn kind(&self) -> ItemKind {
        let n_choices = small(self.choices.len());
        match small(self.key().len()) {
            0 | 1 => ItemKind::MultipleChoice { n_choices },
            n_keys => ItemKind::MultipleResponse { n_choices, n_keys },
        }
    }
}

impl ItemBody {
    /// Returns what is asked: the stem, or the front of a flashcard.
    pub fn prompt(&self) -> &str {
        match self {
            ItemBody::Question(question) => &question.stem,
            ItemBody::Flashcard(card) => &card.front,
        }
    }

    /// Returns where to read more.
    pub fn refs(&self) -> &[String] {
        match self {
            ItemBody::Question(question) => &question.refs,
            ItemBody::Flashcard(card) => &card.refs,
        }
    }
}

/// Counts of choices fit a byte: readers refuse more than [`ChoiceSet::MAX_CHOICES`].
fn small(n: usize) -> u8 {
    u8::try_from(n).unwrap_or(u8::MAX)
}
