//! Items that never stand in one form.

use std::collections::BTreeMap;

use crate::deck::ItemFacts;

/// Returns the enemy group of each item: items of one group never stand in one form.
///
/// Items of one concept are a group, and so are an item and the enemies that it names: other items by their ids, or
/// every item that names the same group. Groups that share an item are one.
pub fn enemy_groups<'f>(facts: impl Iterator<Item = &'f ItemFacts> + Clone) -> Vec<usize> {
    let mut first_of: BTreeMap<(Kind, &str), usize> = BTreeMap::new();
    let mut groups: Vec<usize> = Vec::new();
    for (idx, facts) in facts.enumerate() {
        groups.push(idx);
        let own = [(Kind::Concept, facts.concept.as_str()), (Kind::Name, facts.id.as_str())];
        let named = facts.enemies.iter().map(|enemy| (Kind::Name, enemy.as_str()));
        for name in own.into_iter().chain(named) {
            let other = *first_of.entry(name).or_insert(idx);
            let (one, other) = (root(&groups, idx), root(&groups, other));
            groups[one.max(other)] = one.min(other);
        }
    }
    (0..groups.len()).map(|idx| root(&groups, idx)).collect()
}

/// What a name is of. An id of an item and the name of a group of enemies are alike; a concept is another thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Concept,
    Name,
}

fn root(groups: &[usize], mut idx: usize) -> usize {
    while groups[idx] != idx {
        idx = groups[idx];
    }
    idx
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{ConceptId, ItemId};
    use crate::deck::{ItemKind, Status};

    fn item(id: &str, concept: &str, enemies: &[&str]) -> ItemFacts {
        ItemFacts {
            id: ItemId::new(id).expect("an id"),
            concept: ConceptId::new(concept).expect("an id"),
            domain_idx: 0,
            task: None,
            kind: ItemKind::TypedAnswer,
            difficulty: None,
            skill: None,
            status: Status::Live,
            stimulus: None,
            enemies: enemies.iter().map(|enemy| ItemId::new(enemy).expect("an id")).collect(),
        }
    }

    #[test]
    fn concepts_ids_and_group_names_join_and_groups_that_meet_are_one() {
        let facts = [
            item("a", "x", &[]),
            item("b", "x", &[]),
            item("c", "c", &["e"]),
            item("d", "d", &["vpc"]),
            item("e", "e", &["vpc"]),
            item("f", "a", &[]),
        ];
        assert_eq!(enemy_groups(facts.iter()), [0, 0, 2, 2, 2, 5]);
    }
}
