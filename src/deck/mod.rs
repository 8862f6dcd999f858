//! What is examined: decks, domains, items and the blueprint of their exam. Pure.

mod answer;
mod blueprint;
mod choice_set;
mod cloze;
mod credit;
mod decision;
mod difficulty;
mod doubt;
mod enemies;
mod fee;
mod insight;
mod item;
mod lint;
mod outline;
mod scale;
mod section;
mod stale_term;
mod stats;
mod status;
mod typed_answer;
mod weight;

pub use answer::{Answer, Placement};
pub use blueprint::{Blueprint, BlueprintError, Guessing, Level, Levels, Retake};
pub use choice_set::{ChoiceSet, letter_of};
pub use cloze::{Cloze, ClozeError};
pub use credit::{Credit, CreditRule};
pub use decision::{Decision, TotalRule};
pub use difficulty::{Difficulty, Effort, Measurement};
pub use doubt::{Doubt, Doubts};
pub use enemies::enemy_groups;
pub use fee::Fee;
pub use insight::{Condition, Insight, InsightKind, Outcome};
pub use item::{
    Arrangement, Ask, Choice, Flashcard, Item, ItemBody, ItemFacts, ItemKind, Question, ShuffleChoices, Skill, Slot,
};
pub use lint::{
    Example, Finding, Part, Place, RULES, Rule, Severity, choose_cue, is_usable, lint, lint_across, lint_doubts,
    lint_items,
};
pub use outline::{Deck, Domain, Guide, Outline, Task};
pub use scale::{FixedScale, ReportedScale, Scale};
pub use section::{Section, SectionItems, SectionsError, check_sections};
pub use stale_term::{StaleTerm, Staleness};
pub use stats::{BankStats, DomainStats, Tally, bank_stats};
pub use status::{ItemNotes, Status};
pub use typed_answer::{TypedAnswer, folded};
pub use weight::{Weight, apportion_items, fits_weights};
