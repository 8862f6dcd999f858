//! Results as text, JSON and HTML: the same words, order and numbers wherever they appear.

mod analysis;
mod analysis_json;
mod authentic;
mod calendar;
mod cohort;
mod diagnosis_words;
mod form_set;
mod group;
mod history;
mod html;
mod items;
mod json;
mod more;
mod paper;
mod plan;
mod plan_sheet;
mod programme;
mod progress;
mod ready;
mod report_html;
mod result;
mod result_json;
mod result_sheet;
mod section;
mod sheet;
mod solution;
mod table;
mod text;
mod trajectory;
mod words;
mod work;
mod working;

pub use analysis::{Analysis, ConfusedPair, ExitTest, Guesses, Retake, blind_chance};
pub use authentic::{authentic_json, authentic_text};
pub use calendar::{CALENDAR_MARK, plan_calendar};
pub use cohort::{CohortItem, CohortSheet, cohort_json, cohort_text};
pub use form_set::{
    FormDomain, FormSet, FormSheet, FormSheetItem, Shortfall, form_set_json, form_set_text, shortfall_json,
};
pub use group::{GroupForm, GroupLearner, GroupSheet, GroupSitting, group_json, group_text};
pub use history::{Done, HistoryRow, history_json, history_text};
pub use items::{LetterCase, item_headline, item_notes, items_text};
pub use json::{ItemDetail, SCHEMA, report_json, type_name};
pub use paper::{FormName, Paper, PaperItem, PaperSet, key_html, paper_html};
pub use plan::{plan_json, plan_text, plan_today_line};
pub use plan_sheet::{PassOutlook, PlanChange, PlanDomain, PlanMocks, PlanPoints, PlanSheet, WhatIf};
pub use programme::{minimum_words, passing_words, range_words, score_words, weight_words};
pub use progress::{
    FORECAST_DAYS, ProgressSheet, progress_json, progress_text, recall_chart, recall_json, too_few_words,
};
pub use ready::{
    AttemptResult, AttemptRow, MinimumRow, ReadinessSheet, readiness_json, readiness_name, readiness_text,
};
pub use report_html::{PageItems, authentic_html, report_html};
pub use result::{result_list_text, result_text};
pub use result_json::{result_json, result_list_json};
pub use result_sheet::{Ledger, NextAttempt, ResultDomain, ResultList, ResultRow, ResultSheet};
pub use section::wrapped;
pub use sheet::{DomainRow, DueDay, Freshness, ItemRow, ReportResult, ScoreSheet};
pub use solution::{SolutionLine, solution_lines};
pub use table::{table_json, table_text};
pub use text::{full_report_text, report_text};
pub use trajectory::{Focus, ReadinessPoint, TrackPoint, TrackedDomain, TrackedLevel, Trajectory, trend_words};
pub use words::{clock, days_ahead, minutes_words, plural, probability_words, readiness_words};
pub use work::{ConfidenceRow, Pace};
pub use working::{ScoreWorking, working_json, working_text};
