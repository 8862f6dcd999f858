//! Learners whose answers do not look like work on the questions.

use crate::score::calibration::{Answer, RaschFit, ResponseMatrix};
use crate::score::numeric::{count, logistic};

/// Answers faster than this are guesses, in seconds: nobody reads a question in that time (Wise 2017 gives 10 % of the
/// usual time and at most 10 s; 5 s is the safe choice where items are short).
const RAPID_SECS: f64 = 5.0;

/// Share of rapid answers from which a learner did not try (response-time effort below .90; Wise & Kong 2005).
const RAPID_SHARE: f64 = 0.10;

/// Person fit below which a pattern of answers is unlikely: one learner in 200 falls there by chance.
const UNLIKELY_FIT: f64 = -2.576;

/// Fewest answers from which a pattern can be called unlikely; a convention of this program.
const LEAST_ANSWERS: usize = 10;

/// Steps in which an ability is found, and the change in logits at which it counts as found.
const MOST_STEPS: usize = 20;
const FOUND: f64 = 1e-6;

/// How a learner answered.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LearnerFit {
    /// Answers.
    pub n: usize,
    /// Answers whose time is known.
    pub n_timed: usize,
    /// Timed answers that took less than five seconds.
    pub n_rapid: usize,
    /// Person fit `l_z*`, which is standard normal for learners who follow the model, and strongly negative for those
    /// who miss easy items and solve hard ones; `None` without a fitted item.
    pub person_fit: Option<f64>,
}

impl LearnerFit {
    /// Tells whether so many answers were rapid that the learner can hardly have tried.
    pub fn is_rapid(&self) -> bool {
        self.n_rapid > 0 && count(self.n_rapid) >= RAPID_SHARE * count(self.n_timed)
    }

    /// Tells whether the pattern of answers is unlikely under the model; fewer than ten answers make no pattern.
    pub fn is_unlikely(&self) -> bool {
        self.n >= LEAST_ANSWERS && self.person_fit.is_some_and(|fit| fit < UNLIKELY_FIT)
    }
}

/// Tells whether an answer of this many seconds is a rapid guess.
pub fn is_rapid(seconds: f64) -> bool {
    seconds < RAPID_SECS
}

/// Judges every learner. `seconds` gives the time of the answer at a place of the input, if known.
pub fn judge_fit(matrix: &ResponseMatrix, fit: &RaschFit, seconds: impl Fn(u32) -> Option<f64>) -> Vec<LearnerFit> {
    let difficulties: Vec<Option<f64>> =
        fit.items.iter().map(|item| item.difficulty.map(|difficulty| fit.slope * difficulty)).collect();
    let by_time = judge_times(matrix, seconds);
    let judge = |(learner, by_time): (usize, LearnerFit)| LearnerFit {
        person_fit: person_fit(matrix.answers_of(learner), &difficulties, fit.slope),
        ..by_time
    };
    by_time.into_iter().enumerate().map(judge).collect()
}

/// Judges every learner by answer times alone, where no model was fitted.
pub fn judge_times(matrix: &ResponseMatrix, seconds: impl Fn(u32) -> Option<f64>) -> Vec<LearnerFit> {
    let judge = |learner: usize| {
        let times = || matrix.rows_of(learner).iter().filter_map(|row| seconds(*row));
        LearnerFit {
            n: matrix.answers_of(learner).len(),
            n_timed: times().count(),
            n_rapid: times().filter(|seconds| is_rapid(*seconds)).count(),
            person_fit: None,
        }
    };
    (0..matrix.n_learners()).map(judge).collect()
}

/// Returns `l_z*` (Snijders 2001): the standardised log-likelihood of the answers, with the part taken out that the
/// estimate of ability follows. `difficulties` and `sd` are in logits.
///
/// With w = θ − b, which is ln(P/Q), and c = Σ P Q w / Σ P Q it is Σ (u − P)(w − c) / √Σ P Q (w − c)²: the ability is
/// the most probable one, for which Σ (u − P) is the pull of the prior.
fn person_fit(answers: &[Answer], difficulties: &[Option<f64>], sd: f64) -> Option<f64> {
    let known: Vec<(f64, f64)> = answers
        .iter()
        .filter_map(|answer| Some((difficulties.get(answer.item()).copied().flatten()?, f64::from(answer.score()))))
        .collect();
    let theta = most_probable_ability(&known, sd);
    let (mut information, mut mean) = (0.0, 0.0);
    for (difficulty, _) in &known {
        let p = logistic(theta - difficulty);
        information += p * (1.0 - p);
        mean += p * (1.0 - p) * (theta - difficulty);
    }
    mean /= information;
    let (mut sum, mut variance) = (0.0, 0.0);
    for (difficulty, score) in &known {
        let (p, weight) = (logistic(theta - difficulty), theta - difficulty - mean);
        sum += (score - p) * weight;
        variance += p * (1.0 - p) * weight * weight;
    }
    (variance > 0.0).then(|| sum / variance.sqrt())
}

/// Returns the mode of the ability's posterior under a normal population with the mean 0.
fn most_probable_ability(answers: &[(f64, f64)], sd: f64) -> f64 {
    let mut theta = 0.0;
    for _ in 0..MOST_STEPS {
        let (mut slope, mut information) = (-theta / (sd * sd), 1.0 / (sd * sd));
        for (difficulty, score) in answers {
            let p = logistic(theta - difficulty);
            slope += score - p;
            information += p * (1.0 - p);
        }
        let step = (slope / information).clamp(-1.0, 1.0);
        theta += step;
        if step.abs() < FOUND {
            break;
        }
    }
    theta
}

#[cfg(test)]
mod tests {
    use crate::score::calibration::calibrate_rasch;
    use crate::score::calibration::sample::simulated;

    use super::*;

    #[test]
    fn learners_who_follow_the_model_have_a_standard_normal_fit() {
        let matrix = simulated(2_000, 50, |_, _| true).1;
        let fit = calibrate_rasch(&matrix, &mut |_| {}).expect("a fit");
        let fits: Vec<f64> =
            judge_fit(&matrix, &fit, |_| None).iter().map(|learner| learner.person_fit.expect("a fit")).collect();
        let mean = fits.iter().sum::<f64>() / 2_000.0;
        let sd = (fits.iter().map(|fit| (fit - mean).powi(2)).sum::<f64>() / 2_000.0).sqrt();
        assert!(mean.abs() < 0.1 && (sd - 1.0).abs() < 0.1, "{mean} {sd}");
        let n_unlikely = fits.iter().filter(|fit| **fit < UNLIKELY_FIT).count();
        assert!(n_unlikely < 40, "{n_unlikely}");
    }

    #[test]
    fn missing_the_easy_and_solving_the_hard_is_unlikely() {
        let difficulties: Vec<Option<f64>> = (0..20).map(|item| Some(f64::from(item) / 5.0 - 2.0)).collect();
        let pattern = |is_right: fn(usize) -> bool| {
            let marks: String = (0..20).map(|item| if is_right(item) { '+' } else { '-' }).collect();
            let matrix = crate::score::calibration::sample::learners(&[&marks]);
            person_fit(matrix.answers_of(0), &difficulties, 1.0).expect("a fit")
        };
        assert!(pattern(|item| item >= 10) < -4.0);
        assert!(pattern(|item| item < 10) > 1.0);
    }

    #[track_caller]
    fn check_rapid(n_timed: usize, n_rapid: usize, expected: bool) {
        assert_eq!(LearnerFit { n: n_timed, n_timed, n_rapid, person_fit: None }.is_rapid(), expected);
    }

    #[test]
    fn a_tenth_of_rapid_answers_is_too_many() {
        assert!(is_rapid(4.9) && !is_rapid(5.0));
        check_rapid(0, 0, false);
        check_rapid(50, 4, false);
        check_rapid(50, 5, true);
    }
}
