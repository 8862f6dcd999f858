//! True-score equating: the share of one form that means the same as a share of another.

use crate::score::TestCharacteristic;

/// Shares closer than this to 0 or to 1 are taken as nothing or everything right.
const END_OF_SHARES: f64 = 1e-12;

/// A share of a form, carried over to the reference form.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Equated {
    /// The ability that expects the share on the form, in logits; `None` where no finite ability does: nothing right,
    /// everything right, or no more than chance gives.
    pub theta: Option<f64>,
    /// The share of the reference form that means the same, 0 to 1.
    pub share: f64,
}

/// Carries `share` of `form` over to `reference`: the share that the same ability expects there.
///
/// At or below what chance gives on the form, shares are carried over in proportion (Kolen 1981).
pub fn equate(form: &TestCharacteristic, reference: &TestCharacteristic, share: f64) -> Equated {
    if share <= END_OF_SHARES {
        return Equated { theta: None, share: 0.0 };
    }
    if share >= 1.0 - END_OF_SHARES {
        return Equated { theta: None, share: 1.0 };
    }
    let floor = form.floor();
    if share <= floor {
        return Equated { theta: None, share: share / floor * reference.floor() };
    }
    let theta = form.ability(share);
    Equated { theta: Some(theta), share: reference.expected_share(theta) }
}
