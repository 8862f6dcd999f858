//! HTML that holds what it is given and nothing else: every text is escaped, no element bears a text as an attribute.

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::base::SafeText;

/// Makes a text safe to stand between tags or in a quoted attribute. Characters that are hidden or reorder their
/// neighbours become visible, as [`SafeText`] makes them.
pub(in crate::render) fn escape(text: &str) -> String {
    let text = SafeText::new(text);
    let mut escaped = String::with_capacity(text.as_str().len());
    for c in text.as_str().chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Makes a sentence safe, as [`escape`] does; what stands between backquotes becomes code.
pub(in crate::render) fn sentence(text: &str) -> String {
    let text = escape(text);
    let (mut html, mut rest) = (String::with_capacity(text.len()), text.as_str());
    while let Some((before, quoted)) = rest.split_once('`')
        && let Some((code, after)) = quoted.split_once('`')
    {
        html.push_str(&format!("{before}<code>{code}</code>"));
        rest = after;
    }
    html + rest
}

/// Puts a page together that loads nothing and runs nothing. `style` and `body` are HTML as they stand.
pub(in crate::render) fn page(title: &str, style: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escape(title),
    )
}

/// Turns the small Markdown of decks into HTML.
///
/// Emphasis, strong text, code, lists, quotes, headings and code blocks are understood; anything else, HTML included,
/// is shown as it is written, and of links and images their words.
pub(in crate::render) fn markdown(source: &str) -> String {
    let mut html = String::new();
    for event in Parser::new(source) {
        match event {
            Event::Start(tag) => html.push_str(&opening(&tag)),
            Event::End(end) => html.push_str(closing(end)),
            Event::Text(text) | Event::InlineHtml(text) | Event::Html(text) => html.push_str(&escape(&text)),
            Event::Code(code) | Event::InlineMath(code) | Event::DisplayMath(code) => {
                html.push_str(&format!("<code>{}</code>", escape(&code)));
            }
            Event::SoftBreak => html.push('\n'),
            Event::HardBreak => html.push_str("<br>\n"),
            Event::Rule => html.push_str("<hr>\n"),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }
    html
}

/// Turns Markdown that stands beside other words into HTML: a text of one paragraph comes without its tags.
pub(in crate::render) fn inline_markdown(source: &str) -> String {
    let html = markdown(source);
    let one = html.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>\n"));
    one.filter(|inside| !inside.contains("</p>")).map(str::to_owned).unwrap_or(html)
}

fn opening(tag: &Tag) -> String {
    match tag {
        Tag::Paragraph | Tag::HtmlBlock => "<p>".to_owned(),
        Tag::Heading { .. } => "<p><strong>".to_owned(),
        Tag::BlockQuote(_) => "<blockquote>\n".to_owned(),
        Tag::CodeBlock(_) => "<pre><code>".to_owned(),
        Tag::List(None) => "<ul>\n".to_owned(),
        Tag::List(Some(first_number)) => format!("<ol start=\"{first_number}\">\n"),
        Tag::Item => "<li>".to_owned(),
        Tag::Emphasis => "<em>".to_owned(),
        Tag::Strong => "<strong>".to_owned(),
        _ => String::new(),
    }
}

fn closing(end: TagEnd) -> &'static str {
    match end {
        TagEnd::Paragraph | TagEnd::HtmlBlock => "</p>\n",
        TagEnd::Heading(_) => "</strong></p>\n",
        TagEnd::BlockQuote(_) => "</blockquote>\n",
        TagEnd::CodeBlock => "</code></pre>\n",
        TagEnd::List(false) => "</ul>\n",
        TagEnd::List(true) => "</ol>\n",
        TagEnd::Item => "</li>\n",
        TagEnd::Emphasis => "</em>",
        TagEnd::Strong => "</strong>",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check_escaped(text: &str, expected: &str) {
        assert_eq!(escape(text), expected);
    }

    #[track_caller]
    fn check(source: &str, expected: &str) {
        assert_eq!(markdown(source), expected);
    }

    #[test]
    fn what_html_would_obey_is_escaped() {
        check_escaped("a < b & c > d", "a &lt; b &amp; c &gt; d");
        check_escaped("\"it's\"", "&quot;it&#39;s&quot;");
        check_escaped("&lt;", "&amp;lt;");
        check_escaped("naïve 日本語\nline", "naïve 日本語\nline");
    }

    #[test]
    fn what_hides_or_reorders_becomes_visible() {
        check_escaped("a\u{0}b\u{1b}c", "a␀b␛c");
        check_escaped("user\u{202e}gpj", "user⟨U+202E⟩gpj");
    }

    #[test]
    fn commands_in_a_sentence_become_code() {
        let check = |text: &str, expected: &str| assert_eq!(sentence(text), expected);
        check("Say `a < b` or `c`.", "Say <code>a &lt; b</code> or <code>c</code>.");
        check("a single ` stays, and <b> too", "a single ` stays, and &lt;b&gt; too");
        check("`a` and `", "<code>a</code> and `");
    }

    #[test]
    fn one_paragraph_stands_among_other_words() {
        let check = |source: &str, expected: &str| assert_eq!(inline_markdown(source), expected);
        check("An *object* in `S3`", "An <em>object</em> in <code>S3</code>");
        check("<b>", "&lt;b&gt;");
        check("one\n\ntwo", "<p>one</p>\n<p>two</p>\n");
        check("- one", "<ul>\n<li>one</li>\n</ul>\n");
    }

    #[test]
    fn small_markdown_becomes_elements() {
        check(
            "Which is **not** a `t3` *trait*?",
            "<p>Which is <strong>not</strong> a <code>t3</code> <em>trait</em>?</p>\n",
        );
        check("one\ntwo  \nthree", "<p>one\ntwo<br>\nthree</p>\n");
        check("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n");
        check("3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n");
        check("```json\n{\"a\": 1}\n```", "<pre><code>{&quot;a&quot;: 1}\n</code></pre>\n");
        check("> said", "<blockquote>\n<p>said</p>\n</blockquote>\n");
        check("# Big\n\n---", "<p><strong>Big</strong></p>\n<hr>\n");
    }

    #[test]
    fn html_links_and_images_are_words() {
        check("Use <bucket> here", "<p>Use &lt;bucket&gt; here</p>\n");
        check("<script>alert(1)</script>", "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\n");
        check("[more](javascript:alert(1)) ![a cat](https://example.org/cat.png)", "<p>more a cat</p>\n");
        check("a&#60;b&#x202e;c", "<p>a&lt;b⟨U+202E⟩c</p>\n");
    }

    proptest! {
        #[test]
        fn nothing_but_the_known_elements_comes_out(source in r#"([a-z`*_<>"'&/=!\[\]() \n\-0-9.#;]|<script>|<img src=x onerror=y>|&#60;){0,80}"#) {
            let known = [
                "p", "strong", "em", "code", "pre", "ul", "ol", "li", "blockquote", "br", "hr",
            ];
            let html = markdown(&source);
            for tag in html.split('<').skip(1) {
                let (tag, _) = tag.split_once('>').expect("a whole tag");
                let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
                prop_assert!(known.contains(&name), "{}", tag);
                prop_assert!(tag == name || tag.starts_with('/') || tag.starts_with("ol start=\""), "{}", tag);
            }
        }
    }
}
