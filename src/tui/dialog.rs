//! A question to the person at the screen: some lines and a few answers, each with a key of its own.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::text::{Line, Span};

use crate::tui::chrome::{BOX_FRAME, cells, centred_box, draw_box, draw_lines};
use crate::tui::theme::Theme;
use crate::tui::wrap::{clip, width_of, wrap};

/// A box with a title, lines of text and answers.
pub(crate) struct Dialog {
    /// What the box is about.
    pub(crate) title: &'static str,
    /// What there is to know before answering.
    pub(crate) lines: Vec<Line<'static>>,
    /// The answers, top to bottom.
    pub(crate) answers: Vec<Answer>,
}

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Answer {
    /// The key that gives it.
    pub(crate) key: char,
    /// What it does.
    pub(crate) label: &'static str,
    /// What follows from it; may be empty.
    pub(crate) note: String,
}

/// Widest inside of a box, in columns.
const MAX_WIDTH: usize = 64;

impl Dialog {
    /// Draws the box over a window.
    pub(crate) fn draw(&self, frame: &mut Frame<'_>, window: Rect, selected: usize, theme: &Theme) {
        let (area, text, answers) = self.places(window);
        draw_box(frame, area, self.title, theme);
        draw_lines(frame, text, self.text_lines(usize::from(text.width)));
        let label_width = self.label_width();
        let lines = self.answers.iter().enumerate().map(|(idx, answer)| {
            let is_selected = idx == selected;
            let pointer = if is_selected { "❯ " } else { "  " };
            let style = if is_selected { theme.focus } else { theme.text };
            let blanks = " ".repeat(label_width - width_of(answer.label));
            let room = usize::from(answers.width).saturating_sub(label_width + 7);
            Line::from(vec![
                Span::styled(pointer, theme.focus),
                Span::styled(answer.key.to_string(), theme.key),
                Span::styled(format!("  {}{blanks}", answer.label), style),
                Span::styled(format!("  {}", clip(&answer.note, room)), theme.dim),
            ])
        });
        draw_lines(frame, answers, lines);
    }

    /// Returns the answer drawn at a place of the window.
    pub(crate) fn answer_at(&self, window: Rect, at: Position) -> Option<usize> {
        let (_, _, answers) = self.places(window);
        let idx = answers.contains(at).then(|| usize::from(at.y - answers.y))?;
        (idx < self.answers.len()).then_some(idx)
    }

    fn label_width(&self) -> usize {
        self.answers.iter().map(|answer| width_of(answer.label)).max().unwrap_or(0)
    }

    fn text_lines(&self, width: usize) -> Vec<Line<'static>> {
        let wrapped =
            |line: &Line<'static>| wrap(&line.spans, width).into_iter().map(|row| row.style(line.style)).collect();
        self.lines.iter().flat_map::<Vec<Line<'static>>, _>(wrapped).collect()
    }

    /// Returns the box, the place of its text and the place of its answers.
    fn places(&self, window: Rect) -> (Rect, Rect, Rect) {
        let widest_note = self.answers.iter().map(|answer| width_of(&answer.note)).max().unwrap_or(0);
        let widest_line = self.lines.iter().map(Line::width).max().unwrap_or(0);
        let room = usize::from(window.width.saturating_sub(BOX_FRAME.width));
        let width = (self.label_width() + 7 + widest_note).max(widest_line).min(MAX_WIDTH).min(room);
        let n_text = self.text_lines(width).len();
        let area = centred_box(window, width, 1 + n_text + 1 + self.answers.len() + 1);
        let inside = Rect {
            x: area.x + BOX_FRAME.width / 2,
            y: area.y + 1,
            width: area.width.saturating_sub(BOX_FRAME.width),
            height: area.height.saturating_sub(BOX_FRAME.height),
        };
        let below = |rows: usize| {
            let skipped = cells(rows).min(inside.height);
            Rect { y: inside.y + skipped, height: inside.height - skipped, ..inside }
        };
        (area, below(1), below(1 + n_text + 1))
    }
}
