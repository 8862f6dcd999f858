//! Which column of a table is which, by the names that programs and people give them.

use csv::StringRecord;

/// Where the columns stand.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::exchange) struct Columns {
    pub(in crate::exchange) question: Option<usize>,
    pub(in crate::exchange) back: Option<usize>,
    pub(in crate::exchange) answer: Option<usize>,
    pub(in crate::exchange) choices: Vec<ChoiceColumn>,
    /// All choices in one column.
    pub(in crate::exchange) listed: Option<usize>,
    /// Whether the columns of choices hold distractors alone.
    pub(in crate::exchange) are_wrong: bool,
    pub(in crate::exchange) why: Option<usize>,
    pub(in crate::exchange) refs: Option<usize>,
    pub(in crate::exchange) tags: Option<usize>,
    pub(in crate::exchange) has_spaced_tags: bool,
    pub(in crate::exchange) domain: Option<usize>,
    pub(in crate::exchange) task: Option<usize>,
    pub(in crate::exchange) concept: Option<usize>,
    pub(in crate::exchange) difficulty: Option<usize>,
    pub(in crate::exchange) skill: Option<usize>,
    pub(in crate::exchange) id: Option<usize>,
    pub(in crate::exchange) kind: Option<usize>,
    pub(in crate::exchange) shuffle: Option<usize>,
    pub(in crate::exchange) status: Option<usize>,
    pub(in crate::exchange) is_html: bool,
}

/// The columns of one choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange) struct ChoiceColumn {
    pub(in crate::exchange) text: usize,
    pub(in crate::exchange) why: Option<usize>,
    /// What it is matched with.
    pub(in crate::exchange) label: Option<usize>,
}

const QUESTION: &[&str] = &[
    "question",
    "questiontext",
    "questionstem",
    "stem",
    "prompt",
    "front",
    "term",
    "questiontitle",
    "q",
    "questionprompt",
];
const BACK: &[&str] = &["back", "definition", "backside"];
const ANSWER: &[&str] = &[
    "answer",
    "answers",
    "correct",
    "correctanswer",
    "correctanswers",
    "correctoption",
    "correctoptions",
    "correctchoice",
    "correctresponse",
    "key",
    "answerkey",
    "right",
    "rightanswer",
    "solution",
    "correctletter",
    "ans",
];
const LISTED: &[&str] = &["choices", "options", "alternatives", "answeroptions", "answerchoices", "possibleanswers"];
const WHY: &[&str] = &[
    "why",
    "explanation",
    "rationale",
    "feedback",
    "overallexplanation",
    "generalfeedback",
    "comment",
    "reason",
    "answerexplanation",
];
const REFS: &[&str] = &["refs", "ref", "reference", "references", "url", "link", "links", "source", "sources"];
const TAGS: &[&str] = &["tags", "tag", "keywords", "labels"];
const DOMAIN: &[&str] = &["domain", "category", "topic", "section", "module", "subject", "knowledgearea", "chapter"];
const TASK: &[&str] = &["task", "subtopic", "subcategory", "objective", "subdomain"];
const DIFFICULTY: &[&str] = &["difficulty", "level", "difficultylevel"];
const ID: &[&str] = &["id", "questionid", "itemid", "qid", "guid"];
const KIND: &[&str] = &["type", "questiontype", "itemtype", "kind"];

/// Names of the columns of choices, before a letter or a number.
const CHOICE_STEMS: &[&str] =
    &["choice", "option", "opt", "answeroption", "answerchoice", "answer", "alternative", "response"];
const WRONG_STEMS: &[&str] = &["wrong", "wronganswer", "incorrect", "incorrectanswer", "distractor", "distracter"];
const WHY_STEMS: &[&str] = &["why", "explanation", "feedback", "rationale"];
const LABEL_STEMS: &[&str] = &["match", "left", "premise"];

impl Columns {
    /// Reads the names of a header; `None` if it names no question, or nothing that answers it.
    pub(in crate::exchange) fn of_header(header: &StringRecord) -> Option<Columns> {
        let names: Vec<String> = header.iter().map(normalised).collect();
        let place = |known: &[&str]| known.iter().find_map(|known| names.iter().position(|name| name == known));
        let numbered = |stems: &[&str]| {
            let mut found: Vec<(usize, usize)> = names
                .iter()
                .enumerate()
                .filter_map(|(idx, name)| stems.iter().find_map(|stem| number_behind(name, stem)).map(|n| (n, idx)))
                .collect();
            found.sort_unstable();
            found.dedup_by_key(|(number, _)| *number);
            found
        };
        let lettered: Vec<(usize, usize)> = names
            .iter()
            .enumerate()
            .filter_map(|(idx, name)| number_behind(name, "").filter(|_| name.len() == 1).map(|n| (n, idx)))
            .collect();
        let (choices, are_wrong) = match (numbered(CHOICE_STEMS), numbered(WRONG_STEMS)) {
            (choices, _) if choices.len() >= 2 => (choices, false),
            (_, wrong) if !wrong.is_empty() => (wrong, true),
            _ if lettered.len() >= 2 && lettered[0].0 == 1 => (lettered, false),
            (_, _) => (Vec::new(), false),
        };
        let (whys, labels) = (numbered(WHY_STEMS), numbered(LABEL_STEMS));
        let of = |list: &[(usize, usize)], number| list.iter().find(|(own, _)| *own == number).map(|(_, idx)| *idx);
        let choices = choices.into_iter().map(|(number, text)| ChoiceColumn {
            text,
            why: of(&whys, number),
            label: of(&labels, number),
        });
        let columns = Columns {
            question: place(QUESTION),
            back: place(BACK),
            answer: place(ANSWER),
            choices: choices.collect(),
            listed: place(LISTED),
            are_wrong,
            why: place(WHY),
            refs: place(REFS),
            tags: place(TAGS),
            has_spaced_tags: false,
            domain: place(DOMAIN),
            task: place(TASK),
            concept: place(&["concept"]),
            difficulty: place(DIFFICULTY),
            skill: place(&["skill"]),
            id: place(ID),
            kind: place(KIND),
            shuffle: place(&["shuffle"]),
            status: place(&["status"]),
            is_html: false,
        };
        let is_known = columns.question.is_some()
            && (columns.answer.is_some() || columns.back.is_some() || !columns.choices.is_empty());
        is_known.then_some(columns)
    }

    /// Two columns without names: front and back.
    pub(in crate::exchange) fn of_cards(tags: Option<usize>, is_html: bool) -> Columns {
        let sides: Vec<usize> = (0..3).filter(|idx| Some(*idx) != tags).collect();
        Columns {
            question: sides.first().copied(),
            back: sides.get(1).copied(),
            tags,
            has_spaced_tags: true,
            is_html,
            ..Columns::default()
        }
    }

    /// Tells whether a row without choices is a flashcard.
    pub(in crate::exchange) fn is_cards(&self) -> bool {
        self.back.is_some()
    }
}

/// The letters and digits of a name, in lower case: what stands in brackets or behind a dash says how to fill it in.
fn normalised(name: &str) -> String {
    let name = name.trim().trim_start_matches('\u{feff}');
    let name = name.split(['(', '[']).next().unwrap_or_default();
    let name = name.split(" - ").next().unwrap_or_default();
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The number, from 1, that a name such as `option2` or `choiceb` has behind its stem.
fn number_behind(name: &str, stem: &str) -> Option<usize> {
    let rest = name.strip_prefix(stem)?;
    let mut chars = rest.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_ascii_lowercase() => usize::try_from(u32::from(c) - u32::from('a') + 1).ok(),
        _ => rest.parse().ok().filter(|number| (1..=99).contains(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(header: &str, n_choices: usize, answer: Option<usize>) {
        let columns = Columns::of_header(&header.split(',').collect::<StringRecord>());
        let columns = columns.unwrap_or_else(|| panic!("{header} is a header"));
        assert_eq!((columns.question, columns.choices.len(), columns.answer), (Some(0), n_choices, answer), "{header}");
    }

    #[test]
    fn headers_of_many_programs_are_known() {
        check("Question,A,B,C,D,Answer", 4, Some(5));
        check("question,option_a,option_b,correct,explanation", 2, Some(3));
        check(
            "Question,Question Type,Answer Option 1,Explanation 1,Answer Option 2,Explanation 2,Correct Answers",
            2,
            Some(6),
        );
        check(
            "Question - max 120 characters,Answer 1 - max 75 characters,Answer 2,Answer 3,Time limit (sec),Correct answer(s)",
            3,
            Some(5),
        );
        check("Prompt,Correct Answer,Wrong 1,Wrong 2,Wrong 3", 3, Some(1));
        check("stem,choices,key", 0, Some(2));
        check("Front,Back", 0, None);
        assert_eq!(Columns::of_header(&["What is S3?", "A store"].iter().collect::<StringRecord>()), None);
    }
}
