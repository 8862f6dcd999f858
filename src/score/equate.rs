//! True-score equating: the share of one form that means the same as a share of another.

use crate::score::TestCharacteristic;

/// Shares closer than this to 0, to 1 or to what chance gives are taken as equal to it.
const SAME_SHARE: f64 = 1e-12;

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
/// At or below what chance gives on the form, shares are carried over in proportion (Kolen 1981). The result rises with
/// `share`; it only stays at 0 below chance if guessing helps on the form and not at all on the reference form.
pub fn equate(form: &TestCharacteristic, reference: &TestCharacteristic, share: f64) -> Equated {
    if share <= SAME_SHARE {
        return Equated { theta: None, share: 0.0 };
    }
    if share >= 1.0 - SAME_SHARE {
        return Equated { theta: None, share: 1.0 };
    }
    let floor = form.floor();
    if share <= floor + SAME_SHARE {
        return Equated { theta: None, share: share / floor * reference.floor() };
    }
    let theta = form.ability(share);
    Equated { theta: Some(theta), share: reference.expected_share(theta) }
}
