//! From HTML to the small Markdown of decks.

use crate::exchange::entities::reference;
use crate::exchange::escape::escaped;

/// Elements that people use in questions; a text with one of them is HTML.
const KNOWN: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "body",
    "br",
    "center",
    "code",
    "dd",
    "del",
    "div",
    "dl",
    "dt",
    "em",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "html",
    "i",
    "img",
    "kbd",
    "li",
    "ol",
    "p",
    "pre",
    "samp",
    "script",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
];

/// Elements whose content nobody reads.
const SILENT: &[&str] = &["script", "style", "head", "title", "template", "noscript", "object", "iframe"];

/// Deepest nesting of lists and emphasis that is kept.
const MAX_DEPTH: usize = 32;

/// A text in Markdown, and what of it could not be.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::exchange) struct Converted {
    pub(in crate::exchange) text: String,
    /// Pictures and sounds, of which only a word in brackets is left.
    pub(in crate::exchange) n_media: usize,
}

/// Tells whether a text has an element of HTML in it.
pub(in crate::exchange) fn is_html(text: &str) -> bool {
    let mut n_ticks = 0;
    let mut seen = 0;
    text.match_indices('<').any(|(at, _)| {
        // What stands in code is shown as it is.
        n_ticks += text[seen..at].matches('`').count();
        seen = at;
        if n_ticks % 2 == 1 {
            return false;
        }
        let after = &text[at + 1..];
        let after = after.strip_prefix('/').unwrap_or(after);
        let n_letters = after.bytes().take(11).take_while(u8::is_ascii_alphanumeric).count();
        let name = after[..n_letters].to_ascii_lowercase();
        let is_end = after[n_letters..].starts_with(['>', '/', ' ', '\n', '\t']);
        is_end && KNOWN.contains(&name.as_str()) && after[n_letters..].contains('>')
    })
}

/// Turns HTML into Markdown: emphasis, code, lists, line ends and paragraphs stay, everything else leaves its text.
///
/// Takes time in proportion to the length of the text, whatever is in it.
pub(in crate::exchange) fn to_markdown(html: &str) -> Converted {
    let mut page = Page::default();
    let mut rest = html;
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix("<!--") {
            // A comment that is not closed swallows nothing.
            rest = after.split_once("-->").map_or(after, |(_, after)| after);
        } else if let Some((tag, after)) = Tag::at_start(rest) {
            rest = page.tag(&tag, after);
        } else {
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let end = rest[first..].find('<').map_or(rest.len(), |at| first + at);
            page.html_text(&rest[..end]);
            rest = &rest[end..];
        }
    }
    page.finish()
}

/// A tag with the attributes as they are written.
struct Tag<'t> {
    name: String,
    attributes: &'t str,
    is_end: bool,
}

impl<'t> Tag<'t> {
    /// Reads a tag; `None` if the `<` is just a sign.
    fn at_start(text: &'t str) -> Option<(Tag<'t>, &'t str)> {
        let inside = text.strip_prefix('<')?;
        let (inside, is_end) = inside.strip_prefix('/').map_or((inside, false), |inside| (inside, true));
        if let Some(after) = inside.strip_prefix(['!', '?']) {
            let (_, after) = after.split_once('>')?;
            return Some((Tag { name: String::new(), attributes: "", is_end: false }, after));
        }
        let n_name = inside.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b"-:".contains(byte)).count();
        if n_name == 0 || !inside.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let end = end_of_tag(&inside[n_name..])?;
        let name = inside[..n_name].rsplit(':').next().unwrap_or_default().to_ascii_lowercase();
        let attributes = &inside[n_name..n_name + end];
        Some((Tag { name, attributes, is_end }, &inside[n_name + end + 1..]))
    }

    fn attribute(&self, wanted: &str) -> Option<String> {
        let lower = self.attributes.to_ascii_lowercase();
        let at = lower.match_indices(wanted).map(|(at, _)| at).find(|at| {
            let is_start = lower[..*at].ends_with(|c: char| c.is_ascii_whitespace() || c == '"' || c == '\'');
            is_start && lower[at + wanted.len()..].trim_start().starts_with('=')
        })?;
        let value = self.attributes[at + wanted.len()..].trim_start().strip_prefix('=')?.trim_start();
        let value = match value.chars().next()? {
            quote @ ('"' | '\'') => value[1..].split(quote).next().unwrap_or_default(),
            _ => value.split(|c: char| c.is_ascii_whitespace()).next().unwrap_or_default(),
        };
        Some(decoded(value))
    }
}

/// Longest tag in bytes: pictures within the text are long.
const MAX_TAG: usize = 64 << 20;

/// The place of the `>` that closes a tag, past quoted attributes.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in text.bytes().enumerate().take(MAX_TAG) {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            // Another tag begins: this was none.
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if byte == open => quote = None,
            _ => {}
        }
    }
    // A quotation mark that stands alone is no quotation.
    text.find('>').filter(|at| !text[..*at].contains('<'))
}

/// The text of an attribute or of code: references become characters.
fn decoded(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        let (c, n_bytes) = reference(rest).unwrap_or(('&', 1));
        plain.push(if c == '\u{a0}' { ' ' } else { c });
        rest = &rest[n_bytes..];
    }
    plain + rest
}

/// Strong text or emphasis that is open.
struct Open {
    mark: &'static str,
    state: OpenState,
}

/// What has become of a mark that opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OpenState {
    /// There is nothing to mark yet.
    Waiting,
    /// It stands here in the text.
    Written(usize),
    /// Within a word Markdown would not see it, so there is none.
    Silent,
}

/// Signs after which a mark opens, besides blanks.
const OPENERS: &str = "([{\"'“‘-–—/\n\\";

#[derive(Default)]
struct Page {
    text: String,
    open: Vec<Open>,
    /// Where the marks of strong text and emphasis stand that were closed at the end of the text, and how long they are.
    closed: Vec<(usize, usize, usize)>,
    lists: Vec<Option<usize>>, // the next number, or `None` for dots
    /// Code that is gathered, and whether it is a block.
    code: Option<(String, bool)>,
    has_gap: bool,
    n_breaks: usize, // line ends that are owed before the next text: 1 a line, 2 a paragraph
    is_hard: bool,   // whether a line end that is owed was asked for
    silent: usize,
    link: Option<String>,
    n_media: usize,
}

impl Page {
    /// Obeys a tag and returns what is left to read.
    fn tag<'t>(&mut self, tag: &Tag<'t>, after: &'t str) -> &'t str {
        let name = tag.name.as_str();
        if SILENT.contains(&name) {
            self.silent = if tag.is_end { self.silent.saturating_sub(1) } else { self.silent + 1 };
            return after;
        }
        if self.silent > 0 {
            return after;
        }
        match name {
            "br" if self.code.is_some() => self.code_text("\n"),
            "br" => self.line_end(),
            "p" | "blockquote" | "table" | "dl" | "hr" => self.block(2),
            "div" | "tr" | "dt" | "dd" | "center" | "body" => self.block(1),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                if tag.is_end {
                    self.close("**");
                }
                self.block(2);
                if !tag.is_end {
                    self.open("**");
                }
            }
            "b" | "strong" if !tag.is_end => self.open("**"),
            "i" | "em" | "var" if !tag.is_end => self.open("*"),
            "b" | "strong" => self.close("**"),
            "i" | "em" | "var" => self.close("*"),
            "code" | "kbd" | "tt" | "samp" | "pre" => self.code_tag(name == "pre", tag.is_end),
            "ul" | "ol" | "li" => self.list_tag(name, tag.is_end),
            "td" | "th" if !tag.is_end && self.n_breaks == 0 && !self.text.is_empty() => self.raw(" | "),
            "sup" if !tag.is_end => self.raw("^"),
            "img" => self.picture(tag),
            "audio" | "video" | "embed" if !tag.is_end => self.picture(tag),
            "a" if !tag.is_end => self.link = tag.attribute("href").filter(|link| link.starts_with("http")),
            "a" => {
                if let Some(link) = self.link.take().filter(|link| !self.text.trim_end().ends_with(link.as_str())) {
                    self.inline_text(&format!(" ({link})"));
                }
            }
            _ => {}
        }
        after
    }

    fn html_text(&mut self, html: &str) {
        if self.silent == 0 {
            self.inline_text(&decoded(html));
        }
    }

    /// Adds words; runs of blanks count as one.
    fn inline_text(&mut self, plain: &str) {
        if self.code.is_some() {
            self.code_text(plain);
            return;
        }
        let blank = |c: char| c.is_ascii_whitespace() || c == '\u{a0}';
        for (idx, word) in plain.split(blank).enumerate() {
            self.has_gap |= idx > 0;
            if !word.is_empty() {
                self.word(word);
            }
        }
    }

    fn word(&mut self, word: &str) {
        self.unmark_within_word(word);
        self.before_text();
        let word = escaped(word, &self.text);
        self.text.push_str(&word);
    }

    /// Adds signs that are Markdown.
    fn raw(&mut self, signs: &str) {
        self.before_text();
        self.text.push_str(signs);
    }

    /// Writes what is owed before a text: line ends, a blank, marks.
    fn before_text(&mut self) {
        if self.text.is_empty() {
            self.n_breaks = 0;
        }
        let indent = "  ".repeat(self.lists.len().saturating_sub(1));
        match self.n_breaks {
            0 if self.has_gap && !self.text.is_empty() && !self.text.ends_with(['\n', ' ']) => self.text.push(' '),
            0 => {}
            1 if self.is_hard && !self.text.ends_with('\n') => self.text.push_str(&format!("\\\n{indent}")),
            1 => self.text.push('\n'),
            _ => self.text.push_str("\n\n"),
        }
        self.has_gap = false;
        self.n_breaks = 0;
        self.is_hard = false;
        let can_open = self.text.chars().next_back().is_none_or(|c| c == ' ' || OPENERS.contains(c));
        for open in &mut self.open {
            if open.state == OpenState::Waiting {
                open.state = if can_open { OpenState::Written(self.text.len()) } else { OpenState::Silent };
                self.text.push_str(if can_open { open.mark } else { "" });
            }
        }
    }

    /// Takes back the marks of a text that turns out to end within a word.
    fn unmark_within_word(&mut self, word: &str) {
        let closed = std::mem::take(&mut self.closed);
        let is_within = self.n_breaks == 0 && !self.has_gap && word.starts_with(char::is_alphanumeric);
        let mut opened = Vec::new();
        for (open, close, n_mark) in closed.into_iter().rev() {
            if is_within && close + n_mark == self.text.len() {
                self.text.truncate(close);
                opened.push((open, n_mark));
            }
        }
        // From the back, so that the places before stay what they are.
        opened.sort_unstable();
        for (open, n_mark) in opened.into_iter().rev() {
            self.text.replace_range(open..open + n_mark, "");
        }
    }

    /// Writes the mark that closes, if the one that opens was written.
    fn end_mark(&mut self, open: &Open) {
        if let OpenState::Written(at) = open.state {
            self.closed.push((at, self.text.len(), open.mark.len()));
            self.text.push_str(open.mark);
        }
    }

    fn line_end(&mut self) {
        self.has_gap = false;
        self.n_breaks = (self.n_breaks + 1).min(2);
        self.is_hard = true;
        if self.n_breaks == 2 {
            // An empty line begins a paragraph.
            self.pause();
        }
    }

    fn block(&mut self, n_breaks: usize) {
        self.has_gap = false;
        self.n_breaks = self.n_breaks.max(n_breaks);
        self.is_hard |= n_breaks == 1 && self.lists.is_empty();
        if n_breaks == 2 {
            // Emphasis does not reach over a paragraph.
            self.pause();
        }
    }

    /// Closes marks and leaves them to be opened again before the next word.
    fn pause(&mut self) {
        for mut open in std::mem::take(&mut self.open).into_iter().rev() {
            self.end_mark(&open);
            open.state = OpenState::Waiting;
            self.open.insert(0, open);
        }
        for idx in 1..self.open.len() {
            if self.open[..idx].iter().any(|outer| outer.mark == self.open[idx].mark) {
                self.open[idx].state = OpenState::Silent;
            }
        }
        self.closed.clear();
    }

    fn open(&mut self, mark: &'static str) {
        if self.code.is_none() && self.open.len() < MAX_DEPTH {
            // Strong within strong is no stronger.
            let is_open = self.open.iter().any(|open| open.mark == mark);
            self.open.push(Open { mark, state: if is_open { OpenState::Silent } else { OpenState::Waiting } });
        }
    }

    fn close(&mut self, mark: &str) {
        let Some(idx) = self.open.iter().rposition(|open| open.mark == mark) else { return };
        // What was opened later is closed with it; marks cannot overlap.
        for closed in self.open.split_off(idx).iter().rev() {
            self.end_mark(closed);
        }
    }

    fn code_tag(&mut self, is_block: bool, is_end: bool) {
        match (&mut self.code, is_end) {
            (None, false) => {
                if is_block {
                    self.block(2);
                }
                self.code = Some((String::new(), is_block));
            }
            // `<pre><code>` is one block.
            (Some((_, true)), _) if !is_block => {}
            (Some((_, true)), false) | (None, true) => {}
            (Some((_, kind)), false) => *kind |= is_block,
            (Some(_), true) => self.end_code(),
        }
    }

    fn code_text(&mut self, plain: &str) {
        if let Some((code, _)) = &mut self.code {
            code.push_str(plain);
        }
    }

    fn end_code(&mut self) {
        let Some((code, is_block)) = self.code.take() else { return };
        let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
        if is_block {
            let fence = "`".repeat(longest.max(2) + 1);
            let code = code.trim_matches('\n').trim_end();
            if !code.is_empty() {
                self.block(2);
                let marks = std::mem::take(&mut self.open);
                self.raw(&format!("{fence}\n{code}\n{fence}"));
                self.open = marks;
                self.block(2);
            }
            return;
        }
        let words = code.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.is_empty() {
            self.has_gap |= !code.is_empty();
            return;
        }
        self.has_gap |= code.starts_with(|c: char| c.is_whitespace());
        let fence = "`".repeat(longest + 1);
        let pad = if words.starts_with('`') || words.ends_with('`') { " " } else { "" };
        // Two codes without a blank between them would be one.
        self.has_gap |= self.text.ends_with('`');
        self.raw(&format!("{fence}{pad}{words}{pad}{fence}"));
        self.has_gap = code.ends_with(|c: char| c.is_whitespace());
    }

    fn list_tag(&mut self, name: &str, is_end: bool) {
        match (name, is_end) {
            ("li", false) => {
                let depth = self.lists.len().saturating_sub(1);
                let mark = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        *number += 1;
                        format!("{}. ", *number - 1)
                    }
                    _ => "- ".to_owned(),
                };
                self.pause();
                if self.n_breaks < 2 {
                    self.n_breaks = 1;
                }
                self.is_hard = false;
                if depth > 0 {
                    self.n_breaks = 1;
                }
                let marks = std::mem::take(&mut self.open);
                self.raw(&format!("{}{mark}", "   ".repeat(depth)));
                self.open = marks;
            }
            ("li", true) => self.block(1),
            (_, true) => {
                self.lists.pop();
                self.block(if self.lists.is_empty() { 2 } else { 1 });
            }
            (_, false) => {
                self.block(if self.lists.is_empty() { 2 } else { 1 });
                if self.lists.len() < MAX_DEPTH {
                    self.lists.push((name == "ol").then_some(1));
                }
            }
        }
    }

    fn picture(&mut self, tag: &Tag<'_>) {
        self.n_media += 1;
        let source = tag.attribute("src").unwrap_or_default();
        let file = source.rsplit('/').next().unwrap_or_default();
        let is_inline = source.starts_with("data:");
        let words = tag.attribute("alt").filter(|alt| !alt.trim().is_empty());
        let words = words.or_else(|| (!is_inline && !file.is_empty()).then(|| file.to_owned()));
        let words: String = words.unwrap_or_else(|| "not shown".to_owned()).chars().take(120).collect();
        self.inline_text(&format!(" [{}: {}] ", if tag.name == "img" { "image" } else { "media" }, words.trim()));
    }

    fn finish(mut self) -> Converted {
        self.end_code();
        self.pause();
        Converted { text: self.text.trim().to_owned(), n_media: self.n_media }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(to_markdown(html).text, expected, "{html}");
    }

    #[test]
    fn emphasis_and_line_ends_stay() {
        check("What is <b>S3</b>?", "What is **S3**?");
        check("<p>First.</p>\n<p>Second<br/>line.</p>", "First.\n\nSecond\\\nline.");
        check("one<br>two<br><br>three", "one\\\ntwo\n\nthree");
        check("<b>ab<br><br>1</b>", "**ab**\n\n**1**");
        check("<b> spaced </b>out <i>and</i><b></b>", "**spaced** out *and*");
        check("<div>one</div><div>two</div>", "one\\\ntwo");
        check("<b>a<p>b</p>c</b>", "**a**\n\n**b**\n\n**c**");
        check("10<sup>6</sup>", "10^6");
    }

    #[test]
    fn code_and_lists_stay() {
        check("Run <code>ls -l</code> now", "Run `ls -l` now");
        check("<pre><code>if a &lt; b:\n    go()\n</code></pre>then", "```\nif a < b:\n    go()\n```\n\nthen");
        check("<code>a`b</code>", "``a`b``");
        check("Pick:<ul><li>one</li><li>two <b>x</b></li></ul>Done", "Pick:\n\n- one\n- two **x**\n\nDone");
        check("<ol><li>a<li>b</ol>", "1. a\n2. b");
    }

    #[test]
    fn words_that_look_like_markdown_are_escaped() {
        check("2 * 3 and a*b*c", "2 * 3 and a\\*b\\*c");
        check("snake_case_name and _x_", "snake_case_name and \\_x\\_");
        check("1. first", "1\\. first");
        check("# no heading", "\\# no heading");
        check("if a &lt; b and x &lt;y&gt;", "if a < b and x \\<y>");
    }

    #[test]
    fn what_cannot_be_shown_leaves_a_word() {
        assert_eq!(
            to_markdown("See <img src=\"img/net%20plan.png\" alt=''> and <img src='data:image/png;base64,AAAA'>"),
            Converted { text: "See [image: net%20plan.png] and [image: not shown]".to_owned(), n_media: 2 }
        );
        check("<a href=\"https://example.org/x\">the docs</a>", "the docs (https://example.org/x)");
        check("<script>alert(1)</script>ok<style>p{}</style>", "ok");
        check("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>", "a | b\\\nc | d");
    }

    #[test]
    fn signs_that_are_no_tags_stay() {
        check("a < b", "a < b");
        check("x <- y", "x <- y");
        check("<b>never closed", "**never closed**");
        check("<!-- gone -->here", "here");
        assert!(!is_html("if a < b and c > d then vector<int>"));
        assert!(is_html("one<br>two") && is_html("<P class=x>y</P>") && !is_html("<bold>"));
    }
}
