//! Choices that do not go on from the stem.

use crate::deck::lint::rule::{Example, Found, Part, Rule, Severity, rule};
use crate::deck::lint::view::ItemView;
use crate::deck::lint::words::Words;

pub(super) const ARTICLE_CUE: Rule = rule(
    "D206",
    Severity::Warning,
    "every choice fits the article that the stem ends with",
    Example {
        reason: "A stem that ends with `an` rules out every choice that begins with a consonant.",
        bad: "- {stem: A file of settings is read by an, right: interpreter, wrong: [compiler, linker]}\n",
        good: "- {stem: A file of settings is read by, right: an interpreter, wrong: [a compiler, a linker]}\n",
    },
);

pub(super) const NUMBER_CUE: Rule = rule(
    "D207",
    Severity::Warning,
    "every choice fits the number of the verb that the stem ends with",
    Example {
        reason: "After `are` a single thing is ruled out by grammar alone, after `is` several things are.",
        bad: "- {stem: The parts of a request are, right: a method and headers, wrong: [headers and cookies, a port]}\n",
        good: "- {stem: What does a request begin with?, right: a method, wrong: [a cookie, a port]}\n",
    },
);

pub(super) fn check(view: &ItemView<'_>, found: &mut Found) {
    let Some(last) = view.question().and_then(|question| last_word(&question.stem)) else { return };
    match last.as_str() {
        "a" | "an" => {
            for (idx, choice) in view.choices.iter().enumerate() {
                let Some(wanted) = article(choice.text).filter(|wanted| *wanted != last) else { continue };
                let message = format!("the stem ends with `{last}`, but this choice needs `{wanted}`");
                view.say(found, &ARTICLE_CUE, Part::Choice(idx), message, "move the article into the choices");
            }
        }
        "is" | "was" | "are" | "were" => {
            let is_plural = matches!(last.as_str(), "are" | "were");
            for (idx, choice) in view.choices.iter().enumerate() {
                let Some(fits) = fits(&choice.words, is_plural) else { continue };
                if !fits {
                    let message = format!("after `{last}` this choice is ruled out by grammar");
                    view.say(found, &NUMBER_CUE, Part::Choice(idx), message, "ask a whole question in the stem");
                }
            }
        }
        _ => {}
    }
}

/// The last word of a stem that the choices are to complete; `None` if it is a question or a sentence.
fn last_word(stem: &str) -> Option<String> {
    let open = stem.trim_end().trim_end_matches(['_', '.', '…', ':', ' ']);
    if open.ends_with(['?', '!', ')', '"', '\'', '`', '*']) {
        return None;
    }
    open.rsplit(char::is_whitespace).next().map(str::to_ascii_lowercase)
}

/// The article that a text needs; `None` where that is hard to tell.
fn article(text: &str) -> Option<&'static str> {
    let word: String =
        text.trim_start_matches(['*', '_', '"', '`']).chars().take_while(|c| c.is_alphanumeric()).collect();
    let lower = word.to_ascii_lowercase();
    let first = word.chars().next()?;
    if first.is_ascii_digit() {
        let is_vowel = first == '8' || ((word.starts_with("11") || word.starts_with("18")) && word.len() == 2);
        return Some(if is_vowel { "an" } else { "a" });
    }
    let n_capitals = word.chars().filter(|c| c.is_ascii_uppercase() || c.is_ascii_digit()).count();
    if n_capitals >= 2 || word.len() == 1 {
        // Said letter by letter, as EC2 and SQL mostly are; whether one says "a SQL" is not for a rule to settle.
        return match first.to_ascii_uppercase() {
            'A' | 'E' | 'I' | 'O' => Some("an"),
            'B' | 'C' | 'D' | 'G' | 'J' | 'K' | 'P' | 'Q' | 'T' | 'V' | 'W' | 'Y' | 'Z' => Some("a"),
            _ => None,
        };
    }
    let is_odd =
        ["hour", "honest", "honor", "honour", "heir", "uni", "use", "usu", "euro", "one", "once", "ubi", "uti"]
            .iter()
            .any(|start| lower.starts_with(start));
    match first.to_ascii_lowercase() {
        _ if is_odd => None,
        'a' | 'e' | 'i' | 'o' | 'u' => Some("an"),
        c if c.is_ascii_alphabetic() => Some("a"),
        _ => None,
    }
}

/// Tells whether a choice fits the verb; `None` where its first words do not tell.
fn fits(words: &Words, is_plural: bool) -> Option<bool> {
    let lists = words.contains("and");
    match words.get(0)? {
        "a" | "an" | "one" => Some(!is_plural || lists),
        "two" | "three" | "four" | "five" | "several" | "many" | "both" => Some(is_plural),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_article_goes_by_sound_and_is_left_open_where_that_is_hard_to_tell() {
        let check = |text: &str, expected| assert_eq!(article(text), expected, "{text}");
        check("interpreter", Some("an"));
        check("compiler", Some("a"));
        check("EC2 instance", Some("an"));
        check("VPC", Some("a"));
        check("SQL query", None);
        check("user", None);
        check("8-bit number", Some("an"));
    }

    #[test]
    fn only_an_open_stem_has_a_last_word() {
        assert_eq!(last_word("It is read by an ___."), Some("an".to_owned()));
        assert_eq!(last_word("What is it an example of a?"), None);
    }
}
