//! What decides on pass or fail.

use std::collections::BTreeMap;

use crate::base::Share;
use crate::deck::BlueprintError;

/// The requirements that must all be met to pass: the total reaches the cut, domains reach minimums, or both.
///
/// With the total alone the decision is compensatory, with minimums alone conjunctive, with both a hybrid.
#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    total: TotalRule,
    minimums: BTreeMap<usize, Share>, // Invariant: above 0; not empty if the total decides nothing.
}

/// Whether the total must reach the cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TotalRule {
    /// It must.
    Decides,
    /// It is reported, and decides nothing.
    DecidesNothing,
}

impl Decision {
    /// Takes the minimums by the domains' places in the deck's list. A minimum is a share of the domain's points on the
    /// reference form; each form's own minimum is equated to it, as the cut is.
    ///
    /// # Errors
    /// [`BlueprintError::Decision`] if nothing would decide, or if a minimum asks for nothing.
    pub fn new(total: TotalRule, minimums: BTreeMap<usize, Share>) -> Result<Decision, BlueprintError> {
        let is_empty = total == TotalRule::DecidesNothing && minimums.is_empty();
        if is_empty || minimums.values().any(|minimum| minimum.value() <= 0.0) {
            return Err(BlueprintError::Decision);
        }
        Ok(Decision { total, minimums })
    }

    /// Returns whether the total must reach the cut.
    pub fn total(&self) -> TotalRule {
        self.total
    }

    /// Returns the minimum share of each domain that has one, by the domain's place in the deck's list.
    pub fn minimums(&self) -> &BTreeMap<usize, Share> {
        &self.minimums
    }

    /// Tells whether the total alone decides.
    pub fn is_compensatory(&self) -> bool {
        self.minimums.is_empty()
    }
}

impl Default for Decision {
    /// The total alone decides.
    fn default() -> Decision {
        Decision { total: TotalRule::Decides, minimums: BTreeMap::new() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn something_must_decide() {
        let half = || Share::new(0.5).map(|half| BTreeMap::from([(1, half)])).expect("a share");
        let none = || Share::new(0.0).map(|none| BTreeMap::from([(1, none)])).expect("a share");
        assert!(Decision::new(TotalRule::DecidesNothing, half()).is_ok());
        assert!(Decision::new(TotalRule::Decides, BTreeMap::new()).is_ok_and(|decision| decision.is_compensatory()));
        assert_eq!(Decision::new(TotalRule::DecidesNothing, BTreeMap::new()), Err(BlueprintError::Decision));
        assert_eq!(Decision::new(TotalRule::Decides, none()), Err(BlueprintError::Decision));
    }
}
