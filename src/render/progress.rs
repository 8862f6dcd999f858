//! How study went and what is to come, as text and JSON. All charts are letters and numbers that any terminal has.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde_json::{Value, json};

use crate::base::{SafeText, StudyDay};
use crate::plan::{Calibration, MIN_CALIBRATION, N_RECENT, Prediction, Trust};
use crate::render::trajectory::{put_trajectory, trajectory_lines};
use crate::render::words::percent;
use crate::render::{SCHEMA, Trajectory, plural};

/// All that is said of progress.
#[derive(Debug, Clone, PartialEq)]
pub struct ProgressSheet {
    /// The deck's id.
    pub deck: String,
    /// The deck's title.
    pub title: String,
    /// The study day that it is.
    pub today: StudyDay,
    /// Reviews of each day that had any.
    pub n_reviews: BTreeMap<StudyDay, usize>,
    /// Study days in a row.
    pub streak: usize,
    /// Cards.
    pub n_cards: usize,
    /// Cards that fall due on each of the next [`FORECAST_DAYS`] days if none is reviewed before; the first, today, with
    /// those that are late.
    pub n_due: Vec<usize>,
    /// The newest predictions of recall, the newest last.
    pub predictions: Vec<Prediction>,
    /// What they are worth.
    pub trust: Trust,
    /// Levels and readiness from sitting to sitting; `None` for a deck without an exam.
    pub trajectory: Option<Trajectory>,
}

/// Days of the forecast of due cards.
pub const FORECAST_DAYS: usize = 30;
/// Weeks of the calendar: as many as a narrow screen holds.
const N_WEEKS: i32 = 10;
/// Characters of the longest bar.
const BAR: usize = 26;
/// Lower ends of the classes of predicted recall, in tenths.
const CLASSES: [u32; 5] = [0, 5, 7, 8, 9];
const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/// Predictions of one class: how many, their mean, and the share that came true.
struct Class {
    from: u32, // tenths
    to: u32,
    n: usize,
    predicted: f64,
    observed: f64,
}

/// Writes progress.
pub fn progress_text(sheet: &ProgressSheet) -> String {
    let mut lines = vec![SafeText::one_line(&sheet.title).to_string()];
    let n_reviews: usize = sheet.n_reviews.values().sum();
    let (reviews, days) = (plural(n_reviews, "review", "reviews"), plural(sheet.n_reviews.len(), "day", "days"));
    let streak = plural(sheet.streak, "study day", "study days");
    lines.push(format!("Progress: {reviews} on {days}, {streak} in a row, {}", plural(sheet.n_cards, "card", "cards")));
    lines.push(String::new());
    lines.extend(sheet.trajectory.iter().flat_map(trajectory_lines));
    lines.extend(calendar(sheet));
    lines.push(String::new());
    lines.extend(due(sheet));
    lines.push(String::new());
    lines.extend(recall_lines(&sheet.predictions, sheet.trust));
    lines.join("\n") + "\n"
}

/// Weeks from left to right, weekdays from top to bottom; a mark grows with the number.
fn calendar(sheet: &ProgressSheet) -> Vec<String> {
    let monday = sheet.today.number() - i32::try_from(weekday(sheet.today)).unwrap_or(0);
    let mondays: Vec<i32> = (0..N_WEEKS).rev().map(|weeks| monday - 7 * weeks).collect();
    let n_on = |number: i32| sheet.n_reviews.get(&StudyDay::from_number(number)).copied().unwrap_or(0);
    let [months, days] = week_heads(&mondays);
    let mut lines = vec!["  Reviews a day; a column is a week, headed by its Monday".to_owned(), months, days];
    for (nth, name) in (0_i32..).zip(WEEKDAYS) {
        let cell = |monday: &i32| match monday + nth {
            day if day > sheet.today.number() => String::new(),
            day => marked(n_on(day)),
        };
        let cells: Vec<String> = mondays.iter().map(|monday| format!("{:>5}", cell(monday))).collect();
        lines.push(format!("  {name}{}", cells.concat()).trim_end().to_owned());
    }
    let sums: Vec<String> =
        mondays.iter().map(|monday| format!("{:>5}", (0..7).map(|nth| n_on(monday + nth)).sum::<usize>())).collect();
    lines.push(format!("  {:<3}{}", "all", sums.concat()));
    lines
}

/// The months of the weeks, each over the first week that begins in it, and the days of their Mondays.
fn week_heads(mondays: &[i32]) -> [String; 2] {
    let dates: Vec<NaiveDate> = mondays.iter().map(|monday| StudyDay::from_number(*monday).date()).collect();
    let (mut months, mut days) = (" ".repeat(5), " ".repeat(5));
    for (nth, date) in dates.iter().enumerate() {
        let is_new = nth == 0 || dates.get(nth - 1).is_some_and(|before| before.month() != date.month());
        let month = if is_new { date.format("%b").to_string() } else { String::new() };
        months.push_str(&format!("{month:>5}"));
        days.push_str(&format!("{:>5}", date.day()));
    }
    [months.trim_end().to_owned(), days]
}

fn marked(n: usize) -> String {
    let mark = match n {
        0 => return ".".to_owned(),
        1..10 => "-",
        10..30 => "+",
        30..80 => "*",
        _ => "#",
    };
    format!("{n}{mark}")
}

fn due(sheet: &ProgressSheet) -> Vec<String> {
    let total: usize = sheet.n_due.iter().sum();
    let mut lines = vec![format!("  Due in the next {FORECAST_DAYS} days: {total}, if none is reviewed before")];
    let most = sheet.n_due.iter().copied().max().unwrap_or(0);
    if most == 0 {
        return lines;
    }
    let name = |n_days: u32| match n_days {
        0 => "today".to_owned(),
        _ => sheet.today.plus(n_days).date().format("%a %m-%d").to_string(),
    };
    let days: Vec<(u32, usize)> = (0..).zip(sheet.n_due.iter().copied()).collect();
    // A row of days on which nothing falls due is one line.
    let runs = days.chunk_by(|(_, n), (_, next)| *n == 0 && *next == 0);
    lines.extend(runs.filter_map(|run| match run {
        [] => None,
        [(n_days, n)] => Some(format!("  {:<9}  {n:>5}  {}", name(*n_days), bar(*n, most, '#')).trim_end().to_owned()),
        [(first, _), .., (last, _)] => Some(format!("  {} to {}: none", name(*first), name(*last))),
    }));
    lines
}

/// Says with a small chart what predictions of recall were worth, the newest last; nothing where they are too few.
pub fn recall_chart(predictions: &[Prediction], trust: Trust) -> Vec<String> {
    match trust {
        Trust::TooFew => Vec::new(),
        Trust::Held(_) | Trust::OverConfident(_) => recall_lines(predictions, trust),
    }
}

/// Says that predictions of recall are too few to be judged; `None` where they are enough, or none at all.
pub fn too_few_words(predictions: &[Prediction], trust: Trust) -> Option<String> {
    let n = predictions.len();
    (trust == Trust::TooFew && n > 0)
        .then(|| format!("Too few data to tell how well recall is predicted: {n} of {MIN_CALIBRATION} answers."))
}

fn recall_lines(predictions: &[Prediction], trust: Trust) -> Vec<String> {
    let title = "  Recall, predicted before the answer and observed";
    let (calibration, is_trusted) = match trust {
        Trust::TooFew => {
            let n = predictions.len();
            return vec![
                title.to_owned(),
                format!("  Too few data: {} of {MIN_CALIBRATION} answers that say something", n),
                "  about forgetting. First meetings say nothing of it, nor".to_owned(),
                "  do repeats on the same day.".to_owned(),
            ];
        }
        Trust::Held(calibration) => (calibration, true),
        Trust::OverConfident(calibration) => (calibration, false),
    };
    let Calibration { n, predicted, observed, error, .. } = calibration;
    let mut lines = vec![
        title.to_owned(),
        format!(
            "  Last {n}: {} predicted, {} observed; mean gap {}",
            percent(predicted),
            percent(observed),
            percent(error)
        ),
    ];
    for class in classes(predictions) {
        let Class { from, to, n, predicted, observed } = class;
        let name = format!("{}-{} %", 10 * from, 10 * to);
        lines.push(format!("  {name:>8}  predicted {:>5}  {}", percent(predicted), share_bar(predicted, '-')));
        lines.push(format!(
            "  {:>8}  observed  {:>5}  {}",
            format!("n {n}"),
            percent(observed),
            share_bar(observed, '#')
        ));
    }
    lines.push(if is_trusted {
        "  The forecast holds: it may choose what comes.".to_owned()
    } else {
        "  The forecast promises too much: cards come by due date until it has learnt.".to_owned()
    });
    lines
}

fn classes(predictions: &[Prediction]) -> Vec<Class> {
    let ends = CLASSES.iter().skip(1).copied().chain([10]);
    let class = |(from, to): (&u32, u32)| {
        let is_in = |own: &&Prediction| {
            let tenths = 10.0 * own.p_right;
            f64::from(*from) <= tenths && (tenths < f64::from(to) || to == 10)
        };
        let own: Vec<&Prediction> = predictions.iter().filter(is_in).collect();
        let n = own.len();
        let share = |sum: f64| sum / number(n.max(1));
        let predicted = share(own.iter().map(|own| own.p_right).sum());
        let observed = share(number(own.iter().filter(|own| own.is_right).count()));
        Class { from: *from, to, n, predicted, observed }
    };
    CLASSES.iter().zip(ends).map(class).filter(|class| class.n > 0).collect()
}

/// A bar of `n`, where `most` fills the width; what is above nothing is seen.
fn bar(n: usize, most: usize, mark: char) -> String {
    let length = (n * BAR).div_ceil(most.max(1));
    mark.to_string().repeat(length)
}

fn share_bar(share: f64, mark: char) -> String {
    let thousandths = (0..=1_000_usize).rev().find(|thousandth| number(*thousandth) <= 1_000.0 * share).unwrap_or(0);
    bar(thousandths, 1_000, mark)
}

/// Place of a day's weekday, Monday first.
fn weekday(day: StudyDay) -> usize {
    usize::try_from(day.date().weekday().num_days_from_monday()).unwrap_or(0)
}

/// Returns progress.
pub fn progress_json(sheet: &ProgressSheet) -> Value {
    let due = |(n_days, n): (u32, &usize)| json!({"day": sheet.today.plus(n_days).to_string(), "n": n});
    let reviews = |(day, n): (&StudyDay, &usize)| json!({"day": day.to_string(), "n": n});
    let mut fields = json!({
        "schema": SCHEMA,
        "deck": sheet.deck,
        "title": sheet.title,
        "study_day": sheet.today.to_string(),
        "streak": sheet.streak,
        "n_cards": sheet.n_cards,
        "reviews": sheet.n_reviews.iter().map(reviews).collect::<Vec<_>>(),
        "due": (0_u32..).zip(&sheet.n_due).map(due).collect::<Vec<_>>(),
        "recall": recall_json(&sheet.predictions, sheet.trust),
    });
    if let Some(track) = &sheet.trajectory {
        put_trajectory(&mut fields, track);
    }
    fields
}

/// Returns what predictions of recall were worth, the newest last.
pub fn recall_json(predictions: &[Prediction], trust: Trust) -> Value {
    let calibration = match trust {
        Trust::TooFew => None,
        Trust::Held(calibration) | Trust::OverConfident(calibration) => Some(calibration),
    };
    let class = |class: Class| {
        json!({
            "from": f64::from(class.from) / 10.0,
            "to": f64::from(class.to) / 10.0,
            "n": class.n,
            "predicted": class.predicted,
            "observed": class.observed,
        })
    };
    json!({
        "n": predictions.len(),
        "n_needed": MIN_CALIBRATION,
        "n_most": N_RECENT,
        "predicted": calibration.map(|own| own.predicted),
        "observed": calibration.map(|own| own.observed),
        "error": calibration.map(|own| own.error),
        "over_confident": calibration.map(|_| matches!(trust, Trust::OverConfident(_))),
        "classes": match calibration {
            Some(_) => classes(predictions).into_iter().map(class).collect(),
            None => Vec::new(),
        },
    })
}

#[expect(clippy::cast_precision_loss, reason = "counts of answers are far below 2^52")]
fn number(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::trust;

    fn sheet(n_predictions: usize) -> ProgressSheet {
        let today = StudyDay::from_number(20_821); // Sunday, 2027-01-03
        let prediction = |idx: usize| Prediction { p_right: 0.55 + 0.05 * number(idx % 9), is_right: idx % 9 > 1 };
        let predictions: Vec<Prediction> = (0..n_predictions).map(prediction).collect();
        let n_reviews = [(0, 12), (1, 104), (3, 5), (8, 40)];
        let mut n_due = vec![0; FORECAST_DAYS];
        (n_due[0], n_due[2], n_due[29]) = (18, 36, 1);
        ProgressSheet {
            deck: "small".to_owned(),
            title: "Small".to_owned(),
            today,
            n_reviews: n_reviews.map(|(ago, n)| (StudyDay::from_number(today.number() - ago), n)).into(),
            streak: 2,
            n_cards: 70,
            n_due,
            trust: trust(&predictions),
            trajectory: None,
            predictions,
        }
    }

    #[test]
    fn days_are_shown_by_week_with_numbers_and_marks() {
        let text = progress_text(&sheet(20));
        let line = |name: &str| text.lines().find(|line| line.starts_with(name)).unwrap_or_default().to_owned();
        assert!(line("  Sat").ends_with("  40*  104#") || line("  Sat").ends_with("40* 104#"), "{text}");
        assert!(line("  Sun").ends_with("  12+") && line("  Thu").ends_with("   5-"), "{text}");
        assert!(line("  all").ends_with("   40  121"), "{text}");
        assert!(
            text.contains(
                "\n       Oct  Nov                      Dec\n        26    2    9   16   23   30    7   14   21   28\n"
            ),
            "{text}"
        );
        assert!(text.contains("161 reviews on 4 days, 2 study days in a row, 70 cards"), "{text}");
    }

    #[test]
    fn bars_grow_with_what_is_due_and_nothing_due_has_none() {
        let text = progress_text(&sheet(20));
        let n_marks = |name: &str| {
            let line = text.lines().find(|line| line.starts_with(name)).unwrap_or_default();
            line.chars().filter(|c| *c == '#').count()
        };
        assert_eq!(
            [n_marks("  today"), n_marks("  Tue 01-05"), n_marks("  Mon 01-04"), n_marks("  Mon 02-01")],
            [13, 26, 0, 1]
        );
        assert!(
            text.contains("\n  Mon 01-04      0\n") && text.contains("\n  Wed 01-06 to Sun 01-31: none\n"),
            "{text}"
        );
    }

    #[test]
    fn below_sixty_four_answers_there_are_too_few_data() {
        assert!(progress_text(&sheet(63)).contains("Too few data: 63 of 64"));
        let json = progress_json(&sheet(63));
        assert!(json["recall"]["predicted"].is_null() && json["recall"]["classes"] == json!([]));
        let text = progress_text(&sheet(180));
        assert!(text.contains("Last 180: 75 % predicted, 78 % observed"), "{text}");
        assert!(text.contains("The forecast holds"), "{text}");
    }

    #[test]
    fn every_line_fits_a_narrow_screen_and_has_no_letters_of_its_own() {
        for text in [progress_text(&sheet(20)), progress_text(&sheet(200))] {
            // Title and sums are prose, which is wrapped.
            let too_long: Vec<&str> = text.lines().skip(2).filter(|line| line.len() > 58).collect();
            assert!(text.is_ascii() && too_long.is_empty(), "{too_long:?}");
        }
    }
}
