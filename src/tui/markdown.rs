//! The small Markdown of decks, as lines for the screen.

use pulldown_cmark::{CowStr, Event, Parser, Tag, TagEnd};
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::base::SafeText;
use crate::tui::theme::Theme;
use crate::tui::wrap::{chop, width_of, wrap};

/// Lays out `source` in lines of at most `width` columns.
///
/// Emphasis, strong text, code, lists, quotes, headings and code blocks are understood; anything else, HTML included,
/// is shown as it is written. Every piece of text passes through [`SafeText`] after entities are resolved, so
/// `&#27;` is as harmless as the character itself. Empty text gives no line.
pub(crate) fn lay_out(source: &str, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    lay_out_after(Vec::new(), source, width, theme)
}

/// Lays out `source` with the runs of `lead` at the head of its first paragraph.
pub(crate) fn lay_out_after(lead: Vec<Span<'static>>, source: &str, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut page = Page { theme, width, lines: Vec::new(), runs: lead, indents: Vec::new(), lists: Vec::new() };
    let mut voices: Vec<Style> = Vec::new();
    let mut is_in_code_block = false;
    for event in Parser::new(source) {
        let voice = voices.iter().fold(theme.text, |style, own| style.patch(*own));
        match event {
            Event::Start(tag) => match tag {
                Tag::Emphasis => voices.push(theme.emphasis),
                Tag::Strong | Tag::Heading { .. } => voices.push(theme.strong),
                Tag::CodeBlock(_) => {
                    page.end_paragraph();
                    page.begin_block();
                    is_in_code_block = true;
                }
                other => page.start(&other),
            },
            Event::End(end) => match end {
                TagEnd::Emphasis | TagEnd::Strong => drop(voices.pop()),
                TagEnd::Heading(_) => {
                    voices.pop();
                    page.end_paragraph();
                }
                TagEnd::CodeBlock => is_in_code_block = false,
                other => page.end(other),
            },
            Event::Text(text) if is_in_code_block => page.code_lines(&text),
            Event::Text(text) | Event::InlineHtml(text) => page.text(&text, voice),
            Event::Html(text) => page.html(&text, voice),
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                page.text(&code, voice.patch(theme.code));
            }
            Event::SoftBreak => page.runs.push(Span::styled(" ", voice)),
            Event::HardBreak => page.runs.push(Span::styled("\n", voice)),
            Event::Rule => page.rule(),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }
    page.end_paragraph();
    page.lines
}

struct Page<'t> {
    theme: &'t Theme,
    width: usize,
    lines: Vec<Line<'static>>,
    runs: Vec<Span<'static>>,
    indents: Vec<Indent>,
    lists: Vec<Option<u64>>,
}

/// What stands before the lines of a list item or quote.
struct Indent {
    /// Before its first line; taken once.
    first: Option<String>,
    /// Before every other line.
    rest: String,
}

impl Page<'_> {
    fn start(&mut self, tag: &Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.begin_block(),
            Tag::BlockQuote(_) => {
                self.begin_block();
                self.indents.push(Indent { first: None, rest: "│ ".to_owned() });
            }
            Tag::List(first_number) => {
                self.end_paragraph();
                self.begin_block();
                self.lists.push(*first_number);
            }
            Tag::Item => {
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    Some(None) | None => "• ".to_owned(),
                };
                let rest = " ".repeat(width_of(&marker));
                self.indents.push(Indent { first: Some(marker), rest });
            }
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.end_paragraph(),
            TagEnd::Item | TagEnd::BlockQuote(_) => {
                self.end_paragraph();
                self.indents.pop();
            }
            TagEnd::List(_) => drop(self.lists.pop()),
            _ => {}
        }
    }

    /// Sets a blank line before a block; items of a list stay together.
    fn begin_block(&mut self) {
        if !self.lines.is_empty() && self.lists.is_empty() {
            self.lines.push(Line::default());
        }
    }

    fn text(&mut self, text: &CowStr<'_>, style: Style) {
        let safe = SafeText::new(text).as_str().replace('\n', " ");
        self.runs.push(Span::styled(safe, style));
    }

    fn html(&mut self, text: &str, style: Style) {
        let safe = SafeText::new(text);
        self.runs.push(Span::styled(safe.as_str().trim_end_matches('\n').to_owned(), style));
        self.end_paragraph();
    }

    fn end_paragraph(&mut self) {
        if self.runs.is_empty() {
            return;
        }
        let runs = std::mem::take(&mut self.runs);
        let lines = wrap(&runs, self.text_width());
        self.push(lines);
    }

    fn code_lines(&mut self, text: &str) {
        let safe = SafeText::new(text);
        for line in safe.as_str().trim_end_matches('\n').split('\n') {
            let mut rows = chop(line, self.theme.code, self.text_width().saturating_sub(2));
            for row in &mut rows {
                row.spans.insert(0, Span::raw("  "));
            }
            self.push(rows);
        }
    }

    fn rule(&mut self) {
        self.begin_block();
        let rule = "─".repeat(self.text_width());
        self.push(vec![Line::styled(rule, self.theme.dim)]);
    }

    /// Columns left for text; however deep lists and quotes go, half of the page is left.
    fn text_width(&self) -> usize {
        let indent: usize = self.shown_indents().map(|indent| width_of(&indent.rest)).sum();
        self.width.saturating_sub(indent).max(1)
    }

    fn n_shown_indents(&self) -> usize {
        let widths = self.indents.iter().map(|indent| width_of(&indent.rest));
        let sums = widths.scan(0, |sum, width| {
            *sum += width;
            Some(*sum)
        });
        sums.take_while(|sum| *sum <= self.width / 2).count()
    }

    fn shown_indents(&self) -> impl Iterator<Item = &Indent> {
        self.indents.iter().take(self.n_shown_indents())
    }

    fn push(&mut self, lines: Vec<Line<'static>>) {
        let n_shown = self.n_shown_indents();
        for mut line in lines {
            let indents = self.indents.iter_mut().take(n_shown);
            let before: String = indents.map(|indent| indent.first.take().unwrap_or(indent.rest.clone())).collect();
            if !before.is_empty() {
                line.spans.insert(0, Span::styled(before, self.theme.dim));
            }
            self.lines.push(line);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(source: &str, width: usize) -> Vec<String> {
        lay_out(source, width, &Theme::without_colour()).iter().map(ToString::to_string).collect()
    }

    #[track_caller]
    fn check(source: &str, expected: &[&str]) {
        assert_eq!(texts(source, 20), expected);
    }

    #[test]
    fn paragraphs_are_filled_and_set_apart() {
        check("One sentence\nof two lines.\n\nAnother.", &["One sentence of two", "lines.", "", "Another."]);
        check("a  \nb", &["a", "b"]);
        check("", &[]);
    }

    #[test]
    fn emphasis_strong_text_and_code_keep_their_words() {
        check("Which is **not** a `t3.micro` *trait*?", &["Which is not a", "t3.micro trait?"]);
        let lines = lay_out("**not** `x`", 20, &Theme::without_colour());
        let theme = Theme::without_colour();
        assert_eq!(lines[0].spans[0], Span::styled("not", theme.strong));
        assert_eq!(lines[0].spans[2], Span::styled("x", theme.code));
    }

    #[test]
    fn lists_hang_and_nest() {
        check(
            "Steps:\n\n1. first of the long steps\n2. two",
            &["Steps:", "", "1. first of the long", "   steps", "2. two"],
        );
        check("- a\n  - b\n- c", &["• a", "  • b", "• c"]);
        check("- a\n\n  more\n\n- c", &["• a", "  more", "• c"]);
    }

    #[test]
    fn code_blocks_keep_their_blanks_and_quotes_their_bar() {
        check("```json\n{\n  \"a\": 1\n}\n```\nafter", &["  {", "    \"a\": 1", "  }", "", "after"]);
        check("> said\n> so", &["│ said so"]);
    }

    #[test]
    fn html_is_text_and_placeholders_survive() {
        check("Use <bucket> here", &["Use <bucket> here"]);
        check("<b>\n\ntext", &["<b>", "", "text"]);
    }

    #[test]
    fn entities_cannot_smuggle_controls() {
        check("a&#27;[2Jb", &["a␛[2Jb"]);
        check("x&#x202e;y", &["x⟨U+202E⟩y"]);
        check("`\u{1b}]0;t\u{7}`", &["␛]0;t␇"]);
    }

    #[test]
    fn a_lead_stands_at_the_head_of_the_first_paragraph() {
        let lead = vec![Span::raw("Right. ")];
        let lines = lay_out_after(lead, "Because it is so.", 20, &Theme::without_colour());
        assert_eq!(lines[0].to_string(), "Right. Because it is");
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_page_and_no_control_comes_out(
            source in r"([a-z`*_> \n\-0-9.#&;<\x1b日\t]|&#27;){0,120}",
            width in 8_usize..40,
        ) {
            for line in texts(&source, width) {
                prop_assert!(width_of(&line) <= width, "{line:?}");
                prop_assert!(!line.chars().any(char::is_control));
            }
        }
    }
}
