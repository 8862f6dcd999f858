//! Calibrating the answers of a group.

use std::collections::BTreeMap;
use std::io::Read;

use crate::app::{App, AppError, OpenDeck};
use crate::base::ItemId;
use crate::deck::Measurement;
use crate::format::{ResponseTable, read_responses};
use crate::render::{CohortItem, CohortSheet};
use crate::score::calibration::{
    Response, ResponseMatrix, Round, Statistics, calibrate_rasch, choice_statistics, is_rapid, judge_fit, priors_of,
    refit_difficulties,
};
use crate::score::{Bank, ItemCurve};

/// How far a calibration has come.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum CohortProgress {
    /// Responses are read.
    Reading {
        /// Bytes so far.
        n_bytes: u64,
    },
    /// Learners are scored.
    Scoring {
        /// Learners so far.
        n_learners: usize,
        /// All of them.
        n_all: usize,
    },
    /// The model is fitted.
    Fitting(Round),
}

/// Reads the responses of a group from CSV; `path` is what messages call the file.
///
/// # Errors
/// [`AppError::Responses`] with every problem and its line.
pub fn read_cohort(
    path: &str,
    input: impl Read,
    on_progress: &mut dyn FnMut(CohortProgress),
) -> Result<ResponseTable, AppError> {
    Ok(read_responses(path, input, &mut |n_bytes| on_progress(CohortProgress::Reading { n_bytes }))?)
}

/// Calibrates the items of a group by the Rasch model. A learner's first answer to an item counts.
///
/// # Errors
/// [`AppError::Calibration`] if the responses say nothing about difficulty.
pub fn calibrate_cohort(
    table: &ResponseTable,
    on_progress: &mut dyn FnMut(CohortProgress),
) -> Result<CohortSheet, AppError> {
    let matrix = ResponseMatrix::gather(table.n_rows(), |row| response(table, row));
    let fit = calibrate_rasch(&matrix, &mut |round| on_progress(CohortProgress::Fitting(round)))?;
    let statistics = Statistics::of(&matrix);
    let choices = choice_statistics(&matrix, |row| table.choice(row));
    let mut n_rapid = vec![0; matrix.n_items()];
    for learner in 0..matrix.n_learners() {
        for (answer, row) in matrix.answers_of(learner).iter().zip(matrix.rows_of(learner)) {
            n_rapid[answer.item()] += usize::from(table.seconds(*row).is_some_and(is_rapid));
        }
    }
    let choice_name = |place: u32| usize::try_from(place).ok().and_then(|place| table.choices.get(place)).cloned();
    let item = |(item_idx, name): (usize, &String)| CohortItem {
        name: name.clone(),
        statistics: statistics.items[item_idx],
        fit: fit.items[item_idx],
        n_rapid: n_rapid[item_idx],
        choices: choices[item_idx]
            .iter()
            .map(|choice| (choice_name(choice.choice).unwrap_or_default(), *choice))
            .collect(),
    };
    let learners = judge_fit(&matrix, &fit, |row| table.seconds(row));
    let doubtful = table.learners.iter().zip(learners).filter(|(_, fit)| fit.is_rapid() || fit.is_unlikely());
    Ok(CohortSheet {
        n_learners: matrix.n_learners(),
        n_answers: matrix.n_answers(),
        n_repeats: matrix.n_repeats(),
        log_likelihood: fit.log_likelihood,
        slope: fit.slope,
        alpha: statistics.alpha,
        items: table.items.iter().enumerate().map(item).collect(),
        doubtful: doubtful.map(|(name, fit)| (name.clone(), fit)).collect(),
    })
}

impl App {
    /// Measures the difficulties of the deck's exam items that were answered, in the deck's order.
    ///
    /// They start from what the deck states and move as far as the answers demand, with the deck's chances of guessing.
    /// Their mean stays where it is, so that the deck's cut keeps its meaning.
    ///
    /// # Errors
    /// [`AppError::Score`] for a deck that cannot be scored, [`AppError::NoKnownItems`] if no response is about it.
    pub fn refit_deck(
        &self,
        deck: &OpenDeck,
        table: &ResponseTable,
        on_progress: &mut dyn FnMut(CohortProgress),
    ) -> Result<Vec<(ItemId, Measurement)>, AppError> {
        let facts: Vec<_> = self.items_of(deck)?.into_iter().map(|item| item.facts).collect();
        let bank = Bank::new(&deck.outline, &facts)?;
        let by_name: BTreeMap<&str, usize> = table.items.iter().map(String::as_str).zip(0..).collect();
        let mut places: Vec<Option<u32>> = vec![None; table.items.len()]; // by the item's place among the responses
        let mut known: Vec<(ItemId, ItemCurve)> = Vec::new();
        for (item_idx, facts) in facts.into_iter().enumerate() {
            let named = by_name.get(facts.id.as_str());
            if let (Some(named), Some(curve)) = (named, bank.curve(item_idx)) {
                places[*named] = u32::try_from(known.len()).ok();
                known.push((facts.id, curve));
            }
        }
        let rows: Vec<u32> = (0..table.n_rows()).filter(|row| places[table.item(*row)].is_some()).collect();
        let n_rows = u32::try_from(rows.len()).unwrap_or(u32::MAX);
        if n_rows == 0 {
            return Err(AppError::NoKnownItems { deck: deck.outline.id.to_string() });
        }
        let matrix = ResponseMatrix::gather(n_rows, |idx| {
            let row = usize::try_from(idx).map_or(0, |idx| rows[idx]);
            let item = places[table.item(row)].unwrap_or_default();
            Response { item, ..response(table, row) }
        });
        let curves: Vec<ItemCurve> = known.iter().map(|(_, curve)| *curve).collect();
        let refit = refit_difficulties(&matrix, &priors_of(&curves), &mut |round| {
            on_progress(CohortProgress::Fitting(round));
        });
        let difficulties = refit.with_mean_of(curves.iter().map(ItemCurve::difficulty));
        let measurement = |(logits, error): (f64, &f64)| Measurement { logits, error: *error };
        let measurements = difficulties.into_iter().zip(&refit.errors).map(measurement);
        Ok(known.into_iter().map(|(id, _)| id).zip(measurements).collect())
    }
}

/// A sitting without a time counts as later than those with one.
fn response(table: &ResponseTable, row: u32) -> Response {
    let sitting = &table.sittings[table.sitting(row)];
    Response {
        learner: sitting.learner,
        item: u32::try_from(table.item(row)).unwrap_or(u32::MAX),
        is_right: table.is_right(row),
        at: sitting.at.unwrap_or(i64::MAX),
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::app::PinnedClock;

    /// Forty learners of four strengths on five items; the deck below has no `q5`.
    fn responses() -> ResponseTable {
        let mut csv = "learner,sitting,form,item,correct,choice,seconds\n".to_owned();
        for learner in 0..40 {
            for item in 1..=5 {
                let is_right = u8::from(learner % 4 >= item % 4 || learner % (item + 2) == 0);
                csv.push_str(&format!(
                    "l{learner},1,,q{item},{is_right},{},{}\n",
                    ["b", "a"][usize::from(is_right)],
                    2 + learner
                ));
            }
        }
        csv.push_str("l0,2,,q1,1,a,30\n");
        read_cohort("r.csv", csv.as_bytes(), &mut |_| {}).expect("responses")
    }

    #[test]
    fn a_group_is_calibrated_on_first_answers() {
        let mut n_rounds = 0;
        let sheet = calibrate_cohort(&responses(), &mut |_| n_rounds += 1).expect("a calibration");
        assert_eq!((sheet.n_learners, sheet.n_answers, sheet.n_repeats), (40, 200, 1));
        let is_fitted: Vec<bool> = sheet.items.iter().map(|item| item.fit.difficulty.is_some()).collect();
        assert_eq!(is_fitted, [true, true, true, false, true]); // everybody was right on q4
        assert!(n_rounds > 1);
        // Three learners took less than five seconds each time.
        assert!(sheet.items.iter().all(|item| item.n_rapid == 3));
        assert_eq!(sheet.doubtful.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["l0", "l1", "l2"]);
        let choices: Vec<(&str, bool)> =
            sheet.items[0].choices.iter().map(|(name, choice)| (name.as_str(), choice.is_key)).collect();
        assert_eq!(choices, [("a", true), ("b", false)]);
    }

    #[test]
    fn a_refitted_deck_keeps_its_mean_difficulty() {
        let folder = tempfile::tempdir().expect("a folder for the test");
        let deck = folder.path().join("deck.yaml");
        let question = |idx: u32| {
            format!(
                "  - {{id: q{idx}, stem: Which {idx}?, difficulty: 0.{idx}, right: yes, wrong: [no, never, nowhere]}}\n"
            )
        };
        let questions: String = (1..=4).chain(6..=6).map(question).collect();
        let exam = "exam: {items: {scored: 3}, scale: {min: 100, cut: 700, max: 1000}, cut: 0.7}";
        std::fs::write(&deck, format!("cutscore: 1\nid: d\ntitle: D\n{exam}\nquestions:\n{questions}"))
            .expect("a deck");
        let now = DateTime::parse_from_rfc3339("2027-02-01T09:00:00Z").expect("a time");
        let mut app = App::open(folder.path(), Box::new(PinnedClock::new(now)), None).expect("a store");
        let deck = app.open_deck(deck.to_str()).expect("a deck");
        let refit = app.refit_deck(&deck, &responses(), &mut |_| {}).expect("difficulties");
        assert_eq!(refit.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["q1", "q2", "q3", "q4"]);
        assert!((refit.iter().map(|(_, b)| b.logits).sum::<f64>() / 4.0 - 0.25).abs() < 1e-9);
        assert!(refit[2].1.logits > refit[3].1.logits, "{refit:?}"); // q3 was hard for these learners and q4 was not

        let other = read_cohort("r.csv", &b"learner,item,correct\na,x,1"[..], &mut |_| {}).expect("responses");
        assert!(matches!(app.refit_deck(&deck, &other, &mut |_| {}), Err(AppError::NoKnownItems { .. })));
    }
}
