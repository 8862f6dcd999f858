//! Which candidates of a large bank are looked at.

use rand::Rng;
use rand::seq::index;

use crate::exam::{Candidate, Request};

/// Candidates of a domain that are looked at beside as many as are wanted: more bring nothing but time.
const MOST_SPARE: usize = 500;

/// Equally fresh candidates of a domain, and which of them are looked at.
struct Sample {
    staleness: u32,
    n_candidates: usize,
    falling: Vec<usize>, // numbers of the chosen ones
}

/// Returns the places of the candidates that are looked at, rising.
pub(super) fn shortlist(request: &Request, n_forms: usize, rng: &mut impl Rng) -> Vec<usize> {
    let Request { candidates, n_scored, n_unscored, .. } = *request;
    if candidates.len() <= MOST_SPARE {
        return (0..candidates.len()).collect();
    }
    let mut samples: Vec<Vec<Sample>> = n_scored.iter().map(|_| Vec::new()).collect();
    for &Candidate { domain_idx, staleness, .. } in candidates {
        let Some(samples) = samples.get_mut(domain_idx) else { continue };
        match samples.binary_search_by_key(&staleness, |sample| sample.staleness) {
            Ok(at) => samples[at].n_candidates += 1,
            Err(at) => samples.insert(at, Sample { staleness, n_candidates: 1, falling: Vec::new() }),
        }
    }
    for ((samples, n_scored), n_unscored) in samples.iter_mut().zip(n_scored).zip(n_unscored) {
        let mut n_left = (n_scored + n_unscored).saturating_mul(n_forms).saturating_add(MOST_SPARE);
        for Sample { n_candidates, falling, .. } in samples {
            *falling = index::sample(rng, *n_candidates, n_left.min(*n_candidates)).into_vec();
            falling.sort_unstable_by(|left, right| right.cmp(left));
            n_left -= falling.len();
            *n_candidates = 0; // counts again, up to each candidate
        }
    }
    let mut is_chosen = |candidate: &Candidate| {
        let samples = samples.get_mut(candidate.domain_idx)?;
        let at = samples.binary_search_by_key(&candidate.staleness, |sample| sample.staleness).ok()?;
        let sample = &mut samples[at];
        sample.n_candidates += 1;
        sample.falling.pop_if(|number| *number + 1 == sample.n_candidates)
    };
    (0..candidates.len()).filter(|idx| is_chosen(&candidates[*idx]).is_some()).collect()
}
