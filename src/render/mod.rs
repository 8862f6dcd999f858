//! Results as text and JSON: the same words, order and numbers wherever they appear.

mod cohort;
mod form_set;
mod items;
mod json;
mod ready;
mod sheet;
mod text;
mod words;

pub use cohort::{CohortItem, CohortSheet, cohort_json, cohort_text};
pub use form_set::{FormDomain, FormSet, FormSheet, FormSheetItem, form_set_json, form_set_text};
pub use items::items_text;
pub use json::{SCHEMA, report_json, table_json};
pub use ready::{AttemptResult, AttemptRow, ReadinessSheet, readiness_json, readiness_name, readiness_text};
pub use sheet::{DomainRow, Freshness, ItemRow, ReportResult, ScoreSheet};
pub use text::report_text;
pub use words::{clock, days_ahead, minutes_words, plural, probability_words, readiness_words};
