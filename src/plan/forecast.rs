//! How likely a concept is recalled, corrected by what was recalled lately, and whether that can be trusted.

use crate::base::StudyDay;
use crate::plan::memory_model::{MemoryRecord, Trace};

/// The forecast of one learner's recall on one deck.
///
/// The model of a card (see `docs/learning.md`) is moved by an intercept on the logit scale that is the same for all
/// cards, the posterior mean under a normal prior around 0, within ±[`MAX_SHIFT`]. Each answer weakens the older ones
/// by 1 in [`N_RECENT`].
#[derive(Debug, Clone, PartialEq)]
pub struct Forecast {
    log_likelihoods: [f64; N_SHIFTS], // of the recent answers, for each shift of the grid
    recent: Vec<Prediction>,          // the newest last, at most N_RECENT
    shift: f64,
}

/// What was predicted of an answer, and how it came out.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction {
    /// The probability of a right answer as it was given before the answer, chance included.
    pub p_right: f64,
    /// Whether the answer was right.
    pub is_right: bool,
}

/// What is expected of an answer before it is given.
///
/// Kept with the answer, it is what the forecast learns from later, whatever becomes of the model.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Expectation {
    /// The probability of recall by the model alone, without the intercept.
    pub recall: f64,
    /// The chance of a right answer without knowledge, 0 to below 1.
    pub chance: f64,
    /// The probability of a right answer, intercept and chance included.
    pub p_right: f64,
}

/// The recall of one concept: probabilities, 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prospect {
    /// Recall now.
    pub today: f64,
    /// Recall on exam day if nothing is done before.
    pub on_exam_day: f64,
    /// The same if the concept is shown now: the mean over a right and a wrong answer.
    pub on_exam_day_if_shown: f64,
}

/// How well the newest predictions held.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Calibration {
    /// Predictions that it rests on, at most [`N_RECENT`].
    pub n: usize,
    /// Mean probability of a right answer that was predicted.
    pub predicted: f64,
    /// Share of right answers.
    pub observed: f64,
    /// Mean absolute gap of predicted and observed in ten bins of equal width, weighted by their answers. By chance alone
    /// it is about .05 with 200 answers.
    pub error: f64,
    /// (Σ predicted − Σ right) / √Σ p(1 − p): about standard normal while the predictions hold.
    pub z: f64,
}

/// Whether the forecast may order the drill.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Trust {
    /// Fewer than [`MIN_CALIBRATION`] predictions: the order is by value, the figures are not shown.
    TooFew,
    /// The predictions hold.
    Held(Calibration),
    /// More was predicted than came true: the order is that of SM-2.
    OverConfident(Calibration),
}

/// Answers that the intercept and the calibration look back on.
pub const N_RECENT: usize = 200;
/// Answers below which nothing is said about calibration.
pub const MIN_CALIBRATION: usize = 64;
/// Farthest that the intercept goes, in logits.
pub const MAX_SHIFT: f64 = 2.0;
/// Standard deviation of the intercept before the first answer, in logits: a convention.
const PRIOR_DEVIATION: f64 = 0.7;
/// The guard calls a forecast over-confident above this z …
const MAX_Z: f64 = 3.0;
/// … if predicted is also above observed by this: less costs nothing that can be felt.
const MAX_GAP: f64 = 0.05;
/// Weight of the older answers when one is added.
const KEEP: f64 = 1.0 - 1.0 / 200.0;
const N_SHIFTS: usize = 17;
const N_BINS: u32 = 10;

impl Forecast {
    /// The forecast before the first answer.
    pub const START: Forecast = Forecast { log_likelihoods: [0.0; N_SHIFTS], recent: Vec::new(), shift: 0.0 };

    /// Returns what is expected of a concept. `known_share` is the probability that it is known if it was never
    /// answered; such knowledge is taken to stay until the exam.
    pub fn prospect(&self, memory: &MemoryRecord, known_share: f64, today: StudyDay, exam_day: StudyDay) -> Prospect {
        let odds = self.shift.exp();
        let recall = |trace: Trace, day: StudyDay| shifted(trace.recall(day), odds);
        let Some(trace) = memory.trace() else {
            let learnt = recall(Trace::learnt(today), exam_day);
            let on_exam_day_if_shown = known_share + (1.0 - known_share) * learnt;
            return Prospect { today: known_share, on_exam_day: known_share, on_exam_day_if_shown };
        };
        let now = recall(trace, today);
        let on_exam_day_if_shown = if memory.card.is_some_and(|card| card.repeat_on == Some(today)) {
            recall(trace.repeated(), exam_day)
        } else {
            now * recall(trace.recalled(today), exam_day) + (1.0 - now) * recall(trace.relearnt(today), exam_day)
        };
        Prospect { today: now, on_exam_day: recall(trace, exam_day), on_exam_day_if_shown }
    }

    /// Returns the forecast after answers of which the expectations were kept, the oldest first.
    ///
    /// The intercept is that of these answers alone: with the newest 400, what is older would weigh less than .14 of all.
    pub fn of(answers: &[(Expectation, bool)]) -> Forecast {
        let mut forecast = Forecast::START;
        for (expectation, is_right) in answers {
            forecast.weigh(expectation, *is_right);
        }
        let newest = &answers[answers.len().saturating_sub(N_RECENT)..];
        let prediction = |(expectation, is_right): &(Expectation, bool)| expectation.prediction(*is_right);
        forecast.recent = newest.iter().map(prediction).collect();
        forecast.shift = posterior_mean(&forecast.log_likelihoods);
        forecast
    }

    /// Returns what is expected of an answer to a concept as it stands. `chance` is that of a right answer without
    /// knowledge, 0 to below 1.
    ///
    /// `None` for first meetings and repeats of the same day: they say nothing about forgetting.
    pub fn expectation(&self, memory: &MemoryRecord, today: StudyDay, chance: f64) -> Option<Expectation> {
        let recall = memory.trace().filter(|trace| trace.since < today)?.recall(today);
        let p_right = p_right(recall, chance, self.shift);
        Some(Expectation { recall, chance, p_right })
    }

    /// Takes in an answer of which this was expected.
    #[must_use]
    pub fn after(mut self, expectation: &Expectation, is_right: bool) -> Forecast {
        if self.recent.len() == N_RECENT {
            self.recent.remove(0);
        }
        self.recent.push(expectation.prediction(is_right));
        self.weigh(expectation, is_right);
        self.shift = posterior_mean(&self.log_likelihoods);
        self
    }

    /// Takes in an answer to a concept as it stood before; what says nothing about forgetting changes nothing.
    #[must_use]
    pub fn observed(self, memory: &MemoryRecord, today: StudyDay, chance: f64, is_right: bool) -> Forecast {
        match self.expectation(memory, today, chance) {
            Some(expectation) => self.after(&expectation, is_right),
            None => self,
        }
    }

    fn weigh(&mut self, expectation: &Expectation, is_right: bool) {
        for (shift, log) in shifts().zip(&mut self.log_likelihoods) {
            let p_right = p_right(expectation.recall, expectation.chance, shift).clamp(1e-6, 1.0 - 1e-6);
            *log = *log * KEEP + if is_right { p_right } else { 1.0 - p_right }.ln();
        }
    }

    /// Returns the intercept in logits; below 0 when less was recalled than the model has it.
    pub fn shift(&self) -> f64 {
        self.shift
    }

    /// Returns the newest predictions, at most [`N_RECENT`], the newest last.
    pub fn recent(&self) -> &[Prediction] {
        &self.recent
    }

    /// Says whether the forecast may be trusted.
    pub fn trust(&self) -> Trust {
        trust(&self.recent)
    }
}

/// Judges predictions by how they came out, in any order.
///
/// They are over-confident if z > 3 and the gap is above .05: calibration in the large, one-sided (D. R. Cox, "Two
/// further applications of a model for binary regression", 1958). True predictions are called so at 1 or 2 looks in a
/// thousand, and once or more in 3.6 of a hundred courses of 1,000 answers with a look after each twenty.
pub fn trust(predictions: &[Prediction]) -> Trust {
    let calibration = Calibration::of(predictions);
    match calibration {
        _ if calibration.n < MIN_CALIBRATION => Trust::TooFew,
        _ if calibration.z > MAX_Z && calibration.predicted - calibration.observed > MAX_GAP => {
            Trust::OverConfident(calibration)
        }
        _ => Trust::Held(calibration),
    }
}

impl Calibration {
    fn of(predictions: &[Prediction]) -> Calibration {
        let n = number(predictions.len()).max(1.0);
        let sum = |of: fn(&Prediction) -> f64| predictions.iter().map(of).sum::<f64>();
        let predicted = sum(|prediction| prediction.p_right);
        let right = sum(Prediction::outcome);
        let variance = sum(|prediction| prediction.p_right * (1.0 - prediction.p_right));
        let z = if variance > 0.0 { (predicted - right) / variance.sqrt() } else { 0.0 };
        let gap = |bin: u32| {
            let own = predictions.iter().filter(|prediction| prediction.bin() == bin);
            own.map(|prediction| prediction.p_right - prediction.outcome()).sum::<f64>().abs()
        };
        let error = (0..N_BINS).map(gap).sum::<f64>() / n;
        Calibration { n: predictions.len(), predicted: predicted / n, observed: right / n, error, z }
    }
}

impl Expectation {
    fn prediction(&self, is_right: bool) -> Prediction {
        Prediction { p_right: self.p_right, is_right }
    }
}

impl Prediction {
    fn outcome(&self) -> f64 {
        if self.is_right { 1.0 } else { 0.0 }
    }

    fn bin(&self) -> u32 {
        (1..N_BINS).rev().find(|edge| self.p_right >= f64::from(*edge) / f64::from(N_BINS)).unwrap_or(0)
    }
}

/// The probability of a right answer with an intercept of `shift` logits.
fn p_right(recall: f64, chance: f64, shift: f64) -> f64 {
    chance + (1.0 - chance) * shifted(recall, shift.exp())
}

/// Moves a probability by the logarithm of `odds`.
fn shifted(probability: f64, odds: f64) -> f64 {
    let for_it = probability * odds;
    for_it / (for_it + 1.0 - probability)
}

fn shifts() -> impl Iterator<Item = f64> {
    (-8..=8_i32).map(|step| MAX_SHIFT * f64::from(step) / 8.0)
}

fn posterior_mean(log_likelihoods: &[f64; N_SHIFTS]) -> f64 {
    let log_posterior = |(shift, log): (f64, &f64)| log - 0.5 * (shift / PRIOR_DEVIATION).powi(2);
    let most = shifts().zip(log_likelihoods).map(log_posterior).fold(f64::NEG_INFINITY, f64::max);
    let (mut sum, mut total) = (0.0, 0.0);
    for (shift, log) in shifts().zip(log_likelihoods) {
        let weight = (log_posterior((shift, log)) - most).exp();
        sum += shift * weight;
        total += weight;
    }
    sum / total
}

#[expect(clippy::cast_precision_loss, reason = "counts of answers are far below 2^52")]
fn number(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rand::RngExt;

    use super::*;
    use crate::base::Seed;
    use crate::review::{Card, EaseFactor, Memory};

    const TODAY: StudyDay = StudyDay::from_number(1_000);

    fn memory(interval_days: u32, ease: u32, days_ago: i32) -> MemoryRecord {
        let since = StudyDay::from_number(TODAY.number() - days_ago);
        let memory = Memory { repetition: 3, interval_days, ease: EaseFactor::from_hundredths(ease) };
        let due = since.plus(interval_days);
        let card =
            Card { memory, due, n_lapses: 0, last_review: Some(since), introduced_on: Some(since), repeat_on: None };
        MemoryRecord { card: Some(card), last_answer: Some(since) }
    }

    fn recall(memory: MemoryRecord) -> f64 {
        Forecast::START.prospect(&memory, 0.0, TODAY, TODAY.plus(14)).today
    }

    /// Answers that come right with the predicted probability, changed by `shift` logits.
    fn answers(seed: u64, shift: f64, n: usize) -> Vec<Prediction> {
        let mut rng = Seed(seed).rng();
        let answer = |_| {
            let p_right = 0.5 + 0.48 * rng.random::<f64>();
            Prediction { p_right, is_right: rng.random::<f64>() < shifted(p_right, shift.exp()) }
        };
        (0..n).map(answer).collect()
    }

    const N_COURSES: usize = 100;

    /// Share of learners for whom the guard speaks at any of the looks, one after each twenty of `n` answers.
    fn alarmed_share(shift: f64, n: usize) -> f64 {
        let is_alarmed = |course: &usize| {
            let answers = answers(u64::try_from(*course).expect("a small number"), shift, n);
            let look = |end: usize| trust(&answers[end.saturating_sub(N_RECENT)..end]);
            (20..=n).step_by(20).any(|end| matches!(look(end), Trust::OverConfident(_)))
        };
        number((0..N_COURSES).filter(is_alarmed).count()) / number(N_COURSES)
    }

    #[test]
    fn noise_alarms_the_guard_in_few_of_a_hundred_courses_of_a_thousand_answers() {
        // 3.6 of a hundred, counted on 20,000 courses.
        let share = alarmed_share(0.0, 1_000);
        assert!(share < 0.06, "{share}");
    }

    #[test]
    fn one_look_at_true_predictions_alarms_once_in_hundreds() {
        let n_alarms =
            (0..1_000).filter(|seed| matches!(trust(&answers(*seed, 0.0, 200)), Trust::OverConfident(_))).count();
        assert!(n_alarms <= 5, "{n_alarms} of 1000, about 1 expected");
    }

    #[test]
    fn over_confidence_by_a_logit_is_found_within_two_hundred_answers() {
        let share = alarmed_share(-1.0, 200);
        assert!(share > 0.98, "{share}");
    }

    #[test]
    fn under_confidence_is_no_reason_for_the_guard() {
        assert!(alarmed_share(1.0, 400) <= 0.0);
    }

    #[test]
    fn below_sixty_four_answers_nothing_is_said() {
        let wrong = Prediction { p_right: 0.99, is_right: false };
        assert_eq!(trust(&[wrong; 63]), Trust::TooFew);
        assert!(matches!(trust(&[wrong; 64]), Trust::OverConfident(_)));
    }

    #[test]
    fn calibration_sums_up_what_was_predicted_and_what_came() {
        let predictions = [Prediction { p_right: 0.8, is_right: true }, Prediction { p_right: 0.6, is_right: false }];
        let found = Calibration::of(&predictions);
        assert!((found.predicted - 0.7).abs() < 1e-12 && (found.observed - 0.5).abs() < 1e-12);
        assert!((found.error - 0.4).abs() < 1e-12);
        assert!((found.z - 0.4 / (0.16_f64 + 0.24).sqrt()).abs() < 1e-12);
    }

    /// Goes on with `n` answers of a learner whose logit of recall differs from the model's by `shift`; tells also how
    /// often the guard spoke.
    fn go_on(mut forecast: Forecast, seed: u64, shift: f64, n: u32) -> (Forecast, usize) {
        let mut rng = Seed(seed).rng();
        let mut n_alarms = 0;
        for idx in 0..n {
            let memory = memory(6 + idx % 30, 250, 4 + i32::try_from(idx % 40).expect("below 40"));
            let p_right = 0.25 + 0.75 * shifted(recall(memory), shift.exp());
            forecast = forecast.observed(&memory, TODAY, 0.25, rng.random::<f64>() < p_right);
            n_alarms += usize::from(matches!(forecast.trust(), Trust::OverConfident(_)));
        }
        (forecast, n_alarms)
    }

    #[test]
    fn the_intercept_finds_learners_who_differ_from_the_model() {
        for shift in [-1.0, 0.0, 0.8] {
            let found = (0..20).map(|seed| go_on(Forecast::START, seed, shift, 300).0.shift()).sum::<f64>() / 20.0;
            assert!((found - shift).abs() < 0.3, "{shift} was found as {found}");
        }
    }

    #[test]
    fn the_guard_speaks_when_memory_breaks_down_and_falls_silent_once_the_intercept_has_followed() {
        let mut n_late_alarms = 0;
        for seed in 0..10 {
            let (good, _) = go_on(Forecast::START, seed, 0.5, 300);
            let (failing, n_alarms) = go_on(good, seed + 100, -3.0, 120);
            assert!(n_alarms > 0, "silent with seed {seed}");
            let (followed, _) = go_on(failing, seed + 200, -1.5, 600);
            n_late_alarms += go_on(followed, seed + 300, -1.5, 200).1;
        }
        assert!(n_late_alarms < 20, "spoke after {n_late_alarms} of 2000 answers");
    }

    #[test]
    fn the_intercept_is_bounded_and_starts_at_none() {
        assert!(Forecast::START.shift().abs() < 1e-12);
        let always_wrong =
            (0..500).fold(Forecast::START, |forecast, _| forecast.observed(&memory(30, 250, 3), TODAY, 0.0, false));
        assert!((-MAX_SHIFT..-1.5).contains(&always_wrong.shift()));
        assert_eq!(always_wrong.recent().len(), N_RECENT);
    }

    #[test]
    fn first_meetings_and_repeats_of_the_day_teach_nothing() {
        let forecast = Forecast::START.observed(&MemoryRecord::NEW, TODAY, 0.25, true);
        assert_eq!(forecast.observed(&memory(1, 196, 0), TODAY, 0.25, false), Forecast::START);
    }

    #[test]
    fn kept_expectations_give_the_same_forecast_again() {
        let mut forecast = Forecast::START;
        let mut kept = Vec::new();
        for idx in 0..300 {
            let memory = memory(6 + idx % 30, 250, 4 + i32::try_from(idx % 40).expect("below 40"));
            let expectation = forecast.expectation(&memory, TODAY, 0.25).expect("it was answered before");
            kept.push((expectation, idx % 5 != 0));
            forecast = forecast.after(&expectation, idx % 5 != 0);
        }
        assert_eq!(Forecast::of(&kept), forecast);
        assert_eq!(Forecast::of(&[]), Forecast { shift: posterior_mean(&[0.0; N_SHIFTS]), ..Forecast::START });
    }

    #[test]
    fn an_early_right_answer_makes_recall_likelier_although_the_card_stays() {
        let before = memory(15, 250, 10);
        let after = MemoryRecord { last_answer: Some(StudyDay::from_number(TODAY.number() - 2)), ..before };
        assert!(recall(after) > recall(before));
    }

    #[test]
    fn a_card_that_a_mock_made_counts_from_the_mock() {
        let card = Card { last_review: None, memory: Memory::NEW, ..memory(1, 250, 3).card.expect("a card") };
        let examined = MemoryRecord { card: Some(card), last_answer: Some(StudyDay::from_number(TODAY.number() - 3)) };
        assert!(!examined.is_new() && recall(examined) < 0.9);
        assert!(MemoryRecord { last_answer: None, ..examined }.is_new());
    }

    proptest! {
        #[test]
        fn recall_falls_with_time_and_rises_with_interval_and_ease(
            interval in 1_u32..2_000, ease in 130_u32..330, days in 0_i32..3_000,
        ) {
            let found = recall(memory(interval, ease, days));
            prop_assert!((0.0..=1.0).contains(&found));
            prop_assert!(recall(memory(interval, ease, days + 1)) < found);
            prop_assert!(recall(memory(interval + 1, ease, days)) >= found);
            prop_assert!(recall(memory(interval, ease + 1, days)) >= found);
        }

        #[test]
        fn a_lower_intercept_lowers_every_recall(interval in 1_u32..100, days in 1_i32..200, n in 1_usize..40) {
            let memory = memory(interval, 250, days);
            let doubtful = (0..n).fold(Forecast::START, |forecast, _| forecast.observed(&memory, TODAY, 0.25, false));
            prop_assert!(doubtful.prospect(&memory, 0.0, TODAY, TODAY).today < recall(memory));
        }
    }
}
