//! Answers as bytes, as the records of marks and reviews hold them, the older versions of these records among them.

use serde::{Deserialize, Serialize};

use crate::deck::{Answer, ChoiceSet};
use crate::exam::{Confidence, Mark};
use crate::review::Rating;
use crate::store::Response;

/// An answer. A placement is a list of options by slot, each one more than its place in the deck; 0 is an empty slot.
#[derive(Debug, Serialize, Deserialize)]
pub(in crate::store) enum AnswerRow {
    Blank,
    Choices(u32),
    Placed(Vec<u8>),
    Text(String),
}

impl From<&Answer> for AnswerRow {
    fn from(answer: &Answer) -> AnswerRow {
        match answer {
            Answer::Blank => AnswerRow::Blank,
            Answer::Choices(choices) => AnswerRow::Choices(choices.bits()),
            Answer::Placed(placement) => {
                let number = |option: usize| u8::try_from(option + 1).unwrap_or(0);
                AnswerRow::Placed(placement.iter().map(|option| option.map_or(0, number)).collect())
            }
            Answer::Text(text) => AnswerRow::Text(text.clone()),
        }
    }
}

impl From<AnswerRow> for Answer {
    fn from(row: AnswerRow) -> Answer {
        match row {
            AnswerRow::Blank => Answer::Blank,
            AnswerRow::Choices(bits) => ChoiceSet::from_bits(bits).into(),
            AnswerRow::Placed(numbers) => {
                let options = numbers.into_iter().map(|number| usize::from(number).checked_sub(1));
                Answer::from(options.collect::<crate::deck::Placement>())
            }
            AnswerRow::Text(text) => Answer::typed(&text),
        }
    }
}

/// A mark, from version 2 on.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct MarkRow {
    answer: AnswerRow,
    struck: u32,
    is_flagged: bool,
    confidence: u8,
}

/// A mark of version 1: choices were the only answers.
#[derive(Serialize, Deserialize)]
pub(in crate::store) struct ChoiceMarkRow {
    chosen: u32,
    struck: u32,
    is_flagged: bool,
    confidence: u8,
}

impl From<&Mark> for MarkRow {
    fn from(mark: &Mark) -> MarkRow {
        MarkRow {
            answer: AnswerRow::from(&mark.answer),
            struck: mark.struck.bits(),
            is_flagged: mark.is_flagged,
            confidence: confidence_number(mark.confidence),
        }
    }
}

impl From<ChoiceMarkRow> for MarkRow {
    fn from(row: ChoiceMarkRow) -> MarkRow {
        let ChoiceMarkRow { chosen, struck, is_flagged, confidence } = row;
        MarkRow { answer: AnswerRow::Choices(chosen), struck, is_flagged, confidence }
    }
}

impl MarkRow {
    pub(in crate::store) fn into_mark(self) -> Result<Mark, String> {
        Ok(Mark {
            answer: self.answer.into(),
            struck: ChoiceSet::from_bits(self.struck),
            is_flagged: self.is_flagged,
            confidence: read_confidence(self.confidence)?,
        })
    }
}

/// The answer to a drilled item, from version 2 on.
#[derive(Serialize, Deserialize)]
pub(in crate::store) enum ResponseRow {
    Answer { answer: AnswerRow, confidence: u8, n_wanted: usize, is_right: bool },
    Recall(u8),
}

/// The answer to a drilled item of version 1.
#[derive(Serialize, Deserialize)]
pub(in crate::store) enum ChoiceResponseRow {
    Choices { chosen: u32, confidence: u8, n_wanted: usize, is_right: bool },
    Recall(u8),
}

const RATINGS: [Rating; 4] = [Rating::Again, Rating::Hard, Rating::Good, Rating::Easy];

impl From<&Response> for ResponseRow {
    fn from(response: &Response) -> ResponseRow {
        match response {
            Response::Answer { answer, confidence, n_wanted, is_right } => ResponseRow::Answer {
                answer: AnswerRow::from(answer),
                confidence: confidence_number(*confidence),
                n_wanted: *n_wanted,
                is_right: *is_right,
            },
            Response::Recall(rating) => ResponseRow::Recall(match rating {
                Rating::Again => 0,
                Rating::Hard => 1,
                Rating::Good => 2,
                Rating::Easy => 3,
            }),
        }
    }
}

impl From<ChoiceResponseRow> for ResponseRow {
    fn from(row: ChoiceResponseRow) -> ResponseRow {
        match row {
            ChoiceResponseRow::Choices { chosen, confidence, n_wanted, is_right } => {
                ResponseRow::Answer { answer: AnswerRow::Choices(chosen), confidence, n_wanted, is_right }
            }
            ChoiceResponseRow::Recall(number) => ResponseRow::Recall(number),
        }
    }
}

impl ResponseRow {
    pub(in crate::store) fn into_response(self) -> Result<Response, String> {
        Ok(match self {
            ResponseRow::Answer { answer, confidence, n_wanted, is_right } => {
                Response::Answer { answer: answer.into(), confidence: read_confidence(confidence)?, n_wanted, is_right }
            }
            ResponseRow::Recall(number) => {
                Response::Recall(RATINGS.get(usize::from(number)).copied().ok_or("unknown rating")?)
            }
        })
    }
}

/// The numbers of confidences in the store.
pub(in crate::store) fn confidence_number(confidence: Confidence) -> u8 {
    match confidence {
        Confidence::Unstated => 0,
        Confidence::Sure => 1,
        Confidence::Unsure => 2,
        Confidence::Guess => 3,
    }
}

pub(in crate::store) fn confidence_from_number(number: u8) -> Option<Confidence> {
    [Confidence::Unstated, Confidence::Sure, Confidence::Unsure, Confidence::Guess].get(usize::from(number)).copied()
}

fn read_confidence(number: u8) -> Result<Confidence, String> {
    confidence_from_number(number).ok_or_else(|| format!("unknown confidence {number}"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::base::{ConceptId, ContentHash, DeckId, ItemId};
    use crate::deck::Placement;
    use crate::review::Grade;
    use crate::store::record::{REVIEWED, Record, decode, encode};
    use crate::store::{Event, Foresight, Review, SittingId};

    const ITEM_SHOWN: u8 = 4;
    const ITEM_MARKED: u8 = 5;

    fn record(kind: u8, body: &[u8]) -> Record {
        let item = (DeckId::new("deck").expect("a good id"), ItemId::new("q").expect("a good id"));
        Record { kind, item: (kind == REVIEWED).then_some(item), body: body.to_vec() }
    }

    fn marked(mark: Mark) -> Event {
        let sitting = SittingId { device: 1, start: 2 };
        Event::ItemMarked { sitting, position: 4, mark, elapsed: Duration::from_millis(300) }
    }

    fn reviewed(response: Response) -> Event {
        let (deck, item) = record(REVIEWED, &[]).item.expect("an item");
        Event::Reviewed(Box::new(Review {
            deck,
            concept: ConceptId::new(item.as_str()).expect("a good id"),
            item,
            content: ContentHash::from_bytes([7; 16]),
            response,
            answer_ms: 300,
            grade: Grade::Four,
            foresight: Foresight::None,
        }))
    }

    #[test]
    fn marks_and_reviews_of_the_first_version_are_read() {
        // Start 2, position 4, choices a and c, b struck out, flagged, unsure, 300 ms.
        let choices: ChoiceSet = [0, 2].into_iter().collect();
        let mark = Mark {
            answer: choices.into(),
            struck: ChoiceSet::only(1),
            is_flagged: true,
            confidence: Confidence::Unsure,
        };
        let old = decode(&record(ITEM_MARKED, &[1, 4, 4, 5, 2, 1, 2, 0xac, 2]), 1);
        assert_eq!(old, Ok(marked(mark)));

        let body = |response: &[u8]| [&[1, 0][..], &[7; 16], response, &[0xac, 2, 4]].concat();
        let answer =
            Response::Answer { answer: choices.into(), confidence: Confidence::Sure, n_wanted: 2, is_right: true };
        assert_eq!(decode(&record(REVIEWED, &body(&[0, 5, 1, 2, 1])), 1), Ok(reviewed(answer)));
        let recall = Response::Recall(Rating::Good);
        assert_eq!(decode(&record(REVIEWED, &body(&[1, 2])), 1), Ok(reviewed(recall)));
    }

    #[test]
    fn every_answer_comes_back_as_it_went_in() {
        let placement: Placement = [Some(2), None, Some(0)].into_iter().collect();
        let answers = [Answer::Blank, ChoiceSet::only(25).into(), placement.into(), Answer::typed("Zürich 日本")];
        for answer in answers {
            let confidence = Confidence::Guess;
            let response = Response::Answer { answer: answer.clone(), confidence, n_wanted: 3, is_right: false };
            for event in [marked(Mark { answer, ..Mark::default() }), reviewed(response)] {
                assert_eq!(decode(&encode(&event), 1), Ok(event));
            }
        }
    }

    #[test]
    fn a_version_from_later_is_refused() {
        for (kind, version) in [(ITEM_SHOWN, 2), (ITEM_MARKED, 3), (REVIEWED, 0)] {
            assert!(decode(&record(kind, &[version, 0, 0]), 1).is_err());
        }
    }
}
