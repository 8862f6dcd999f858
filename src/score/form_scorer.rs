//! Scores of many sittings of one form.

use std::collections::BTreeMap;

use crate::deck::Scale;
use crate::score::band::{Band, Confidence, ONE_ERROR, TWO_ERRORS};
use crate::score::form::Form;
use crate::score::scorer::{Score, Scorer};
use crate::score::{CurveModel, FormItem, Outcome, Reference, ScaledScore, ScoreError};

/// Scores the sittings of one form; what was computed for a share of right answers is kept for the next who has it.
#[derive(Debug, Clone)]
pub struct FormScorer<'a> {
    reference: &'a Reference,
    scale: Scale,
    form: Form,
    known: BTreeMap<u64, FormScore>, // by the bits of the share
}

/// The score of one sitting of a form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FormScore {
    /// Pass or fail: the total alone decides, before any rounding.
    pub outcome: Outcome,
    /// The score as it is reported.
    pub scaled: ScaledScore,
    /// The score before rounding.
    pub scaled_exact: f64,
    /// The 68 % band (one standard error to each side), doubt about the items' difficulty included.
    pub band: Band,
    /// The standard error of measurement in points at this ability; `None` where no finite ability fits the answers.
    pub csem: Option<f64>,
    /// The ability that expects these answers, in logits; `None` if no finite one does or there are no curves.
    pub theta: Option<f64>,
    /// The share of the form's right answers, 0 to 1, weighted by domain when the form's domain counts are off.
    pub form_share: f64,
    /// The share of the reference form that means the same, 0 to 1.
    pub share: f64,
}

impl<'a> FormScorer<'a> {
    /// Takes the scored items of a form, in any order; `weights` are the blueprint's, one for each domain.
    ///
    /// # Errors
    /// [`ScoreError::NoScoredItems`] if there are none, [`ScoreError::UnknownDomain`] if one lies outside `weights`.
    pub fn new(
        reference: &'a Reference,
        scale: Scale,
        weights: &[f64],
        items: &[FormItem],
    ) -> Result<FormScorer<'a>, ScoreError> {
        Ok(FormScorer { reference, scale, form: Form::new(reference, weights, items)?, known: BTreeMap::new() })
    }

    /// Scores `n_right` right answers in each domain.
    pub fn score(&mut self, n_right: &[usize]) -> FormScore {
        let share = self.form.share(n_right);
        let FormScorer { reference, scale, form, known } = self;
        *known.entry(share.to_bits()).or_insert_with(|| {
            let scorer = Scorer { reference, scale: *scale, form: &form.characteristic };
            scored(&scorer, share)
        })
    }

    /// Returns the 95 % band of a score of this form, made like its 68 % band.
    pub fn band95(&self, score: &FormScore) -> Band {
        let scorer = Scorer { reference: self.reference, scale: self.scale, form: &self.form.characteristic };
        widened_band(&scorer, &scorer.score(score.form_share), score.form_share, TWO_ERRORS)
    }

    /// Returns how many right answers a barely passing candidate expects on this form, and the least whole number that
    /// passes.
    pub fn raw_cut(&self) -> (f64, usize) {
        let scorer = Scorer { reference: self.reference, scale: self.scale, form: &self.form.characteristic };
        scorer.raw_cut()
    }

    pub(super) fn form(&self) -> &Form {
        &self.form
    }
}

fn scored(scorer: &Scorer<'_>, form_share: f64) -> FormScore {
    let score = scorer.score(form_share);
    FormScore {
        outcome: score.outcome,
        scaled: ScaledScore::rounded(score.exact, score.outcome, scorer.scale),
        scaled_exact: score.exact,
        band: widened_band(scorer, &score, form_share, ONE_ERROR),
        csem: score.csem,
        theta: score.theta.filter(|_| scorer.reference.model() != CurveModel::NoCurves),
        form_share,
        share: score.share,
    }
}

/// The inversion band, with the doubt about the form's difficulties.
fn widened_band(scorer: &Scorer<'_>, score: &Score, form_share: f64, confidence: Confidence) -> Band {
    let error = scorer.difficulty_error(score.theta);
    scorer.band(form_share, score, confidence).widened(score.exact, error, confidence, scorer.scale)
}
