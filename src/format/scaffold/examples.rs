//! Examples of questions, one for each thing that there is to learn. They ask about decks.

/// An example: comments, the id, and the other lines as they stand below it.
pub(super) struct Example {
    pub(super) comments: &'static [&'static str],
    pub(super) id: &'static str,
    pub(super) lines: &'static [&'static str],
}

/// In the order in which they teach; the first ones are in every new deck.
pub(super) const EXAMPLES: &[Example] = &[
    Example {
        comments: &[
            "An example to change or delete. `id` is the question's name for ever: a learner's history follows it.",
            "Each choice may say why it is right or wrong; it is what a learner reads after answering.",
        ],
        id: "example-why",
        lines: &[
            "stem: Which key of a choice holds the reason that a learner reads after answering?",
            "choices:",
            "  - {text: why, correct: true, why: \"Every choice may have a reason; those of the wrong ones teach most.\"}",
            "  - {text: text, why: \"It is the choice itself, which is read before answering.\"}",
            "  - {text: refs, why: \"It names pages to read, for the question as a whole.\"}",
            "  - {text: tags, why: \"They are words of your own, to find questions again.\"}",
        ],
    },
    Example {
        comments: &["The short form, with one reason for what is right. Choices are shown in a drawn order."],
        id: "example-history",
        lines: &[
            "stem: You correct a typing error in a question. What keeps its history?",
            "right: Its id",
            "wrong: [Its place in the file, The name of the file, The day of the change]",
            "why: The history of a question follows its id, wherever the question stands.",
        ],
    },
    Example {
        comments: &["Several right choices: list them all."],
        id: "example-drilled",
        lines: &[
            "stem: Which of these are drilled, but stand in no exam? (Choose TWO.)",
            "right: [Flashcards, Texts with blanks]",
            "wrong: [Orders, Matchings, Typed answers]",
            "why: A learner judges the recall of these two; an exam judges by itself.",
        ],
    },
    Example {
        comments: &["A typed answer: everything that `accept` lists is right."],
        id: "example-questions-key",
        lines: &[
            "stem: Which key of a deck begins the list of its items?",
            "accept: [questions, \"questions:\"]",
            "why: It is the only key that a deck cannot do without.",
        ],
    },
    Example {
        comments: &["An order: written in the right one, shown in a drawn one."],
        id: "example-order",
        lines: &[
            "stem: Put the way from an idea to a score in order.",
            "order: [Write the questions, Check the deck, Sit the exam, Read the report]",
            "why: A check before the exam finds what would otherwise be found during it.",
        ],
    },
    Example {
        comments: &["A matching: what stands on the left, and what belongs to it."],
        id: "example-match",
        lines: &[
            "stem: Match each key of a question with what it holds.",
            "match:",
            "  - {left: stem, right: what is asked}",
            "  - {left: wrong, right: the distractors}",
            "  - {left: refs, right: pages to read}",
        ],
    },
    Example {
        comments: &["Questions with the same `concept` are variants: an exam asks one of them, a drill takes turns."],
        id: "example-concept",
        lines: &[
            "concept: variants",
            "stem: Two questions ask for one idea in different words. Which key do they share?",
            "right: concept",
            "wrong: [task, skill, difficulty]",
            "why: Memory belongs to the concept, and its questions are variants of each other.",
        ],
    },
    Example {
        comments: &["`difficulty` may be easy, medium or hard; it helps to make exams of equal weight."],
        id: "example-weights",
        lines: &[
            "difficulty: easy",
            "stem: Where does a deck say how much each part of the material weighs in the exam?",
            "right: In its domains",
            "wrong: [In its levels, In its forms, In its guide]",
            "why: Each domain has a weight, and an exam is drawn by these.",
        ],
    },
    Example {
        comments: &["Where the order of the choices is part of the question, keep it."],
        id: "example-shuffle",
        lines: &[
            "stem: What does `shuffle` decide?",
            "shuffle: false",
            "choices:",
            "  - {text: Which questions are drawn, why: \"Domains, weights and chance decide that.\"}",
            "  - {text: How choices are ordered, correct: true, why: \"They are mixed unless it says `false`.\"}",
            "  - {text: When a card comes back, why: \"The answers to the card decide that.\"}",
        ],
    },
    Example {
        comments: &["`refs` lead to where a learner can read more."],
        id: "example-clock",
        lines: &[
            "stem: What does an exam without `minutes` mean for a candidate?",
            "right: No clock runs",
            "wrong: [An hour is allowed, A minute a question is allowed]",
            "why: The clock comes with the number of minutes.",
        ],
    },
    Example {
        comments: &[],
        id: "example-check",
        lines: &[
            "stem: Which command names what could be better about a deck, with file and line?",
            "right: deck check",
            "wrong: [deck show, deck list, deck add]",
            "why: It reads the whole deck and tells all that it finds in one go.",
        ],
    },
    Example {
        comments: &[],
        id: "example-blank",
        lines: &[
            "stem: How does an exam count a question that was left blank?",
            "right: As wrong",
            "wrong: [As half right, As if it had not been asked]",
            "why: So a guess costs nothing, and is worth its chance.",
        ],
    },
];

/// A flashcard, at the end of every new deck.
pub(super) const FLASHCARD: Example = Example {
    comments: &["A flashcard: drilled, never in an exam."],
    id: "example-flashcard",
    lines: &["front: What does the cut score of an exam say?", "back: How many points a candidate needs to pass it."],
};
