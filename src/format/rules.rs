//! The rules that a deck's files are held to while they are read: codes D001 to D099.

use crate::deck::{Rule, Severity};

const fn error(code: &'static str, title: &'static str) -> Rule {
    Rule { code, severity: Severity::Error, title, example: None }
}

pub(super) const NOT_TEXT: Rule = error("D001", "a file is UTF-8 text without control characters");
pub(super) const TOO_LARGE: Rule = error("D002", "files and decks stay within their size limits");
pub(super) const SYNTAX: Rule = error("D003", "a file is well-formed YAML");
pub(super) const NOT_PLAIN: Rule =
    error("D004", "a file is one document without anchors, aliases, merge keys, tags and directives");
pub(super) const TOO_DEEP: Rule = error("D005", "lists and mappings are not nested deeply");
pub(super) const KEY_TWICE: Rule = error("D006", "no key stands twice in a mapping");
pub(super) const UNKNOWN_KEY: Rule = error("D007", "every key is one that the format knows");
pub(super) const WRONG_SHAPE: Rule = error("D008", "text, lists and mappings stand where they are expected");
pub(super) const MISSING: Rule = error("D009", "what is needed is there and not empty");
pub(super) const BAD_VALUE: Rule = error("D010", "numbers, dates and words are ones that the key allows");
pub(super) const VERSION: Rule = error("D011", "the deck is written for format version 1");
pub(super) const BAD_ID: Rule = error("D012", "ids are short words without blanks");
pub(super) const ID_TWICE: Rule = error("D013", "no two items, domains or tasks have the same id");
pub(super) const UNKNOWN_NAME: Rule = error("D014", "tasks, domains and items that are named exist");
pub(super) const KEYS: Rule = error("D015", "a question has a key and at least one distractor");
pub(super) const N_CHOICES: Rule = error("D016", "a question has 2 to 26 choices, parts or pairs");
pub(super) const CONFLICT: Rule = error("D017", "keys that exclude each other are not used together");
pub(super) const CLOZE: Rule = error("D018", "a text with blanks has one, closed and not empty");
pub(super) const CLIPPED: Rule = Rule {
    code: "D019",
    severity: Severity::Warning,
    title: "a difficulty in logits lies between -8 and 8",
    example: None,
};
pub(super) const NO_IDS: Rule = Rule {
    code: "D020",
    severity: Severity::Advice,
    title: "items have ids, so that edits keep their history",
    example: None,
};
pub(super) const WRONG_FILE: Rule = error("D021", "keys of the whole deck stand in the deck's first file");
pub(super) const NO_QUESTIONS: Rule = error("D022", "a deck has questions");
pub(super) const KEY_FIRST: Rule = Rule {
    code: "D023",
    severity: Severity::Warning,
    title: "an item in the short form is shuffled, or its right answer always comes first",
    example: None,
};

pub(super) const STALE_DIFFICULTY: Rule = Rule {
    code: "D024",
    severity: Severity::Warning,
    title: "measured difficulties are of items that the deck has",
    example: None,
};

pub(super) const UNUSED_STIMULUS: Rule =
    Rule { code: "D025", severity: Severity::Warning, title: "every stimulus has a question", example: None };

pub(super) const LONE_ENEMY: Rule = Rule {
    code: "D026",
    severity: Severity::Warning,
    title: "enemies are items, or groups that several items name",
    example: None,
};

/// All rules of reading in the order of their codes; [`crate::deck::RULES`] has those of item writing.
pub const READING_RULES: &[&Rule] = &[
    &NOT_TEXT,
    &TOO_LARGE,
    &SYNTAX,
    &NOT_PLAIN,
    &TOO_DEEP,
    &KEY_TWICE,
    &UNKNOWN_KEY,
    &WRONG_SHAPE,
    &MISSING,
    &BAD_VALUE,
    &VERSION,
    &BAD_ID,
    &ID_TWICE,
    &UNKNOWN_NAME,
    &KEYS,
    &N_CHOICES,
    &CONFLICT,
    &CLOZE,
    &CLIPPED,
    &NO_IDS,
    &WRONG_FILE,
    &NO_QUESTIONS,
    &KEY_FIRST,
    &STALE_DIFFICULTY,
    &UNUSED_STIMULUS,
    &LONE_ENEMY,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_in_order_and_no_rule_of_item_writing_shares_one() {
        let codes: Vec<&str> = READING_RULES.iter().chain(crate::deck::RULES).map(|rule| rule.code).collect();
        assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
    }
}
