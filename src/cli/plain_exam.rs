//! An exam in line mode: the whole room by typed words.

use std::time::Duration;

use crate::app::OpenSitting;
use crate::base::SafeText;
use crate::cli::answer_line::{read_answer, read_places};
use crate::cli::context::Face;
use crate::cli::error::CliError;
use crate::cli::input::Lines;
use crate::cli::output::Talk;
use crate::cli::plain_drill::explanation;
use crate::cli::plain_review::{Listing, after, before, review_text};
use crate::cli::question_text::{answer_words, question_text};
use crate::deck::{Answer, ChoiceSet, ItemKind, letter_of};
use crate::exam::{Confidence, Ending, ItemStatus, MAX_NOTE_CHARS, Mark, SittingKind, Warnings};
use crate::render::{clock, minutes_words, plural};

/// How a sitting in line mode was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::cli) enum Left {
    /// It is over.
    Ended(Ending),
    /// It stays open, and its clock runs.
    Open,
}

/// The commands, as `help` lists them.
pub(in crate::cli) const HELP: &str = "\
b           choose b and go on; `a d` or `ad` where more than one is wanted; `-` leaves it blank
c a b       put in order or match: a letter for each place in turn, `-` for an empty one, as in `c - b`
= 443       type the answer 443; the equals sign always comes first
b guess     answer and say how sure you are: sure, unsure or guess; `guess = 443` for a typed answer
next, back  go to the next or the previous question; an empty line is next
goto 12     go to question 12
flag        flag this question for review, or take the flag off
sure, unsure, guess, unstated
            say how sure you are, and stay here
strike b    strike a choice out, or bring it back
note text   put a note on this question; `note -` takes it away, `note` reads it
show        read this question again
time        how much time is left
clock       put the clock away, or bring it back; it comes back for the last 5 minutes
review      list the questions that are blank, incomplete or flagged
review all  list every question; `review incomplete` and `review flagged` list only those
walk flagged
            go through the flagged questions alone; `walk incomplete` through those not answered in full
pause       stop the clock (in practice); the next line lets it go on
submit      end the exam and score it
leave       leave; the clock runs on (in practice it stops), and `cutscore exam` comes back here
abandon     give this sitting up; it gets no score
";

/// Time left at which a clock that was put away comes back.
const CLOCK_RETURNS: Duration = Duration::from_mins(5);

/// Sits an exam by lines. From a pipe nothing is asked, and the end of the input after the last item submits.
///
/// `warnings` are minutes left at which the candidate is told so, once, with the next line.
pub(in crate::cli) fn sit(room: &mut OpenSitting, face: Face, talk: Talk, warnings: &[u32]) -> Result<Left, CliError> {
    let left = room.limit().map(|limit| limit.saturating_sub(room.elapsed()));
    let mut desk = PlainRoom {
        position: room.sitting().resume_position(),
        room,
        lines: Lines::default(),
        face,
        talk,
        has_answered_last: false,
        warnings: Warnings::new(warnings, left),
        shows_clock: true,
        walk: None,
        is_paused: false,
    };
    desk.show(desk.position)?;
    loop {
        desk.warn()?;
        if face == Face::Lines {
            talk.say("> ")?;
        }
        let Some(line) = desk.lines.next()? else {
            return Ok(if desk.has_answered_last { Left::Ended(Ending::Submitted) } else { Left::Open });
        };
        if desk.is_paused {
            desk.end_pause()?;
            if line.is_empty() {
                continue;
            }
        }
        if desk.room.is_time_up() {
            talk.say_line("Time is up. The answers recorded until now are scored.")?;
            return Ok(Left::Ended(Ending::TimeUp));
        }
        if let Some(left) = desk.obey(&line)? {
            return Ok(left);
        }
        desk.room.beat()?;
        desk.room.rest()?;
    }
}

struct PlainRoom<'room, 'app> {
    room: &'room mut OpenSitting<'app>,
    position: usize,
    lines: Lines,
    face: Face,
    talk: Talk,
    has_answered_last: bool,
    warnings: Warnings,
    shows_clock: bool,
    /// The questions that are gone through, and where; `None` for all of them.
    walk: Option<Vec<usize>>,
    is_paused: bool,
}

impl PlainRoom<'_, '_> {
    /// Does what a line says; `Some` when the sitting is left by it.
    fn obey(&mut self, line: &str) -> Result<Option<Left>, CliError> {
        let kind = self.kind();
        if kind == ItemKind::TypedAnswer && read_answer(line, kind).is_some() {
            // A text may begin with any word, and `guess = ..` with a command.
            self.answer(line)?;
            return Ok(None);
        }
        let (word, rest) = line.split_once(' ').map_or((line, ""), |(word, rest)| (word, rest.trim()));
        match word.to_ascii_lowercase().as_str() {
            "" | "next" => self.go_on()?,
            "back" | "previous" => self.go_back()?,
            "goto" => match rest.parse::<usize>().ok().filter(|n| (1..=self.n_items()).contains(n)) {
                Some(number) => {
                    self.walk = None;
                    self.go_to(number - 1)?;
                }
                None => self.refuse(&format!("goto takes a number from 1 to {}", self.n_items()))?,
            },
            "flag" => {
                let mark = self.mark();
                self.record(Mark { is_flagged: !mark.is_flagged, ..mark.clone() })?;
                self.talk.say_line(if mark.is_flagged { "Flag taken off." } else { "Flagged." })?;
            }
            "sure" => self.say_confidence(Confidence::Sure)?,
            "unsure" => self.say_confidence(Confidence::Unsure)?,
            "guess" => self.say_confidence(Confidence::Guess)?,
            "unstated" => self.say_confidence(Confidence::Unstated)?,
            "strike" => self.strike(rest)?,
            "show" => self.read_out()?,
            "note" => self.note(rest)?,
            "time" => self.talk.say_line(&self.time_left())?,
            "clock" => self.toggle_clock()?,
            "review" => match Listing::from_word(rest) {
                Some(listing) => self.talk.say(&review_text(self.room.sitting(), listing))?,
                None => self.refuse("review takes all, incomplete or flagged, or nothing")?,
            },
            "walk" => self.start_walk(rest)?,
            "pause" => self.pause()?,
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

    fn kind(&self) -> ItemKind {
        self.room.question(self.position).kind()
    }

    fn record(&mut self, mark: Mark) -> Result<(), CliError> {
        Ok(self.room.mark(self.position, mark)?)
    }

    fn answer(&mut self, line: &str) -> Result<(), CliError> {
        if self.room.sitting().is_checked(self.position) {
            self.talk.say_line("You have seen what is right here, so your answer stands.")?;
            return self.go_on();
        }
        let kind = self.kind();
        let Some((answer, confidence)) = read_answer(line, kind) else {
            return self.refuse(&format!("`{}` is neither {} nor a command", shortened(line), wanted_words(kind)));
        };
        let answer = answer.in_deck(&self.choice_order());
        let (n_parts, n_wanted) = (answer.n_parts(), kind.n_wanted());
        let mark = self.mark();
        self.record(Mark { answer, confidence: confidence.unwrap_or(mark.confidence), ..mark })?;
        if n_parts == n_wanted {
            self.give_feedback()?;
        }
        if n_parts == 0 || n_parts == n_wanted {
            return self.go_on();
        }
        // The answer stands as it is; a person may mend it at once, a script has moved on.
        self.talk.say_line(&match kind {
            ItemKind::Arrangement { .. } => format!("Saved, but {n_parts} of {n_wanted} places are filled."),
            ItemKind::MultipleChoice { .. }
            | ItemKind::MultipleResponse { .. }
            | ItemKind::TypedAnswer
            | ItemKind::Flashcard => {
                let (wanted, n_chosen) = (plural(n_wanted, "choice", "choices"), plural(n_parts, "is", "are"));
                format!("Saved, but this question wants {wanted} and {n_chosen} chosen.")
            }
        })?;
        match self.face {
            Face::Pipe => self.go_on(),
            Face::Lines | Face::Screens => Ok(()),
        }
    }

    /// In practice, says what is right and why; the answer stands from then on.
    fn give_feedback(&mut self) -> Result<(), CliError> {
        if self.room.kind() != SittingKind::Practice {
            return Ok(());
        }
        self.room.check(self.position)?;
        let question = self.room.question(self.position);
        self.talk.say(&explanation(question, &self.choice_order(), &self.mark().answer))
    }

    /// Goes to the next question, or says that this was the last.
    fn go_on(&mut self) -> Result<(), CliError> {
        if let Some(walk) = &self.walk {
            if let Some(position) = after(walk, self.position) {
                return self.show(position);
            }
            self.walk = None;
            return self.talk.say_line("That was the last of them. Say `review`, `goto`, or `submit`.");
        }
        if self.position + 1 < self.n_items() {
            return self.go_to(self.position + 1);
        }
        self.has_answered_last = true;
        let tally = self.room.sitting().tally();
        let n_open = self.n_items() - tally.n_answered;
        self.talk.say_line(&format!(
            "That was the last question. {} open, {} flagged. Say `review`, `goto`, or `submit`.",
            n_open, tally.n_flagged,
        ))
    }

    fn go_back(&mut self) -> Result<(), CliError> {
        let position = match &self.walk {
            Some(walk) => before(walk, self.position),
            None => self.position.checked_sub(1),
        };
        match position {
            Some(position) if self.room.sitting().is_closed(position) => {
                self.talk.say_line("This is the first question of its section; the one before is closed.")
            }
            Some(position) => self.show(position),
            None => self.show(self.position),
        }
    }

    /// Goes to a question, unless it is closed; leaving a section is asked for.
    fn go_to(&mut self, position: usize) -> Result<(), CliError> {
        let sitting = self.room.sitting();
        if sitting.is_closed(position) {
            return self.refuse(&format!("question {} is in a section that is closed", position + 1));
        }
        if sitting.leaves_section(position) && !self.may_leave_section()? {
            return Ok(());
        }
        self.show(position)
    }

    /// Asks a person whether to leave the section for good; a script goes on.
    fn may_leave_section(&mut self) -> Result<bool, CliError> {
        let sitting = self.room.sitting();
        let title = sitting.form().sections.get(sitting.section_idx()).map(|section| section.title.clone());
        let own = (0..sitting.n_items()).filter(|at| sitting.form().section_idx(*at) == sitting.section_idx());
        let n_open = own.filter(|at| sitting.status(*at) != ItemStatus::Answered).count();
        let title = SafeText::one_line(&title.unwrap_or_default()).to_string();
        let open = plural(n_open, "question is", "questions are");
        self.is_confirmed(&format!("You cannot come back to {title}; {open} open there. Leave it? Type yes."))
    }

    fn show(&mut self, position: usize) -> Result<(), CliError> {
        self.position = position;
        self.room.show(position)?;
        self.read_out()
    }

    fn note(&mut self, text: &str) -> Result<(), CliError> {
        match text {
            "" => match self.room.sitting().note_at(self.position) {
                "" => self.talk.say_line("There is no note on this question."),
                note => self.talk.say_line(&format!("Your note: {}", SafeText::one_line(note))),
            },
            "-" => {
                self.room.note(self.position, "")?;
                self.talk.say_line("Note taken away.")
            }
            _ if text.chars().count() > MAX_NOTE_CHARS => {
                self.refuse(&format!("a note has at most {MAX_NOTE_CHARS} characters"))
            }
            _ => {
                self.room.note(self.position, text)?;
                self.talk.say_line("Noted.")
            }
        }
    }

    /// Says a warning that is due; it also brings back a clock that was put away.
    fn warn(&mut self) -> Result<(), CliError> {
        let Some(left) = self.left() else { return Ok(()) };
        if left <= CLOCK_RETURNS {
            self.shows_clock = true;
        }
        match self.warnings.due(left) {
            Some(warning) => self.talk.say_line(&format!("Warning: {} left.", minutes_words(warning))),
            None => Ok(()),
        }
    }

    fn toggle_clock(&mut self) -> Result<(), CliError> {
        self.shows_clock = !self.shows_clock;
        self.talk.say_line(if self.shows_clock { "The clock is back." } else { "The clock is put away." })
    }

    fn start_walk(&mut self, rest: &str) -> Result<(), CliError> {
        let Some(listing @ (Listing::Incomplete | Listing::Flagged)) = Listing::from_word(rest) else {
            return self.refuse("walk takes incomplete or flagged");
        };
        let positions = listing.positions(self.room.sitting());
        let Some(first) = positions.first().copied() else {
            return self.talk.say_line("There is none.");
        };
        self.talk.say_line(&format!("{} to go through.", plural(positions.len(), "question", "questions")))?;
        self.walk = Some(positions);
        self.show(first)
    }

    fn pause(&mut self) -> Result<(), CliError> {
        if self.room.kind() != SittingKind::Practice {
            return self.refuse("an exam cannot be paused; its clock runs on");
        }
        self.room.pause()?;
        self.is_paused = true;
        self.talk.say_line("The clock stands. The next line lets it go on.")
    }

    fn end_pause(&mut self) -> Result<(), CliError> {
        self.room.go_on()?;
        self.is_paused = false;
        self.talk.say_line(&format!("The clock runs. {}", self.time_left()))
    }

    fn left(&self) -> Option<Duration> {
        self.room.limit().map(|limit| limit.saturating_sub(self.room.elapsed()))
    }

    fn read_out(&self) -> Result<(), CliError> {
        let question = self.room.question(self.position);
        let mark = self.mark();
        let choice_order = self.choice_order();
        let mut text = format!("\nQuestion {} of {}.", self.position + 1, self.n_items());
        if let Some(title) = self.section_title() {
            text.push_str(&format!(" {title}."));
        }
        if self.shows_clock {
            text.push_str(&format!(" {}", self.time_left()));
        }
        text.push('\n');
        text.push_str(&question_text(question, &choice_order));
        if !mark.answer.is_blank() {
            text.push_str(&format!("Your answer: {}.\n", answer_words(&mark.answer, &choice_order)));
        }
        if !mark.struck.is_empty() {
            text.push_str(&format!("Struck out: {}.\n", answer_words(&mark.struck.into(), &choice_order)));
        }
        if mark.is_flagged {
            text.push_str("Flagged.\n");
        }
        if mark.confidence != Confidence::Unstated {
            text.push_str(&format!("You said: {}.\n", mark.confidence.label()));
        }
        let note = self.room.sitting().note_at(self.position);
        if !note.is_empty() {
            text.push_str(&format!("Your note: {}\n", SafeText::one_line(note)));
        }
        if self.room.sitting().is_checked(self.position) {
            text.push_str(&explanation(question, &choice_order, &mark.answer));
        }
        self.talk.say(&text)
    }

    fn section_title(&self) -> Option<String> {
        let form = self.room.sitting().form();
        let section = form.sections.get(form.section_idx(self.position))?;
        Some(SafeText::one_line(&section.title).to_string())
    }

    fn time_left(&self) -> String {
        match self.left() {
            Some(left) => format!("Time left {}.", clock(left)),
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
        let n_choices = self.room.question(self.position).choices().len();
        let Some(places) = read_places(rest, n_choices) else {
            return self.refuse("strike takes the letter of a choice");
        };
        let mark = self.mark();
        let places = Answer::from(places).in_deck(&choice_order).choices();
        let struck = places.iter().fold(mark.struck, ChoiceSet::toggled);
        self.record(Mark { struck, ..mark })?;
        self.talk.say_line(&format!("Struck out: {}.", answer_words(&struck.into(), &choice_order)))
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

/// Says what an answer to an item of a kind looks like.
fn wanted_words(kind: ItemKind) -> String {
    let last = |n: u8| letter_of(usize::from(n).saturating_sub(1));
    match kind {
        ItemKind::MultipleChoice { n_choices } | ItemKind::MultipleResponse { n_choices, .. } => {
            format!("a choice from a to {}", last(n_choices))
        }
        ItemKind::Arrangement { n_slots, n_options } => {
            format!("an order of {n_slots} different letters from a to {}", last(n_options))
        }
        ItemKind::TypedAnswer | ItemKind::Flashcard => "an answer after an equals sign".to_owned(),
    }
}

fn shortened(line: &str) -> String {
    SafeText::one_line(&line.chars().take(40).collect::<String>()).to_string()
}

#[cfg(test)]
mod tests {
    use super::HELP;

    #[test]
    fn the_manual_lists_every_command_as_the_help_does() {
        let manual = include_str!("../../docs/exam-room.md");
        assert!(manual.contains(&format!("```text\n{HELP}```")), "docs/exam-room.md lacks these lines:\n{HELP}");
    }
}
