//! Practice: what is right after each answer, and a clock that can be stopped.

use ratatui::Frame;
use ratatui::layout::Size;
use ratatui::text::{Line, Span};

use crate::deck::Question;
use crate::exam::{FormItem, ItemStatus, Mark};
use crate::tui::chrome::draw_lines;
use crate::tui::drill::{Page, feedback_page};
use crate::tui::exam::room::{Mode, Record, Room};
use crate::tui::exam::update::{Effect, open, remark, write};
use crate::tui::exam::view::clock;
use crate::tui::question_page::MARGIN;
use crate::tui::theme::Theme;

/// Lays out an answered question with its verdict; returns the rows and the one to start with if not all fit.
pub(crate) fn lay_out(
    question: &Question,
    item: &FormItem,
    mark: &Mark,
    size: Size,
    theme: &Theme,
) -> (Vec<Line<'static>>, usize) {
    let Page::Text { lines, start } = feedback_page(question, &item.choice_order, &mark.answer, size, theme) else {
        return (Vec::new(), 0);
    };
    let (verdict, style) =
        if question.is_right(&mark.answer) { ("✓ Right.", theme.good) } else { ("✗ Wrong.", theme.bad) };
    let verdict = Line::from(vec![Span::raw(" ".repeat(MARGIN)), Span::styled(verdict, style)]);
    // The verdict stands where the eye lands: above the choices, at the top of a page that is too long.
    let mut rows = lines;
    rows.splice(start..start, [verdict, Line::default()]);
    (rows, start)
}

/// Tells whether going on from the question on the screen first says what is right.
pub(crate) fn wants_check(room: &Room) -> bool {
    let is_answered = room.sitting.status(room.position) == ItemStatus::Answered;
    room.is_practice() && is_answered && !room.sitting.is_checked(room.position)
}

/// Shows what is right; the answer stands from now on.
pub(crate) fn check(room: &mut Room) -> Vec<Effect> {
    let position = room.position;
    room.sitting.check(position);
    room.turn_page();
    write(room, Record::Check(position))
}

/// Stops the clock.
pub(crate) fn pause(room: &mut Room) -> Vec<Effect> {
    if room.is_practice() { vec![Effect::Pause] } else { remark(room, "An exam cannot be paused; its clock runs on.") }
}

/// Takes how stopping the clock went.
pub(crate) fn paused(room: &mut Room, outcome: Result<(), String>) -> Vec<Effect> {
    match outcome {
        Ok(()) => open(room, Mode::Paused),
        Err(cause) => remark(room, &format!("The clock could not be stopped: {cause}")),
    }
}

/// Takes how letting the clock go on went.
pub(crate) fn went_on(room: &mut Room, outcome: Result<(), String>) -> Vec<Effect> {
    match outcome {
        Ok(()) => open(room, Mode::Question),
        Err(cause) => remark(room, &format!("The clock stands: {cause}")),
    }
}

/// Draws what shows while the clock stands: nothing of the question.
pub(crate) fn draw_pause(room: &Room, frame: &mut Frame<'_>) {
    let clock = match clock(room) {
        Some(text) => format!("  The clock stands: {text}."),
        None => "  The clock stands.".to_owned(),
    };
    let lines = [
        Line::styled("  Paused", room.theme.title),
        Line::default(),
        Line::raw(clock),
        Line::raw("  The question is out of sight until you go on."),
    ];
    draw_lines(frame, room.chrome().body, lines);
}
