//! The words for scales, decisions and weights of all kinds of programmes.

use crate::base::SafeText;
use crate::deck::{Blueprint, Domain, ReportedScale, Scale, TotalRule, Weight};
use crate::render::words::percent;

/// Writes a score with its unit: `720`, `72 %`, `36 of 50 points`.
pub fn score_words(score: f64, scale: ReportedScale) -> String {
    match scale.scale() {
        Scale::Fixed(_) => score.to_string(),
        Scale::Percent => format!("{score} %"),
        Scale::Points => format!("{score} of {} points", scale.max()),
    }
}

/// Writes the ends of a scale: `100 to 1000`, `0 to 100 %`, `0 to 50 points`.
pub fn range_words(scale: ReportedScale) -> String {
    let ends = format!("{} to {}", scale.min(), scale.max());
    match scale.scale() {
        Scale::Fixed(_) => ends,
        Scale::Percent => format!("{ends} %"),
        Scale::Points => format!("{ends} points"),
    }
}

/// Writes what passes, as far as the total decides: `700 passes`, `62.5 % passes`, `35 points pass`.
pub fn passing_words(scale: ReportedScale, total: TotalRule) -> String {
    let passing = scale.passing();
    match (total, scale.scale()) {
        (TotalRule::DecidesNothing, _) => "the domains decide".to_owned(),
        (TotalRule::Decides, Scale::Fixed(_)) => format!("{passing} passes"),
        (TotalRule::Decides, Scale::Percent) => format!("{passing} % passes"),
        (TotalRule::Decides, Scale::Points) => format!("{passing} points pass"),
    }
}

/// Says the minimums of an exam; `None` if the total alone decides.
pub fn minimum_words(exam: &Blueprint, domains: &[Domain]) -> Option<String> {
    let minimums = exam.decision.minimums();
    let first = minimums.values().next()?;
    if minimums.len() == domains.len() && minimums.values().all(|minimum| minimum == first) {
        return Some(format!("at least {} in every domain", percent(first.value())));
    }
    let minimum = |domain_idx: &usize| {
        let domain = domains.get(*domain_idx)?;
        Some(format!("{} in {}", percent(minimums.get(domain_idx)?.value()), SafeText::one_line(&domain.title)))
    };
    Some(format!("at least {}", minimums.keys().filter_map(minimum).collect::<Vec<_>>().join(", ")))
}

/// Writes a weight as the deck has it: `30`, `25-30`.
pub fn weight_words(weight: Weight) -> String {
    if weight.is_range() { format!("{}-{}", weight.low(), weight.high()) } else { weight.middle().to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(scale: Scale, cut_share: f64, expected: [&str; 3]) {
        let scale = scale.reported(cut_share, 50);
        let passing = passing_words(scale, TotalRule::Decides);
        assert_eq!([score_words(scale.rounded(37.04), scale), range_words(scale), passing], expected);
    }

    #[test]
    fn scores_have_their_unit() {
        check(Scale::default(), 0.7, ["100", "100 to 1000", "700 passes"]);
        check(Scale::Percent, 0.72, ["37 %", "0 to 100 %", "72 % passes"]);
        check(Scale::Percent, 0.625, ["37 %", "0 to 100 %", "62.5 % passes"]);
        check(Scale::Points, 0.7, ["37 of 50 points", "0 to 50 points", "35 points pass"]);
    }

    #[test]
    fn weights_are_said_as_the_deck_says_them() {
        assert_eq!(weight_words(Weight::exact(30.0)), "30");
        assert_eq!(Weight::range(25.0, 30.0).map(weight_words), Ok("25-30".to_owned()));
    }
}
