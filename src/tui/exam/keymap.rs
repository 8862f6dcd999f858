//! The keys of the exam room.

use std::time::Duration;

use ratatui::crossterm::event::{KeyCode, KeyEvent, MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Size};

use crate::tui::answer_field::{FieldMsg, TYPING, read_field_key};
use crate::tui::exam::ask::dialog;
use crate::tui::exam::desk::ExamExit;
use crate::tui::exam::room::{Ask, Filter, Mode, Record, Room};
use crate::tui::exam::{navigator, review};
use crate::tui::keys::{Binding, Footer, Press, is_interrupt, look_up, look_up_in, row, typed};
use crate::tui::question_page::{PageKind, QuestionPage, Target};
use crate::tui::scroll::Step;
use crate::tui::text_field::Edit;

/// What can happen in the exam room.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Msg {
    /// The window has this size.
    Resize(Size),
    /// This exam time has passed.
    Tick(Duration),
    /// The terminal is gone.
    Hangup,
    /// A write came to its end.
    Written(Record, Result<(), String>),
    /// A note of the clock came to its end.
    Beaten(Result<(), String>),
    /// Something is done to the question on the screen.
    Item(ItemMsg),
    /// Something is done to the answer that is typed.
    Field(FieldMsg),
    /// Something is done to the grid, list or set of answers that is open.
    List(ListMsg),
    /// Something is done to the note on the question.
    Note(NoteMsg),
    /// Stop the clock.
    Pause,
    /// Let the clock go on.
    GoOn,
    /// The clock was to be stopped.
    Paused(Result<(), String>),
    /// The clock was to go on.
    WentOn(Result<(), String>),
    /// Go to the next question, or to the review after the last.
    Forward,
    /// Go to the question before.
    Backward,
    /// Go to the question at this position.
    GoTo(usize),
    /// Go to the question at this position, although that closes a section.
    EnterSection(usize),
    /// Scroll the question or the help.
    Scroll(Step),
    /// Put the clock away, or bring it back.
    ToggleClock,
    /// Write what could not be written.
    SaveAgain,
    /// Open the list of questions.
    OpenReview,
    /// Open the grid of questions.
    OpenNavigator,
    /// Open the list of keys.
    OpenHelp,
    /// Ask the candidate.
    Ask(Ask),
    /// Go back to the question.
    Back,
    /// Go out, once everything is saved.
    Leave(ExamExit),
    /// Go out at once.
    LeaveUnsaved(ExamExit),
    /// A key that means nothing here.
    Unbound(KeyEvent),
}

/// What can be done to a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ItemMsg {
    /// Choose or toggle the choice at this place on the screen, or put this option into the slot that the keys are on.
    Choose(usize),
    /// Go to this slot.
    GoToSlot(usize),
    /// Empty the slot that the keys are on, or the one before it.
    Empty,
    /// Strike out the choice at this place, or take the strike away.
    Strike(usize),
    /// Move the highlight.
    Highlight(Step),
    /// Choose the highlighted choice, or put the next free option into the slot that the keys are on.
    ChooseHighlighted,
    /// Flag the question, or take the flag away.
    Flag,
    /// Say how sure the answer is.
    Confidence,
}

/// What can be done to a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum NoteMsg {
    /// Open it.
    Open,
    /// Change what is typed.
    Edit(Edit),
    /// Keep what is typed.
    Keep,
}

/// What can be done to the grid, list or set of answers that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListMsg {
    /// Move the selection.
    Select(Step),
    /// Move the selection by a row of the grid.
    SelectRow(Step),
    /// Take a digit of the number to go to.
    Type(usize),
    /// Take the last digit away.
    Erase,
    /// List other questions.
    Filter(Filter),
    /// List the questions of the next filter.
    NextFilter,
    /// Take what is selected.
    Accept,
    /// Take the line at this place.
    AcceptAt(usize),
    /// Take the answer at this place.
    Answer(usize),
}

type Row = Binding<Msg>;

use Press::{Capital, Char, Code, Digit, Figure, Letter};

/// Keys on a question with choices.
pub(crate) const CHOICES: &[Row] = &[
    row(
        &[Letter, Digit],
        |place| Msg::Item(ItemMsg::Choose(place)),
        "a–h",
        "choose",
        "choose a choice, or take it back (1–8 too)",
    ),
    row(
        &[Capital],
        |place| Msg::Item(ItemMsg::Strike(place)),
        "A–H",
        "",
        "strike a choice out, or take the strike away",
    ),
    row(
        &[Code(KeyCode::Down), Char('j')],
        |_| Msg::Item(ItemMsg::Highlight(Step::Down)),
        "↓ j",
        "",
        "highlight the choice below",
    ),
    row(
        &[Code(KeyCode::Up), Char('k')],
        |_| Msg::Item(ItemMsg::Highlight(Step::Up)),
        "↑ k",
        "",
        "highlight the choice above",
    ),
    row(&[Char(' ')], |_| Msg::Item(ItemMsg::ChooseHighlighted), "Space", "", "choose the highlighted choice"),
];

/// Keys on a question with slots.
pub(crate) const ARRANGEMENT: &[Row] = &[
    row(
        &[Letter],
        |place| Msg::Item(ItemMsg::Choose(place)),
        "a–h",
        "place",
        "put an option at the pointer; the pointer goes on",
    ),
    row(&[Digit], |slot| Msg::Item(ItemMsg::GoToSlot(slot)), "1–8", "", "point at a place"),
    row(
        &[Code(KeyCode::Down), Char('j')],
        |_| Msg::Item(ItemMsg::Highlight(Step::Down)),
        "↓ j",
        "",
        "point at the place below",
    ),
    row(
        &[Code(KeyCode::Up), Char('k')],
        |_| Msg::Item(ItemMsg::Highlight(Step::Up)),
        "↑ k",
        "",
        "point at the place above",
    ),
    row(
        &[Char(' ')],
        |_| Msg::Item(ItemMsg::ChooseHighlighted),
        "Space",
        "",
        "put the next free option at the pointer",
    ),
    row(
        &[Code(KeyCode::Backspace), Code(KeyCode::Delete)],
        |_| Msg::Item(ItemMsg::Empty),
        "Backspace",
        "empty",
        "empty the place at the pointer, or the one before (Delete too)",
    ),
];

/// Keys on a question whose answer is typed.
pub(crate) const TYPED: &[Row] =
    &[row(&[Char(' ')], |_| Msg::Field(FieldMsg::Open), "Space", "type", "begin to type the answer, or change it")];

/// Keys on a question of any kind, after those of its own kind.
pub(crate) const QUESTION: &[Row] = &[
    row(&[Char('n'), Code(KeyCode::Enter)], |_| Msg::Forward, "n", "next", "next question (Enter too)"),
    row(&[Char('p')], |_| Msg::Backward, "p", "back", "question before"),
    row(&[Char('m')], |_| Msg::Item(ItemMsg::Flag), "m", "flag", "flag the question for review"),
    row(&[Char('s')], |_| Msg::Item(ItemMsg::Confidence), "s", "sure?", "say how sure you are: sure, unsure, guess"),
    row(&[Char('r')], |_| Msg::OpenReview, "r", "review", "list of all questions: all, incomplete, flagged"),
    row(&[Char('g')], |_| Msg::OpenNavigator, "g", "go to", "grid of all questions, or type a number"),
    row(&[Char('o')], |_| Msg::Note(NoteMsg::Open), "o", "note", "write a note on the question, or change it"),
    row(&[Code(KeyCode::PageDown)], |_| Msg::Scroll(Step::PageDown), "PgDn", "", "scroll down"),
    row(&[Code(KeyCode::PageUp)], |_| Msg::Scroll(Step::PageUp), "PgUp", "", "scroll up"),
    row(&[Code(KeyCode::Home)], |_| Msg::Scroll(Step::First), "Home", "", "to the top of the question"),
    row(&[Code(KeyCode::End)], |_| Msg::Scroll(Step::Last), "End", "", "to the end of the question"),
    row(&[Char('t')], |_| Msg::ToggleClock, "t", "", "hide the clock, or show it; it returns at 5 minutes"),
    row(&[Char('z')], |_| Msg::Pause, "z", "", "pause: the clock stands (in practice)"),
    row(&[Char('w')], |_| Msg::SaveAgain, "w", "", "save again what could not be saved"),
    row(&[Char('?')], |_| Msg::OpenHelp, "?", "help", "this list of keys"),
    row(&[Char('q')], |_| Msg::Ask(Ask::HowToLeave), "q", "leave", "leave or end the exam (asks first)"),
];

/// Keys in the grid of questions.
pub(crate) const NAVIGATOR: &[Row] = &[
    row(&[Figure], |digit| Msg::List(ListMsg::Type(digit)), "0–9", "number", "type the number of a question"),
    row(&[Code(KeyCode::Backspace)], |_| Msg::List(ListMsg::Erase), "Backspace", "", "take the last digit away"),
    row(&[Code(KeyCode::Left), Char('h')], |_| Msg::List(ListMsg::Select(Step::Up)), "← h", "", "one question back"),
    row(&[Code(KeyCode::Right), Char('l')], |_| Msg::List(ListMsg::Select(Step::Down)), "→ l", "", "one question on"),
    row(&[Code(KeyCode::Up), Char('k')], |_| Msg::List(ListMsg::SelectRow(Step::Up)), "↑ k", "", "one row up"),
    row(&[Code(KeyCode::Down), Char('j')], |_| Msg::List(ListMsg::SelectRow(Step::Down)), "↓ j", "", "one row down"),
    row(&[Code(KeyCode::Home)], |_| Msg::List(ListMsg::Select(Step::First)), "Home", "", "to the first question"),
    row(&[Code(KeyCode::End)], |_| Msg::List(ListMsg::Select(Step::Last)), "End", "", "to the last question"),
    row(
        &[Code(KeyCode::Tab)],
        |_| Msg::List(ListMsg::NextFilter),
        "Tab",
        "filter",
        "show all, incomplete or flagged in turn",
    ),
    row(
        &[Code(KeyCode::Enter), Char(' ')],
        |_| Msg::List(ListMsg::Accept),
        "Enter",
        "go",
        "go to the question (Space too)",
    ),
    row(&[Code(KeyCode::Esc), Char('g')], |_| Msg::Back, "Esc", "back", "back to the question (g too)"),
];

/// Keys in the list of questions.
pub(crate) const REVIEW: &[Row] = &[
    row(
        &[Code(KeyCode::Enter), Char(' ')],
        |_| Msg::List(ListMsg::Accept),
        "Enter",
        "go",
        "go through what is listed, from here on (Space too)",
    ),
    row(&[Char('a')], |_| Msg::List(ListMsg::Filter(Filter::All)), "a", "all", "list all questions"),
    row(
        &[Char('i')],
        |_| Msg::List(ListMsg::Filter(Filter::Incomplete)),
        "i",
        "incomplete",
        "list what is not answered in full",
    ),
    row(&[Char('f')], |_| Msg::List(ListMsg::Filter(Filter::Flagged)), "f", "flagged", "list what is flagged"),
    row(&[Char('e')], |_| Msg::Ask(Ask::End), "e", "end", "end the exam and score it (asks first)"),
    row(
        &[Code(KeyCode::Tab)],
        |_| Msg::List(ListMsg::NextFilter),
        "Tab",
        "",
        "list all, incomplete or flagged in turn",
    ),
    row(&[Code(KeyCode::Down), Char('j')], |_| Msg::List(ListMsg::Select(Step::Down)), "↓ j", "", "one question down"),
    row(&[Code(KeyCode::Up), Char('k')], |_| Msg::List(ListMsg::Select(Step::Up)), "↑ k", "", "one question up"),
    row(&[Code(KeyCode::PageDown)], |_| Msg::List(ListMsg::Select(Step::PageDown)), "PgDn", "", "a page down"),
    row(&[Code(KeyCode::PageUp)], |_| Msg::List(ListMsg::Select(Step::PageUp)), "PgUp", "", "a page up"),
    row(&[Code(KeyCode::Home)], |_| Msg::List(ListMsg::Select(Step::First)), "Home", "", "to the first question"),
    row(&[Code(KeyCode::End)], |_| Msg::List(ListMsg::Select(Step::Last)), "End", "", "to the last question"),
    row(&[Char('?')], |_| Msg::OpenHelp, "?", "", "list of keys"),
    row(&[Code(KeyCode::Esc), Char('r')], |_| Msg::Back, "Esc", "back", "back to the question (r too)"),
    row(&[Char('q')], |_| Msg::Ask(Ask::HowToLeave), "q", "leave", "leave or end the exam (asks first)"),
];

/// Keys in a note; every other key types.
pub(crate) const NOTE: &[Row] = &[
    row(
        &[Code(KeyCode::Enter)],
        |_| Msg::Note(NoteMsg::Keep),
        "Enter",
        "keep",
        "keep the note; an empty one is taken away",
    ),
    row(&[Code(KeyCode::Esc)], |_| Msg::Back, "Esc", "cancel", "leave the note as it was"),
    row(&[Code(KeyCode::Backspace)], |_| edit(Edit::Backspace), "Backspace", "", "take the character before away"),
    row(&[Code(KeyCode::Delete)], |_| edit(Edit::Delete), "Del", "", "take the character after away"),
    row(&[Code(KeyCode::Left)], |_| edit(Edit::Left), "←", "", "one character back"),
    row(&[Code(KeyCode::Right)], |_| edit(Edit::Right), "→", "", "one character on"),
    row(&[Code(KeyCode::Home)], |_| edit(Edit::Start), "Home", "", "to the beginning"),
    row(&[Code(KeyCode::End)], |_| edit(Edit::End), "End", "", "to the end"),
];

fn edit(edit: Edit) -> Msg {
    Msg::Note(NoteMsg::Edit(edit))
}

/// Keys while the clock stands.
pub(crate) const PAUSED: &[Row] = &[
    row(
        &[Code(KeyCode::Enter), Char('z'), Char(' '), Code(KeyCode::Esc)],
        |_| Msg::GoOn,
        "Enter",
        "go on",
        "let the clock go on (z, Space, Esc too)",
    ),
    row(&[Char('q')], |_| Msg::Leave(ExamExit::Leave), "q", "leave", "leave; the clock stands"),
];

/// Keys in the list of keys.
pub(crate) const HELP: &[Row] = &[
    row(&[Code(KeyCode::Down), Char('j')], |_| Msg::Scroll(Step::Down), "↓ j", "down", "a line down"),
    row(&[Code(KeyCode::Up), Char('k')], |_| Msg::Scroll(Step::Up), "↑ k", "up", "a line up"),
    row(&[Code(KeyCode::PageDown), Char(' ')], |_| Msg::Scroll(Step::PageDown), "PgDn", "", "a page down"),
    row(&[Code(KeyCode::PageUp)], |_| Msg::Scroll(Step::PageUp), "PgUp", "", "a page up"),
    row(&[Code(KeyCode::Esc), Code(KeyCode::Enter), Char('?'), Char('q')], |_| Msg::Back, "Esc", "back", "back"),
];

/// Keys where the candidate is asked something; each answer has a letter of its own beside them.
pub(crate) const ASK: &[Row] = &[
    row(&[Code(KeyCode::Down), Char('j')], |_| Msg::List(ListMsg::Select(Step::Down)), "↓ j", "", "one answer down"),
    row(&[Code(KeyCode::Up), Char('k')], |_| Msg::List(ListMsg::Select(Step::Up)), "↑ k", "", "one answer up"),
    row(
        &[Code(KeyCode::Enter), Char(' ')],
        |_| Msg::List(ListMsg::Accept),
        "Enter",
        "choose",
        "take the selected answer",
    ),
    row(&[Code(KeyCode::Esc)], |_| Msg::Back, "Esc", "back", "back to the exam"),
];

/// Returns what `key` means in the room as it is.
pub(crate) fn read_key(room: &Room, key: KeyEvent) -> Msg {
    if is_interrupt(key) {
        return match room.mode {
            // Asked twice, it is meant; while the clock stands nothing can be lost.
            Mode::Ask { .. } | Mode::Paused => Msg::Leave(ExamExit::Leave),
            Mode::Note { .. } => Msg::Back,
            Mode::Question | Mode::Typing { .. } | Mode::Navigator { .. } | Mode::Review { .. } | Mode::Help { .. } => {
                Msg::Ask(Ask::HowToLeave)
            }
        };
    }
    let known = match &room.mode {
        Mode::Question => {
            let n_choices = room.page.as_ref().map_or(0, QuestionPage::n_choices);
            look_up_in(&question_tables(room), key, n_choices)
        }
        Mode::Typing { .. } => read_field_key(key).map(Msg::Field),
        Mode::Navigator { .. } => look_up(NAVIGATOR, key, 0),
        Mode::Review { .. } => look_up(REVIEW, key, 0),
        Mode::Help { .. } => look_up(HELP, key, 0),
        Mode::Note { .. } => look_up(NOTE, key, 0).or_else(|| typed(key).map(|c| edit(Edit::Insert(c.to_string())))),
        Mode::Paused => look_up(PAUSED, key, 0),
        Mode::Ask { ask, .. } => {
            let answer = ask.answers(room).iter().position(|answer| key.code == KeyCode::Char(answer.key));
            answer.map(|idx| Msg::List(ListMsg::Answer(idx))).or_else(|| look_up(ASK, key, 0))
        }
    };
    known.unwrap_or(Msg::Unbound(key))
}

/// Returns what pasted text means in the room as it is: text where one types, nothing elsewhere.
pub(crate) fn read_paste(room: &Room, text: String) -> Option<Msg> {
    match room.mode {
        Mode::Note { .. } => Some(edit(Edit::Insert(text))),
        Mode::Typing { .. } => Some(Msg::Field(FieldMsg::Edit(Edit::Insert(text)))),
        Mode::Question
        | Mode::Navigator { .. }
        | Mode::Review { .. }
        | Mode::Help { .. }
        | Mode::Ask { .. }
        | Mode::Paused => None,
    }
}

/// Returns what a click or a turn of the wheel means in the room as it is.
pub(crate) fn read_mouse(room: &Room, mouse: MouseEvent) -> Option<Msg> {
    let at = Position::new(mouse.column, mouse.row);
    if let Some(step) = Step::of_wheel(mouse.kind) {
        return Some(match room.mode {
            Mode::Question | Mode::Typing { .. } | Mode::Help { .. } => Msg::Scroll(step),
            Mode::Note { .. } | Mode::Paused => return None,
            Mode::Navigator { .. } => Msg::List(ListMsg::SelectRow(step)),
            Mode::Review { .. } | Mode::Ask { .. } => Msg::List(ListMsg::Select(step)),
        });
    }
    let (footer, status) = (room.chrome().footer, room.chrome().status);
    if status.contains(at) && matches!(room.mode, Mode::Question | Mode::Help { .. }) {
        // Where it says that there is more below.
        return Some(Msg::Scroll(Step::PageDown));
    }
    if footer.contains(at) {
        return footer_msg(room, usize::from(at.x - footer.x), usize::from(footer.width));
    }
    match &room.mode {
        Mode::Question | Mode::Typing { .. } => {
            if let Some(position) = navigator::position_at(room, at) {
                return Some(Msg::GoTo(position));
            }
            if room.feedback.is_some() {
                return None;
            }
            let area = room.question_area();
            let row = area.contains(at).then(|| usize::from(at.y - area.y) + room.top)?;
            let target = room.page.as_ref()?.target_at(row)?;
            Some(match (target, mouse.kind) {
                (Target::Choice(place), MouseEventKind::Down(MouseButton::Right)) => Msg::Item(ItemMsg::Strike(place)),
                (Target::Choice(place), _) => Msg::Item(ItemMsg::Choose(place)),
                (Target::Slot(slot), _) => Msg::Item(ItemMsg::GoToSlot(slot)),
                (Target::Field, _) if room.mode == Mode::Question => Msg::Field(FieldMsg::Open),
                (Target::Field, _) => return None,
            })
        }
        Mode::Navigator { .. } => navigator::position_at(room, at).map(Msg::GoTo),
        Mode::Review { .. } => match review::tab_at(room, at) {
            Some(filter) => Some(Msg::List(ListMsg::Filter(filter))),
            None => review::place_at(room, at).map(|place| Msg::List(ListMsg::AcceptAt(place))),
        },
        Mode::Ask { ask, .. } => {
            dialog(room, *ask).answer_at(room.window(), at).map(|idx| Msg::List(ListMsg::Answer(idx)))
        }
        Mode::Help { .. } | Mode::Note { .. } | Mode::Paused => None,
    }
}

fn footer_msg(room: &Room, column: usize, width: usize) -> Option<Msg> {
    if matches!(room.mode, Mode::Typing { .. }) {
        return Footer::new(TYPING, width).msg_at(column).map(Msg::Field);
    }
    // The row of letters stands for no single choice.
    Footer::of(&footer_tables(room), width)
        .msg_at(column)
        .filter(|msg| !matches!(msg, Msg::Item(ItemMsg::Choose(_)) | Msg::List(ListMsg::Type(_))))
}

/// Returns the main keys on a question in one line.
pub(crate) fn main_keys() -> String {
    let named = CHOICES.iter().chain(QUESTION).filter(|row| !row.word.is_empty());
    named.map(|row| format!("{}\u{a0}{}", row.keys, row.word)).collect::<Vec<_>>().join(" · ")
}

/// Returns the key tables on the question that is on the screen: those of its kind first.
fn question_tables(room: &Room) -> [&'static [Row]; 2] {
    let own = match room.page.as_ref().map(QuestionPage::kind) {
        Some(PageKind::Choices) | None => CHOICES,
        Some(PageKind::Ordering | PageKind::Matching) => ARRANGEMENT,
        Some(PageKind::Typed) => TYPED,
    };
    [own, QUESTION]
}

/// Returns the key tables that the footer shows, but for a typed answer.
pub(crate) fn footer_tables(room: &Room) -> [&'static [Row]; 2] {
    match room.mode {
        Mode::Question | Mode::Typing { .. } => question_tables(room),
        Mode::Navigator { .. } => [NAVIGATOR, &[]],
        Mode::Review { .. } => [REVIEW, &[]],
        Mode::Help { .. } => [HELP, &[]],
        Mode::Note { .. } => [NOTE, &[]],
        Mode::Paused => [PAUSED, &[]],
        Mode::Ask { .. } => [ASK, &[]],
    }
}
