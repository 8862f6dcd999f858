//! Breaks styled text into lines by what it takes up on the screen.

use ratatui::style::Style;
use ratatui::text::{Line, Span};
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// Returns the columns that `text` takes up.
pub(crate) fn width_of(text: &str) -> usize {
    text.graphemes(true).map(UnicodeWidthStr::width).sum()
}

/// Fills lines of at most `width` columns with the words of `runs`.
///
/// Runs of blanks become one, a newline ends a line, and a word that is too long is cut between characters as people
/// see them. Wide characters may begin a line anywhere. Text without a word gives one empty line.
pub(crate) fn wrap(runs: &[Span<'_>], width: usize) -> Vec<Line<'static>> {
    let mut filler = Filler::new(width);
    for run in runs {
        for grapheme in run.content.graphemes(true) {
            match grapheme {
                "\n" => filler.end_line(),
                _ if grapheme.chars().all(|c| c.is_whitespace() && c != '\u{a0}') => filler.blank(run.style),
                _ => filler.letter(Piece { text: grapheme, style: run.style, width: grapheme.width() }),
            }
        }
    }
    filler.end_line();
    filler.lines
}

/// Cuts `text` into lines of at most `width` columns and keeps every blank.
pub(crate) fn chop(text: &str, style: Style, width: usize) -> Vec<Line<'static>> {
    let mut lines = vec![String::new()];
    let mut line_width = 0;
    for grapheme in text.graphemes(true) {
        let own_width = grapheme.width();
        if line_width > 0 && width < line_width + own_width {
            lines.push(String::new());
            line_width = 0;
        }
        line_width += own_width;
        if let Some(line) = lines.last_mut() {
            line.push_str(grapheme);
        }
    }
    lines.into_iter().map(|line| Line::from(Span::styled(line, style))).collect()
}

/// Returns `text` in at most `width` columns; a text that was cut ends in `…`.
pub(crate) fn clip(text: &str, width: usize) -> String {
    if width_of(text) <= width {
        return text.to_owned();
    }
    let mut clipped = String::new();
    let mut clipped_width = 0;
    for grapheme in text.graphemes(true) {
        clipped_width += grapheme.width();
        if width < clipped_width + 1 {
            break;
        }
        clipped.push_str(grapheme);
    }
    if 0 < width {
        clipped.push('…');
    }
    clipped
}

#[derive(Clone, Copy)]
struct Piece<'a> {
    text: &'a str,
    style: Style,
    width: usize,
}

struct Filler<'a> {
    width: usize,
    lines: Vec<Line<'static>>,
    line: Vec<Piece<'a>>,
    line_width: usize,
    blank: Option<Piece<'a>>,
    word: Vec<Piece<'a>>,
    word_width: usize,
}

impl<'a> Filler<'a> {
    fn new(width: usize) -> Filler<'a> {
        Filler {
            width: width.max(1),
            lines: Vec::new(),
            line: Vec::new(),
            line_width: 0,
            blank: None,
            word: Vec::new(),
            word_width: 0,
        }
    }

    fn letter(&mut self, piece: Piece<'a>) {
        let is_wide = 1 < piece.width;
        if is_wide {
            self.end_word();
        }
        self.word_width += piece.width;
        self.word.push(piece);
        if is_wide {
            self.end_word();
        }
    }

    fn blank(&mut self, style: Style) {
        self.end_word();
        if !self.line.is_empty() {
            self.blank = Some(Piece { text: " ", style, width: 1 });
        }
    }

    fn end_word(&mut self) {
        if self.word.is_empty() {
            return;
        }
        let blank = self.blank.take();
        let blank_width = blank.map_or(0, |piece| piece.width);
        if self.line_width + blank_width + self.word_width <= self.width {
            self.line.extend(blank);
            self.line_width += blank_width;
        } else if !self.line.is_empty() {
            self.break_line();
        }
        for piece in std::mem::take(&mut self.word) {
            if !self.line.is_empty() && self.width < self.line_width + piece.width {
                self.break_line();
            }
            self.line_width += piece.width;
            self.line.push(piece);
        }
        self.word_width = 0;
    }

    fn end_line(&mut self) {
        self.end_word();
        self.blank = None;
        self.break_line();
    }

    fn break_line(&mut self) {
        let mut spans: Vec<Span<'static>> = Vec::new();
        for piece in std::mem::take(&mut self.line) {
            match spans.last_mut() {
                Some(span) if span.style == piece.style => span.content.to_mut().push_str(piece.text),
                _ => spans.push(Span::styled(piece.text.to_owned(), piece.style)),
            }
        }
        self.lines.push(Line::from(spans));
        self.line_width = 0;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &str, width: usize) -> Vec<String> {
        wrap(&[Span::raw(text)], width).iter().map(ToString::to_string).collect()
    }

    #[track_caller]
    fn check(text: &str, width: usize, expected: &[&str]) {
        assert_eq!(lines(text, width), expected);
    }

    #[test]
    fn lines_break_between_words() {
        check("one two three", 8, &["one two", "three"]);
        check("one two three", 7, &["one two", "three"]);
        check("one  two\nthree ", 80, &["one two", "three"]);
        check("", 10, &[""]);
        check("a\u{a0}b c", 3, &["a\u{a0}b", "c"]);
    }

    #[test]
    fn a_word_longer_than_a_line_is_cut_between_characters() {
        check("arn:aws:s3", 4, &["arn:", "aws:", "s3"]);
        check("x arn:aws", 4, &["x", "arn:", "aws"]);
        check("👩\u{200d}💻👩\u{200d}💻", 3, &["👩\u{200d}💻", "👩\u{200d}💻"]);
    }

    #[test]
    fn wide_characters_count_two_columns_and_break_anywhere() {
        check("日本語の問題", 5, &["日本", "語の", "問題"]);
        check("S3は日本", 4, &["S3は", "日本"]);
    }

    #[test]
    fn a_change_of_style_inside_a_word_does_not_break_it() {
        let runs = [Span::raw("un"), Span::styled("scored", Style::new().bold()), Span::raw(" items")];
        let texts: Vec<String> = wrap(&runs, 8).iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["unscored", "items"]);
    }

    #[test]
    fn a_clipped_text_ends_in_an_ellipsis() {
        assert_eq!(clip("Cloud Practitioner", 8), "Cloud P…");
        assert_eq!(clip("Cloud", 5), "Cloud");
        assert_eq!(clip("日本語", 4), "日…");
        assert_eq!(clip("Cloud", 0), "");
    }

    #[test]
    fn chopping_keeps_every_blank() {
        let texts: Vec<String> = chop("  a  b", Style::new(), 4).iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["  a ", " b"]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_letter_is_lost(text in "[a-z日本 é]{0,80}", width in 2_usize..20) {
            let lines = lines(&text, width);
            for line in &lines {
                prop_assert!(width_of(line) <= width);
            }
            let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(letters(&lines.concat()), letters(&text));
        }
    }
}
