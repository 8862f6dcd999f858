//! Which items of a sitting are looked at afterwards.

/// Which items of a sitting are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemFilter {
    /// All of them.
    All,
    /// Those without a right answer: wrong, incomplete, blank or not reached.
    Wrong,
    /// Those that were marked as a guess.
    Guessed,
    /// Those that are flagged.
    Flagged,
    /// Those that are reported as doubtful.
    Doubtful,
}

impl ItemFilter {
    /// All filters in the order of the screen.
    pub const ALL: [ItemFilter; 5] =
        [ItemFilter::All, ItemFilter::Wrong, ItemFilter::Guessed, ItemFilter::Flagged, ItemFilter::Doubtful];

    /// Returns the filter in words, to go on after a number of questions.
    pub fn words(self) -> &'static str {
        match self {
            ItemFilter::All => "in all",
            ItemFilter::Wrong => "wrong",
            ItemFilter::Guessed => "guessed",
            ItemFilter::Flagged => "flagged",
            ItemFilter::Doubtful => "reported as doubtful",
        }
    }
}
