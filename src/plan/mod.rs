//! What to do next: which domains are weak, what a result says, which items stay unseen, what a drill brings today. Pure.

mod day;
mod days_off;
mod diagnosis;
mod forecast;
mod intake;
mod memory_model;
mod mock_days;
mod outlook;
mod reserve;
mod retake;
mod streak;
mod study_plan;
mod told_level;
mod value;
mod weakness;

pub use day::{Backlog, DayLimits, DayPlan, DaysOff, REPEAT_AFTER, TAPER_DAYS, intake_today, mix_domains, plan_day};
pub use days_off::DaysOffError;
pub use diagnosis::{
    Confusion, DOMAIN_SHARES, DomainSign, Evidence, FEWEST_OF_A_SKILL, FEWEST_STATED, Finding, HEAVY_SHARE, Outlook,
    Overconfidence, RetakeOutlook, RightOf, Signs, SkillGap, StatedAnswer, Strength, StudyTime, WrongChoice,
    confusions, findings, needed_elsewhere, overconfidence, retake_outlook, skill_gap, study_time,
};
pub use forecast::{
    Calibration, Expectation, Forecast, MAX_SHIFT, MIN_CALIBRATION, N_RECENT, Prediction, Prospect, Trust, trust,
};
pub use intake::{IntakeLimit, share_intake};
pub use memory_model::MemoryRecord;
pub use mock_days::{LEAST_MOCKS, MOCK_EVERY_DAYS, MockSupply, RECENT_DAYS, mock_days, n_mocks_wanted};
pub use outlook::{ability_gain, expected_points};
pub use reserve::{BankSize, Reserve, reserve};
pub use retake::{RetakeDays, USUAL_WAIT_DAYS, retake_days};
pub use streak::streak;
pub use study_plan::{
    FINAL_DAYS, Phase, PlannedConcept, PlannedDay, ROLLING_DAYS, StudyPlan, StudyRequest, sample_step, study_plan,
};
pub use told_level::told_answers;
pub use value::{
    Call, Candidate, DAYS_AHEAD, DomainWorth, QueueOrder, Ranking, TRANSFER, Target, Worth, known_share,
    points_on_exam_day, rank, rank_by_due_date,
};
pub use weakness::{DomainRecord, weakness};
