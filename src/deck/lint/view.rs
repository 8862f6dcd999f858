//! Items as the rules look at them: taken apart once, for all rules.

use crate::deck::lint::rule::{Found, Part, Place, Rule};
use crate::deck::lint::words::Words;
use crate::deck::{Ask, Item, ItemBody, Question, ShuffleChoices};

/// An item and its words.
pub(super) struct ItemView<'d> {
    pub(super) item_idx: usize,
    pub(super) item: &'d Item,
    /// The words of the stem; none for a flashcard or a text with blanks.
    pub(super) stem: Words,
    /// The choices, if the item has any.
    pub(super) choices: Vec<ChoiceView<'d>>,
}

/// A choice and its words.
pub(super) struct ChoiceView<'d> {
    pub(super) text: &'d str,
    pub(super) is_key: bool,
    pub(super) why: Option<&'d str>,
    pub(super) words: Words,
    pub(super) n_chars: usize,
}

impl<'d> ItemView<'d> {
    pub(super) fn of(item_idx: usize, item: &'d Item) -> ItemView<'d> {
        let question = question_of(item);
        let choices = question.map_or(&[][..], Question::choices).iter().map(|choice| ChoiceView {
            text: &choice.text,
            is_key: choice.is_key,
            why: choice.why.as_deref(),
            words: Words::of(&choice.text),
            n_chars: choice.text.chars().count(),
        });
        let stem = question.map(|question| Words::of(&question.stem)).unwrap_or_default();
        ItemView { item_idx, item, stem, choices: choices.collect() }
    }

    /// The question; `None` for a flashcard or a text with blanks.
    pub(super) fn question(&self) -> Option<&'d Question> {
        question_of(self.item)
    }

    pub(super) fn is_shuffled(&self) -> bool {
        self.question().is_some_and(|question| question.shuffle() == ShuffleChoices::Yes)
    }

    pub(super) fn n_keys(&self) -> usize {
        self.choices.iter().filter(|choice| choice.is_key).count()
    }

    /// The right choice if there is just one, with its place.
    pub(super) fn only_key(&self) -> Option<(usize, &ChoiceView<'d>)> {
        let mut keys = self.choices.iter().enumerate().filter(|(_, choice)| choice.is_key);
        keys.next().filter(|_| keys.next().is_none())
    }

    pub(super) fn distractors(&self) -> impl Iterator<Item = &ChoiceView<'d>> + Clone {
        self.choices.iter().filter(|choice| !choice.is_key)
    }

    pub(super) fn at(&self, part: Part) -> Place {
        Place::Item { item_idx: self.item_idx, part }
    }

    pub(super) fn say(
        &self,
        found: &mut Found,
        rule: &'static Rule,
        part: Part,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        found.say(rule, self.at(part), message, help);
    }

    /// Walks everything that a learner reads of the item before answering, with the part it stands in.
    pub(super) fn asked(&self) -> Vec<(Part, &'d str)> {
        let question = match &self.item.body {
            ItemBody::Question(question) => question,
            ItemBody::Flashcard(card) => return vec![(Part::Prompt, &card.front), (Part::Whole, &card.back)],
            ItemBody::Cloze(cloze) => return vec![(Part::Prompt, &cloze.text)],
        };
        let mut all = vec![(Part::Prompt, question.stem.as_str())];
        match &question.ask {
            Ask::Choices { choices, .. } => {
                all.extend(choices.iter().enumerate().map(|(idx, choice)| (Part::Choice(idx), choice.text.as_str())));
            }
            Ask::Arrangement(arrangement) => {
                all.extend(arrangement.options().enumerate().map(|(idx, text)| (Part::Choice(idx), text)));
                let labels = arrangement.slots.iter().enumerate();
                all.extend(labels.filter_map(|(idx, slot)| Some((Part::Label(idx), slot.label.as_deref()?))));
            }
            Ask::Typed(_) => {}
        }
        all
    }

    /// Walks what a learner reads after answering, with the part it belongs to.
    pub(super) fn explained(&self) -> Vec<(Part, &'d str)> {
        let Some(question) = self.question() else { return Vec::new() };
        match &question.ask {
            Ask::Choices { choices, .. } => {
                let whys = choices.iter().enumerate();
                whys.filter_map(|(idx, choice)| Some((Part::Choice(idx), choice.why.as_deref()?))).collect()
            }
            Ask::Arrangement(arrangement) => {
                let slots = arrangement.slots.iter().enumerate();
                let of_slots = slots.filter_map(|(idx, slot)| Some((Part::Choice(idx), slot.why.as_deref()?)));
                of_slots.chain(arrangement.why.as_deref().map(|why| (Part::Whole, why))).collect()
            }
            Ask::Typed(typed) => typed.why.as_deref().map(|why| (Part::Whole, why)).into_iter().collect(),
        }
    }
}

fn question_of(item: &Item) -> Option<&Question> {
    match &item.body {
        ItemBody::Question(question) => Some(question),
        ItemBody::Flashcard(_) | ItemBody::Cloze(_) => None,
    }
}
