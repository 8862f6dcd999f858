//! Small phrases that every report uses alike.

use std::time::Duration;

/// Writes `1 question`, `2 questions`.
pub fn plural(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
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
    }
}
