//! The keys of a typed answer, in the exam room and in the drill alike.

use ratatui::crossterm::event::{KeyCode, KeyEvent};

use crate::tui::keys::{Binding, Press, look_up, typed};
use crate::tui::text_field::Edit;

/// What can be done to a typed answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FieldMsg {
    /// Begin to type.
    Open,
    /// Change what is typed.
    Edit(Edit),
    /// Keep what is typed as the answer.
    Keep,
    /// Leave the answer as it was.
    TakeBack,
}

/// A line of the table below.
type Row = Binding<FieldMsg>;

const fn row(
    presses: &'static [Press],
    to_msg: fn(usize) -> FieldMsg,
    keys: &'static str,
    word: &'static str,
    help: &'static str,
) -> Row {
    Binding { presses, to_msg, keys, word, help }
}

use Press::Code;

/// Keys while an answer is typed; every other key types.
pub(crate) const TYPING: &[Row] = &[
    row(&[Code(KeyCode::Enter)], |_| FieldMsg::Keep, "Enter", "keep", "keep the answer; an empty one is a blank"),
    row(&[Code(KeyCode::Esc)], |_| FieldMsg::TakeBack, "Esc", "take back", "leave the answer as it was"),
    row(&[Code(KeyCode::Backspace)], |_| FieldMsg::Edit(Edit::Backspace), "Backspace", "", "delete before the cursor"),
    row(&[Code(KeyCode::Delete)], |_| FieldMsg::Edit(Edit::Delete), "Delete", "", "delete after the cursor"),
    row(&[Code(KeyCode::Left)], |_| FieldMsg::Edit(Edit::Left), "←", "", "one character back"),
    row(&[Code(KeyCode::Right)], |_| FieldMsg::Edit(Edit::Right), "→", "", "one character on"),
    row(&[Code(KeyCode::Home)], |_| FieldMsg::Edit(Edit::Start), "Home", "", "to the beginning"),
    row(&[Code(KeyCode::End)], |_| FieldMsg::Edit(Edit::End), "End", "", "to the end"),
];

/// Returns what `key` means while an answer is typed.
pub(crate) fn read_field_key(key: KeyEvent) -> Option<FieldMsg> {
    look_up(TYPING, key, 0).or_else(|| typed(key).map(|c| FieldMsg::Edit(Edit::Insert(c.to_string()))))
}
