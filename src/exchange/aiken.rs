//! Aiken: a question, choices with letters, and a line `ANSWER: B`.

use crate::deck::{Ask, Choice, ItemBody, Question, ShuffleChoices};
use crate::exchange::collect::{Collector, Draft};
use crate::exchange::imported::Origin;
use crate::exchange::keys::key_of;
use crate::exchange::prose::{explain, prose};

/// Reads a file.
pub(in crate::exchange) fn read(text: &str, collector: &mut Collector<'_>) {
    let mut own = Pending::default();
    for (idx, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(words) = after_word(line, "ANSWER") {
            own.answer = Some(words.to_owned());
        } else if let Some(words) = after_word(line, "FEEDBACK").or_else(|| after_word(line, "EXPLANATION")) {
            own.why = Some(words.to_owned());
        } else if line.is_empty() {
            // An empty line ends a question only after its answer: people put some before the choices too.
            if own.answer.is_some() {
                own.end(collector);
            }
        } else if let Some((_, words)) = lettered(line).filter(|(letter, _)| own.expects(*letter)) {
            own.choices.push(words.to_owned());
        } else {
            if own.answer.is_some() && own.why.is_none() {
                own.end(collector);
            }
            own.text(idx + 1, line);
        }
    }
    own.end(collector);
}

/// What stands behind a word and a colon.
fn after_word<'l>(line: &'l str, word: &str) -> Option<&'l str> {
    let head = line.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
    let rest = line[head.len()..].trim_start().trim_start_matches(['s', 'S']).trim_start();
    rest.strip_prefix(':').map(str::trim)
}

/// Splits `B. text` or `b) text`.
fn lettered(line: &str) -> Option<(char, &str)> {
    let mut chars = line.chars();
    let letter = chars.next().filter(char::is_ascii_alphabetic)?;
    let rest = chars.as_str().strip_prefix(['.', ')'])?;
    (rest.starts_with([' ', '\t']) || rest.is_empty()).then_some((letter, rest.trim()))
}

#[derive(Default)]
struct Pending {
    line: usize,
    stem: String,
    choices: Vec<String>,
    answer: Option<String>,
    why: Option<String>,
}

impl Pending {
    /// Tells whether the letter is that of the next choice; anything else is text.
    fn expects(&self, letter: char) -> bool {
        let next = u8::try_from(self.choices.len()).ok().and_then(|n| b'a'.checked_add(n)).map(char::from);
        !self.stem.is_empty() && self.answer.is_none() && next == Some(letter.to_ascii_lowercase())
    }

    fn text(&mut self, line: usize, words: &str) {
        if self.stem.is_empty() {
            self.line = line;
        }
        let target = match (&mut self.why, self.choices.last_mut()) {
            (Some(why), _) => why,
            (None, Some(choice)) => choice,
            (None, None) => &mut self.stem,
        };
        if !target.is_empty() {
            target.push('\n');
        }
        target.push_str(words);
    }

    fn end(&mut self, collector: &mut Collector<'_>) {
        let own = std::mem::take(self);
        if own.stem.is_empty() {
            return;
        }
        let origin = Origin::line(own.line);
        let Some(answer) = own.answer else {
            collector.skip(&origin, &own.stem, "no line `ANSWER:` follows");
            return;
        };
        let texts: Vec<String> = own.choices.iter().map(|text| prose(text, &origin, collector)).collect();
        let Some(key) = key_of(&answer, &texts) else {
            collector.skip(&origin, &own.stem, format!("the answer `{answer}` is none of its {} choices", texts.len()));
            return;
        };
        let choice = |(idx, text): (usize, String)| Choice { text, is_key: key.contains(idx), why: None };
        let mut choices: Vec<Choice> = texts.into_iter().enumerate().map(choice).collect();
        explain(&mut choices, own.why.map(|why| prose(&why, &origin, collector)));
        let stem = prose(&own.stem, &origin, collector);
        let question = Question {
            stimulus: None,
            stem,
            ask: Ask::Choices { choices, shuffle: ShuffleChoices::Yes },
            refs: Vec::new(),
        };
        collector.add(Draft::new(origin, ItemBody::Question(question)));
    }
}
