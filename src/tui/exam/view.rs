//! What the exam room looks like.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use crate::base::SafeText;
use crate::exam::{Confidence, ItemStatus, Mark};
use crate::tui::answer_field::TYPING;
use crate::tui::chrome::{clock_text, draw_footer, draw_header, draw_lines, draw_progress, draw_status, more_below};
use crate::tui::exam::ask::dialog;
use crate::tui::exam::keymap::footer_tables;
use crate::tui::exam::navigator::FLAG;
use crate::tui::exam::note::{self, NOTE};
use crate::tui::exam::room::{ClockFace, Mode, Record, Room};
use crate::tui::exam::{help, navigator, practice, review};
use crate::tui::keys::Footer;

/// Draws the room.
pub(crate) fn view(room: &Room, frame: &mut Frame<'_>) {
    let theme = &room.theme;
    let chrome = room.chrome();
    let n_items = room.sitting.n_items();
    let n_answered = (0..n_items).filter(|position| room.sitting.status(*position) == ItemStatus::Answered).count();
    draw_header(frame, chrome.header, &room.title, header_state(room), theme);
    draw_progress(frame, chrome.rule, n_answered, n_items, theme);
    match &room.mode {
        Mode::Question | Mode::Typing { .. } | Mode::Navigator { .. } => draw_question(room, frame),
        Mode::Note { field } => {
            draw_question(room, frame);
            note::draw(room, frame, field);
        }
        Mode::Paused => practice::draw_pause(room, frame),
        Mode::Review { filter, selected } => review::draw(room, frame, *filter, *selected),
        Mode::Help { top } => help::draw(room, frame, *top),
        Mode::Ask { ask, selected } => {
            draw_question(room, frame);
            dialog(room, *ask).draw(frame, room.window(), *selected, theme);
        }
    }
    draw_status(frame, chrome.status, status(room), below(room));
    draw_footer(frame, &chrome, footer(room, usize::from(chrome.footer.width)), theme);
}

fn footer(room: &Room, width: usize) -> Line<'static> {
    match room.mode {
        Mode::Typing { .. } => Footer::new(TYPING, width).line(&room.theme),
        Mode::Question
        | Mode::Navigator { .. }
        | Mode::Review { .. }
        | Mode::Help { .. }
        | Mode::Ask { .. }
        | Mode::Note { .. }
        | Mode::Paused => Footer::of(&footer_tables(room), width).line(&room.theme),
    }
}

fn draw_question(room: &Room, frame: &mut Frame<'_>) {
    let height = usize::from(room.question_area().height);
    if let Some(lines) = &room.feedback {
        draw_lines(frame, room.question_area(), lines.iter().skip(room.top).take(height).cloned());
    } else if let Some(rows) = room.on_page(|page, marks| page.window(room.top, marks, &room.theme)) {
        draw_lines(frame, room.question_area(), rows);
    }
    navigator::draw(room, frame);
}

fn header_state(room: &Room) -> Line<'static> {
    let place = match &room.mode {
        Mode::Review { .. } => "Review".to_owned(),
        Mode::Help { .. } => "Keys".to_owned(),
        Mode::Paused => "Paused".to_owned(),
        Mode::Question | Mode::Typing { .. } | Mode::Navigator { .. } | Mode::Ask { .. } | Mode::Note { .. } => {
            place(room)
        }
    };
    let clock = clock(room).unwrap_or_default();
    let style = if room.is_late() { room.theme.warning } else { room.theme.title };
    Line::from(vec![Span::styled(place, room.theme.text), Span::raw("   "), Span::styled(clock, style)])
}

/// Where the candidate is: among all questions, and in the part that is gone through.
fn place(room: &Room) -> String {
    let place = format!("Question {} of {}", room.position + 1, room.sitting.n_items());
    let Some(walk) = &room.walk else { return place };
    let n_done = walk.positions.iter().take_while(|position| **position <= room.position).count();
    format!("{place} · {} {n_done} of {}", walk.filter.label().to_lowercase(), walk.positions.len())
}

/// Returns what the clock says; `None` while it is put away. Without a limit it counts up.
pub(crate) fn clock(room: &Room) -> Option<String> {
    match (room.clock, room.limit) {
        (ClockFace::Hidden, _) => None,
        (ClockFace::Shown, Some(limit)) => {
            // Counted in whole seconds, so that a full limit shows as such and 0:00 only when time is up.
            let secs_left = limit.as_secs().saturating_sub(room.elapsed.as_secs());
            let text = clock_text(std::time::Duration::from_secs(secs_left));
            Some(if room.is_late() { format!("! {text} left") } else { format!("{text} left") })
        }
        (ClockFace::Shown, None) => Some(clock_text(room.elapsed)),
    }
}

/// What a beginner needs first.
const HINT: &str = "A letter chooses · n goes on · ? lists all keys";

fn status(room: &Room) -> Line<'static> {
    let theme = &room.theme;
    if let Some(text) = &room.remark {
        return Line::styled(text.clone(), theme.warning);
    }
    if let Some(cause) = &room.failure {
        let text = match room.n_unsaved_marks() {
            0 => "× not saved".to_owned(),
            1 => "× 1 answer not saved".to_owned(),
            n => format!("× {n} answers not saved"),
        };
        let again = Span::styled("w", theme.key);
        return Line::from(vec![
            Span::styled(text, theme.bad),
            Span::raw(" · "),
            again,
            Span::raw(" saves again · "),
            Span::raw(cause.clone()),
        ]);
    }
    let is_in_sight = match room.mode {
        Mode::Question | Mode::Typing { .. } | Mode::Note { .. } | Mode::Ask { .. } => true,
        // In a narrow window the grid reaches down to this line.
        Mode::Navigator { .. } => navigator::is_pinned(room.size),
        Mode::Review { .. } | Mode::Help { .. } | Mode::Paused => false,
    };
    if !is_in_sight {
        return Line::default();
    }
    let mark = room.mark();
    let note = room.sitting.note_at(room.position);
    let is_here = |record: &Record| match record {
        Record::Show(_) => false,
        Record::Mark(own, _) | Record::Note(own, _) | Record::Check(own) => *own == room.position,
    };
    let mut parts = Vec::new();
    if (mark != Mark::default() || !note.is_empty()) && !room.unsaved.iter().any(is_here) {
        parts.push(Span::styled("● saved", theme.dim));
    }
    if mark.is_flagged {
        parts.push(Span::styled(format!("{FLAG} flagged"), theme.warning));
    }
    if mark.confidence != Confidence::Unstated {
        parts.push(Span::styled(mark.confidence.label(), theme.text));
    }
    if !note.is_empty() && !matches!(room.mode, Mode::Note { .. }) {
        parts.push(Span::raw(format!("{NOTE} {}", SafeText::one_line(note))));
    }
    if 0 < room.n_hint_keys && matches!(room.mode, Mode::Question) {
        parts.push(Span::styled(HINT, theme.dim));
    }
    parts.into_iter().flat_map(|part| [part, Span::raw("   ")]).collect()
}

fn below(room: &Room) -> Line<'static> {
    let theme = &room.theme;
    match &room.mode {
        Mode::Question | Mode::Typing { .. } => {
            let Some(page) = &room.page else { return Line::default() };
            let letters = page.letters_below(room.top);
            if letters.is_empty() || room.feedback.is_some() {
                more_below(room.n_below(), theme.warning)
            } else {
                Line::styled(format!("more below ↓ {letters}"), theme.warning)
            }
        }
        Mode::Help { top } => more_below(help::n_below(*top, usize::from(room.chrome().body.height)), theme.dim),
        Mode::Review { filter, selected } => more_below(review::n_below(room, *filter, *selected), theme.dim),
        Mode::Navigator { .. } | Mode::Ask { .. } | Mode::Note { .. } | Mode::Paused => Line::default(),
    }
}
