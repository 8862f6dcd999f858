//! Every key of the format: its name, what it holds and what it means. The reader tells unknown keys by these tables, and
//! the schema for editors is made of them.

/// A key of a mapping.
pub(in crate::format) struct Key {
    pub(in crate::format) name: &'static str,
    pub(in crate::format) holds: Shape,
    /// What the key means, in a few words.
    pub(in crate::format) about: &'static str,
}

/// What a value looks like.
pub(in crate::format) enum Shape {
    /// Any text; numbers are text too.
    Text,
    /// A text, or a list of texts.
    Texts,
    /// A short word without blanks.
    Id,
    /// A list of ids.
    Ids,
    /// An id, or a list of ids.
    IdOrIds,
    /// A day such as 2026-10-04.
    Date,
    /// `true` or `false`.
    Truth,
    /// A whole number within these ends.
    Whole(i32, i32),
    /// A number within these ends.
    Real(f64, f64),
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of such values.
    List(&'static Shape),
    /// A mapping with these keys.
    Mapping(&'static [&'static [Key]]),
    /// A mapping from names of the author's own to such values.
    Named(&'static Shape),
    /// One of these.
    Any(&'static [Shape]),
}

const fn key(name: &'static str, holds: Shape, about: &'static str) -> Key {
    Key { name, holds, about }
}

const SKILL: Shape = Shape::Word(&["recall", "compare", "scenario"]);
const DIFFICULTY: Shape = Shape::Any(&[Shape::Word(&["easy", "medium", "hard"]), Shape::Real(-1e9, 1e9)]);
const DOMAINS: Shape = Shape::IdOrIds;

/// Keys that any file of a deck may have.
pub(super) const FILE_KEYS: &[Key] = &[
    key("cutscore", Shape::Whole(1, 1), "Version of the format"),
    key("questions", Shape::List(&Shape::Any(ITEMS)), "The items"),
    key("domain", Shape::Id, "Domain of the file's items"),
    key("task", Shape::Id, "Task of the file's items; implies the domain"),
    key("difficulty", DIFFICULTY, "How hard the file's items are"),
    key("difficulties", Shape::Named(&Shape::Mapping(&[MEASURED])), "Measured difficulties, by item"),
    key("skill", SKILL, "What the file's items demand"),
    key("tags", Shape::Texts, "Words of your own for the file's items"),
    key("stimuli", Shape::Named(&Shape::Text), "Texts that several questions share, by name"),
];

/// Keys that only the first file of a deck may have.
pub(super) const DECK_KEYS: &[Key] = &[
    key("id", Shape::Id, "Name of the deck; the history of its items follows it"),
    key("title", Shape::Text, "Title of the deck"),
    key("guide", Shape::Mapping(&[GUIDE]), "The exam guide behind the deck"),
    key("authors", Shape::Texts, "Who wrote the deck"),
    key("license", Shape::Text, "Licence of the deck"),
    key("exam", Shape::Mapping(&[EXAM]), "The exam"),
    key("domains", Shape::List(&Shape::Mapping(&[DOMAIN])), "The parts of the exam"),
    key("forms", Shape::Named(&Shape::Ids), "Forms with a name and fixed items"),
    key("stale_terms", Shape::List(&Shape::Mapping(&[STALE_TERM])), "Terms that no item should use"),
    key("insights", Shape::List(&Shape::Mapping(&[INSIGHT])), "Rules of diagnosis"),
];

pub(super) const GUIDE: &[Key] = &[
    key("as_of", Shape::Date, "Day on which the deck was last held against the guide"),
    key("url", Shape::Text, "Where the guide stands"),
    key("revision", Shape::Text, "Revision of the guide, as the programme calls it"),
];

pub(super) const MEASURED: &[Key] = &[
    key("logits", Shape::Real(-8.0, 8.0), "Place on the ability scale"),
    key("error", Shape::Real(0.0, 10.0), "Standard error in logits"),
];

pub(super) const EXAM: &[Key] = &[
    key("minutes", Shape::Whole(1, 10_080), "Time allowed"),
    key("items", Shape::Any(&[Shape::Whole(1, 10_000), Shape::Mapping(&[EXAM_ITEMS])]), "Number of items"),
    key("scale", Shape::Any(&[Shape::Word(&["percent", "points"]), Shape::Mapping(&[SCALE])]), "The reported scores"),
    key("cut", Shape::Real(0.0, 1.0), "Share of right answers of a barely passing candidate on the reference form"),
    key("decision", Shape::Mapping(&[DECISION]), "What decides on pass or fail"),
    key("credit", Shape::Word(&["all-or-nothing", "per-choice"]), "What a partly right answer earns"),
    key(
        "levels",
        Shape::Named(&Shape::Real(0.0, 1.0)),
        "Labels of a domain's result, with the share from which each holds",
    ),
    key("retake", Shape::Mapping(&[RETAKE]), "When and at what price the exam may be taken again"),
    key(
        "guessing",
        Shape::Any(&[Shape::Word(&["by-choices", "none"]), Shape::Real(0.0, 1.0)]),
        "Chance of a right answer without knowledge",
    ),
    key("reference_form", Shape::Ids, "Items of the form that defines the scale"),
    key("sections", Shape::List(&Shape::Mapping(&[SECTION])), "Parts that are closed once they are left"),
];

pub(super) const EXAM_ITEMS: &[Key] = &[
    key("scored", Shape::Whole(0, 10_000), "Items that count"),
    key("unscored", Shape::Whole(0, 10_000), "Items mixed in that count for nothing"),
];

pub(super) const SCALE: &[Key] = &[
    key("min", Shape::Whole(0, 1_000_000), "Lowest score"),
    key("cut", Shape::Whole(0, 1_000_000), "Passing score"),
    key("max", Shape::Whole(0, 1_000_000), "Highest score"),
];

pub(super) const DECISION: &[Key] = &[
    key("total", Shape::Truth, "Whether the total must reach the cut"),
    key(
        "domains",
        Shape::Any(&[Shape::Real(0.0, 1.0), Shape::Named(&Shape::Real(0.0, 1.0))]),
        "Least share of a domain",
    ),
];

pub(super) const RETAKE: &[Key] = &[
    key("wait_days", Shape::Whole(0, 3650), "Days between two attempts"),
    key("fee", Shape::Text, "Price of an attempt"),
];

/// Keys of the result of a real exam, which is no part of a deck.
pub(super) const RESULT: &[Key] = &[
    key("date", Shape::Date, "Day of the exam"),
    key("score", Shape::Text, "The score"),
    key("outcome", Shape::Word(&["pass", "fail"]), "Whether it was passed"),
    key("levels", Shape::Text, "Levels of the domains by their ids"),
    key("cost", Shape::Text, "What was paid"),
    key("next", Shape::Date, "Day of the next attempt"),
];

pub(super) const SECTION: &[Key] = &[
    key("title", Shape::Text, "Title of the section"),
    key("items", Shape::Whole(1, 20_000), "Number of its items"),
    key("domains", Shape::IdOrIds, "The domains that it asks, instead of `items`"),
];

pub(super) const DOMAIN: &[Key] = &[
    key("id", Shape::Id, "Name of the domain"),
    key("title", Shape::Text, "Title of the domain"),
    key(
        "weight",
        Shape::Any(&[Shape::Real(0.0, 1e6), Shape::Text]),
        "Weight in the exam, or a range in percent such as 25-30",
    ),
    key("tasks", Shape::List(&Shape::Mapping(&[TASK])), "The domain's tasks"),
];

pub(super) const TASK: &[Key] =
    &[key("id", Shape::Id, "Name of the task"), key("title", Shape::Text, "Title of the task")];

pub(super) const STALE_TERM: &[Key] = &[
    key("term", Shape::Text, "The term as it is written; its case counts"),
    key("replacement", Shape::Text, "What to write in its place"),
    key("severity", Shape::Word(&["renamed", "retired", "out-of-scope"]), "How it has aged"),
];

pub(super) const INSIGHT: &[Key] = &[
    key("id", Shape::Text, "Name of the rule"),
    key("kind", Shape::Word(&["red-flag", "pattern", "belief", "chance-high", "chance-low"]), "What it is about"),
    key("when", Shape::List(&Shape::Mapping(&[CONDITION])), "What must hold of a result, all of it"),
    key("says", Shape::Text, "What the pattern means"),
    key("advice", Shape::Text, "What to do about it"),
];

pub(super) const CONDITION: &[Key] = &[
    key("passed", Shape::Truth, "Whether the exam was passed"),
    key("domains", DOMAINS, "The domains that are looked at: ids, `all`, or `others` than those named before"),
    key("level", Shape::Texts, "The most probable level of as many of the domains as said"),
    key("at_least", Shape::Whole(0, 1000), "Least number of domains on the level"),
    key("at_most", Shape::Whole(0, 1000), "Largest number of domains on the level"),
    key("share", Shape::Mapping(&[SHARE_RANGE]), "Expected share of right answers of each of the domains"),
    key("higher", DOMAINS, "Domains whose mean share is above that of `lower`"),
    key("lower", DOMAINS, "Domains whose mean share is below that of `higher`"),
    key("by", Shape::Real(0.0, 1.0), "Least difference of a contrast"),
    key("stronger", SKILL, "The skill that does better"),
    key("weaker", SKILL, "The skill that does worse"),
    key("overconfidence", Shape::Real(0.0, 1.0), "Mean confidence above the share of right answers by this or more"),
    key("distance", Shape::Mapping(&[POINT_RANGE]), "Points above the passing score; below it they are negative"),
];

pub(super) const SHARE_RANGE: &[Key] =
    &[key("from", Shape::Real(0.0, 1.0), "Least share"), key("to", Shape::Real(0.0, 1.0), "Largest share")];

pub(super) const POINT_RANGE: &[Key] = &[
    key("from", Shape::Whole(-1_000_000, 1_000_000), "Least number of points"),
    key("to", Shape::Whole(-1_000_000, 1_000_000), "Largest number of points"),
];

/// The types of items.
const ITEMS: &[Shape] = &[
    Shape::Mapping(&[QUESTION, ITEM]),
    Shape::Mapping(&[ORDERING, ITEM]),
    Shape::Mapping(&[MATCHING, ITEM]),
    Shape::Mapping(&[TYPED, ITEM]),
    Shape::Mapping(&[CLOZE, ITEM]),
    Shape::Mapping(&[FLASHCARD, ITEM]),
];

/// Keys of items of any type.
pub(super) const ITEM: &[Key] = &[
    key("id", Shape::Id, "Name of the item, for ever"),
    key("domain", Shape::Id, "Domain of the item"),
    key("task", Shape::Id, "Task of the item; implies the domain"),
    key("concept", Shape::Id, "What is remembered; items that share it are variants"),
    key("difficulty", DIFFICULTY, "A word, a level from 1 to 5, or logits"),
    key("angoff", Shape::Real(0.0, 1.0), "Share of barely passing candidates who answer rightly"),
    key("skill", SKILL, "What the item demands"),
    key("refs", Shape::Texts, "Where to read more"),
    key("tags", Shape::Texts, "Words of your own"),
    key("status", Shape::Word(&["live", "draft", "retired", "disputed"]), "Only live items are drawn and drilled"),
    key("enemies", Shape::IdOrIds, "Items that never stand in a form with it: ids, or names of groups"),
    key("stimulus", Shape::Id, "The shared text that is shown above the stem"),
    key("author", Shape::Texts, "Who wrote the item"),
    key("source", Shape::Text, "Where the item comes from"),
    key("reviewed", Shape::Date, "Day on which somebody last looked whether it is right"),
    key("guide", Shape::Text, "Revision of the guide that it was written for"),
];

pub(super) const QUESTION: &[Key] = &[
    key("stem", Shape::Text, "The question"),
    key("choices", Shape::List(&Shape::Any(&[Shape::Text, Shape::Mapping(&[CHOICE])])), "The choices"),
    key("right", Shape::Texts, "Short form: what is right"),
    key("wrong", Shape::Texts, "Short form: the distractors"),
    key("choose", Shape::Whole(1, 26), "Number of right choices, to be checked"),
    key("why", Shape::Text, "Short form: rationale of what is right"),
    key("shuffle", Shape::Truth, "Whether choices are shown in a drawn order"),
];

pub(super) const CHOICE: &[Key] = &[
    key("text", Shape::Text, "What the learner reads"),
    key("correct", Shape::Truth, "Whether the choice is right"),
    key("why", Shape::Text, "Rationale of the choice"),
];

pub(super) const ORDERING: &[Key] = &[
    key("stem", Shape::Text, "The question"),
    key("order", Shape::List(&Shape::Any(&[Shape::Text, Shape::Mapping(&[PART])])), "The parts in their right order"),
    key("wrong", Shape::Texts, "Parts that belong nowhere"),
    key("why", Shape::Text, "Rationale of the whole"),
];

pub(super) const PART: &[Key] =
    &[key("text", Shape::Text, "What the learner reads"), key("why", Shape::Text, "Rationale of the part's place")];

pub(super) const MATCHING: &[Key] = &[
    key("stem", Shape::Text, "The question"),
    key("match", Shape::List(&Shape::Mapping(&[PAIR])), "The pairs"),
    key("wrong", Shape::Texts, "Right sides that belong nowhere"),
    key("why", Shape::Text, "Rationale of the whole"),
];

pub(super) const PAIR: &[Key] = &[
    key("left", Shape::Text, "What is to be matched"),
    key("right", Shape::Text, "What belongs to it"),
    key("why", Shape::Text, "Rationale of the pair"),
];

pub(super) const TYPED: &[Key] = &[
    key("stem", Shape::Text, "The question"),
    key("accept", Shape::Texts, "What is right"),
    key("answer", Shape::Text, "The answer as it is shown afterwards"),
    key("why", Shape::Text, "Rationale"),
];

pub(super) const CLOZE: &[Key] = &[key("cloze", Shape::Text, "The text, each blank as {{answer}} or {{answer::hint}}")];

pub(super) const FLASHCARD: &[Key] =
    &[key("front", Shape::Text, "What is asked"), key("back", Shape::Text, "What is to be recalled")];

/// The whole of a file.
pub(in crate::format) const FILE: Shape = Shape::Mapping(&[DECK_KEYS, FILE_KEYS]);
