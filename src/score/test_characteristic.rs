//! What share of a form an ability can expect to answer rightly.

use crate::score::lord_wingersky::common_steps;
use crate::score::numeric::{count, crossing, normalised};
use crate::score::{ItemCurve, ScoreError};

/// The test characteristic curve of a set of items, as a share from 0 to 1.
///
/// The items stand in strata: the share is Σ weight × (mean of the stratum's curves). One stratum gives the plain
/// share of right answers; one for each domain gives the share that weighs domains as the blueprint does.
#[derive(Debug, Clone, PartialEq)]
pub struct TestCharacteristic {
    strata: Vec<Stratum>, // Invariant: not empty, weights >= 0 with sum 1, no stratum without items.
}

/// Items that share one weight.
#[derive(Debug, Clone, PartialEq)]
pub struct Stratum {
    /// The stratum's part of the whole, 0 to 1.
    pub weight: f64,
    /// The stratum's items.
    pub groups: Vec<CurveGroup>,
}

/// Items whose curves are alike.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct CurveGroup {
    /// The curve of each of them.
    pub curve: ItemCurve,
    /// How many there are.
    pub n_items: usize,
}

/// Returns how many of the items a candidate of ability `theta` answers rightly on average.
pub fn expected_right<'a>(curves: impl IntoIterator<Item = &'a ItemCurve>, theta: f64) -> f64 {
    curves.into_iter().map(|curve| curve.p_right(theta)).sum()
}

impl TestCharacteristic {
    /// Gives every item the same weight; the order of `curves` does not matter.
    ///
    /// # Errors
    /// [`ScoreError::NoScoredItems`] if there are none.
    pub fn plain(curves: Vec<ItemCurve>) -> Result<TestCharacteristic, ScoreError> {
        TestCharacteristic::stratified(vec![Stratum { weight: 1.0, groups: grouped(curves) }])
    }

    /// Takes strata; those without items are left out, and the weights of the others are scaled to the sum 1.
    ///
    /// # Errors
    /// [`ScoreError::NoScoredItems`] if no stratum has items.
    pub fn stratified(mut strata: Vec<Stratum>) -> Result<TestCharacteristic, ScoreError> {
        strata.retain(|stratum| stratum.n_items() > 0);
        if strata.is_empty() {
            return Err(ScoreError::NoScoredItems);
        }
        let weights = normalised(&strata.iter().map(|stratum| stratum.weight).collect::<Vec<_>>());
        for (stratum, weight) in strata.iter_mut().zip(weights) {
            stratum.weight = weight;
        }
        Ok(TestCharacteristic { strata })
    }

    /// Returns the strata; each has items, and the weights sum to 1.
    pub fn strata(&self) -> &[Stratum] {
        &self.strata
    }

    /// Returns the number of items.
    pub fn n_items(&self) -> usize {
        self.strata.iter().map(Stratum::n_items).sum()
    }

    /// Returns into how many parts a point must be divided so that every answer earns a whole number of them: the least
    /// common multiple of the items' steps, 1 if all are all or nothing.
    pub fn steps_a_point(&self) -> usize {
        common_steps(self.strata.iter().flat_map(|stratum| &stratum.groups).map(|group| &group.curve))
    }

    /// Returns the share of right answers that ability `theta` can expect, 0 to 1.
    pub fn expected_share(&self, theta: f64) -> f64 {
        self.mean(|curve| curve.p_right(theta))
    }

    /// Returns how fast the expected share rises at `theta`, a logit.
    pub fn slope(&self, theta: f64) -> f64 {
        self.mean(|curve| curve.slope(theta))
    }

    /// Returns the share that chance alone gives.
    pub fn floor(&self) -> f64 {
        self.mean(ItemCurve::chance)
    }

    /// Returns the variance of the share of right answers at ability `theta`.
    pub fn variance(&self, theta: f64) -> f64 {
        self.squared_sum(|curve| curve.p_right(theta) * curve.p_wrong(theta) / f64::from(curve.n_steps()))
    }

    /// Returns the variance that doubt about the items' difficulties adds to the expected share at `theta`.
    pub fn variance_of_difficulty(&self, theta: f64) -> f64 {
        self.squared_sum(|curve| curve.slope(theta).powi(2) * curve.variance())
    }

    /// Returns the ability that expects `share`.
    ///
    /// `share` lies above [`TestCharacteristic::floor`] and below 1; past these the answer is an end of the bracket of
    /// ±40 logits.
    pub fn ability(&self, share: f64) -> f64 {
        crossing(|theta| self.expected_share(theta), share)
    }

    /// Returns this characteristic with the doubt about difficulties averaged out of all curves.
    pub(super) fn averaged(&self) -> TestCharacteristic {
        let averaged = |group: &CurveGroup| CurveGroup { curve: group.curve.averaged(), ..*group };
        let stratum = |stratum: &Stratum| Stratum {
            weight: stratum.weight,
            groups: stratum.groups.iter().map(averaged).collect(),
        };
        // The strata are those of a characteristic, so they make one again.
        TestCharacteristic::stratified(self.strata.iter().map(stratum).collect()).unwrap_or_else(|_| self.clone())
    }

    fn mean(&self, of_curve: impl Fn(&ItemCurve) -> f64) -> f64 {
        self.strata.iter().map(|stratum| stratum.weight * stratum.sum(&of_curve) / count(stratum.n_items())).sum()
    }

    fn squared_sum(&self, of_curve: impl Fn(&ItemCurve) -> f64) -> f64 {
        let of_stratum =
            |stratum: &Stratum| (stratum.weight / count(stratum.n_items())).powi(2) * stratum.sum(&of_curve);
        self.strata.iter().map(of_stratum).sum()
    }
}

impl Stratum {
    /// Returns the number of items.
    pub fn n_items(&self) -> usize {
        self.groups.iter().map(|group| group.n_items).sum()
    }

    fn sum(&self, of_curve: impl Fn(&ItemCurve) -> f64) -> f64 {
        self.groups.iter().map(|group| count(group.n_items) * of_curve(&group.curve)).sum()
    }
}

/// Puts equal curves together; the result does not depend on the order of `curves`.
pub(super) fn grouped(mut curves: Vec<ItemCurve>) -> Vec<CurveGroup> {
    curves.sort_by(ItemCurve::order);
    curves.chunk_by(|a, b| a == b).map(|alike| CurveGroup { curve: alike[0], n_items: alike.len() }).collect()
}
