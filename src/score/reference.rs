//! The reference form: what every other form is carried over to.

use crate::score::{CurveGroup, ItemCurve, ScoreError, Stratum, TestCharacteristic};

/// The form that defines the scale, with the cut on it.
///
/// It is either a form that the deck names or the average over the bank, weighted as the blueprint says. It is frozen
/// at the first sitting of a deck's revision: later edits of the deck do not move the scale under scores already given.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    parts: ReferenceParts, // Invariant: the characteristic expects `cut_share` at `theta_cut`.
    characteristic: TestCharacteristic,
    domain_banks: Vec<Option<TestCharacteristic>>,
}

/// The plain parts of a [`Reference`], as a store writes and reads them.
#[derive(Debug, Clone, PartialEq)]
pub struct ReferenceParts {
    /// How item curves enter.
    pub model: CurveModel,
    /// The domains in the deck's order.
    pub domains: Vec<ReferenceDomain>,
    /// Number of scored items of a form of the blueprint, or of the named reference form.
    pub n_items: usize,
    /// The ability of a barely passing candidate, in logits.
    pub theta_cut: f64,
    /// The share of the reference form that this candidate answers rightly, strictly between 0 and 1.
    pub cut_share: f64,
}

/// One domain of a reference.
#[derive(Debug, Clone, PartialEq)]
pub struct ReferenceDomain {
    /// The domain's weight in the reference form; finite, not negative, only the proportion matters.
    pub weight: f64,
    /// The reference form's items of this domain: those of the named form, or all of the bank's.
    pub form: Vec<CurveGroup>,
    /// All of the bank's items of this domain, on which the domain's level is defined.
    pub bank: Vec<CurveGroup>,
}

/// How item curves enter the scores.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CurveModel {
    /// As they are.
    Full,
    /// Without chance, because the cut is no higher than what guessing gives.
    ChanceIgnored,
    /// One flat curve for all, because the deck says nothing about difficulty; shares then carry over unchanged.
    NoCurves,
}

/// How far the reference may miss the cut share at the cut ability when it is read back.
const CUT_TOLERANCE: f64 = 1e-6;

impl CurveModel {
    pub(super) fn curve(self, curve: ItemCurve) -> ItemCurve {
        match self {
            CurveModel::Full => curve,
            CurveModel::ChanceIgnored => curve.without_chance(),
            CurveModel::NoCurves => ItemCurve::FLAT.in_steps(curve.n_steps()),
        }
    }
}

impl Reference {
    /// Puts a reference together from its parts; the curves of the parts enter as they stand.
    ///
    /// # Errors
    /// [`ScoreError::Reference`] if the parts contradict each other, [`ScoreError::Cut`] if the cut share is not
    /// strictly between 0 and 1, [`ScoreError::NoScoredItems`] if there are no items.
    pub fn from_parts(parts: ReferenceParts) -> Result<Reference, ScoreError> {
        if !(parts.cut_share > 0.0 && parts.cut_share < 1.0) {
            return Err(ScoreError::Cut { cut: parts.cut_share });
        }
        if parts.domains.iter().any(|domain| !(0.0..f64::INFINITY).contains(&domain.weight)) {
            return Err(ScoreError::Reference { reason: "a weight is negative or no number" });
        }
        let characteristic = TestCharacteristic::stratified(
            parts.domains.iter().map(|domain| Stratum { weight: domain.weight, groups: domain.form.clone() }).collect(),
        )?;
        let gap = characteristic.expected_share(parts.theta_cut) - parts.cut_share;
        if gap.is_nan() || gap.abs() > CUT_TOLERANCE {
            return Err(ScoreError::Reference { reason: "its curves do not expect the cut share at the cut ability" });
        }
        let domain_banks = parts.domains.iter().map(ReferenceDomain::bank_characteristic).collect();
        Ok(Reference { parts, characteristic, domain_banks })
    }

    /// Returns the plain parts, to be stored.
    pub fn parts(&self) -> &ReferenceParts {
        &self.parts
    }

    /// Returns the reference form's test characteristic curve.
    pub fn characteristic(&self) -> &TestCharacteristic {
        &self.characteristic
    }

    /// Returns the curve of the bank's items of a domain; `None` if it has none.
    pub fn domain_bank(&self, domain_idx: usize) -> Option<&TestCharacteristic> {
        self.domain_banks.get(domain_idx)?.as_ref()
    }

    /// Returns the curve of the reference form's items of a domain, or of the bank's if the form has none; `None` if
    /// the bank has none either.
    pub fn domain_form(&self, domain_idx: usize) -> Option<TestCharacteristic> {
        let domain = self.parts.domains.get(domain_idx)?;
        let groups = if domain.form.is_empty() { &domain.bank } else { &domain.form };
        TestCharacteristic::stratified(vec![Stratum { weight: 1.0, groups: groups.clone() }]).ok()
    }

    /// Returns the ability of a barely passing candidate, in logits.
    pub fn theta_cut(&self) -> f64 {
        self.parts.theta_cut
    }

    /// Returns the abilities at which forms are held against the reference form when they are assembled: half a logit
    /// below the cut, at it, and half a logit above it.
    pub fn assembly_abilities(&self) -> [f64; 3] {
        [-0.5, 0.0, 0.5].map(|logits| self.theta_cut() + logits)
    }

    /// Returns the share of right answers of a barely passing candidate.
    pub fn cut_share(&self) -> f64 {
        self.parts.cut_share
    }

    /// Returns the ability that expects the cut share when the doubt about difficulties is averaged out of all curves.
    ///
    /// Averaged curves are flatter, so the same share lies farther from the middle: who compares abilities that were
    /// estimated with them must do so here, and not with [`Reference::theta_cut`].
    pub(super) fn averaged_cut(&self) -> f64 {
        self.characteristic.averaged().ability(self.cut_share())
    }

    /// Returns how item curves enter.
    pub fn model(&self) -> CurveModel {
        self.parts.model
    }

    /// Returns `curve` as it enters the scores of this reference.
    pub fn curve(&self, curve: ItemCurve) -> ItemCurve {
        self.parts.model.curve(curve)
    }
}

impl ReferenceDomain {
    fn bank_characteristic(&self) -> Option<TestCharacteristic> {
        TestCharacteristic::stratified(vec![Stratum { weight: 1.0, groups: self.bank.clone() }]).ok()
    }
}

/// Returns the ability that expects `cut_share` of `form`, and whether chance had to be ignored to find one.
pub(super) fn ability_at_cut(form: &TestCharacteristic, cut_share: f64) -> Result<(CurveModel, f64), ScoreError> {
    if !(cut_share > 0.0 && cut_share < 1.0) {
        return Err(ScoreError::Cut { cut: cut_share });
    }
    if cut_share > form.floor() {
        return Ok((CurveModel::Full, form.ability(cut_share)));
    }
    let strata = form.strata().iter().map(|stratum| Stratum {
        weight: stratum.weight,
        groups: stratum
            .groups
            .iter()
            .map(|group| CurveGroup { curve: group.curve.without_chance(), ..*group })
            .collect(),
    });
    Ok((CurveModel::ChanceIgnored, TestCharacteristic::stratified(strata.collect())?.ability(cut_share)))
}
