//! Difficulties of a deck's items in a file of their own.

use crate::base::ItemId;
use crate::deck::Measurement;
use crate::format::v1::MAX_LOGITS;

/// Writes measured difficulties as YAML: `difficulties:` with the ids of the items, as a file of a deck may have it.
pub fn difficulty_overlay(difficulties: &[(ItemId, Measurement)]) -> String {
    let mut text = "# Difficulties in logits and their standard errors, measured from learners' answers.\n".to_owned();
    text.push_str("difficulties:\n");
    for (id, Measurement { logits, error }) in difficulties {
        let logits = logits.clamp(-MAX_LOGITS, MAX_LOGITS);
        // No character of an id needs more than the quotes.
        text.push_str(&format!("  \"{id}\": {{logits: {logits:.4}, error: {error:.4}}}\n"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_overlay_is_yaml_that_a_deck_can_have() {
        let item = |id: &str| ItemId::new(id).expect("an id");
        let measured = |logits, error| Measurement { logits, error };
        let text = difficulty_overlay(&[(item("iam:root/1"), measured(-1.25, 0.1)), (item("42"), measured(1.0, 0.25))]);
        insta::assert_snapshot!(text, @r#"
        # Difficulties in logits and their standard errors, measured from learners' answers.
        difficulties:
          "iam:root/1": {logits: -1.2500, error: 0.1000}
          "42": {logits: 1.0000, error: 0.2500}
        "#);
    }
}
