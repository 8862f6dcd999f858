//! Which items a form starts from: as many as each domain asks for, no two enemies, the freshest first.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::exam::Candidate;

/// Seats of domains, filled by enemy groups: each group sits at most once in the whole form.
///
/// Concepts usually belong to one domain, and then filling seats is taking the freshest groups. Where they span
/// domains, a seat may be free only after another domain moves to another group; those chains are followed.
pub(super) struct Seating<'a> {
    candidates: &'a [Candidate],
    offers: Vec<Vec<usize>>, // by domain: the freshest candidate of each group, freshest first
    holder: BTreeMap<usize, usize>, // by group: the candidate that sits
    n_seated: Vec<usize>,    // by domain
}

impl<'a> Seating<'a> {
    /// Starts empty; candidates that are equally fresh are preferred in the given `order`.
    pub(super) fn new(candidates: &'a [Candidate], order: &[usize], n_domains: usize) -> Seating<'a> {
        let mut by_freshness = order.to_vec();
        by_freshness.sort_by_key(|idx| candidates[*idx].staleness); // stable: `order` decides among equals
        let mut offers = vec![Vec::new(); n_domains];
        let mut offered = BTreeSet::new();
        for idx in by_freshness {
            let Candidate { domain_idx, enemy_group, .. } = candidates[idx];
            if domain_idx < n_domains && offered.insert((domain_idx, enemy_group)) {
                offers[domain_idx].push(idx);
            }
        }
        Seating { candidates, offers, holder: BTreeMap::new(), n_seated: vec![0; n_domains] }
    }

    /// Fills up to `n_seats` of each domain, with stale items only where no fresher one is left.
    pub(super) fn fill(&mut self, n_seats: &[usize]) {
        let mut classes: Vec<u32> = self.candidates.iter().map(|candidate| candidate.staleness).collect();
        classes.sort_unstable();
        classes.dedup();
        for most_stale in classes {
            for (domain_idx, n_seats) in n_seats.iter().enumerate() {
                while self.n_seated[domain_idx] < *n_seats && self.seat_one(domain_idx, most_stale) {}
            }
        }
    }

    /// Returns the seated candidates of a domain, the freshest first.
    pub(super) fn seated(&self, domain_idx: usize) -> Vec<usize> {
        let sits = |idx: &usize| self.holder.get(&self.candidates[*idx].enemy_group) == Some(idx);
        self.offers[domain_idx].iter().copied().filter(sits).collect()
    }

    /// Finds one more seat's worth for a domain, by the shortest chain of moves between domains.
    fn seat_one(&mut self, domain_idx: usize, most_stale: u32) -> bool {
        // came_from[d]: the candidate for whose sake domain d has to look for another group.
        let mut came_from: BTreeMap<usize, Option<usize>> = BTreeMap::from([(domain_idx, None)]);
        let mut queue = VecDeque::from([domain_idx]);
        while let Some(looking) = queue.pop_front() {
            for &idx in &self.offers[looking] {
                let Candidate { enemy_group, staleness, .. } = self.candidates[idx];
                if staleness > most_stale {
                    break;
                }
                match self.holder.get(&enemy_group) {
                    None => {
                        self.move_along(&came_from, idx);
                        self.n_seated[domain_idx] += 1;
                        return true;
                    }
                    Some(&holder) => {
                        let rival = self.candidates[holder].domain_idx;
                        if rival != looking && !came_from.contains_key(&rival) {
                            came_from.insert(rival, Some(idx));
                            queue.push_back(rival);
                        }
                    }
                }
            }
        }
        false
    }

    fn move_along(&mut self, came_from: &BTreeMap<usize, Option<usize>>, free: usize) {
        let mut next = Some(free);
        while let Some(idx) = next {
            let Candidate { domain_idx, enemy_group, .. } = self.candidates[idx];
            self.holder.insert(enemy_group, idx);
            next = came_from.get(&domain_idx).copied().flatten();
        }
    }
}
