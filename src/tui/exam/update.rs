//! What happens in the exam room: messages in, effects out; nothing here touches the world.

use std::time::Duration;

use ratatui::layout::Size;

use crate::base::SafeText;
use crate::exam::{Ending, Mark};
use crate::tui::exam::desk::ExamExit;
use crate::tui::exam::keymap::{ItemMsg, Msg, NoteMsg};
use crate::tui::exam::movement::{backward, forward, go_to, open_review, visit};
use crate::tui::exam::room::{Ask, ClockFace, Filter, Mode, Record, Room};
use crate::tui::exam::{field, lists, note, practice};
use crate::tui::keys::name_of;
use crate::tui::question_page::{PageKind, QuestionPage};
use crate::tui::scroll::Step;

/// Something that the world has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Write this, and say how it went.
    Write(Record),
    /// Note how far the clock is, and say how it went.
    Heartbeat,
    /// Do upkeep.
    Rest,
    /// Stop the clock, and say how it went.
    Pause,
    /// Let the clock go on, and say how it went.
    GoOn,
    /// Close the room.
    Exit(ExamExit),
}

/// Exam time between two heartbeats.
const HEARTBEAT: Duration = Duration::from_secs(5);
/// Exam time without a write after which the candidate is taken to be reading.
const REST_AFTER: Duration = Duration::from_millis(300);

/// Takes one message.
pub(crate) fn update(room: &mut Room, msg: Msg) -> Vec<Effect> {
    if !matches!(
        msg,
        Msg::Resize(_) | Msg::Tick(_) | Msg::Written(..) | Msg::Beaten(_) | Msg::Paused(_) | Msg::WentOn(_)
    ) {
        room.remark = None;
        room.n_hint_keys = room.n_hint_keys.saturating_sub(1);
    }
    // Whatever leaves a typed answer keeps it.
    let kept = if ends_typing(room, &msg) { field::keep(room) } else { Vec::new() };
    [kept, take(room, msg)].concat()
}

/// Tells whether a message takes the candidate away from an answer that is being typed.
fn ends_typing(room: &Room, msg: &Msg) -> bool {
    let stays = matches!(
        msg,
        Msg::Resize(_)
            | Msg::Tick(_)
            | Msg::Written(..)
            | Msg::Beaten(_)
            | Msg::Field(_)
            | Msg::Scroll(_)
            | Msg::Unbound(_)
            | Msg::Hangup
    );
    matches!(room.mode, Mode::Typing { .. }) && !stays
}

fn take(room: &mut Room, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Resize(size) => resize(room, size),
        Msg::Tick(elapsed) => tick(room, elapsed),
        Msg::Hangup => {
            // What this has to write is among what is written again.
            field::keep(room);
            [write_again(room), vec![Effect::Heartbeat, Effect::Exit(ExamExit::Leave)]].concat()
        }
        Msg::Written(record, outcome) => written(room, record, outcome),
        Msg::Beaten(Ok(())) => Vec::new(),
        Msg::Beaten(Err(cause)) => remark(room, &format!("The clock could not be saved: {cause}")),
        Msg::Item(msg) => on_item(room, msg),
        Msg::Field(_) if stands(room) => Vec::new(),
        Msg::Field(msg) => field::on_field(room, &msg),
        Msg::List(msg) => lists::on_list(room, msg),
        Msg::Note(msg) => on_note(room, &msg),
        Msg::Pause => practice::pause(room),
        Msg::GoOn => vec![Effect::GoOn],
        Msg::Paused(outcome) => practice::paused(room, outcome),
        Msg::WentOn(outcome) => practice::went_on(room, outcome),
        Msg::Forward => forward(room),
        Msg::Backward => backward(room),
        Msg::GoTo(position) => visit(room, position),
        Msg::EnterSection(position) => go_to(room, position),
        Msg::Scroll(step) => scroll(room, step),
        Msg::ToggleClock => {
            room.clock = match room.clock {
                ClockFace::Shown => ClockFace::Hidden,
                ClockFace::Hidden => ClockFace::Shown,
            };
            Vec::new()
        }
        Msg::SaveAgain => write_again(room),
        Msg::OpenReview => {
            let filter = room.walk.as_ref().map_or(Filter::All, |walk| walk.filter);
            open_review(room, filter)
        }
        Msg::OpenNavigator => {
            open(room, Mode::Navigator { cursor: room.position, typed: String::new(), filter: Filter::All })
        }
        Msg::OpenHelp => open_over(room, Mode::Help { top: 0 }),
        Msg::Ask(ask) => open_over(room, Mode::Ask { ask, selected: 0 }),
        Msg::Back => {
            let behind = room.behind.take().unwrap_or(Mode::Question);
            open(room, behind)
        }
        Msg::Leave(exit) => leave(room, exit),
        Msg::LeaveUnsaved(exit) => vec![Effect::Exit(exit)],
        Msg::Unbound(key) if room.page.as_ref().map(QuestionPage::kind) == Some(PageKind::Typed) => {
            remark(room, &format!("{} does nothing here; Space begins the answer.", name_of(key)))
        }
        Msg::Unbound(key) => remark(room, &format!("{} does nothing here.", name_of(key))),
    }
}

/// Opens something that goes back to the review when it was opened there.
fn open_over(room: &mut Room, mode: Mode) -> Vec<Effect> {
    if matches!(room.mode, Mode::Review { .. }) {
        room.behind = Some(room.mode.clone());
    }
    open(room, mode)
}

fn resize(room: &mut Room, size: Size) -> Vec<Effect> {
    room.size = size;
    room.turn_page();
    if room.has_arrived { Vec::new() } else { go_to(room, room.position) }
}

fn tick(room: &mut Room, elapsed: Duration) -> Vec<Effect> {
    room.elapsed = elapsed;
    if room.is_over() {
        // What was typed until now is there; it goes with what leaving writes.
        field::keep(room);
        let is_asking = matches!(room.mode, Mode::Ask { ask: Ask::LeaveUnsaved(ExamExit::End(_)), .. });
        return if is_asking { Vec::new() } else { leave(room, ExamExit::End(Ending::TimeUp)) };
    }
    if !room.has_returned && room.is_late() {
        room.has_returned = true;
        room.clock = ClockFace::Shown;
    }
    if let Some(warning) = room.left().and_then(|left| room.warnings.due(left)) {
        room.remark = Some(match warning.as_secs() / 60 {
            1 => "The last minute has begun.".to_owned(),
            minutes => format!("The last {minutes} minutes have begun."),
        });
    }
    let mut effects = Vec::new();
    if room.last_heartbeat + HEARTBEAT <= elapsed {
        room.last_heartbeat = elapsed;
        effects.push(Effect::Heartbeat);
    }
    if room.rest_at.is_some_and(|rest_at| rest_at <= elapsed) {
        room.rest_at = None;
        effects.push(Effect::Rest);
    }
    effects
}

fn on_item(room: &mut Room, msg: ItemMsg) -> Vec<Effect> {
    let mark = room.mark();
    match msg {
        ItemMsg::Flag => put(room, Mark { is_flagged: !mark.is_flagged, ..mark }),
        ItemMsg::Confidence => put(room, Mark { confidence: mark.confidence.next(), ..mark }),
        ItemMsg::Highlight(step) => highlight(room, step),
        _ if stands(room) => Vec::new(),
        ItemMsg::Choose(place) => {
            let picked = room.on_page(|page, marks| page.picked(marks, place)).flatten();
            // Choices scroll to what was picked, slots to what comes next.
            let is_slot = room.page.as_ref().is_some_and(|page| page.kind() != PageKind::Choices);
            put_and_go(room, picked, (!is_slot).then_some(place))
        }
        ItemMsg::ChooseHighlighted => match room.on_page(QuestionPage::picked_here).flatten() {
            Some((mark, highlighted)) => put_and_go(room, Some((mark, highlighted)), None),
            None => remark(room, "Move to a choice with ↑ ↓ first, or press its letter."),
        },
        ItemMsg::Empty => match room.on_page(QuestionPage::emptied).flatten() {
            Some((mark, highlighted)) => put_and_go(room, Some((mark, highlighted)), None),
            None => remark(room, "There is nothing here to take away."),
        },
        ItemMsg::GoToSlot(slot) => match room.page.as_ref().and_then(|page| page.slot_of(slot)) {
            Some(slot) => {
                room.highlighted = Some(slot);
                show_highlighted(room, slot);
                Vec::new()
            }
            None => remark(room, "There is no place with this number."),
        },
        ItemMsg::Strike(place) => match room.page.as_ref().and_then(|page| page.struck(&mark, place)) {
            Some(mark) => put(room, mark),
            None => Vec::new(),
        },
    }
}

fn on_note(room: &mut Room, msg: &NoteMsg) -> Vec<Effect> {
    match msg {
        NoteMsg::Open => note::open_note(room),
        NoteMsg::Edit(edit) => note::edit(room, edit),
        NoteMsg::Keep => note::keep(room),
    }
}

/// Tells whether the answer can no longer change, and says so.
fn stands(room: &mut Room) -> bool {
    let is_checked = room.sitting.is_checked(room.position);
    if is_checked {
        remark(room, "You have seen what is right here, so your answer stands.");
    }
    is_checked
}

/// Puts a mark on the item on the screen and shows what is highlighted then, or else `place`.
fn put_and_go(room: &mut Room, picked: Option<(Mark, Option<usize>)>, place: Option<usize>) -> Vec<Effect> {
    let Some((mark, highlighted)) = picked else { return Vec::new() };
    room.highlighted = highlighted;
    if let Some(shown) = highlighted.or(place) {
        show_highlighted(room, shown);
    }
    if mark == room.mark() { Vec::new() } else { put(room, mark) }
}

fn highlight(room: &mut Room, step: Step) -> Vec<Effect> {
    if room.feedback.is_some() {
        return scroll(room, step);
    }
    room.highlighted = room.on_page(|page, marks| page.highlighted_after(marks, step)).flatten();
    if let Some(place) = room.highlighted {
        show_highlighted(room, place);
    }
    Vec::new()
}

/// Scrolls as far as it takes to see the choice or slot at `place`.
fn show_highlighted(room: &mut Room, place: usize) {
    if let Some(page) = &room.page {
        room.top = page.top_showing(place, room.top);
        room.note_seen();
    }
}

/// Puts a mark on the item on the screen and has it written.
pub(crate) fn put(room: &mut Room, mark: Mark) -> Vec<Effect> {
    let position = room.position;
    room.sitting.mark(position, mark.clone());
    // Only the newest mark of an item matters.
    room.unsaved.retain(|record| !matches!(record, Record::Mark(own, _) if *own == position));
    write(room, Record::Mark(position, mark))
}

/// Has something written.
pub(crate) fn write(room: &mut Room, record: Record) -> Vec<Effect> {
    if !room.unsaved.contains(&record) {
        room.unsaved.push(record.clone());
    }
    vec![Effect::Write(record)]
}

fn write_again(room: &Room) -> Vec<Effect> {
    room.unsaved.iter().cloned().map(Effect::Write).collect()
}

fn written(room: &mut Room, record: Record, outcome: Result<(), String>) -> Vec<Effect> {
    match outcome {
        Ok(()) => {
            room.unsaved.retain(|own| *own != record);
            room.rest_at = Some(room.elapsed + REST_AFTER);
            if !room.unsaved.is_empty() {
                return Vec::new();
            }
            room.failure = None;
            room.leaving.take().map(Effect::Exit).into_iter().collect()
        }
        Err(cause) => {
            room.failure = Some(SafeText::one_line(&cause).to_string());
            match room.leaving.take() {
                Some(exit) => open(room, Mode::Ask { ask: Ask::LeaveUnsaved(exit), selected: 0 }),
                None => Vec::new(),
            }
        }
    }
}

/// Goes out, or first writes what is not written.
fn leave(room: &mut Room, exit: ExamExit) -> Vec<Effect> {
    if room.unsaved.is_empty() {
        return vec![Effect::Exit(exit)];
    }
    room.leaving = Some(exit);
    write_again(room)
}

/// Scrolls the question or the help.
pub(crate) fn scroll(room: &mut Room, step: Step) -> Vec<Effect> {
    if let Mode::Help { top } = room.mode {
        return lists::scroll_help(room, top, step);
    }
    let height = usize::from(room.question_area().height);
    room.top = step.from(room.top, room.last_top(), height);
    room.note_seen();
    Vec::new()
}

/// Turns the keys to something else.
pub(crate) fn open(room: &mut Room, mode: Mode) -> Vec<Effect> {
    room.mode = mode;
    Vec::new()
}

/// Says something until the next key.
pub(crate) fn remark(room: &mut Room, text: &str) -> Vec<Effect> {
    room.remark = Some(SafeText::one_line(text).to_string());
    Vec::new()
}
