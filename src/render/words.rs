//! Small phrases that every report uses alike.

use std::time::Duration;

use crate::exam::NoEvidence;
use crate::score::ReadinessLabel;

/// Writes `1 question`, `2 questions`.
pub fn plural(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

/// Writes `once`, `twice`, `3 times`.
pub(in crate::render) fn times(n: usize) -> String {
    match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        _ => format!("{n} times"),
    }
}

/// Writes minutes and seconds, `62:10`; past a hundred minutes too.
pub fn clock(duration: Duration) -> String {
    let secs = duration.as_secs();
    format!("{}:{:02}", secs / 60, secs % 60)
}

/// Writes whole minutes, rounded to the nearest: `90 minutes`.
pub fn minutes_words(duration: Duration) -> String {
    let minutes = (duration.as_secs() + 30) / 60;
    plural(usize::try_from(minutes).unwrap_or(usize::MAX), "minute", "minutes")
}

/// Says why a sitting is no evidence of readiness, to go on after "not counted:".
pub(in crate::render) fn no_evidence_words(reason: NoEvidence) -> String {
    match reason {
        NoEvidence::NotFull => "it was not a full form under the exam's time limit".to_owned(),
        NoEvidence::Taste => "it was a taste".to_owned(),
        NoEvidence::Practice => "it was practice".to_owned(),
        NoEvidence::StillOpen => "it is still open".to_owned(),
        NoEvidence::Abandoned => "it was abandoned".to_owned(),
        NoEvidence::Unattended => "time ran out with nobody there".to_owned(),
        NoEvidence::LeftAlone { away } => format!("it was left alone for {}", minutes_words(away)),
        NoEvidence::SeenBefore { n_seen, n_scored } => {
            format!("{n_seen} of {n_scored} counting questions had been seen before")
        }
    }
}

/// Writes a probability as whole percent; what rounds to none or all is never said to be certain.
pub fn probability_words(probability: f64) -> String {
    match probability {
        ..0.01 => "under 1 %".to_owned(),
        0.99.. => "over 99 %".to_owned(),
        _ => percent(probability),
    }
}

/// Says a label of readiness.
pub fn readiness_words(label: ReadinessLabel) -> &'static str {
    match label {
        ReadinessLabel::NotReady => "not ready",
        ReadinessLabel::CoinFlip => "coin flip",
        ReadinessLabel::Close => "close",
        ReadinessLabel::Ready => "ready",
        ReadinessLabel::Comfortable => "comfortable",
    }
}

/// Writes how far off a day is: `today`, `tomorrow`, `in 6 days`.
pub fn days_ahead(n_days: i32) -> String {
    match n_days {
        ..=0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        _ => format!("in {n_days} days"),
    }
}

/// Writes a share as whole percent, rounded half up: `71 %`.
pub(in crate::render) fn percent(share: f64) -> String {
    format!("{} %", whole(100.0 * share))
}

/// Rounds half up to a whole number for display.
#[expect(clippy::cast_possible_truncation, reason = "displayed numbers are scores and percents, far below 2^53")]
pub(in crate::render) fn whole(value: f64) -> i64 {
    (value + 0.5).floor() as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_follow_their_numbers() {
        assert_eq!([plural(1, "item", "items"), plural(0, "item", "items")], ["1 item", "0 items"]);
        assert_eq!(clock(Duration::from_secs(3_730)), "62:10");
        assert_eq!(clock(Duration::from_secs(9)), "0:09");
        assert_eq!(minutes_words(Duration::from_mins(90)), "90 minutes");
        assert_eq!([days_ahead(0), days_ahead(1), days_ahead(6)], ["today", "tomorrow", "in 6 days"]);
        assert_eq!(percent(0.705), "71 %");
        assert_eq!([0.0, 0.5, 0.994].map(probability_words), ["under 1 %", "50 %", "over 99 %"]);
    }
}
