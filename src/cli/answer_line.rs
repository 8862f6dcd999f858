//! Reading an answer from a typed line: `b`, `a d`, `a,d`, `AD`, `2 4`, `-`.

use crate::deck::ChoiceSet;
use crate::exam::Confidence;

/// What a line says about choices.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum AnswerLine {
    /// These choices, by their places on the screen.
    Places(ChoiceSet),
    /// No answer.
    Omit,
}

/// Reads `line` as an answer to an item with `n_choices` choices; `None` if it is none.
pub(in crate::cli) fn read_answer(line: &str, n_choices: usize) -> Option<AnswerLine> {
    if line == "-" {
        return Some(AnswerLine::Omit);
    }
    let words: Vec<&str> =
        line.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()).collect();
    let mut places = ChoiceSet::EMPTY;
    for word in &words {
        if let Ok(number) = word.parse::<usize>() {
            places = places.with(number.checked_sub(1).filter(|place| *place < n_choices)?);
        } else {
            for letter in word.chars() {
                let place = ('a'..='z').position(|known| known == letter.to_ascii_lowercase())?;
                places = places.with(Some(place).filter(|place| *place < n_choices)?);
            }
        }
    }
    (!places.is_empty()).then_some(AnswerLine::Places(places))
}

/// Takes the word of confidence off the end of a line, as in `b guess`.
pub(in crate::cli) fn with_confidence(line: &str) -> (&str, Option<Confidence>) {
    match line.rsplit_once(' ') {
        Some((answer, "sure")) => (answer.trim_end(), Some(Confidence::Sure)),
        Some((answer, "unsure")) => (answer.trim_end(), Some(Confidence::Unsure)),
        Some((answer, "guess")) => (answer.trim_end(), Some(Confidence::Guess)),
        Some(_) | None => (line, None),
    }
}

/// Returns the chosen choices by their places in the deck.
pub(in crate::cli) fn chosen_in_deck(answer: AnswerLine, choice_order: &[usize]) -> ChoiceSet {
    match answer {
        AnswerLine::Places(places) => in_deck_order(places, choice_order),
        AnswerLine::Omit => ChoiceSet::EMPTY,
    }
}

/// Turns places on the screen into places in the deck.
pub(in crate::cli) fn in_deck_order(places: ChoiceSet, choice_order: &[usize]) -> ChoiceSet {
    places.iter().filter_map(|place| choice_order.get(place).copied()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: Option<&str>) {
        let read = read_answer(line, 4).map(|answer| match answer {
            AnswerLine::Places(places) => places.to_string(),
            AnswerLine::Omit => "omit".to_owned(),
        });
        assert_eq!(read.as_deref(), expected);
    }

    #[test]
    fn answers_may_be_typed_in_many_ways() {
        check("b", Some("b"));
        check("a d", Some("a d"));
        check("D,a", Some("a d"));
        check("AD", Some("a d"));
        check("2 4", Some("b d"));
        check("-", Some("omit"));
    }

    #[test]
    fn other_words_and_choices_that_are_not_there_are_no_answers() {
        for line in ["", "e", "5", "0", "next", "a z", "flag", "--"] {
            check(line, None);
        }
    }

    #[test]
    fn a_word_of_confidence_may_follow_the_answer() {
        assert_eq!(with_confidence("a d guess"), ("a d", Some(Confidence::Guess)));
        assert_eq!(with_confidence("b  sure"), ("b", Some(Confidence::Sure)));
        assert_eq!(with_confidence("goto 3"), ("goto 3", None));
        assert_eq!(with_confidence("sure"), ("sure", None));
    }

    #[test]
    fn places_on_the_screen_become_places_in_the_deck() {
        let places: ChoiceSet = [0, 2].into_iter().collect();
        assert_eq!(in_deck_order(places, &[3, 1, 0, 2]).to_string(), "a d");
    }
}
