//! What to do next: which domains are weak, which items stay unseen, what a drill brings today. Pure.

mod day;
mod days_off;
mod forecast;
mod memory_model;
mod reserve;
mod today;
mod value;
mod weakness;

pub use day::{Backlog, DayLimits, DayPlan, DaysOff, REPEAT_AFTER, TAPER_DAYS, intake_today, plan_day};
pub use days_off::DaysOffError;
pub use forecast::{Calibration, Forecast, MAX_SHIFT, MIN_CALIBRATION, N_RECENT, Prediction, Prospect, Trust, trust};
pub use memory_model::MemoryRecord;
pub use reserve::{BankSize, Reserve, reserve};
pub use today::{ConceptState, DrillPlan, IntakeLimit, plan_drill};
pub use value::{
    Call, Candidate, DAYS_AHEAD, DomainWorth, QueueOrder, Ranking, TRANSFER, Target, Worth, known_share, rank,
};
pub use weakness::{DomainRecord, weakness};
