//! Memory: SM-2, what counts as which grade, and how evidence moves a card. Pure.

mod card;
mod evidence;
mod sm2;

pub use card::{Card, LEECH_LAPSES, after};
pub use evidence::{Evidence, MockOutcome, Rating, Speed, drill_grade, mock_outcome};
pub use sm2::{EaseFactor, Grade, MAX_INTERVAL_DAYS, Memory};
