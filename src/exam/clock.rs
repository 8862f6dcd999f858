//! The exam's clock: what a crash, a suspend or a changed wall clock may give back is bounded here.

use std::time::Duration;

use chrono::{DateTime, Utc};

/// One look at the machine's clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockReading {
    /// The wall clock; people and time services can step it.
    pub wall: DateTime<Utc>,
    /// Time since the machine started, suspend included; `None` where the machine has no such clock.
    pub since_boot: Option<SinceBoot>,
}

/// A time on a clock that runs from the start of the machine and that nobody can set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SinceBoot {
    /// Differs for every start of the machine.
    pub boot_id: u128,
    /// Time since that start.
    pub passed: Duration,
}

/// A moment of a sitting on which its clock is fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Anchor {
    /// Exam time that had passed at that moment.
    pub elapsed: Duration,
    /// The machine's clocks at that moment.
    pub reading: ClockReading,
}

/// The newest trace of a running sitting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Heartbeat {
    /// Exam time that had passed at that moment.
    pub elapsed: Duration,
}

impl Anchor {
    /// Returns the exam time that has passed at `now`.
    ///
    /// Within one start of the machine, the clock since boot decides. Otherwise it is the wall clock, but never less
    /// than the last heartbeat: so a fault gives back at most the time between two heartbeats, and the time switched
    /// off counts unless the wall clock was set back. The result is never less than the anchor's own exam time.
    pub fn elapsed_at(&self, now: ClockReading, heartbeat: Option<Heartbeat>) -> Duration {
        if let (Some(then), Some(now)) = (self.reading.since_boot, now.since_boot)
            && then.boot_id == now.boot_id
        {
            return self.elapsed + now.passed.saturating_sub(then.passed);
        }
        // A negative difference has no `Duration`: the wall clock was set back.
        let by_wall = (now.wall - self.reading.wall).to_std().unwrap_or(Duration::ZERO);
        let last_seen = heartbeat.map_or(Duration::ZERO, |beat| beat.elapsed);
        (self.elapsed + by_wall).max(last_seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const START_WALL: i64 = 1_795_000_000;

    fn reading(wall_secs: i64, boot: Option<(u128, u64)>) -> ClockReading {
        ClockReading {
            wall: DateTime::from_timestamp(START_WALL + wall_secs, 0).expect("a real time"),
            since_boot: boot.map(|(boot_id, secs)| SinceBoot { boot_id, passed: Duration::from_secs(secs) }),
        }
    }

    /// Exam seconds at `now` for a sitting that began at wall 0, 100 s after boot 1, with a heartbeat at 295 s.
    #[track_caller]
    fn check(now: ClockReading, expected_secs: u64) {
        let anchor = Anchor { elapsed: Duration::ZERO, reading: reading(0, Some((1, 100))) };
        let heartbeat = Some(Heartbeat { elapsed: Duration::from_secs(295) });
        assert_eq!(anchor.elapsed_at(now, heartbeat).as_secs(), expected_secs);
    }

    #[test]
    fn within_one_boot_a_stepped_wall_clock_changes_nothing() {
        check(reading(300, Some((1, 400))), 300);
        check(reading(-3_600, Some((1, 400))), 300);
        check(reading(99_999, Some((1, 400))), 300);
    }

    #[test]
    fn after_a_reboot_the_time_switched_off_counts() {
        check(reading(1_000, Some((2, 30))), 1_000);
    }

    #[test]
    fn a_wall_clock_set_back_over_a_reboot_gives_back_no_more_than_a_heartbeat() {
        check(reading(-86_400, Some((2, 30))), 295);
        check(reading(100, Some((2, 30))), 295);
    }

    #[test]
    fn without_a_boot_clock_the_wall_clock_serves() {
        check(reading(600, None), 600);
    }

    #[test]
    fn a_later_anchor_carries_the_time_before_it() {
        let anchor = Anchor { elapsed: Duration::from_mins(15), reading: reading(0, Some((2, 10))) };
        assert_eq!(anchor.elapsed_at(reading(5, Some((2, 70))), None).as_secs(), 960);
        assert_eq!(anchor.elapsed_at(reading(-50, None), None).as_secs(), 900);
    }
}
