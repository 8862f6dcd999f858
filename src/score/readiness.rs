//! Whether a learner would pass, and on which day: P(pass) from the first exposures of qualified sittings.

use std::collections::BTreeSet;

use crate::base::StudyDay;
use crate::score::answer_logs::AnswerLogs;
use crate::score::exam_form::Distributions;
use crate::score::numeric::count;
use crate::score::{Ability, AbilityPrior, ExamForm, Reference, ScoredItem};

/// What a qualified sitting showed of items that were never seen before.
#[derive(Debug, Clone, PartialEq)]
pub struct Evidence {
    /// The study day on which it was sat.
    pub day: StudyDay,
    /// Scored items that were fresh and were shown, with their answers.
    pub items: Vec<ScoredItem>,
}

/// How ability moves while nobody measures it; all in logits.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drift {
    /// What a day of study adds.
    pub gain_a_study_day: f64,
    /// What a day without study takes.
    pub loss_an_idle_day: f64,
    /// Standard deviation of what one day does beside that; above 0.
    pub deviation_a_day: f64,
}

/// What readiness takes for granted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ReadinessModel {
    /// Ability before the first sitting.
    pub prior: AbilityPrior,
    /// How it moves.
    pub drift: Drift,
    /// Standard deviation, in logits, of how much harder the exam is than the deck's questions.
    pub shift_deviation: f64,
}

/// The days on which ability moved, as far as readiness needs them.
#[derive(Debug, Clone, PartialEq)]
pub struct Calendar {
    /// Days with study of any kind.
    pub study_days: BTreeSet<StudyDay>,
    /// The last day of which it is known whether there was study; later days move ability neither way on average.
    pub known_until: StudyDay,
    /// The day of the exam.
    pub exam_day: StudyDay,
}

/// The days between two days, the first left out and the last counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    /// Days with study.
    pub n_study: usize,
    /// Days without.
    pub n_idle: usize,
    /// Days after the last of which it is known.
    pub n_ahead: usize,
}

impl Calendar {
    /// Returns the days after `from` up to `to`; none if `to` comes first.
    pub fn days(&self, from: StudyDay, to: StudyDay) -> Days {
        let n_between = |later: StudyDay, earlier: StudyDay| usize::try_from(later.days_since(earlier)).unwrap_or(0);
        let known = to.min(self.known_until);
        let n_study = self.study_days.iter().filter(|day| from < **day && **day <= known).count();
        Days { n_study, n_idle: n_between(known, from) - n_study, n_ahead: n_between(to, from.max(known)) }
    }
}

/// The probability of passing, with what it rests on.
#[derive(Debug, Clone, PartialEq)]
pub struct Readiness {
    /// The probability of passing, 0 to 1.
    pub p_pass: f64,
    /// That probability if the ability were one standard deviation lower, 0 to 1.
    pub p_low: f64,
    /// That probability if the ability were one standard deviation higher, 0 to 1.
    pub p_high: f64,
    /// Mean of the ability on the day of the exam, weighted over the domains as the exam weighs them, in logits above
    /// the cut.
    pub ability_above_cut: f64,
    /// Its standard deviation, in logits.
    pub ability_deviation: f64,
}

/// What is said of a probability of passing. The limits are conventions of this project.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReadinessLabel {
    /// Below .50.
    NotReady,
    /// From .50.
    CoinFlip,
    /// From .75, or higher without enough recent attempts.
    Close,
    /// From .90, with two qualified attempts in the last 30 days and none of these below the cut.
    Ready,
    /// From .97, with the same.
    Comfortable,
}

/// A qualified attempt, as labels look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attempt {
    /// The study day.
    pub day: StudyDay,
    /// Whether it passed.
    pub is_pass: bool,
}

/// Qualified attempts that the label `ready` needs.
pub const READY_ATTEMPTS: usize = 2;
/// Days that count as recent for the label `ready`.
pub const READY_DAYS: i32 = 30;
impl Default for Drift {
    /// Gain 0.03, loss 0.015, deviation 0.06 a day.
    fn default() -> Drift {
        Drift { gain_a_study_day: 0.03, loss_an_idle_day: 0.015, deviation_a_day: 0.06 }
    }
}

impl ReadinessModel {
    /// Returns the model of this project for a scale.
    pub fn for_scale(reference: &Reference) -> ReadinessModel {
        ReadinessModel {
            prior: AbilityPrior::around(reference.averaged_cut()),
            drift: Drift::default(),
            shift_deviation: 0.2,
        }
    }

    /// Returns the ability on the day of the exam, given all `evidence`; neither its order nor that of the answers
    /// matters.
    ///
    /// Sittings after `calendar.exam_day` are left out. The shift of the exam against the deck is not yet in it.
    pub fn ability(&self, reference: &Reference, evidence: &[Evidence], calendar: &Calendar) -> Ability {
        let start = self.start(reference);
        let mut known = AnswerLogs::on(start.reachable());
        self.ability_from(start, &mut known, reference, evidence, calendar)
    }

    /// Returns the ability on the newest `n_most` days with `evidence`, by what was known at the end of each, and then that
    /// on the day of the exam if it is a later one; the oldest first, and never empty.
    pub fn course(
        &self,
        reference: &Reference,
        evidence: &[Evidence],
        calendar: &Calendar,
        n_most: usize,
    ) -> Vec<(StudyDay, Ability)> {
        let days = evidence.iter().map(|own| own.day).filter(|day| *day <= calendar.exam_day);
        let days: BTreeSet<StudyDay> = days.collect();
        let first_told = days.len().saturating_sub(n_most);
        let (start, mut nth, mut told) = (self.start(reference), 0, Vec::new());
        let mut known = AnswerLogs::on(start.reachable());
        let last = self.walk(start, &mut known, reference, evidence, calendar, |day, ability| {
            if first_told <= nth {
                told.push((day, ability.clone()));
            }
            nth += 1;
        });
        if told.last().is_none_or(|(day, _)| *day < calendar.exam_day) {
            told.push((calendar.exam_day, last));
        }
        told
    }

    /// Returns the ability before the first sitting.
    pub(super) fn start(&self, reference: &Reference) -> Ability {
        Ability::before(self.prior, reference.parts().domains.len())
    }

    /// Goes on from [`ReadinessModel::start`]; `known` may have served other learners.
    pub(super) fn ability_from(
        &self,
        ability: Ability,
        known: &mut AnswerLogs,
        reference: &Reference,
        evidence: &[Evidence],
        calendar: &Calendar,
    ) -> Ability {
        self.walk(ability, known, reference, evidence, calendar, |_, _| {})
    }

    /// Goes through the days with evidence and shows `visit` the ability at the end of each; returns that of the exam's day.
    fn walk(
        &self,
        mut ability: Ability,
        known: &mut AnswerLogs,
        reference: &Reference,
        evidence: &[Evidence],
        calendar: &Calendar,
        mut visit: impl FnMut(StudyDay, &Ability),
    ) -> Ability {
        let mut now: Option<StudyDay> = None;
        let days: BTreeSet<StudyDay> = evidence.iter().map(|own| own.day).collect();
        for day in days.into_iter().filter(|day| *day <= calendar.exam_day) {
            if let Some(before) = now {
                ability = self.moved(ability, calendar, before, day);
            }
            now = Some(day);
            let of_day = evidence.iter().filter(|own| own.day == day).flat_map(|own| &own.items);
            let items: Vec<ScoredItem> =
                of_day.map(|item| ScoredItem { curve: reference.curve(item.curve), ..*item }).collect();
            ability = ability.after_known(&items, known);
            visit(day, &ability);
        }
        match now {
            Some(before) => self.moved(ability, calendar, before, calendar.exam_day),
            None => ability,
        }
    }

    /// Returns the probability of passing `form` with `ability`, the exam's shift against the deck included.
    pub fn readiness(&self, ability: Ability, form: &ExamForm) -> Readiness {
        self.readiness_by(&form.distributions(&ability.reachable()), ability, form)
    }

    /// The same by the form's `distributions` at [`Ability::reachable`], which are those of every day.
    pub(super) fn readiness_by(&self, distributions: &Distributions, ability: Ability, form: &ExamForm) -> Readiness {
        let ability = self.on_the_exam(ability);
        let p_pass = form.p_pass_by(distributions, &ability);
        let (mean, deviation) = ability.composite(&form.weights());
        let p_at = |theta: f64| {
            let in_domain = |domain_idx| theta + ability.domain_mean(domain_idx) - mean;
            form.p_pass_at(&(0..form.curves().len()).map(in_domain).collect::<Vec<_>>())
        };
        Readiness {
            p_pass,
            p_low: p_at(mean - deviation).min(p_pass),
            p_high: p_at(mean + deviation).max(p_pass),
            ability_above_cut: mean - self.prior.theta_cut,
            ability_deviation: deviation,
        }
    }

    /// Returns ability as the exam asks for it: the exam's shift against the deck added.
    pub(super) fn on_the_exam(&self, ability: Ability) -> Ability {
        if self.shift_deviation > 0.0 { ability.drifted(0.0, self.shift_deviation) } else { ability }
    }

    /// Moves ability from one day to a later one.
    fn moved(&self, ability: Ability, calendar: &Calendar, from: StudyDay, to: StudyDay) -> Ability {
        let days = calendar.days(from, to);
        let (n_study, n_idle) = (count(days.n_study), count(days.n_idle));
        let n_days = n_study + n_idle + count(days.n_ahead);
        if n_days == 0.0 {
            return ability;
        }
        let mean = self.drift.gain_a_study_day * n_study - self.drift.loss_an_idle_day * n_idle;
        ability.drifted(mean, self.drift.deviation_a_day * n_days.sqrt())
    }
}

impl ReadinessLabel {
    /// All labels, the lowest first.
    pub const ALL: [ReadinessLabel; 5] = [
        ReadinessLabel::NotReady,
        ReadinessLabel::CoinFlip,
        ReadinessLabel::Close,
        ReadinessLabel::Ready,
        ReadinessLabel::Comfortable,
    ];

    /// Returns the probability from which the label holds.
    pub fn from(self) -> f64 {
        match self {
            ReadinessLabel::NotReady => 0.0,
            ReadinessLabel::CoinFlip => 0.5,
            ReadinessLabel::Close => 0.75,
            ReadinessLabel::Ready => 0.9,
            ReadinessLabel::Comfortable => 0.97,
        }
    }

    /// Returns the label of a probability.
    ///
    /// From `Ready` on it needs [`READY_ATTEMPTS`] qualified `attempts` in the [`READY_DAYS`] days up to `today`, none
    /// of these below the cut; without them it is `Close`.
    pub fn of(p_pass: f64, attempts: &[Attempt], today: StudyDay) -> ReadinessLabel {
        let by_probability =
            ReadinessLabel::ALL.into_iter().rfind(|label| p_pass >= label.from()).unwrap_or(ReadinessLabel::NotReady);
        let recent: Vec<&Attempt> =
            attempts.iter().filter(|attempt| today.days_since(attempt.day) <= READY_DAYS).collect();
        let is_repeated = recent.len() >= READY_ATTEMPTS && recent.iter().all(|attempt| attempt.is_pass);
        if is_repeated { by_probability } else { by_probability.min(ReadinessLabel::Close) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::deck::{Credit, Decision};
    use crate::score::ItemCurve;
    use crate::score::sample::{curve, curves, reference};

    const REFERENCE_FORM: [f64; 10] = [-1.2, -0.8, -0.5, -0.2, 0.0, 0.3, 0.6, 0.9, 1.3, 1.6];
    const FORM: [f64; 10] = [-1.9, -1.4, -1.0, -0.6, -0.4, -0.1, 0.2, 0.5, 0.8, 1.2];

    fn answers(domain_idx: usize, curves: &[ItemCurve], n_right: usize) -> Vec<ScoredItem> {
        let item = |(idx, curve): (usize, &ItemCurve)| ScoredItem {
            domain_idx,
            curve: *curve,
            credit: Credit::whole(idx < n_right),
        };
        curves.iter().enumerate().map(item).collect()
    }

    fn day(number: i32) -> StudyDay {
        StudyDay::from_number(number)
    }

    fn evidence(number: i32, items: Vec<ScoredItem>) -> Evidence {
        Evidence { day: day(number), items }
    }

    /// No study between the sittings, the exam on the day `today`.
    fn calendar(today: i32) -> Calendar {
        Calendar { study_days: BTreeSet::new(), known_until: day(today), exam_day: day(today) }
    }

    /// Two domains of unlike difficulty with doubt about each item.
    fn bank() -> Reference {
        let items = |shift: f64| -> Vec<ItemCurve> {
            (-10..=10_i32).map(|tenths| curve(0.15 * f64::from(tenths) + shift, 0.25, 0.64)).collect()
        };
        reference(&[(60.0, items(0.2)), (40.0, items(-0.3))], 0.7)
    }

    fn readiness(reference: &Reference, evidence: &[Evidence], calendar: &Calendar) -> Readiness {
        let model = ReadinessModel::for_scale(reference);
        let form = ExamForm::typical(reference, 50, &Decision::default()).expect("items");
        model.readiness(model.ability(reference, evidence, calendar), &form)
    }

    /// Mean and standard deviation of the ability under a prior N(.5, 1), the probability that it reaches the cut, and
    /// that of passing the reference form, for 0 to 10 right answers; from independent implementations, the third with
    /// steps of 0.002 logits from the cut.
    const WORKED: [(f64, f64, f64, f64); 11] = [
        (-1.788_403_796_4, 0.642_378_448_8, 0.000_000_326, 0.001_673_692_6),
        (-1.394_074_928_8, 0.614_974_573_0, 0.000_005_895, 0.005_580_620_4),
        (-1.028_167_839_7, 0.596_086_451_2, 0.000_074_019, 0.015_691_006_4),
        (-0.680_383_923_2, 0.584_496_875_5, 0.000_663_098, 0.038_088_407_8),
        (-0.342_303_646_7, 0.579_444_223_5, 0.004_320_903, 0.081_191_681_8),
        (-0.006_456_480_6, 0.580_645_598_8, 0.020_766_685, 0.153_888_799_1),
        (0.334_499_755_2, 0.588_289_530_1, 0.074_399_982, 0.261_737_510_3),
        (0.688_581_071_9, 0.603_039_601_8, 0.200_668_522, 0.402_292_335_5),
        (1.065_362_998_9, 0.626_030_963_1, 0.412_738_529, 0.562_124_745_6),
        (1.477_000_408_8, 0.658_766_917_1, 0.661_705_653, 0.718_573_826_9),
        (1.939_224_287_0, 0.702_680_360_5, 0.859_756_704, 0.847_442_720_4),
    ];

    #[test]
    fn one_domain_gives_the_ability_and_the_probabilities_of_an_independent_implementation() {
        let reference = reference(&[(1.0, curves(&REFERENCE_FORM, 0.0))], 0.7);
        let theta_cut = reference.averaged_cut();
        let prior = AbilityPrior { theta_cut, mean_above_cut: 0.5 - theta_cut, deviation: 1.0, domain_deviation: 0.0 };
        let form =
            ExamForm::of_items(&reference, vec![curves(&REFERENCE_FORM, 0.0)], &Decision::default()).expect("items");
        assert!((theta_cut - 1.188_324_87).abs() < 1e-8 && (form.raw_cut() - 7.0).abs() < 1e-9);
        for (n_right, (mean, deviation, above_cut, passes)) in WORKED.into_iter().enumerate() {
            let ability = Ability::before(prior, 1).after(&answers(0, &curves(&FORM, 0.0), n_right));
            assert!((ability.mean() - mean).abs() < 1e-4, "{n_right}: {}", ability.mean());
            assert!((ability.deviation() - deviation).abs() < 2e-4, "{n_right}: {}", ability.deviation());
            let found = ability.probability_above_cut();
            assert!((found - above_cut).abs() < 1e-6, "{n_right}: {found}");
            assert!((form.p_pass(&ability) - passes).abs() < 1e-6, "{n_right}: {}", form.p_pass(&ability));
        }
    }

    /// The same by brute force: sums over the common ability and both domains' abilities.
    #[test]
    fn the_probability_of_passing_is_that_of_the_full_posterior() {
        let reference = reference(&[(1.0, curves(&[-0.5, 0.5], 0.25)), (1.0, curves(&[0.0, 1.0], 0.25))], 0.7);
        let items = [answers(0, &curves(&[0.0; 9], 0.25), 7), answers(1, &curves(&[0.5; 6], 0.25), 2)];
        let model = ReadinessModel::for_scale(&reference);
        let form = ExamForm::typical(&reference, 7, &Decision::default()).expect("items");
        let ability = model.ability(&reference, &[evidence(0, items.concat())], &calendar(0));

        let likelihood = |items: &[ScoredItem], theta: f64| -> f64 {
            let p = |item: &ScoredItem| {
                if item.credit.is_full() { item.curve.p_right(theta) } else { item.curve.p_wrong(theta) }
            };
            items.iter().map(p).product()
        };
        let normal = |z: f64| (-0.5 * z * z).exp();
        let points: Vec<f64> = (-35..=35_i32).map(|tenth| reference.theta_cut() + 0.1 * f64::from(tenth)).collect();
        let (mut total, mut passing, mut mean, mut square) = (0.0, 0.0, 0.0, 0.0);
        for first in &points {
            for second in &points {
                let of_common = |common: &f64| {
                    let prior = normal((common - reference.theta_cut() + 0.3) / 0.8);
                    prior * normal((first - common) / 0.4) * normal((second - common) / 0.4)
                };
                let prior: f64 = points.iter().map(of_common).sum();
                let mass = prior * likelihood(&items[0], *first) * likelihood(&items[1], *second);
                let composite = (4.0 * first + 3.0 * second) / 7.0;
                total += mass;
                passing += mass * form.p_pass_at(&[*first, *second]);
                mean += mass * composite;
                square += mass * composite * composite;
            }
        }
        let found = form.p_pass(&ability);
        assert!((found - passing / total).abs() < 1e-4, "{found} {}", passing / total);
        let (found_mean, found_deviation) = ability.composite(&form.weights());
        let (mean, square) = (mean / total, square / total);
        assert!((found_mean - mean).abs() < 1e-3, "{found_mean} {mean}");
        assert!((found_deviation - (square - mean * mean).sqrt()).abs() < 1e-3, "{found_deviation}");
    }

    #[test]
    fn a_mock_at_the_cut_leaves_it_open_and_one_far_from_it_does_not() {
        let form = curves(&REFERENCE_FORM.repeat(5), 0.0);
        let reference = reference(&[(1.0, form.clone())], 0.7);
        let p = |n_right| readiness(&reference, &[evidence(0, answers(0, &form, n_right))], &calendar(0)).p_pass;
        assert!((0.35..0.65).contains(&p(36)), "{}", p(36));
        assert!(p(25) < 0.05 && p(30) < 0.2, "{} {}", p(25), p(30));
        assert!(p(42) > 0.85 && p(50) > 0.99, "{} {}", p(42), p(50));
    }

    #[test]
    fn more_evidence_narrows_and_days_widen() {
        let reference = bank();
        let form = ExamForm::typical(&reference, 50, &Decision::default()).expect("items");
        let items = form.curves().iter().enumerate();
        let items: Vec<ScoredItem> =
            items.flat_map(|(domain_idx, curves)| answers(domain_idx, curves, curves.len() * 7 / 10)).collect();
        let mock = evidence(0, items);
        let none = readiness(&reference, &[], &calendar(0));
        let one = readiness(&reference, std::slice::from_ref(&mock), &calendar(0));
        let two = readiness(&reference, &[mock.clone(), mock.clone()], &calendar(0));
        assert!(none.ability_deviation > one.ability_deviation && one.ability_deviation > two.ability_deviation);
        assert!(two.p_high - two.p_low < one.p_high - one.p_low);

        let mut before = one.ability_deviation;
        for n_days in [1, 7, 30, 120] {
            let later =
                readiness(&reference, std::slice::from_ref(&mock), &Calendar { exam_day: day(n_days), ..calendar(0) });
            assert!(later.ability_deviation > before, "{n_days}");
            assert!((later.ability_above_cut - one.ability_above_cut).abs() < 0.01, "days ahead favour nobody");
            before = later.ability_deviation;
        }
    }

    #[test]
    fn study_adds_and_idleness_takes() {
        let reference = bank();
        let mock = [evidence(0, answers(0, &curves(&[0.0; 30], 0.25), 22))];
        let after = |study_days: &[i32]| {
            let study_days = study_days.iter().map(|number| day(*number)).collect();
            readiness(&reference, &mock, &Calendar { study_days, ..calendar(10) }).ability_above_cut
        };
        let now = readiness(&reference, &mock, &calendar(0)).ability_above_cut;
        assert!((after(&[]) - (now - 0.15)).abs() < 0.001, "{}", after(&[]) - now);
        // Days of study up to the sitting and after today do not count.
        assert!((after(&[-3, 0, 1, 2, 3, 4, 10, 11]) - (now + 0.15 - 0.075)).abs() < 0.001);
    }

    #[track_caller]
    fn check_label(p_pass: f64, attempts: &[(i32, bool)], expected: ReadinessLabel) {
        let attempts: Vec<Attempt> =
            attempts.iter().map(|(number, is_pass)| Attempt { day: day(*number), is_pass: *is_pass }).collect();
        assert_eq!(ReadinessLabel::of(p_pass, &attempts, day(0)), expected);
    }

    #[test]
    fn labels_need_their_probability_and_from_ready_on_two_recent_passes() {
        let passes = [(-30, true), (-1, true)];
        check_label(0.0, &passes, ReadinessLabel::NotReady);
        check_label(0.499, &passes, ReadinessLabel::NotReady);
        check_label(0.5, &[], ReadinessLabel::CoinFlip);
        check_label(0.75, &[], ReadinessLabel::Close);
        check_label(0.9, &passes, ReadinessLabel::Ready);
        check_label(0.97, &passes, ReadinessLabel::Comfortable);
        check_label(0.99, &passes[1..], ReadinessLabel::Close);
        check_label(0.99, &[(-31, true), (-1, true)], ReadinessLabel::Close);
        check_label(0.99, &[(-30, true), (-9, false), (-1, true)], ReadinessLabel::Close);
        check_label(0.99, &[(-40, false), (-30, true), (-1, true)], ReadinessLabel::Comfortable);
    }

    #[test]
    fn the_course_has_the_ability_of_each_day_by_what_was_known_then() {
        let reference = bank();
        let items = |n_right: usize| answers(0, &curves(&FORM, 0.0), n_right);
        let evidence = [evidence(9, items(8)), evidence(2, items(3)), evidence(9, items(5)), evidence(5, items(6))];
        let model = ReadinessModel::for_scale(&reference);
        let course = model.course(&reference, &evidence, &calendar(12), 2);
        assert_eq!(course.iter().map(|(day, _)| day.number()).collect::<Vec<_>>(), [5, 9, 12]);
        for (day, ability) in course {
            let known: Vec<Evidence> = evidence.iter().filter(|own| own.day <= day).cloned().collect();
            assert_eq!(ability, model.ability(&reference, &known, &calendar(day.number())), "{day}");
        }
        let [(day, _)] = model.course(&reference, &[], &calendar(12), 2)[..] else { panic!("today alone") };
        assert_eq!(day.number(), 12);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(12))]

        #[test]
        fn the_order_of_sittings_and_answers_does_not_matter(
            n_right in prop::collection::vec(0_usize..=12, 4), turn in 0_usize..4,
        ) {
            let reference = bank();
            let form = [curves(&FORM, 0.25), curves(&[0.4, -0.4], 0.25)].concat();
            let sitting = |(idx, n_right): (usize, &usize)| {
                evidence([0, 0, 3, 9][idx], answers(idx % 2, &form, *n_right))
            };
            let mut sittings: Vec<Evidence> = n_right.iter().enumerate().map(sitting).collect();
            let before = readiness(&reference, &sittings, &calendar(12));
            sittings.rotate_left(turn);
            for sitting in &mut sittings {
                sitting.items.reverse();
            }
            prop_assert_eq!(before, readiness(&reference, &sittings, &calendar(12)));
        }

        #[test]
        fn a_right_answer_more_raises_the_probability(first in 0_usize..10, second in 0_usize..9) {
            let reference = bank();
            let form = curves(&FORM, 0.25);
            let p = |first: usize, second: usize| {
                let sittings = [evidence(0, answers(0, &form, first)), evidence(4, answers(1, &form, second))];
                let found = readiness(&reference, &sittings, &calendar(9));
                assert!(found.p_low <= found.p_pass && found.p_pass <= found.p_high);
                found.p_pass
            };
            prop_assert!(p(first, second) < p(first, second + 1));
            prop_assert!(first == 10 || p(first, second) < p(first + 1, second));
        }
    }
}
