//! References.

use crate::deck::lint::rule::{Example, Found, Part, Rule, Severity, rule};
use crate::deck::lint::view::ItemView;

pub(super) const BAD_ADDRESS: Rule = rule(
    "D228",
    Severity::Advice,
    "an address among the references is whole",
    Example {
        reason: "An address with a blank or without a name of a machine opens nothing.",
        bad: "- {stem: Which port does HTTPS use?, right: 443, wrong: [80], refs: [\"https:/example.org/ports\"]}\n",
        good: "- {stem: Which port does HTTPS use?, right: 443, wrong: [80], refs: [\"https://example.org/ports\"]}\n",
    },
);

pub(super) const NO_REFS: Rule = rule(
    "D313",
    Severity::Advice,
    "if most questions name where to read more, all do",
    Example {
        reason: "Without a reference nobody can check a question when the subject changes.",
        bad: "- {stem: Which port does HTTPS use?, right: 443, wrong: [80], refs: [\"https://example.org/a\"]}\n\
              - {stem: Which port does SSH use?, right: 22, wrong: [25], refs: [\"https://example.org/b\"]}\n\
              - {stem: Which port does DNS use?, right: 53, wrong: [35]}\n",
        good: "- {stem: Which port does HTTPS use?, right: 443, wrong: [80], refs: [\"https://example.org/a\"]}\n\
               - {stem: Which port does SSH use?, right: 22, wrong: [25], refs: [\"https://example.org/b\"]}\n\
               - {stem: Which port does DNS use?, right: 53, wrong: [35], refs: [\"https://example.org/c\"]}\n",
    },
);

pub(super) fn check(view: &ItemView<'_>, found: &mut Found) {
    for reference in view.item.body.refs().iter().filter(|reference| is_broken(reference)) {
        let shown: String = reference.chars().take(60).collect();
        view.say(found, &BAD_ADDRESS, Part::Whole, format!("`{shown}` is no whole address"), "correct it under `refs`");
    }
}

pub(super) fn check_deck(views: &[ItemView<'_>], found: &mut Found) {
    let questions = || views.iter().filter(|view| view.question().is_some());
    let n_without = questions().filter(|view| view.item.body.refs().is_empty()).count();
    if n_without * 2 >= questions().count() {
        return;
    }
    for view in questions().filter(|view| view.item.body.refs().is_empty()) {
        view.say(
            found,
            &NO_REFS,
            Part::Whole,
            "the question names no reference",
            "add `refs:` with where to read more",
        );
    }
}

/// Tells whether what was meant as an address is none. Titles of books and sections are no addresses.
fn is_broken(reference: &str) -> bool {
    let lower = reference.to_ascii_lowercase();
    let Some(rest) = lower.strip_prefix("http") else { return lower.starts_with("www.") && lower.contains(' ') };
    let rest = rest.strip_prefix('s').unwrap_or(rest);
    match rest.strip_prefix("://") {
        Some(address) => {
            let host = address.split(['/', '?', '#']).next().unwrap_or("");
            !host.contains('.') || host.ends_with('.') || address.contains(char::is_whitespace)
        }
        None => rest.starts_with([':', '/']),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_meant_as_an_address_can_be_a_broken_one() {
        for sound in ["https://example.org/a?b=c", "RFC 9110, section 9", "http status codes, a book"] {
            assert!(!is_broken(sound), "{sound}");
        }
        for broken in ["https:/example.org", "http://", "https://example.org/a b", "https://example"] {
            assert!(is_broken(broken), "{broken}");
        }
    }
}
