//! The keys of the drill.

use ratatui::crossterm::event::{KeyCode, KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Size};

use crate::app::{DrillCard, DrillProgress, Feedback};
use crate::deck::ItemBody;
use crate::review::Rating;
use crate::tui::answer_field::{FieldMsg, TYPING, read_field_key};
use crate::tui::drill::model::{Drill, Hand, Overlay, RATINGS, Stage};
use crate::tui::keys::{Binding, Footer, Press, is_interrupt, look_up_in, row};
use crate::tui::question_page::{PageKind, Target};
use crate::tui::scroll::Step;
use crate::tui::text_field::Edit;

/// What can happen in the drill.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Msg {
    /// The window has this size.
    Resize(Size),
    /// Nothing has happened for a while.
    Pause,
    /// This card is on the table; `None` when the queue is done.
    Dealt(Option<Box<Hand>>, DrillProgress),
    /// An answer or rating is recorded.
    Graded(Feedback, DrillProgress),
    /// What is known of the card on the table has changed; it stays as far as it is.
    Refreshed(Box<DrillCard>, DrillProgress),
    /// Something was done, and this is to be said of it.
    Said(String),
    /// Something could not be recorded or read.
    Failed(String),
    /// Choose or toggle the choice at this place on the screen, or put this option into the slot that the keys are on.
    Choose(usize),
    /// Go to this slot.
    GoToSlot(usize),
    /// Empty the slot that the keys are on, or the one before it.
    Empty,
    /// Something is done to the answer that is typed.
    Field(FieldMsg),
    /// Strike out the choice at this place, or take the strike away.
    Strike(usize),
    /// Move the highlight.
    Highlight(Step),
    /// Choose the highlighted choice, or put the next free option into the slot that the keys are on.
    ChooseHighlighted,
    /// Say how sure the answer is.
    Confidence,
    /// Give the answer.
    Submit,
    /// Turn the flashcard.
    Turn,
    /// Rate the recall by its place among the ratings.
    Rate(usize),
    /// Go to the next card.
    Forward,
    /// Care for the cards.
    Care(Care),
    /// Something is done to the note on the card.
    Note(FieldMsg),
    /// Scroll the card or the help.
    Scroll(Step),
    /// Open or close the list of keys.
    ToggleHelp,
    /// Leave the drill.
    Leave,
    /// A key that means nothing here.
    Unbound(KeyEvent),
}

/// What can be done to cards beside answering and noting them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Care {
    /// Take back the newest of what was done today.
    Undo,
    /// Bring back what was taken back last.
    Redo,
    /// Leave the card on the table out until further notice, and go to the next.
    Suspend,
    /// Leave the card on the table out until the next study day, and go to the next.
    Bury,
    /// Edit the card on the table in the learner's editor, with the terminal given back.
    Edit,
}

type Row = Binding<Msg>;

use Press::{Capital, Char, Code, Digit, Letter};

const PAGE_DOWN: Row = row(&[Code(KeyCode::PageDown)], |_| Msg::Scroll(Step::PageDown), "PgDn", "", "scroll down");
const PAGE_UP: Row = row(&[Code(KeyCode::PageUp)], |_| Msg::Scroll(Step::PageUp), "PgUp", "", "scroll up");
const UNDO: Row =
    row(&[Char('u')], |_| Msg::Care(Care::Undo), "u", "undo", "take back what you did last today, again and again");
const REDO: Row = row(&[Char('U')], |_| Msg::Care(Care::Redo), "U", "", "bring back what was taken back last");
const BURY: Row = row(&[Char('-')], |_| Msg::Care(Care::Bury), "-", "", "leave this card out until tomorrow");
const SUSPEND: Row =
    row(&[Char('@')], |_| Msg::Care(Care::Suspend), "@", "", "leave this card out until `card unsuspend`");
const NOTE: Row =
    row(&[Char('o')], |_| Msg::Note(FieldMsg::Open), "o", "note", "write a note on this card, or change it");
const EDIT: Row =
    row(&[Char('E')], |_| Msg::Care(Care::Edit), "E", "edit", "open this card in your editor ($VISUAL, $EDITOR)");
const HELP: Row = row(&[Char('?')], |_| Msg::ToggleHelp, "?", "help", "this list of keys");
const LEAVE: Row = row(&[Char('q')], |_| Msg::Leave, "q", "leave", "leave; every answer given is kept");

/// Keys while a note is written, beside those of any typing.
pub(crate) const WRITING: &[Binding<FieldMsg>] = &[
    row(&[Code(KeyCode::Enter)], |_| FieldMsg::Keep, "Enter", "keep", "keep the note; an empty one is taken away"),
    row(&[Code(KeyCode::Esc)], |_| FieldMsg::TakeBack, "Esc", "cancel", "leave the note as it was"),
];

/// Keys while choices are asked for, before those of any question.
pub(crate) const CHOICES: &[Row] = &[
    row(&[Letter, Digit], Msg::Choose, "a–h", "choose", "choose a choice, or take it back (1–8 too)"),
    row(&[Capital], Msg::Strike, "A–H", "", "strike a choice out, or take the strike away"),
    row(&[Code(KeyCode::Down), Char('j')], |_| Msg::Highlight(Step::Down), "↓ j", "", "highlight the choice below"),
    row(&[Code(KeyCode::Up), Char('k')], |_| Msg::Highlight(Step::Up), "↑ k", "", "highlight the choice above"),
    row(&[Char(' ')], |_| Msg::ChooseHighlighted, "Space", "", "choose the highlighted choice"),
];

/// Keys while there are slots to fill.
pub(crate) const ARRANGEMENT: &[Row] = &[
    row(&[Letter], Msg::Choose, "a–h", "place", "put an option at the pointer; the pointer goes on"),
    row(&[Digit], Msg::GoToSlot, "1–8", "", "point at a place"),
    row(&[Code(KeyCode::Down), Char('j')], |_| Msg::Highlight(Step::Down), "↓ j", "", "point at the place below"),
    row(&[Code(KeyCode::Up), Char('k')], |_| Msg::Highlight(Step::Up), "↑ k", "", "point at the place above"),
    row(&[Char(' ')], |_| Msg::ChooseHighlighted, "Space", "", "put the next free option at the pointer"),
    row(
        &[Code(KeyCode::Backspace), Code(KeyCode::Delete)],
        |_| Msg::Empty,
        "Backspace",
        "empty",
        "empty the place at the pointer, or the one before (Delete too)",
    ),
];

/// Keys while an answer is to be typed.
pub(crate) const TYPED: &[Row] =
    &[row(&[Char(' ')], |_| Msg::Field(FieldMsg::Open), "Space", "type", "begin to type the answer, or change it")];

/// Keys while a question of any kind is asked.
pub(crate) const QUESTION: &[Row] = &[
    row(&[Code(KeyCode::Enter)], |_| Msg::Submit, "Enter", "answer", "give the answer"),
    row(&[Char('s')], |_| Msg::Confidence, "s", "sure?", "say how sure you are: sure, unsure, guess"),
    PAGE_DOWN,
    PAGE_UP,
    UNDO,
    REDO,
    BURY,
    SUSPEND,
    HELP,
    LEAVE,
];

/// Keys while a question is answered.
pub(crate) const ANSWERED: &[Row] = &[
    row(&[Char('n'), Code(KeyCode::Enter), Char(' ')], |_| Msg::Forward, "n", "next", "next card (Enter, Space too)"),
    row(&[Code(KeyCode::Down), Char('j')], |_| Msg::Scroll(Step::Down), "↓ j", "scroll", "a line down"),
    row(&[Code(KeyCode::Up), Char('k')], |_| Msg::Scroll(Step::Up), "↑ k", "", "a line up"),
    PAGE_DOWN,
    PAGE_UP,
    UNDO,
    REDO,
    NOTE,
    EDIT,
    BURY,
    SUSPEND,
    HELP,
    LEAVE,
];

/// Keys on the front of a flashcard.
pub(crate) const FRONT: &[Row] = &[
    row(&[Char(' '), Code(KeyCode::Enter)], |_| Msg::Turn, "Space", "show the back", "show the back (Enter too)"),
    PAGE_DOWN,
    PAGE_UP,
    UNDO,
    REDO,
    BURY,
    SUSPEND,
    HELP,
    LEAVE,
];

/// Keys on the back of a flashcard.
pub(crate) const BACK: &[Row] = &[
    row(&[Char('1')], |_| Msg::Rate(0), "1", "again", "not recalled"),
    row(&[Char('2')], |_| Msg::Rate(1), "2", "hard", "recalled with effort"),
    row(&[Char('3')], |_| Msg::Rate(2), "3", "good", "recalled"),
    row(&[Char('4')], |_| Msg::Rate(3), "4", "easy", "recalled at once"),
    row(&[Code(KeyCode::Down), Char('j')], |_| Msg::Scroll(Step::Down), "↓ j", "", "a line down"),
    row(&[Code(KeyCode::Up), Char('k')], |_| Msg::Scroll(Step::Up), "↑ k", "", "a line up"),
    PAGE_DOWN,
    PAGE_UP,
    UNDO,
    REDO,
    NOTE,
    EDIT,
    BURY,
    SUSPEND,
    HELP,
    LEAVE,
];

/// Keys in the list of keys.
pub(crate) const IN_HELP: &[Row] = &[
    row(&[Code(KeyCode::Down), Char('j')], |_| Msg::Scroll(Step::Down), "↓ j", "down", "a line down"),
    row(&[Code(KeyCode::Up), Char('k')], |_| Msg::Scroll(Step::Up), "↑ k", "up", "a line up"),
    PAGE_DOWN,
    PAGE_UP,
    row(
        &[Code(KeyCode::Esc), Code(KeyCode::Enter), Char('?'), Char('q')],
        |_| Msg::ToggleHelp,
        "Esc",
        "back",
        "back to the card",
    ),
];

/// Returns the key tables of the drill as it is, but for an answer that is being typed.
pub(crate) fn tables(drill: &Drill) -> [&'static [Row]; 2] {
    if drill.overlay != Overlay::None {
        return [IN_HELP, &[]];
    }
    let is_question = matches!(&drill.hand, Some(Hand { card, .. }) if matches!(card.body, ItemBody::Question(_)));
    match (drill.stage, is_question) {
        (Stage::Asked, true) => match drill.on_page(|page, _| page.kind()) {
            Some(PageKind::Choices) | None => [CHOICES, QUESTION],
            Some(PageKind::Ordering | PageKind::Matching) => [ARRANGEMENT, QUESTION],
            Some(PageKind::Typed) => [TYPED, QUESTION],
        },
        (Stage::Asked, false) => [FRONT, &[]],
        (Stage::Turned, _) => [BACK, &[]],
        (Stage::Answered(_), _) => [ANSWERED, &[]],
    }
}

/// Returns what `key` means in the drill as it is.
pub(crate) fn read_key(drill: &Drill, key: KeyEvent) -> Msg {
    if is_interrupt(key) {
        return Msg::Leave;
    }
    let known = match (&drill.note, &drill.field) {
        (Some(_), _) => read_field_key(key).map(Msg::Note),
        (None, Some(_)) => read_field_key(key).map(Msg::Field),
        (None, None) => look_up_in(&tables(drill), key, drill.n_choices()),
    };
    known.unwrap_or(Msg::Unbound(key))
}

/// Returns what pasted text means in the drill as it is: text where one types, nothing elsewhere.
pub(crate) fn read_paste(drill: &Drill, text: String) -> Option<Msg> {
    let insert = FieldMsg::Edit(Edit::Insert(text));
    match (&drill.note, &drill.field) {
        (Some(_), _) => Some(Msg::Note(insert)),
        (None, Some(_)) => Some(Msg::Field(insert)),
        (None, None) => None,
    }
}

/// Returns what a click or a turn of the wheel means in the drill as it is.
pub(crate) fn read_mouse(drill: &Drill, mouse: MouseEvent) -> Option<Msg> {
    if let Some(step) = Step::of_wheel(mouse.kind) {
        return Some(Msg::Scroll(step));
    }
    let at = Position::new(mouse.column, mouse.row);
    let footer = drill.chrome().footer;
    if footer.contains(at) {
        let (column, width) = (usize::from(at.x - footer.x), usize::from(footer.width));
        if drill.note.is_some() {
            return Footer::new(WRITING, width).msg_at(column).map(Msg::Note);
        }
        if drill.field.is_some() {
            return Footer::new(TYPING, width).msg_at(column).map(Msg::Field);
        }
        // The row of letters stands for no single choice.
        return Footer::of(&tables(drill), width).msg_at(column).filter(|msg| !matches!(msg, Msg::Choose(_)));
    }
    if drill.overlay != Overlay::None || drill.note.is_some() {
        return None;
    }
    let ratings = drill.rating_area();
    if drill.stage == Stage::Turned && ratings.contains(at) {
        let place = usize::from(at.x - ratings.x) / RATING_WIDTH;
        return (place < RATINGS.len()).then_some(Msg::Rate(place));
    }
    let area = drill.card_area();
    let row = area.contains(at).then(|| usize::from(at.y - area.y) + drill.top)?;
    Some(match (drill.on_page(|page, _| page.target_at(row))??, mouse.kind) {
        (Target::Choice(place), MouseEventKind::Down(MouseButton::Right)) => Msg::Strike(place),
        (Target::Choice(place), _) => Msg::Choose(place),
        (Target::Slot(slot), _) => Msg::GoToSlot(slot),
        (Target::Field, _) if drill.field.is_none() => Msg::Field(FieldMsg::Open),
        (Target::Field, _) => return None,
    })
}

/// Columns of a rating.
pub(crate) const RATING_WIDTH: usize = 14;

/// Returns the word of a rating.
pub(crate) fn rating_word(rating: Rating) -> &'static str {
    match rating {
        Rating::Again => "Again",
        Rating::Hard => "Hard",
        Rating::Good => "Good",
        Rating::Easy => "Easy",
    }
}
