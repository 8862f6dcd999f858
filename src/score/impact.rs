//! What each domain brought or cost: the distance from the cut, shared out among the domains.

use crate::deck::ReportedScale;
use crate::score::form::Form;
use crate::score::numeric::count;
use crate::score::{RawScore, Reference, TestCharacteristic};

/// What a domain brought or cost against a barely passing candidate.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DomainImpact {
    /// Place of the domain in the deck's list.
    pub domain_idx: usize,
    /// How many points a barely passing candidate expects to earn on its items of this form.
    pub raw_cut: f64,
    /// Points of the scale, not rounded: below 0 for what it cost. Those of all domains add up to the score less the cut.
    pub points: f64,
}

impl DomainImpact {
    /// Tells whether the domain brought at least what a barely passing candidate gets there.
    pub fn is_met(&self) -> bool {
        -ROUNDING <= self.points
    }
}

/// Points that rounding errors can make of none.
const ROUNDING: f64 = 1e-6;

/// The least distance from the cut, as a share of the form, whose worth in points is taken from the score itself.
const CLOSEST: f64 = 1e-6;

/// Shares out the distance of the exact score from the cut among the domains that have items, in the deck's order.
///
/// With w the share of the form that a point adds, domain d brings w (x − e) of it, x being its points and e those that a
/// barely passing candidate expects. These shares add up to the distance on the form, and each is worth as many
/// points of the scale as that distance is, on average. At the very cut that is the worth just below it.
pub(super) fn domain_impacts(
    reference: &Reference,
    scale: ReportedScale,
    form: &Form,
    raw: &[RawScore],
    scaled_exact: f64,
) -> Vec<DomainImpact> {
    let theta_cut = reference.theta_cut();
    let form_cut = form.characteristic.expected_share(theta_cut);
    let distance = form.share(raw) - form_cut;
    let worth = if distance.abs() < CLOSEST {
        (scale.cut() - scale.min()) / form_cut
    } else {
        (scaled_exact - scale.cut()) / distance
    };
    let impact = |(domain_idx, characteristic): (usize, &Option<TestCharacteristic>)| {
        let characteristic = characteristic.as_ref()?;
        let raw_cut = count(form.n_items[domain_idx]) * characteristic.expected_share(theta_cut);
        let share = form.share_of_a_point(domain_idx) * (raw[domain_idx].value() - raw_cut);
        Some(DomainImpact { domain_idx, raw_cut, points: worth * share })
    };
    form.domains.iter().enumerate().filter_map(impact).collect()
}
