//! What surrounds every screen: a header with a rule that shows progress, a status line, a footer of keys.

use std::time::Duration;

use ratatui::Frame;
use ratatui::layout::{Constraint, Layout, Rect, Size};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, BorderType, Clear, Padding};

use crate::tui::theme::Theme;
use crate::tui::wrap::{clip, width_of};

/// The places of a screen's parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Chrome {
    /// Title to the left, state to the right.
    pub(crate) header: Rect,
    /// The rule below the header.
    pub(crate) rule: Rect,
    /// What the screen is about; one row of air above it is already taken off.
    pub(crate) body: Rect,
    /// One line of remarks.
    pub(crate) status: Rect,
    /// The rule above the footer.
    pub(crate) footer_rule: Rect,
    /// The keys.
    pub(crate) footer: Rect,
}

/// Cells that a number of rows or columns takes; no window is larger than a terminal can say.
pub(crate) fn cells(n: usize) -> u16 {
    u16::try_from(n).unwrap_or(u16::MAX)
}

impl Chrome {
    /// Lays out a window.
    pub(crate) fn of(size: Size) -> Chrome {
        let window = Rect::new(0, 0, size.width, size.height);
        let [header, rule, _, body, status, footer_rule, footer] = Layout::vertical([
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Fill(1),
            Constraint::Length(1),
            Constraint::Length(1),
            Constraint::Length(1),
        ])
        .areas(window);
        Chrome {
            header: inset(header),
            rule,
            body: inset(body),
            status: inset(status),
            footer_rule,
            footer: inset(footer),
        }
    }
}

/// Takes one column off each side.
fn inset(area: Rect) -> Rect {
    Rect { x: area.x + 1, width: area.width.saturating_sub(2), ..area }
}

/// Draws the header: `title` gives way to `state` where both do not fit.
pub(crate) fn draw_header(frame: &mut Frame<'_>, area: Rect, title: &str, state: Line<'static>, theme: &Theme) {
    let room = usize::from(area.width).saturating_sub(state.width() + 2);
    frame.render_widget(Line::styled(clip(title, room), theme.title), area);
    frame.render_widget(state.right_aligned(), area);
}

/// Draws a rule of which `n_done` of `n_all` parts are heavy.
pub(crate) fn draw_progress(frame: &mut Frame<'_>, area: Rect, n_done: usize, n_all: usize, theme: &Theme) {
    let width = usize::from(area.width);
    let heavy = (width * n_done.min(n_all)).checked_div(n_all).unwrap_or(0);
    let rule = Line::from(vec![
        Span::styled("━".repeat(heavy), theme.progress),
        Span::styled("─".repeat(width - heavy), theme.dim),
    ]);
    frame.render_widget(rule, area);
}

/// Draws the rule and the line of keys at the bottom.
pub(crate) fn draw_footer(frame: &mut Frame<'_>, chrome: &Chrome, keys: Line<'static>, theme: &Theme) {
    draw_progress(frame, chrome.footer_rule, 0, 1, theme);
    frame.render_widget(keys, chrome.footer);
}

/// Draws the rows of a window into `area`.
pub(crate) fn draw_lines(frame: &mut Frame<'_>, area: Rect, lines: impl IntoIterator<Item = Line<'static>>) {
    for (row, line) in area.rows().zip(lines) {
        frame.render_widget(line, row);
    }
}

/// Clears the place of a box, draws its border and returns the inside.
pub(crate) fn draw_box(frame: &mut Frame<'_>, area: Rect, title: &str, theme: &Theme) -> Rect {
    let block = Block::bordered()
        .border_type(BorderType::Rounded)
        .border_style(theme.dim)
        .title(Span::styled(format!(" {title} "), theme.title))
        .padding(Padding::horizontal(1));
    let inside = block.inner(area);
    // A column of air on each side keeps the box apart from the text under it.
    let x = area.x.saturating_sub(1);
    let air = Rect { x, width: area.right() + 1 - x, ..area };
    frame.render_widget(Clear, air.intersection(frame.area()));
    frame.render_widget(block, area);
    inside
}

/// Columns and rows that a box takes beside its inside.
pub(crate) const BOX_FRAME: Size = Size { width: 4, height: 2 };

/// Returns the box in the middle of `window` whose inside has `width` × `height` cells, or less if the window has less.
pub(crate) fn centred_box(window: Rect, width: usize, height: usize) -> Rect {
    let width = cells(width).saturating_add(BOX_FRAME.width).min(window.width);
    let height = cells(height).saturating_add(BOX_FRAME.height).min(window.height);
    let x = window.x + (window.width - width) / 2;
    let y = window.y + (window.height - height) / 2;
    Rect { x, y, width, height }
}

/// Says how much there is below the window.
pub(crate) fn more_below(n_rows_below: usize, style: Style) -> Line<'static> {
    match n_rows_below {
        0 => Line::default(),
        1 => Line::styled("more below ↓ 1 line", style),
        n => Line::styled(format!("more below ↓ {n} lines"), style),
    }
}

/// Draws a line of remarks: what is to be known to the left, what is below the window to the right.
pub(crate) fn draw_status(frame: &mut Frame<'_>, area: Rect, left: Line<'static>, right: Line<'static>) {
    let room = usize::from(area.width).saturating_sub(right.width() + 2);
    let left = if room < left.width() { clipped(left, room) } else { left };
    frame.render_widget(left, area);
    frame.render_widget(right.right_aligned(), area);
}

fn clipped(line: Line<'static>, width: usize) -> Line<'static> {
    let mut room = width;
    let spans = line.spans.into_iter().map(|span| {
        let text = clip(&span.content, room);
        room = room.saturating_sub(width_of(&span.content));
        Span::styled(text, span.style)
    });
    spans.collect::<Line<'static>>().style(line.style)
}

/// Writes a length as `m:ss`, or `h:mm:ss` from one hour on; parts of a second are dropped.
pub(crate) fn clock_text(length: Duration) -> String {
    let secs = length.as_secs();
    let (hours, minutes, secs) = (secs / 3600, secs / 60 % 60, secs % 60);
    if hours == 0 { format!("{minutes}:{secs:02}") } else { format!("{hours}:{minutes:02}:{secs:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_length_is_written_in_hours_only_when_it_has_one() {
        for (secs, expected) in [(0, "0:00"), (59, "0:59"), (3599, "59:59"), (3600, "1:00:00"), (40_000, "11:06:40")] {
            assert_eq!(clock_text(Duration::from_secs(secs)), expected);
        }
    }

    #[test]
    fn a_box_never_leaves_its_window() {
        let window = Rect::new(0, 0, 60, 18);
        assert_eq!(centred_box(window, 20, 4), Rect::new(18, 6, 24, 6));
        assert_eq!(centred_box(window, 200, 400), window);
    }
}
