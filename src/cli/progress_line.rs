//! A line on standard error that says how far the work has come, where a person sees it and has waited for a second.

use std::io::{IsTerminal, Write, stderr};

use chrono::{DateTime, TimeDelta, Utc};

use crate::app::{Clock, SystemClock};

/// The line; it goes when the value does.
pub(in crate::cli) struct ProgressLine {
    next: Option<DateTime<Utc>>, // `None` where nobody sees it
    is_shown: bool,
}

/// Time before the line is shown, and time between its changes.
const PATIENCE: TimeDelta = TimeDelta::seconds(1);
const PAUSE: TimeDelta = TimeDelta::milliseconds(200);

/// Puts the cursor at the beginning of the line and empties it.
const EMPTY_LINE: &str = "\r\u{1b}[K";

impl ProgressLine {
    /// Begins to wait.
    pub(in crate::cli) fn new() -> ProgressLine {
        let next = stderr().is_terminal().then(|| SystemClock.reading().wall + PATIENCE);
        ProgressLine { next, is_shown: false }
    }

    /// Shows the words if it is time to.
    pub(in crate::cli) fn show(&mut self, words: impl FnOnce() -> String) {
        let Some(next) = self.next else { return };
        let now = SystemClock.reading().wall;
        if next <= now {
            write(&format!("{EMPTY_LINE}{}", words()));
            self.next = Some(now + PAUSE);
            self.is_shown = true;
        }
    }
}

impl Drop for ProgressLine {
    fn drop(&mut self) {
        if self.is_shown {
            write(EMPTY_LINE);
        }
    }
}

fn write(text: &str) {
    let mut stderr = stderr().lock();
    // Where the line cannot be written nobody misses it.
    let _unheard = stderr.write_all(text.as_bytes()).and_then(|()| stderr.flush());
}
