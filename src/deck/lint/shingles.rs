//! Stems that are nearly the same, found by the word triples that they share.

use crate::deck::lint::duplicates::{conflict, content};
use crate::deck::lint::rule::{Example, Found, Part, Rule, Severity, rule};
use crate::deck::lint::view::ItemView;
use crate::deck::lint::words::Words;

pub(super) const NEARLY_SAME: Rule = rule(
    "D306",
    Severity::Warning,
    "no two items ask nearly the same",
    Example {
        reason: "Two stems that share most of their wording are one question; asked together, the second is a gift. \
                 What is compared are triples of words: seven in ten shared are too many, nine in ten for two items of \
                 one concept.",
        bad: "- id: a\n  stem: A shop by the harbour keeps its orders in one file, and every night the file is copied to \
              a second disk. What is the copy called?\n  right: a backup\n  wrong: [a log, a cache]\n\
              - id: b\n  stem: A shop by the harbour keeps its orders in one file, and every night the file is copied to \
              a third disk. What is the copy called?\n  right: a backup\n  wrong: [an index, a queue]\n",
        good: "- id: a\n  stem: A shop by the harbour keeps its orders in one file, and every night the file is copied to \
               a second disk. What is the copy called?\n  right: a backup\n  wrong: [a log, a cache]\n\
               - id: b\n  stem: Yesterday's measurements of a weather station were lost with the only disk that had \
               them. What was missing?\n  right: a backup\n  wrong: [an index, a queue]\n",
    },
);

/// Words in a row that are compared.
const SHINGLE_WORDS: usize = 3;

/// Stems with fewer words are alike without being the same question.
const MIN_WORDS: usize = 10;

/// Share of shingles, of all that either stem has, from which two stems are nearly the same.
const ALIKE: f64 = 0.70;

/// The same for variants of one concept, which never meet in a form.
const ALIKE_IN_CONCEPT: f64 = 0.90;

pub(super) fn check_deck(views: &[ItemView<'_>], found: &mut Found) {
    let sets: Vec<Vec<u64>> = views.iter().map(|view| shingles(&view.stem)).collect();
    let mut said_of = None;
    for (earlier, later) in candidates(&sets) {
        let share = overlap(&sets[earlier], &sets[later]);
        let (first, second) = (&views[earlier], &views[later]);
        let limit = if first.item.facts.concept == second.item.facts.concept { ALIKE_IN_CONCEPT } else { ALIKE };
        if share < limit || said_of == Some(later) || is_same(first, second) {
            continue;
        }
        said_of = Some(later);
        let message = format!("the stem is {:.0} % the same as that of item `{}`", share * 100.0, first.item.facts.id);
        let help = "keep one of the two, or put the question quite differently";
        second.say(found, &NEARLY_SAME, Part::Prompt, message, help);
    }
}

/// Whether another rule names the pair: exactly the same question, or the same stem with keys that conflict.
fn is_same(a: &ItemView<'_>, b: &ItemView<'_>) -> bool {
    let (Some(one), Some(other)) = (a.question(), b.question()) else { return false };
    content(one) == content(other) || (a.stem.joined() == b.stem.joined() && conflict(one, Some(other)))
}

/// The hashes of all runs of words, sorted; none for a short text.
fn shingles(words: &Words) -> Vec<u64> {
    if words.len() < MIN_WORDS {
        return Vec::new();
    }
    let hashes: Vec<u64> = words.iter().map(hash).collect();
    let mix = |run: &[u64]| run.iter().fold(0, |mixed: u64, word| (mixed ^ word).wrapping_mul(PRIME).rotate_left(23));
    let mut all: Vec<u64> = hashes.windows(SHINGLE_WORDS).map(mix).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// The multiplier of the FNV-1a hash (Fowler, Noll & Vo), which is quick on short words.
const PRIME: u64 = 0x0100_0000_01b3;

fn hash(word: &str) -> u64 {
    word.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

/// Pairs of sets that may be alike, the earlier one first, sorted by the later one.
///
/// Two sets that share a part `ALIKE` of their union share one of their rarest shingles: of `n` shingles the
/// `n - ceil(ALIKE * n) + 1` rarest are enough to look at (prefix filtering; Chaudhuri, Ganti & Kaushik 2006).
fn candidates(sets: &[Vec<u64>]) -> Vec<(usize, usize)> {
    let numbered = sets.iter().enumerate();
    let mut all: Vec<(u64, usize)> =
        numbered.flat_map(|(idx, set)| set.iter().map(move |shingle| (*shingle, idx))).collect();
    all.sort_unstable();
    // A shingle that stands nowhere else leads nowhere; of the others, those of each set with how often they stand.
    let mut shared: Vec<Vec<(usize, u64)>> = vec![Vec::new(); sets.len()];
    for group in all.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
        for (shingle, idx) in group {
            shared[*idx].push((group.len(), *shingle));
        }
    }
    let mut postings: Vec<(u64, usize)> = Vec::new();
    for (idx, (set, by_rarity)) in sets.iter().zip(&mut shared).enumerate() {
        by_rarity.sort_unstable();
        // Seven in ten as whole numbers; one more than needed does no harm.
        let n_prefix = set.len() - set.len() * 7 / 10 + 1;
        let n_lone = set.len() - by_rarity.len();
        let leading = by_rarity.iter().take(n_prefix.saturating_sub(n_lone));
        postings.extend(leading.map(|(_, shingle)| (*shingle, idx)));
    }
    postings.sort_unstable();
    let mut pairs = Vec::new();
    for group in postings.chunk_by(|a, b| a.0 == b.0) {
        for (place, (_, later)) in group.iter().enumerate().skip(1) {
            // In a crowd of equals the first and the nearest few stand for all.
            let nearest = place.saturating_sub(MAX_NEAREST)..place;
            pairs.push((*later, group[0].1));
            pairs.extend(nearest.map(|other| (*later, group[other].1)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().map(|(later, earlier)| (earlier, later)).collect()
}

/// Sets that a set is compared with for each shingle they share.
const MAX_NEAREST: usize = 8;

/// The part of all shingles of two sorted sets that both have (Jaccard's coefficient).
fn overlap(a: &[u64], b: &[u64]) -> f64 {
    let (mut i, mut j, mut n_shared) = (0, 0, 0_u32);
    while i < a.len() && j < b.len() {
        n_shared += u32::from(a[i] == b[j]);
        let (step_a, step_b) = (a[i] <= b[j], b[j] <= a[i]);
        i += usize::from(step_a);
        j += usize::from(step_b);
    }
    let n_all = u32::try_from(a.len() + b.len()).unwrap_or(u32::MAX) - n_shared;
    if n_all == 0 { 0.0 } else { f64::from(n_shared) / f64::from(n_all) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_overlap_is_the_shared_part_of_all() {
        assert!((overlap(&[1, 2, 3], &[2, 3, 4]) - 0.5).abs() < 1e-12);
        assert!(overlap(&[], &[]).abs() < 1e-12);
    }

    proptest! {
        #[test]
        fn every_pair_that_is_alike_is_a_candidate(
            sets in proptest::collection::vec(proptest::collection::btree_set(0_u64..30, 8..20), 2..8)
        ) {
            let sets: Vec<Vec<u64>> = sets.into_iter().map(|set| set.into_iter().collect()).collect();
            let candidates = candidates(&sets);
            for later in 0..sets.len() {
                for earlier in 0..later {
                    let is_alike = overlap(&sets[earlier], &sets[later]) >= ALIKE;
                    prop_assert!(!is_alike || candidates.contains(&(earlier, later)));
                }
            }
        }
    }
}
