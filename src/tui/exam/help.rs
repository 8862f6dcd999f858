//! The list of keys, drawn from the key tables themselves.

use ratatui::Frame;
use ratatui::text::Line;

use crate::tui::answer_field::TYPING;
use crate::tui::chrome::draw_lines;
use crate::tui::exam::keymap::{ARRANGEMENT, CHOICES, NAVIGATOR, NOTE, PAUSED, QUESTION, REVIEW, TYPED};
use crate::tui::exam::room::Room;
use crate::tui::keys::{help_lines, help_lines_of};
use crate::tui::theme::Theme;

fn lines(theme: &Theme) -> Vec<Line<'static>> {
    let title = |text: &'static str| Line::styled(text, theme.title);
    let mut lines = vec![title("On a question")];
    lines.extend(help_lines_of(&[CHOICES, QUESTION], theme));
    lines.extend([
        Line::raw("The mouse works too: click a choice, a place, a question of the grid or a key;"),
        Line::raw("the right button strikes out."),
    ]);
    lines.extend([Line::default(), title("Where things are put in order or matched")]);
    lines.extend(help_lines(ARRANGEMENT, theme));
    lines.extend([Line::default(), title("Where the answer is typed")]);
    lines.extend(help_lines(TYPED, theme));
    lines.extend(help_lines(TYPING, theme));
    lines.extend([Line::default(), title("In the grid of questions")]);
    lines.extend(help_lines(NAVIGATOR, theme));
    lines.extend([Line::default(), title("In the list of questions")]);
    lines.extend(help_lines(REVIEW, theme));
    lines.extend([Line::default(), title("In a note, where every other key types")]);
    lines.extend(help_lines(NOTE, theme));
    lines.extend([Line::default(), title("While the clock stands, in practice")]);
    lines.extend(help_lines(PAUSED, theme));
    lines
}

/// Returns the first row of the last full window of `height` rows.
pub(crate) fn last_top(height: usize) -> usize {
    lines(&Theme::without_colour()).len().saturating_sub(height)
}

/// Returns how many rows lie below a window of `height` rows that starts at `top`.
pub(crate) fn n_below(top: usize, height: usize) -> usize {
    last_top(height).saturating_sub(top)
}

/// Draws the list.
pub(crate) fn draw(room: &Room, frame: &mut Frame<'_>, top: usize) {
    draw_lines(frame, room.chrome().body, lines(&room.theme).into_iter().skip(top));
}
