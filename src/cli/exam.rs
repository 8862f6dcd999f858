//! `cutscore exam`.

use std::time::Duration;

use crate::app::{OpenDeck, OpenSitting, SittingRow};
use crate::base::{DomainId, SafeText};
use crate::cli::args::ExamArgs;
use crate::cli::context::{Context, Face};
use crate::cli::error::CliError;
use crate::cli::input::Lines;
use crate::cli::output::{write_json, write_out};
use crate::cli::plain_exam::{self, Left};
use crate::cli::report::read_on_screen;
use crate::cli::screens::{SittingDesk, briefing, open_console};
use crate::exam::{Ending, ExamPlan, ExamRequest, Purpose, Scope, SittingKind};
use crate::render::{
    ItemDetail, clock, minimum_words, minutes_words, passing_words, plural, range_words, report_json, report_text,
};
use crate::tui::{Console, ExamExit, Resumption, RoomHabits, Start, ask_to_resume, ask_to_start, sit_exam};

/// Goes on with the open sitting, or starts one.
pub(in crate::cli) fn run(context: &mut Context, args: &ExamArgs) -> Result<(), CliError> {
    let named = args.deck.deck.as_deref();
    let deck = match context.open_deck(named) {
        Ok(deck) => deck,
        // All that an open sitting needs is pinned; the deck's files may be gone or broken meanwhile.
        Err(error) => {
            let Some(id) = context.known_deck(named)? else { return Err(error) };
            return match context.app.open_sitting(Some(&id))? {
                Some(open) if args.practice && !args.abandon => go_on_as_practice(context, &open),
                Some(open) if !args.abandon => go_on(context, &open),
                Some(_) | None => Err(error),
            };
        }
    };
    if args.abandon
        && let Some(open) = context.app.open_sitting(Some(&deck.outline.id))?
    {
        context.app.abandon(&open)?;
        context.talk().say_line(&format!("Sitting {} is abandoned.", open.number))?;
    }
    let request = request(args)?;
    // An open sitting can go on as practice, but it cannot become another exam.
    let is_special = ExamRequest { purpose: Purpose::Exam, ..request.clone() } != ExamRequest::of(Scope::Full);
    match context.app.open_sitting(Some(&deck.outline.id))? {
        Some(open) if is_special => {
            let number = open.number;
            let message = format!("sitting {number} is still open; go on with `cutscore exam`, or add --abandon");
            Err(CliError::Usage(message))
        }
        Some(open) if request.purpose == Purpose::Practice => go_on_as_practice(context, &open),
        Some(_) | None => resume_or_start(context, &deck, &request),
    }
}

/// Goes on with the deck's open sitting, or starts the exam that is asked for.
pub(in crate::cli) fn resume_or_start(
    context: &mut Context,
    deck: &OpenDeck,
    request: &ExamRequest,
) -> Result<(), CliError> {
    match context.app.open_sitting(Some(&deck.outline.id))? {
        Some(open) => go_on(context, &open),
        None => start(context, deck, request),
    }
}

fn request(args: &ExamArgs) -> Result<ExamRequest, CliError> {
    let domain = args.domain.as_deref().map(domain_id).transpose()?;
    let n_questions = args.questions.map(|n| usize::try_from(n).unwrap_or(usize::MAX));
    let scope = match (&domain, n_questions) {
        _ if args.taste => Scope::Taste,
        (None, None) => Scope::Full,
        _ => Scope::Part { domain, n_questions },
    };
    let purpose = if args.practice { Purpose::Practice } else { Purpose::Exam };
    Ok(ExamRequest { scope, minutes: args.minutes, extra_time: args.extra_time, purpose })
}

/// Reads the name of a domain.
pub(in crate::cli) fn domain_id(text: &str) -> Result<DomainId, CliError> {
    DomainId::new(text).map_err(|error| CliError::Usage(format!("--domain: {error}")))
}

/// Starts an exam once the candidate says so; a script already has.
pub(in crate::cli) fn start(context: &mut Context, deck: &OpenDeck, request: &ExamRequest) -> Result<(), CliError> {
    let plan = context.app.plan_exam(deck, request)?;
    match context.face {
        Face::Screens => {
            let mut console = open_console(context.theme)?;
            match ask_to_start(&mut console, &briefing(deck, &plan)).map_err(CliError::Screen)? {
                Start::Start => {}
                Start::Back => return Ok(()),
            }
            let habits = habits(context)?;
            let room = context.app.start_exam(deck, request)?;
            let (number, left) = sit_on_screen(&mut console, room, &habits)?;
            close(context, number, left, Some(console))
        }
        face @ (Face::Lines | Face::Pipe) => {
            let (talk, warnings) = (context.talk(), context.warnings.clone());
            if face == Face::Lines {
                talk.say(&spoken_briefing(deck, &plan))?;
                talk.say("Press Enter to start, or say q to go back.\n> ")?;
                match Lines::default().next()?.as_deref() {
                    Some("" | "s" | "start" | "y" | "yes") => {}
                    Some(_) | None => return Ok(()),
                }
            }
            let mut room = context.app.start_exam(deck, request)?;
            let number = room.number();
            let left = plain_exam::sit(&mut room, face, talk, &warnings)?;
            end(room, left)?;
            close(context, number, left, None)
        }
    }
}

/// How the exam room is to behave; the first sitting ever gets a hint.
fn habits(context: &Context) -> Result<RoomHabits, CliError> {
    let is_first = !context.app.sittings()?.iter().any(|row| row.ending.is_some());
    Ok(RoomHabits { warning_minutes: context.warnings.clone(), is_first })
}

/// Goes on with an open sitting as practice: from the last sign of life, and never evidence.
fn go_on_as_practice(context: &mut Context, open: &SittingRow) -> Result<(), CliError> {
    let (face, talk, warnings) = (context.face, context.talk(), context.warnings.clone());
    let habits = habits(context)?;
    let theme = context.theme;
    let number = open.number;
    let mut room = context.app.resume_as_practice(open)?;
    if face == Face::Screens {
        let mut console = open_console(theme)?;
        let (number, left) = sit_on_screen(&mut console, room, &habits)?;
        return close(context, number, left, Some(console));
    }
    talk.say_line(&format!("Sitting {number} goes on as practice; it is no evidence of readiness."))?;
    let left = plain_exam::sit(&mut room, face, talk, &warnings)?;
    end(room, left)?;
    close(context, number, left, None)
}

fn go_on(context: &mut Context, open: &SittingRow) -> Result<(), CliError> {
    let number = open.number;
    let at_rest = context.app.look_at_sitting(open)?;
    // In practice nothing runs out while nobody is there.
    let has_expired = at_rest.kind() != SittingKind::Practice && at_rest.time_left() == Some(Duration::ZERO);
    match context.face {
        Face::Screens => {
            let mut console = open_console(context.theme)?;
            let wish = ask_to_resume(&mut console, &at_rest).map_err(CliError::Screen)?;
            let habits = habits(context)?;
            let room = match wish {
                Resumption::Resume if has_expired => {
                    context.app.expire(open)?;
                    return close(context, number, Left::Ended(Ending::Unattended), Some(console));
                }
                Resumption::Resume => context.app.resume_exam(open)?,
                Resumption::Practise => context.app.resume_as_practice(open)?,
                Resumption::Abandon => {
                    context.app.abandon(open)?;
                    return close(context, number, Left::Ended(Ending::Abandoned), Some(console));
                }
                Resumption::Back => return Ok(()),
            };
            let (number, left) = sit_on_screen(&mut console, room, &habits)?;
            close(context, number, left, Some(console))
        }
        Face::Lines | Face::Pipe if has_expired => {
            context.app.expire(open)?;
            context.talk().say_line(&format!("Time ran out on sitting {number} while nobody was there."))?;
            show_report(context, number)
        }
        face @ (Face::Lines | Face::Pipe) => {
            let (talk, warnings) = (context.talk(), context.warnings.clone());
            let mut room = context.app.resume_exam(open)?;
            let title = SafeText::one_line(room.title());
            talk.say_line(&format!("Going on with sitting {number} of {title}."))?;
            let left = plain_exam::sit(&mut room, face, talk, &warnings)?;
            end(room, left)?;
            close(context, number, left, None)
        }
    }
}

fn desk_for(room: OpenSitting<'_>) -> SittingDesk<'_> {
    SittingDesk { title: SafeText::one_line(room.title()).to_string(), room }
}

fn sit_on_screen(console: &mut Console, room: OpenSitting, habits: &RoomHabits) -> Result<(u32, Left), CliError> {
    let number = room.number();
    let mut desk = desk_for(room);
    let left = match sit_exam(console, &mut desk, habits).map_err(CliError::Screen)? {
        ExamExit::End(ending) => Left::Ended(ending),
        ExamExit::Leave => Left::Open,
    };
    end(desk.room, left)?;
    Ok((number, left))
}

fn end(room: OpenSitting, left: Left) -> Result<(), CliError> {
    match left {
        Left::Ended(ending) => {
            room.end(ending)?;
        }
        Left::Open => {}
    }
    Ok(())
}

/// Says what became of a sitting: its report, or that it stays open.
fn close(context: &mut Context, number: u32, left: Left, console: Option<Console>) -> Result<(), CliError> {
    match (left, console) {
        (Left::Ended(_), Some(mut console)) => {
            let sheet = context.app.report(Some(number))?;
            let sheet = read_on_screen(context, &mut console, sheet)?;
            drop(console);
            write_out(&report_text(&sheet))
        }
        (Left::Ended(_), None) => show_report(context, number),
        (Left::Open, console) => {
            drop(console);
            left_open(context, number)
        }
    }
}

fn left_open(context: &mut Context, number: u32) -> Result<(), CliError> {
    let sittings = context.app.sittings()?;
    let Some(row) = sittings.into_iter().find(|row| row.number == number) else { return Ok(()) };
    let left = context.app.time_left_of(&row)?;
    let clock = match left {
        Some(left) if row.kind == SittingKind::Practice => format!("its clock stands, {} left", clock(left)),
        Some(left) => format!("its clock runs, {} left", clock(left)),
        None => "no clock runs".to_owned(),
    };
    let deck = row.deck;
    context
        .talk()
        .say_line(&format!("Sitting {number} stays open ({clock}). `cutscore exam {deck}` goes on with it."))?;
    if context.json {
        write_json(&report_json(&context.app.report(Some(number))?, ItemDetail::Brief))?;
    }
    Ok(())
}

/// Writes the report of a sitting that just ended.
fn show_report(context: &mut Context, number: u32) -> Result<(), CliError> {
    let sheet = context.app.report(Some(number))?;
    if context.json {
        write_json(&report_json(&sheet, ItemDetail::Brief))
    } else {
        write_out(&format!("\n{}", report_text(&sheet)))
    }
}

/// What a candidate is told before the clock starts, in line mode.
fn spoken_briefing(deck: &OpenDeck, plan: &ExamPlan) -> String {
    let n_unscored: usize = plan.n_unscored.iter().sum();
    let mut text = format!("{}\n", SafeText::one_line(&deck.outline.title));
    text.push_str(&plural(plan.n_items(), "question", "questions"));
    if n_unscored > 0 {
        let n_scored: usize = plan.n_scored.iter().sum();
        text.push_str(&format!(": {n_scored} count, {n_unscored} are unscored and not marked as such"));
    }
    text.push_str(".\n");
    text.push_str(&match plan.limit {
        Some(limit) => {
            let extra = plan.extra_time.map(|extra| format!(", {} of them extra", minutes_words(extra)));
            let leaving = match plan.kind {
                SittingKind::Practice => "stops when you pause or leave",
                SittingKind::Mock | SittingKind::Partial | SittingKind::Taste => "runs on if you leave",
            };
            let (limit, extra) = (minutes_words(limit), extra.unwrap_or_default());
            format!("{limit}{extra}. The clock starts when you do, and {leaving}.\n")
        }
        None => "No clock runs.\n".to_owned(),
    });
    match (plan.kind, &deck.outline.exam) {
        (SittingKind::Mock, Some(exam)) => {
            let scale = exam.announced_scale();
            let (range, passing) = (range_words(scale), passing_words(scale, exam.decision.total()));
            text.push_str(&format!("Scored from {range}; {passing}. A blank counts as wrong, so guess.\n"));
            if let Some(minimums) = minimum_words(exam, &deck.outline.domains) {
                text.push_str(&format!("It takes {minimums}.\n"));
            }
        }
        (SittingKind::Taste, _) => text.push_str("A taste says nothing about readiness, but it starts your drill.\n"),
        (SittingKind::Practice, _) => text.push_str(
            "Practice: you are told what is right after each answer.\nPractice is never evidence of readiness.\n",
        ),
        (SittingKind::Mock | SittingKind::Partial, _) => {}
    }
    if !plan.sections.is_empty() {
        let sections = plural(plan.sections.len(), "section", "sections");
        text.push_str(&format!("There are {sections}; you cannot go back to one that you left.\n"));
    }
    text.push_str("Every answer is saved at once. Say `help` for the commands.\n");
    text
}
