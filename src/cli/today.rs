//! `cutscore` without a command: what to do today.

use serde_json::json;

use crate::app::{DrillRequest, FirstStep, Today};
use crate::base::SafeText;
use crate::cli::args::ReportArgs;
use crate::cli::context::{Context, Face};
use crate::cli::drill_summary::counted;
use crate::cli::error::CliError;
use crate::cli::output::{write_json, write_out};
use crate::cli::screens::open_console;
use crate::cli::{drill, exam, report};
use crate::deck::Outcome;
use crate::exam::{ExamRequest, Scope, SittingKind};
use crate::render::{
    SCHEMA, clock, days_ahead, plural, probability_words, readiness_name, readiness_words, trend_words,
};
use crate::tui::{self, Menu, MenuChoice, TextLine, read_page};

/// Says what to do today, and on a terminal goes on with what is chosen.
pub(in crate::cli) fn run(context: &mut Context) -> Result<(), CliError> {
    let deck = context.open_deck(None)?;
    let today = context.app.look_at_today(&deck)?;
    if context.json {
        return write_json(&today_json(&today));
    }
    if context.face != Face::Screens {
        return write_out(&today_text(&today));
    }
    match choose(context, &today)? {
        None => Ok(()),
        Some(Way::Taste) => exam::start(context, &deck, &ExamRequest::of(Scope::Taste)),
        Some(Way::Exam) => exam::resume_or_start(context, &deck, &ExamRequest::of(Scope::Full)),
        Some(Way::Drill) => drill::on_deck(context, &deck, &DrillRequest::default()),
        Some(Way::Report) => report::run(context, &ReportArgs::default()),
        Some(Way::OwnDeck) => {
            let mut console = open_console(context.theme)?;
            let lines: Vec<TextLine> = OWN_DECK.lines().map(TextLine::from).collect();
            read_page(&mut console, "A deck of your own", &lines).map_err(CliError::Screen)
        }
    }
}

/// A way to go on from the menu.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Taste,
    Exam,
    Drill,
    Report,
    OwnDeck,
}

const OWN_DECK: &str = "\
  A deck is a YAML file. This one is complete:

    questions:
      - {stem: Which layer routes packets?, right: Network, wrong: [Session, Transport]}
      - {stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}
      - {front: What does DHCP hand out?, back: IP addresses}

  Save it as my.yaml, or let `cutscore deck new` ask what it is to hold
  and write one with examples. Then:

    cutscore deck check ./my.yaml     what could be better about it
    cutscore exam ./my.yaml           all its questions, in a drawn order
    cutscore drill ./my.yaml          a few new ones a day, and what you missed
";

fn choose(context: &Context, today: &Today) -> Result<Option<Way>, CliError> {
    let drill_note = format!("{} due, {} new", today.n_due, today.n_new);
    let mut ways = match today.first_step {
        FirstStep::FirstRun => vec![
            (Way::Taste, 't', "Taste", "ten minutes, to see how it feels; never counts".to_owned()),
            (Way::Exam, 'e', "Exam", "a full timed mock, scored on the exam's scale".to_owned()),
            (Way::OwnDeck, 'o', "Own deck", "six lines of YAML are enough".to_owned()),
        ],
        FirstStep::Resume => vec![(Way::Exam, 'e', "Exam", "go on with the open sitting".to_owned())],
        FirstStep::Drill => {
            vec![(Way::Drill, 'd', "Drill", drill_note), (Way::Exam, 'e', "Exam", "a full timed mock".to_owned())]
        }
        FirstStep::Mock | FirstStep::Rest => {
            vec![(Way::Exam, 'e', "Exam", "a full timed mock".to_owned()), (Way::Drill, 'd', "Drill", drill_note)]
        }
    };
    if today.last.is_some() {
        ways.push((Way::Report, 'r', "Report", "the newest score report".to_owned()));
    }
    let choices = ways
        .iter()
        .map(|(_, key, label, note)| MenuChoice { key: *key, label: (*label).to_owned(), note: note.clone() })
        .collect();
    let lines = status_lines(today).into_iter().map(|line| TextLine::from(format!("  {line}"))).collect();
    let menu = Menu { title: SafeText::one_line(&today.title).to_string(), lines, choices };
    let mut console = open_console(context.theme)?;
    let taken = tui::menu(&mut console, &menu).map_err(CliError::Screen)?;
    Ok(taken.and_then(|at| ways.get(at)).map(|(way, ..)| *way))
}

/// How things stand, for the menu.
fn status_lines(today: &Today) -> Vec<String> {
    let mut lines = match today.first_step {
        FirstStep::FirstRun => vec![
            "Welcome. Sit a mock exam, see where you stand,".to_owned(),
            "and drill what you missed, a little every day.".to_owned(),
        ],
        FirstStep::Resume => open_line(today).into_iter().collect(),
        FirstStep::Drill | FirstStep::Mock | FirstStep::Rest => vec![due_line(today)],
    };
    lines.extend(standing_lines(today));
    lines
}

/// What stands below the suggestion: how far the learner is, and what is to come.
fn standing_lines(today: &Today) -> Vec<String> {
    let lines = [
        unreported_line(today),
        real_line(today),
        last_line(today),
        readiness_line(today),
        plan_line(today),
        mock_line(today),
        bank_line(today),
    ];
    lines.into_iter().flatten().collect()
}

/// Says what to do today, as lines.
pub(in crate::cli) fn today_text(today: &Today) -> String {
    let mut lines = vec![SafeText::one_line(&today.title).to_string(), String::new()];
    match today.first_step {
        FirstStep::FirstRun => lines.extend(
            [
                "  cutscore exam --taste      ten minutes, to see how it feels; never counts",
                "  cutscore exam              a full timed mock, with a score on the exam's scale",
                "  cutscore exam ./my.yaml    a deck of your own; six lines of YAML are enough",
                "",
                "What you miss comes back in `cutscore drill`, from tomorrow on.",
            ]
            .map(str::to_owned),
        ),
        FirstStep::Resume => {
            lines.extend(open_line(today));
            lines.push("Next: cutscore exam".to_owned());
        }
        FirstStep::Drill => {
            lines.push(due_line(today));
            lines.push("Next: cutscore drill".to_owned());
        }
        FirstStep::Mock => {
            lines.push("Nothing is due today.".to_owned());
            lines.push("Next: cutscore exam (a full mock)".to_owned());
        }
        FirstStep::Rest => lines.push("All done for today.".to_owned()),
    }
    lines.extend(standing_lines(today));
    lines.join("\n") + "\n"
}

fn open_line(today: &Today) -> Option<String> {
    let (row, left) = today.open.as_ref()?;
    let clock_does = match row.kind {
        SittingKind::Practice => "stands",
        SittingKind::Mock | SittingKind::Partial | SittingKind::Taste => "runs",
    };
    let left = left.map_or("no clock runs".to_owned(), |left| format!("{} left, the clock {clock_does}", clock(left)));
    Some(format!("Sitting {} is open ({left}).", row.number))
}

fn last_line(today: &Today) -> Option<String> {
    let (number, started_at) = today.last.as_ref()?;
    let date = started_at.format("%Y-%m-%d");
    Some(format!("Last sitting: number {number}, {date}. `cutscore report` shows it."))
}

fn readiness_line(today: &Today) -> Option<String> {
    let (p_pass, label) = today.readiness?;
    let (p_pass, label) = (probability_words(p_pass), readiness_words(label));
    let trend = trend_words(&today.trend).map(|words| format!(", {words}")).unwrap_or_default();
    Some(format!("P(pass) today: {p_pass}, {label}{trend}. `cutscore explain ready` shows why."))
}

fn unreported_line(today: &Today) -> Option<String> {
    let day = today.unreported?;
    Some(format!("The exam was on {day}. `cutscore result add` records how it went."))
}

fn real_line(today: &Today) -> Option<String> {
    let (result, earliest) = today.real.as_ref()?;
    let day = result.taken_on;
    Some(match earliest {
        None => format!("You passed the exam on {day}. `cutscore result show` says what is left to gain."),
        Some(earliest) if today.day < *earliest => {
            format!("The exam of {day} was a fail; the next is allowed from {earliest} on.")
        }
        Some(_) => format!("The exam of {day} was a fail. `cutscore result show` says how to go on."),
    })
}

fn mock_line(today: &Today) -> Option<String> {
    let day = today.next_mock.filter(|day| *day != today.day)?;
    Some(format!("Next mock: {day}, {}.", days_ahead(day.days_since(today.day))))
}

fn plan_line(today: &Today) -> Option<String> {
    Some(format!("{} `cutscore plan` shows all of it.", today.plan_line.as_ref()?))
}

fn bank_line(today: &Today) -> Option<String> {
    let is_small = today.reserve.is_bank_too_small() && today.reserve.n_forms > 0;
    is_small.then(|| "The bank holds one form only: too few unseen questions to measure readiness.".to_owned())
}

fn due_line(today: &Today) -> String {
    let due = counted(today.n_due, "card is", "cards are");
    let new = plural(today.n_new, "new concept", "new concepts");
    let done = plural(today.n_reviewed, "answer", "answers");
    format!("{due} due, {new} to meet, {done} given today.")
}

/// The name of a step in JSON.
pub(in crate::cli) fn step_name(step: FirstStep) -> &'static str {
    match step {
        FirstStep::FirstRun => "first_run",
        FirstStep::Resume => "resume",
        FirstStep::Drill => "drill",
        FirstStep::Mock => "mock",
        FirstStep::Rest => "rest",
    }
}

fn today_json(today: &Today) -> serde_json::Value {
    json!({
        "schema": SCHEMA,
        "study_day": today.day.to_string(),
        "title": today.title,
        "first_step": step_name(today.first_step),
        "open_sitting": today.open.as_ref().map(|(row, left)| {
            json!({"sitting": row.number, "seconds_left": left.map(|left| left.as_secs())})
        }),
        "n_due": today.n_due,
        "n_new": today.n_new,
        "n_reviewed": today.n_reviewed,
        "n_mocks": today.n_mocks,
        "readiness": today.readiness.map(|(p_pass, label)| json!({"p_pass": p_pass, "label": readiness_name(label)})),
        "trend": today.trend.iter().map(|own| json!({"day": own.day.to_string(), "p_pass": own.p_pass})).collect::<Vec<_>>(),
        "next_mock": today.next_mock.map(|day| day.to_string()),
        "newest_result": today.real.as_ref().map(|(result, earliest)| json!({
            "date": result.taken_on.to_string(),
            "pass": result.outcome == Outcome::Passed,
            "earliest_retake": earliest.map(|day| day.to_string()),
        })),
        "exam_without_result": today.unreported.map(|day| day.to_string()),
        "days_to_exam": today.days_to_exam,
        "plan": today.plan_line,
        "disjoint_forms": today.reserve.n_forms,
    })
}
