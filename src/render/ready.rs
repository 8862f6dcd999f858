//! Readiness as text and JSON, with everything it rests on.

use serde_json::{Value, json};

use crate::base::{SafeText, StudyDay};
use crate::deck::TotalRule;
use crate::exam::{Ending, MOST_TIME_AWAY, NoEvidence, SittingKind};
use crate::render::json::{SCHEMA, ending_name, kind_name, number, points};
use crate::render::words::{no_evidence_words, percent, probability_words, readiness_words};
use crate::render::{minutes_words, plural};
use crate::score::{Attempt, Days, READY_ATTEMPTS, READY_DAYS, RawScore, Readiness, ReadinessLabel, ReadinessModel};

/// All that is said of readiness.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadinessSheet {
    /// The deck's id.
    pub deck: String,
    /// The deck's title.
    pub title: String,
    /// The study day that it is.
    pub today: StudyDay,
    /// The day of the exam.
    pub exam_day: StudyDay,
    /// The probability of passing, with its band.
    pub readiness: Readiness,
    /// What is said of it; `None` as long as no sitting counts.
    pub label: Option<ReadinessLabel>,
    /// All sittings of the deck, the newest first.
    pub attempts: Vec<AttemptRow>,
    /// Scored items of the exam.
    pub n_scored: usize,
    /// How many of them a barely passing candidate expects to answer rightly.
    pub raw_cut: f64,
    /// Whether the total must reach the cut.
    pub total: TotalRule,
    /// The domains that need a minimum, as far as the exam asks them.
    pub minimums: Vec<MinimumRow>,
    /// The days from the last sitting that counts to the exam; `None` if none counts.
    pub since_last: Option<Days>,
    /// What is taken for granted.
    pub model: ReadinessModel,
}

/// A minimum in a domain of the exam.
#[derive(Debug, Clone, PartialEq)]
pub struct MinimumRow {
    /// The domain's id.
    pub id: String,
    /// The domain's title.
    pub title: String,
    /// Its scored items.
    pub n_items: usize,
    /// How many points a candidate who barely meets it expects.
    pub raw_cut: f64,
}

/// A sitting as readiness sees it.
#[derive(Debug, Clone, PartialEq)]
pub struct AttemptRow {
    /// The sitting's number.
    pub number: u32,
    /// The study day on which it started.
    pub day: StudyDay,
    /// What kind of sitting it was.
    pub kind: SittingKind,
    /// How it ended; `None` while it is open.
    pub ending: Option<Ending>,
    /// Why it does not count; empty if it does.
    pub not_counted_because: Vec<NoEvidence>,
    /// Its result, if it has one.
    pub result: Option<AttemptResult>,
    /// Scored items that were shown for the first time.
    pub n_fresh: usize,
    /// Right answers among them.
    pub n_fresh_right: usize,
}

/// The result of an attempt.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct AttemptResult {
    /// Points earned.
    pub raw: RawScore,
    /// Scored items.
    pub n_scored: usize,
    /// The scaled score.
    pub scaled: f64,
    /// Whether it passed.
    pub is_pass: bool,
}

impl AttemptRow {
    /// Tells whether the sitting counts.
    pub fn is_counted(&self) -> bool {
        self.not_counted_because.is_empty()
    }

    /// Returns what labels look at; `None` if the sitting does not count.
    pub fn attempt(&self) -> Option<Attempt> {
        let result = self.result.filter(|_| self.is_counted())?;
        Some(Attempt { day: self.day, is_pass: result.is_pass })
    }
}

/// Writes readiness with everything it rests on.
pub fn readiness_text(sheet: &ReadinessSheet) -> String {
    let mut lines = vec![SafeText::one_line(&sheet.title).to_string(), heading(sheet), String::new()];
    lines.extend(verdict(sheet));
    lines.push(String::new());
    lines.extend(attempts(sheet));
    lines.push(String::new());
    lines.extend(working(sheet));
    lines.push(String::new());
    lines.extend(conventions(&sheet.model));
    lines.join("\n") + "\n"
}

fn heading(sheet: &ReadinessSheet) -> String {
    match sheet.exam_day.days_since(sheet.today) {
        0 => format!("Readiness today, {}", sheet.exam_day),
        1 => format!("Readiness tomorrow, {}", sheet.exam_day),
        n_days => format!("Readiness on {}, in {n_days} days", sheet.exam_day),
    }
}

fn verdict(sheet: &ReadinessSheet) -> Vec<String> {
    let found = &sheet.readiness;
    let Some(label) = sheet.label else {
        return vec![
            "  No sitting counts yet, so there is no word on readiness.".to_owned(),
            "  Next: `cutscore exam`, a full mock in one go.".to_owned(),
        ];
    };
    let (low, high) = (probability_words(found.p_low), probability_words(found.p_high));
    let mut lines = vec![
        format!("  P(pass) {}   {}", probability_words(found.p_pass), readiness_words(label)),
        format!("         {low} to {high} over the likely range of your ability"),
    ];
    if label == ReadinessLabel::Close && found.p_pass >= ReadinessLabel::Ready.from() {
        lines.push(format!(
            "         for more, pass {READY_ATTEMPTS} counted mocks within {READY_DAYS} days and fail none"
        ));
    }
    lines
}

fn attempts(sheet: &ReadinessSheet) -> Vec<String> {
    if sheet.attempts.is_empty() {
        return vec!["  No exam of this deck was sat yet.".to_owned()];
    }
    let mut lines = vec![format!("  {:>7}  {:<10}  {:>8}  {:>6}  Counted", "Sitting", "Day", "Right", "Score")];
    for attempt in &sheet.attempts {
        let (right, score) = match attempt.result {
            Some(result) => (format!("{} of {}", result.raw, result.n_scored), result.scaled.to_string()),
            None => ("-".to_owned(), "-".to_owned()),
        };
        let row = format!("  {:>7}  {}  {right:>8}  {score:>6}  ", attempt.number, attempt.day);
        if attempt.is_counted() {
            lines.push(format!("{row}yes: {} of {} fresh ones right", attempt.n_fresh_right, attempt.n_fresh));
        } else {
            lines.push(format!("{row}no"));
            let reasons = attempt.not_counted_because.iter();
            lines.extend(reasons.map(|reason| format!("           {}", no_evidence_words(*reason))));
        }
    }
    lines
}

fn working(sheet: &ReadinessSheet) -> Vec<String> {
    let found = &sheet.readiness;
    let above = found.ability_above_cut;
    let side = if above < 0.0 { "below" } else { "above" };
    let mut lines = vec![
        format!("  Ability on that day: {:.2} ± {:.2} logits {side} the cut.", above.abs(), found.ability_deviation),
        format!(
            "  The exam: {} scored questions, of which a candidate at the cut gets {:.1}.",
            sheet.n_scored, sheet.raw_cut,
        ),
    ];
    if sheet.total == TotalRule::DecidesNothing {
        lines.push("  The total decides nothing.".to_owned());
    }
    lines.extend(sheet.minimums.iter().map(|minimum| {
        let MinimumRow { title, n_items, raw_cut, .. } = minimum;
        format!("  It takes {raw_cut:.1} of {n_items} in {}.", SafeText::one_line(title))
    }));
    if let Some(since) = sheet.since_last {
        let study = plural(since.n_study, "day with study", "days with study");
        lines.push(format!(
            "  Since the last that counted: {study}, {} without, {} to come.",
            since.n_idle, since.n_ahead,
        ));
    }
    lines
}

fn conventions(model: &ReadinessModel) -> Vec<String> {
    let (prior, drift) = (model.prior, model.drift);
    let labels: Vec<String> = ReadinessLabel::ALL
        .iter()
        .skip(1)
        .map(|label| format!("{} {}", readiness_words(*label), percent(label.from())))
        .collect();
    let side = if prior.mean_above_cut < 0.0 { "below" } else { "above" };
    vec![
        "  Conventions of cutscore, not of any examination programme (± is one standard".to_owned(),
        "  deviation):".to_owned(),
        format!(
            "  - Before a first sitting, ability lies {} ± {} logits {side} the cut,",
            prior.mean_above_cut.abs(),
            prior.deviation,
        ),
        format!("    and that in a domain ± {} around it.", prior.domain_deviation),
        format!(
            "  - A day with study adds {} logits, one without takes {}; each ± {}.",
            drift.gain_a_study_day, drift.loss_an_idle_day, drift.deviation_a_day,
        ),
        "    Days still to come move it neither way; only the doubt grows.".to_owned(),
        format!("  - The exam lies ± {} logits around the deck's questions.", model.shift_deviation),
        "  - A sitting counts if it was full, timed, at least 80 % fresh, ended by you".to_owned(),
        format!("    or by the clock, and left alone for {} at most.", minutes_words(MOST_TIME_AWAY)),
        "    Of it, the fresh questions that were shown count.".to_owned(),
        format!("  - Labels, from P: {}.", labels.join(", ")),
        format!("    The last two need {READY_ATTEMPTS} counted sittings in {READY_DAYS} days, none below the cut."),
    ]
}

/// Returns readiness with everything it rests on.
pub fn readiness_json(sheet: &ReadinessSheet) -> Value {
    let found = &sheet.readiness;
    let (prior, drift) = (sheet.model.prior, sheet.model.drift);
    let minimum =
        |minimum: &MinimumRow| json!({"domain": minimum.id, "n": minimum.n_items, "raw_cut": minimum.raw_cut});
    let label = |label: &ReadinessLabel| json!({"label": readiness_name(*label), "from": label.from()});
    json!({
        "schema": SCHEMA,
        "deck": sheet.deck,
        "title": sheet.title,
        "study_day": sheet.today.to_string(),
        "date": sheet.exam_day.to_string(),
        "p_pass": found.p_pass,
        "band": [found.p_low, found.p_high],
        "label": sheet.label.map(readiness_name),
        "ability": {"above_cut": found.ability_above_cut, "deviation": found.ability_deviation},
        "exam": {
            "n_scored": sheet.n_scored,
            "raw_cut": sheet.raw_cut,
            "total_decides": sheet.total == TotalRule::Decides,
            "minimums": sheet.minimums.iter().map(minimum).collect::<Vec<_>>(),
        },
        "n_counted": sheet.attempts.iter().filter(|attempt| attempt.is_counted()).count(),
        "sittings": sheet.attempts.iter().map(attempt_json).collect::<Vec<_>>(),
        "days_since_last_counted": sheet.since_last.map(|days| {
            json!({"study": days.n_study, "idle": days.n_idle, "ahead": days.n_ahead})
        }),
        "conventions": {
            "prior": {
                "mean_above_cut": prior.mean_above_cut,
                "deviation": prior.deviation,
                "domain_deviation": prior.domain_deviation,
            },
            "drift": {
                "gain_a_study_day": drift.gain_a_study_day,
                "loss_an_idle_day": drift.loss_an_idle_day,
                "deviation_a_day": drift.deviation_a_day,
            },
            "shift_deviation": sheet.model.shift_deviation,
            "least_fresh": 0.8,
            "most_minutes_away": MOST_TIME_AWAY.as_secs() / 60,
            "labels": ReadinessLabel::ALL.iter().map(label).collect::<Vec<_>>(),
            "ready_needs": {"attempts": READY_ATTEMPTS, "days": READY_DAYS},
        },
    })
}

fn attempt_json(attempt: &AttemptRow) -> Value {
    json!({
        "sitting": attempt.number,
        "day": attempt.day.to_string(),
        "kind": kind_name(attempt.kind),
        "ending": attempt.ending.map(ending_name),
        "counted": attempt.is_counted(),
        "not_counted_because":
            attempt.not_counted_because.iter().map(|reason| no_evidence_words(*reason)).collect::<Vec<_>>(),
        "raw": attempt.result.map(|result| points(result.raw)),
        "n_scored": attempt.result.map(|result| result.n_scored),
        "scaled": attempt.result.map(|result| number(result.scaled)),
        "pass": attempt.result.map(|result| result.is_pass),
        "n_fresh": attempt.n_fresh,
        "right_on_fresh": attempt.n_fresh_right,
    })
}

/// Returns the name of a label in JSON.
pub fn readiness_name(label: ReadinessLabel) -> &'static str {
    match label {
        ReadinessLabel::NotReady => "not_ready",
        ReadinessLabel::CoinFlip => "coin_flip",
        ReadinessLabel::Close => "close",
        ReadinessLabel::Ready => "ready",
        ReadinessLabel::Comfortable => "comfortable",
    }
}
