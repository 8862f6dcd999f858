//! What was taken for what: pairs of a right choice and the one that was chosen in its place.

use std::collections::BTreeMap;

use crate::base::ItemId;

/// A right choice that was left out and the wrong one that stood for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongChoice {
    /// The question.
    pub item: ItemId,
    /// What was chosen.
    pub chosen: String,
    /// What was right.
    pub right: String,
}

/// Two things that were confused, in either direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confusion {
    /// What was chosen, the first time.
    pub chosen: String,
    /// What was right then.
    pub right: String,
    /// The questions, in the order of the form.
    pub items: Vec<ItemId>,
}

/// Most characters of a choice that is the name of a thing; longer ones are statements.
const MOST_NAME: usize = 48;

/// Groups wrong choices by the two things, the most frequent first and then in the order of the form. Choices that are
/// statements and not names are left out.
pub fn confusions(wrong: &[WrongChoice]) -> Vec<Confusion> {
    let is_name = |text: &str| text.chars().count() <= MOST_NAME && !text.contains('\n');
    let mut places: BTreeMap<[String; 2], usize> = BTreeMap::new();
    let mut pairs: Vec<Confusion> = Vec::new();
    for own in wrong.iter().filter(|own| is_name(&own.chosen) && is_name(&own.right)) {
        let mut key = [own.chosen.trim().to_lowercase(), own.right.trim().to_lowercase()];
        key.sort();
        let place = *places.entry(key).or_insert(pairs.len());
        match pairs.get_mut(place) {
            Some(pair) => pair.items.push(own.item.clone()),
            None => pairs.push(Confusion {
                chosen: own.chosen.trim().to_owned(),
                right: own.right.trim().to_owned(),
                items: vec![own.item.clone()],
            }),
        }
    }
    pairs.sort_by_key(|pair| std::cmp::Reverse(pair.items.len())); // stable
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrong(item: &str, chosen: &str, right: &str) -> WrongChoice {
        WrongChoice { item: ItemId::new(item).expect("a good id"), chosen: chosen.to_owned(), right: right.to_owned() }
    }

    #[test]
    fn pairs_are_counted_in_either_direction_and_statements_left_out() {
        let long = "It replicates every write to a second Region before it is acknowledged";
        let found = confusions(&[
            wrong("q1", "SQS", "SNS"),
            wrong("q2", "EBS", "EFS"),
            wrong("q3", "EFS", " ebs"),
            wrong("q4", long, "S3"),
        ]);
        let words: Vec<(&str, &str, usize)> =
            found.iter().map(|pair| (pair.chosen.as_str(), pair.right.as_str(), pair.items.len())).collect();
        assert_eq!(words, [("EBS", "EFS", 2), ("SQS", "SNS", 1)]);
    }
}
