//! The plan of an exam: how many items, how long, on what scale, with what cut.

use crate::base::{ItemId, Share};
use crate::deck::{CreditRule, Decision, ItemKind, ReportedScale, Scale, Section};

/// What one exam of a deck looks like and how it is scored.
#[derive(Debug, Clone, PartialEq)]
pub struct Blueprint {
    /// Time allowed in minutes; `None` means no clock.
    pub minutes: Option<u32>,
    /// Items that count.
    pub n_scored: usize,
    /// Items that are mixed in and count for nothing.
    pub n_unscored: usize,
    /// The reported scale.
    pub scale: Scale,
    /// The share of right answers that a barely passing candidate reaches on the reference form.
    pub cut: Share,
    /// What decides on pass or fail.
    pub decision: Decision,
    /// Whether answers that are partly right earn a part of the point.
    pub credit: CreditRule,
    /// Labels for the results in a domain.
    pub levels: Levels,
    /// When and at what price the exam may be taken again; `None` if the deck does not say.
    pub retake: Option<Retake>,
    /// How chance enters the response curves.
    pub guessing: Guessing,
    /// The items of the form that defines the scale; `None` means the blueprint's average over the bank.
    pub reference_form: Option<Vec<ItemId>>,
    /// The parts to which nobody returns, in order; empty if the candidate moves about freely.
    pub sections: Vec<Section>,
}

/// Says that a blueprint cannot be scored.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum BlueprintError {
    /// The three scores of the scale are out of order.
    #[error("a scale needs min < cut < max, not {min}, {cut}, {max}")]
    Scale {
        /// Lowest score.
        min: u32,
        /// Passing score.
        cut: u32,
        /// Highest score.
        max: u32,
    },
    /// Nothing decides, or a minimum asks for nothing.
    #[error("a decision needs the total, or minimums above 0, or both")]
    Decision,
    /// The ends of a range of weights are out of order.
    #[error("a range of weights needs 0 <= low < high <= 100, not {low} and {high}")]
    Weight {
        /// The lower end.
        low: f64,
        /// The upper end.
        high: f64,
    },
    /// No level begins at 0, or two begin at the same share.
    #[error("levels need one that starts at 0 and no two that start at the same share")]
    Levels,
}

impl Blueprint {
    /// Returns the scale as a candidate is told of it before a full form. Angoff shares of the deck's items may move the
    /// cut of a report by a fraction.
    pub fn announced_scale(&self) -> ReportedScale {
        self.scale.reported(self.cut.value(), self.n_scored)
    }

    /// Returns the chance, 0 to 1, of a right answer without knowledge to an item of the kind.
    pub fn chance(&self, kind: ItemKind) -> f64 {
        self.credit.guessing(self.guessing, kind).chance(kind)
    }
}

/// The labels of a domain's result, lowest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Levels(Vec<Level>); // Invariant: sorted by `from`, the first at 0, no two alike.

/// One label and the expected share of right answers from which it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Level {
    /// The label, in the programme's words.
    pub label: String,
    /// The least expected share on the bank's items of the domain.
    pub from: Share,
}

impl Levels {
    /// Sorts `levels` by where they begin.
    ///
    /// # Errors
    /// [`BlueprintError::Levels`] if none begins at 0 or two begin at the same share.
    pub fn new(mut levels: Vec<Level>) -> Result<Levels, BlueprintError> {
        levels.sort_by(|a, b| a.from.value().total_cmp(&b.from.value()));
        let starts_at_zero = levels.first().is_some_and(|level| level.from.value() == 0.0);
        let all_differ = levels.windows(2).all(|pair| pair[0].from.value() < pair[1].from.value());
        if starts_at_zero && all_differ { Ok(Levels(levels)) } else { Err(BlueprintError::Levels) }
    }

    /// Returns the levels, lowest first; never empty.
    pub fn all(&self) -> &[Level] {
        &self.0
    }

    /// Returns the place of the level that an expected share falls into.
    pub fn idx_of(&self, share: f64) -> usize {
        self.0.iter().rposition(|level| level.from.value() <= share).unwrap_or(0)
    }
}

impl Default for Levels {
    /// Needs Improvement, Competent from .60, Proficient from .80: a convention of this project, since programmes do
    /// not publish theirs.
    fn default() -> Levels {
        let level = |label: &str, from: f64| Share::new(from).map(|from| Level { label: label.to_owned(), from });
        let conventions = [level("Needs Improvement", 0.0), level("Competent", 0.6), level("Proficient", 0.8)];
        Levels(conventions.into_iter().flatten().collect())
    }
}

/// The rule for taking an exam again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retake {
    /// Calendar days between two attempts.
    pub wait_days: u32,
    /// Price of an attempt, as the programme writes it.
    pub fee: Option<String>,
}

/// The chance of a right answer without knowledge.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Guessing {
    /// What blind choosing gives on the item: 1/k for one of k, 1/C(k, m) for m of k, (m − n)!/m! for n slots to be filled
    /// with different ones of m options.
    ByChoices,
    /// None.
    None,
    /// The same for every item but those whose answer is typed.
    Fixed(Share),
}

impl Guessing {
    /// Returns the chance, 0 to 1, of getting an item of the kind right by choosing blindly. All or nothing for items
    /// with several keys or slots; 0 for typed answers and flashcards.
    pub fn chance(self, kind: ItemKind) -> f64 {
        match (self, kind) {
            (Guessing::None, _) | (_, ItemKind::TypedAnswer | ItemKind::Flashcard) => 0.0,
            (Guessing::Fixed(share), _) => share.value(),
            (Guessing::ByChoices, ItemKind::MultipleChoice { n_choices }) => 1.0 / f64::from(n_choices.max(1)),
            (Guessing::ByChoices, ItemKind::MultipleResponse { n_choices, n_keys }) => {
                // C(n, k) as a product of n-k+i over i, which stays a whole number at each step.
                let n_others = n_choices.saturating_sub(n_keys);
                let n_sets = (1..=n_keys).fold(1.0, |n, i| n * (f64::from(n_others) + f64::from(i)) / f64::from(i));
                1.0 / n_sets
            }
            (Guessing::ByChoices, ItemKind::Arrangement { n_slots, n_options }) => {
                // m!/(m - n)!: the options left for each slot in turn, multiplied.
                let n_before = n_options.saturating_sub(n_slots);
                let n_placements: f64 = (n_before..n_options).map(|n| f64::from(n) + 1.0).product();
                1.0 / n_placements
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blind_choice_gets_one_of_four_or_one_of_ten_pairs() {
        let pair = ItemKind::MultipleResponse { n_choices: 5, n_keys: 2 };
        let check = |guessing: Guessing, kind: ItemKind, expected: f64| {
            assert!((guessing.chance(kind) - expected).abs() < 1e-12, "{guessing:?} {kind:?}");
        };
        check(Guessing::ByChoices, ItemKind::MultipleChoice { n_choices: 4 }, 0.25);
        check(Guessing::ByChoices, pair, 0.1);
        check(Guessing::None, pair, 0.0);
        check(Guessing::ByChoices, ItemKind::Flashcard, 0.0);
    }

    #[test]
    fn a_share_falls_into_the_highest_level_it_reaches() {
        let levels = Levels::default();
        let label = |share: f64| levels.all()[levels.idx_of(share)].label.as_str();
        assert_eq!(
            [label(0.0), label(0.5999), label(0.6), label(0.8), label(1.0)],
            ["Needs Improvement", "Needs Improvement", "Competent", "Proficient", "Proficient"],
        );
    }

    #[test]
    fn levels_need_a_floor_and_differ() {
        let level = |from: f64| Level { label: "x".into(), from: Share::new(from).expect("a share") };
        assert_eq!(Levels::new(vec![level(0.5)]), Err(BlueprintError::Levels));
        assert_eq!(Levels::new(vec![level(0.0), level(0.0)]), Err(BlueprintError::Levels));
        assert!(Levels::new(vec![level(0.8), level(0.0)]).is_ok());
    }
}
