//! The line in which a note is typed, in the exam room and in the drill alike.

use ratatui::Frame;
use ratatui::layout::Rect;

use crate::tui::chrome::{BOX_FRAME, centred_box, draw_box};
use crate::tui::text_field::TextField;
use crate::tui::theme::Theme;

/// Draws the line that is typed in, in a box at the foot of `body`.
pub(crate) fn draw_note(frame: &mut Frame<'_>, body: Rect, title: &str, field: &TextField, theme: &Theme) {
    let area = centred_box(body, usize::from(body.width), 1);
    let area = Rect { y: body.bottom().saturating_sub(area.height), ..area };
    let inside = draw_box(frame, area, title, theme);
    let width = usize::from(area.width.saturating_sub(BOX_FRAME.width));
    frame.render_widget(field.line(width, theme), inside);
}
