//! Extra time: an accommodation that a candidate has at the real exam too.

use std::str::FromStr;
use std::time::Duration;

/// How much longer a candidate may take.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtraTime {
    /// So many minutes more.
    Minutes(u32),
    /// The usual time, multiplied.
    Hundredths(u32), // Invariant: from 101 to 1000.
}

/// Says that a text names no extra time.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("write minutes, such as 30, or a multiple of the usual time from 1.01x to 10x, such as 1.5x")]
pub struct ExtraTimeError;

/// Most extra minutes: a day.
const MOST_MINUTES: u32 = 24 * 60;

impl ExtraTime {
    /// Returns what is added to the usual time, in whole minutes, rounded up.
    pub fn beyond(self, usual: Duration) -> Duration {
        let secs = match self {
            ExtraTime::Minutes(minutes) => u64::from(minutes) * 60,
            ExtraTime::Hundredths(hundredths) => {
                (usual.as_secs().saturating_mul(u64::from(hundredths.saturating_sub(100)))).div_ceil(100)
            }
        };
        Duration::from_secs(secs.div_ceil(60).saturating_mul(60))
    }
}

impl FromStr for ExtraTime {
    type Err = ExtraTimeError;

    /// Reads `30` as minutes and `1.5x` as a multiple.
    fn from_str(text: &str) -> Result<ExtraTime, ExtraTimeError> {
        let Some(factor) = text.strip_suffix(['x', 'X']) else {
            let minutes = text.parse().map_err(|_| ExtraTimeError)?;
            return if (1..=MOST_MINUTES).contains(&minutes) {
                Ok(ExtraTime::Minutes(minutes))
            } else {
                Err(ExtraTimeError)
            };
        };
        let (whole, parts) = factor.split_once('.').unwrap_or((factor, "0"));
        let is_short = (1..=2).contains(&whole.len()) && (1..=2).contains(&parts.len());
        let are_digits = whole.bytes().chain(parts.bytes()).all(|byte| byte.is_ascii_digit());
        if !is_short || !are_digits {
            return Err(ExtraTimeError);
        }
        let hundredths: u32 = format!("{whole}{parts:0<2}").parse().map_err(|_| ExtraTimeError)?;
        if (101..=1000).contains(&hundredths) { Ok(ExtraTime::Hundredths(hundredths)) } else { Err(ExtraTimeError) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected_minutes: Option<u64>) {
        let extra = text.parse::<ExtraTime>().ok().map(|extra| extra.beyond(Duration::from_mins(90)));
        assert_eq!(extra.map(|extra| extra.as_secs()), expected_minutes.map(|minutes| minutes * 60));
    }

    #[test]
    fn extra_time_is_minutes_or_a_multiple_and_never_less_than_promised() {
        check("30", Some(30));
        check("1.5x", Some(45));
        check("1.25X", Some(23));
        check("2x", Some(90));
        check("1.33x", Some(30));
        check("10x", Some(810));
    }

    #[test]
    fn what_is_no_extra_time_is_refused() {
        for text in ["0", "", "x", "1x", "0.5x", "11x", "1.555x", "-5", "1,5x", "30 min", "99999", "+1.5x"] {
            check(text, None);
        }
    }
}
