//! Scoring one sitting.

use crate::deck::{Levels, Scale};
use crate::score::band::{Band, ONE_ERROR, TWO_ERRORS};
use crate::score::form::{Balance, Form};
use crate::score::level::domain_results;
use crate::score::numeric::count;
use crate::score::scorer::Scorer;
use crate::score::{
    CurveModel, DifficultySource, DomainResult, FormItem, ItemCurve, Outcome, Reference, ScaledScore, ScoreError,
};

/// A scored item of a sitting with its answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoredItem {
    /// Place of the item's domain in the deck's list.
    pub domain_idx: usize,
    /// The item's response curve, from [`Bank::curve`](crate::score::Bank::curve).
    pub curve: ItemCurve,
    /// Whether the answer was right; omitted and not reached items are wrong.
    pub is_right: bool,
}

/// What a blueprint says about scoring.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoringRules {
    /// The reported scale.
    pub scale: Scale,
    /// The labels of a domain's result.
    pub levels: Levels,
    /// The domains' weights in the deck's order; only the proportion matters.
    pub weights: Vec<f64>,
}

/// The score of one sitting, with how sure it is.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreReport {
    /// Pass or fail: the total alone decides, before any rounding.
    pub outcome: Outcome,
    /// The score as it is reported.
    pub scaled: ScaledScore,
    /// The score before rounding.
    pub scaled_exact: f64,
    /// The 68 % band (one standard error to each side), doubt about the items' difficulty included.
    pub band: Band,
    /// The 95 % band, likewise.
    pub band95: Band,
    /// The standard error of measurement in points at this ability; `None` where no finite ability fits the answers.
    pub csem: Option<f64>,
    /// Right answers.
    pub raw: usize,
    /// Right answers as they count: `raw`, or weighted by domain when the form's domain counts are off.
    pub raw_weighted: f64,
    /// Scored items.
    pub n_scored: usize,
    /// How many right answers a barely passing candidate expects on this form.
    pub raw_cut: f64,
    /// The least whole number of right answers that passes this form.
    pub raw_needed: usize,
    /// The ability that expects these answers, in logits; `None` if no finite one does or there are no curves.
    pub theta: Option<f64>,
    /// The share of the reference form that means the same, 0 to 1.
    pub share: f64,
    /// The result of each domain that has scored items.
    pub domains: Vec<DomainResult>,
    /// What a reader should know about how this score came about.
    pub notes: Vec<ScoreNote>,
}

/// Something out of the ordinary behind a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScoreNote {
    /// Some scored items have an assumed difficulty.
    DifficultyAssumed {
        /// How many.
        n_items: usize,
    },
    /// The deck states no difficulty at all: the share of right answers counts as it is.
    NoCurves,
    /// The cut is no higher than what guessing gives, so guessing was left out of the curves.
    ChanceIgnored,
    /// The form's domain counts are not those of the blueprint: each domain counts by its weight.
    WeightedByDomain,
    /// Domains with weight but without scored items; the others' weights were scaled up.
    DomainsMissing {
        /// Their places in the deck's list.
        domain_idxs: Vec<usize>,
    },
}

/// Scores the scored items of one sitting; the order of `items` does not matter.
///
/// # Errors
/// [`ScoreError::NoScoredItems`] if `items` is empty, [`ScoreError::UnknownDomain`] if one lies outside `rules.weights`.
pub fn score_sitting(
    reference: &Reference,
    rules: &ScoringRules,
    items: &[ScoredItem],
) -> Result<ScoreReport, ScoreError> {
    let form_items: Vec<FormItem> =
        items.iter().map(|item| FormItem { domain_idx: item.domain_idx, curve: item.curve }).collect();
    let form = Form::new(reference, &rules.weights, &form_items)?;
    let mut n_right = vec![0; rules.weights.len()];
    for item in items.iter().filter(|item| item.is_right) {
        n_right[item.domain_idx] += 1;
    }
    let n_scored = items.len();
    let scorer = Scorer { reference, scale: rules.scale, form: &form.characteristic };
    let share = form.share(&n_right);
    let score = scorer.score(share);
    let error = scorer.difficulty_error(score.theta);
    let (raw_cut, raw_needed) = scorer.raw_cut();
    let widened =
        |confidence| scorer.band(share, &score, confidence).widened(score.exact, error, confidence, rules.scale);
    Ok(ScoreReport {
        outcome: score.outcome,
        scaled: ScaledScore::rounded(score.exact, score.outcome, rules.scale),
        scaled_exact: score.exact,
        band: widened(ONE_ERROR),
        band95: widened(TWO_ERRORS),
        csem: score.csem,
        raw: n_right.iter().sum(),
        raw_weighted: share * count(n_scored),
        n_scored,
        raw_cut,
        raw_needed,
        theta: score.theta.filter(|_| reference.model() != CurveModel::NoCurves),
        share: score.share,
        domains: domain_results(reference, &rules.levels, &in_canonical_order(reference, items)),
        notes: notes(reference, rules, &form, items),
    })
}

/// Puts items in an order of their own, so that sums come out the same whatever order the answers had.
fn in_canonical_order(reference: &Reference, items: &[ScoredItem]) -> Vec<ScoredItem> {
    let mut sorted: Vec<ScoredItem> =
        items.iter().map(|item| ScoredItem { curve: reference.curve(item.curve), ..*item }).collect();
    sorted.sort_by(|a, b| a.curve.order(&b.curve).then(a.is_right.cmp(&b.is_right)));
    sorted
}

fn notes(reference: &Reference, rules: &ScoringRules, form: &Form, items: &[ScoredItem]) -> Vec<ScoreNote> {
    let mut notes = Vec::new();
    let n_assumed = items.iter().filter(|item| item.curve.source() == DifficultySource::Assumed).count();
    match reference.model() {
        CurveModel::NoCurves => notes.push(ScoreNote::NoCurves),
        CurveModel::Full | CurveModel::ChanceIgnored if n_assumed > 0 => {
            notes.push(ScoreNote::DifficultyAssumed { n_items: n_assumed });
        }
        CurveModel::Full | CurveModel::ChanceIgnored => {}
    }
    if reference.model() == CurveModel::ChanceIgnored {
        notes.push(ScoreNote::ChanceIgnored);
    }
    if form.balance == Balance::ByDomain {
        let is_missing = |domain_idx: &usize| form.n_items[*domain_idx] == 0 && rules.weights[*domain_idx] > 0.0;
        let domain_idxs: Vec<usize> = (0..rules.weights.len()).filter(is_missing).collect();
        notes.push(ScoreNote::WeightedByDomain);
        if !domain_idxs.is_empty() {
            notes.push(ScoreNote::DomainsMissing { domain_idxs });
        }
    }
    notes
}
