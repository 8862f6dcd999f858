//! `cutscore config`.

use serde_json::{Map, Value, json};

use crate::app::{DeckSettingName, SettingName, USUAL_MINUTES};
use crate::base::{DeckId, SafeText};
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output::{shown, write_json, write_out};
use crate::cli::result_args::ConfigArgs;
use crate::config::{PreferenceName, Preferences};
use crate::exam::USUAL_WARNINGS;
use crate::render::SCHEMA;

/// A setting of the learner's, one of a deck, or a preference of this machine.
#[derive(Clone, Copy)]
enum Setting {
    General(SettingName),
    OfDeck(DeckSettingName),
    Preferred(PreferenceName),
}

/// Shows the settings, or changes one.
pub(in crate::cli) fn run(context: &mut Context, args: &ConfigArgs) -> Result<(), CliError> {
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
    let value = if args.reset { settings.first().map(|setting| setting.usual()) } else { args.value.clone() };
    if let (Some(value), [setting]) = (value, settings.as_slice()) {
        change(context, *setting, deck.as_ref(), &value, args.reset)?;
    }
    let values = settings.iter().map(|setting| Ok((*setting, value_of(context, *setting, deck.as_ref())?)));
    let values = values.collect::<Result<Vec<(Setting, String)>, CliError>>()?;
    if context.json {
        write_json(&settings_json(&values, deck.as_ref()))
    } else {
        write_out(&text(context, &values, deck.as_ref()))
    }
}

fn change(
    context: &mut Context,
    setting: Setting,
    deck: Option<&DeckId>,
    value: &str,
    is_reset: bool,
) -> Result<(), CliError> {
    match (setting, deck) {
        (Setting::General(name), _) => Ok(context.app.change_setting(name, value)?),
        (Setting::OfDeck(name), Some(deck)) => {
            Ok(context.app.change_deck_settings(deck, &[(name, value.to_owned())])?)
        }
        (Setting::OfDeck(_), None) => Ok(()),
        (Setting::Preferred(name), _) => {
            let no_place = || CliError::Usage("no place for preferences is known: set HOME".to_owned());
            let path = context.preferences_path.as_ref().ok_or_else(no_place)?;
            let written = (!is_reset).then(|| in_yaml(name, value));
            context.preferences = Preferences::change(path, name, written.as_deref())?;
            Ok(())
        }
    }
}

/// A value as the file of preferences has it.
fn in_yaml(name: PreferenceName, value: &str) -> String {
    match name {
        // In single quotes nothing has a meaning but the quote itself.
        PreferenceName::Deck => format!("'{}'", value.replace('\'', "''").replace('\n', " ")),
        PreferenceName::Plain | PreferenceName::Theme => value.replace('\n', " "),
        PreferenceName::Warnings if value == "none" => "[]".to_owned(),
        PreferenceName::Warnings => format!("[{}]", value.trim_matches(['[', ']']).replace('\n', " ")),
    }
}

fn value_of(context: &Context, setting: Setting, deck: Option<&DeckId>) -> Result<String, CliError> {
    let preferred = &context.preferences;
    Ok(match (setting, deck) {
        (Setting::General(name), _) => context.app.setting(name),
        (Setting::OfDeck(name), Some(deck)) => context.app.deck_setting(deck, name)?,
        (Setting::OfDeck(_), None) => setting.usual(),
        (Setting::Preferred(PreferenceName::Deck), _) => preferred.deck.clone().unwrap_or_else(|| setting.usual()),
        (Setting::Preferred(PreferenceName::Plain), _) => preferred.plain.to_string(),
        (Setting::Preferred(PreferenceName::Theme), _) => preferred.theme.as_str().to_owned(),
        (Setting::Preferred(PreferenceName::Warnings), _) => match &preferred.warnings {
            Some(minutes) => listed(minutes),
            None => setting.usual(),
        },
    })
}

fn listed(minutes: &[u32]) -> String {
    let minutes: Vec<String> = minutes.iter().map(ToString::to_string).collect();
    if minutes.is_empty() { "none".to_owned() } else { minutes.join(",") }
}

fn settings_json(values: &[(Setting, String)], deck: Option<&DeckId>) -> Value {
    let map = |value: &dyn Fn(&(Setting, String)) -> Value| -> Map<String, Value> {
        values.iter().map(|own| (own.0.name().to_owned(), value(own))).collect()
    };
    json!({
        "schema": SCHEMA,
        "deck": deck.map(DeckId::as_str),
        "settings": map(&|(_, value)| json!(value)),
        "defaults": map(&|(setting, _)| json!(setting.usual())),
        "meanings": map(&|(setting, _)| json!(setting.meaning())),
    })
}

fn text(context: &Context, values: &[(Setting, String)], deck: Option<&DeckId>) -> String {
    let mut text = String::new();
    let line = |(setting, value): &(Setting, String)| {
        let usual = setting.usual();
        let default = if *value == usual { "the default".to_owned() } else { format!("default {usual}") };
        format!("  {} = {}  ({default})\n      {}\n", setting.name(), SafeText::one_line(value), setting.meaning())
    };
    let groups = [
        ("For all decks".to_owned(), 0),
        (format!("For the deck {}", deck.map_or("", DeckId::as_str)), 1),
        (
            context
                .preferences_path
                .as_ref()
                .map_or(String::new(), |path| format!("On this machine, in {}", shown(path))),
            2,
        ),
    ];
    for (title, group) in groups {
        let own: String = values.iter().filter(|(setting, _)| setting.group() == group).map(line).collect();
        if !own.is_empty() {
            let space = if text.is_empty() { "" } else { "\n" };
            text.push_str(&format!("{space}{title}\n{own}"));
        }
    }
    text
}

impl Setting {
    fn all() -> Vec<Setting> {
        let general = SettingName::all().into_iter().map(Setting::General);
        let of_deck = DeckSettingName::all().into_iter().map(Setting::OfDeck);
        general.chain(of_deck).chain(PreferenceName::ALL.into_iter().map(Setting::Preferred)).collect()
    }

    fn name(self) -> &'static str {
        match self {
            Setting::General(name) => name.as_str(),
            Setting::OfDeck(name) => name.as_str(),
            Setting::Preferred(name) => name.as_str(),
        }
    }

    /// In which group of the list it stands.
    fn group(self) -> usize {
        match self {
            Setting::General(_) => 0,
            Setting::OfDeck(_) => 1,
            Setting::Preferred(_) => 2,
        }
    }

    /// What holds as long as nothing else is set.
    fn usual(self) -> String {
        match self {
            Setting::General(SettingName::RolloverHour) => "4".to_owned(),
            Setting::General(SettingName::NewADay) => "10".to_owned(),
            Setting::General(SettingName::ReviewsADay) | Setting::OfDeck(_) => "none".to_owned(),
            Setting::Preferred(PreferenceName::Deck) => "clf-c02".to_owned(),
            Setting::Preferred(PreferenceName::Plain) => "false".to_owned(),
            Setting::Preferred(PreferenceName::Theme) => "dark".to_owned(),
            Setting::Preferred(PreferenceName::Warnings) => listed(&USUAL_WARNINGS),
        }
    }

    fn meaning(self) -> String {
        match self {
            Setting::General(SettingName::RolloverHour) => "Local hour at which a study day begins, 0 to 23".to_owned(),
            Setting::General(SettingName::NewADay) => {
                "New concepts that the drill brings on one day at most".to_owned()
            }
            Setting::General(SettingName::ReviewsADay) => "Cards that come back on one day at most, or none".to_owned(),
            Setting::OfDeck(DeckSettingName::ExamDate) => "Day of the exam, or none".to_owned(),
            Setting::OfDeck(DeckSettingName::MinutesADay) => {
                format!("Minutes of study on a study day; without, plans take {USUAL_MINUTES}")
            }
            Setting::OfDeck(DeckSettingName::DaysOff) => {
                "Weekdays and dates without study, sat,sun,2026-12-24".to_owned()
            }
            Setting::Preferred(PreferenceName::Deck) => {
                "The deck that is meant when none is named: id or path".to_owned()
            }
            Setting::Preferred(PreferenceName::Plain) => {
                "Lines instead of screens on a terminal: true or false".to_owned()
            }
            Setting::Preferred(PreferenceName::Theme) => "Colours: dark, light, high-contrast or none".to_owned(),
            Setting::Preferred(PreferenceName::Warnings) => "Minutes left at which an exam warns, or none".to_owned(),
        }
    }
}
