//! How levels and readiness went from sitting to sitting. All charts are letters that any terminal has.

use serde_json::{Value, json};

use crate::base::{SafeText, StudyDay};
use crate::deck::Levels;
use crate::exam::ToldLevel;
use crate::render::words::{no_evidence_words, percent, probability_words, whole};
use crate::render::{AttemptRow, plural};

/// What became of levels and readiness.
#[derive(Debug, Clone, PartialEq)]
pub struct Trajectory {
    /// The deck's domains, in its order.
    pub domains: Vec<TrackedDomain>,
    /// The deck's levels.
    pub levels: Levels,
    /// What was measured, the oldest first.
    pub points: Vec<TrackPoint>,
    /// P(pass) on the newest days with sittings that count, by what was known then, and today; the oldest first.
    pub readiness: Vec<ReadinessPoint>,
    /// The sittings with what they count, the newest first.
    pub attempts: Vec<AttemptRow>,
    /// How much of the drill went to weak domains; `None` as long as none is known.
    pub focus: Option<Focus>,
}

/// A domain over time.
#[derive(Debug, Clone, PartialEq)]
pub struct TrackedDomain {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// What one sitting or one real exam showed.
#[derive(Debug, Clone, PartialEq)]
pub struct TrackPoint {
    /// The day.
    pub day: StudyDay,
    /// The sitting's number; `None` for a real exam.
    pub sitting: Option<u32>,
    /// The domains in the deck's order; `None` for one of which it says nothing.
    pub domains: Vec<Option<TrackedLevel>>,
}

/// A level at one time.
#[derive(Debug, Clone, PartialEq)]
pub enum TrackedLevel {
    /// From answers: the most probable one.
    Measured {
        /// Its place, the lowest first.
        level_idx: usize,
        /// Its probability.
        probability: f64,
        /// The expected share of right answers, 0 to 1.
        share: f64,
        /// The standard deviation of that share.
        error: f64,
    },
    /// From the report of a real exam.
    Told(ToldLevel),
}

/// A probability of passing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReadinessPoint {
    /// The day.
    pub day: StudyDay,
    /// The probability of passing on that day.
    pub p_pass: f64,
    /// The same with an ability one standard deviation lower.
    pub p_low: f64,
    /// The same with one higher.
    pub p_high: f64,
}

/// How much of the drill went to domains at the lowest level.
#[derive(Debug, Clone, PartialEq)]
pub struct Focus {
    /// The day since which they are known to be weak.
    pub since: StudyDay,
    /// Places of these domains.
    pub domain_idxs: Vec<usize>,
    /// Their part of the exam, 0 to 1.
    pub weight: f64,
    /// Answers in the drill since then, the newest 10,000 at most.
    pub n_drilled: usize,
    /// Those in these domains.
    pub n_in_weak: usize,
}

/// Most measurements of a domain, and most sittings, that the text has; all are in the JSON.
const MOST_ROWS: usize = 12;
/// Characters of a chart.
const BAR: usize = 18;

/// Writes the trajectory as lines of 58 columns.
pub(in crate::render) fn trajectory_lines(track: &Trajectory) -> Vec<String> {
    let mut lines = Vec::new();
    if !track.readiness.is_empty() {
        lines.push("  P(pass) after each sitting that counts, and today".to_owned());
        lines.extend(track.readiness.iter().map(|point| {
            let chart = chart(point.p_low, point.p_pass, point.p_high, &[]);
            format!("  {}  {:>10}  {chart}", point.day, probability_words(point.p_pass))
        }));
        lines.push(String::new());
    }
    if !track.points.is_empty() {
        lines.push("  Levels: expected share, its interval, and where levels".to_owned());
        lines.push("  begin (|)".to_owned());
        let n_left_out = track.points.len().saturating_sub(MOST_ROWS);
        for (domain_idx, domain) in track.domains.iter().enumerate() {
            lines.push(format!("  {}", SafeText::one_line(&domain.title)));
            lines.extend(track.points.iter().skip(n_left_out).filter_map(|point| level_line(track, point, domain_idx)));
        }
        lines.push(String::new());
    }
    lines.extend(attempts(track));
    if let Some(focus) = &track.focus {
        lines.extend(focus_lines(track, focus));
    }
    lines
}

fn level_line(track: &Trajectory, point: &TrackPoint, domain_idx: usize) -> Option<String> {
    let label = |level_idx: usize| track.levels.all().get(level_idx).map_or("", |level| level.label.as_str());
    let day = point.day;
    Some(match point.domains.get(domain_idx)?.as_ref()? {
        TrackedLevel::Measured { level_idx, share, error, .. } => {
            let marks: Vec<f64> = track.levels.all().iter().skip(1).map(|level| level.from.value()).collect();
            let chart = chart(share - error, *share, share + error, &marks);
            format!("  {day} {:>5}  {chart}  {}", percent(*share), SafeText::one_line(label(*level_idx)))
        }
        TrackedLevel::Told(told) => {
            format!("  {day}  {:<24}  {}", "the real exam", SafeText::one_line(&told.to_string()))
        }
    })
}

/// Draws 0 to 1: dashes over the interval, `o` at the value, `|` at the marks.
fn chart(low: f64, value: f64, high: f64, marks: &[f64]) -> String {
    let place = |share: f64| (0..BAR).rev().find(|at| number(*at) <= share * number(BAR)).unwrap_or(0);
    let (low, value, high) = (place(low), place(value), place(high));
    let marks: Vec<usize> = marks.iter().map(|mark| place(*mark)).collect();
    let cell = |at: usize| match at {
        at if at == value => 'o',
        at if marks.contains(&at) => '|',
        at if (low..=high).contains(&at) => '-',
        _ => '.',
    };
    (0..BAR).map(cell).collect()
}

fn attempts(track: &Trajectory) -> Vec<String> {
    if track.attempts.is_empty() {
        return vec!["  No exam of this deck was sat yet.".to_owned(), String::new()];
    }
    let mut lines = vec![format!("  {:>7}  {:<10}  {:>8}  {:>6}  Counted", "Sitting", "Day", "Right", "Score")];
    for attempt in track.attempts.iter().take(MOST_ROWS) {
        let (right, score) = match attempt.result {
            Some(result) => (format!("{} of {}", result.raw, result.n_scored), result.scaled.to_string()),
            None => ("-".to_owned(), "-".to_owned()),
        };
        let counted = if attempt.is_counted() { "yes" } else { "no" };
        lines.push(format!("  {:>7}  {}  {right:>8}  {score:>6}  {counted}", attempt.number, attempt.day));
        let reasons = attempt.not_counted_because.iter();
        lines.extend(reasons.map(|reason| format!("      {}", no_evidence_words(*reason))));
    }
    lines.push(String::new());
    lines
}

fn focus_lines(track: &Trajectory, focus: &Focus) -> Vec<String> {
    let titles = focus.domain_idxs.iter().filter_map(|idx| track.domains.get(*idx));
    let mut lines = vec![format!("  Weak since {}:", focus.since)];
    lines.extend(titles.map(|domain| format!("    {}", SafeText::one_line(&domain.title))));
    lines.push(format!("  They are {} of the exam by weight.", percent(focus.weight)));
    let answers = plural(focus.n_drilled, "answer", "answers");
    lines.push(match share(focus) {
        Some(share) => format!("  Of {answers} in the drill since, {} went there.", percent(share)),
        None => "  Nothing was drilled since.".to_owned(),
    });
    lines.push(String::new());
    lines
}

/// The part of the drill that went to weak domains; `None` without a drill.
fn share(focus: &Focus) -> Option<f64> {
    (focus.n_drilled > 0).then(|| number(focus.n_in_weak) / number(focus.n_drilled))
}

/// Puts the trajectory among the fields of progress.
pub(in crate::render) fn put_trajectory(fields: &mut Value, track: &Trajectory) {
    let label = |level_idx: usize| track.levels.all().get(level_idx).map(|level| level.label.as_str());
    let level = |level: &TrackedLevel| match level {
        TrackedLevel::Measured { level_idx, probability, share, error } => json!({
            "level": label(*level_idx),
            "level_probability": probability,
            "share": share,
            "interval": [(share - error).max(0.0), (share + error).min(1.0)],
        }),
        TrackedLevel::Told(told) => json!({"level": told.to_string()}),
    };
    let domain = |(domain_idx, domain): (usize, &TrackedDomain)| {
        let of_domain = |point: &TrackPoint| {
            let mut value = level(point.domains.get(domain_idx)?.as_ref()?);
            value["day"] = json!(point.day.to_string());
            value["sitting"] = json!(point.sitting);
            Some(value)
        };
        let points: Vec<Value> = track.points.iter().filter_map(of_domain).collect();
        json!({"id": domain.id, "title": domain.title, "points": points})
    };
    let readiness = |point: &ReadinessPoint| json!({"day": point.day.to_string(), "p_pass": point.p_pass, "interval": [point.p_low, point.p_high]});
    let attempt = |own: &AttemptRow| {
        let reasons: Vec<String> = own.not_counted_because.iter().map(|reason| no_evidence_words(*reason)).collect();
        json!({
            "sitting": own.number,
            "day": own.day.to_string(),
            "scaled": own.result.map(|result| result.scaled),
            "pass": own.result.map(|result| result.is_pass),
            "counted": own.is_counted(),
            "not_counted_because": reasons,
        })
    };
    fields["levels"] = track.domains.iter().enumerate().map(domain).collect();
    fields["readiness"] = track.readiness.iter().map(readiness).collect();
    fields["sittings"] = track.attempts.iter().map(attempt).collect();
    fields["weak_domains"] = json!(track.focus.as_ref().map(|focus| {
        let ids = focus.domain_idxs.iter().filter_map(|idx| track.domains.get(*idx)).map(|domain| &domain.id);
        json!({
            "since": focus.since.to_string(),
            "domains": ids.collect::<Vec<_>>(),
            "weight": focus.weight,
            "n_drilled": focus.n_drilled,
            "n_in_weak": focus.n_in_weak,
            "share": share(focus),
        })
    }));
}

/// Says how P(pass) moved from the first of these points to the last: `up 12 points since 2027-02-01`. `None` with fewer
/// than two.
pub fn trend_words(readiness: &[ReadinessPoint]) -> Option<String> {
    let [before, .., last] = readiness else { return None };
    let points = whole(100.0 * last.p_pass) - whole(100.0 * before.p_pass);
    let day = before.day;
    Some(match points {
        ..0 => format!("down {} points since {day}", -points),
        0 => format!("as on {day}"),
        _ => format!("up {points} points since {day}"),
    })
}

#[expect(clippy::cast_precision_loss, reason = "counts of answers are far below 2^52")]
fn number(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exam::{NoEvidence, SittingKind};

    fn day(number: i32) -> StudyDay {
        StudyDay::from_number(20_821 + number)
    }

    fn track() -> Trajectory {
        let measured =
            |level_idx, share| Some(TrackedLevel::Measured { level_idx, probability: 0.8, share, error: 0.08 });
        let point = |number, sitting, domains| TrackPoint { day: day(number), sitting, domains };
        let titles = ["Security", "Billing"];
        Trajectory {
            domains: titles.map(|title| TrackedDomain { id: title.to_lowercase(), title: title.to_owned() }).to_vec(),
            levels: Levels::default(),
            points: vec![
                point(-9, Some(1), vec![measured(0, 0.45), measured(2, 0.9)]),
                point(-2, None, vec![Some(TrackedLevel::Told(ToldLevel::Meets)), None]),
            ],
            readiness: vec![
                ReadinessPoint { day: day(-9), p_pass: 0.25, p_low: 0.1, p_high: 0.5 },
                ReadinessPoint { day: day(0), p_pass: 0.4, p_low: 0.2, p_high: 0.6 },
            ],
            attempts: vec![AttemptRow {
                number: 1,
                day: day(-9),
                kind: SittingKind::Mock,
                ending: None,
                not_counted_because: vec![NoEvidence::SeenBefore { n_seen: 12, n_scored: 50 }],
                result: None,
                n_fresh: 38,
                n_fresh_right: 20,
            }],
            focus: Some(Focus { since: day(-9), domain_idxs: vec![0], weight: 0.3, n_drilled: 40, n_in_weak: 26 }),
        }
    }

    #[test]
    fn levels_are_tracked_with_intervals_from_sittings_and_real_exams() {
        let lines = trajectory_lines(&track());
        insta::assert_snapshot!(lines.join("\n"), @r"
          P(pass) after each sitting that counts, and today
          2026-12-25        25 %  .---o-----........
          2027-01-03        40 %  ...----o---.......

          Levels: expected share, its interval, and where levels
          begin (|)
          Security
          2026-12-25  45 %  ......--o-|...|...  Needs Improvement
          2027-01-01  the real exam             Meets competencies
          Billing
          2026-12-25  90 %  ..........|...|-o-  Proficient

          Sitting  Day            Right   Score  Counted
                1  2026-12-25         -       -  no
              12 of 50 counting questions had been seen before

          Weak since 2026-12-25:
            Security
          They are 30 % of the exam by weight.
          Of 40 answers in the drill since, 65 % went there.
        ");
        assert!(lines.iter().all(|line| line.is_ascii() && line.len() <= 58), "{lines:?}");
        let mut fields = json!({});
        put_trajectory(&mut fields, &track());
        assert_eq!(fields["levels"][0]["points"][0]["level"], "Needs Improvement");
        assert_eq!(fields["levels"][0]["points"][1]["level"], "Meets competencies");
        assert!(fields["levels"][0]["points"][1]["sitting"].is_null());
    }

    #[test]
    fn the_share_of_the_drill_in_weak_domains_is_told_beside_their_weight() {
        let mut fields = json!({});
        put_trajectory(&mut fields, &track());
        let weak = &fields["weak_domains"];
        assert_eq!((&weak["share"], &weak["weight"]), (&json!(0.65), &json!(0.3)));
        let none = Trajectory { focus: None, ..track() };
        put_trajectory(&mut fields, &none);
        assert!(fields["weak_domains"].is_null());
    }

    #[test]
    fn a_trend_takes_two_points() {
        let points = track().readiness;
        assert_eq!(trend_words(&points).as_deref(), Some("up 15 points since 2026-12-25"));
        assert_eq!(trend_words(&points[..1]), None);
    }
}
