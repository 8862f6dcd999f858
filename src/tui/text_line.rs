//! Lines of text that callers hand to the screens: words and their tone, no colours.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

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

    fn width(&self) -> usize {
        self.spans.iter().map(|(_, text)| text.width()).sum()
    }

    /// Returns a row of a table with `n_columns` columns taken from the first of its cells, whose text then ends in `…`; `None`
    /// for a line that is no such row, or has no columns to give.
    fn narrowed(&self, n_columns: usize) -> Option<TextLine> {
        let [(tone, text)] = self.spans.as_slice() else { return None };
        let begin = text.len() - text.trim_start().len();
        let end = begin + text[begin..].trim_end().find("  ")?;
        let next = end + text[end..].find(|c| c != ' ')?;
        let (name, n_left) = (&text[begin..end], text[begin..next].width().checked_sub(n_columns)?);
        if n_left < LEAST_NAME + 2 {
            return None;
        }
        let mut cell = String::new();
        let mut is_cut = false;
        for grapheme in name.graphemes(true) {
            // Two blanks to the next cell, and one column for the sign.
            let most = if name.width() + 2 <= n_left { n_left - 2 } else { n_left - 3 };
            if most < cell.width() + grapheme.width() {
                is_cut = true;
                break;
            }
            cell.push_str(grapheme);
        }
        cell.push_str(if is_cut { "…" } else { "" });
        let blanks = " ".repeat(n_left - cell.width());
        Some(TextLine::new(*tone, format!("{}{cell}{blanks}{}", &text[..begin], &text[next..])))
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

/// Fewest columns to which a first column is narrowed.
const LEAST_NAME: usize = 8;

/// Lays out `lines` in a page of `width` columns. Blanks are kept; only a line that is too long is wrapped. Of a table that is
/// too wide the first column is narrowed, so that the others stay in line.
pub(crate) fn lay_out_lines(lines: &[TextLine], width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut rows = Vec::new();
    for block in lines.chunk_by(|before, line| has_columns(before) && has_columns(line)) {
        let widest = block.iter().map(TextLine::width).max().unwrap_or(0);
        let excess = widest.saturating_sub(width);
        let narrowed: Option<Vec<TextLine>> = block.iter().map(|line| line.narrowed(excess)).collect();
        let block = narrowed.as_deref().filter(|_| excess > 0).unwrap_or(block);
        rows.extend(block.iter().flat_map(|line| lay_out_line(line, width, theme)));
    }
    rows
}

/// Tells whether a line is a row of a table: one text with two blanks or more between its words.
fn has_columns(line: &TextLine) -> bool {
    matches!(line.spans.as_slice(), [(_, text)] if text.trim().contains("  "))
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
    fn a_table_that_is_too_wide_keeps_its_columns_in_line() {
        let lines = [
            "Prose above  it",
            "",
            "  Domain           Right",
            "  Cloud Concepts   9 of 12",
            "  Security        11 of 12",
        ];
        let lines = lines.map(TextLine::from);
        let rows = lay_out_lines(&lines, 20, &Theme::without_colour());
        let rows: Vec<String> = rows.iter().map(ToString::to_string).collect();
        assert_eq!(rows, ["Prose above  it", "", "  Domain     Right", "  Cloud Co…  9 of 12", "  Security  11 of 12"]);
    }

    #[test]
    fn controls_show_as_such() {
        check(TextLine::from("a\u{1b}[2J"), &["a␛[2J"]);
    }
}
