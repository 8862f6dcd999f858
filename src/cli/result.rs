//! `cutscore result`.

use std::borrow::Cow;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use chrono::NaiveDate;
use serde_json::json;

use crate::app::{AppError, OpenDeck};
use crate::base::{DomainId, SafeText, StudyDay};
use crate::cli::args::DeckArgs;
use crate::cli::context::{Context, Face};
use crate::cli::error::CliError;
use crate::cli::output::{shown, write_json, write_out};
use crate::cli::person::Person;
use crate::cli::plan::page_lines;
use crate::cli::result_args::{AddResultArgs, ResultArgs, ResultCommand};
use crate::cli::screens::open_console;
use crate::deck::{Blueprint, Fee, Levels, Outcome, Outline};
use crate::exam::{RealResult, ToldLevel};
use crate::format::{ResultFile, SourceFile, did_you_mean, read_result_file};
use crate::render::{SCHEMA, result_json, result_list_json, result_list_text, result_text};
use crate::tui::read_page;

/// Most bytes of a file with a result.
const MOST_BYTES: u64 = 64 << 10;

/// Obeys a command about real exams.
pub(in crate::cli) fn run(context: &mut Context, command: &ResultCommand) -> Result<(), CliError> {
    match command {
        ResultCommand::Add(args) => add(context, args),
        ResultCommand::List(args) => list(context, args),
        ResultCommand::Show(args) => show(context, args),
        ResultCommand::Remove { number, deck } => remove(context, *number, deck),
    }
}

fn add(context: &mut Context, args: &AddResultArgs) -> Result<(), CliError> {
    let deck = context.open_deck(args.deck.deck.as_deref())?;
    let (said, mut person) = match &args.file {
        Some(path) => (Said::of_file(read_file(path)?), Person::Away),
        None => (Said::of_args(args)?, Person::of(context.json)),
    };
    let (result, next) = asked(context, &deck, &said, &mut person)?;
    context.app.add_result(&deck, result.clone(), next)?;
    let list = context.app.result_list(&deck)?;
    let number = list.attempts.iter().find(|row| row.result == result).map(|row| row.number);
    show_on(context, &deck, number)
}

fn list(context: &mut Context, args: &DeckArgs) -> Result<(), CliError> {
    let deck = context.open_deck(args.deck.as_deref())?;
    let list = context.app.result_list(&deck)?;
    if context.json { write_json(&result_list_json(&list)) } else { write_out(&result_list_text(&list)) }
}

fn show(context: &mut Context, args: &ResultArgs) -> Result<(), CliError> {
    let deck = context.open_deck(args.deck.deck.as_deref())?;
    show_on(context, &deck, args.number)
}

fn show_on(context: &mut Context, deck: &OpenDeck, number: Option<usize>) -> Result<(), CliError> {
    let sheet = context.app.result_sheet(deck, number)?;
    if context.json {
        return write_json(&result_json(&sheet));
    }
    let text = result_text(&sheet);
    if context.face != Face::Screens {
        return write_out(&text);
    }
    let mut console = open_console(context.theme)?;
    read_page(&mut console, "The real exam", &page_lines(&text)).map_err(CliError::Screen)
}

fn remove(context: &mut Context, number: usize, args: &DeckArgs) -> Result<(), CliError> {
    let deck = context.open_deck(args.deck.as_deref())?;
    let result = context.app.remove_result(&deck, number)?;
    if context.json {
        return write_json(&json!({"schema": SCHEMA, "removed": number, "date": result.taken_on.to_string()}));
    }
    let day = result.taken_on;
    write_out(&format!("The result of {day} is removed. `cutscore undo` brings it back today.\n"))
}

/// What the command line or a file says, as it was written.
struct Said {
    words: ResultFile,
    /// What each value is called where it was written.
    place: Place,
}

#[derive(Clone, Copy)]
enum Place {
    Options,
    File,
}

impl Said {
    fn of_file(words: ResultFile) -> Said {
        Said { words, place: Place::File }
    }

    fn of_args(args: &AddResultArgs) -> Result<Said, CliError> {
        let level = |text: &String| match text.split_once('=') {
            Some((domain, level)) => Ok((domain.trim().to_owned(), level.trim().to_owned())),
            None => Err(CliError::Usage(format!("--level: write `DOMAIN=LEVEL`, not `{}`", SafeText::one_line(text)))),
        };
        let outcome = match (args.passed, args.failed) {
            (true, _) => Some("pass".to_owned()),
            (false, true) => Some("fail".to_owned()),
            (false, false) => None,
        };
        let words = ResultFile {
            date: args.date.clone(),
            score: args.score.clone(),
            outcome,
            levels: args.level.iter().map(level).collect::<Result<_, _>>()?,
            cost: args.cost.clone(),
            next: args.next.clone(),
        };
        Ok(Said { words, place: Place::Options })
    }
}

/// Reads a small file, or standard input.
fn read_file(path: &Path) -> Result<ResultFile, CliError> {
    let name = shown(path).to_string();
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut bytes)
    } else {
        File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes))
    };
    read.map_err(|source| CliError::Unreadable { path: shown(path), source })?;
    if MOST_BYTES < bytes.len() as u64 {
        return Err(CliError::Usage(format!("{name} is larger than {} KiB", MOST_BYTES >> 10)));
    }
    let source = SourceFile { name, bytes: Cow::Owned(bytes) };
    read_result_file(&source).map_err(|findings| CliError::BadFile { findings, sources: vec![source] })
}

/// Puts the result together from what was said and what a person answers, with the day of the next attempt.
fn asked(
    context: &Context,
    deck: &OpenDeck,
    said: &Said,
    person: &mut Person,
) -> Result<(RealResult, Option<StudyDay>), CliError> {
    let outline = &deck.outline;
    let id = outline.id.to_string();
    let exam = outline.exam.as_ref().ok_or(CliError::App(AppError::NoScale { deck: id }))?;
    let words = &said.words;
    let named = |key: &'static str, option: &'static str| match said.place {
        Place::File => key,
        Place::Options => option,
    };
    person.tell(&format!("{}\nEnter takes what stands in brackets.\n\n", SafeText::one_line(&outline.title)))?;
    let today = context.app.today();
    let usual = today.to_string();
    let question = (named("date", "--date"), "Day of the exam");
    let taken_on = person.ask(question, words.date.as_deref(), &usual, |text| read_day(text, today))?;
    let question = (named("score", "--score"), "Score, or `none`");
    let score = person.ask(question, words.score.as_deref(), "none", read_score)?;
    let outcome = outcome(exam, score, words.outcome.as_deref(), person)?;
    let levels = levels(outline, &exam.levels, said, person)?;
    let fee = exam.retake.as_ref().and_then(|retake| Fee::parse(retake.fee.as_deref()?));
    let usual = fee.map_or("none".to_owned(), |fee| fee.to_string());
    let question = (named("cost", "--cost"), "What you paid, or `none`");
    let cost = person.ask(question, words.cost.as_deref(), &usual, read_cost)?;
    let next = match outcome {
        Outcome::Passed => None,
        Outcome::Failed => {
            let question = (named("next", "--next"), "Day of the next attempt, for the plan, or `none`");
            person.ask(question, words.next.as_deref(), "none", |text| read_next(text, today))?
        }
    };
    Ok((RealResult { taken_on, score, outcome, levels, cost }, next))
}

/// Pass or fail: as it was said, or else as the score says where nothing but the score decides.
fn outcome(exam: &Blueprint, score: Option<f64>, said: Option<&str>, person: &mut Person) -> Result<Outcome, CliError> {
    let passing = exam.announced_scale().passing();
    let by_score = score.filter(|_| exam.decision.is_compensatory());
    match (said, by_score) {
        (None, Some(score)) => Ok(if passing <= score { Outcome::Passed } else { Outcome::Failed }),
        (said, _) => person.ask(("outcome", "Was it a pass or a fail?"), said, "", read_outcome),
    }
}

fn levels(
    outline: &Outline,
    labels: &Levels,
    said: &Said,
    person: &mut Person,
) -> Result<Vec<(DomainId, ToldLevel)>, CliError> {
    let ids = || outline.domains.iter().map(|domain| domain.id.as_str());
    let name = match said.place {
        Place::File => "levels",
        Place::Options => "--level",
    };
    for (domain, _) in &said.words.levels {
        if !ids().any(|id| id == domain) {
            let help =
                did_you_mean(domain, ids(), || format!("the domains are {}", ids().collect::<Vec<_>>().join(", ")));
            let domain = SafeText::one_line(domain);
            return Err(CliError::Usage(format!("{name}: there is no domain `{domain}`; {help}")));
        }
    }
    let all: Vec<&str> = labels.all().iter().map(|level| level.label.as_str()).collect();
    let listed = SafeText::one_line(&all.join(", ")).to_string();
    person.tell(&format!("\nLevels: {listed}, `meets` for any but the lowest; their initials will do.\n"))?;
    let mut told = Vec::new();
    for domain in &outline.domains {
        let own = said.words.levels.iter().find(|(id, _)| id == domain.id.as_str()).map(|(_, level)| level.as_str());
        let title = SafeText::one_line(&domain.title).to_string();
        let read = |text: &str| match text {
            text if is_none(text) => Ok(None),
            text => ToldLevel::read(text, labels)
                .map(Some)
                .ok_or_else(|| format!("`{}` is no level; write {listed}, meets or none", SafeText::one_line(text))),
        };
        let level = person.ask((name, &title), own, "none", read)?;
        told.extend(level.map(|level| (domain.id.clone(), level)));
    }
    Ok(told)
}

fn read_date(text: &str) -> Result<StudyDay, String> {
    let date = text.parse::<NaiveDate>().ok();
    date.map(StudyDay::from_date).ok_or_else(|| "write a day such as 2027-03-01".to_owned())
}

fn read_day(text: &str, today: StudyDay) -> Result<StudyDay, String> {
    // Shortly after midnight the study day is still the one before.
    let day = read_date(text)?;
    if day <= today.plus(1) { Ok(day) } else { Err(format!("{day} is still to come")) }
}

fn read_next(text: &str, today: StudyDay) -> Result<Option<StudyDay>, String> {
    if is_none(text) {
        return Ok(None);
    }
    let day = read_date(text)?;
    if today <= day { Ok(Some(day)) } else { Err(format!("{day} has passed")) }
}

fn read_score(text: &str) -> Result<Option<f64>, String> {
    if is_none(text) {
        return Ok(None);
    }
    let score = text.trim_end_matches('%').trim_end().parse::<f64>().ok().filter(|score| score.is_finite());
    score.map(Some).ok_or_else(|| "write a number such as 655, or `none`".to_owned())
}

fn read_outcome(text: &str) -> Result<Outcome, String> {
    match text.to_lowercase().as_str() {
        "pass" | "passed" | "p" => Ok(Outcome::Passed),
        "fail" | "failed" | "f" => Ok(Outcome::Failed),
        _ => Err("say whether it was a pass or a fail: the score does not tell".to_owned()),
    }
}

fn read_cost(text: &str) -> Result<Option<Fee>, String> {
    if is_none(text) {
        return Ok(None);
    }
    Fee::parse(text).map(Some).ok_or_else(|| "write an amount such as 100 USD, or `none`".to_owned())
}

fn is_none(text: &str) -> bool {
    ["none", "no", "-"].contains(&text.to_lowercase().as_str())
}
