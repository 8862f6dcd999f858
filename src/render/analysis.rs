//! What a report says beyond the score: what it points to and how to go on.

use crate::base::ItemId;
use crate::deck::{ItemKind, Levels};
use crate::exam::{Confidence, ItemRole};
use crate::plan::{Confusion, Finding, Overconfidence, RetakeOutlook, StudyTime};
use crate::render::{ItemRow, ReportResult, ScoreSheet};

/// What a scored sitting points to.
#[derive(Debug, Clone, PartialEq)]
pub struct Analysis {
    /// The deck's insights that hold, rules of thumb about a next attempt among them.
    pub findings: Vec<Finding>,
    /// The outlook of a next attempt; `None` after a pass.
    pub retake: Option<Retake>,
    /// What was taken for what, the most frequent first.
    pub confusions: Vec<ConfusedPair>,
    /// How much more was expected than came; `None` if too little was said.
    pub overconfidence: Option<Overconfidence>,
    /// How well the answers fit one ability; `None` if that cannot be told.
    pub pattern_fit: Option<f64>,
    /// The share of right answers of a barely passing candidate on the reference form, 0 to 1.
    pub cut_share: f64,
    /// The part of the exam, 0 to 1, that the domains at the lowest level are.
    pub lowest_weight: f64,
}

/// Two things that were taken for each other, and how to tell them apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfusedPair {
    /// The two, and the questions in which it happened.
    pub confusion: Confusion,
    /// Questions of the deck to which one of the two is the answer, for a drill of both side by side; empty if it has none
    /// any more.
    pub contrast: Vec<ItemId>,
}

/// The outlook of a next attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct Retake {
    /// By rules of thumb.
    pub rules: RetakeOutlook,
    /// How long to prepare, by another.
    pub time: StudyTime,
    /// The computed probability of passing the exam on the day of the sitting, from the sitting alone as the rules take it;
    /// `None` if it is no evidence.
    pub p_pass: Option<f64>,
}

/// Answers that were marked as guesses.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guesses {
    /// How many.
    pub n_answers: usize,
    /// Right ones among them.
    pub n_right: usize,
    /// How many blind choice gets right on average.
    pub n_by_chance: f64,
}

/// A test after which a weak domain may be left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExitTest {
    /// Place of the domain.
    pub domain_idx: usize,
    /// Questions to ask.
    pub n_items: usize,
    /// Right answers that pass it.
    pub n_needed: usize,
}

/// Fewest questions of an exit test: with fewer, luck decides.
pub(in crate::render) const LEAST_EXIT_TEST: usize = 10;

impl ScoreSheet {
    /// Returns the counting answers that were marked as guesses; `None` if there are none.
    pub fn guesses(&self) -> Option<Guesses> {
        let is_guess = |item: &&ItemRow| {
            item.role == ItemRole::Scored && item.mark.confidence == Confidence::Guess && !item.mark.answer.is_blank()
        };
        let guessed: Vec<&ItemRow> = self.items.iter().filter(is_guess).collect();
        (!guessed.is_empty()).then(|| Guesses {
            n_answers: guessed.len(),
            n_right: guessed.iter().filter(|item| item.is_right).count(),
            n_by_chance: guessed.iter().map(|item| blind_chance(item.question.kind())).sum(),
        })
    }

    /// Returns a test for each domain at the lowest level: as many questions as the exam asks of it, at least ten, of which
    /// the share is to be right from which the highest level holds.
    pub fn exit_tests(&self) -> Vec<ExitTest> {
        let ReportResult::Scored { report, levels } = &self.result else { return Vec::new() };
        let weak = report.domains.iter().filter(|result| result.level_idx == 0 && 1 < levels.all().len());
        weak.map(|result| {
            let n_items = result.n_items.max(LEAST_EXIT_TEST);
            ExitTest { domain_idx: result.domain_idx, n_items, n_needed: least_for_the_top(levels, n_items) }
        })
        .collect()
    }
}

/// The least number of right answers whose share belongs to the highest level.
pub(in crate::render) fn least_for_the_top(levels: &Levels, n_items: usize) -> usize {
    let top = levels.all().len() - 1;
    (0..=n_items).find(|n| levels.idx_of(ratio(*n, n_items)) == top).unwrap_or(n_items)
}

/// Returns the chance of a right answer without any knowledge.
pub fn blind_chance(kind: ItemKind) -> f64 {
    match kind {
        ItemKind::MultipleChoice { n_choices } => 1.0 / f64::from(n_choices.max(1)),
        ItemKind::MultipleResponse { n_choices, n_keys } => 1.0 / ways(n_choices, n_keys),
        ItemKind::Arrangement { n_slots, n_options } => {
            (0..n_slots).map(|slot| 1.0 / f64::from(n_options.saturating_sub(slot).max(1))).product()
        }
        ItemKind::TypedAnswer | ItemKind::Flashcard => 0.0,
    }
}

/// In how many ways `k` of `n` can be chosen.
fn ways(n: u8, k: u8) -> f64 {
    (0..k).map(|idx| f64::from(n.saturating_sub(idx).max(1)) / f64::from(idx + 1)).product()
}

/// Divides counts; 0 of nothing.
pub(in crate::render) fn ratio(n: usize, of: usize) -> f64 {
    if of == 0 { 0.0 } else { count(n) / count(of) }
}

/// A count as a number.
#[expect(clippy::cast_precision_loss, reason = "counts of exam items are far below 2^52")]
pub(in crate::render) fn count(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blind_choice_has_one_chance_in_all_answers() {
        let check = |kind, one_in: f64| assert!((blind_chance(kind) - 1.0 / one_in).abs() < 1e-12, "{kind:?}");
        check(ItemKind::MultipleChoice { n_choices: 4 }, 4.0);
        check(ItemKind::MultipleResponse { n_choices: 5, n_keys: 2 }, 10.0);
        check(ItemKind::Arrangement { n_slots: 3, n_options: 3 }, 6.0);
    }

    #[test]
    fn an_exit_test_asks_for_the_share_of_the_highest_level() {
        let levels = Levels::default();
        assert_eq!([10, 15, 17].map(|n| least_for_the_top(&levels, n)), [8, 12, 14]);
    }
}
