//! Keys as people write them: `B`, `A, C`, `AC`, `a and c`, `2`, `B) the text`.

use crate::deck::ChoiceSet;

/// Words that stand around the letters and mean nothing.
const FILLERS: &[&str] =
    &["and", "&", "option", "options", "choice", "choices", "answer", "answers", "both", "are", "is"];

/// Reads a key to `texts`, the choices in their order: by letters, by numbers from 1, or by the text of a choice.
pub(in crate::exchange) fn key_of(words: &str, texts: &[String]) -> Option<ChoiceSet> {
    let words = words.trim().trim_matches(|c| matches!(c, '*' | '`' | '"')).trim();
    by_text(words, texts)
        .or_else(|| by_letters(words, texts.len()))
        .or_else(|| leading_key(words, texts.len()).map(|(key, _)| key))
}

/// Tells whether a key of one sign names one choice by its place and another by its text.
pub(in crate::exchange) fn is_ambiguous(words: &str, texts: &[String]) -> bool {
    let by_place = place_of(words.trim(), texts.len());
    let by_text = texts.iter().position(|text| text.trim() == words.trim());
    by_place.is_some() && by_text.is_some() && by_place != by_text
}

/// A choice that is written out; or several, one a line or with bars or semicolons between.
fn by_text(words: &str, texts: &[String]) -> Option<ChoiceSet> {
    let same = |a: &str, b: &str| a.split_whitespace().eq(b.split_whitespace());
    let place = |words: &str| texts.iter().position(|text| same(text, words));
    // A single letter is a text only if no letter is meant: choices `C` and `D` of a question on letters.
    if words.chars().count() > 1
        && let Some(idx) = place(words)
    {
        return Some(ChoiceSet::only(idx));
    }
    ['\n', '|', ';'].iter().find_map(|separator| {
        let parts: Vec<&str> = words.split(*separator).map(str::trim).filter(|part| !part.is_empty()).collect();
        let places: Option<Vec<usize>> = parts.iter().map(|part| place(part)).collect();
        places.filter(|places| places.len() > 1).map(|places| places.into_iter().collect())
    })
}

fn by_letters(words: &str, n_choices: usize) -> Option<ChoiceSet> {
    let is_separator = |c: char| c.is_whitespace() || ",;/+.)(:[]{}".contains(c);
    let parts: Vec<&str> = words.split(is_separator).filter(|part| !part.is_empty() && !is_filler(part)).collect();
    let mut key = ChoiceSet::EMPTY;
    for part in &parts {
        let single = place_of(part, n_choices);
        let several = || part.chars().map(|c| letter(c, n_choices)).collect::<Option<Vec<usize>>>();
        // `AC` and `Ac` are two letters; a letter that comes twice makes it a word.
        let places = match single {
            Some(idx) => vec![idx],
            None => several()?,
        };
        for idx in places {
            if key.contains(idx) {
                return None;
            }
            key = key.with(idx);
        }
    }
    (!key.is_empty()).then_some(key)
}

/// Splits a key from the words behind it: `B. The text of the choice`, `(b) because ..`, `**A, C**. Since ..`
pub(in crate::exchange) fn leading_key(words: &str, n_choices: usize) -> Option<(ChoiceSet, &str)> {
    let is_sign = |c: char| ".):-–—]*\n".contains(c);
    let words = words.trim_start_matches(['(', '[', '*']);
    let (head, rest) = words.split_at(words.find(is_sign)?);
    let rest = rest.trim_start_matches(|c: char| is_sign(c) || c.is_whitespace()).trim_end();
    // Several letters must be written large, since `a` and `bad` are words, too.
    let several = || head.chars().all(|c| !c.is_ascii_lowercase()).then(|| by_letters(head, n_choices)).flatten();
    let key = place_of(head.trim(), n_choices).map(ChoiceSet::only).or_else(several)?;
    // What follows must be text, not a letter that was not understood.
    (rest.chars().count() > 1).then_some((key, rest))
}

fn is_filler(word: &str) -> bool {
    FILLERS.contains(&word.to_lowercase().as_str())
}

/// A letter, or a number from 1.
fn place_of(word: &str, n_choices: usize) -> Option<usize> {
    let mut chars = word.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_ascii_alphabetic() => letter(c, n_choices),
        _ => word.parse::<usize>().ok()?.checked_sub(1).filter(|idx| *idx < n_choices),
    }
}

fn letter(c: char, n_choices: usize) -> Option<usize> {
    let idx = usize::try_from(u32::from(c.to_ascii_lowercase()).checked_sub(u32::from('a'))?).ok()?;
    (c.is_ascii_alphabetic() && idx < n_choices).then_some(idx)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(words: &str, expected: &[usize]) {
        let texts = ["Cat", "Bad dog", "red, green", "7", "Ace"].map(str::to_owned);
        let found = key_of(words, &texts).map(|key| key.iter().collect::<Vec<_>>());
        assert_eq!(found.unwrap_or_default(), expected, "{words:?}");
    }

    #[test]
    fn keys_are_understood_however_they_are_written() {
        check("B", &[1]);
        check("**b**", &[1]);
        check("(b)", &[1]);
        check("A, C", &[0, 2]);
        check("AC", &[0, 2]);
        check("Ac", &[0, 2]);
        check("a and c", &[0, 2]);
        check("A & C", &[0, 2]);
        check("A/C.", &[0, 2]);
        check("Options A, B and D", &[0, 1, 3]);
        check("2", &[1]);
        check("1,3", &[0, 2]);
        check("B. Bad dog", &[1]);
        check("B) because dogs bark", &[1]);
        check("**B**. Dogs bark", &[1]);
        check("**B** since dogs bark", &[1]);
        check("A, C: both are right", &[0, 2]);
        check("**AC** - both are right", &[0, 2]);
        check("bad dog", &[]);
        check("Bad  dog", &[1]);
        check("Cat | Ace", &[0, 4]);
        check("red, green", &[2]);
    }

    #[test]
    fn words_that_are_no_key_are_none() {
        check("", &[]);
        check("F", &[]);
        check("see below", &[]);
        check("AA", &[]);
        check("bad: none of them", &[]);
        check("A, X: both", &[]);
        check("0", &[]);
        check("6", &[]);
    }
}
