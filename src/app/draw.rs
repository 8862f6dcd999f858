//! Drawing the form of a sitting.

use std::time::Duration;

use rand::seq::SliceRandom;

use crate::app::{App, AppError, OpenDeck};
use crate::base::Seed;
use crate::deck::{CreditRule, Decision, Domain, ItemBody, Levels, Outline, Question, enemy_groups};
use crate::exam::{
    Anchor, Candidate, DEFAULT_PROPOSALS, Ending, ExamPlan, ExamRequest, FormItem, ItemRole, Request, Scope, Section,
    Selection, SittingKind, assemble_forms, draw_choice_order, plan_exam, split_into_sections, together, whole_forms,
};
use crate::plan::{BankSize, Reserve, reserve};
use crate::score::{Bank, ItemCurve, Reference};
use crate::store::{DomainSize, Event, Exposure, IndexedItem, PinnedDomain, PinnedItem, SittingStart};

/// A form with all that its sitting pins, and the texts of its items.
pub(in crate::app) struct Drawn {
    pub(in crate::app) start: SittingStart,
    pub(in crate::app) frozen: Option<Event>,
    pub(in crate::app) questions: Vec<Question>,
}

/// The scale of a deck with an exam.
pub(in crate::app) struct Scaling {
    pub(in crate::app) bank: Bank,
    pub(in crate::app) reference: Reference,
    is_frozen: bool,
}

/// The bank as one draw sees it.
pub(in crate::app) struct Pool {
    pub(in crate::app) items: Vec<IndexedItem>,
    exposures: Vec<Option<Exposure>>,
    pub(in crate::app) curves: Vec<ItemCurve>,
    pub(in crate::app) scaling: Option<Scaling>,
}

/// The items of a form in the order in which they are shown.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::app) struct ChosenForm {
    /// Place of each item in the deck, and its role.
    pub(in crate::app) places: Vec<(usize, ItemRole)>,
    /// Distance from the reference form, in items.
    pub(in crate::app) deviation: f64,
    /// Items of each domain that the bank does not hold.
    pub(in crate::app) missing: Vec<usize>,
}

/// Forms that were drawn together.
pub(in crate::app) struct ChosenForms {
    pub(in crate::app) plan: ExamPlan,
    pub(in crate::app) forms: Vec<ChosenForm>,
    /// How many whole forms the bank holds, up to the number that was asked for.
    pub(in crate::app) n_whole: usize,
}

impl App {
    /// Returns what the form of `request` will look like.
    ///
    /// # Errors
    /// [`AppError::Plan`] if the domain is unknown or there is nothing to ask.
    pub fn plan_exam(&self, deck: &OpenDeck, request: &ExamRequest) -> Result<ExamPlan, AppError> {
        Ok(plan_exam(&deck.outline, &n_items(&self.domain_sizes(deck)?), request)?)
    }

    /// Returns how large the deck's domains are.
    pub(in crate::app) fn domain_sizes(&self, deck: &OpenDeck) -> Result<Vec<DomainSize>, AppError> {
        Ok(self.store.domain_sizes(deck.index, deck.outline.domains.len())?)
    }

    /// Returns how many unseen items of each domain are kept for mocks.
    pub fn reserve_of(&self, deck: &OpenDeck) -> Result<Reserve, AppError> {
        self.reserve_for(deck, &self.domain_sizes(deck)?)
    }

    pub(in crate::app) fn reserve_for(&self, deck: &OpenDeck, sizes: &[DomainSize]) -> Result<Reserve, AppError> {
        if deck.outline.exam.is_none() || self.store.is_reserve_open(&deck.outline.id)? {
            return Ok(Reserve { n_forms: 0, n_kept: vec![0; sizes.len()] });
        }
        Ok(reserve(&bank_of(deck, sizes)?, self.n_mocks_sat(deck)?))
    }

    pub(in crate::app) fn n_mocks_sat(&self, deck: &OpenDeck) -> Result<usize, AppError> {
        let sittings = self.store.sittings()?;
        let is_sat = |row: &&crate::store::SittingRow| {
            row.deck == deck.outline.id
                && row.kind == SittingKind::Mock
                && matches!(row.ending, Some(Ending::Submitted | Ending::TimeUp))
        };
        Ok(sittings.iter().filter(is_sat).count())
    }

    pub(in crate::app) fn exposures_of(
        &self,
        deck: &OpenDeck,
        items: &[IndexedItem],
    ) -> Result<Vec<Option<Exposure>>, AppError> {
        let exposures = self.store.exposures(&deck.outline.id)?;
        Ok(items.iter().map(|item| exposures.get(&item.facts.id).copied()).collect())
    }

    /// Draws a form: items, their order and the order of their choices all follow from the seed.
    pub(in crate::app) fn draw(&self, deck: &OpenDeck, request: &ExamRequest, seed: Seed) -> Result<Drawn, AppError> {
        let pool = self.pool(deck)?;
        let plan = self.plan_exam(deck, request)?;
        let ChosenForms { plan, mut forms, .. } = self.choose_forms(deck, &pool, plan, 1, seed)?;
        let form = forms.pop().unwrap_or_default();
        let (places, sections) = in_sections(&pool, form.places, &plan.sections, &deck.outline);
        let (pinned, questions) = self.pin(&pool, &places, seed)?;
        let exam = deck.outline.exam.as_ref();
        let start = SittingStart {
            deck: deck.outline.id.clone(),
            revision: deck.revision,
            kind: plan.kind,
            seed,
            limit: plan.limit,
            extra_time: plan.extra_time,
            sections,
            scale: exam.map(|exam| exam.scale),
            decision: exam.map_or_else(Decision::default, |exam| exam.decision.clone()),
            credit: exam.map_or(CreditRule::AllOrNothing, |exam| exam.credit),
            levels: exam.map_or_else(Levels::default, |exam| exam.levels.clone()),
            title: deck.outline.title.clone(),
            domains: deck.outline.domains.iter().map(pinned_domain).collect(),
            anchor: Anchor { elapsed: Duration::ZERO, reading: self.reading() },
            items: pinned,
        };
        let frozen = pool.scaling.filter(|scaling| !scaling.is_frozen).map(|scaling| Event::ReferenceFrozen {
            deck: deck.outline.id.clone(),
            revision: deck.revision,
            reference: scaling.reference,
        });
        Ok(Drawn { start, frozen, questions })
    }

    /// Plans a full form and draws it `n_forms` times, without an item in two forms. A single one is the form that an
    /// exam would get from the same seed.
    pub(in crate::app) fn draw_full_forms(
        &self,
        deck: &OpenDeck,
        pool: &Pool,
        n_forms: usize,
        seed: Seed,
    ) -> Result<ChosenForms, AppError> {
        let plan = self.plan_exam(deck, &ExamRequest::of(Scope::Full))?;
        self.choose_forms(deck, pool, plan, n_forms, seed)
    }

    /// Returns the bank with its curves, and what of it was seen.
    pub(in crate::app) fn pool(&self, deck: &OpenDeck) -> Result<Pool, AppError> {
        let items = self.items_of(deck)?;
        let exposures = self.exposures_of(deck, &items)?;
        let scaling = self.scaling(deck, &items)?;
        let curves = match &scaling {
            Some(scaling) => (0..items.len()).map(|idx| scaling.bank.curve(idx).unwrap_or(ItemCurve::FLAT)).collect(),
            None => vec![ItemCurve::FLAT; items.len()],
        };
        Ok(Pool { items, exposures, curves, scaling })
    }

    fn choose_forms(
        &self,
        deck: &OpenDeck,
        pool: &Pool,
        plan: ExamPlan,
        n_forms: usize,
        seed: Seed,
    ) -> Result<ChosenForms, AppError> {
        let reserve = self.reserve_of(deck)?;
        Ok(choose_forms(pool, plan, &reserve, n_forms, seed))
    }

    /// Returns the curves of the bank and the scale, the frozen one if the revision was sat before; `None` for a deck
    /// without an exam.
    fn scaling(&self, deck: &OpenDeck, items: &[IndexedItem]) -> Result<Option<Scaling>, AppError> {
        if deck.outline.exam.is_none() {
            return Ok(None);
        }
        let facts: Vec<_> = items.iter().map(|item| item.facts.clone()).collect();
        let bank = Bank::new(&deck.outline, &facts)?;
        let frozen = self.store.frozen_reference(&deck.outline.id, deck.revision)?;
        let is_frozen = frozen.is_some();
        let reference = frozen.unwrap_or_else(|| bank.reference().clone());
        Ok(Some(Scaling { bank, reference, is_frozen }))
    }

    pub(in crate::app) fn pin(
        &self,
        pool: &Pool,
        places: &[(usize, ItemRole)],
        seed: Seed,
    ) -> Result<(Vec<PinnedItem>, Vec<Question>), AppError> {
        let mut rng = seed.stream("choices").rng();
        let mut pinned = Vec::with_capacity(places.len());
        let mut questions = Vec::with_capacity(places.len());
        for (item_idx, role) in places {
            let item = &pool.items[*item_idx];
            let ItemBody::Question(question) = self.store.content(item.content)? else { continue };
            let form_item = FormItem {
                item: item.facts.id.clone(),
                content: item.content,
                domain_idx: item.facts.domain_idx,
                kind: item.facts.kind,
                role: *role,
                choice_order: draw_choice_order(question.n_options(), question.shuffle(), &mut rng),
            };
            pinned.push(PinnedItem {
                form_item,
                concept: item.facts.concept.clone(),
                curve: pool.curves[*item_idx],
                is_fresh: pool.exposures[*item_idx].is_none(),
            });
            questions.push(question);
        }
        Ok((pinned, questions))
    }
}

fn pinned_domain(domain: &Domain) -> PinnedDomain {
    PinnedDomain { id: domain.id.clone(), title: domain.title.clone(), weight: domain.weight }
}

/// Returns what the bank of a deck with an exam holds in each domain.
pub(in crate::app) fn bank_of(deck: &OpenDeck, sizes: &[DomainSize]) -> Result<Vec<BankSize>, AppError> {
    let form = plan_exam(&deck.outline, &n_items(sizes), &ExamRequest::of(Scope::Full))?;
    let domain = |(idx, size): (usize, &DomainSize)| BankSize {
        n_items: size.n_items,
        n_unseen: size.n_unseen,
        n_per_form: form.n_scored[idx] + form.n_unscored[idx],
    };
    Ok(sizes.iter().enumerate().map(domain).collect())
}

/// Exam items by domain.
fn n_items(sizes: &[DomainSize]) -> Vec<usize> {
    sizes.iter().map(|size| size.n_items).collect()
}

/// Chooses the items of forms and their order.
fn choose_forms(pool: &Pool, plan: ExamPlan, reserve: &Reserve, n_forms: usize, seed: Seed) -> ChosenForms {
    let reference = pool.scaling.as_ref().map(|scaling| &scaling.reference);
    let mut rng = seed.stream("form").rng();
    let exam_items: Vec<usize> = (0..pool.items.len()).filter(|idx| pool.items[*idx].facts.is_drawn()).collect();
    let staleness = staleness(pool, &exam_items, plan.kind, reserve, &mut rng);
    let enemy_groups = enemy_groups(exam_items.iter().map(|idx| &pool.items[*idx].facts));
    let mut candidates = Vec::with_capacity(exam_items.len());
    for ((item_idx, staleness), enemy_group) in exam_items.iter().zip(staleness).zip(enemy_groups) {
        let facts = &pool.items[*item_idx].facts;
        let enemy_group = match reference {
            Some(_) => enemy_group,
            // Without a blueprint all questions are wanted, variants of a concept included.
            None => *item_idx,
        };
        let expected = reference.map_or([0.0; 3], |reference| {
            let curve = reference.curve(pool.curves[*item_idx]);
            reference.assembly_abilities().map(|theta| curve.p_right(theta))
        });
        candidates.push(Candidate { domain_idx: facts.domain_idx, enemy_group, staleness, expected });
    }
    let n_proposals = match (reference, n_forms) {
        (None, _) => 0,
        (Some(_), 1) => DEFAULT_PROPOSALS,
        (Some(_), _) => PROPOSALS_FOR_A_SET.max(n_forms.saturating_mul(DEFAULT_PROPOSALS)),
    };
    let request = Request {
        candidates: &candidates,
        n_scored: &plan.n_scored,
        n_unscored: &plan.n_unscored,
        target: target(&plan, reference),
        n_proposals,
    };
    let selections = assemble_forms(&request, n_forms, &mut rng);
    let in_order = |selection: Selection| {
        let scored = selection.scored.into_iter().map(|idx| (exam_items[idx], ItemRole::Scored));
        let unscored = selection.unscored.into_iter().map(|idx| (exam_items[idx], ItemRole::Unscored));
        let mut places: Vec<(usize, ItemRole)> = scored.chain(unscored).collect();
        places.sort_by_key(|(item_idx, _)| *item_idx);
        places.shuffle(&mut rng);
        let places =
            together(places, |(item_idx, _)| *item_idx, |(item_idx, _)| pool.items[*item_idx].facts.stimulus.as_ref());
        ChosenForm { places, deviation: selection.deviation, missing: selection.missing }
    };
    let n_whole = if selections.iter().all(Selection::is_whole) {
        n_forms
    } else {
        whole_forms(&request, n_forms.saturating_sub(1), &mut seed.stream("whole forms").rng())
    };
    ChosenForms { forms: selections.into_iter().map(in_order).collect(), n_whole, plan }
}

/// Swaps for several forms together: they take a fraction of a second, since nobody waits for the first question.
const PROPOSALS_FOR_A_SET: usize = 1_000_000;

/// Brings the items of a form into the order of its sections.
fn in_sections(
    pool: &Pool,
    places: Vec<(usize, ItemRole)>,
    plan: &[crate::deck::Section],
    outline: &Outline,
) -> (Vec<(usize, ItemRole)>, Vec<Section>) {
    let domain_of = |(item_idx, _): &(usize, ItemRole)| &outline.domains[pool.items[*item_idx].facts.domain_idx].id;
    let (order, sections) = split_into_sections(plan, &places.iter().map(domain_of).collect::<Vec<_>>());
    (order.into_iter().map(|idx| places[idx]).collect(), sections)
}

/// What the scored items should expect together: the reference form, scaled to their number and mix of domains.
fn target(plan: &ExamPlan, reference: Option<&Reference>) -> [f64; 3] {
    let Some(reference) = reference else { return [0.0; 3] };
    let n_scored: usize = plan.n_scored.iter().sum();
    reference.assembly_abilities().map(|theta| match plan.kind {
        SittingKind::Mock => reference.characteristic().expected_share(theta) * real(n_scored),
        SittingKind::Partial | SittingKind::Taste | SittingKind::Practice => {
            let of_domain = |(idx, n): (usize, &usize)| {
                reference.domain_bank(idx).map_or(0.0, |bank| bank.expected_share(theta) * real(*n))
            };
            plan.n_scored.iter().enumerate().map(of_domain).sum()
        }
    })
}

/// How stale each exam item is: 0 for unseen, 1 to 4 by the quarter of the showings that its last one falls into.
/// A partial exam or a taste sees the reserve as the stalest of all.
fn staleness(
    pool: &Pool,
    exam_items: &[usize],
    kind: SittingKind,
    reserve: &Reserve,
    rng: &mut impl rand::Rng,
) -> Vec<u32> {
    let mut recencies: Vec<i64> = pool.exposures.iter().flatten().map(|exposure| exposure.recency).collect();
    recencies.sort_unstable();
    let quarter = |recency: i64| {
        let n_older = recencies.partition_point(|other| *other < recency);
        u32::try_from(4 * n_older / recencies.len().max(1)).unwrap_or(3) + 1
    };
    let mut staleness: Vec<u32> = exam_items
        .iter()
        .map(|item_idx| pool.exposures[*item_idx].map_or(0, |exposure| quarter(exposure.recency)))
        .collect();
    match kind {
        SittingKind::Mock => {}
        SittingKind::Partial | SittingKind::Taste | SittingKind::Practice => {
            let mut by_chance: Vec<usize> = (0..exam_items.len()).collect();
            by_chance.shuffle(rng);
            let mut n_unseen = vec![0; reserve.n_kept.len()];
            for idx in &by_chance {
                if staleness[*idx] == 0 {
                    n_unseen[pool.items[exam_items[*idx]].facts.domain_idx] += 1;
                }
            }
            let mut n_free: Vec<usize> =
                n_unseen.iter().enumerate().map(|(domain_idx, n)| reserve.n_free(domain_idx, *n)).collect();
            for idx in by_chance {
                if staleness[idx] > 0 {
                    continue;
                }
                let n_free = &mut n_free[pool.items[exam_items[idx]].facts.domain_idx];
                match n_free.checked_sub(1) {
                    Some(n_left) => *n_free = n_left,
                    None => staleness[idx] = RESERVED,
                }
            }
        }
    }
    staleness
}

/// The staleness of an item in the reserve, for draws that should leave it alone.
const RESERVED: u32 = 5;

#[expect(clippy::cast_precision_loss, reason = "counts of exam items are far below 2^52")]
fn real(n: usize) -> f64 {
    n as f64
}
