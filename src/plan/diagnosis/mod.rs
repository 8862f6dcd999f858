//! What a result says about how to go on: insights that hold, with their evidence; the outlook of a next attempt; what
//! was confused with what; how sure was sure. Pure.

mod calibration;
mod confusion;
mod finding;
mod outlook;
mod signs;
mod what_if;

pub use calibration::{
    FEWEST_OF_A_SKILL, FEWEST_STATED, Overconfidence, RightOf, SkillGap, StatedAnswer, overconfidence, skill_gap,
};
pub use confusion::{Confusion, WrongChoice, confusions};
pub use finding::{Evidence, Finding, Strength, findings};
pub use outlook::{HEAVY_SHARE, Outlook, RetakeOutlook, StudyTime, retake_outlook, study_time};
pub use signs::{DomainSign, Signs};
pub use what_if::{DOMAIN_SHARES, needed_elsewhere};
