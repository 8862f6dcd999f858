//! How hard an item is, as its author says it.

use crate::base::Share;

/// An author's statement of difficulty; `score` turns it into a place on the ability scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Difficulty {
    /// One of three words.
    Effort(Effort),
    /// A level from 1 (easiest) to 5 (hardest).
    Level(u8),
    /// Logits on the ability scale, taken as exact; finite.
    Logits(f64),
    /// The share of barely passing candidates who answer rightly (Angoff).
    Angoff(Share),
}

/// Difficulty in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// Most candidates who pass know it.
    Easy,
    /// The level of the exam.
    Medium,
    /// Tells strong candidates apart.
    Hard,
}
