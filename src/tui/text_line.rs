//! Lines of text that callers hand to the screens: words and their tone, no colours.

use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::base::SafeText;
use crate::tui::theme::Theme;
use crate::tui::wrap::wrap;

/// A line of a report, a menu or a briefing; longer than the window, it is wrapped under its own beginning.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextLine {
    /// The parts of the line from left to right.
    pub spans: Vec<(Tone, String)>,
}

/// How a part of a line is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Ordinary text.
    Plain,
    /// Text that may be overlooked.
    Dim,
    /// A title, or what the eye should find first.
    Title,
    /// Good news.
    Good,
    /// Bad news.
    Bad,
    /// What wants attention.
    Warning,
}

impl TextLine {
    /// Returns a line of one tone.
    pub fn new(tone: Tone, text: impl Into<String>) -> TextLine {
        TextLine { spans: vec![(tone, text.into())] }
    }

    /// Returns this line with one more part at its end.
    pub fn and(mut self, tone: Tone, text: impl Into<String>) -> TextLine {
        self.spans.push((tone, text.into()));
        self
    }
}

impl From<&str> for TextLine {
    fn from(text: &str) -> TextLine {
        TextLine::new(Tone::Plain, text)
    }
}

impl From<String> for TextLine {
    fn from(text: String) -> TextLine {
        TextLine::new(Tone::Plain, text)
    }
}

impl Tone {
    fn style(self, theme: &Theme) -> Style {
        match self {
            Tone::Plain => theme.text,
            Tone::Dim => theme.dim,
            Tone::Title => theme.title,
            Tone::Good => theme.good,
            Tone::Bad => theme.bad,
            Tone::Warning => theme.warning,
        }
    }
}

/// Lays out `lines` in a page of `width` columns. Blanks are kept; only a line that is too long is wrapped.
pub(crate) fn lay_out_lines(lines: &[TextLine], width: usize, theme: &Theme) -> Vec<Line<'static>> {
    lines.iter().flat_map(|line| lay_out_line(line, width, theme)).collect()
}

fn lay_out_line(line: &TextLine, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let span = |(tone, text): &(Tone, String)| {
        Span::styled(SafeText::new(text).as_str().replace('\n', " "), tone.style(theme))
    };
    let spans: Vec<Span<'static>> = line.spans.iter().map(span).collect();
    let whole = Line::from(spans);
    if whole.width() <= width {
        return vec![whole];
    }
    let text = whole.to_string();
    let n_blanks = text.chars().take_while(|c| *c == ' ').count().min(width / 2);
    let blanks = " ".repeat(n_blanks);
    let mut rows = wrap(&whole.spans, width - n_blanks);
    for row in &mut rows {
        row.spans.insert(0, Span::raw(blanks.clone()));
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: TextLine, expected: &[&str]) {
        let rows = lay_out_lines(&[line], 20, &Theme::without_colour());
        assert_eq!(rows.iter().map(ToString::to_string).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn columns_are_kept_and_long_lines_hang_under_their_beginning() {
        check(TextLine::from("  Security    12/15"), &["  Security    12/15"]);
        check(TextLine::from("  You needed 35 of 50 and got 37."), &["  You needed 35 of", "  50 and got 37."]);
        check(TextLine::new(Tone::Good, "Pass").and(Tone::Plain, " · 742"), &["Pass · 742"]);
    }

    #[test]
    fn controls_show_as_such() {
        check(TextLine::from("a\u{1b}[2J"), &["a␛[2J"]);
    }
}
