//! Which items forms start from: as many as each domain asks for, no two enemies in a form, the freshest first.

use std::cmp::Reverse;
use std::collections::{BTreeMap, VecDeque};

use crate::exam::Candidate;

/// Seats of domains in some forms. A candidate sits in one form only, and an enemy group once in each form.
///
/// Forms are filled one after another. A group with many unseated candidates goes before one with few, as far as
/// there are forms for them: what a group cannot place in this form may find no form later. (This is the rule of the
/// least slack; where each group belongs to one domain and all are equally fresh, no other choice seats more.)
///
/// Concepts usually belong to one domain, and then filling seats is taking the first that comes. Where they span
/// domains, a seat may be free only after another domain of the form moves to another group; those chains are
/// followed.
pub(super) struct Seating<'a> {
    candidates: &'a [Candidate],
    groups: &'a [usize],     // by candidate: its enemy group, numbered from 0
    offers: Vec<Vec<usize>>, // by domain: its candidates in the order of preference
    is_seated: Vec<bool>,    // by candidate
    n_unseated: Vec<usize>,  // by group
    forms: Vec<SeatedForm>,
}

/// What sits in one form.
#[derive(Clone)]
struct SeatedForm {
    holder: BTreeMap<usize, usize>, // by group: the candidate that sits
    n_seated: Vec<usize>,           // by domain
}

impl<'a> Seating<'a> {
    /// Starts with empty forms; `offers` are the candidates of each domain by chance, the freshest first.
    pub(super) fn new(
        candidates: &'a [Candidate],
        groups: &'a [usize],
        offers: Vec<Vec<usize>>,
        n_forms: usize,
    ) -> Seating<'a> {
        let mut n_unseated = vec![0; groups.iter().max().map_or(0, |most| most + 1)];
        for group in groups {
            n_unseated[*group] += 1;
        }
        let empty = SeatedForm { holder: BTreeMap::new(), n_seated: vec![0; offers.len()] };
        Seating {
            candidates,
            groups,
            offers,
            is_seated: vec![false; candidates.len()],
            n_unseated,
            forms: vec![empty; n_forms],
        }
    }

    /// Fills up to `n_seats` of each domain in every form, with stale items only where no fresher one is left.
    pub(super) fn fill(&mut self, n_seats: &[usize]) {
        for form_idx in 0..self.forms.len() {
            self.prefer_large_groups(self.forms.len() - form_idx);
            let mut most_stale = Some(0);
            while let Some(staleness) = most_stale {
                for (domain_idx, n_seats) in n_seats.iter().enumerate() {
                    while self.forms[form_idx].n_seated[domain_idx] < *n_seats
                        && self.seat_one(form_idx, domain_idx, staleness)
                    {}
                }
                most_stale = self.next_class(staleness);
            }
        }
    }

    /// Returns the candidates of a domain in a form, the freshest first.
    pub(super) fn seated(&self, form_idx: usize, domain_idx: usize) -> Vec<usize> {
        let of_domain = |idx: &usize| self.candidates[*idx].domain_idx == domain_idx;
        let mut seated: Vec<usize> = self.forms[form_idx].holder.values().copied().filter(of_domain).collect();
        seated.sort_by_key(|idx| self.candidates[*idx].staleness);
        seated
    }

    /// Returns how many candidates sit in all forms together.
    pub(super) fn n_seated(&self) -> usize {
        self.forms.iter().flat_map(|form| &form.n_seated).sum()
    }

    fn prefer_large_groups(&mut self, n_forms_left: usize) {
        if n_forms_left < 2 {
            return; // one form takes one candidate of any group
        }
        for offers in &mut self.offers {
            offers.sort_by_key(|idx| {
                let n_placeable = self.n_unseated[self.groups[*idx]].min(n_forms_left);
                (self.candidates[*idx].staleness, Reverse(n_placeable))
            });
        }
    }

    /// Returns the staleness of the freshest offers that are staler than `staleness`.
    fn next_class(&self, staleness: u32) -> Option<u32> {
        let first_after = |offers: &Vec<usize>| {
            let n_fresher = offers.partition_point(|idx| self.candidates[*idx].staleness <= staleness);
            offers.get(n_fresher).map(|idx| self.candidates[*idx].staleness)
        };
        self.offers.iter().filter_map(first_after).min()
    }

    /// Finds one more seat's worth for a domain of a form, by the shortest chain of moves between domains.
    fn seat_one(&mut self, form_idx: usize, domain_idx: usize, most_stale: u32) -> bool {
        // came_from[d]: the candidate for whose sake domain d has to look for another group.
        let mut came_from: BTreeMap<usize, Option<usize>> = BTreeMap::from([(domain_idx, None)]);
        let mut queue = VecDeque::from([domain_idx]);
        while let Some(looking) = queue.pop_front() {
            for &idx in &self.offers[looking] {
                if self.candidates[idx].staleness > most_stale {
                    break;
                }
                if self.is_seated[idx] {
                    continue;
                }
                match self.forms[form_idx].holder.get(&self.groups[idx]) {
                    None => {
                        self.move_along(form_idx, &came_from, idx);
                        self.forms[form_idx].n_seated[domain_idx] += 1;
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

    fn move_along(&mut self, form_idx: usize, came_from: &BTreeMap<usize, Option<usize>>, free: usize) {
        let mut next = Some(free);
        while let Some(idx) = next {
            let group = self.groups[idx];
            self.is_seated[idx] = true;
            self.n_unseated[group] -= 1;
            if let Some(moved) = self.forms[form_idx].holder.insert(group, idx) {
                self.is_seated[moved] = false;
                self.n_unseated[group] += 1;
            }
            next = came_from.get(&self.candidates[idx].domain_idx).copied().flatten();
        }
    }
}
