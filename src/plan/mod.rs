//! What to do next: which domains are weak, which items stay unseen, what a drill brings today. Pure.

mod reserve;
mod today;
mod weakness;

pub use reserve::{BankSize, Reserve, reserve};
pub use today::{ConceptState, DrillPlan, IntakeLimit, plan_drill};
pub use weakness::{DomainRecord, weakness};
