//! What was done and when: sittings, drills and real exams in one list.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use crate::base::{SafeText, StudyDay};
use crate::deck::Outcome;
use crate::exam::{Ending, RealResult, SittingKind};
use crate::render::json::{SCHEMA, number};
use crate::render::{AttemptResult, clock, plural};

/// Something that was done.
#[derive(Debug, Clone, PartialEq)]
pub struct HistoryRow {
    /// The day on which it counts.
    pub day: StudyDay,
    /// The deck's id.
    pub deck: String,
    /// What it was.
    pub what: Done,
}

/// What was done.
#[derive(Debug, Clone, PartialEq)]
pub enum Done {
    /// A sitting.
    Sitting {
        /// Its number.
        number: u32,
        /// Its kind.
        kind: SittingKind,
        /// When it started.
        started_at: DateTime<Utc>,
        /// How it ended; `None` while it is open.
        ending: Option<Ending>,
        /// Exam time.
        elapsed: Duration,
        /// Its score, if it has one.
        result: Option<AttemptResult>,
    },
    /// The drill of a day.
    Drill {
        /// Answers that stand.
        n_answers: usize,
        /// Right ones among them.
        n_right: usize,
    },
    /// A real exam.
    Real {
        /// The attempt's number.
        number: usize,
        /// What its report says.
        result: RealResult,
    },
}

/// Columns of a deck's name.
const MOST_DECK: usize = 16;

/// Writes the list as it stands, the newest first.
pub fn history_text(rows: &[HistoryRow]) -> String {
    if rows.is_empty() {
        return "No exam was sat yet, and nothing drilled. `cutscore exam` and `cutscore drill` start.\n".to_owned();
    }
    let line = |row: &HistoryRow| {
        let deck: String = SafeText::one_line(&row.deck).to_string().chars().take(MOST_DECK).collect();
        format!("{}  {deck:<MOST_DECK$}  {}\n", row.day, done_words(&row.what))
    };
    rows.iter().map(line).collect()
}

fn done_words(done: &Done) -> String {
    match done {
        Done::Sitting { number, kind, ending, elapsed, result, .. } => {
            let score = result.map_or(String::new(), |own| format!(", {} {}", own.scaled, pass_words(own.is_pass)));
            let remark = match kind {
                SittingKind::Mock => "",
                SittingKind::Partial | SittingKind::Taste | SittingKind::Practice => ", no evidence",
            };
            let (kind, ending) = (kind_name(*kind), ending.map_or("open", ending_name));
            format!("sitting {number}: {kind}{score}, {ending} after {}{remark}", clock(*elapsed))
        }
        Done::Drill { n_answers, n_right } => {
            format!("drill: {}, {n_right} right", plural(*n_answers, "answer", "answers"))
        }
        Done::Real { number, result } => {
            let score = result.score.map_or(String::new(), |score| format!(" {score}"));
            format!("real exam, attempt {number}:{score} {}", pass_words(result.outcome == Outcome::Passed))
        }
    }
}

fn pass_words(is_pass: bool) -> &'static str {
    if is_pass { "PASS" } else { "FAIL" }
}

fn kind_name(kind: SittingKind) -> &'static str {
    match kind {
        SittingKind::Mock => "mock",
        SittingKind::Partial => "partial",
        SittingKind::Taste => "taste",
        SittingKind::Practice => "practice",
    }
}

fn ending_name(ending: Ending) -> &'static str {
    match ending {
        Ending::Submitted => "submitted",
        Ending::TimeUp => "time up",
        Ending::Unattended => "unattended",
        Ending::Abandoned => "abandoned",
    }
}

/// Returns the list, each kind by itself, the newest first.
pub fn history_json(rows: &[HistoryRow]) -> Value {
    let (mut sittings, mut drills, mut results) = (Vec::new(), Vec::new(), Vec::new());
    for row in rows {
        let (day, deck) = (row.day.to_string(), &row.deck);
        match &row.what {
            Done::Sitting { number: nth, kind, started_at, ending, elapsed, result } => sittings.push(json!({
                "sitting": nth,
                "deck": deck,
                "kind": kind_name(*kind),
                "study_day": day,
                "started_at": started_at.to_rfc3339(),
                "ending": ending.map(ending_name),
                "elapsed_seconds": elapsed.as_secs(),
                "scaled": result.map(|own| number(own.scaled)),
                "pass": result.map(|own| own.is_pass),
            })),
            Done::Drill { n_answers, n_right } => {
                drills.push(json!({"study_day": day, "deck": deck, "n": n_answers, "n_right": n_right}));
            }
            Done::Real { number: nth, result } => results.push(json!({
                "date": day,
                "deck": deck,
                "attempt": nth,
                "score": result.score.map(number),
                "pass": result.outcome == Outcome::Passed,
            })),
        }
    }
    json!({"schema": SCHEMA, "sittings": sittings, "drills": drills, "results": results})
}
