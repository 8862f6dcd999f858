//! The result of a real exam, as far as its score report tells it.

use std::fmt;
use std::ops::RangeInclusive;

use crate::base::{DomainId, StudyDay};
use crate::deck::{Fee, Levels, Outcome};

/// What a score report says, and what the attempt cost.
#[derive(Debug, Clone, PartialEq)]
pub struct RealResult {
    /// The day of the exam.
    pub taken_on: StudyDay,
    /// The score; `None` if the report has none.
    pub score: Option<f64>,
    /// Pass or fail.
    pub outcome: Outcome,
    /// The levels that it tells, in the deck's order of domains.
    pub levels: Vec<(DomainId, ToldLevel)>,
    /// What was paid; `None` if nobody said.
    pub cost: Option<Fee>,
}

/// The level of a domain as a score report tells it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToldLevel {
    /// One of the deck's levels, by its label.
    Labelled(String),
    /// Any level but the lowest: reports with two levels do not tell more.
    Meets,
}

/// How a report with two levels calls the upper one.
const MEETS: &str = "Meets competencies";

impl ToldLevel {
    /// Reads a level: a label, how it begins or its initials, in letters of any size; `meets` for any but the lowest.
    pub fn read(text: &str, levels: &Levels) -> Option<ToldLevel> {
        let text = text.trim().to_lowercase();
        if text.is_empty() {
            return None;
        }
        let labels = || levels.all().iter().map(|level| &level.label);
        let exact = labels().find(|label| label.to_lowercase() == text || initials(label) == text);
        let mut beginning = labels().filter(|label| label.to_lowercase().starts_with(&text));
        let found = exact.or_else(|| beginning.next().filter(|_| beginning.next().is_none()));
        match (found, levels.all()) {
            (Some(label), _) => Some(ToldLevel::Labelled(label.clone())),
            (None, [_, upper]) if is_meets(&text) => Some(ToldLevel::Labelled(upper.label.clone())),
            (None, [_, _, _, ..]) if is_meets(&text) => Some(ToldLevel::Meets),
            (None, _) => None,
        }
    }

    /// Returns the places of the levels that it may be, the lowest first; `None` if the deck has no such level any more.
    pub fn places(&self, levels: &Levels) -> Option<RangeInclusive<usize>> {
        let top = levels.all().len() - 1;
        match self {
            ToldLevel::Labelled(label) => {
                levels.all().iter().position(|level| level.label == *label).map(|place| place..=place)
            }
            ToldLevel::Meets => (0 < top).then_some(1..=top),
        }
    }
}

impl fmt::Display for ToldLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            ToldLevel::Labelled(label) => label,
            ToldLevel::Meets => MEETS,
        })
    }
}

fn is_meets(text: &str) -> bool {
    MEETS.to_lowercase().starts_with(text)
}

/// The first letters of a label's words.
fn initials(label: &str) -> String {
    label.split_whitespace().filter_map(|word| word.chars().next()).collect::<String>().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Share;
    use crate::deck::Level;

    #[track_caller]
    fn check(text: &str, levels: &Levels, expected: Option<(&str, RangeInclusive<usize>)>) {
        let found = ToldLevel::read(text, levels);
        let found = found.map(|told| (told.to_string(), told.places(levels).expect("a level of the deck")));
        assert_eq!(found, expected.map(|(label, places)| (label.to_owned(), places)), "{text}");
    }

    #[test]
    fn levels_are_read_by_label_beginning_or_initials() {
        let levels = Levels::default();
        check("Needs Improvement", &levels, Some(("Needs Improvement", 0..=0)));
        check(" ni ", &levels, Some(("Needs Improvement", 0..=0)));
        check("needs", &levels, Some(("Needs Improvement", 0..=0)));
        check("C", &levels, Some(("Competent", 1..=1)));
        check("proficient", &levels, Some(("Proficient", 2..=2)));
        for unknown in ["", "good", "improvement", "competently", "met"] {
            check(unknown, &levels, None);
        }
    }

    #[test]
    fn a_report_with_two_levels_tells_no_more_than_that_it_is_not_the_lowest() {
        let levels = Levels::default();
        check("Meets competencies", &levels, Some(("Meets competencies", 1..=2)));
        check("meets", &levels, Some(("Meets competencies", 1..=2)));
        check("m", &levels, Some(("Meets competencies", 1..=2)));
        let level = |label: &str, from: f64| Level { label: label.into(), from: Share::new(from).expect("a share") };
        let two = Levels::new(vec![level("Below", 0.0), level("Above", 0.7)]).expect("levels");
        check("meets", &two, Some(("Above", 1..=1)));
        let one = Levels::new(vec![level("Done", 0.0)]).expect("a level");
        check("meets", &one, None);
    }

    #[test]
    fn a_label_that_the_deck_dropped_has_no_place() {
        assert_eq!(ToldLevel::Labelled("Expert".to_owned()).places(&Levels::default()), None);
    }
}
