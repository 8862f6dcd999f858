//! What can be said against a deck that reads well: rules of item writing and of bank building.
//!
//! The rules of wording follow Haladyna, Downing & Rodriguez, "A review of multiple-choice item-writing guidelines for
//! classroom assessment", Applied Measurement in Education 15 (2002), as far as a program can see them broken. Each rule
//! stands in the file of its idea, with a reason and an example; [`RULES`] is the table of all.

mod balance;
mod concepts;
mod coverage;
mod cue;
mod doubts;
mod duplicates;
mod echo;
mod focus;
mod grammar;
mod length;
mod letters;
mod negative;
mod numbers;
mod rationale;
mod refs;
mod rule;
mod rules;
mod run;
mod same_choices;
mod shingles;
mod stale;
mod text;
mod view;
mod weights;
mod wording;
mod words;

pub use cue::choose_cue;
pub use doubts::lint_doubts;
pub use duplicates::lint_across;
pub use rule::{Example, Finding, Part, Place, Rule, Severity};
pub use rules::RULES;
pub use run::{is_usable, lint, lint_items};
