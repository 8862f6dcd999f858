//! Why a card comes now, as a sentence.

use crate::plan::{Call, Worth};

/// Says why a card comes now: what calls for it, what its domain is, and what a minute with it is worth.
pub(in crate::app) fn why_now(worth: &Worth, domain: Option<String>) -> String {
    let call = match worth.call {
        Call::Due { days_late: 0 } => "Due today".to_owned(),
        Call::Due { days_late: 1 } => "Due yesterday".to_owned(),
        Call::Due { days_late } => format!("Due {days_late} days ago"),
        Call::Repeat => return "Again today, until it is answered well.".to_owned(),
        Call::New => "New to you".to_owned(),
        Call::Early { in_days: 1 } => "Due tomorrow".to_owned(),
        Call::Early { in_days } => format!("Due in {in_days} days"),
    };
    let points = match worth.points_a_minute() {
        ..0.05 => "under 0.1".to_owned(),
        points => format!("{points:.1}"),
    };
    let domain = domain.map_or(String::new(), |domain| format!("; {domain}"));
    format!("{call}{domain}: worth {points} points a minute.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(call: Call, points: f64, domain: Option<&str>, expected: &str) {
        let worth = Worth { deck_place: 0, domain_idx: 0, call, points, expected_secs: 30.0 };
        assert_eq!(why_now(&worth, domain.map(str::to_owned)), expected);
    }

    #[test]
    fn a_sentence_says_what_calls_for_a_card_and_what_it_is_worth() {
        let security = Some("Security is 30 % of the exam");
        let days = |days_late| Call::Due { days_late };
        check(days(3), 0.4, security, "Due 3 days ago; Security is 30 % of the exam: worth 0.8 points a minute.");
        check(days(0), 0.001, None, "Due today: worth under 0.1 points a minute.");
        check(days(1), 0.05, None, "Due yesterday: worth 0.1 points a minute.");
        check(Call::New, 0.5, None, "New to you: worth 1.0 points a minute.");
        check(Call::Early { in_days: 1 }, 0.5, None, "Due tomorrow: worth 1.0 points a minute.");
        check(Call::Repeat, 0.5, security, "Again today, until it is answered well.");
    }
}
