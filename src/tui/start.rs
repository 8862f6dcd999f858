//! The screens before the exam room: what the exam is, or that one is still open.

use std::time::Duration;

use crate::app::SittingAtRest;
use crate::base::SafeText;
use crate::exam::{SittingKind, Tally};
use crate::tui::chrome::clock_text;
use crate::tui::console::Console;
use crate::tui::exam::main_keys;
use crate::tui::menu::{MenuChoice, MenuScene};
use crate::tui::text_line::{TextLine, Tone};
use crate::tui::wrap::width_of;

/// What a candidate is told before the clock starts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Briefing {
    /// The title of the exam.
    pub title: String,
    /// What the form is, as pairs such as `Questions` and `65: 50 count, 15 are unscored trials`.
    pub facts: Vec<(String, String)>,
    /// The rules, one sentence each.
    pub rules: Vec<String>,
}

/// How a candidate goes on from the briefing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// Into the exam; the clock starts now.
    Start,
    /// Back, with nothing begun.
    Back,
}

/// How a candidate goes on when an exam is still open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resumption {
    /// Into the open exam.
    Resume,
    /// Into the open exam, as practice.
    Practise,
    /// The open exam is given up; the candidate was asked twice.
    Abandon,
    /// Back; the exam stays open.
    Back,
}

/// Tells the candidate what the exam is and asks whether to start.
///
/// # Errors
/// The terminal fails.
pub fn ask_to_start(console: &mut Console, briefing: &Briefing) -> anyhow::Result<Start> {
    let theme = console.theme();
    let choices = start_choices();
    let lines = briefing_lines(briefing);
    Ok(match console.show(&mut MenuScene::new(&briefing.title, &|| lines.clone(), &choices, theme))? {
        Some(0) => Start::Start,
        Some(_) | None => Start::Back,
    })
}

/// Tells the candidate that an exam is still open and asks what to do.
///
/// # Errors
/// The terminal fails.
pub fn ask_to_resume(console: &mut Console, open: &SittingAtRest) -> anyhow::Result<Resumption> {
    let theme = console.theme();
    let choices = resumptions(open);
    let answers: Vec<MenuChoice> = choices.iter().map(|(_, choice)| choice.clone()).collect();
    let title = SafeText::one_line(open.title()).to_string();
    loop {
        let taken = console.show(&mut MenuScene::new(&title, &|| open_lines(open), &answers, theme))?;
        let wish = taken.and_then(|at| choices.get(at)).map_or(Resumption::Back, |(wish, _)| *wish);
        if wish != Resumption::Abandon {
            return Ok(wish);
        }
        let asked = || {
            vec![TextLine::from("  It stays in the history, but it gets no score and its answers count for nothing.")]
        };
        let answers = [choice('n', "No, go back", ""), choice('y', "Yes, abandon it", "")];
        if console.show(&mut MenuScene::new("Abandon this sitting?", &asked, &answers, theme))? == Some(1) {
            return Ok(Resumption::Abandon);
        }
    }
}

fn start_choices() -> [MenuChoice; 2] {
    [choice('s', "Start", "go to the first question"), choice('b', "Back", "nothing is begun")]
}

/// The ways to go on with an open exam.
fn resumptions(open: &SittingAtRest) -> Vec<(Resumption, MenuChoice)> {
    let is_practice = open.kind() == SittingKind::Practice;
    let mut ways = vec![match open.time_left() {
        Some(Duration::ZERO) if !is_practice => (Resumption::Resume, choice('s', "Score", "what was answered in time")),
        Some(_) | None => (Resumption::Resume, choice('r', "Resume", "go on where you stopped")),
    }];
    if !is_practice && open.time_left_in_practice() != Some(Duration::ZERO) {
        let note = match open.time_left_in_practice() {
            Some(left) => format!("{} left, from the last sign of life; never evidence", clock_text(left)),
            None => "with feedback; never evidence".to_owned(),
        };
        ways.push((Resumption::Practise, choice('p', "As practice", &note)));
    }
    ways.push((Resumption::Abandon, choice('a', "Abandon", "kept in the history, no score")));
    ways.push((Resumption::Back, choice('b', "Back", "the exam stays open")));
    ways
}

fn choice(key: char, label: &str, note: &str) -> MenuChoice {
    MenuChoice { key, label: label.to_owned(), note: note.to_owned() }
}

/// The briefing as lines: facts in two columns, rules, the main keys.
pub(crate) fn briefing_lines(briefing: &Briefing) -> Vec<TextLine> {
    let widest = briefing.facts.iter().map(|(name, _)| width_of(name)).max().unwrap_or(0);
    let fact = |(name, value): &(String, String)| {
        let blanks = " ".repeat(widest - width_of(name) + 3);
        TextLine::new(Tone::Dim, format!("  {name}{blanks}")).and(Tone::Title, value.clone())
    };
    let mut lines: Vec<TextLine> = briefing.facts.iter().map(fact).collect();
    if !briefing.rules.is_empty() {
        lines.push(TextLine::default());
        lines.extend(briefing.rules.iter().map(|rule| TextLine::from(format!("  {rule}"))));
    }
    lines.push(TextLine::default());
    lines.push(TextLine::new(Tone::Dim, format!("  {}", main_keys())));
    lines
}

/// What there is to know of an open exam.
pub(crate) fn open_lines(open: &SittingAtRest) -> Vec<TextLine> {
    let sitting = open.sitting();
    let Tally { n_answered, n_flagged, .. } = sitting.tally();
    let title = |text: String| TextLine::new(Tone::Plain, "  Time left   ").and(Tone::Title, text);
    let clock = match (open.time_left(), open.kind()) {
        (Some(Duration::ZERO), SittingKind::Mock | SittingKind::Partial | SittingKind::Taste) => {
            TextLine::new(Tone::Warning, "  Time ran out while nobody was there.")
        }
        (Some(left), SittingKind::Practice) => title(whole_secs(left)).and(Tone::Dim, "  the clock stands"),
        (Some(left), SittingKind::Mock | SittingKind::Partial | SittingKind::Taste) => {
            title(whole_secs(left)).and(Tone::Dim, "  and running")
        }
        (None, _) => TextLine::new(Tone::Plain, "  Time        ").and(Tone::Title, "no limit"),
    };
    let what = match open.kind() {
        SittingKind::Practice => "  This practice is still open.",
        SittingKind::Mock | SittingKind::Partial | SittingKind::Taste => "  This exam is still open.",
    };
    vec![
        TextLine::from(what),
        TextLine::default(),
        clock,
        TextLine::new(Tone::Plain, "  Answered    ").and(Tone::Title, format!("{n_answered} of {}", sitting.n_items())),
        TextLine::new(Tone::Plain, "  Flagged     ").and(Tone::Title, n_flagged.to_string()),
    ]
}

/// Writes a length with a begun second counted whole, as the clock in the room does.
fn whole_secs(length: Duration) -> String {
    let begun = u64::from(0 < length.subsec_nanos());
    clock_text(Duration::from_secs(length.as_secs() + begun))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tui::portrait::{at_every_size, drawn};
    use crate::tui::scene::{Input, Scene};

    fn texts(lines: &[TextLine]) -> Vec<String> {
        lines.iter().map(|line| line.spans.iter().map(|(_, text)| text.as_str()).collect()).collect()
    }

    fn briefing() -> Briefing {
        Briefing {
            title: "Cloud Basics".to_owned(),
            facts: vec![
                ("Questions".to_owned(), "65: 50 count, 15 are unscored trials".to_owned()),
                ("Time".to_owned(), "90 minutes".to_owned()),
            ],
            rules: vec!["A blank counts as wrong.".to_owned()],
        }
    }

    #[test]
    fn the_start_screen_shows_at_every_size() {
        let portraits = at_every_size("start", |theme, size| {
            let (lines, choices) = (briefing_lines(&briefing()), start_choices());
            let make_lines = || lines.clone();
            let mut scene = MenuScene::new("Cloud Basics", &make_lines, &choices, theme);
            scene.on(Input::Resize(size));
            drawn(&scene, size)
        });
        for (name, portrait) in portraits {
            insta::assert_snapshot!(name, portrait);
        }
    }

    #[test]
    fn a_briefing_gives_facts_in_columns_then_rules_then_keys() {
        let lines = texts(&briefing_lines(&briefing()));
        assert_eq!(lines[0], "  Questions   65: 50 count, 15 are unscored trials");
        assert_eq!(lines[1], "  Time        90 minutes");
        assert_eq!(lines[3], "  A blank counts as wrong.");
        assert!(lines[5].starts_with("  a–h\u{a0}choose · n\u{a0}next"), "{}", lines[5]);
    }
}
