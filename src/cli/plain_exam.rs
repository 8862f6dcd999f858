//! An exam in line mode: the whole room by typed words.

use crate::app::OpenSitting;
use crate::cli::answer_line::{AnswerLine, chosen_in_deck, in_deck_order, read_answer, with_confidence};
use crate::cli::context::Face;
use crate::cli::error::CliError;
use crate::cli::input::Lines;
use crate::cli::output::Talk;
use crate::cli::question_text::{letters, question_text};
use crate::exam::{Confidence, Ending, ItemStatus, Mark};
use crate::render::{clock, plural};

/// How a sitting in line mode was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Left {
    /// It is over.
    Ended(Ending),
    /// It stays open, and its clock runs.
    Open,
}

const HELP: &str = "\
b           choose b and go on; `a d` or `ad` where more than one is wanted; `-` leaves it blank
b guess     choose and say how sure you are: sure, unsure or guess
next, back  go to the next or the previous question; an empty line is next
goto 12     go to question 12
flag        flag this question for review, or take the flag off
sure, unsure, guess, unstated
            say how sure you are, and stay here
strike b    strike a choice out, or bring it back
show        read this question again
time        how much time is left
review      list the questions that are blank, incomplete or flagged
submit      end the exam and score it
leave       leave; the clock runs on, and `cutscore exam` comes back here
abandon     give this sitting up; it gets no score
";

/// Sits an exam by lines. From a pipe nothing is asked, and the end of the input after the last item submits.
pub(in crate::cli) fn sit(room: &mut OpenSitting, face: Face, talk: Talk) -> Result<Left, CliError> {
    let mut desk = PlainRoom {
        position: room.sitting().resume_position(),
        room,
        lines: Lines::default(),
        face,
        talk,
        has_answered_last: false,
    };
    desk.show(desk.position)?;
    loop {
        if face == Face::Lines {
            talk.say("> ")?;
        }
        let Some(line) = desk.lines.next()? else {
            return Ok(if desk.has_answered_last { Left::Ended(Ending::Submitted) } else { Left::Open });
        };
        if desk.room.is_time_up() {
            talk.say_line("Time is up. The answers recorded until now are scored.")?;
            return Ok(Left::Ended(Ending::TimeUp));
        }
        if let Some(left) = desk.obey(&line)? {
            return Ok(left);
        }
        desk.room.beat()?;
        if face == Face::Lines {
            desk.room.rest()?;
        }
    }
}

struct PlainRoom<'room, 'app> {
    room: &'room mut OpenSitting<'app>,
    position: usize,
    lines: Lines,
    face: Face,
    talk: Talk,
    has_answered_last: bool,
}

impl PlainRoom<'_, '_> {
    /// Does what a line says; `Some` when the sitting is left by it.
    fn obey(&mut self, line: &str) -> Result<Option<Left>, CliError> {
        let (word, rest) = line.split_once(' ').map_or((line, ""), |(word, rest)| (word, rest.trim()));
        match word.to_ascii_lowercase().as_str() {
            "" | "next" => self.go_on()?,
            "back" | "previous" => self.show(self.position.saturating_sub(1))?,
            "goto" => match rest.parse::<usize>().ok().filter(|n| (1..=self.n_items()).contains(n)) {
                Some(number) => self.show(number - 1)?,
                None => self.refuse(&format!("goto takes a number from 1 to {}", self.n_items()))?,
            },
            "flag" => {
                let mark = self.mark();
                self.record(Mark { is_flagged: !mark.is_flagged, ..mark })?;
                self.talk.say_line(if mark.is_flagged { "Flag taken off." } else { "Flagged." })?;
            }
            "sure" => self.say_confidence(Confidence::Sure)?,
            "unsure" => self.say_confidence(Confidence::Unsure)?,
            "guess" => self.say_confidence(Confidence::Guess)?,
            "unstated" => self.say_confidence(Confidence::Unstated)?,
            "strike" => self.strike(rest)?,
            "show" => self.read_out()?,
            "time" => self.talk.say_line(&self.time_left())?,
            "review" => self.review()?,
            "help" | "?" => self.talk.say(HELP)?,
            "submit" | "end" => return self.submit(),
            "leave" | "quit" | "q" => return Ok(Some(Left::Open)),
            "abandon" => return self.abandon(),
            _ => self.answer(line)?,
        }
        Ok(None)
    }

    fn n_items(&self) -> usize {
        self.room.sitting().n_items()
    }

    fn mark(&self) -> Mark {
        self.room.sitting().mark_at(self.position)
    }

    fn choice_order(&self) -> Vec<usize> {
        self.room.sitting().form().items.get(self.position).map(|item| item.choice_order.clone()).unwrap_or_default()
    }

    fn record(&mut self, mark: Mark) -> Result<(), CliError> {
        Ok(self.room.mark(self.position, mark)?)
    }

    fn answer(&mut self, line: &str) -> Result<(), CliError> {
        let choice_order = self.choice_order();
        let (answer, confidence) = with_confidence(line);
        let Some(answer) = read_answer(answer, choice_order.len()) else {
            let last = ('a'..='z').nth(choice_order.len().saturating_sub(1)).unwrap_or('z');
            return self.refuse(&format!("`{}` is neither a choice from a to {last} nor a command", shortened(line)));
        };
        let chosen = chosen_in_deck(answer, &choice_order);
        let mark = self.mark();
        self.record(Mark { chosen, confidence: confidence.unwrap_or(mark.confidence), ..mark })?;
        let n_wanted = self.room.question(self.position).key().len();
        if chosen.is_empty() || chosen.len() == n_wanted {
            return self.go_on();
        }
        // The answer stands as it is; a person may mend it at once, a script has moved on.
        let n_chosen = plural(chosen.len(), "is", "are");
        self.talk.say_line(&format!("Saved, but this question wants {n_wanted} choices and {n_chosen} chosen."))?;
        match self.face {
            Face::Pipe => self.go_on(),
            Face::Lines | Face::Screens => Ok(()),
        }
    }

    /// Goes to the next question, or says that this was the last.
    fn go_on(&mut self) -> Result<(), CliError> {
        if self.position + 1 < self.n_items() {
            return self.show(self.position + 1);
        }
        self.has_answered_last = true;
        let tally = self.room.sitting().tally();
        let n_open = self.n_items() - tally.n_answered;
        self.talk.say_line(&format!(
            "That was the last question. {} open, {} flagged. Say `review`, `goto`, or `submit`.",
            n_open, tally.n_flagged,
        ))
    }

    fn show(&mut self, position: usize) -> Result<(), CliError> {
        self.position = position;
        self.room.show(position)?;
        self.read_out()
    }

    fn read_out(&self) -> Result<(), CliError> {
        let question = self.room.question(self.position);
        let mark = self.mark();
        let choice_order = self.choice_order();
        let mut text = format!("\nQuestion {} of {}. {}\n", self.position + 1, self.n_items(), self.time_left());
        text.push_str(&question_text(question, &choice_order));
        if !mark.chosen.is_empty() {
            text.push_str(&format!("Your answer: {}.\n", letters(mark.chosen, &choice_order)));
        }
        if !mark.struck.is_empty() {
            text.push_str(&format!("Struck out: {}.\n", letters(mark.struck, &choice_order)));
        }
        if mark.is_flagged {
            text.push_str("Flagged.\n");
        }
        if mark.confidence != Confidence::Unstated {
            text.push_str(&format!("You said: {}.\n", mark.confidence.label()));
        }
        self.talk.say(&text)
    }

    fn time_left(&self) -> String {
        match self.room.limit() {
            Some(limit) => format!("Time left {}.", clock(limit.saturating_sub(self.room.elapsed()))),
            None => "No clock runs.".to_owned(),
        }
    }

    fn say_confidence(&mut self, confidence: Confidence) -> Result<(), CliError> {
        self.record(Mark { confidence, ..self.mark() })?;
        match confidence {
            Confidence::Unstated => self.talk.say_line("Confidence taken back."),
            Confidence::Sure | Confidence::Unsure | Confidence::Guess => {
                self.talk.say_line(&format!("Noted: {}.", confidence.label()))
            }
        }
    }

    fn strike(&mut self, rest: &str) -> Result<(), CliError> {
        let choice_order = self.choice_order();
        let Some(AnswerLine::Places(places)) = read_answer(rest, choice_order.len()) else {
            return self.refuse("strike takes the letter of a choice");
        };
        let mark = self.mark();
        let struck = in_deck_order(places, &choice_order).iter().fold(mark.struck, crate::deck::ChoiceSet::toggled);
        self.record(Mark { struck, ..mark })?;
        self.talk.say_line(&format!("Struck out: {}.", letters(struck, &choice_order)))
    }

    fn review(&self) -> Result<(), CliError> {
        let sitting = self.room.sitting();
        let mut text = String::new();
        for position in 0..sitting.n_items() {
            let mut words = match sitting.status(position) {
                ItemStatus::NotReached => vec!["not reached"],
                ItemStatus::Blank => vec!["blank"],
                ItemStatus::Incomplete => vec!["incomplete"],
                ItemStatus::Answered => Vec::new(),
            };
            if sitting.mark_at(position).is_flagged {
                words.push("flagged");
            }
            if !words.is_empty() {
                text.push_str(&format!("Question {}: {}.\n", position + 1, words.join(", ")));
            }
        }
        if text.is_empty() {
            text.push_str("Every question is answered and none is flagged.\n");
        }
        self.talk.say(&text)
    }

    fn submit(&mut self) -> Result<Option<Left>, CliError> {
        let tally = self.room.sitting().tally();
        let n_open = self.n_items() - tally.n_answered;
        let question = format!("{n_open} open, {} flagged. End the exam and score it? Type yes.", tally.n_flagged);
        Ok(self.is_confirmed(&question)?.then_some(Left::Ended(Ending::Submitted)))
    }

    fn abandon(&mut self) -> Result<Option<Left>, CliError> {
        let question = "This sitting will have no score and move no card. Abandon it? Type yes.";
        Ok(self.is_confirmed(question)?.then_some(Left::Ended(Ending::Abandoned)))
    }

    /// Asks a person; a script meant what it wrote.
    fn is_confirmed(&mut self, question: &str) -> Result<bool, CliError> {
        if self.face == Face::Pipe {
            return Ok(true);
        }
        self.talk.say(&format!("{question}\n> "))?;
        let is_yes = self.lines.next()?.is_some_and(|line| matches!(line.to_lowercase().as_str(), "yes" | "y"));
        if !is_yes {
            self.talk.say_line("Not done.")?;
        }
        Ok(is_yes)
    }

    /// A person is told and may type again; in a script every later line would meet the wrong question.
    fn refuse(&self, message: &str) -> Result<(), CliError> {
        match self.face {
            Face::Pipe => {
                let (line, number) = (self.lines.n_read(), self.position + 1);
                Err(CliError::Usage(format!(
                    "line {line} of the input, at question {number}: {message}; the sitting stays open"
                )))
            }
            Face::Lines | Face::Screens => {
                self.talk.say_line(&format!("Not understood: {message}. Say `help` for all commands."))
            }
        }
    }
}

fn shortened(line: &str) -> String {
    crate::base::SafeText::one_line(&line.chars().take(40).collect::<String>()).to_string()
}
