//! The response curves of a deck's exam items, and the reference form they make.

use std::collections::{BTreeMap, BTreeSet};

use crate::base::Share;
use crate::deck::{Blueprint, ItemFacts, Outline, Weight};
use crate::score::author_scale::{ANGOFF_VARIANCE, Claim, MAX_DIFFICULTY, chance_of};
use crate::score::numeric::{count, logit};
use crate::score::reference::ability_at_cut;
use crate::score::test_characteristic::grouped;
use crate::score::{
    CurveModel, DifficultySource, ItemCurve, Reference, ReferenceDomain, ReferenceParts, ScoreError, Stratum,
    TestCharacteristic,
};

/// The curves of every exam item of a deck.
#[derive(Debug, Clone, PartialEq)]
pub struct Bank {
    curves: Vec<Option<ItemCurve>>, // by place in the deck; `None` for what is no exam item
    reference: Reference,
    clipped: Vec<usize>,
}

/// Variance of difficulties in a bank, in square logits, as far as the bank itself states too few to tell. It counts
/// as much as one stated difficulty.
const USUAL_VARIANCE: f64 = 1.0;

impl Bank {
    /// Turns what a deck says about its items into curves, and finds the cut on its reference form.
    ///
    /// `facts` are all items of the deck in order. Items without a difficulty get the mean of those of their domain, or
    /// of the whole bank where the domain states none. Angoff shares are placed around the ability that the other
    /// items of the reference form put at the cut, or around 0 if it has no others; the cut share is then that of all
    /// its items together, so a reference form of Angoff shares alone has their mean as its cut.
    ///
    /// # Errors
    /// [`ScoreError::NoBlueprint`], [`ScoreError::NoExamItems`], [`ScoreError::UnknownReferenceItem`],
    /// [`ScoreError::UnknownDomain`], [`ScoreError::Curve`] for a difficulty that is no number,
    /// [`ScoreError::AngoffAtChance`] and [`ScoreError::Cut`] say what the deck lacks.
    pub fn new(outline: &Outline, facts: &[ItemFacts]) -> Result<Bank, ScoreError> {
        let blueprint = outline.exam.as_ref().ok_or(ScoreError::NoBlueprint)?;
        let drafts = drafts(outline, blueprint, facts)?;
        let count_in_reference =
            |domain_idx: usize| drafts.iter().filter(|draft| draft.in_reference(domain_idx)).count();
        let weights: Vec<f64> = match blueprint.reference_form {
            Some(_) => (0..outline.domains.len()).map(|domain_idx| count(count_in_reference(domain_idx))).collect(),
            None => outline.weights().into_iter().map(Weight::middle).collect(),
        };
        let Settled { curves, model, theta_cut, cut_share } = settle(&drafts, &weights, blueprint.cut)?;
        let in_steps = |(draft, curve): (&Draft, ItemCurve)| curve.in_steps(blueprint.credit.n_steps(draft.facts.kind));
        let settled: Vec<ItemCurve> = drafts.iter().zip(curves).map(in_steps).collect();

        let curves_of = |is_wanted: &dyn Fn(&Draft) -> bool| {
            let wanted = drafts.iter().zip(&settled).filter(|(draft, _)| is_wanted(draft));
            grouped(wanted.map(|(_, curve)| *curve).collect())
        };
        let domains = weights.iter().enumerate().map(|(domain_idx, weight)| ReferenceDomain {
            weight: *weight,
            form: curves_of(&|draft| draft.in_reference(domain_idx)),
            bank: curves_of(&|draft| draft.facts.domain_idx == domain_idx),
        });
        let n_items = match blueprint.reference_form {
            Some(_) => (0..weights.len()).map(count_in_reference).sum(),
            None => blueprint.n_scored,
        };
        let parts = ReferenceParts { model, domains: domains.collect(), n_items, theta_cut, cut_share };
        let mut curves = vec![None; facts.len()];
        for (draft, curve) in drafts.iter().zip(&settled) {
            curves[draft.item_idx] = Some(*curve);
        }
        let clipped = drafts.iter().filter(|draft| draft.is_beyond_the_scale()).map(|draft| draft.item_idx).collect();
        Ok(Bank { curves, reference: Reference::from_parts(parts)?, clipped })
    }

    /// Returns the curve of the item at a place of the deck; `None` for what is no exam item. The curve's
    /// [`source`](ItemCurve::source) tells whether the difficulty was assumed.
    pub fn curve(&self, item_idx: usize) -> Option<ItemCurve> {
        self.curves.get(item_idx).copied().flatten()
    }

    /// Returns the reference form of this deck as it stands, to be frozen at the first sitting.
    pub fn reference(&self) -> &Reference {
        &self.reference
    }

    /// Returns the places of items whose stated difficulty lies past ±8 logits and was brought back to it.
    pub fn clipped(&self) -> &[usize] {
        &self.clipped
    }
}

/// An exam item on its way to a curve.
struct Draft<'a> {
    item_idx: usize,
    facts: &'a ItemFacts,
    chance: f64,
    claim: Claim,
    is_in_reference: bool,
}

impl Draft<'_> {
    fn in_reference(&self, domain_idx: usize) -> bool {
        self.is_in_reference && self.facts.domain_idx == domain_idx
    }

    fn is_beyond_the_scale(&self) -> bool {
        matches!(self.claim, Claim::Place { difficulty, .. } if difficulty.abs() > MAX_DIFFICULTY)
    }

    /// Places a share of barely passing candidates on the ability scale: `b = θ_c − logit((p − c) / (1 − c))`.
    fn angoff_curve(&self, share: Share, model: CurveModel, theta_cut: f64) -> Result<ItemCurve, ScoreError> {
        let chance = match model {
            CurveModel::Full => self.chance,
            CurveModel::ChanceIgnored | CurveModel::NoCurves => 0.0,
        };
        let share = share.value();
        if share <= chance {
            return Err(ScoreError::AngoffAtChance { item: self.facts.id.clone(), share, chance });
        }
        let difficulty = theta_cut - logit((share - chance) / (1.0 - chance));
        let difficulty = difficulty.clamp(-MAX_DIFFICULTY, MAX_DIFFICULTY); // a share of 1 lies infinitely low
        ItemCurve::new(difficulty, self.chance, ANGOFF_VARIANCE, DifficultySource::Stated)
    }
}

fn drafts<'a>(outline: &Outline, blueprint: &Blueprint, facts: &'a [ItemFacts]) -> Result<Vec<Draft<'a>>, ScoreError> {
    let exam_items: Vec<(usize, &ItemFacts)> =
        facts.iter().enumerate().filter(|(_, facts)| facts.kind.is_exam_item()).collect();
    if exam_items.is_empty() {
        return Err(ScoreError::NoExamItems);
    }
    let n_domains = outline.domains.len();
    if let Some((_, item)) = exam_items.iter().find(|(_, facts)| facts.domain_idx >= n_domains) {
        return Err(ScoreError::UnknownDomain { domain_idx: item.domain_idx, n_domains });
    }
    let known: BTreeSet<_> = exam_items.iter().map(|(_, facts)| &facts.id).collect();
    let named: Option<BTreeSet<_>> = blueprint.reference_form.as_ref().map(|ids| ids.iter().collect());
    if let Some(unknown) = named.iter().flatten().find(|id| !known.contains(*id)) {
        return Err(ScoreError::UnknownReferenceItem { item: (*unknown).clone() });
    }
    let none_is_live = exam_items.iter().all(|(_, facts)| !facts.is_live());
    let draft = |(item_idx, facts): (usize, &'a ItemFacts)| Draft {
        item_idx,
        facts,
        chance: chance_of(facts.kind, blueprint.credit.guessing(blueprint.guessing, facts.kind)),
        claim: Claim::of(facts.difficulty),
        // Without a form that is named, the bank that forms are drawn from is the reference.
        is_in_reference: named.as_ref().map_or(facts.is_live() || none_is_live, |named| named.contains(&facts.id)),
    };
    Ok(exam_items.into_iter().map(draft).collect())
}

/// The drafts' curves, in their order, and the cut.
struct Settled {
    curves: Vec<ItemCurve>,
    model: CurveModel,
    theta_cut: f64,
    cut_share: f64,
}

fn settle(drafts: &[Draft], weights: &[f64], cut: Share) -> Result<Settled, ScoreError> {
    let cut = cut.value();
    if drafts.iter().all(|draft| draft.claim == Claim::Missing) {
        let curves = vec![ItemCurve::FLAT; drafts.len()];
        return Ok(Settled { curves, model: CurveModel::NoCurves, theta_cut: logit(cut), cut_share: cut });
    }
    let placed: Result<Vec<Option<ItemCurve>>, ScoreError> = drafts
        .iter()
        .map(|draft| match draft.claim {
            Claim::Place { difficulty, variance } => {
                let curve = ItemCurve::new(difficulty, draft.chance, variance, DifficultySource::Stated)?;
                Ok(Some(curve.clipped(MAX_DIFFICULTY)))
            }
            Claim::Angoff(_) | Claim::Missing => Ok(None),
        })
        .collect();
    let mut curves = with_assumed(drafts, placed?)?;
    let (model, theta_cut) = match reference_characteristic(drafts, &curves, weights) {
        Some(others) => ability_at_cut(&others, cut)?,
        None => (CurveModel::Full, 0.0),
    };
    for (draft, curve) in drafts.iter().zip(&mut curves) {
        if let Claim::Angoff(share) = draft.claim {
            *curve = Some(draft.angoff_curve(share, model, theta_cut)?);
        }
    }
    let mut curves = with_assumed(drafts, curves)?;
    curves.iter_mut().flatten().for_each(|curve| *curve = model.curve(*curve));
    let whole = reference_characteristic(drafts, &curves, weights).ok_or(ScoreError::NoExamItems)?;

    let is_angoff = |draft: &Draft| draft.is_in_reference && matches!(draft.claim, Claim::Angoff(_));
    let (theta_cut, cut_share) = if drafts.iter().any(is_angoff) {
        (theta_cut, whole.expected_share(theta_cut))
    } else {
        (whole.ability(cut), cut)
    };
    Ok(Settled { curves: curves.into_iter().flatten().collect(), model, theta_cut, cut_share })
}

/// Fills in the difficulties that nobody states, as far as others are known: the mean of the domain's, or else of all.
fn with_assumed(drafts: &[Draft], mut curves: Vec<Option<ItemCurve>>) -> Result<Vec<Option<ItemCurve>>, ScoreError> {
    let known: Vec<(usize, ItemCurve)> =
        drafts.iter().zip(&curves).filter_map(|(draft, curve)| Some((draft.facts.domain_idx, (*curve)?))).collect();
    if known.is_empty() {
        return Ok(curves);
    }
    let mut usual = BTreeMap::new(); // by domain
    for (draft, curve) in drafts.iter().zip(&mut curves) {
        if curve.is_none() && draft.claim == Claim::Missing {
            let domain_idx = draft.facts.domain_idx;
            let (mean, variance) = *usual.entry(domain_idx).or_insert_with(|| usual_difficulty(&known, domain_idx));
            *curve = Some(ItemCurve::new(mean, draft.chance, variance, DifficultySource::Assumed)?);
        }
    }
    Ok(curves)
}

/// Returns mean and variance of an unknown difficulty in a domain: the spread of the known ones and the doubt about
/// each of them. `known` holds domains and curves, and is not empty.
fn usual_difficulty(known: &[(usize, ItemCurve)], domain_idx: usize) -> (f64, f64) {
    let in_domain: Vec<ItemCurve> =
        known.iter().filter(|(own, _)| *own == domain_idx).map(|(_, curve)| *curve).collect();
    let curves = if in_domain.is_empty() { known.iter().map(|(_, curve)| *curve).collect() } else { in_domain };
    let n = count(curves.len());
    let mean = curves.iter().map(ItemCurve::difficulty).sum::<f64>() / n;
    let squares: f64 = curves.iter().map(|curve| (curve.difficulty() - mean).powi(2)).sum();
    let doubt = curves.iter().map(ItemCurve::variance).sum::<f64>() / n;
    (mean, (USUAL_VARIANCE + squares) / n + doubt)
}

/// Returns the characteristic of the reference form's items whose curves are known; `None` if there are none.
fn reference_characteristic(
    drafts: &[Draft],
    curves: &[Option<ItemCurve>],
    weights: &[f64],
) -> Option<TestCharacteristic> {
    let strata = weights.iter().enumerate().map(|(domain_idx, weight)| {
        let own = drafts.iter().zip(curves).filter(|(draft, _)| draft.in_reference(domain_idx));
        let known: Vec<ItemCurve> = own.clone().filter_map(|(_, curve)| *curve).collect();
        // A domain enters with the part of its weight whose items are known.
        let part = count(known.len()) / count(own.count().max(1));
        Stratum { weight: weight * part, groups: grouped(known) }
    });
    TestCharacteristic::stratified(strata.collect()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::{ConceptId, DeckId, DomainId, ItemId};
    use crate::deck::{Credit, CreditRule, Decision, Difficulty, Domain, Effort, Guessing, ItemKind, Levels, Scale};
    use crate::score::sample::form_items;
    use crate::score::{RawScore, ScoreNote, ScoredItem, ScoringRules, score_sitting, score_table};

    fn outline(cut: f64, weights: &[f64]) -> Outline {
        let domain = |(idx, weight): (usize, &f64)| Domain {
            id: DomainId::new(&format!("d{idx}")).expect("an id"),
            title: String::new(),
            weight: Weight::exact(*weight),
            tasks: Vec::new(),
        };
        Outline {
            id: DeckId::new("deck").expect("an id"),
            title: String::new(),
            guide: None,
            exam: Some(Blueprint {
                minutes: None,
                n_scored: 50,
                n_unscored: 0,
                scale: Scale::default(),
                decision: Decision::default(),
                credit: CreditRule::AllOrNothing,
                cut: Share::new(cut).expect("a share"),
                levels: Levels::default(),
                retake: None,
                guessing: Guessing::ByChoices,
                reference_form: None,
                sections: Vec::new(),
            }),
            domains: weights.iter().enumerate().map(domain).collect(),
            forms: BTreeMap::new(),
            insights: Vec::new(),
        }
    }

    fn item(idx: usize, domain_idx: usize, difficulty: Option<Difficulty>) -> ItemFacts {
        ItemFacts {
            id: ItemId::new(&format!("i{idx}")).expect("an id"),
            concept: ConceptId::new(&format!("c{idx}")).expect("an id"),
            domain_idx,
            task: None,
            kind: ItemKind::MultipleChoice { n_choices: 4 },
            difficulty,
            skill: None,
            status: crate::deck::Status::Live,
            stimulus: None,
            enemies: Vec::new(),
        }
    }

    fn items(domain_idx: usize, difficulties: &[impl Into<Option<Difficulty>> + Copy]) -> Vec<ItemFacts> {
        let facts = difficulties.iter().enumerate();
        facts.map(|(idx, difficulty)| item(100 * domain_idx + idx, domain_idx, (*difficulty).into())).collect()
    }

    fn angoff(share: f64) -> Difficulty {
        Difficulty::Angoff(Share::new(share).expect("a share"))
    }

    fn logits(difficulty: f64) -> Difficulty {
        Difficulty::Logits(difficulty)
    }

    fn rules(outline: &Outline) -> ScoringRules {
        ScoringRules {
            scale: Scale::default(),
            decision: Decision::default(),
            levels: Levels::default(),
            weights: outline.weights(),
        }
    }

    #[test]
    fn the_cut_on_a_form_of_angoff_shares_is_their_sum() {
        let outline = outline(0.9, &[1.0]);
        let shares = [0.4, 0.55, 0.7, 0.8, 0.95];
        let bank = Bank::new(&outline, &items(0, &shares.map(angoff))).expect("a bank");
        assert_eq!(bank.reference().theta_cut().to_bits(), 0.0_f64.to_bits());
        assert!((bank.reference().cut_share() - 0.68).abs() < 1e-12);
        let form: Vec<ItemCurve> = (0..3).filter_map(|idx| bank.curve(idx)).collect();
        let table = score_table(bank.reference(), &rules(&outline), &form_items(&form)).expect("a table");
        assert!((table.raw_cut - (0.4 + 0.55 + 0.7)).abs() < 1e-9);
        assert_eq!(table.raw_needed, RawScore::whole(2));
    }

    #[test]
    fn angoff_shares_among_difficulties_are_placed_around_the_cut_of_the_others() {
        let outline = outline(0.7, &[1.0]);
        let bank = Bank::new(&outline, &items(0, &[logits(0.0), logits(1.0), angoff(0.5)])).expect("a bank");
        let alone = Bank::new(&outline, &items(0, &[logits(0.0), logits(1.0)])).expect("a bank");
        let theta_cut = bank.reference().theta_cut();
        assert!((theta_cut - alone.reference().theta_cut()).abs() < 1e-9);
        assert!((bank.curve(2).expect("a curve").p_right(theta_cut) - 0.5).abs() < 1e-9);
        assert!((bank.reference().cut_share() - (0.7 + 0.7 + 0.5) / 3.0).abs() < 1e-9);
    }

    #[test]
    fn a_share_that_guessing_reaches_is_refused_with_its_item() {
        let error = ScoreError::AngoffAtChance { item: ItemId::new("i0").expect("an id"), share: 0.25, chance: 0.25 };
        assert_eq!(Bank::new(&outline(0.7, &[1.0]), &items(0, &[angoff(0.25)])), Err(error));
    }

    #[test]
    fn unstated_difficulties_are_those_of_the_domain_and_less_sure() {
        let facts = [
            items(0, &[Some(logits(1.0)), Some(logits(2.0)), None]),
            items(1, &[Difficulty::Effort(Effort::Easy)]),
            items(2, &[None::<Difficulty>]),
        ];
        let bank = Bank::new(&outline(0.7, &[1.0, 1.0, 1.0]), &facts.concat()).expect("a bank");
        let of_domain = bank.curve(2).expect("a curve");
        assert_eq!(of_domain.source(), DifficultySource::Assumed);
        assert!((of_domain.difficulty() - 1.5).abs() < 1e-12);
        assert!((of_domain.variance() - 0.75).abs() < 1e-12);
        let of_bank = bank.curve(4).expect("a curve");
        assert!((of_bank.difficulty() - 2.0 / 3.0).abs() < 1e-12);
        assert_eq!(bank.curve(3).map(|curve| (curve.difficulty(), curve.variance())), Some((-1.0, 0.64)));
    }

    #[test]
    fn a_bank_that_states_no_difficulty_scores_the_share() {
        let outline = outline(0.7, &[1.0]);
        let bank = Bank::new(&outline, &items(0, &[None::<Difficulty>; 10])).expect("a bank");
        let answer = |idx| ScoredItem {
            domain_idx: 0,
            curve: bank.curve(idx).expect("a curve"),
            credit: Credit::whole(idx < 6),
        };
        let answers: Vec<ScoredItem> = (0..10).map(answer).collect();
        let report = score_sitting(bank.reference(), &rules(&outline), &answers).expect("a score");
        assert!((report.scaled_exact - (100.0 + 600.0 * 0.6 / 0.7)).abs() < 1e-9);
        assert_eq!((report.notes, report.raw_needed), (vec![ScoreNote::NoCurves], RawScore::whole(7)));
    }

    #[test]
    fn the_reference_is_the_named_form_or_the_weighted_average_of_the_bank() {
        let facts = [items(0, &[logits(-1.0), logits(0.0)]), items(1, &[logits(1.0)])].concat();
        let mut outline = outline(0.7, &[30.0, 70.0]);
        let average = Bank::new(&outline, &facts).expect("a bank");
        let p = |bank: &Bank, idx: usize| bank.curve(idx).expect("a curve").p_right(0.2);
        let expected = 0.3 * (p(&average, 0) + p(&average, 1)) / 2.0 + 0.7 * p(&average, 2);
        assert!((average.reference().characteristic().expected_share(0.2) - expected).abs() < 1e-12);
        assert_eq!(average.reference().parts().n_items, 50);

        let name = |idx: usize| facts[idx].id.clone();
        outline.exam.iter_mut().for_each(|exam| exam.reference_form = Some(vec![name(0), name(2)]));
        let named = Bank::new(&outline, &facts).expect("a bank");
        let expected = f64::midpoint(p(&named, 0), p(&named, 2));
        assert!((named.reference().characteristic().expected_share(0.2) - expected).abs() < 1e-12);
        assert_eq!(named.reference().parts().n_items, 2);
        assert_eq!(named.reference().domain_bank(0).map(TestCharacteristic::n_items), Some(2));

        let unknown = ItemId::new("nobody").expect("an id");
        outline.exam.iter_mut().for_each(|exam| exam.reference_form = Some(vec![unknown.clone()]));
        assert_eq!(Bank::new(&outline, &facts), Err(ScoreError::UnknownReferenceItem { item: unknown }));
    }

    #[test]
    fn a_reference_comes_back_from_its_parts() {
        let facts = [items(0, &[logits(-1.0), angoff(0.6)]), items(1, &[None::<Difficulty>])].concat();
        let bank = Bank::new(&outline(0.7, &[30.0, 70.0]), &facts).expect("a bank");
        let parts = bank.reference().parts().clone();
        assert_eq!(Reference::from_parts(parts.clone()).as_ref(), Ok(bank.reference()));
        let bent = ReferenceParts { theta_cut: parts.theta_cut + 0.1, ..parts };
        assert!(matches!(Reference::from_parts(bent), Err(ScoreError::Reference { .. })));
    }

    #[test]
    fn difficulties_off_the_scale_are_brought_back_and_named_and_no_number_is_refused() {
        let far = Bank::new(&outline(0.7, &[1.0]), &items(0, &[logits(0.0), logits(-9.5)])).expect("a bank");
        assert_eq!(far.clipped(), [1]);
        assert_eq!(far.curve(1).map(|curve| curve.difficulty()), Some(-8.0));
        for refused in [f64::NAN, f64::INFINITY] {
            let bank = Bank::new(&outline(0.7, &[1.0]), &items(0, &[logits(refused)]));
            assert!(matches!(bank, Err(ScoreError::Curve { .. })));
        }
    }

    #[test]
    fn what_cannot_be_scored_is_said() {
        let one = items(0, &[logits(0.0)]);
        assert_eq!(Bank::new(&outline(1.0, &[1.0]), &one), Err(ScoreError::Cut { cut: 1.0 }));
        assert_eq!(Bank::new(&outline(0.7, &[1.0]), &[]), Err(ScoreError::NoExamItems));
        let plain = Outline { exam: None, ..outline(0.7, &[1.0]) };
        assert_eq!(Bank::new(&plain, &one), Err(ScoreError::NoBlueprint));
        let card = ItemFacts { kind: ItemKind::Flashcard, ..one[0].clone() };
        let bank = Bank::new(&outline(0.7, &[1.0]), &[card, one[0].clone()]).expect("a bank");
        assert_eq!((bank.curve(0), bank.curve(1).is_some(), bank.curve(2)), (None, true, None));
    }

    #[test]
    fn chance_is_ignored_only_when_the_cut_is_within_its_reach() {
        let facts = items(0, &[logits(0.0), angoff(0.2)]);
        let ignored = Bank::new(&outline(0.25, &[1.0]), &facts).expect("a bank");
        assert_eq!(ignored.reference().model(), CurveModel::ChanceIgnored);
        assert!((ignored.reference().cut_share() - 0.225).abs() < 1e-9);
        let kept = Bank::new(&outline(0.26, &[1.0]), &facts[..1]).expect("a bank");
        assert_eq!(kept.reference().model(), CurveModel::Full);
    }
}
