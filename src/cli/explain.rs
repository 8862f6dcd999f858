//! `cutscore explain`.

use chrono::NaiveDate;
use serde_json::json;

use crate::base::StudyDay;
use crate::cli::args::DeckArgs;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output::{write_json, write_out};
use crate::render::{SCHEMA, readiness_json, readiness_text, working_json, working_text};
use crate::review::{Grade, Memory};

/// Walks a new card through grades.
pub(in crate::cli) fn sm2(json: bool, grades: &[u8]) -> Result<(), CliError> {
    let mut memory = Memory::NEW;
    let steps: Vec<(Grade, Memory)> = grades
        .iter()
        .filter_map(|number| Grade::from_number(*number))
        .map(|grade| {
            memory = memory.after(grade);
            (grade, memory)
        })
        .collect();
    if json {
        let steps: Vec<_> = steps
            .iter()
            .map(|(grade, memory)| {
                json!({
                    "grade": grade.number(),
                    "repetition": memory.repetition,
                    "ease_hundredths": memory.ease.hundredths(),
                    "interval_days": memory.interval_days,
                    "repeat_today": grade.repeats_today(),
                })
            })
            .collect();
        return write_json(&json!({"schema": SCHEMA, "steps": steps}));
    }
    let mut text = "Grade  Repetition  Ease  Interval\n".to_owned();
    for (grade, memory) in &steps {
        let hundredths = memory.ease.hundredths();
        let again = if grade.repeats_today() { "  and again today" } else { "" };
        text.push_str(&format!(
            "{:>5}  {:>10}  {}.{:02}  {:>8}{again}\n",
            grade.number(),
            memory.repetition,
            hundredths / 100,
            hundredths % 100,
            memory.interval_days,
        ));
    }
    write_out(&text)
}

/// Shows how a score came about.
pub(in crate::cli) fn score(context: &mut Context, sitting: Option<u32>) -> Result<(), CliError> {
    let working = context.app.score_working(sitting)?;
    let no_score = || CliError::NotFound(format!("sitting {} has no score on a scale", working.sheet.number));
    if context.json {
        return write_json(&working_json(&working).ok_or_else(no_score)?);
    }
    write_out(&working_text(&working).ok_or_else(no_score)?)
}

/// Shows how probable it is to pass on a day.
pub(in crate::cli) fn ready(context: &mut Context, deck: &DeckArgs, date: Option<NaiveDate>) -> Result<(), CliError> {
    let deck = context.open_deck(deck.deck.as_deref())?;
    let today = context.app.today();
    let exam_day = date.map_or(today, StudyDay::from_date);
    if exam_day < today {
        return Err(CliError::Usage(format!("readiness is for today, {today}, or later")));
    }
    let sheet = context.app.readiness(&deck, exam_day)?;
    if context.json { write_json(&readiness_json(&sheet)) } else { write_out(&readiness_text(&sheet)) }
}
