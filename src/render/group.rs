//! The report of a group of learners as text and JSON.

use serde_json::{Value, json};

use crate::base::{SafeText, StudyDay};
use crate::deck::Levels;
use crate::render::cohort::{fit_words, learner_flags};
use crate::render::json::number;
use crate::render::words::{percent, probability_words, whole};
use crate::render::{SCHEMA, plural};
use crate::score::calibration::LearnerFit;
use crate::score::{DomainResult, FormScore, Outcome};

/// What is reported of a group of learners.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupSheet {
    /// The deck's id.
    pub deck: String,
    /// The deck's title.
    pub title: String,
    /// The day for which the probability of passing holds.
    pub exam_day: StudyDay,
    /// The deck's domains.
    pub domains: Vec<String>,
    /// The deck's levels.
    pub levels: Levels,
    /// The forms that were sat, in the order of their names.
    pub forms: Vec<GroupForm>,
    /// The learners, in the order in which the responses name them.
    pub learners: Vec<GroupLearner>,
    /// Rows that were left out because their item is not on the form that they name.
    pub n_off_form: usize,
    /// Rows that were left out because the sitting has an earlier one for the same item.
    pub n_twice: usize,
}

/// A form that was sat.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupForm {
    /// Its name; empty if the responses give none.
    pub name: String,
    /// Scored items.
    pub n_scored: usize,
    /// How many right answers a barely passing candidate expects.
    pub raw_cut: f64,
    /// Sittings.
    pub n_sittings: usize,
    /// Those that passed.
    pub n_passed: usize,
    /// Mean number of right answers.
    pub mean_raw: f64,
    /// KR-20 over each learner's first sitting of the form; `None` where it means nothing.
    pub kr20: Option<f64>,
}

/// A learner of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupLearner {
    /// The learner's name.
    pub name: String,
    /// The probability of passing the deck's exam, 0 to 1.
    pub p_pass: f64,
    /// The learner's sittings, the oldest first.
    pub sittings: Vec<GroupSitting>,
    /// Whether the answers look like work on the questions.
    pub fit: LearnerFit,
}

/// A sitting of a learner.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupSitting {
    /// The sitting's name; empty if the responses give none.
    pub name: String,
    /// The form's name; empty if the responses give none.
    pub form: String,
    /// Right answers.
    pub raw: usize,
    /// Scored items.
    pub n_scored: usize,
    /// Scored items that the learner had met in an earlier sitting.
    pub n_seen: usize,
    /// The score.
    pub score: FormScore,
    /// The result of each domain that has scored items.
    pub domains: Vec<DomainResult>,
}

impl GroupLearner {
    /// Tells whether the latest sitting passed.
    fn has_passed(&self) -> bool {
        self.sittings.last().is_some_and(|sitting| sitting.score.outcome == Outcome::Pass)
    }

    fn is_doubtful(&self) -> bool {
        self.fit.is_rapid() || self.fit.is_unlikely()
    }
}

impl GroupSheet {
    fn n_passed(&self) -> usize {
        self.learners.iter().filter(|learner| learner.has_passed()).count()
    }

    fn domain(&self, result: &DomainResult) -> &str {
        self.domains.get(result.domain_idx).map_or("", String::as_str)
    }

    fn level(&self, result: &DomainResult) -> &str {
        self.levels.all().get(result.level_idx).map_or("", |level| level.label.as_str())
    }
}

/// Returns the report of a group.
pub fn group_json(sheet: &GroupSheet) -> Value {
    let form = |form: &GroupForm| {
        json!({
            "form": form.name,
            "n_scored": form.n_scored,
            "raw_cut": form.raw_cut,
            "n_sittings": form.n_sittings,
            "n_passed": form.n_passed,
            "mean_raw": form.mean_raw,
            "kr20": form.kr20,
        })
    };
    let learner = |learner: &GroupLearner| {
        json!({
            "learner": learner.name,
            "p_pass": learner.p_pass,
            "flags": learner_flags(&learner.fit),
            "sittings": learner.sittings.iter().map(|sitting| sitting_json(sheet, sitting)).collect::<Vec<_>>(),
        })
    };
    json!({
        "schema": SCHEMA,
        "deck": sheet.deck,
        "title": sheet.title,
        "p_pass_on": sheet.exam_day.to_string(),
        "n_learners": sheet.learners.len(),
        "n_passed": sheet.n_passed(),
        "n_off_form": sheet.n_off_form,
        "n_twice": sheet.n_twice,
        "forms": sheet.forms.iter().map(form).collect::<Vec<_>>(),
        "learners": sheet.learners.iter().map(learner).collect::<Vec<_>>(),
    })
}

fn sitting_json(sheet: &GroupSheet, sitting: &GroupSitting) -> Value {
    let domain = |result: &DomainResult| {
        json!({
            "id": sheet.domain(result),
            "right": result.n_right,
            "n": result.n_items,
            "share": result.share,
            "level": sheet.level(result),
            "level_probability": result.level_probability,
        })
    };
    json!({
        "sitting": sitting.name,
        "form": sitting.form,
        "raw": sitting.raw,
        "n_scored": sitting.n_scored,
        "n_seen": sitting.n_seen,
        "scaled": number(sitting.score.scaled.value()),
        "scaled_exact": sitting.score.scaled_exact,
        "pass": sitting.score.outcome == Outcome::Pass,
        "band": [sitting.score.band.low, sitting.score.band.high],
        "domains": sitting.domains.iter().map(domain).collect::<Vec<_>>(),
    })
}

/// Returns the report of a group for reading: who is least likely to pass comes first.
pub fn group_text(sheet: &GroupSheet) -> String {
    let n_learners = sheet.learners.len();
    let n_sittings: usize = sheet.learners.iter().map(|learner| learner.sittings.len()).sum();
    let (learners, sittings) = (plural(n_learners, "learner", "learners"), plural(n_sittings, "sitting", "sittings"));
    let mut text = format!("{}\n{learners}, {sittings}.\n", SafeText::one_line(&sheet.title));
    let n_passed = sheet.n_passed();
    let share = fraction(n_passed, n_learners).map_or(String::new(), |share| format!(" ({})", percent(share)));
    text.push_str(&format!("{n_passed} of {n_learners} passed their latest sitting{share}.\n"));
    text.push_str(&format!("P(pass) is for this deck's exam on {}.\n\n", sheet.exam_day));
    text.push_str(&forms_text(sheet));
    text.push_str(&learners_text(sheet));
    for (n_rows, why) in [
        (sheet.n_off_form, "not about an item of the form: left out"),
        (sheet.n_twice, "about an item that the same sitting has already: left out"),
    ] {
        if n_rows > 0 {
            text.push_str(&format!("\n{} {why}.\n", plural(n_rows, "row is", "rows are")));
        }
    }
    text
}

/// Forms that the text lists.
const MOST_FORMS: usize = 20;

fn forms_text(sheet: &GroupSheet) -> String {
    let mut rows =
        vec![["Form", "Sittings", "Passed", "Questions", "Needed", "Mean right", "KR-20"].map(str::to_owned)];
    for form in sheet.forms.iter().take(MOST_FORMS) {
        rows.push([
            name_or_dash(&form.name),
            form.n_sittings.to_string(),
            form.n_passed.to_string(),
            form.n_scored.to_string(),
            format!("{:.2}", form.raw_cut),
            format!("{:.1}", form.mean_raw),
            form.kr20.map_or("-".to_owned(), |kr20| format!("{kr20:.3}")),
        ]);
    }
    let more = sheet.forms.len().saturating_sub(MOST_FORMS);
    let more = if more > 0 { format!("and {more} more\n") } else { String::new() };
    format!("{}{more}\n", table(&rows, 7))
}

fn learners_text(sheet: &GroupSheet) -> String {
    let mut order: Vec<&GroupLearner> = sheet.learners.iter().collect();
    order.sort_by(|a, b| a.p_pass.total_cmp(&b.p_pass));
    let titles = ["Learner", "P(pass)", "Score", "68 % band", "Right", "Sittings", "", "Weakest domain", "Look at"];
    let mut rows = vec![titles.map(str::to_owned)];
    for learner in order {
        let latest = learner.sittings.last();
        let of_latest = |words: &dyn Fn(&GroupSitting) -> String| latest.map_or("-".to_owned(), words);
        rows.push([
            name_or_dash(&learner.name),
            probability_words(learner.p_pass),
            of_latest(&|sitting| sitting.score.scaled.value().to_string()),
            of_latest(&|sitting| {
                let band = sitting.score.band;
                format!("{} to {}", whole(band.low), whole(band.high))
            }),
            of_latest(&|sitting| format!("{} of {}", sitting.raw, sitting.n_scored)),
            learner.sittings.len().to_string(),
            of_latest(&|_| if learner.has_passed() { "pass" } else { "fail" }.to_owned()),
            of_latest(&|sitting| weakest_words(sheet, sitting)),
            if learner.is_doubtful() { fit_words(&learner.fit) } else { String::new() },
        ]);
    }
    format!("The latest sitting of each learner, the least likely to pass first:\n{}", table(&rows, 6))
}

fn weakest_words(sheet: &GroupSheet, sitting: &GroupSitting) -> String {
    let weakest = sitting.domains.iter().min_by(|a, b| a.share.total_cmp(&b.share));
    weakest.map_or("-".to_owned(), |result| format!("{} {}", sheet.domain(result), percent(result.share)))
}

fn name_or_dash(name: &str) -> String {
    if name.is_empty() { "-".to_owned() } else { SafeText::one_line(name).to_string() }
}

fn fraction(part: usize, whole: usize) -> Option<f64> {
    let number = |n: usize| u32::try_from(n).ok().map(f64::from);
    Some(number(part)? / number(whole).filter(|whole| *whole > 0.0)?)
}

/// Puts cells under each other: to the left in the first column and from the column `first_words` on.
fn table<const N: usize>(rows: &[[String; N]], first_words: usize) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..N).map(width).collect();
    let line = |row: &[String; N]| {
        let cell = |(column, cell): (usize, &String)| {
            let width = widths[column];
            if (1..first_words).contains(&column) { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
        };
        let cells: Vec<String> = row.iter().enumerate().map(cell).collect();
        cells.join("  ").trim_end().to_owned() + "\n"
    };
    rows.iter().map(line).collect()
}
