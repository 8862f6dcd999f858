//! From right answers to a scaled score: response curves, equating, bands and domain levels. Pure.
//!
//! The working in one breath: the items' [`ItemCurve`]s add up to the form's [`TestCharacteristic`]; inverting it at
//! the share of right answers gives an ability; the frozen [`Reference`] says which share that ability expects on the
//! reference form; and a piecewise-linear scale turns this share into points. [`Bank`] turns what authors say about
//! difficulty into curves, [`score_sitting`] scores one sitting, and [`score_table`] tabulates a form. [`ReadinessModel`]
//! puts dated sittings together and says how probable it is to pass.

mod ability;
mod answer_logs;
mod answer_pattern;
mod author_scale;
mod band;
mod bank;
pub mod calibration;
mod curve;
mod equate;
mod error;
mod exam_form;
mod form;
mod form_scorer;
mod group_readiness;
mod impact;
mod level;
mod lord_wingersky;
mod numeric;
mod outlook;
mod raw_score;
mod readiness;
mod reference;
mod report;
mod requirement;
#[cfg(test)]
mod sample;
mod scaled_score;
mod scorer;
mod table;
mod test_characteristic;

pub use ability::{Ability, AbilityPrior};
pub use answer_pattern::{UNLIKELY_PATTERN, pattern_fit};
pub use author_scale::chance_of;
pub use band::Band;
pub use bank::Bank;
pub use curve::{DifficultySource, ItemCurve};
pub use equate::{Equated, equate};
pub use error::ScoreError;
pub use exam_form::ExamForm;
pub use form::FormItem;
pub use form_scorer::{FormScore, FormScorer};
pub use group_readiness::GroupReadiness;
pub use impact::DomainImpact;
pub use level::{CLEAR_LEVEL, DomainLevels, DomainResult};
pub use lord_wingersky::number_right_distribution;
pub use outlook::{GAIN_PARTS, Lookout, Outlook};
pub use raw_score::RawScore;
pub use readiness::{
    Attempt, Calendar, Days, Drift, Evidence, READY_ATTEMPTS, READY_DAYS, Readiness, ReadinessLabel, ReadinessModel,
};
pub use reference::{CurveModel, Reference, ReferenceDomain, ReferenceParts};
pub use report::{ScoreNote, ScoreReport, ScoredItem, ScoringRules, score_sitting};
pub use requirement::{Need, Requirement, Subject};
pub use scaled_score::{Outcome, ScaledScore, scaled_exact};
pub use table::{ScoreRow, ScoreTable, score_table};
pub use test_characteristic::{CurveGroup, Stratum, TestCharacteristic, expected_right};
