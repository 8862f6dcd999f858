//! Item difficulties from the answers of many learners.
//!
//! [`ResponseMatrix`] sorts the answers by learner. [`calibrate_rasch`] fits the Rasch model to them alone, by marginal
//! maximum likelihood; [`refit_difficulties`] starts from what the author says and lets the answers move it, which is
//! safe with few of them. [`Statistics`] and [`choice_statistics`] describe items without a model, and [`judge_fit`]
//! points at learners whose answers do not look like work on the questions.

mod em;
mod error;
mod expectation;
mod grid;
mod information;
mod item_sets;
mod person_fit;
mod priors;
mod rasch;
mod refit;
mod responses;
#[cfg(test)]
mod sample;
mod statistics;

pub use em::Round;
pub use error::CalibrationError;
pub use person_fit::{LearnerFit, is_rapid, judge_fit, judge_times};
pub use priors::{DifficultyPrior, priors_of};
pub use rasch::{ItemFit, RaschFit, calibrate_rasch};
pub use refit::{Refit, refit_difficulties};
pub use responses::{Answer, Response, ResponseMatrix};
pub use statistics::{ChoiceStatistics, ItemAdvice, ItemStatistics, Statistics, choice_statistics};
