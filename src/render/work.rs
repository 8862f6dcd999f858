//! What a report says of the work on the items: pace, changed answers, and how well the learner knew what was known.

use std::time::Duration;

use crate::exam::{AnswerChanges, Confidence, ItemRole};
use crate::render::text::fitted;
use crate::render::words::times;
use crate::render::{ItemRow, ReportResult, ScoreSheet};

/// How fast the items were worked on. Items that do not count take time like all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    /// Median time on the screen of the items that were shown.
    pub median: Duration,
    /// Place of the domain with the greatest median, and that median; `None` if no domain is slower than the whole.
    pub slowest: Option<(usize, Duration)>,
}

/// Answers given with one word of confidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ConfidenceRow {
    /// The confidence.
    pub confidence: Confidence,
    /// Right answers.
    pub n_right: usize,
    /// Answers; blanks are none.
    pub n_answers: usize,
}

/// Fewest shown items of a domain whose median is told: the median of less is one item's time.
const FEWEST_FOR_MEDIAN: usize = 3;
/// Most columns of a domain's title in a sentence.
const MOST_TITLE: usize = 34;

impl ScoreSheet {
    /// Returns the pace; `None` if no item was shown.
    pub fn pace(&self) -> Option<Pace> {
        let times = |is_wanted: &dyn Fn(&ItemRow) -> bool| -> Vec<Duration> {
            let shown = self.items.iter().filter(|item| item.is_reached && is_wanted(item));
            shown.map(|item| item.work.spent).collect()
        };
        let of_domain = |domain_idx: usize| {
            let times = times(&|item| item.domain_idx == domain_idx);
            let is_enough = FEWEST_FOR_MEDIAN <= times.len();
            Some((domain_idx, median(times).filter(|_| is_enough)?))
        };
        let domains: Vec<(usize, Duration)> = (0..self.domains.len()).filter_map(of_domain).collect();
        // Of two that are equally slow, the first in the deck's order.
        let slowest = domains.iter().rev().max_by_key(|(_, median)| *median).copied();
        let median = median(times(&|_| true))?;
        Some(Pace { median, slowest: slowest.filter(|(_, own)| 1 < domains.len() && median < *own) })
    }

    /// Returns how answers to the items that count were changed.
    pub fn answer_changes(&self) -> AnswerChanges {
        self.counting().map(|item| item.work.changes).fold(AnswerChanges::default(), AnswerChanges::and)
    }

    /// Returns the answers to the items that count by how sure the learner said to be; empty if nothing was said.
    pub fn calibration(&self) -> Vec<ConfidenceRow> {
        let row = |confidence: Confidence| {
            let own = self.counting().filter(|item| item.mark.confidence == confidence && !item.mark.answer.is_blank());
            let n_right = own.clone().filter(|item| item.is_right).count();
            ConfidenceRow { confidence, n_right, n_answers: own.count() }
        };
        let confidences = [Confidence::Sure, Confidence::Unsure, Confidence::Guess, Confidence::Unstated];
        let rows: Vec<ConfidenceRow> = confidences.map(row).into_iter().filter(|row| 0 < row.n_answers).collect();
        let has_words = rows.iter().any(|row| row.confidence != Confidence::Unstated);
        if has_words { rows } else { Vec::new() }
    }

    fn counting(&self) -> impl Iterator<Item = &ItemRow> + Clone {
        self.items.iter().filter(|item| item.role == ItemRole::Scored)
    }
}

/// Says how fast the items were worked on, how answers were changed and how confidence held: up to three sentences.
pub(in crate::render) fn work_words(sheet: &ScoreSheet) -> Vec<String> {
    let mut lines: Vec<String> = sheet.pace().map(|pace| pace_words(sheet, pace)).into_iter().collect();
    // What was right stays unsaid while the sitting can still go on.
    if sheet.result == ReportResult::None {
        return lines;
    }
    let changes = sheet.answer_changes();
    if 0 < changes.n() {
        lines.push(format!("You changed answers {}: {}.", times(changes.n()), change_words(changes)));
    }
    let rows: Vec<String> = sheet.calibration().iter().map(row_words).collect();
    if !rows.is_empty() {
        lines.push(format!("Right when {}.", rows.join(", ")));
    }
    lines
}

fn pace_words(sheet: &ScoreSheet, pace: Pace) -> String {
    let slowest = pace.slowest.and_then(|(domain_idx, median)| Some((sheet.domains.get(domain_idx)?, median)));
    let slowest = slowest.map_or(String::new(), |(domain, median)| {
        format!("; slowest: {} ({} s)", fitted(&domain.title, MOST_TITLE).trim_end(), median.as_secs())
    });
    format!("Median {} s a question{slowest}.", pace.median.as_secs())
}

/// Writes `4 to right, 2 to wrong, 1 between wrong ones`; what did not happen is left out.
pub(in crate::render) fn change_words(changes: AnswerChanges) -> String {
    let AnswerChanges { n_to_right, n_to_wrong, n_between_wrong } = changes;
    let counts = [(n_to_right, "to right"), (n_to_wrong, "to wrong"), (n_between_wrong, "between wrong ones")];
    let words = counts.iter().filter(|(n, _)| 0 < *n).map(|(n, to)| format!("{n} {to}"));
    words.collect::<Vec<_>>().join(", ")
}

fn row_words(row: &ConfidenceRow) -> String {
    let word = match row.confidence {
        Confidence::Sure => "sure",
        Confidence::Unsure => "unsure",
        Confidence::Guess => "guessing",
        Confidence::Unstated => "not said",
    };
    format!("{word} {} of {}", row.n_right, row.n_answers)
}

/// The middle of `times`, or the earlier one of two; `None` of nothing.
fn median(mut times: Vec<Duration>) -> Option<Duration> {
    times.sort_unstable();
    times.get(times.len().saturating_sub(1) / 2).copied()
}
