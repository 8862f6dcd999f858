//! `cutscore explain` and `cutscore config`.

use chrono::NaiveDate;
use serde_json::json;

use crate::app::{DeckSettingName, SettingName};
use crate::base::{DeckId, StudyDay};
use crate::cli::args::{ConfigArgs, DeckArgs};
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

/// A setting of the learner's, or one of a deck.
#[derive(Clone, Copy)]
enum Setting {
    General(SettingName),
    OfDeck(DeckSettingName),
}

/// Shows the settings, or changes one.
pub(in crate::cli) fn config(context: &mut Context, args: &ConfigArgs) -> Result<(), CliError> {
    let settings = match &args.name {
        None => Setting::all(),
        Some(name) => {
            let known = Setting::all().iter().map(|setting| setting.name()).collect::<Vec<_>>().join(", ");
            let unknown = || CliError::Usage(format!("there is no setting `{name}`; there are {known}"));
            vec![Setting::all().into_iter().find(|setting| setting.name() == name).ok_or_else(unknown)?]
        }
    };
    // What is the learner's own needs no deck, and no trouble with one stands in its way.
    let is_of_deck = settings.iter().any(|setting| matches!(setting, Setting::OfDeck(_)));
    let deck = if is_of_deck { Some(context.open_deck(args.deck.as_deref())?.outline.id) } else { None };
    match (&args.value, settings.as_slice()) {
        (Some(value), [Setting::General(name)]) => context.app.change_setting(*name, value)?,
        (Some(value), [Setting::OfDeck(name)]) => {
            let changes = [(*name, value.clone())];
            deck.iter().try_for_each(|deck| context.app.change_deck_settings(deck, &changes))?;
        }
        _ => {}
    }
    let mut values = Vec::new();
    for setting in settings {
        match (setting, &deck) {
            (Setting::General(name), _) => values.push((setting, context.app.setting(name))),
            (Setting::OfDeck(name), Some(deck)) => values.push((setting, context.app.deck_setting(deck, name)?)),
            (Setting::OfDeck(_), None) => {}
        }
    }
    if context.json {
        let settings: serde_json::Map<_, _> =
            values.iter().map(|(setting, value)| (setting.name().to_owned(), json!(value))).collect();
        let deck = deck.as_ref().map(DeckId::as_str);
        return write_json(&json!({"schema": SCHEMA, "deck": deck, "settings": settings}));
    }
    let line = |(setting, value): &(Setting, String)| {
        let of_deck = match (setting, &deck) {
            (Setting::OfDeck(_), Some(deck)) => format!(" ({deck})"),
            _ => String::new(),
        };
        format!("{:<14} {value:<10} {}{of_deck}\n", setting.name(), setting.meaning())
    };
    write_out(&values.iter().map(line).collect::<String>())
}

impl Setting {
    fn all() -> Vec<Setting> {
        let general = SettingName::all().into_iter().map(Setting::General);
        general.chain(DeckSettingName::all().into_iter().map(Setting::OfDeck)).collect()
    }

    fn name(self) -> &'static str {
        match self {
            Setting::General(name) => name.as_str(),
            Setting::OfDeck(name) => name.as_str(),
        }
    }

    fn meaning(self) -> &'static str {
        match self {
            Setting::General(SettingName::RolloverHour) => "local hour at which a study day begins (default 4)",
            Setting::General(SettingName::NewADay) => {
                "concepts that the drill brings for the first time on one day (default 10)"
            }
            Setting::General(SettingName::ReviewsADay) => "cards that come back on one day at most",
            Setting::OfDeck(DeckSettingName::ExamDate) => "day of the exam",
            Setting::OfDeck(DeckSettingName::MinutesADay) => "minutes of study on a study day",
            Setting::OfDeck(DeckSettingName::DaysOff) => "weekdays and dates without study",
        }
    }
}
