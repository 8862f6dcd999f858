//! The only place that reads the machine's clocks and its chance.

use std::fs;
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset, Local, Offset, TimeZone, Utc};
use rand::TryRng;
use rustix::time::{ClockId, clock_gettime};

use crate::base::Seed;
use crate::exam::{ClockReading, SinceBoot};

/// Tells the time.
pub trait Clock {
    /// Looks at the machine's clocks.
    fn reading(&self) -> ClockReading;
    /// Returns an instant with the learner's offset from UTC at that time.
    fn local(&self, at: DateTime<Utc>) -> DateTime<FixedOffset>;
}

/// The machine's own clocks.
#[derive(Debug, Default)]
pub struct SystemClock;

/// A clock that was set by hand and runs on from there; it knows no start of the machine.
#[derive(Debug)]
pub struct PinnedClock {
    start: DateTime<FixedOffset>,
    began: Instant,
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the wall clock")]
    fn reading(&self) -> ClockReading {
        ClockReading { wall: Utc::now(), since_boot: since_boot() }
    }

    fn local(&self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        let offset = Local.offset_from_utc_datetime(&at.naive_utc()).fix();
        at.with_timezone(&offset)
    }
}

impl PinnedClock {
    /// Sets the clock to `start`; the offset of `start` is the learner's.
    #[expect(clippy::disallowed_methods, reason = "a pinned clock runs on by the machine's steady clock")]
    pub fn new(start: DateTime<FixedOffset>) -> PinnedClock {
        PinnedClock { start, began: Instant::now() }
    }
}

impl Clock for PinnedClock {
    fn reading(&self) -> ClockReading {
        let wall = self.start.with_timezone(&Utc) + self.began.elapsed();
        ClockReading { wall, since_boot: None }
    }

    fn local(&self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
        at.with_timezone(self.start.offset())
    }
}

/// Linux tells both the start it is in and the time since then, suspend included; elsewhere the wall clock must do.
fn since_boot() -> Option<SinceBoot> {
    let boot_id = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok()?;
    let boot_id = u128::from_str_radix(&boot_id.trim().replace('-', ""), 16).ok()?;
    let time = clock_gettime(ClockId::Boottime);
    let nanos = u32::try_from(time.tv_nsec).ok()?;
    Some(SinceBoot { boot_id, passed: Duration::new(u64::try_from(time.tv_sec).ok()?, nanos) })
}

/// Draws a seed that nobody chose.
///
/// # Errors
/// The machine's source of chance does not answer.
pub fn fresh_seed() -> Result<Seed, std::io::Error> {
    // Short enough to be typed again.
    let word = rand::rngs::SysRng.try_next_u32().map_err(std::io::Error::other)?;
    Ok(Seed(u64::from(word)))
}
