//! The note on a question: a line that is typed below it.

use ratatui::Frame;

use crate::exam::MAX_NOTE_CHARS;
use crate::tui::exam::room::{Mode, Record, Room};
use crate::tui::exam::update::{Effect, open, remark, write};
use crate::tui::note_box::draw_note;
use crate::tui::text_field::{Edit, TextField};

/// The shape of a note.
pub(crate) const NOTE: &str = "✎";

/// Opens the note on the question.
pub(crate) fn open_note(room: &mut Room) -> Vec<Effect> {
    let field = TextField::new(room.sitting.note_at(room.position), MAX_NOTE_CHARS);
    open(room, Mode::Note { field })
}

/// Changes what is typed.
pub(crate) fn edit(room: &mut Room, edit: &Edit) -> Vec<Effect> {
    match &room.mode {
        Mode::Note { field } => {
            let field = field.edited(edit);
            open(room, Mode::Note { field })
        }
        _ => Vec::new(),
    }
}

/// Keeps what is typed and goes back to the question.
pub(crate) fn keep(room: &mut Room) -> Vec<Effect> {
    let Mode::Note { field } = &room.mode else { return Vec::new() };
    let text = field.text().to_owned();
    let position = room.position;
    open(room, Mode::Question);
    if room.sitting.note_at(position) == text {
        return remark(room, "The note is as it was.");
    }
    room.sitting.note(position, &text);
    // Only the newest note on an item matters.
    room.unsaved.retain(|record| !matches!(record, Record::Note(own, _) if *own == position));
    write(room, Record::Note(position, text))
}

/// Draws the line that is typed in, in a box at the foot of the question.
pub(crate) fn draw(room: &Room, frame: &mut Frame<'_>, field: &TextField) {
    draw_note(frame, room.chrome().body, &format!("Note on question {}", room.position + 1), field, &room.theme);
}
