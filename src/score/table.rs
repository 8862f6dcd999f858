//! The raw-to-scaled table of a form.

use crate::deck::ReportedScale;
use crate::score::band::{Band, ONE_ERROR, TWO_ERRORS};
use crate::score::form::Form;
use crate::score::numeric::count;
use crate::score::requirement::needs;
use crate::score::scorer::Scorer;
use crate::score::{
    CurveModel, FormItem, Need, Outcome, RawScore, Reference, ScoreError, ScoringRules, TestCharacteristic,
};

/// What each raw score on a form is worth.
#[derive(Debug, Clone, PartialEq)]
pub struct ScoreTable {
    /// Scored items.
    pub n_scored: usize,
    /// The scale of the scores.
    pub scale: ReportedScale,
    /// What it takes to pass the form: the total if it decides, then the domains with a minimum.
    pub needs: Vec<Need>,
    /// How many points a barely passing candidate expects on this form.
    pub raw_cut: f64,
    /// The least points with which the total reaches the cut.
    pub raw_needed: RawScore,
    /// The ability of a barely passing candidate, in logits.
    pub theta_cut: f64,
    /// One row for each raw score, from 0 to `n_scored`: a point apart, or the largest part of a point of which all
    /// items' steps are made.
    pub rows: Vec<ScoreRow>,
}

/// What one raw score is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScoreRow {
    /// Points earned.
    pub raw: RawScore,
    /// The ability that expects them, in logits; `None` if no finite one does or there are no curves.
    pub theta: Option<f64>,
    /// The share of the reference form that means the same, 0 to 1.
    pub share: f64,
    /// The score before rounding.
    pub scaled: f64,
    /// Whether the total reaches the cut.
    pub outcome: Outcome,
    /// The 68 % band by exact inversion, difficulties taken as known.
    pub band: Band,
    /// The 95 % band, likewise.
    pub band95: Band,
    /// The standard error of measurement in points; `None` where no finite ability fits.
    pub csem: Option<f64>,
}

/// Tabulates a form of the given scored items, in any order; each item counts the same, whatever its domain.
///
/// # Errors
/// [`ScoreError::NoScoredItems`] if `items` is empty, [`ScoreError::UnknownDomain`] if one lies outside
/// `rules.weights`.
pub fn score_table(reference: &Reference, rules: &ScoringRules, items: &[FormItem]) -> Result<ScoreTable, ScoreError> {
    let n_scored = items.len();
    let domains = Form::new(reference, &rules.weights, items)?.domains;
    let form = TestCharacteristic::plain(items.iter().map(|item| reference.curve(item.curve)).collect())?;
    let n_parts = form.steps_a_point();
    let scale = rules.scale.reported(reference.cut_share(), n_scored);
    let scorer = Scorer { reference, scale, form: &form };
    let row = |parts: usize| {
        let raw = RawScore::new(parts, n_parts);
        let share = raw.value() / count(n_scored);
        let score = scorer.score(share);
        ScoreRow {
            raw,
            theta: score.theta.filter(|_| reference.model() != CurveModel::NoCurves),
            share: score.share,
            scaled: score.exact,
            outcome: score.outcome,
            band: scorer.band(share, &score, ONE_ERROR),
            band95: scorer.band(share, &score, TWO_ERRORS),
            csem: score.csem,
        }
    };
    let total = scorer.need();
    Ok(ScoreTable {
        n_scored,
        scale,
        needs: needs(reference, &rules.decision, total, &domains),
        raw_cut: total.raw_cut,
        raw_needed: total.raw_needed,
        theta_cut: reference.theta_cut(),
        rows: (0..=n_scored * n_parts).map(row).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::score::sample::{curves, form_items, reference, rules};
    use crate::score::{ItemCurve, number_right_distribution};

    /// θ, share, scaled score, standard error and 68 % band of 0 to 10 right answers.
    type Row = (Option<f64>, f64, f64, Option<f64>, (f64, f64));

    // A worked example of ten items, computed by an independent implementation of the same formulas.
    const REFERENCE_FORM: [f64; 10] = [-1.2, -0.8, -0.5, -0.2, 0.0, 0.3, 0.6, 0.9, 1.3, 1.6];
    const FORM: [f64; 10] = [-1.9, -1.4, -1.0, -0.6, -0.4, -0.1, 0.2, 0.5, 0.8, 1.2];
    const WITHOUT_CHANCE: [Row; 11] = [
        (None, 0.0, 100.0, None, (100.0, 189.518_315)),
        (Some(-2.802_633_607), 0.063_123_111, 154.105_524, Some(53.436_562_091), (108.631_919, 271.865_188)),
        (Some(-1.902_411_88), 0.136_272_198, 216.804_742, Some(78.906_370_803), (138.962_158, 354.836_666)),
        (Some(-1.276_166_672), 0.218_182_008, 287.013_15, Some(98.137_822_347), (182.345_872, 439.269_352)),
        (Some(-0.749_431_821), 0.307_602_238, 363.659_061, Some(112.482_679_195), (236.293_244, 524.887_777)),
        (Some(-0.261_366_46), 0.403_608_483, 445.950_128, Some(122.425_300_03), (299.665_982, 611.278_686)),
        (Some(0.224_589_329), 0.505_783_214, 533.528_469, Some(128.105_527_997), (371.806_53, 697.892_077)),
        (Some(0.745_002_872), 0.614_378_054, 626.609_761, Some(129.114_012_723), (452.597_656, 797.594_578)),
        (Some(1.360_793_064), 0.730_595_9, 730.595_9, Some(144.255_498_637), (542.835_942, 893.348_072)),
        (Some(2.246_727_15), 0.857_205_295, 857.205_295, Some(122.497_319_623), (645.277_679, 973.903_406)),
        (None, 1.0, 1000.0, Some(0.0), (780.324_499, 1000.0)),
    ];
    const WITH_CHANCE: [Row; 11] = [
        (None, 0.0, 100.0, None, (100.0, 314.285_714)),
        (None, 0.1, 185.714_286, None, (185.714_286, 336.551_085)),
        (None, 0.2, 271.428_571, None, (271.428_571, 402.065_684)),
        (Some(-3.274_551_873), 0.280_685_184, 340.587_301, Some(80.267_602_057), (314.285_714, 473.470_169)),
        (Some(-1.902_411_88), 0.352_204_149, 401.889_27, Some(100.819_442_25), (314.285_714, 549.225_058)),
        (Some(-1.093_451_769), 0.435_406_537, 473.205_603, Some(114.785_909_73), (344.140_347, 627.824_344)),
        (Some(-0.422_186_148), 0.528_184_3, 552.729_4, Some(122.333_294_429), (401.876_556, 709.433_357)),
        (Some(0.224_589_329), 0.629_337_41, 639.432_066, Some(123.847_645_971), (472.897_867, 803.567_76)),
        (Some(0.935_099_582), 0.739_130_942, 739.130_942, Some(138.412_696_498), (556.535_967, 895.220_851)),
        (Some(1.896_508_74), 0.860_183_728, 860.183_728, Some(118.385_163_459), (654.035_206, 974.026_178)),
        (None, 1.0, 1000.0, Some(0.0), (785.167_817, 1000.0)),
    ];

    #[track_caller]
    fn close(found: f64, expected: f64, tolerance: f64) {
        assert!((found - expected).abs() < tolerance, "found {found}, expected {expected}");
    }

    #[track_caller]
    fn close_option(found: Option<f64>, expected: Option<f64>, tolerance: f64) {
        assert_eq!(found.is_some(), expected.is_some(), "found {found:?}, expected {expected:?}");
        close(found.unwrap_or(0.0), expected.unwrap_or(0.0), tolerance);
    }

    #[track_caller]
    fn check_worked_example(chance: f64, theta_cut: f64, raw_cut: f64, rows: &[Row]) {
        let reference = reference(&[(1.0, curves(&REFERENCE_FORM, chance))], 0.7);
        let table = score_table(&reference, &rules(&[1.0]), &form_items(&curves(&FORM, chance))).expect("a table");
        close(table.theta_cut, theta_cut, 1e-9);
        close(table.raw_cut, raw_cut, 1e-9);
        assert_eq!((table.raw_needed, table.n_scored), (RawScore::whole(8), 10));
        for (row, (theta, share, scaled, csem, band)) in table.rows.iter().zip(rows) {
            close_option(row.theta, *theta, 1e-8);
            close(row.share, *share, 1e-8);
            close(row.scaled, *scaled, 1e-6);
            close_option(row.csem, *csem, 1e-6);
            close(row.band.low, band.0, 1e-6);
            close(row.band.high, band.1, 1e-6);
            assert_eq!(row.outcome, if row.raw.value() >= 8.0 { Outcome::Pass } else { Outcome::Fail });
        }
    }

    #[test]
    fn the_worked_example_comes_out_with_and_without_chance() {
        check_worked_example(0.0, 1.188_324_868_947_154_8, 7.743_988_478_641_185, &WITHOUT_CHANCE);
        check_worked_example(0.25, 0.674_371_841_640_622_9, 7.653_395_910_162_766, &WITH_CHANCE);
    }

    struct SimulatedForm {
        name: String,
        raw_cut: f64,
        curves: Vec<ItemCurve>,
        rows: Vec<(Option<f64>, f64, f64, Option<f64>)>,
    }

    fn simulated_forms() -> Vec<SimulatedForm> {
        let mut forms: Vec<SimulatedForm> = Vec::new();
        let number = |word: &str| word.parse::<f64>().ok();
        for line in include_str!("../../tests/data/equating_c25.txt").lines() {
            let words: Vec<&str> = line.split(' ').collect();
            match (words[0], forms.last_mut()) {
                ("form", _) => forms.push(SimulatedForm {
                    name: words[1].to_owned(),
                    raw_cut: number(words[2]).unwrap(),
                    curves: Vec::new(),
                    rows: Vec::new(),
                }),
                ("b", Some(form)) => {
                    let difficulties: Vec<f64> = words[1..].iter().filter_map(|word| number(word)).collect();
                    form.curves = curves(&difficulties, 0.25);
                }
                ("row", Some(form)) => form.rows.push((
                    number(words[2]),
                    number(words[3]).unwrap(),
                    number(words[4]).unwrap(),
                    number(words[5]),
                )),
                _ => {}
            }
        }
        forms
    }

    #[test]
    fn forms_of_unlike_difficulty_get_the_tables_of_an_independent_implementation() {
        let forms = simulated_forms();
        let reference = reference(&[(1.0, forms[0].curves.clone())], 0.7);
        for form in &forms {
            let table = score_table(&reference, &rules(&[1.0]), &form_items(&form.curves)).expect("a table");
            close(table.raw_cut, form.raw_cut, 1e-8);
            assert_eq!(table.rows.len(), form.rows.len(), "{}", form.name);
            for (row, (theta, share, scaled, csem)) in table.rows.iter().zip(&form.rows) {
                close_option(row.theta, *theta, 1e-5);
                close(row.share, *share, 1e-7);
                close(row.scaled, *scaled, 1e-3);
                close_option(row.csem, *csem, 1e-3);
            }
        }
        assert_eq!(forms.len(), 3);
    }

    /// First-order equity (Lord 1980; Morris 1982): which form a learner gets must not move the score to be expected.
    #[test]
    fn equally_able_learners_expect_nearly_the_same_score_on_every_form() {
        let forms = simulated_forms();
        let reference = reference(&[(1.0, forms[0].curves.clone())], 0.7);
        let tables: Vec<ScoreTable> = forms
            .iter()
            .map(|form| score_table(&reference, &rules(&[1.0]), &form_items(&form.curves)).expect("a table"))
            .collect();
        let expected = |form: usize, theta: f64| -> f64 {
            let distribution = number_right_distribution(forms[form].curves.iter().map(|curve| curve.p_right(theta)));
            distribution.iter().zip(&tables[form].rows).map(|(probability, row)| probability * row.scaled).sum()
        };
        let gap = |form: usize| {
            let thetas = (-15..=15_i32).map(|tenth| reference.theta_cut() + 0.1 * f64::from(tenth));
            thetas.map(|theta| (expected(form, theta) - expected(0, theta)).abs()).fold(0.0, f64::max)
        };
        // The published limits of true-score equating on these forms are 2.5 and 4.1 points, where raw percent has 75
        // and 86.
        assert!(gap(1) < 2.6 && gap(2) < 4.2, "{} {}", gap(1), gap(2));
    }
}
