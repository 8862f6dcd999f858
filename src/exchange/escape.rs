//! Plain words as Markdown that shows them as they are, and Markdown as HTML.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// Returns `word` so that it is shown as it stands when it is appended to the Markdown `before`.
pub(in crate::exchange) fn escaped(word: &str, before: &str) -> String {
    let mut safe = String::with_capacity(word.len());
    let is_line_start = before.is_empty() || before.trim_end_matches(' ').ends_with('\n');
    let mut previous = before.chars().next_back().unwrap_or(' ');
    let mut chars = word.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let rest = &word[at + c.len_utf8()..];
        let is_first = is_line_start && at == 0;
        let is_sign = match c {
            '`' => true,
            '\\' => next.is_some_and(|next| next.is_ascii_punctuation()),
            // Alone between blanks it is a sign of multiplication.
            '*' => word.len() > 1 || is_first,
            '_' => !(previous.is_alphanumeric() && next.is_some_and(char::is_alphanumeric)),
            '<' => next.is_some_and(|next| next.is_ascii_alphabetic() || "/!?".contains(next)),
            // Markdown knows names that nobody lists here, and makes something of every number.
            '&' => rest.starts_with('#') || rest.split_once(';').is_some_and(|(name, _)| is_name(name)),
            ']' => rest.starts_with(['(', '[', ':']),
            '#' => is_first && word.chars().all(|c| c == '#'),
            '>' => is_first,
            '-' | '+' => is_first && (word.len() == 1 || word.chars().all(|c| c == c_of(word))),
            '=' => is_first && word.chars().all(|c| c == '='),
            '~' => is_first && word.starts_with("~~~"),
            '.' | ')' => {
                let head = &word[..at];
                is_line_start && rest.is_empty() && (1..=9).contains(&at) && head.bytes().all(|b| b.is_ascii_digit())
            }
            _ => false,
        };
        if is_sign {
            safe.push('\\');
        }
        safe.push(c);
        previous = c;
    }
    safe
}

fn is_name(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn c_of(word: &str) -> char {
    word.chars().next().unwrap_or(' ')
}

/// Escapes what HTML and XML would obey.
pub(in crate::exchange) fn escape_xml(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            // XML has no way to write other control characters.
            c if c.is_control() && c != '\n' && c != '\t' => safe.push('\u{fffd}'),
            '\u{fffe}' | '\u{ffff}' => safe.push('\u{fffd}'),
            c => safe.push(c),
        }
    }
    safe
}

/// Turns the small Markdown of decks into HTML that is well-formed XML too. Text of one paragraph stands without `<p>`.
pub(in crate::exchange) fn to_html(markdown: &str) -> String {
    let mut html = String::new();
    for event in Parser::new(markdown) {
        match event {
            Event::Start(tag) => html.push_str(&opening(&tag)),
            Event::End(end) => html.push_str(closing(end)),
            Event::Text(text) | Event::InlineHtml(text) | Event::Html(text) => html.push_str(&escape_xml(&text)),
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                html.push_str(&format!("<code>{}</code>", escape_xml(&code)));
            }
            Event::SoftBreak => html.push(' '),
            Event::HardBreak => html.push_str("<br/>"),
            Event::Rule => html.push_str("<hr/>"),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }
    match html.strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>")) {
        Some(inside) if !inside.contains("<p>") => inside.to_owned(),
        _ => html,
    }
}

fn opening(tag: &Tag) -> String {
    match tag {
        Tag::Paragraph | Tag::HtmlBlock => "<p>".to_owned(),
        Tag::Heading { .. } => "<p><b>".to_owned(),
        Tag::BlockQuote(_) => "<blockquote>".to_owned(),
        Tag::CodeBlock(_) => "<pre><code>".to_owned(),
        Tag::List(None) => "<ul>".to_owned(),
        Tag::List(Some(_)) => "<ol>".to_owned(),
        Tag::Item => "<li>".to_owned(),
        Tag::Emphasis => "<i>".to_owned(),
        Tag::Strong => "<b>".to_owned(),
        _ => String::new(),
    }
}

fn closing(end: TagEnd) -> &'static str {
    match end {
        TagEnd::Paragraph | TagEnd::HtmlBlock => "</p>",
        TagEnd::Heading(_) => "</b></p>",
        TagEnd::BlockQuote(_) => "</blockquote>",
        TagEnd::CodeBlock => "</code></pre>",
        TagEnd::List(false) => "</ul>",
        TagEnd::List(true) => "</ol>",
        TagEnd::Item => "</li>",
        TagEnd::Emphasis => "</i>",
        TagEnd::Strong => "</b>",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::exchange::html::to_markdown;

    #[track_caller]
    fn check(markdown: &str, html: &str) {
        assert_eq!(to_html(markdown), html);
        assert_eq!(to_markdown(html).text, markdown, "and back from {html}");
    }

    #[test]
    fn markdown_becomes_html_and_comes_back() {
        check("What is **S3**?", "What is <b>S3</b>?");
        check("one\\\ntwo", "one<br/>two");
        check("one\n\ntwo", "<p>one</p><p>two</p>");
        check("use `a < b` & *go*", "use <code>a &lt; b</code> &amp; <i>go</i>");
        check("\\&#0; \\&#9 \\&in;", "&amp;#0; &amp;#9 &amp;in;");
        check("- a\n- b", "<ul><li>a</li><li>b</li></ul>");
        check("```\nx = 1\n  y\n```", "<pre><code>x = 1\n  y\n</code></pre>");
    }

    /// What comes back of what was once read is what was read.
    fn comes_back(html: &str) -> Result<(), TestCaseError> {
        let once = to_markdown(html).text;
        prop_assert_eq!(&to_markdown(&to_html(&once)).text, &once);
        Ok(())
    }

    proptest! {
        #[test]
        fn signs_survive_the_way_out_and_back(text in "[a-z0-9 *_`#>+=~.&\\\\!\\[\\]()<;:/-]{0,24}") {
            comes_back(&escape_xml(&text))?;
        }

        #[test]
        fn marks_survive_the_way_out_and_back(
            parts in proptest::collection::vec(prop_oneof![
                Just("ab"), Just(" "), Just("1"), Just(", "), Just("<b>"), Just("</b>"), Just("<i>"), Just("</i>"), Just("<br>"),
                Just("<p>"), Just("<code>x y</code>"), Just("<pre>a\nb</pre>"),
            ], 0..14)
        ) {
            comes_back(&parts.concat())?;
        }
    }
}
