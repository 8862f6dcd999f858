//! What the exam may bring if ability rises until then as study promises.
//!
//! Study promises a gain of ability, and promises may be kept by half or by half as much again: the outlook is a mean
//! over both and the promise itself. To that comes all doubt that readiness has, the drift of the days to come included,
//! so that an outlook is never surer of ability than readiness is.

use crate::deck::ReportedScale;
use crate::score::exam_form::Distributions;
use crate::score::numeric::count;
use crate::score::{Ability, ExamForm, ReadinessModel, Reference, TestCharacteristic, scaled_exact};

/// What may be expected of the exam.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Outlook {
    /// The probability of passing, 0 to 1.
    pub p_pass: f64,
    /// That probability at the low end: little of the gain, and ability one standard deviation lower.
    pub p_low: f64,
    /// That probability at the high end.
    pub p_high: f64,
    /// The expected scaled score, not rounded.
    pub scaled: f64,
    /// The scaled score at the low end.
    pub scaled_low: f64,
    /// The scaled score at the high end.
    pub scaled_high: f64,
    /// Standard deviation of the ability on the day of the exam, in logits.
    pub ability_deviation: f64,
}

/// Looks ahead from the ability of today.
#[derive(Debug, Clone)]
pub struct Lookout<'a> {
    model: ReadinessModel,
    today: Ability,
    form: &'a ExamForm,
    distributions: Distributions,
    characteristic: TestCharacteristic,
    scale: ReportedScale,
    cut_share: f64,
}

/// Parts of the promised gain that come true, each with its probability: conventions.
pub const GAIN_PARTS: [(f64, f64); 3] = [(0.5, 0.25), (1.0, 0.5), (1.5, 0.25)];

/// Where the normal distribution is looked at for the expected score, in standard deviations.
const N_STEPS: i32 = 6;
const STEP: f64 = 0.5;

impl<'a> Lookout<'a> {
    /// Starts from the ability of today, without the exam's shift against the deck; a sitting of `form` is reported on
    /// `scale`.
    pub fn new(
        model: ReadinessModel,
        today: Ability,
        form: &'a ExamForm,
        reference: &Reference,
        scale: ReportedScale,
    ) -> Lookout<'a> {
        let distributions = form.distributions(&today.reachable());
        let characteristic = reference.characteristic().averaged();
        Lookout { model, today, form, distributions, characteristic, scale, cut_share: reference.cut_share() }
    }

    /// Returns the share of the reference form that is known today, less what chance gives: 0 to 1.
    pub fn known(&self) -> f64 {
        let ability = self.today.composite(&self.form.weights()).0;
        let (share, floor) = (self.characteristic.expected_share(ability), self.characteristic.floor());
        ((share - floor) / (1.0 - floor)).clamp(0.0, 1.0)
    }

    /// Returns what the exam in `n_days` may bring if ability rises by `gain` logits until then; a gain below 0 is a
    /// loss.
    pub fn outlook(&self, gain: f64, n_days: usize) -> Outlook {
        let parts = GAIN_PARTS.map(|(part, weight)| (self.after(part * gain, n_days), weight));
        let mean_of = |of: &dyn Fn(&Moment) -> f64| parts.iter().map(|(own, weight)| weight * of(own)).sum::<f64>();
        let least = |of: fn(&Moment) -> f64| parts.iter().map(|(own, _)| of(own)).fold(f64::INFINITY, f64::min);
        let most = |of: fn(&Moment) -> f64| parts.iter().map(|(own, _)| of(own)).fold(f64::NEG_INFINITY, f64::max);
        let mean = mean_of(&|own| own.mean);
        let p_pass = mean_of(&|own| own.p_pass);
        Outlook {
            p_pass,
            p_low: least(|own| own.p_low).min(p_pass),
            p_high: most(|own| own.p_high).max(p_pass),
            scaled: mean_of(&|own| own.scaled),
            scaled_low: least(|own| own.scaled_low),
            scaled_high: most(|own| own.scaled_high),
            ability_deviation: mean_of(&|own| own.deviation.powi(2) + (own.mean - mean).powi(2)).sqrt(),
        }
    }

    fn after(&self, gain: f64, n_days: usize) -> Moment {
        let drift = self.model.drift.deviation_a_day * count(n_days).sqrt();
        let ability = if drift > 0.0 { self.today.clone().drifted(gain, drift) } else { self.today.clone() };
        let readiness = self.model.readiness_by(&self.distributions, ability.clone(), self.form);
        let (mean, deviation) = self.model.on_the_exam(ability).composite(&self.form.weights());
        Moment {
            mean,
            deviation,
            p_pass: readiness.p_pass,
            p_low: readiness.p_low,
            p_high: readiness.p_high,
            scaled: self.expected_scaled(mean, deviation),
            scaled_low: self.scaled_at(mean - deviation),
            scaled_high: self.scaled_at(mean + deviation),
        }
    }

    fn scaled_at(&self, theta: f64) -> f64 {
        scaled_exact(self.scale, self.cut_share, self.characteristic.expected_share(theta))
    }

    fn expected_scaled(&self, mean: f64, deviation: f64) -> f64 {
        let (mut sum, mut total) = (0.0, 0.0);
        for step in -N_STEPS..=N_STEPS {
            let z = STEP * f64::from(step);
            let weight = (-0.5 * z * z).exp();
            sum += weight * self.scaled_at(mean + z * deviation);
            total += weight;
        }
        sum / total
    }
}

/// The exam if one part of the gain came true.
struct Moment {
    mean: f64,
    deviation: f64,
    p_pass: f64,
    p_low: f64,
    p_high: f64,
    scaled: f64,
    scaled_low: f64,
    scaled_high: f64,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::base::StudyDay;
    use crate::deck::{Credit, Decision, Scale};
    use crate::score::sample::{curves, reference};
    use crate::score::{Calendar, Evidence, ScoredItem};

    /// A sitting of 26 with so many right answers, and what comes of it.
    fn lookout_after<T>(n_right: usize, see: impl Fn(&Lookout<'_>, &dyn Fn(i32) -> f64) -> T) -> T {
        let items = curves(&[-1.2, -0.8, -0.5, -0.2, 0.0, 0.0, 0.3, 0.3, 0.6, 0.6, 0.9, 1.3, 1.6], 0.25);
        let reference = reference(&[(60.0, items.clone()), (40.0, items.clone())], 0.7);
        let model = ReadinessModel::for_scale(&reference);
        let item = |(idx, curve)| ScoredItem { domain_idx: idx % 2, curve, credit: Credit::whole(idx < n_right) };
        let answers = [items.clone(), items].concat().into_iter().enumerate().map(item).collect();
        let today = StudyDay::from_number(100);
        let evidence = [Evidence { day: today, items: answers }];
        let form = ExamForm::typical(&reference, 50, &Decision::default()).expect("items");
        let ability = |n_days: i32| {
            let exam_day = StudyDay::from_number(100 + n_days);
            let calendar = Calendar { study_days: BTreeSet::from([today]), known_until: today, exam_day };
            model.ability(&reference, &evidence, &calendar)
        };
        let scale = Scale::default().reported(reference.cut_share(), 50);
        let deviation = |n_days: i32| model.readiness(ability(n_days), &form).ability_deviation;
        see(&Lookout::new(model, ability(0), &form, &reference, scale), &deviation)
    }

    #[test]
    fn more_gain_is_never_a_smaller_chance_nor_a_lower_score() {
        for n_right in [8, 15, 19, 24] {
            lookout_after(n_right, |lookout, _| {
                let outlooks: Vec<Outlook> =
                    (-4..=12).map(|step| lookout.outlook(0.25 * f64::from(step), 20)).collect();
                assert!(outlooks.is_sorted_by(|a, b| a.p_pass <= b.p_pass && a.scaled <= b.scaled));
            });
        }
    }

    #[test]
    fn an_outlook_is_never_surer_of_ability_than_readiness() {
        lookout_after(19, |lookout, deviation_of_readiness| {
            for (gain, n_days) in [(0.0, 0), (0.0, 30), (0.6, 30), (2.0, 7), (-0.5, 60)] {
                let outlook = lookout.outlook(gain, usize::try_from(n_days).expect("days"));
                let least = deviation_of_readiness(n_days) - 1e-9;
                assert!(outlook.ability_deviation >= least, "{gain} in {n_days} days");
                assert!(outlook.p_low <= outlook.p_pass && outlook.p_pass <= outlook.p_high);
                assert!(outlook.scaled_low <= outlook.scaled && outlook.scaled <= outlook.scaled_high);
            }
        });
    }

    #[test]
    fn without_days_and_gain_it_is_readiness() {
        lookout_after(17, |lookout, _| {
            let readiness = lookout.model.readiness(lookout.today.clone(), lookout.form);
            assert!((lookout.outlook(0.0, 0).p_pass - readiness.p_pass).abs() < 1e-9);
        });
    }

    #[test]
    fn a_huge_promise_does_not_make_the_exam_certain_for_who_is_far_below() {
        // Half of two logits, from so far below, is not enough.
        lookout_after(8, |lookout, _| assert!(lookout.outlook(2.0, 30).p_pass < 0.9));
    }
}
