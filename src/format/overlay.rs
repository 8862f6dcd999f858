//! Difficulties of a deck's items in a file of their own.

use crate::base::ItemId;

/// Writes difficulties in logits as YAML: `difficulty:` with the ids of the items. Every number has a point, since one
/// without would be read as a level from 1 to 5.
pub fn difficulty_overlay(difficulties: &[(ItemId, f64)]) -> String {
    let mut text = "# Difficulties in logits, calibrated from learners' answers.\ndifficulty:\n".to_owned();
    for (id, logits) in difficulties {
        text.push_str(&format!("  \"{id}\": {logits:.4}\n")); // no character of an id needs more than the quotes
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_overlay_is_yaml_that_gives_ids_and_numbers_back() {
        let item = |id: &str| ItemId::new(id).expect("an id");
        let text = difficulty_overlay(&[(item("iam:root/1"), -1.25), (item("42"), 1.0)]);
        insta::assert_snapshot!(text, @r#"
        # Difficulties in logits, calibrated from learners' answers.
        difficulty:
          "iam:root/1": -1.2500
          "42": 1.0000
        "#);
    }
}
