//! The calibration of a group as text and JSON.

use serde_json::{Value, json};

use crate::base::SafeText;
use crate::render::{SCHEMA, plural};
use crate::score::calibration::{ChoiceStatistics, ItemAdvice, ItemFit, ItemStatistics, LearnerFit};

/// What was found about a group and its items.
#[derive(Debug, Clone, PartialEq)]
pub struct CohortSheet {
    /// Learners with at least one answer.
    pub n_learners: usize,
    /// Answers that count.
    pub n_answers: usize,
    /// Later answers to an item the learner had met, which do not.
    pub n_repeats: usize,
    /// Marginal log-likelihood of the Rasch model.
    pub log_likelihood: f64,
    /// The common slope on the scale on which abilities have the standard deviation 1.
    pub slope: f64,
    /// Coefficient alpha, if it means something.
    pub alpha: Option<f64>,
    /// Every item, in the order in which the responses name them.
    pub items: Vec<CohortItem>,
    /// Learners whose answers do not look like work on the questions, in the order in which they come.
    pub doubtful: Vec<(String, LearnerFit)>,
}

/// An item of a group.
#[derive(Debug, Clone, PartialEq)]
pub struct CohortItem {
    /// The item's name.
    pub name: String,
    /// Classical statistics.
    pub statistics: ItemStatistics,
    /// Its difficulty.
    pub fit: ItemFit,
    /// Answers of less than five seconds.
    pub n_rapid: usize,
    /// Its choices by name, as far as the responses tell them.
    pub choices: Vec<(String, ChoiceStatistics)>,
}

/// Doubtful learners whom the text names.
const MOST_NAMED: usize = 20;

/// The standard deviation of ability that the scale is made of.
const SD_THETA: f64 = 1.0;

/// Returns the calibration of a group.
pub fn cohort_json(sheet: &CohortSheet) -> Value {
    let learner = |(name, fit): &(String, LearnerFit)| {
        json!({
            "learner": name,
            "n": fit.n,
            "timed": fit.n_timed,
            "rapid": fit.n_rapid,
            "person_fit": fit.person_fit,
            "flags": learner_flags(fit),
        })
    };
    json!({
        "schema": SCHEMA,
        "model": "rasch",
        "n_learners": sheet.n_learners,
        "n_responses": sheet.n_answers,
        "n_repeats": sheet.n_repeats,
        "log_likelihood": sheet.log_likelihood,
        "sd_theta": SD_THETA,
        "alpha": sheet.alpha,
        "items": sheet.items.iter().map(|item| item_json(item, sheet.slope)).collect::<Vec<_>>(),
        "learners_flagged": sheet.doubtful.iter().map(learner).collect::<Vec<_>>(),
    })
}

fn item_json(item: &CohortItem, slope: f64) -> Value {
    let choice = |(name, choice): &(String, ChoiceStatistics)| {
        let ChoiceStatistics { n, share, mean_rest, is_key, .. } = choice;
        json!({"choice": name, "n": n, "share": share, "mean_rest": mean_rest, "key": is_key})
    };
    json!({
        "item": item.name,
        "n": item.statistics.n,
        "p": item.statistics.p,
        "point_biserial": item.statistics.point_biserial,
        "a": slope,
        "b": item.fit.difficulty,
        "se_b": item.fit.standard_error,
        "rapid": item.n_rapid,
        "choices": item.choices.iter().map(choice).collect::<Vec<_>>(),
        "advice": item.advice(),
    })
}

/// Returns the calibration of a group for reading.
pub fn cohort_text(sheet: &CohortSheet) -> String {
    let learners = plural(sheet.n_learners, "learner", "learners");
    let answers = plural(sheet.n_answers, "answer", "answers");
    let mut text = format!("{learners}, {}, {answers}.\n", plural(sheet.items.len(), "item", "items"));
    if sheet.n_repeats > 0 {
        let repeats = plural(sheet.n_repeats, "later answer to an item", "later answers to items");
        text.push_str(&format!("{repeats} that the learner had met before: left out.\n"));
    }
    text.push_str(&format!("Rasch model: common slope {:.3}, log-likelihood {:.4}", sheet.slope, sheet.log_likelihood));
    text.push_str(&sheet.alpha.map_or(".\n".to_owned(), |alpha| format!(", coefficient alpha {alpha:.3}.\n")));
    text.push_str("Difficulty is in standard deviations of ability; r is the correlation with the rest score.\n\n");

    let names: Vec<String> = sheet.items.iter().map(|item| SafeText::one_line(&item.name).to_string()).collect();
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0).max(4);
    text.push_str(&format!("{:<width$}  {:>7}  Right      r  Difficulty  Error\n", "Item", "n"));
    for (item, name) in sheet.items.iter().zip(&names) {
        let ItemStatistics { n, p, point_biserial } = item.statistics;
        let advice = item.advice();
        let number =
            |value: Option<f64>, places: usize| value.map_or("-".to_owned(), |value| format!("{value:.places$}"));
        text.push_str(&format!(
            "{name:<width$}  {n:>7}  {:>5}  {:>5}  {:>10}  {:>5}{}\n",
            number(p, 3),
            number(point_biserial, 2),
            number(item.fit.difficulty, 3),
            number(item.fit.standard_error, 3),
            if advice.is_empty() { String::new() } else { format!("  {}", advice.join("; ")) },
        ));
    }
    text.push_str(&doubtful_text(sheet));
    text
}

fn doubtful_text(sheet: &CohortSheet) -> String {
    if sheet.doubtful.is_empty() {
        return String::new();
    }
    let n_doubtful = sheet.doubtful.len();
    let mut text = format!("\n{} in doubt:\n", plural(n_doubtful, "learner", "learners"));
    for (name, fit) in sheet.doubtful.iter().take(MOST_NAMED) {
        let name = SafeText::one_line(name);
        text.push_str(&format!("  {name}: {}\n", fit_words(fit)));
    }
    if n_doubtful > MOST_NAMED {
        text.push_str(&format!("  and {} more\n", n_doubtful - MOST_NAMED));
    }
    text
}

/// Says why a learner is in doubt.
pub(in crate::render) fn fit_words(fit: &LearnerFit) -> String {
    let rapid = format!("{} of {} timed answers in less than 5 seconds", fit.n_rapid, fit.n_timed);
    let unlikely = fit.person_fit.map_or(String::new(), |fit| format!("unlikely answers (person fit {fit:.1})"));
    let reasons = [(fit.is_rapid(), rapid), (fit.is_unlikely(), unlikely)];
    let reasons: Vec<String> = reasons.into_iter().filter_map(|(is_so, reason)| is_so.then_some(reason)).collect();
    reasons.join(", ")
}

pub(in crate::render) fn learner_flags(fit: &LearnerFit) -> Vec<&'static str> {
    let flags = [(fit.is_rapid(), "rapid"), (fit.is_unlikely(), "unlikely")];
    flags.into_iter().filter_map(|(is_so, flag)| is_so.then_some(flag)).collect()
}

impl CohortItem {
    /// What to look at, in words.
    fn advice(&self) -> Vec<String> {
        let choices: Vec<ChoiceStatistics> = self.choices.iter().map(|(_, choice)| *choice).collect();
        let name = |wanted: u32| {
            let found = self.choices.iter().find(|(_, choice)| choice.choice == wanted);
            found.map(|(name, _)| SafeText::one_line(name).to_string()).unwrap_or_default()
        };
        let words = |advice: ItemAdvice| match advice {
            ItemAdvice::CheckKey => "check the key".to_owned(),
            ItemAdvice::Review => "review".to_owned(),
            ItemAdvice::StrongDistractor(choice) => format!("able learners take `{}`", name(choice)),
            ItemAdvice::RareDistractor(choice) => format!("hardly anybody takes `{}`", name(choice)),
        };
        self.statistics.advice(&choices).into_iter().map(words).collect()
    }
}
