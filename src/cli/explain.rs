//! `cutscore explain`, `cutscore data` and `cutscore config`.

use chrono::NaiveDate;
use serde_json::json;

use crate::app::SettingName;
use crate::base::StudyDay;
use crate::cli::args::{ConfigArgs, DataCommand, DeckArgs};
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output::{write_json, write_out};
use crate::render::{SCHEMA, readiness_json, readiness_text};
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

/// Cares for the data.
pub(in crate::cli) fn data(context: &mut Context, command: &DataCommand) -> Result<(), CliError> {
    let DataCommand::Rebuild = command;
    let rebuilt = context.app.rebuild()?;
    if context.json {
        let is_identical = rebuilt.differing.is_empty();
        return write_json(&json!({
            "schema": SCHEMA, "events": rebuilt.n_events, "identical": is_identical, "differing": rebuilt.differing,
        }));
    }
    let events = rebuilt.n_events;
    if rebuilt.differing.is_empty() {
        write_out(&format!("{events} events checked and folded again; the state is identical.\n"))
    } else {
        let tables = rebuilt.differing.join(", ");
        write_out(&format!("{events} events checked and folded again; these were mended: {tables}\n"))
    }
}

/// Shows the settings, or changes one.
pub(in crate::cli) fn config(context: &mut Context, args: &ConfigArgs) -> Result<(), CliError> {
    let names = match &args.name {
        None => SettingName::all().to_vec(),
        Some(name) => {
            let known = SettingName::all().map(SettingName::as_str).join(", ");
            let unknown = || CliError::Usage(format!("there is no setting `{name}`; there are {known}"));
            vec![SettingName::from_text(name).ok_or_else(unknown)?]
        }
    };
    if let (Some(value), [name]) = (&args.value, names.as_slice()) {
        context.app.change_setting(*name, value)?;
    }
    if context.json {
        let settings: serde_json::Map<_, _> =
            names.iter().map(|name| (name.as_str().to_owned(), json!(context.app.setting(*name)))).collect();
        return write_json(&json!({"schema": SCHEMA, "settings": settings}));
    }
    let lines: Vec<String> = names
        .iter()
        .map(|name| format!("{:<14} {:<6} {}\n", name.as_str(), context.app.setting(*name), meaning(*name)))
        .collect();
    write_out(&lines.concat())
}

fn meaning(name: SettingName) -> &'static str {
    match name {
        SettingName::RolloverHour => "local hour at which a study day begins (default 4)",
        SettingName::NewADay => "concepts that the drill brings for the first time on one day (default 10)",
    }
}
