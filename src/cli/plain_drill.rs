//! The drill in line mode.

use crate::app::{AppError, CardCare, Change, DrillSession, Occasion, OnScreen, confusion_words};
use crate::app::{NOTHING_TO_REDO, NOTHING_TO_UNDO};
use crate::base::SafeText;
use crate::cli::answer_line::read_answer;
use crate::cli::context::Face;
use crate::cli::editor::edit;
use crate::cli::error::CliError;
use crate::cli::input::Lines;
use crate::cli::output::Talk;
use crate::cli::question_text::question_text;
use crate::deck::{Answer, Ask, Choice, ItemBody, Question, letter_of};
use crate::render::{days_ahead, solution_lines};
use crate::review::Rating;

const HELP: &str = "\
b           answer b; `a d` or `ad` where more than one is wanted; `-` if you do not know
c a b       put in order or match: a letter for each place in turn, `-` for an empty one, as in `c - b`
= 443       type the answer 443; the equals sign always comes first
b guess     answer and say how sure you are: sure, unsure or guess; `guess = 443` for a typed answer
again, hard, good, easy (or 1 to 4)
            rate how you recalled a flashcard or the blanks of a text; an empty line shows them first
show        read this card again
undo        take back the newest of today's answers, suspensions, burials and notes; again for the one before
redo        bring back what was taken back last
bury        leave this card out until tomorrow
suspend     leave this card out until `cutscore card unsuspend`
note TEXT   write a note on the card that you answered last; `note` alone takes it away
edit        open the card that you answered last in your editor ($VISUAL, $EDITOR), and go on
help        this list
quit        end the drill; every answer until now is kept
";

/// Drills by lines until no card is left, the input ends, or the learner quits.
pub(in crate::cli) fn drill(session: &mut DrillSession, face: Face, talk: Talk) -> Result<(), CliError> {
    let mut lines = Lines::default();
    let mut is_new = true;
    if session.card().is_some() {
        talk.say(&standing_text(session))?;
    }
    while session.card().is_some() {
        if is_new {
            show(session, talk)?;
        }
        if face == Face::Lines {
            talk.say("> ")?;
        }
        let Some(line) = lines.next()? else { return Ok(()) };
        is_new = match line.as_str() {
            "quit" | "q" | "leave" => return Ok(()),
            "help" | "?" => {
                talk.say(HELP)?;
                false
            }
            "show" => true,
            "undo" => say_change(session.undo()?, NOTHING_TO_UNDO, talk)?,
            "redo" => say_change(session.redo()?, NOTHING_TO_REDO, talk)?,
            "suspend" => {
                session.suspend()?;
                talk.say_line("Suspended. `undo` takes it back.")?;
                true
            }
            "bury" => {
                session.bury()?;
                talk.say_line("Left out until tomorrow. `undo` takes it back.")?;
                true
            }
            "edit" => {
                edit_last(session, face, talk)?;
                false
            }
            line if line == "note" || line.starts_with("note ") => {
                note_last(session, line.trim_start_matches("note").trim(), talk)?;
                false
            }
            line => {
                let is_answered = answer(session, line, talk)?;
                if is_answered {
                    session.rest()?;
                    session.advance()?;
                } else if face == Face::Pipe && !line.is_empty() {
                    let message =
                        format!("line {} of the input is no answer: {}", lines.n_read(), SafeText::one_line(line));
                    return Err(CliError::Usage(message));
                }
                is_answered
            }
        };
    }
    Ok(())
}

/// Says what was taken or brought back; `true` if a card is to be shown for it.
fn say_change(change: Option<Change>, nothing: &str, talk: Talk) -> Result<bool, CliError> {
    talk.say_line(change.as_ref().map_or(nothing, |own| &own.said))?;
    Ok(change.is_some_and(|own| own.on_screen == OnScreen::IsDealt))
}

/// Keeps a note on the card that was answered last.
fn note_last(session: &mut DrillSession, note: &str, talk: Talk) -> Result<(), CliError> {
    let Some(item) = session.last_answered().cloned() else { return talk.say_line(NONE_ANSWERED) };
    match session.note(&item, note) {
        Ok(true) if note.is_empty() => talk.say_line(&format!("The note on `{item}` is taken away.")),
        Ok(true) => talk.say_line(&format!("The note on `{item}` is kept.")),
        Ok(false) => talk.say_line("The note is as it was."),
        Err(AppError::LongNote { n_most }) => talk.say_line(&format!("A note has at most {n_most} characters.")),
        Err(error) => Err(error.into()),
    }
}

/// Opens the card that was answered last in the editor. What goes wrong there does not end the drill.
fn edit_last(session: &mut DrillSession, face: Face, talk: Talk) -> Result<(), CliError> {
    let Some(item) = session.last_answered().cloned() else { return talk.say_line(NONE_ANSWERED) };
    match edit(session, &item, face, talk) {
        Ok(said) => talk.say_line(said),
        Err(error) => talk.say_line(&format!("Not edited: {}.", SafeText::one_line(&format!("{error:#}")))),
    }
}

const NONE_ANSWERED: &str = "Nothing is answered yet in this drill.";

/// What the learner noted on the card, and that it is a leech.
fn care_text(care: &CardCare) -> String {
    let mut text = String::new();
    if !care.note.is_empty() {
        text.push_str(&format!("Your note: {}\n", SafeText::one_line(&care.note)));
    }
    if let Some(leech) = &care.leech {
        let words = format!("{} {}", leech.words(), confusion_words(&leech.confusions));
        text.push_str(&format!("{}\n", SafeText::one_line(words.trim_end())));
    }
    text
}

/// The row of study days, and how the domains stand.
fn standing_text(session: &DrillSession) -> String {
    let mut text = String::new();
    let n_days = session.progress().streak_days;
    if n_days > 1 {
        text.push_str(&format!("{n_days} study days in a row.\n"));
    }
    let standing = session.standing();
    let answered = standing.iter().filter(|own| own.n_answers > 0);
    let domains: Vec<String> = answered.map(|own| format!("{} {} of {}", own.id, own.n_right, own.n_answers)).collect();
    if standing.len() > 1 && !domains.is_empty() {
        text.push_str(&format!("Right lately: {}.\n", domains.join(", ")));
    }
    text
}

fn show(session: &DrillSession, talk: Talk) -> Result<(), CliError> {
    let Some(card) = session.card() else { return Ok(()) };
    let left = session.progress().left_words();
    let domain = SafeText::one_line(&card.domain_title);
    let mut text = format!("\n{domain}. {} {left}.\n", card.why_now);
    if let Some(leech) = &card.care.leech {
        text.push_str(&format!("{}\n", leech.words()));
    }
    match &card.body {
        ItemBody::Question(question) => text.push_str(&question_text(question, &card.choice_order)),
        ItemBody::Flashcard(_) | ItemBody::Cloze(_) => {
            text.push_str(&format!("{}\n", SafeText::new(card.body.prompt().trim_end())));
            if card.occasion == Occasion::New {
                text.push_str("Press Enter for the back, then rate it: again, hard, good or easy.\n");
            }
        }
    }
    talk.say(&text)
}

/// Takes a line as an answer; `false` if it is none.
fn answer(session: &mut DrillSession, line: &str, talk: Talk) -> Result<bool, CliError> {
    let Some(card) = session.card().cloned() else { return Ok(false) };
    match &card.body {
        ItemBody::Question(question) => {
            let Some((answer, confidence)) = read_answer(line, question.kind()) else {
                talk.say_line("Not understood. Say `help` for all commands.")?;
                return Ok(false);
            };
            let answer = answer.in_deck(&card.choice_order);
            let feedback = session.answer(answer.clone(), confidence.unwrap_or_default())?;
            let text = explanation(question, &card.choice_order, &answer);
            let care = session.card().map(|card| care_text(&card.care)).unwrap_or_default();
            talk.say(&format!("{text}{care}It {}.\n", feedback.comes_back()))?;
            Ok(true)
        }
        ItemBody::Flashcard(_) | ItemBody::Cloze(_) => match rating(line) {
            Some(rating) => {
                let feedback = session.recall(rating)?;
                talk.say(&format!("{}{}It {}.\n", back(&card.body), care_text(&card.care), feedback.comes_back()))?;
                Ok(true)
            }
            None if line.is_empty() => {
                let mut text = format!("{}{}", back(&card.body), care_text(&card.care));
                for (name, rating) in RATINGS {
                    let days = session.preview(rating)?;
                    text.push_str(&format!("{name}: {}.\n", days_ahead(i32::try_from(days).unwrap_or(i32::MAX))));
                }
                talk.say(&text)?;
                Ok(false)
            }
            None => {
                talk.say_line("Rate it with again, hard, good or easy.")?;
                Ok(false)
            }
        },
    }
}

const RATINGS: [(&str, Rating); 4] =
    [("again", Rating::Again), ("hard", Rating::Hard), ("good", Rating::Good), ("easy", Rating::Easy)];

fn rating(line: &str) -> Option<Rating> {
    let line = line.to_ascii_lowercase();
    let number = line.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
    let at = RATINGS.iter().position(|(name, _)| *name == line).or(number)?;
    RATINGS.get(at).map(|(_, rating)| *rating)
}

/// Says whether an answer is right, what is, and why.
pub(in crate::cli) fn explanation(question: &Question, choice_order: &[usize], answer: &Answer) -> String {
    let verdict = if question.is_right(answer) { "Right." } else { "Wrong." };
    let mut text = match &question.ask {
        Ask::Choices { choices, .. } => {
            let key = key_words(choices, choice_order);
            format!("{verdict} The answer is {key}\n{}", choice_reasons(choices, choice_order, answer))
        }
        Ask::Arrangement(_) | Ask::Typed(_) => {
            let lines = solution_lines(question, choice_order, answer);
            let lines = lines.iter().map(|line| format!("{}\n", line.to_string().trim_start()));
            std::iter::once(format!("{verdict}\n")).chain(lines).collect()
        }
    };
    for link in &question.refs {
        text.push_str(&format!("See {}\n", SafeText::one_line(link)));
    }
    text
}

fn choice_reasons(choices: &[Choice], choice_order: &[usize], answer: &Answer) -> String {
    let mut text = String::new();
    for (place, choice_idx) in choice_order.iter().enumerate() {
        let Some(choice) = choices.get(*choice_idx) else { continue };
        let Some(why) = &choice.why else { continue };
        let said = match (choice.is_key, answer.choices().contains(*choice_idx)) {
            (true, _) => "right",
            (false, true) => "wrong, your choice",
            (false, false) => "wrong",
        };
        text.push_str(&format!("{}) {said}: {}\n", letter_of(place), SafeText::one_line(why)));
    }
    text
}

/// The key with its letters: `b) 443`.
fn key_words(choices: &[Choice], choice_order: &[usize]) -> String {
    let shown = choice_order.iter().enumerate();
    let keys = shown.filter_map(|(place, idx)| Some((place, choices.get(*idx).filter(|choice| choice.is_key)?)));
    let words = keys.map(|(place, choice)| format!("{}) {}", letter_of(place), SafeText::one_line(&choice.text)));
    words.collect::<Vec<_>>().join(" and ")
}

fn back(body: &ItemBody) -> String {
    format!("Back: {}\n", SafeText::new(body.recalled().unwrap_or_default().trim_end()))
}
