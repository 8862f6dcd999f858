//! How sure a learner was against how right, and how far one skill is ahead of another.

use std::collections::BTreeMap;

use crate::deck::Skill;
use crate::exam::Confidence;

/// Expected share of right answers of a learner who says `sure`; a convention of this project.
const SURE: f64 = 0.95;
/// The same for `unsure`.
const UNSURE: f64 = 0.6;
/// Fewest answers with a word of confidence from which calibration is judged.
pub const FEWEST_STATED: usize = 10;
/// Fewest questions of each of two skills from which they are compared.
pub const FEWEST_OF_A_SKILL: usize = 5;

/// An answer with what the learner said of it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StatedAnswer {
    /// How sure the learner said to be.
    pub confidence: Confidence,
    /// The chance of a right answer by blind choice, 0 to 1: what `guess` expects.
    pub chance: f64,
    /// Whether it was right.
    pub is_right: bool,
}

/// What a learner expected against what came.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Overconfidence {
    /// Answers with a word of confidence.
    pub n_answers: usize,
    /// Right answers among them.
    pub n_right: usize,
    /// How many right answers the words expect.
    pub n_expected: f64,
}

impl Overconfidence {
    /// Returns the share of answers that were expected to be right and were not; below 0 for a learner who knew more
    /// than was said.
    pub fn excess(self) -> f64 {
        (self.n_expected - number(self.n_right)) / number(self.n_answers.max(1))
    }
}

/// Compares what was said with what was right; `None` below [`FEWEST_STATED`] answers with a word.
pub fn overconfidence(answers: &[StatedAnswer]) -> Option<Overconfidence> {
    let expected = |answer: &StatedAnswer| match answer.confidence {
        Confidence::Sure => Some(SURE),
        Confidence::Unsure => Some(UNSURE),
        Confidence::Guess => Some(answer.chance),
        Confidence::Unstated => None,
    };
    let stated: Vec<(f64, bool)> =
        answers.iter().filter_map(|answer| Some((expected(answer)?, answer.is_right))).collect();
    (FEWEST_STATED <= stated.len()).then(|| Overconfidence {
        n_answers: stated.len(),
        n_right: stated.iter().filter(|(_, is_right)| *is_right).count(),
        n_expected: stated.iter().map(|(expected, _)| expected).sum(),
    })
}

/// Answers to questions of one skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct RightOf {
    /// Right answers.
    pub n_right: usize,
    /// Questions.
    pub n: usize,
}

/// How far one skill is ahead of another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SkillGap {
    /// The skill that is asked about first.
    pub stronger: Skill,
    /// Answers of that skill, in domains that ask for both.
    pub of_stronger: RightOf,
    /// The other skill.
    pub weaker: Skill,
    /// Answers of that one.
    pub of_weaker: RightOf,
    /// The difference of the shares of right answers within domains, −1 to 1.
    pub difference: f64,
}

/// Compares two skills within `domains`, each with its answers by skill; `None` below [`FEWEST_OF_A_SKILL`] of either in
/// the domains that ask for both.
///
/// The difference is the mean of those of the domains with the weights r s / (r + s) of Mantel & Haenszel (1959), r and s
/// being the numbers of questions: so it is no difference between domains.
pub fn skill_gap(domains: &[BTreeMap<Skill, RightOf>], stronger: Skill, weaker: Skill) -> Option<SkillGap> {
    let (mut of_stronger, mut of_weaker) = (RightOf::default(), RightOf::default());
    let (mut weighted, mut weights) = (0.0, 0.0);
    for skills in domains {
        let (Some(first), Some(second)) = (skills.get(&stronger), skills.get(&weaker)) else { continue };
        let (n_first, n_second) = (number(first.n), number(second.n));
        if first.n == 0 || second.n == 0 {
            continue;
        }
        let weight = n_first * n_second / (n_first + n_second);
        weighted += weight * (number(first.n_right) / n_first - number(second.n_right) / n_second);
        weights += weight;
        of_stronger = of_stronger.and(*first);
        of_weaker = of_weaker.and(*second);
    }
    let is_enough = FEWEST_OF_A_SKILL <= of_stronger.n.min(of_weaker.n);
    is_enough.then(|| SkillGap { stronger, of_stronger, weaker, of_weaker, difference: weighted / weights })
}

impl RightOf {
    fn and(self, other: RightOf) -> RightOf {
        RightOf { n_right: self.n_right + other.n_right, n: self.n + other.n }
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of items are far below 2^52")]
pub(in crate::plan::diagnosis) fn number(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stated(confidence: Confidence, n_right: usize, n: usize) -> Vec<StatedAnswer> {
        (0..n).map(|idx| StatedAnswer { confidence, chance: 0.25, is_right: idx < n_right }).collect()
    }

    #[test]
    fn overconfidence_is_what_was_expected_less_what_was_right() {
        let answers = [stated(Confidence::Sure, 10, 20), stated(Confidence::Guess, 1, 4)].concat();
        let found = overconfidence(&answers).expect("enough was said");
        assert_eq!((found.n_answers, found.n_right), (24, 11));
        assert!((found.excess() - (0.95 * 20.0 + 1.0 - 11.0) / 24.0).abs() < 1e-12);
        let modest = overconfidence(&stated(Confidence::Unsure, 12, 12)).expect("enough was said");
        assert!((modest.excess() + 0.4).abs() < 1e-12);
    }

    #[test]
    fn few_words_of_confidence_tell_nothing() {
        assert_eq!(overconfidence(&stated(Confidence::Sure, 0, 9)), None);
        assert_eq!(overconfidence(&stated(Confidence::Unstated, 5, 50)), None);
    }

    #[test]
    fn skills_are_compared_within_domains() {
        let domain = |recall: (usize, usize), scenario: (usize, usize)| {
            let right = |(n_right, n)| RightOf { n_right, n };
            BTreeMap::from([(Skill::Recall, right(recall)), (Skill::Scenario, right(scenario))])
        };
        let gap = |domains: &[BTreeMap<Skill, RightOf>]| skill_gap(domains, Skill::Recall, Skill::Scenario);
        // All recall questions lie in the easy domain: between domains the shares differ, within them they do not.
        let confounded = gap(&[domain((8, 8), (4, 4)), domain((0, 2), (0, 12))]).expect("enough of both");
        assert!(confounded.difference.abs() < 1e-12);
        let memoriser = gap(&[domain((4, 4), (4, 8)), domain((3, 4), (6, 12))]).expect("enough of both");
        let (first, second) = (4.0 * 8.0 / 12.0, 4.0 * 12.0 / 16.0);
        assert!((memoriser.difference - (first * 0.5 + second * 0.25) / (first + second)).abs() < 1e-12);
        assert_eq!(gap(&[domain((4, 4), (4, 8))]), None, "four recall questions are too few");
    }
}
