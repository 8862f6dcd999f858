//! Reading an answer from a typed line: `b`, `a d`, `AD`, `2 4` · `c a b`, `c - b` · `= text` · `-`.

use crate::deck::{Answer, ChoiceSet, ItemKind, Placement};
use crate::exam::Confidence;

/// An answer by places on the screen, and how sure the learner says to be, if the line says so.
pub(in crate::cli) type AnswerLine = (Answer, Option<Confidence>);

/// Reads `line` as an answer to an item of a kind; `None` if it is none.
///
/// A word of confidence stands after letters and before the equals sign of a text: `b guess`, `guess = 443`.
pub(in crate::cli) fn read_answer(line: &str, kind: ItemKind) -> Option<AnswerLine> {
    if kind == ItemKind::TypedAnswer {
        return if line == "-" { Some((Answer::Blank, None)) } else { read_text(line) };
    }
    let (letters, confidence) = with_confidence(line);
    let answer = match kind {
        _ if letters == "-" => Answer::Blank,
        ItemKind::MultipleChoice { n_choices } | ItemKind::MultipleResponse { n_choices, .. } => {
            read_places(letters, usize::from(n_choices))?.into()
        }
        ItemKind::Arrangement { n_slots, n_options } => {
            read_placement(letters, usize::from(n_slots), usize::from(n_options))?.into()
        }
        ItemKind::TypedAnswer | ItemKind::Flashcard => return None,
    };
    Some((answer, confidence))
}

/// Reads the letters or numbers of one choice or several; `None` if there is none, or one that is not offered.
pub(in crate::cli) fn read_places(line: &str, n_choices: usize) -> Option<ChoiceSet> {
    let places: ChoiceSet =
        read_marks(line, n_choices)?.into_iter().collect::<Option<Vec<usize>>>()?.into_iter().collect();
    (!places.is_empty()).then_some(places)
}

/// Reads the options for the slots in their order. Slots that are not named at the end stay empty; `None` for more
/// options than slots and for one that comes twice.
fn read_placement(line: &str, n_slots: usize, n_options: usize) -> Option<Placement> {
    let marks = read_marks(line, n_options)?;
    let placement: Placement = marks.iter().copied().collect();
    let is_sound =
        !marks.is_empty() && marks.len() <= n_slots && placement.n_filled() == marks.iter().flatten().count();
    is_sound.then_some(placement)
}

/// Reads letters, numbers and dashes in their order, a dash as `None`; `None` if there is anything else.
fn read_marks(line: &str, n_offered: usize) -> Option<Vec<Option<usize>>> {
    let mut marks = Vec::new();
    for word in line.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty()) {
        if let Ok(number) = word.parse::<usize>() {
            marks.push(Some(number.checked_sub(1).filter(|place| *place < n_offered)?));
            continue;
        }
        for letter in word.chars() {
            marks.push(match letter {
                '-' => None,
                letter => {
                    let place = ('a'..='z').position(|known| known == letter.to_ascii_lowercase())?;
                    Some(Some(place).filter(|place| *place < n_offered)?)
                }
            });
        }
    }
    Some(marks)
}

/// Reads a text after an equals sign.
fn read_text(line: &str) -> Option<AnswerLine> {
    let (before, text) = line.split_once('=')?;
    let confidence = match before.trim() {
        "" => None,
        word => Some(confidence_of(word)?),
    };
    Some((Answer::typed(text), confidence))
}

/// Takes the word of confidence off the end of a line, as in `b guess`.
fn with_confidence(line: &str) -> (&str, Option<Confidence>) {
    let found = line.rsplit_once(' ').and_then(|(answer, word)| Some((answer.trim_end(), confidence_of(word)?)));
    found.map_or((line, None), |(answer, confidence)| (answer, Some(confidence)))
}

fn confidence_of(word: &str) -> Option<Confidence> {
    match word {
        "sure" => Some(Confidence::Sure),
        "unsure" => Some(Confidence::Unsure),
        "guess" => Some(Confidence::Guess),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHOICE: ItemKind = ItemKind::MultipleResponse { n_choices: 4, n_keys: 2 };
    const ARRANGEMENT: ItemKind = ItemKind::Arrangement { n_slots: 3, n_options: 4 };

    #[track_caller]
    fn check(kind: ItemKind, line: &str, expected: Option<&str>) {
        let read = read_answer(line, kind).map(|(answer, confidence)| match confidence {
            Some(confidence) => format!("{answer} {}", confidence.label()),
            None => answer.to_string(),
        });
        assert_eq!(read.as_deref(), expected, "{line:?}");
    }

    #[test]
    fn answers_may_be_typed_in_many_ways() {
        check(CHOICE, "b", Some("b"));
        check(CHOICE, "a d", Some("a d"));
        check(CHOICE, "D,a", Some("a d"));
        check(CHOICE, "AD", Some("a d"));
        check(CHOICE, "2 4", Some("b d"));
        check(CHOICE, "-", Some("-"));
    }

    #[test]
    fn other_words_and_choices_that_are_not_there_are_no_answers() {
        for line in ["", "e", "5", "0", "next", "a z", "flag", "--", "a -", "= a", "sure", "goto 3"] {
            check(CHOICE, line, None);
        }
    }

    #[test]
    fn options_are_given_slot_by_slot() {
        check(ARRANGEMENT, "c a b", Some("c a b"));
        check(ARRANGEMENT, "CAB", Some("c a b"));
        check(ARRANGEMENT, "3,1,2", Some("c a b"));
        check(ARRANGEMENT, "c - d", Some("c - d"));
        check(ARRANGEMENT, "-a", Some("- a"));
        check(ARRANGEMENT, "c", Some("c"));
        check(ARRANGEMENT, "-", Some("-"));
        check(ARRANGEMENT, "- - -", Some("-"));
        for line in ["", "a b c d", "a a", "a e", "= a b c", "next"] {
            check(ARRANGEMENT, line, None);
        }
    }

    #[test]
    fn a_text_follows_an_equals_sign() {
        check(ItemKind::TypedAnswer, "= 443", Some("= 443"));
        check(ItemKind::TypedAnswer, "=443", Some("= 443"));
        check(ItemKind::TypedAnswer, "= a = b", Some("= a = b"));
        check(ItemKind::TypedAnswer, "= submit", Some("= submit"));
        check(ItemKind::TypedAnswer, "=", Some("-"));
        check(ItemKind::TypedAnswer, "-", Some("-"));
        check(ItemKind::TypedAnswer, "443", None);
        check(ItemKind::TypedAnswer, "x = 443", None);
    }

    #[test]
    fn a_word_of_confidence_may_stand_with_the_answer() {
        check(CHOICE, "a d guess", Some("a d guess"));
        check(CHOICE, "b  sure", Some("b sure"));
        check(ARRANGEMENT, "c a b unsure", Some("c a b unsure"));
        check(ItemKind::TypedAnswer, "guess = 443", Some("= 443 guess"));
        check(ItemKind::TypedAnswer, "= not sure", Some("= not sure"));
    }
}
