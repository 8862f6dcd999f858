//! Terms that a deck should no longer use.

/// A term that has aged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaleTerm {
    /// The term as it is written; its case counts.
    pub term: String,
    /// What to write in its place, if there is such a thing.
    pub replacement: Option<String>,
    /// How it has aged.
    pub kind: Staleness,
}

/// How a term has aged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Staleness {
    /// The thing is called otherwise now.
    Renamed,
    /// The thing is no more.
    Retired,
    /// The thing is there, and the exam does not ask about it.
    OutOfScope,
}
