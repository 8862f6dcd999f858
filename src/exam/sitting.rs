//! One sitting of a form: what was shown, what is marked, what is still open.

use crate::deck::{Answer, ChoiceSet};
use crate::exam::Form;

/// The state of a sitting; every change of it is an event in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Sitting {
    form: Form,
    reached: Vec<bool>, // Invariant: as long as `form.items`.
    marks: Vec<Mark>,   // Invariant: as long as `form.items`.
    notes: Vec<String>, // Invariant: as long as `form.items`; empty where there is none.
    checked: Vec<bool>, // Invariant: as long as `form.items`.
}

/// What the candidate has put on an item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mark {
    /// The answer.
    pub answer: Answer,
    /// The choices struck out, by their places in the deck.
    pub struck: ChoiceSet,
    /// Whether the item is flagged for review.
    pub is_flagged: bool,
    /// How sure the candidate says to be.
    pub confidence: Confidence,
}

/// Most characters of a note.
pub const MAX_NOTE_CHARS: usize = 500;

/// How sure a learner says to be of an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Confidence {
    /// Nothing said.
    #[default]
    Unstated,
    /// Sure.
    Sure,
    /// Unsure.
    Unsure,
    /// A guess.
    Guess,
}

/// What kind of sitting it is; only a mock can count as evidence of readiness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SittingKind {
    /// A full form under the blueprint's conditions.
    Mock,
    /// A part of the exam: fewer questions, some domains, or another time limit.
    Partial,
    /// The ten-minute taste.
    Taste,
    /// Practice: feedback comes with each answer, and the clock can be stopped.
    Practice,
}

/// How a sitting came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending {
    /// The candidate ended it.
    Submitted,
    /// Time ran out while the candidate was there.
    TimeUp,
    /// Time ran out with nobody there: reported, but no evidence.
    Unattended,
    /// The candidate gave it up: no score, no evidence.
    Abandoned,
}

/// How far an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemStatus {
    /// It was never on the screen.
    NotReached,
    /// It was shown and nothing is answered.
    Blank,
    /// Fewer or more choices are chosen than are wanted, or a slot is empty.
    Incomplete,
    /// As many choices are chosen as are wanted, every slot is filled, or something is typed.
    Answered,
}

/// The statuses counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Items answered in full.
    pub n_answered: usize,
    /// Items with too few or too many choices, or with an empty slot.
    pub n_incomplete: usize,
    /// Items shown and left blank.
    pub n_blank: usize,
    /// Items never shown.
    pub n_not_reached: usize,
    /// Items flagged, whatever their status.
    pub n_flagged: usize,
}

impl Sitting {
    /// Starts a sitting in which nothing has been shown.
    pub fn new(form: Form) -> Sitting {
        let n_items = form.items.len();
        Sitting {
            form,
            reached: vec![false; n_items],
            marks: vec![Mark::default(); n_items],
            notes: vec![String::new(); n_items],
            checked: vec![false; n_items],
        }
    }

    /// Returns the form.
    pub fn form(&self) -> &Form {
        &self.form
    }

    /// Returns how many items the form has.
    pub fn n_items(&self) -> usize {
        self.form.items.len()
    }

    /// Notes that the item at `position` was on the screen. Positions outside the form change nothing.
    pub fn show(&mut self, position: usize) {
        if let Some(reached) = self.reached.get_mut(position) {
            *reached = true;
        }
    }

    /// Replaces the mark at `position`. Positions outside the form change nothing.
    pub fn mark(&mut self, position: usize, mark: Mark) {
        if let Some(place) = self.marks.get_mut(position) {
            *place = mark;
        }
    }

    /// Returns the mark at `position`; outside the form, an empty one.
    pub fn mark_at(&self, position: usize) -> Mark {
        self.marks.get(position).cloned().unwrap_or_default()
    }

    /// Tells whether the item at `position` was ever on the screen.
    pub fn is_reached(&self, position: usize) -> bool {
        self.reached.get(position).copied().unwrap_or(false)
    }

    /// Replaces the note on the item at `position`; an empty one takes it away. Positions outside the form change nothing.
    pub fn note(&mut self, position: usize, text: &str) {
        if let Some(place) = self.notes.get_mut(position) {
            text.clone_into(place);
        }
    }

    /// Returns the note on the item at `position`; empty if there is none.
    pub fn note_at(&self, position: usize) -> &str {
        self.notes.get(position).map_or("", String::as_str)
    }

    /// Notes that the candidate has seen what is right at `position`: the answer stands from now on.
    pub fn check(&mut self, position: usize) {
        if let Some(checked) = self.checked.get_mut(position) {
            *checked = true;
        }
    }

    /// Tells whether the candidate has seen what is right at `position`.
    pub fn is_checked(&self, position: usize) -> bool {
        self.checked.get(position).copied().unwrap_or(false)
    }

    /// Returns the place of the section that the candidate is in: the last one of which an item was shown.
    pub fn section_idx(&self) -> usize {
        let last_reached = self.reached.iter().rposition(|is_reached| *is_reached);
        last_reached.map_or(0, |position| self.form.section_idx(position))
    }

    /// Opens all sections for good: the candidate moves about freely from now on.
    pub fn open_sections(&mut self) {
        self.form.sections.clear();
    }

    /// Tells whether the item at `position` is in a section that was left, so that nobody returns to it.
    pub fn is_closed(&self, position: usize) -> bool {
        self.form.section_idx(position) < self.section_idx()
    }

    /// Tells whether showing the item at `position` would leave the section that the candidate is in.
    pub fn leaves_section(&self, position: usize) -> bool {
        self.section_idx() < self.form.section_idx(position)
    }

    /// Returns how far the item at `position` is.
    pub fn status(&self, position: usize) -> ItemStatus {
        let n_wanted = self.form.items.get(position).map_or(0, super::FormItem::n_wanted);
        match self.marks.get(position).map_or(0, |mark| mark.answer.n_parts()) {
            _ if !self.is_reached(position) => ItemStatus::NotReached,
            0 => ItemStatus::Blank,
            n_chosen if n_chosen == n_wanted => ItemStatus::Answered,
            _ => ItemStatus::Incomplete,
        }
    }

    /// Counts the statuses.
    pub fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for position in 0..self.n_items() {
            match self.status(position) {
                ItemStatus::NotReached => tally.n_not_reached += 1,
                ItemStatus::Blank => tally.n_blank += 1,
                ItemStatus::Incomplete => tally.n_incomplete += 1,
                ItemStatus::Answered => tally.n_answered += 1,
            }
            tally.n_flagged += usize::from(self.mark_at(position).is_flagged);
        }
        tally
    }

    /// Returns where a resumed sitting goes on: in the section that the candidate is in, the item before the first that
    /// was never shown, or the last one.
    pub fn resume_position(&self) -> usize {
        let section_idx = self.section_idx();
        let first = self.form.section_start(section_idx);
        let is_open = |position: &usize| !self.is_reached(*position);
        let before = match (first..self.n_items()).find(is_open) {
            Some(position) => position.saturating_sub(1),
            None => self.n_items().saturating_sub(1),
        };
        before.max(first)
    }
}

impl Mark {
    /// Returns the mark after the candidate picked a choice: one-answer items change over, others toggle.
    #[must_use]
    pub fn picked(self, choice_idx: usize, n_wanted: usize) -> Mark {
        let chosen = self.answer.choices();
        let chosen = match n_wanted {
            1 if !chosen.contains(choice_idx) => ChoiceSet::only(choice_idx),
            _ => chosen.toggled(choice_idx),
        };
        Mark { answer: chosen.into(), ..self }
    }
}

impl Confidence {
    /// Returns the next in the round: unstated, sure, unsure, guess.
    #[must_use]
    pub fn next(self) -> Confidence {
        match self {
            Confidence::Unstated => Confidence::Sure,
            Confidence::Sure => Confidence::Unsure,
            Confidence::Unsure => Confidence::Guess,
            Confidence::Guess => Confidence::Unstated,
        }
    }

    /// Returns the word for the screen; nothing for unstated.
    pub fn label(self) -> &'static str {
        match self {
            Confidence::Unstated => "",
            Confidence::Sure => "sure",
            Confidence::Unsure => "unsure",
            Confidence::Guess => "guess",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{ContentHash, ItemId};
    use crate::deck::{ItemKind, Placement};
    use crate::exam::{FormItem, ItemRole, Section};

    fn form(kinds: &[ItemKind]) -> Form {
        let item = |(idx, kind): (usize, &ItemKind)| FormItem {
            item: ItemId::new(&format!("q{idx}")).expect("a good id"),
            content: ContentHash::of(&[]),
            domain_idx: 0,
            kind: *kind,
            role: ItemRole::Scored,
            choice_order: vec![0, 1, 2, 3],
        };
        Form { items: kinds.iter().enumerate().map(item).collect(), sections: Vec::new() }
    }

    const ONE: ItemKind = ItemKind::MultipleChoice { n_choices: 4 };
    const TWO: ItemKind = ItemKind::MultipleResponse { n_choices: 4, n_keys: 2 };

    #[test]
    fn an_item_is_answered_when_as_many_choices_are_chosen_as_are_wanted() {
        let mut sitting = Sitting::new(form(&[ONE, TWO]));
        assert_eq!(sitting.status(1), ItemStatus::NotReached);
        sitting.show(1);
        assert_eq!(sitting.status(1), ItemStatus::Blank);
        sitting.mark(1, Mark::default().picked(0, 2));
        assert_eq!(sitting.status(1), ItemStatus::Incomplete);
        sitting.mark(1, sitting.mark_at(1).picked(3, 2));
        assert_eq!(sitting.status(1), ItemStatus::Answered);
        sitting.mark(1, sitting.mark_at(1).picked(2, 2));
        assert_eq!(sitting.status(1), ItemStatus::Incomplete);
        assert_eq!(sitting.status(7), ItemStatus::NotReached);
    }

    #[test]
    fn an_arrangement_is_incomplete_while_a_slot_is_empty_and_a_text_is_an_answer() {
        let three = ItemKind::Arrangement { n_slots: 3, n_options: 4 };
        let mut sitting = Sitting::new(form(&[three, ItemKind::TypedAnswer]));
        let mut check = |position: usize, answer: Answer, expected: ItemStatus| {
            sitting.show(position);
            sitting.mark(position, Mark { answer, ..Mark::default() });
            assert_eq!(sitting.status(position), expected);
        };
        let placed = |options: &[Option<usize>]| options.iter().copied().collect::<Placement>().into();
        check(0, placed(&[]), ItemStatus::Blank);
        check(0, placed(&[Some(3), None, Some(0)]), ItemStatus::Incomplete);
        check(0, placed(&[Some(3), Some(1), Some(0)]), ItemStatus::Answered);
        check(1, Answer::typed(" "), ItemStatus::Blank);
        check(1, Answer::typed("443"), ItemStatus::Answered);
    }

    #[test]
    fn picking_changes_over_where_one_is_wanted_and_toggles_where_more_are() {
        let mark = Mark::default().picked(1, 1).picked(2, 1);
        assert_eq!(mark.answer, ChoiceSet::only(2).into());
        assert_eq!(mark.picked(2, 1).answer, Answer::Blank);
        let both = Mark::default().picked(1, 2).picked(2, 2);
        assert_eq!(both.answer.n_parts(), 2);
        assert_eq!(both.picked(1, 2).answer, ChoiceSet::only(2).into());
    }

    #[test]
    fn the_tally_counts_every_item_once_and_flags_beside() {
        let mut sitting = Sitting::new(form(&[ONE, ONE, TWO, ONE]));
        sitting.show(0);
        sitting.show(1);
        sitting.show(2);
        sitting.mark(0, Mark { is_flagged: true, ..Mark::default().picked(0, 1) });
        sitting.mark(2, Mark::default().picked(0, 2));
        let expected = Tally { n_answered: 1, n_incomplete: 1, n_blank: 1, n_not_reached: 1, n_flagged: 1 };
        assert_eq!(sitting.tally(), expected);
    }

    #[test]
    fn a_resumed_sitting_goes_on_at_the_last_item_shown() {
        let mut sitting = Sitting::new(form(&[ONE, ONE, ONE]));
        assert_eq!(sitting.resume_position(), 0);
        sitting.show(0);
        sitting.show(1);
        assert_eq!(sitting.resume_position(), 1);
        sitting.show(2);
        assert_eq!(sitting.resume_position(), 2);
    }

    /// Four items in sections of one and three.
    fn in_sections() -> Sitting {
        let section = |n_items: usize| Section { title: format!("{n_items}"), n_items };
        Sitting::new(Form { sections: vec![section(1), section(3)], ..form(&[ONE, ONE, TWO, ONE]) })
    }

    #[test]
    fn a_section_closes_when_an_item_of_a_later_one_is_shown() {
        let mut sitting = in_sections();
        sitting.show(0);
        assert!(!sitting.is_closed(0) && sitting.leaves_section(1) && !sitting.leaves_section(0));
        sitting.show(2);
        assert!(sitting.is_closed(0) && !sitting.is_closed(1) && !sitting.leaves_section(3));
    }

    #[test]
    fn a_resumed_sitting_never_goes_back_into_a_closed_section() {
        let mut sitting = in_sections();
        sitting.show(0);
        sitting.show(1);
        assert_eq!(sitting.resume_position(), 1);
        sitting.show(2);
        assert_eq!(sitting.resume_position(), 2);
        let mut skipping = in_sections();
        skipping.show(3);
        assert_eq!(skipping.resume_position(), 1);
    }

    #[test]
    fn notes_are_replaced_and_taken_away() {
        let mut sitting = Sitting::new(form(&[ONE]));
        sitting.note(0, "ask about this");
        assert_eq!((sitting.note_at(0), sitting.note_at(7)), ("ask about this", ""));
        sitting.note(0, "");
        assert_eq!(sitting.note_at(0), "");
    }

    #[test]
    fn confidence_goes_round() {
        let mut confidence = Confidence::Unstated;
        for expected in ["sure", "unsure", "guess", ""] {
            confidence = confidence.next();
            assert_eq!(confidence.label(), expected);
        }
    }
}
