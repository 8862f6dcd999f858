//! `cutscore` without a command: what to do today.

use serde_json::json;

use crate::app::{FirstStep, Today};
use crate::base::SafeText;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output::{write_json, write_out};
use crate::render::{SCHEMA, clock, plural};

/// Says what to do today.
pub(in crate::cli) fn run(context: &mut Context) -> Result<(), CliError> {
    let deck = context.open_deck(None)?;
    let today = context.app.look_at_today(&deck)?;
    if context.json {
        return write_json(&today_json(&today));
    }
    write_out(&today_text(&today))
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
            if let Some((row, left)) = &today.open {
                let left =
                    left.map_or("no clock runs".to_owned(), |left| format!("{} left, the clock runs", clock(left)));
                lines.push(format!("Sitting {} is open ({left}).", row.number));
            }
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
    if let Some((number, started_at)) = &today.last {
        let date = started_at.format("%Y-%m-%d");
        lines.push(format!("Last sitting: number {number}, {date}. `cutscore report` shows it."));
    }
    if today.reserve.is_bank_too_small() && today.reserve.n_forms > 0 {
        lines.push("The bank holds one form only: too few unseen questions to measure readiness.".to_owned());
    }
    lines.join("\n") + "\n"
}

fn due_line(today: &Today) -> String {
    let due = plural(today.n_due, "card is", "cards are");
    let new = plural(today.n_new, "new concept", "new concepts");
    let done = plural(today.n_reviewed, "answer", "answers");
    format!("{due} due, {new} to meet, {done} given today.")
}

fn today_json(today: &Today) -> serde_json::Value {
    json!({
        "schema": SCHEMA,
        "study_day": today.day.to_string(),
        "title": today.title,
        "first_step": match today.first_step {
            FirstStep::FirstRun => "first_run",
            FirstStep::Resume => "resume",
            FirstStep::Drill => "drill",
            FirstStep::Mock => "mock",
            FirstStep::Rest => "rest",
        },
        "open_sitting": today.open.as_ref().map(|(row, left)| {
            json!({"sitting": row.number, "seconds_left": left.map(|left| left.as_secs())})
        }),
        "n_due": today.n_due,
        "n_new": today.n_new,
        "n_reviewed": today.n_reviewed,
        "n_mocks": today.n_mocks,
        "disjoint_forms": today.reserve.n_forms,
    })
}
