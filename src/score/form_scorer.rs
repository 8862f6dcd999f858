//! Scores of many sittings of one form.

use std::collections::BTreeMap;

use crate::deck::ReportedScale;
use crate::score::band::{Band, Confidence, ONE_ERROR, TWO_ERRORS};
use crate::score::form::Form;
use crate::score::requirement::needs;
use crate::score::scorer::{Score, Scorer};
use crate::score::{
    CurveModel, FormItem, Need, Outcome, RawScore, Reference, Requirement, ScaledScore, ScoreError, ScoringRules,
    Subject,
};

/// Scores the sittings of one form; what was computed for a share of right answers is kept for the next who has it.
#[derive(Debug, Clone)]
pub struct FormScorer<'a> {
    reference: &'a Reference,
    scale: ReportedScale,
    form: Form,
    total: Need,
    needs: Vec<Need>,
    known: BTreeMap<u64, FormScore>, // by the bits of the share
}

/// The score of one sitting of a form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FormScore {
    /// Pass or fail: whether all requirements are met, before any rounding.
    pub outcome: Outcome,
    /// Whether the total reaches the cut, be it required or not.
    pub total: Outcome,
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
    /// Takes the scored items of a form, in any order.
    ///
    /// # Errors
    /// [`ScoreError::NoScoredItems`] if there are none, [`ScoreError::UnknownDomain`] if one lies outside
    /// `rules.weights`.
    pub fn new(
        reference: &'a Reference,
        rules: &ScoringRules,
        items: &[FormItem],
    ) -> Result<FormScorer<'a>, ScoreError> {
        let form = Form::new(reference, &rules.weights, items)?;
        let scale = rules.scale.reported(reference.cut_share(), items.len());
        let total = Scorer { reference, scale, form: &form.characteristic }.need();
        let needs = needs(reference, &rules.decision, total, &form.domains);
        Ok(FormScorer { reference, scale, form, total, needs, known: BTreeMap::new() })
    }

    /// Scores the points of each domain.
    pub fn score(&mut self, raw: &[RawScore]) -> FormScore {
        let share = self.form.share(raw);
        let FormScorer { reference, scale, form, known, .. } = self;
        let by_total = *known.entry(share.to_bits()).or_insert_with(|| {
            let scorer = Scorer { reference, scale: *scale, form: &form.characteristic };
            scored(&scorer, share)
        });
        let is_pass = self.requirements(raw, by_total.total).iter().all(|requirement| requirement.is_met);
        FormScore { outcome: if is_pass { Outcome::Pass } else { Outcome::Fail }, ..by_total }
    }

    /// Returns what it takes to pass the form with what was got in each domain: the total if it decides, then the
    /// domains with a minimum. `total` is whether the total reaches the cut.
    pub fn requirements(&self, raw: &[RawScore], total: Outcome) -> Vec<Requirement> {
        let requirement = |need: &Need| match need.subject {
            Subject::Total => Requirement { need: *need, raw: RawScore::sum(raw), is_met: total == Outcome::Pass },
            Subject::Domain { domain_idx } => {
                Requirement { need: *need, raw: raw[domain_idx], is_met: need.is_met_by(raw[domain_idx]) }
            }
        };
        self.needs.iter().map(requirement).collect()
    }

    /// Returns the 95 % band of a score of this form, made like its 68 % band.
    pub fn band95(&self, score: &FormScore) -> Band {
        let scorer = Scorer { reference: self.reference, scale: self.scale, form: &self.form.characteristic };
        widened_band(&scorer, &scorer.score(score.form_share), score.form_share, TWO_ERRORS)
    }

    /// Returns what the cut asks of the total, be it required or not.
    pub fn need(&self) -> Need {
        self.total
    }

    /// Returns the scale of the scores.
    pub fn scale(&self) -> ReportedScale {
        self.scale
    }

    pub(super) fn form(&self) -> &Form {
        &self.form
    }
}

fn scored(scorer: &Scorer<'_>, form_share: f64) -> FormScore {
    let score = scorer.score(form_share);
    FormScore {
        outcome: score.outcome,
        total: score.outcome,
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
