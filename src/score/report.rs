//! Scoring one sitting.

use crate::deck::{Credit, Decision, Levels, ReportedScale, Scale, Weight};
use crate::score::form::{Balance, Form};
use crate::score::impact::domain_impacts;
use crate::score::numeric::count;
use crate::score::{
    Band, CurveModel, DifficultySource, DomainImpact, DomainLevels, DomainResult, FormItem, FormScorer, ItemCurve,
    Outcome, RawScore, Reference, Requirement, ScaledScore, ScoreError,
};

/// A scored item of a sitting with its answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoredItem {
    /// Place of the item's domain in the deck's list.
    pub domain_idx: usize,
    /// The item's response curve, from [`Bank::curve`](crate::score::Bank::curve).
    pub curve: ItemCurve,
    /// What the answer earned; omitted and not reached items earn nothing.
    pub credit: Credit,
}

impl ScoredItem {
    /// Takes an answer that was all right or else wrong.
    pub fn judged(item: FormItem, is_right: bool) -> ScoredItem {
        let FormItem { domain_idx, curve } = item;
        let n_earned = if is_right { curve.n_steps() } else { 0 };
        ScoredItem { domain_idx, curve, credit: Credit::new(n_earned, curve.n_steps()) }
    }
}

/// What a blueprint says about scoring.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoringRules {
    /// The reported scale.
    pub scale: Scale,
    /// What decides on pass or fail.
    pub decision: Decision,
    /// The labels of a domain's result.
    pub levels: Levels,
    /// The domains' weights in the deck's order.
    pub weights: Vec<Weight>,
}

/// The score of one sitting, with how sure it is.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreReport {
    /// Pass or fail: whether all requirements are met, before any rounding.
    pub outcome: Outcome,
    /// What it took to pass this form, and what was got: the total if it decides, then the domains with a minimum.
    pub requirements: Vec<Requirement>,
    /// The scale of the scores, with the cut of this reference form.
    pub scale: ReportedScale,
    /// The score as it is reported.
    pub scaled: ScaledScore,
    /// The score before rounding.
    pub scaled_exact: f64,
    /// The 68 % band (one standard error to each side), doubt about the items' difficulty included.
    pub band: Band,
    /// The 95 % band, likewise.
    pub band95: Band,
    /// The standard error of measurement in points at this ability; `None` where no finite ability fits the answers.
    pub csem: Option<f64>,
    /// Points earned: right answers, with parts of points if the deck gives them.
    pub raw: RawScore,
    /// Points as they count: `raw`, or weighted by domain when the form's domain counts are off.
    pub raw_weighted: f64,
    /// Scored items.
    pub n_scored: usize,
    /// How many points a barely passing candidate expects on this form.
    pub raw_cut: f64,
    /// The least points with which the total reaches the cut on this form.
    pub raw_needed: RawScore,
    /// The ability that expects these answers, in logits; `None` if no finite one does or there are no curves.
    pub theta: Option<f64>,
    /// The share of the reference form that means the same, 0 to 1.
    pub share: f64,
    /// The result of each domain that has scored items.
    pub domains: Vec<DomainResult>,
    /// What each of these domains brought or cost, in the same order.
    pub impacts: Vec<DomainImpact>,
    /// What a reader should know about how this score came about.
    pub notes: Vec<ScoreNote>,
}

/// Something out of the ordinary behind a score.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScoreNote {
    /// Some scored items have an assumed difficulty.
    DifficultyAssumed {
        /// How many.
        n_items: usize,
    },
    /// The deck states no difficulty at all: the share of right answers counts as it is.
    NoCurves,
    /// The cut is no higher than what guessing gives, so guessing was left out of the curves.
    ChanceIgnored,
    /// The form's domain counts are not those of the blueprint: each domain counts by its weight.
    WeightedByDomain,
    /// Domains with weight but without scored items; the others' weights were scaled up.
    DomainsMissing {
        /// Their places in the deck's list.
        domain_idxs: Vec<usize>,
    },
}

/// Scores the scored items of one sitting; the order of `items` does not matter.
///
/// # Errors
/// [`ScoreError::NoScoredItems`] if `items` is empty, [`ScoreError::UnknownDomain`] if one lies outside `rules.weights`.
pub fn score_sitting(
    reference: &Reference,
    rules: &ScoringRules,
    items: &[ScoredItem],
) -> Result<ScoreReport, ScoreError> {
    let form_items: Vec<FormItem> =
        items.iter().map(|item| FormItem { domain_idx: item.domain_idx, curve: item.curve }).collect();
    let mut scorer = FormScorer::new(reference, rules, &form_items)?;
    let mut raw = vec![RawScore::ZERO; rules.weights.len()];
    for item in items {
        raw[item.domain_idx] = raw[item.domain_idx].with(item.credit);
    }
    let n_scored = items.len();
    let score = scorer.score(&raw);
    let need = scorer.need();
    Ok(ScoreReport {
        outcome: score.outcome,
        requirements: scorer.requirements(&raw, score.total),
        scale: scorer.scale(),
        scaled: score.scaled,
        scaled_exact: score.scaled_exact,
        band: score.band,
        band95: scorer.band95(&score),
        csem: score.csem,
        raw: RawScore::sum(&raw),
        raw_weighted: score.form_share * count(n_scored),
        n_scored,
        raw_cut: need.raw_cut,
        raw_needed: need.raw_needed,
        theta: score.theta,
        share: score.share,
        domains: DomainLevels::new(reference, &rules.levels).results(items, items),
        impacts: domain_impacts(reference, scorer.scale(), scorer.form(), &raw, score.scaled_exact),
        notes: notes(reference, rules, scorer.form(), items),
    })
}

fn notes(reference: &Reference, rules: &ScoringRules, form: &Form, items: &[ScoredItem]) -> Vec<ScoreNote> {
    let mut notes = Vec::new();
    let n_assumed = items.iter().filter(|item| item.curve.source() == DifficultySource::Assumed).count();
    match reference.model() {
        CurveModel::NoCurves => notes.push(ScoreNote::NoCurves),
        CurveModel::Full | CurveModel::ChanceIgnored if n_assumed > 0 => {
            notes.push(ScoreNote::DifficultyAssumed { n_items: n_assumed });
        }
        CurveModel::Full | CurveModel::ChanceIgnored => {}
    }
    if reference.model() == CurveModel::ChanceIgnored {
        notes.push(ScoreNote::ChanceIgnored);
    }
    if form.balance == Balance::ByDomain {
        let is_missing =
            |domain_idx: &usize| form.n_items[*domain_idx] == 0 && rules.weights[*domain_idx].middle() > 0.0;
        let domain_idxs: Vec<usize> = (0..rules.weights.len()).filter(is_missing).collect();
        notes.push(ScoreNote::WeightedByDomain);
        if !domain_idxs.is_empty() {
            notes.push(ScoreNote::DomainsMissing { domain_idxs });
        }
    }
    notes
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::deck::TotalRule;
    use crate::score::Subject;
    use crate::score::sample::{curve, curves, decision, form_items, reference, reference_without_curves, rules};
    use crate::score::score_table;

    /// `n_right` right answers in a domain, the rest wrong.
    fn answers(domain_idx: usize, curves: &[ItemCurve], n_right: usize) -> Vec<ScoredItem> {
        let item = |(idx, curve): (usize, &ItemCurve)| ScoredItem {
            domain_idx,
            curve: *curve,
            credit: Credit::whole(idx < n_right),
        };
        curves.iter().enumerate().map(item).collect()
    }

    fn score(reference: &Reference, weights: &[f64], items: &[ScoredItem]) -> ScoreReport {
        score_sitting(reference, &rules(weights), items).expect("a score")
    }

    #[test]
    fn a_sitting_without_scored_items_has_no_score() {
        let reference = reference(&[(1.0, curves(&[0.0], 0.0))], 0.7);
        assert_eq!(score_sitting(&reference, &rules(&[1.0]), &[]), Err(ScoreError::NoScoredItems));
        let elsewhere = answers(3, &curves(&[0.0], 0.0), 1);
        let error = ScoreError::UnknownDomain { domain_idx: 3, n_domains: 1 };
        assert_eq!(score_sitting(&reference, &rules(&[1.0]), &elsewhere), Err(error));
    }

    #[test]
    fn one_item_gives_the_ends_of_the_scale_and_a_band_over_nearly_all_of_it() {
        let form = curves(&[0.0], 0.25);
        let reference = reference(&[(1.0, curves(&[-1.0, 0.0, 1.0], 0.25))], 0.7);
        let right = score(&reference, &[1.0], &answers(0, &form, 1));
        let wrong = score(&reference, &[1.0], &answers(0, &form, 0));
        assert_eq!((right.scaled.value(), right.outcome), (1000.0, Outcome::Pass));
        assert_eq!((wrong.scaled.value(), wrong.outcome), (100.0, Outcome::Fail));
        assert_eq!((right.raw_needed, right.theta, wrong.theta), (RawScore::whole(1), None, None));
        assert!(right.band.high >= 1000.0 && right.band.low < 400.0, "{:?}", right.band);
        assert!(wrong.band.low <= 100.0 && wrong.band.high > 800.0, "{:?}", wrong.band);
    }

    /// The interval of Clopper and Pearson (1934) for 8 of 10 is .4439 to .9748 at 95 %.
    #[test]
    fn without_any_difficulty_the_share_counts_and_the_band_is_the_binomial_one() {
        let reference = reference_without_curves(1, 0.7);
        let report = score(&reference, &[1.0], &answers(0, &curves(&[0.0; 10], 0.25), 8));
        assert!((report.share - 0.8).abs() < 1e-12 && (report.scaled_exact - 800.0).abs() < 1e-9);
        assert!((report.raw_cut - 7.0).abs() < 1e-9);
        assert_eq!((report.raw_needed, report.outcome, report.theta), (RawScore::whole(7), Outcome::Pass, None));
        assert_eq!(report.notes, [ScoreNote::NoCurves]);
        assert!((report.band95.low - (100.0 + 600.0 * 0.4439 / 0.7)).abs() < 0.05);
        assert!((report.band95.high - (700.0 + 1000.0 * (0.9748 - 0.7))).abs() < 0.06);
    }

    #[test]
    fn a_cut_within_reach_of_guessing_leaves_chance_out_and_says_so() {
        let reference = reference(&[(1.0, curves(&[0.0, 0.0], 0.5))], 0.5);
        let report = score(&reference, &[1.0], &answers(0, &curves(&[0.0; 4], 0.5), 1));
        assert!((report.share - 0.25).abs() < 1e-12);
        assert_eq!(report.notes, [ScoreNote::ChanceIgnored]);
    }

    #[test]
    fn assumed_difficulties_are_counted() {
        let assumed = ItemCurve::new(0.0, 0.25, 1.0, DifficultySource::Assumed).expect("a curve");
        let form = [curve(0.0, 0.25, 0.0), assumed, assumed];
        let reference = reference(&[(1.0, form.to_vec())], 0.7);
        let report = score(&reference, &[1.0], &answers(0, &form, 2));
        assert_eq!(report.notes, [ScoreNote::DifficultyAssumed { n_items: 2 }]);
    }

    #[test]
    fn doubt_about_difficulty_widens_the_reported_band_and_not_the_score() {
        let (exact, doubted) = (vec![curve(0.0, 0.0, 0.0); 25], vec![curve(0.0, 0.0, 0.64); 25]);
        let reference = reference(&[(1.0, exact.clone())], 0.7);
        let (known, unsure) =
            (score(&reference, &[1.0], &answers(0, &exact, 10)), score(&reference, &[1.0], &answers(0, &doubted, 10)));
        assert_eq!(known.scaled_exact.to_bits(), unsure.scaled_exact.to_bits());
        // At P = .4 the slope is .24: 857.14 × √(25 × .24² × .64) / 25 points.
        let error = 600.0 / 0.7 * 0.24 * 0.8 / 5.0;
        let half_width = known.scaled_exact - known.band.low;
        assert!((unsure.scaled_exact - unsure.band.low - half_width.hypot(error)).abs() < 1e-9);
        assert!(unsure.band.high > known.band.high && unsure.band95.high > known.band95.high);
    }

    #[test]
    fn domains_that_are_off_count_by_their_weight() {
        let reference = reference_without_curves(2, 0.7);
        let flat = curves(&[0.0; 8], 0.0);
        let items = [answers(0, &flat[..2], 2), answers(1, &flat, 4)].concat();
        let report = score(&reference, &[50.0, 50.0], &items);
        assert!((report.share - 0.75).abs() < 1e-12);
        assert!((report.raw_weighted - 7.5).abs() < 1e-9);
        assert_eq!((report.raw, report.n_scored, report.outcome), (RawScore::whole(6), 10, Outcome::Pass));
        assert_eq!(report.notes, [ScoreNote::NoCurves, ScoreNote::WeightedByDomain]);
        assert!(report.band.contains(report.scaled_exact) && report.band.low < 700.0);
    }

    #[test]
    fn a_domain_without_items_is_named_and_its_weight_goes_to_the_others() {
        let reference = reference_without_curves(3, 0.7);
        let report = score(&reference, &[40.0, 30.0, 30.0], &answers(1, &curves(&[0.0; 10], 0.0), 7));
        assert!((report.share - 0.7).abs() < 1e-12);
        assert!(report.notes.contains(&ScoreNote::DomainsMissing { domain_idxs: vec![0, 2] }));
        assert_eq!(report.domains.iter().map(|domain| domain.domain_idx).collect::<Vec<_>>(), [1]);
    }

    #[test]
    fn what_the_domains_brought_and_cost_adds_up_to_the_distance_from_the_cut() {
        let check = |reference: &Reference, weights: &[f64], items: &[ScoredItem]| {
            let report = score(reference, weights, items);
            let sum: f64 = report.impacts.iter().map(|impact| impact.points).sum();
            assert!((sum - (report.scaled_exact - 700.0)).abs() < 1e-6, "{sum} {}", report.scaled_exact);
            report.impacts.iter().map(|impact| impact.points).collect::<Vec<f64>>()
        };
        let flat = curves(&[0.0; 10], 0.0);
        let plain = reference_without_curves(2, 0.7);
        // 9 and 4 of 10 where 7 barely pass: 13 of 20 are 650 × 6/7 + 100, so each answer is worth 42.86 points.
        let found = check(&plain, &[50.0, 50.0], &[answers(0, &flat, 9), answers(1, &flat, 4)].concat());
        assert!((found[0] - 85.714).abs() < 0.001 && (found[1] + 128.571).abs() < 0.001, "{found:?}");
        check(&plain, &[50.0, 50.0], &[answers(0, &flat, 7), answers(1, &flat, 7)].concat());
        check(&plain, &[50.0, 50.0], &[answers(0, &flat[..2], 2), answers(1, &flat, 4)].concat());
        let (easy, hard) = (curves(&[-1.0, -0.5, 0.0], 0.25), curves(&[0.4, 0.9, 1.5, 2.0], 0.25));
        let mixed = reference(&[(3.0, easy.clone()), (4.0, hard.clone())], 0.7);
        check(&mixed, &[3.0, 4.0], &[answers(0, &easy, 3), answers(1, &hard, 1)].concat());
    }

    #[test]
    fn a_failed_minimum_fails_a_high_total_and_leaves_its_score() {
        let reference = reference_without_curves(2, 0.7);
        let flat = curves(&[0.0; 10], 0.0);
        let items = [answers(0, &flat, 10), answers(1, &flat, 4)].concat();
        let judged = |decision: Decision| {
            let rules = ScoringRules { decision, scale: Scale::Percent, ..rules(&[1.0, 1.0]) };
            let report = score_sitting(&reference, &rules, &items).expect("a score");
            let met: Vec<bool> = report.requirements.iter().map(|requirement| requirement.is_met).collect();
            (report.outcome, report.scaled.value(), met)
        };
        assert_eq!(judged(Decision::default()), (Outcome::Pass, 70.0, vec![true]));
        let hybrid = decision(TotalRule::Decides, &[(0, 0.5), (1, 0.5)]);
        assert_eq!(judged(hybrid), (Outcome::Fail, 70.0, vec![true, true, false]));
        let conjunctive = decision(TotalRule::DecidesNothing, &[(0, 0.5), (1, 0.4)]);
        assert_eq!(judged(conjunctive), (Outcome::Pass, 70.0, vec![true, true]));
    }

    #[test]
    fn domains_may_decide_for_a_total_below_the_cut() {
        let reference = reference_without_curves(2, 0.9);
        let flat = curves(&[0.0; 10], 0.0);
        let items = [answers(0, &flat, 6), answers(1, &flat, 6)].concat();
        let decision = decision(TotalRule::DecidesNothing, &[(0, 0.6), (1, 0.6)]);
        let rules = ScoringRules { decision, scale: Scale::Points, ..rules(&[1.0, 1.0]) };
        let report = score_sitting(&reference, &rules, &items).expect("a score");
        assert_eq!((report.outcome, report.scaled.value(), report.scale.passing()), (Outcome::Pass, 12.0, 18.0));
    }

    #[test]
    fn parts_of_points_are_added_exactly() {
        let pair = curve(0.0, 0.0, 0.0).in_steps(2);
        let reference = reference(&[(1.0, vec![pair; 10])], 0.65);
        let credit = |idx: u8| Credit::new([2, 1, 1, 2, 1, 2, 1, 1, 2, 0][usize::from(idx)], 2);
        let items: Vec<ScoredItem> =
            (0..10).map(|idx| ScoredItem { domain_idx: 0, curve: pair, credit: credit(idx) }).collect();
        let report = score(&reference, &[1.0], &items);
        assert_eq!((report.raw.to_string().as_str(), report.raw_needed.to_string().as_str()), ("6.5", "6.5"));
        assert_eq!((report.outcome, report.domains[0].raw, report.domains[0].n_right), (Outcome::Pass, report.raw, 4));
        assert!((report.share - 0.65).abs() < 1e-12 && (report.scaled_exact - 700.0).abs() < 1e-9);
        let whole: Vec<ScoredItem> =
            items.iter().map(|item| ScoredItem { curve: curve(0.0, 0.0, 0.0), ..*item }).collect();
        let wide = score(&reference, &[1.0], &whole);
        assert!(report.csem < wide.csem, "steps of a point vary less than points");
    }

    fn scale() -> impl Strategy<Value = Scale> {
        prop::sample::select(vec![Scale::default(), Scale::Percent, Scale::Points])
    }

    fn form_of(n_items: impl Into<prop::collection::SizeRange>) -> impl Strategy<Value = Vec<ItemCurve>> {
        let chance = prop::sample::select(vec![0.0, 0.1, 0.2, 0.25, 0.5]);
        prop::collection::vec((-3.0..3.0_f64, chance), n_items)
            .prop_map(|items| items.into_iter().map(|(b, chance)| curve(b, chance, 0.0)).collect())
    }

    fn moved(curves: &[ItemCurve], logits: f64) -> Vec<ItemCurve> {
        curves.iter().map(|own| curve(own.difficulty() + logits, own.chance(), own.variance())).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(24))]

        #[test]
        fn scores_rise_with_every_right_answer_and_pass_exactly_at_the_cut(
            form in form_of(1..16), bank in form_of(1..30), cut in 0.2..0.9_f64,
        ) {
            let reference = reference(&[(1.0, bank)], cut);
            // Where guessing helps on the form alone, all that it can explain is worth nothing on the reference form.
            prop_assume!(reference.characteristic().floor() > 0.0 || form.iter().all(|own| own.chance() == 0.0));
            let table = score_table(&reference, &rules(&[1.0]), &form_items(&form)).expect("a table");
            for pair in table.rows.windows(2) {
                prop_assert!(pair[0].scaled < pair[1].scaled);
                prop_assert!(pair[0].band.low <= pair[1].band.low + 1e-9);
            }
            for row in &table.rows {
                prop_assert!(row.band.contains(row.scaled) && row.band95.contains(row.scaled));
                prop_assert!(row.band.low >= 100.0 - 1e-9 && row.band.high <= 1000.0 + 1e-9);
                prop_assert_eq!(row.outcome == Outcome::Pass, row.scaled >= 700.0 - 1e-6);
                prop_assert_eq!(row.outcome == Outcome::Pass, row.raw.value() >= table.raw_needed.value());
            }
            prop_assert!((table.rows[0].scaled - 100.0).abs() < 1e-9);
            prop_assert!((table.rows[form.len()].scaled - 1000.0).abs() < 1e-9);
        }

        #[test]
        fn scores_rise_and_print_on_the_right_side_of_the_cut_on_every_scale(
            form in form_of(1..16), bank in form_of(1..30), cut in 0.2..0.9_f64, scale in scale(), n_steps in 1_u8..4,
        ) {
            let reference = reference(&[(1.0, bank)], cut);
            prop_assume!(reference.characteristic().floor() > 0.0 || form.iter().all(|own| own.chance() == 0.0));
            let form: Vec<ItemCurve> = form.iter().map(|own| own.in_steps(n_steps)).collect();
            let rules = ScoringRules { scale, ..rules(&[1.0]) };
            let table = score_table(&reference, &rules, &form_items(&form)).expect("a table");
            prop_assert_eq!(table.rows.len(), form.len() * usize::from(n_steps) + 1);
            for pair in table.rows.windows(2) {
                prop_assert!(pair[0].scaled < pair[1].scaled);
            }
            for row in &table.rows {
                let printed = ScaledScore::rounded(row.scaled, row.outcome, table.scale).value();
                prop_assert_eq!(row.outcome == Outcome::Pass, printed >= table.scale.passing());
                prop_assert!(table.scale.min() <= printed && printed <= table.scale.max());
            }
        }

        #[test]
        fn who_passes_meets_every_requirement_and_who_meets_every_one_passes(
            forms in (form_of(1..10), form_of(1..10)), n_right in (0_usize..10, 0_usize..10), cut in 0.3..0.9_f64,
            minimums in (0.05..=1.0_f64, 0.05..=1.0_f64), total in prop::bool::ANY,
        ) {
            let reference = reference(&[(1.0, forms.0.clone()), (1.0, forms.1.clone())], cut);
            let total = if total { TotalRule::Decides } else { TotalRule::DecidesNothing };
            let decision = decision(total, &[(0, minimums.0), (1, minimums.1)]);
            let rules = ScoringRules { decision, ..rules(&[1.0, 1.0]) };
            let items = [answers(0, &forms.0, n_right.0), answers(1, &forms.1, n_right.1)].concat();
            let report = score_sitting(&reference, &rules, &items).expect("a score");
            let all_met = report.requirements.iter().all(|requirement| requirement.is_met);
            prop_assert_eq!(report.outcome == Outcome::Pass, all_met);
            prop_assert_eq!(report.requirements.len(), 2 + usize::from(total == TotalRule::Decides));
            for requirement in &report.requirements {
                if matches!(requirement.need.subject, Subject::Domain { .. }) {
                    let reaches = requirement.raw.value() >= requirement.need.raw_needed.value();
                    prop_assert_eq!(requirement.is_met, reaches);
                }
            }
        }

        #[test]
        fn on_the_reference_form_itself_the_share_of_right_answers_counts(form in form_of(1..40), cut in 0.51..0.9_f64) {
            let table = score_table(&reference(&[(1.0, form.clone())], cut), &rules(&[1.0]), &form_items(&form)).expect("a table");
            for row in &table.rows {
                prop_assert!((row.share - row.raw.value() / count(form.len())).abs() < 1e-12);
            }
        }

        #[test]
        fn the_zero_of_the_ability_scale_does_not_matter(
            form in form_of(1..12), bank in form_of(1..20), logits in -2.0..2.0_f64, n_right in 0_usize..12,
        ) {
            let n_right = n_right.min(form.len());
            let here = score(&reference(&[(1.0, bank.clone())], 0.7), &[1.0], &answers(0, &form, n_right));
            let there = reference(&[(1.0, moved(&bank, logits))], 0.7);
            let there = score(&there, &[1.0], &answers(0, &moved(&form, logits), n_right));
            prop_assert!((here.scaled_exact - there.scaled_exact).abs() < 1e-6);
            prop_assert!((here.band.low - there.band.low).abs() < 1e-6);
            prop_assert!((here.band95.high - there.band95.high).abs() < 1e-6);
            prop_assert!((here.domains[0].share - there.domains[0].share).abs() < 1e-9);
            prop_assert_eq!(here.outcome, there.outcome);
        }

        #[test]
        fn the_order_of_the_answers_does_not_matter(
            forms in (form_of(1..8), form_of(1..8)), n_right in (0_usize..8, 0_usize..8), turn in 0_usize..16,
        ) {
            let reference = reference(&[(2.0, forms.0.clone()), (1.0, forms.1.clone())], 0.7);
            let mut items = [answers(0, &forms.0, n_right.0), answers(1, &forms.1, n_right.1)].concat();
            let before = score(&reference, &[2.0, 1.0], &items);
            items.reverse();
            let n_items = items.len();
            items.rotate_left(turn % n_items);
            prop_assert_eq!(before, score(&reference, &[2.0, 1.0], &items));
        }

        #[test]
        fn only_the_total_decides_on_a_form_with_the_counts_of_the_blueprint(
            form in form_of(20), right in prop::collection::vec(any::<bool>(), 20), turn in 0_usize..20,
        ) {
            let weights = [30.0, 50.0, 20.0];
            let domains: Vec<usize> = [vec![0; 6], vec![1; 10], vec![2; 4]].concat();
            let bank = [(30.0, form[..6].to_vec()), (50.0, form[6..16].to_vec()), (20.0, form[16..].to_vec())];
            let reference = reference(&bank, 0.7);
            let sitting = |turn: usize| -> Vec<ScoredItem> {
                let answer = |idx: usize| right[(idx + turn) % 20];
                (0..20).map(|idx| ScoredItem { domain_idx: domains[idx], curve: form[idx], credit: Credit::whole(answer(idx)) }).collect()
            };
            let (before, after) = (score(&reference, &weights, &sitting(0)), score(&reference, &weights, &sitting(turn)));
            prop_assert_eq!((before.outcome, before.scaled), (after.outcome, after.scaled));
            prop_assert_eq!(before.raw, after.raw);
        }
    }
}
