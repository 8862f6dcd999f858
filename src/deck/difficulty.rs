//! How hard an item is, as its author says it or as it was measured.

use crate::base::Share;

/// What a deck says about difficulty; `score` turns it into a place on the ability scale.
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
    /// Measured from learners' answers.
    Measured(Measurement),
}

/// A difficulty that was measured.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Measurement {
    /// Logits on the ability scale; finite.
    pub logits: f64,
    /// Standard error in logits; finite, at least 0.
    pub error: f64,
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
