//! Items that learners have reported.

use std::collections::BTreeMap;

use crate::base::ItemId;
use crate::deck::lint::rule::{Finding, Part, Place, Rule, Severity};
use crate::deck::{Doubt, Item};

/// Its examples would be reports, which stand in no deck.
pub(super) const DOUBTED: Rule =
    Rule { code: "D203", severity: Severity::Advice, title: "no item was reported as doubtful", example: None };

/// Returns the items that are reported as doubtful, in the order of the items.
pub fn lint_doubts(items: &[Item], doubts: &BTreeMap<ItemId, Doubt>) -> Vec<Finding> {
    let finding = |(item_idx, item): (usize, &Item)| {
        let doubt = doubts.get(&item.facts.id)?;
        let colon = if doubt.reason.is_empty() { "" } else { ": " };
        Some(Finding {
            rule: &DOUBTED,
            place: Place::Item { item_idx, part: Part::Whole },
            message: format!("reported as doubtful on {}{colon}{}", doubt.since, doubt.reason),
            help: "mend the item, or withdraw the report: cutscore deck doubt --withdraw".to_owned(),
        })
    };
    items.iter().enumerate().filter_map(finding).collect()
}
