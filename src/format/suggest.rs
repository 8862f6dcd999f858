//! How names from a file are quoted, and which known name an unknown one may have meant.

use crate::base::SafeText;

/// Longest quotation in a message, in characters.
const MAX_QUOTED_CHARS: usize = 60;

/// Names longer than this, in bytes, are not typing errors; comparing them would only cost time.
const MAX_NAME_BYTES: usize = 64;

/// More names than this are not searched for a likely one.
const MAX_CANDIDATES: usize = 2000;

/// Puts text from a file into a message: on one line, safe, cut, in backticks.
pub(super) fn quoted(text: &str) -> String {
    // Cutting first keeps the cost small for a text of any length; one character is at most ten when made safe.
    let head: String = text.chars().take(MAX_QUOTED_CHARS).collect();
    let more = if head.len() < text.len() { "…" } else { "" };
    format!("`{}{more}`", SafeText::one_line(&head))
}

/// Returns the candidate that `name` most likely was meant to be, the first of equally likely ones.
pub(super) fn nearest<'c>(name: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    if name.len() > MAX_NAME_BYTES {
        return None;
    }
    let lower = name.to_lowercase();
    let limit = (name.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .take(MAX_CANDIDATES)
        .filter(|candidate| candidate.len() <= MAX_NAME_BYTES)
        .map(|candidate| (strsim::damerau_levenshtein(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Returns `did you mean ...?` if a candidate is near, else `otherwise`.
pub fn did_you_mean<'c>(
    name: &str,
    candidates: impl IntoIterator<Item = &'c str>,
    otherwise: impl FnOnce() -> String,
) -> String {
    nearest(name, candidates).map_or_else(otherwise, |candidate| format!("did you mean {}?", quoted(candidate)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(name: &str, expected: Option<&str>) {
        assert_eq!(nearest(name, ["stem", "choices", "right", "wrong", "why"]), expected);
    }

    #[test]
    fn a_typing_error_finds_its_name_and_a_foreign_word_finds_none() {
        check("stm", Some("stem"));
        check("chioces", Some("choices"));
        check("Right", Some("right"));
        check("answer", None);
        check(&"w".repeat(1000), None);
    }

    #[test]
    fn a_quotation_is_short_safe_and_on_one_line() {
        assert_eq!(quoted("a\n\u{1b}[31m b"), "`a ␛[31m b`");
        assert_eq!(quoted(&"x".repeat(61)), format!("`{}…`", "x".repeat(60)));
    }
}
