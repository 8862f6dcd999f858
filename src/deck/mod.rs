//! What is examined: decks, domains, items and the blueprint of their exam. Pure.

mod blueprint;
mod choice_set;
mod difficulty;
mod doubt;
mod item;
mod lint;
mod outline;

pub use blueprint::{Blueprint, BlueprintError, Guessing, Level, Levels, Retake, Scale};
pub use choice_set::ChoiceSet;
pub use difficulty::{Difficulty, Effort, Measurement};
pub use doubt::{Doubt, Doubts};
pub use item::{Choice, Flashcard, Item, ItemBody, ItemFacts, ItemKind, Question, ShuffleChoices, Skill};
pub use lint::{Finding, Part, Place, RULES, Rule, Severity, lint, lint_doubts, lint_items};
pub use outline::{Deck, Domain, Guide, Outline, Task};
