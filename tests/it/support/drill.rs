//! A drill over a bank, answered card by card as a person would.

use crate::support::bank::asked;
use crate::support::{Conversation, Learner};

/// What a drill brought.
pub(crate) struct Drilled {
    /// The items in the order in which they were shown, repeats included.
    pub(crate) ids: Vec<String>,
    /// What was said after each answer.
    pub(crate) replies: Vec<String>,
    /// What was said at the end.
    pub(crate) summary: String,
}

/// Drills by `words`; `answer` gets the id of each card and how often it was shown before in this drill.
#[track_caller]
pub(crate) fn drill(learner: &Learner, words: &str, answer: impl Fn(&str, usize) -> String) -> Drilled {
    let words: Vec<&str> = words.split_whitespace().collect();
    let mut room = Conversation::start(learner.command(&words));
    let mut drilled = Drilled { ids: Vec::new(), replies: Vec::new(), summary: String::new() };
    loop {
        let (said, has_ended) = match room.hear("\nd) d of") {
            Ok(said) => (said, false),
            Err(rest) => (rest, true),
        };
        if !drilled.ids.is_empty() {
            drilled.replies.push(said.clone());
        }
        if has_ended {
            drilled.summary = said;
            break;
        }
        let id = asked(&said).expect("a card of the bank").to_owned();
        let n_before = drilled.ids.iter().filter(|shown| **shown == id).count();
        room.type_line(&answer(&id, n_before));
        drilled.ids.push(id);
    }
    assert_eq!(room.end().0, Some(0), "{}", drilled.summary);
    drilled
}
