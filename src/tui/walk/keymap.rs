//! The keys of the walk.

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers, MouseEvent};
use ratatui::layout::{Position, Size};

use crate::tui::keys::{Binding, Footer, Press, is_interrupt, look_up, row};
use crate::tui::scroll::Step;
use crate::tui::walk::desk::WalkItem;
use crate::tui::walk::model::{Mode, Walk};

/// What can happen in the walk.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Msg {
    /// The window has this size.
    Resize(Size),
    /// Go to another question of the filter.
    Turn(Step),
    /// Take the next filter that keeps anything.
    NextFilter,
    /// Take all questions.
    AllQuestions,
    /// Type the number of a question; the digit is its first one.
    GoTo(Option<usize>),
    /// Type a digit of a number or a character of a reason.
    Type(char),
    /// Take the last one away.
    Erase,
    /// Take what was typed.
    Accept,
    /// Forget what was typed, or close the list of keys.
    Cancel,
    /// Send the question to the drill, or take that back.
    Send,
    /// Report the question as doubtful, or withdraw that.
    Doubt,
    /// Scroll.
    Scroll(Step),
    /// Open the list of keys.
    Help,
    /// Leave the walk.
    Leave,
    /// The desk did what it was asked, and says so; these are the questions now.
    Done(String, Vec<WalkItem>),
    /// The desk could not do it.
    Failed(String),
    /// A key that means nothing here.
    Unbound(KeyEvent),
}

type Row = Binding<Msg>;

use Press::{Char, Code, Figure};

const DOWN: Row = row(&[Code(KeyCode::Down), Char('j')], |_| Msg::Scroll(Step::Down), "↓ j", "", "a line down");
const UP: Row = row(&[Code(KeyCode::Up), Char('k')], |_| Msg::Scroll(Step::Up), "↑ k", "", "a line up");
const PAGE_DOWN: Row =
    row(&[Code(KeyCode::PageDown), Char(' ')], |_| Msg::Scroll(Step::PageDown), "PgDn", "", "a page down (Space too)");
const PAGE_UP: Row = row(&[Code(KeyCode::PageUp)], |_| Msg::Scroll(Step::PageUp), "PgUp", "", "a page up");
const ERASE: Row = row(&[Code(KeyCode::Backspace)], |_| Msg::Erase, "Backspace", "", "take the last one away");
const CANCEL: Row = row(&[Code(KeyCode::Esc)], |_| Msg::Cancel, "Esc", "back", "back to the question");

/// Keys on a question.
pub(crate) const QUESTION: &[Row] = &[
    row(
        &[Char('n'), Code(KeyCode::Enter), Code(KeyCode::Right)],
        |_| Msg::Turn(Step::Down),
        "n",
        "next",
        "next question of the filter (Enter, → too)",
    ),
    row(&[Char('p'), Code(KeyCode::Left)], |_| Msg::Turn(Step::Up), "p", "back", "previous question (← too)"),
    row(&[Char('f')], |_| Msg::NextFilter, "f", "filter", "next filter: wrong, guessed, flagged, doubtful"),
    row(&[Char('d')], |_| Msg::Send, "d", "drill", "send to the drill; once more takes it back"),
    row(&[Char('x')], |_| Msg::Doubt, "x", "doubtful", "report as doubtful, or withdraw that"),
    row(&[Char('g')], |_| Msg::GoTo(None), "g", "go to", "go to a question by its number"),
    row(&[Figure], |digit| Msg::GoTo(Some(digit)), "0–9", "", "the same, with the first digit"),
    row(&[Char('a')], |_| Msg::AllQuestions, "a", "", "all questions again"),
    row(&[Code(KeyCode::Home)], |_| Msg::Turn(Step::First), "Home", "", "first question of the filter"),
    row(&[Code(KeyCode::End)], |_| Msg::Turn(Step::Last), "End", "", "last question of the filter"),
    DOWN,
    UP,
    PAGE_DOWN,
    PAGE_UP,
    row(&[Char('?')], |_| Msg::Help, "?", "help", "this list of keys"),
    row(&[Char('q'), Code(KeyCode::Esc)], |_| Msg::Leave, "q", "leave", "back to the report (Esc too)"),
];

/// Keys while a number is typed.
const GO_TO: &[Row] = &[
    row(&[Figure], |digit| Msg::Type(digit_char(digit)), "0–9", "number", "type the number of a question"),
    ERASE,
    row(&[Code(KeyCode::Enter)], |_| Msg::Accept, "Enter", "go", "go there"),
    CANCEL,
];

/// Keys while a reason is typed; every character belongs to the reason.
const DOUBT: &[Row] = &[
    ERASE,
    row(&[Code(KeyCode::Enter)], |_| Msg::Accept, "Enter", "report", "report the question; the reason may be empty"),
    CANCEL,
];

/// Keys in the list of keys.
const IN_HELP: &[Row] = &[
    row(&[Code(KeyCode::Down), Char('j')], |_| Msg::Scroll(Step::Down), "↓ j", "down", "a line down"),
    row(&[Code(KeyCode::Up), Char('k')], |_| Msg::Scroll(Step::Up), "↑ k", "up", "a line up"),
    PAGE_DOWN,
    PAGE_UP,
    row(
        &[Code(KeyCode::Esc), Code(KeyCode::Enter), Char('?'), Char('q')],
        |_| Msg::Cancel,
        "Esc",
        "back",
        "back to the question",
    ),
];

fn digit_char(digit: usize) -> char {
    ('0'..='9').nth(digit).unwrap_or('0')
}

/// Returns the key table of the walk as it is.
pub(crate) fn table(walk: &Walk) -> &'static [Row] {
    match walk.mode {
        Mode::Question => QUESTION,
        Mode::GoTo(_) => GO_TO,
        Mode::Doubt(_) => DOUBT,
        Mode::Help(_) => IN_HELP,
    }
}

/// Returns what `key` means in the walk as it is.
pub(crate) fn read_key(walk: &Walk, key: KeyEvent) -> Msg {
    if is_interrupt(key) {
        return Msg::Leave;
    }
    let is_command = key.modifiers.intersects(KeyModifiers::CONTROL | KeyModifiers::ALT);
    match (&walk.mode, key.code) {
        (Mode::Doubt(_), KeyCode::Char(typed)) if !is_command => Msg::Type(typed),
        _ => look_up(table(walk), key, 0).unwrap_or(Msg::Unbound(key)),
    }
}

/// Returns what a click or a turn of the wheel means.
pub(crate) fn read_mouse(walk: &Walk, mouse: MouseEvent) -> Option<Msg> {
    if let Some(step) = Step::of_wheel(mouse.kind) {
        return Some(Msg::Scroll(step));
    }
    let footer = walk.chrome().footer;
    let at = Position::new(mouse.column, mouse.row);
    let column = footer.contains(at).then(|| usize::from(at.x - footer.x))?;
    let msg = Footer::new(table(walk), usize::from(footer.width)).msg_at(column);
    // The row of digits stands for no single one.
    msg.filter(|msg| !matches!(msg, Msg::Type(_)))
}
