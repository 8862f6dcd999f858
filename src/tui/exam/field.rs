//! A typed answer: begun, changed, kept.

use crate::deck::Answer;
use crate::exam::Mark;
use crate::tui::answer_field::FieldMsg;
use crate::tui::exam::room::{Mode, Room};
use crate::tui::exam::update::{Effect, open, put};
use crate::tui::question_page::{PageKind, QuestionPage};
use crate::tui::text_field::TextField;

/// Takes a message for the answer that is typed.
pub(crate) fn on_field(room: &mut Room, msg: &FieldMsg) -> Vec<Effect> {
    match (msg, &room.mode) {
        (FieldMsg::Open, _) if room.page.as_ref().map(QuestionPage::kind) == Some(PageKind::Typed) => {
            let field = TextField::new(room.mark().answer.text(), Answer::MAX_CHARS);
            room.top = room.page.as_ref().map_or(0, QuestionPage::last_top);
            room.note_seen();
            open(room, Mode::Typing { field })
        }
        (FieldMsg::Edit(edit), Mode::Typing { field }) => {
            let field = field.edited(edit);
            open(room, Mode::Typing { field })
        }
        (FieldMsg::Keep, _) => keep(room),
        (FieldMsg::TakeBack, _) => open(room, Mode::Question),
        (FieldMsg::Open | FieldMsg::Edit(_), _) => Vec::new(),
    }
}

/// Takes what is typed as the answer and goes back to the question; an answer that did not change is not written again.
pub(crate) fn keep(room: &mut Room) -> Vec<Effect> {
    let Mode::Typing { field } = &room.mode else { return Vec::new() };
    let mark = Mark { answer: Answer::typed(field.text()), ..room.mark() };
    open(room, Mode::Question);
    if mark == room.mark() { Vec::new() } else { put(room, mark) }
}
