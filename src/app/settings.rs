//! Settings: those of the learner, and those that each deck has for itself.

use chrono::NaiveDate;

use crate::app::{App, AppError};
use crate::base::{DeckId, Rollover, StudyDay};
use crate::plan::DaysOff;
use crate::store::{DeckSettingName, Event, SettingName};

/// How a learner wants to study a deck.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StudySettings {
    /// The day of the exam, which may have passed; `None` without a date.
    pub exam_day: Option<StudyDay>,
    /// Minutes of study on a study day; `None` without a limit.
    pub minutes_a_day: Option<u32>,
    /// Days without study.
    pub days_off: DaysOff,
    /// Concepts met for the first time on one day at most.
    pub new_a_day: usize,
    /// Cards that come back on one day at most; `None` without a limit.
    pub reviews_a_day: Option<usize>,
}

/// New concepts a day where nobody asks for another number: with their repeats, about a quarter of an hour.
pub(in crate::app) const NEW_A_DAY: usize = 10;
/// Most new concepts a day that can be set.
const MOST_NEW_A_DAY: usize = 999;
/// Most reviews a day that can be set.
const MOST_REVIEWS_A_DAY: usize = 9_999;
/// Most minutes a day: all of it.
const MOST_MINUTES_A_DAY: u32 = 1_440;
/// Farthest day of an exam, in days from today: five years.
const MOST_DAYS_AHEAD: u32 = 1_827;
/// How a setting without a value is written.
pub(in crate::app) const NONE: &str = "none";

impl App {
    pub(in crate::app) fn read_settings(&mut self) -> Result<(), AppError> {
        if let Some(hour) = self.store.setting(SettingName::RolloverHour)? {
            self.rollover = hour.parse().ok().and_then(Rollover::new).unwrap_or_default();
        }
        if let Some(n_new) = self.store.setting(SettingName::NewADay)? {
            self.new_a_day = n_new.parse().unwrap_or(NEW_A_DAY);
        }
        if let Some(n_reviews) = self.store.setting(SettingName::ReviewsADay)? {
            self.reviews_a_day = n_reviews.parse().ok();
        }
        Ok(())
    }

    /// Returns the value of a setting in force.
    pub fn setting(&self, name: SettingName) -> String {
        match name {
            SettingName::RolloverHour => self.rollover.hour().to_string(),
            SettingName::NewADay => self.new_a_day.to_string(),
            SettingName::ReviewsADay => or_none(self.reviews_a_day),
        }
    }

    /// Changes a setting.
    ///
    /// # Errors
    /// [`AppError::BadSetting`] says which values the setting takes.
    pub fn change_setting(&mut self, name: SettingName, value: &str) -> Result<(), AppError> {
        let (is_legal, expected) = match name {
            SettingName::RolloverHour => {
                (value.parse().ok().and_then(Rollover::new).is_some(), "an hour from 0 to 23".to_owned())
            }
            SettingName::NewADay => (
                value.parse::<usize>().is_ok_and(|n_new| n_new <= MOST_NEW_A_DAY),
                format!("a number from 0 to {MOST_NEW_A_DAY}"),
            ),
            SettingName::ReviewsADay => (
                value == NONE || value.parse::<usize>().is_ok_and(|n_reviews| n_reviews <= MOST_REVIEWS_A_DAY),
                format!("a number from 0 to {MOST_REVIEWS_A_DAY}, or {NONE}"),
            ),
        };
        if !is_legal {
            return Err(AppError::BadSetting { name: name.as_str(), expected, found: value.to_owned() });
        }
        self.record(&[Event::SettingChanged { name, value: value.to_owned() }])?;
        self.read_settings()
    }

    /// Returns the value of a deck's own setting, `none` where it has none.
    pub fn deck_setting(&self, deck: &DeckId, name: DeckSettingName) -> Result<String, AppError> {
        let settings = self.study_settings(deck)?;
        Ok(match name {
            DeckSettingName::ExamDate => or_none(settings.exam_day),
            DeckSettingName::MinutesADay => or_none(settings.minutes_a_day),
            DeckSettingName::DaysOff => settings.days_off.to_string(),
        })
    }

    /// Changes settings of a deck, all of them or, where one is refused, none.
    ///
    /// # Errors
    /// [`AppError::BadSetting`] says which values a setting takes.
    pub fn change_deck_settings(
        &mut self,
        deck: &DeckId,
        changes: &[(DeckSettingName, String)],
    ) -> Result<(), AppError> {
        let today = self.today();
        let mut settings = self.study_settings(deck)?;
        for (name, value) in changes {
            settings = settings.changed(*name, value, today)?;
        }
        let event = |(name, value): &(DeckSettingName, String)| Event::DeckSettingChanged {
            deck: deck.clone(),
            name: *name,
            value: value.clone(),
        };
        let events: Vec<Event> = changes.iter().map(event).collect();
        if events.is_empty() { Ok(()) } else { self.record(&events) }
    }

    /// Returns how the learner wants to study a deck.
    pub fn study_settings(&self, deck: &DeckId) -> Result<StudySettings, AppError> {
        let stored = |name| self.store.deck_setting(deck, name);
        let exam_day = stored(DeckSettingName::ExamDate)?.and_then(|text| text.parse::<NaiveDate>().ok());
        Ok(StudySettings {
            exam_day: exam_day.map(StudyDay::from_date),
            minutes_a_day: stored(DeckSettingName::MinutesADay)?.and_then(|text| text.parse().ok()),
            days_off: stored(DeckSettingName::DaysOff)?.and_then(|text| text.parse().ok()).unwrap_or_default(),
            new_a_day: self.new_a_day,
            reviews_a_day: self.reviews_a_day,
        })
    }
}

impl StudySettings {
    /// Returns the settings with one of them changed.
    ///
    /// # Errors
    /// [`AppError::BadSetting`] says which values the setting takes.
    pub fn changed(self, name: DeckSettingName, value: &str, today: StudyDay) -> Result<StudySettings, AppError> {
        let bad = |expected: String| AppError::BadSetting { name: name.as_str(), expected, found: value.to_owned() };
        Ok(match name {
            DeckSettingName::ExamDate if value == NONE => StudySettings { exam_day: None, ..self },
            DeckSettingName::ExamDate => {
                let last = today.plus(MOST_DAYS_AHEAD);
                let day = value.parse::<NaiveDate>().ok().map(StudyDay::from_date);
                let day = day.filter(|day| (today..=last).contains(day));
                let expected = || bad(format!("a date from {today} to {last}, or {NONE}"));
                StudySettings { exam_day: Some(day.ok_or_else(expected)?), ..self }
            }
            DeckSettingName::MinutesADay if value == NONE => StudySettings { minutes_a_day: None, ..self },
            DeckSettingName::MinutesADay => {
                let minutes = value.parse::<u32>().ok().filter(|minutes| (1..=MOST_MINUTES_A_DAY).contains(minutes));
                let expected = || bad(format!("a number from 1 to {MOST_MINUTES_A_DAY}, or {NONE}"));
                StudySettings { minutes_a_day: Some(minutes.ok_or_else(expected)?), ..self }
            }
            DeckSettingName::DaysOff => {
                let expected =
                    |problem| bad(format!("weekdays and dates such as sat,sun,2026-12-24, or {NONE} ({problem})"));
                StudySettings { days_off: value.parse().map_err(expected)?, ..self }
            }
        })
    }
}

fn or_none(value: Option<impl ToString>) -> String {
    value.map_or_else(|| NONE.to_owned(), |value| value.to_string())
}
