//! Exam questions and flashcards.

use std::borrow::Cow;

use crate::base::{ConceptId, ItemId, StimulusId, TaskId};
use crate::deck::{Answer, ChoiceSet, Cloze, Difficulty, ItemNotes, Placement, Status, TypedAnswer};

/// One entry of a deck: what the engines need to know of it, and its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What the engines need.
    pub facts: ItemFacts,
    /// What the learner reads.
    pub body: ItemBody,
    /// What its author notes.
    pub notes: ItemNotes,
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
    /// Whether it is in use.
    pub status: Status,
    /// The shared text that it belongs to, if any: in a form, such items stand together in the deck's order.
    pub stimulus: Option<StimulusId>,
    /// Items that never stand in a form with it: their ids, or names of groups. See [`enemy_groups`](crate::deck::enemy_groups).
    pub enemies: Vec<ItemId>,
}

impl ItemFacts {
    /// Tells whether the item may be drawn and drilled.
    pub fn is_live(&self) -> bool {
        self.status == Status::Live
    }

    /// Tells whether a form may be drawn with the item.
    pub fn is_drawn(&self) -> bool {
        self.is_live() && self.kind.is_exam_item()
    }
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
    /// Options are to be placed in slots: ordering and matching.
    Arrangement {
        /// Number of slots, at least 2.
        n_slots: u8,
        /// Number of options, at least `n_slots`; each stands in one slot at most.
        n_options: u8,
    },
    /// The answer is typed.
    TypedAnswer,
    /// Something to recall and rate: a front and a back, or a text with blanks; drilled, never in an exam.
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
    /// Anything that can stand in an exam.
    Question(Question),
    /// A flashcard.
    Flashcard(Flashcard),
    /// A text with blanks.
    Cloze(Cloze),
}

/// A stem and the kind of answer that it asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct Question {
    /// What several questions have in common, in small Markdown; shown above the stem.
    pub stimulus: Option<String>,
    /// The question, in small Markdown.
    pub stem: String,
    /// What is to be done.
    pub ask: Ask,
    /// Where to read more.
    pub refs: Vec<String>,
}

/// What a question asks the learner to do.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// Choose one or several of these: multiple choice or multiple response.
    Choices {
        /// The choices in the deck's order, 2 to 26.
        choices: Vec<Choice>,
        /// Whether the choices may change places.
        shuffle: ShuffleChoices,
    },
    /// Place options in slots: ordering or matching.
    Arrangement(Arrangement),
    /// Type the answer.
    Typed(TypedAnswer),
}

/// Slots and the options for them, which are always shown in a drawn order.
///
/// The options are the keys of the slots, in the order of the slots, and then the extra ones: option *i* belongs in
/// slot *i*. There are at most [`ChoiceSet::MAX_CHOICES`].
#[derive(Debug, Clone, PartialEq)]
pub struct Arrangement {
    /// The slots in the order in which they are shown, at least 2.
    pub slots: Vec<Slot>,
    /// Options that belong in no slot.
    pub extra: Vec<String>,
    /// The rationale of the whole, if the deck gives one.
    pub why: Option<String>,
}

/// One slot of an arrangement.
#[derive(Debug, Clone, PartialEq)]
pub struct Slot {
    /// What is to be matched; `None` for a position in an order.
    pub label: Option<String>,
    /// The option that belongs here.
    pub key: String,
    /// The rationale, if the deck gives one.
    pub why: Option<String>,
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
            ItemKind::MultipleChoice { .. }
            | ItemKind::MultipleResponse { .. }
            | ItemKind::Arrangement { .. }
            | ItemKind::TypedAnswer => true,
            ItemKind::Flashcard => false,
        }
    }

    /// Returns how many parts a full answer has: choices, filled slots, one text; 0 for what is only recalled.
    pub fn n_wanted(self) -> usize {
        match self {
            ItemKind::MultipleChoice { .. } | ItemKind::TypedAnswer => 1,
            ItemKind::MultipleResponse { n_keys, .. } => usize::from(n_keys),
            ItemKind::Arrangement { n_slots, .. } => usize::from(n_slots),
            ItemKind::Flashcard => 0,
        }
    }
}

impl Question {
    /// Returns what is read before the choices: the stem, below the stimulus if there is one.
    pub fn prompt(&self) -> Cow<'_, str> {
        match &self.stimulus {
            Some(stimulus) => Cow::Owned(format!("{}\n\n{}", stimulus.trim_end(), self.stem)),
            None => Cow::Borrowed(&self.stem),
        }
    }

    /// Returns the choices; none if the question asks for something else.
    pub fn choices(&self) -> &[Choice] {
        match &self.ask {
            Ask::Choices { choices, .. } => choices,
            Ask::Arrangement(_) | Ask::Typed(_) => &[],
        }
    }

    /// Returns the right choices; none if the question asks for something else.
    pub fn key(&self) -> ChoiceSet {
        self.choices().iter().enumerate().filter(|(_, choice)| choice.is_key).map(|(idx, _)| idx).collect()
    }

    /// Tells whether `answer` is right in all its parts (all or nothing).
    pub fn is_right(&self, answer: &Answer) -> bool {
        match &self.ask {
            Ask::Choices { .. } => answer.choices() == self.key(),
            Ask::Arrangement(arrangement) => answer.placement() == arrangement.key(),
            Ask::Typed(typed) => typed.accepts(answer.text()),
        }
    }

    /// Returns the kind that what it asks for makes it.
    pub fn kind(&self) -> ItemKind {
        match &self.ask {
            Ask::Choices { choices, .. } => {
                let n_choices = small(choices.len());
                match small(self.key().len()) {
                    0 | 1 => ItemKind::MultipleChoice { n_choices },
                    n_keys => ItemKind::MultipleResponse { n_choices, n_keys },
                }
            }
            Ask::Arrangement(arrangement) => ItemKind::Arrangement {
                n_slots: small(arrangement.slots.len()),
                n_options: small(arrangement.options().count()),
            },
            Ask::Typed(_) => ItemKind::TypedAnswer,
        }
    }

    /// Returns how many choices or options are shown under letters.
    pub fn n_options(&self) -> usize {
        match &self.ask {
            Ask::Choices { choices, .. } => choices.len(),
            Ask::Arrangement(arrangement) => arrangement.options().count(),
            Ask::Typed(_) => 0,
        }
    }

    /// Tells whether choices or options are shown in a drawn order.
    pub fn shuffle(&self) -> ShuffleChoices {
        match &self.ask {
            Ask::Choices { shuffle, .. } => *shuffle,
            Ask::Arrangement(_) | Ask::Typed(_) => ShuffleChoices::Yes,
        }
    }
}

impl Arrangement {
    /// Walks the options: the keys of the slots, then the extra ones.
    pub fn options(&self) -> impl Iterator<Item = &str> {
        self.slots.iter().map(|slot| slot.key.as_str()).chain(self.extra.iter().map(String::as_str))
    }

    /// Returns the text of an option.
    pub fn option(&self, option_idx: usize) -> Option<&str> {
        self.options().nth(option_idx)
    }

    /// Returns the right placement.
    pub fn key(&self) -> Placement {
        (0..self.slots.len()).map(Some).collect()
    }

    /// Tells whether the slots are positions in an order, not things to be matched.
    pub fn is_ordering(&self) -> bool {
        self.slots.iter().all(|slot| slot.label.is_none())
    }
}

impl ItemBody {
    /// Returns what is asked: the stem, the front of a flashcard, or a text with its blanks.
    pub fn prompt(&self) -> String {
        match self {
            ItemBody::Question(question) => question.prompt().into_owned(),
            ItemBody::Flashcard(card) => card.front.clone(),
            ItemBody::Cloze(cloze) => cloze.front(),
        }
    }

    /// Returns what is to be recalled of a flashcard or a text with blanks; `None` for a question.
    pub fn recalled(&self) -> Option<String> {
        match self {
            ItemBody::Question(_) => None,
            ItemBody::Flashcard(card) => Some(card.back.clone()),
            ItemBody::Cloze(cloze) => Some(cloze.back()),
        }
    }

    /// Returns the kind of the item.
    pub fn kind(&self) -> ItemKind {
        match self {
            ItemBody::Question(question) => question.kind(),
            ItemBody::Flashcard(_) | ItemBody::Cloze(_) => ItemKind::Flashcard,
        }
    }

    /// Returns where to read more.
    pub fn refs(&self) -> &[String] {
        match self {
            ItemBody::Question(question) => &question.refs,
            ItemBody::Flashcard(card) => &card.refs,
            ItemBody::Cloze(cloze) => &cloze.refs,
        }
    }
}

/// Counts of choices fit a byte: readers refuse more than [`ChoiceSet::MAX_CHOICES`].
fn small(n: usize) -> u8 {
    u8::try_from(n).unwrap_or(u8::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn question(ask: Ask) -> Question {
        Question { stimulus: None, stem: "How?".to_owned(), ask, refs: Vec::new() }
    }

    fn slot(label: Option<&str>, key: &str) -> Slot {
        Slot { label: label.map(str::to_owned), key: key.to_owned(), why: None }
    }

    #[test]
    fn an_arrangement_is_right_when_every_slot_is() {
        let slots = vec![slot(None, "first"), slot(None, "second"), slot(None, "third")];
        let question = question(Ask::Arrangement(Arrangement { slots, extra: vec!["never".to_owned()], why: None }));
        let is_right = |options: &[usize]| {
            let placement: Placement = options.iter().copied().map(Some).collect();
            question.is_right(&placement.into())
        };
        assert!(is_right(&[0, 1, 2]));
        for wrong in [&[0, 1][..], &[1, 0, 2], &[0, 1, 3], &[]] {
            assert!(!is_right(wrong), "{wrong:?}");
        }
        assert!(!question.is_right(&ChoiceSet::only(0).into()));
        assert_eq!(question.kind(), ItemKind::Arrangement { n_slots: 3, n_options: 4 });
        assert_eq!(question.kind().n_wanted(), 3);
    }

    #[test]
    fn a_blank_is_wrong_whatever_is_asked() {
        let typed = TypedAnswer { accept: vec!["443".to_owned()], shown: None, why: None };
        assert!(!question(Ask::Typed(typed)).is_right(&Answer::Blank));
        let choice = |is_key: bool| Choice { text: "x".to_owned(), is_key, why: None };
        let choices = vec![choice(true), choice(false)];
        assert!(!question(Ask::Choices { choices, shuffle: ShuffleChoices::Yes }).is_right(&Answer::Blank));
    }
}
