//! What stands in a text and should not: characters that hide, markup that shows, gaps that were never filled.

use crate::base::SafeText;
use crate::deck::lint::rule::{Example, Found, Part, Rule, Severity, rule};
use crate::deck::lint::view::ItemView;

pub(super) const PLACEHOLDER: Rule = rule(
    "D109",
    Severity::Warning,
    "no text is still to be written",
    Example {
        reason: "A gap that was left for later would be shown to a learner as it is.",
        bad: "- {stem: Which port does HTTPS use?, right: 443, wrong: [80, TODO]}\n",
        good: "- {stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n",
    },
);

pub(super) const UNSAFE_TEXT: Rule = rule(
    "D110",
    Severity::Warning,
    "no text has characters that hide, reorder or disguise others",
    Example {
        reason: "Such characters could make a text look like another one or drive a terminal; they are shown as codes.",
        bad: "- {stem: \"Which port does HT\\u200BTPS use?\", right: 443, wrong: [80, 22]}\n",
        good: "- {stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n",
    },
);

pub(super) const MARKUP: Rule = rule(
    "D111",
    Severity::Warning,
    "no text has HTML tags or entities outside of code",
    Example {
        reason: "Text is small Markdown; tags and entities are shown as they stand. Import turns them into text.",
        bad: "- {stem: \"A browser opens a page.<br/>Which port does HTTPS&nbsp;use?\", right: 443, wrong: [80, 22]}\n",
        good: "- {stem: A browser opens a page. Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n",
    },
);

/// Tags that mark up text and are seldom its subject, and entities.
const MARKUPS: [&str; 18] = [
    "<br", "</", "<p>", "<div", "<span", "<b>", "<i>", "<li>", "<ul>", "<strong>", "&nbsp;", "&amp;", "&lt;", "&gt;",
    "&quot;", "&#39;", "&apos;", "&#x27;",
];

pub(super) fn check(view: &ItemView<'_>, found: &mut Found) {
    for (part, text) in view.asked().into_iter().chain(view.explained()) {
        if has_gap(text) {
            let help = "write the text, or keep the item out with `status: draft`";
            view.say(found, &PLACEHOLDER, part, "a text is still to be written", help);
        }
        if hides(text) {
            let help = "delete the characters that are shown as codes";
            let shown: String = SafeText::one_line(text).as_str().chars().take(60).collect();
            view.say(found, &UNSAFE_TEXT, part, format!("hidden characters would be shown as codes: {shown}"), help);
        }
        if let Some(markup) = markup(text) {
            let help = "write plain text or Markdown, or put code in backticks";
            view.say(found, &MARKUP, part, format!("`{markup}` would be shown as it stands"), help);
        }
    }
    for (idx, reference) in view.item.body.refs().iter().enumerate() {
        if hides(reference) {
            let message = format!("reference {} has hidden characters", idx + 1);
            view.say(found, &UNSAFE_TEXT, Part::Whole, message, "delete them");
        }
    }
}

fn has_gap(text: &str) -> bool {
    if !["TODO", "TBD", "FIXME", "???", "orem ipsum"].iter().any(|gap| text.contains(gap)) {
        return false;
    }
    let prose = without_code(text);
    let mut words = prose.split(|c: char| !c.is_alphanumeric());
    words.any(|word| matches!(word, "TODO" | "TBD" | "FIXME")) || prose.contains("???") || prose.contains("orem ipsum")
}

fn hides(text: &str) -> bool {
    // Most text is plain; only the rest needs the careful look.
    if text.bytes().all(|byte| (b' '..0x7f).contains(&byte) || matches!(byte, b'\n' | b'\t' | b'\r')) {
        return false;
    }
    let plain = text.replace('\t', "    ").replace('\r', "");
    let shown = SafeText::new(text);
    shown.as_str() != plain && shown.as_str() != plain.replace(['\u{2028}', '\u{2029}'], "\n")
}

fn markup(text: &str) -> Option<&'static str> {
    if !text.contains(['<', '&']) {
        return None;
    }
    let prose = without_code(text).to_ascii_lowercase();
    MARKUPS.into_iter().find(|markup| prose.contains(markup))
}

/// The text without what stands between backticks.
fn without_code(text: &str) -> String {
    text.split('`').step_by(2).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_may_hold_what_prose_may_not() {
        assert!(has_gap("TODO: write") && !has_gap("What does a `TODO` comment say?") && !has_gap("Todo lists"));
        assert_eq!((markup("a<br/>b"), markup("the `<br/>` tag"), markup("a < b & c")), (Some("<br"), None, None));
    }

    #[test]
    fn accents_and_other_scripts_hide_nothing() {
        for text in ["Größe – “déjà vu” …", "日本語", "tab\there", "naïve 🙂"] {
            assert!(!hides(text), "{text}");
        }
        assert!(hides("a\u{202e}b") && hides("a\u{1b}[31m"));
    }
}
