//! `cutscore exam`.

use std::time::Duration;

use crate::app::OpenDeck;
use crate::base::{DomainId, SafeText};
use crate::cli::args::ExamArgs;
use crate::cli::context::{Context, Face};
use crate::cli::error::CliError;
use crate::cli::input::Lines;
use crate::cli::output::{write_json, write_out};
use crate::cli::plain_exam::{self, Left};
use crate::exam::{ExamPlan, ExamRequest, Scope, SittingKind};
use crate::render::{clock, minutes_words, plural, report_json, report_text};
use crate::store::SittingRow;

/// Goes on with the open sitting, or starts one.
pub(in crate::cli) fn run(context: &mut Context, args: &ExamArgs) -> Result<(), CliError> {
    let deck = context.open_deck(args.deck.deck.as_deref())?;
    if let Some(open) = context.app.open_sitting(Some(&deck.outline.id))? {
        if args.abandon {
            context.app.abandon(&open)?;
            context.talk().say_line(&format!("Sitting {} is abandoned.", open.number))?;
        } else {
            return go_on(context, &deck, &open);
        }
    }
    start(context, &deck, &request(args)?)
}

fn request(args: &ExamArgs) -> Result<ExamRequest, CliError> {
    let domain = args.domain.as_deref().map(domain_id).transpose()?;
    let n_questions = args.questions.map(|n| usize::try_from(n).unwrap_or(usize::MAX));
    let scope = match (&domain, n_questions) {
        _ if args.taste => Scope::Taste,
        (None, None) => Scope::Full,
        _ => Scope::Part { domain, n_questions },
    };
    Ok(ExamRequest { scope, minutes: args.minutes })
}

/// Reads the name of a domain.
pub(in crate::cli) fn domain_id(text: &str) -> Result<DomainId, CliError> {
    DomainId::new(text).map_err(|error| CliError::Usage(format!("--domain: {error}")))
}

fn start(context: &mut Context, deck: &OpenDeck, request: &ExamRequest) -> Result<(), CliError> {
    let plan = context.app.plan_exam(deck, request)?;
    match context.face {
        Face::Pipe => {}
        Face::Lines | Face::Screens => {
            context.talk().say(&briefing(deck, &plan))?;
            context.talk().say("Press Enter to start, or say q to go back.\n> ")?;
            match Lines::default().next()?.as_deref() {
                Some("" | "s" | "start" | "y" | "yes") => {}
                Some(_) | None => return Ok(()),
            }
        }
    }
    let (face, talk) = (context.face, context.talk());
    let mut room = context.app.start_exam(deck, request)?;
    let number = room.number();
    match plain_exam::sit(&mut room, face, talk)? {
        Left::Ended(ending) => {
            room.end(ending)?;
            show_report(context, number)
        }
        Left::Open => left_open(context, number),
    }
}

fn go_on(context: &mut Context, deck: &OpenDeck, open: &SittingRow) -> Result<(), CliError> {
    if context.app.time_left_of(open)? == Some(Duration::ZERO) {
        context.app.expire(open)?;
        context.talk().say_line(&format!("Time ran out on sitting {} while nobody was there.", open.number))?;
        return show_report(context, open.number);
    }
    let (face, talk) = (context.face, context.talk());
    let title = SafeText::one_line(&deck.outline.title);
    talk.say_line(&format!("Going on with sitting {} of {title}.", open.number))?;
    let mut room = context.app.resume_exam(open)?;
    match plain_exam::sit(&mut room, face, talk)? {
        Left::Ended(ending) => {
            room.end(ending)?;
            show_report(context, open.number)
        }
        Left::Open => left_open(context, open.number),
    }
}

fn left_open(context: &mut Context, number: u32) -> Result<(), CliError> {
    let left = context.app.open_sitting(None)?.map(|row| context.app.time_left_of(&row)).transpose()?.flatten();
    let clock = match left {
        Some(left) => format!("its clock runs, {} left", clock(left)),
        None => "no clock runs".to_owned(),
    };
    let talk = context.talk();
    talk.say_line(&format!("Sitting {number} stays open ({clock}). `cutscore exam` goes on with it."))?;
    if context.json {
        write_json(&report_json(&context.app.report(Some(number))?))?;
    }
    Ok(())
}

/// Writes the report of a sitting that just ended.
fn show_report(context: &mut Context, number: u32) -> Result<(), CliError> {
    let sheet = context.app.report(Some(number))?;
    if context.json { write_json(&report_json(&sheet)) } else { write_out(&format!("\n{}", report_text(&sheet))) }
}

/// What a candidate is told before the clock starts.
pub(in crate::cli) fn briefing(deck: &OpenDeck, plan: &ExamPlan) -> String {
    let n_unscored: usize = plan.n_unscored.iter().sum();
    let mut text = format!("{}\n", SafeText::one_line(&deck.outline.title));
    text.push_str(&plural(plan.n_items(), "question", "questions"));
    if n_unscored > 0 {
        let n_scored: usize = plan.n_scored.iter().sum();
        text.push_str(&format!(": {n_scored} count, {n_unscored} are unscored and not marked as such"));
    }
    text.push_str(".\n");
    text.push_str(&match plan.limit {
        Some(limit) => format!("{}. The clock starts when you do, and runs on if you leave.\n", minutes_words(limit)),
        None => "No clock runs.\n".to_owned(),
    });
    match (plan.kind, &deck.outline.exam) {
        (SittingKind::Mock, Some(exam)) => {
            let (min, cut, max) = (exam.scale.min(), exam.scale.cut(), exam.scale.max());
            text.push_str(&format!("Scored from {min} to {max}; {cut} passes. A blank counts as wrong, so guess.\n"));
        }
        (SittingKind::Taste, _) => text.push_str("A taste says nothing about readiness, but it starts your drill.\n"),
        (SittingKind::Mock | SittingKind::Partial, _) => {}
    }
    text.push_str("Every answer is saved at once. Say `help` for the commands.\n");
    text
}
