//! What is examined: decks, domains, items and the blueprint of their exam. Pure.

mod blueprint;
mod choice_set;
mod credit;
mod decision;
mod difficulty;
mod doubt;
mod item;
mod lint;
mod outline;
mod scale;
mod section;
mod weight;

pub use blueprint::{Blueprint, BlueprintError, Guessing, Level, Levels, Retake};
pub use choice_set::ChoiceSet;
pub use credit::{Credit, CreditRule};
pub use decision::{Decision, TotalRule};
pub use difficulty::{Difficulty, Effort, Measurement};
pub use doubt::{Doubt, Doubts};
pub use item::{Choice, Flashcard, Item, ItemBody, ItemFacts, ItemKind, Question, ShuffleChoices, Skill};
pub use lint::{Finding, Part, Place, RULES, Rule, Severity, lint, lint_doubts, lint_items};
pub use outline::{Deck, Domain, Guide, Outline, Task};
pub use scale::{FixedScale, ReportedScale, Scale};
pub use section::{Section, SectionItems, SectionsError, check_sections};
pub use weight::{Weight, apportion_items, fits_weights};
