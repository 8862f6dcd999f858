//! Moving about in what is longer than the window.

use ratatui::crossterm::event::MouseEventKind;

/// A step through rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// One row up.
    Up,
    /// One row down.
    Down,
    /// A window up, less one row to hold on to.
    PageUp,
    /// A window down, less one row to hold on to.
    PageDown,
    /// To the first row.
    First,
    /// To the last row.
    Last,
}

impl Step {
    /// Returns the step of a turn of the wheel.
    pub(crate) fn of_wheel(kind: MouseEventKind) -> Option<Step> {
        match kind {
            MouseEventKind::ScrollUp => Some(Step::Up),
            MouseEventKind::ScrollDown => Some(Step::Down),
            _ => None,
        }
    }

    /// Returns the place that the step leads to from `place`, in a list whose last place is `last`.
    pub(crate) fn from(self, place: usize, last: usize, n_in_window: usize) -> usize {
        let page = n_in_window.saturating_sub(1).max(1);
        let to = match self {
            Step::Up => place.saturating_sub(1),
            Step::Down => place + 1,
            Step::PageUp => place.saturating_sub(page),
            Step::PageDown => place + page,
            Step::First => 0,
            Step::Last => last,
        };
        to.min(last)
    }
}

/// Returns the first row to show, near `top`, so that `row` is in a window of `height` rows.
pub(crate) fn keep_in_window(row: usize, top: usize, height: usize) -> usize {
    top.min(row).max((row + 1).saturating_sub(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_stop_at_both_ends() {
        assert_eq!(Step::Up.from(0, 9, 5), 0);
        assert_eq!(Step::PageDown.from(3, 9, 5), 7);
        assert_eq!(Step::PageDown.from(7, 9, 5), 9);
        assert_eq!(Step::Last.from(2, 9, 5), 9);
        assert_eq!(Step::Down.from(0, 0, 5), 0);
    }

    #[test]
    fn the_window_moves_only_as_far_as_it_must() {
        assert_eq!(keep_in_window(4, 0, 5), 0);
        assert_eq!(keep_in_window(5, 0, 5), 1);
        assert_eq!(keep_in_window(2, 3, 5), 2);
    }
}
