//! What a line of a Markdown question list is: a stem, a choice, an answer, a rationale.

/// What a line begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::exchange) enum Line<'l> {
    Blank,
    /// A heading with its level and text.
    Heading(usize, &'l str),
    /// The first line of a question that is numbered or called one; `true` if it can be nothing else.
    Stem(String, bool),
    Choice(ChoiceLine<'l>),
    Answer(String),
    Why(String),
    Refs(String),
    Text,
}

/// A choice as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::exchange) struct ChoiceLine<'l> {
    /// The letter, in lower case.
    pub(in crate::exchange) letter: Option<char>,
    /// Whether a box is there, and ticked.
    pub(in crate::exchange) is_ticked: Option<bool>,
    pub(in crate::exchange) text: &'l str,
}

const ANSWER: &[&str] = &[
    "the correct answers are",
    "the correct answer is",
    "the answer is",
    "correct answers",
    "correct answer",
    "right answers",
    "right answer",
    "correct options",
    "correct option",
    "correct choice",
    "answers",
    "answer",
    "ans",
    "correct",
    "solution",
    "answer key",
    "key",
];
const WHY: &[&str] =
    &["explanation", "rationale", "reasoning", "reason", "feedback", "discussion", "justification", "why"];
const REFS: &[&str] = &[
    "references",
    "reference",
    "refs",
    "ref",
    "sources",
    "source",
    "links",
    "link",
    "see also",
    "see",
    "further reading",
    "read more",
    "more information",
    "documentation",
    "docs",
];

/// Tells what a line is, looked at alone.
pub(in crate::exchange) fn line_of(line: &str) -> Line<'_> {
    let trimmed = line.trim();
    if trimmed.is_empty() || is_ornament(trimmed) {
        return Line::Blank;
    }
    let n_hashes = trimmed.bytes().take_while(|byte| *byte == b'#').count();
    if (1..=6).contains(&n_hashes) && trimmed[n_hashes..].starts_with([' ', '\t']) {
        let text = trimmed[n_hashes..].trim().trim_end_matches('#').trim_end();
        return match (labelled(text), stem_of(text)) {
            (Some(label), _) => label,
            (None, Some((stem, _))) => Line::Stem(stem, true),
            (None, None) => Line::Heading(n_hashes, text),
        };
    }
    if let Some(label) = labelled(trimmed) {
        return label;
    }
    if let Some(choice) = choice_of(trimmed) {
        return Line::Choice(choice);
    }
    // A number far from the margin is part of a list within the text.
    let indent = line.len() - line.trim_start().len();
    match stem_of(trimmed).filter(|_| indent < 4) {
        Some((stem, is_sure)) => Line::Stem(stem, is_sure),
        None => Line::Text,
    }
}

/// Rules, and links back to the top of the page.
fn is_ornament(line: &str) -> bool {
    let is_rule = line.len() >= 3
        && ["-", "*", "_", "="]
            .iter()
            .any(|sign| line.replace([' ', '\t'], "").trim_matches(|c| sign.contains(c)).is_empty());
    is_rule || (line.contains("](#") && line.to_lowercase().contains("back to"))
}

fn labelled(line: &str) -> Option<Line<'_>> {
    let label = |words: &[&str]| words.iter().find_map(|word| after_label(line, word));
    label(ANSWER).map(Line::Answer).or_else(|| label(WHY).map(Line::Why)).or_else(|| label(REFS).map(Line::Refs))
}

/// What stands behind a label such as `**Answer:**`; `None` if the line has another one.
fn after_label(line: &str, word: &str) -> Option<String> {
    let signs = |c: char| "*_>#- \t`".contains(c) || c == '✅' || c == '✔' || c == '\u{fe0f}';
    let start = line.trim_start_matches(signs);
    let head = start.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
    let rest = start[head.len()..].trim_start_matches("(s)");
    let bare = rest.trim_start_matches(['*', '_', ' ', '`']);
    let is_sentence = word.ends_with(" is") || word.ends_with(" are");
    if let Some(after) = bare.strip_prefix([':', '：']) {
        return Some(unbolded(after));
    }
    // A dash needs room around it, `answer-key` is a word; a label may also stand alone.
    if let Some(after) = bare.strip_prefix("- ").or_else(|| bare.strip_prefix("– ")).or_else(|| bare.strip_prefix("— "))
    {
        return rest.starts_with([' ', '*']).then(|| unbolded(after));
    }
    if bare.is_empty() && word != "see" && word != "key" {
        return Some(String::new());
    }
    (is_sentence && rest.starts_with([' ', '*'])).then(|| unbolded(bare))
}

/// The text after a mark, without the other half of emphasis that began before it.
pub(in crate::exchange) fn unbolded(text: &str) -> String {
    let mut text = text.trim().to_owned();
    for mark in ["**", "__"] {
        if let Some(rest) = text.strip_prefix(mark)
            && rest.matches(mark).count() % 2 == 0
        {
            text = rest.trim_start().to_owned();
        }
        if text.matches(mark).count() % 2 == 1
            && let Some(at) = text.rfind(mark)
        {
            text.replace_range(at..at + mark.len(), "");
        }
    }
    text.trim().to_owned()
}

/// Reads `12. text`, `Q3) text`, `**Question 4:** text`; whether it is called a question.
fn stem_of(line: &str) -> Option<(String, bool)> {
    let start = line.trim_start_matches(['*', '_']);
    let words = ["question", "ques", "qn", "q"];
    let named = words.iter().find_map(|word| {
        let head = start.get(..word.len()).filter(|head| head.eq_ignore_ascii_case(word))?;
        Some(start[head.len()..].trim_start_matches([' ', '#', '.', '-']))
    });
    let rest = named.unwrap_or(start);
    let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = &rest[n_digits..];
    match (named, n_digits) {
        (Some(_), 0) => {
            // `Question: text`, not a word that begins with q.
            let after = after.strip_prefix(':')?;
            Some((unbolded(after), true))
        }
        (Some(_), 1..=5) => {
            let after = after.trim_start_matches(['*', '_', ' ']);
            let bare = after.trim_start_matches([':', '.', ')', '-', '–', '|']);
            (bare.len() < after.len() || after.is_empty()).then(|| (unbolded(bare), true))
        }
        (None, 1..=5) => {
            let after = after.strip_prefix('\\').unwrap_or(after);
            let bare = after.strip_prefix(['.', ')', ':'])?;
            let is_end = bare.is_empty() || bare.starts_with([' ', '\t', '*', '_']);
            is_end.then(|| (unbolded(bare), false))
        }
        _ => None,
    }
}

/// Reads `A. text`, `- [x] B) text`, `* (c) text`, `- [ ] text`.
fn choice_of(line: &str) -> Option<ChoiceLine<'_>> {
    let bullet = line.strip_prefix(['-', '*', '+']).filter(|rest| rest.starts_with([' ', '\t', '[']));
    let rest = bullet.unwrap_or(line).trim_start();
    let (is_ticked, rest) = ticked(rest);
    let (letter, text) = match lettered(rest) {
        Some((letter, text)) => (Some(letter), text),
        None => (None, rest),
    };
    (is_ticked.is_some() || letter.is_some()).then_some(ChoiceLine { letter, is_ticked, text })
}

fn ticked(text: &str) -> (Option<bool>, &str) {
    for (mark, is_ticked) in [
        ("[ ]", false),
        ("[]", false),
        ("[x]", true),
        ("[X]", true),
        ("[*]", true),
        ("[✓]", true),
        ("[✔]", true),
        ("[ x]", true),
        ("[x ]", true),
        ("☐", false),
        ("☑", true),
        ("☒", true),
    ] {
        // `[x](address)` is a link.
        if let Some(rest) = text.strip_prefix(mark).filter(|rest| !rest.starts_with(['(', ':'])) {
            return (Some(is_ticked), rest.trim());
        }
    }
    (None, text)
}

/// Splits `A. text`, `A) text`, `(A) text`, `**A.** text`, `A: text`.
fn lettered(text: &str) -> Option<(char, &str)> {
    let bare = text.trim_start_matches("**");
    let is_bold = bare.len() < text.len();
    let is_open = bare.starts_with(['(', '[']);
    let inner = bare.strip_prefix(['(', '[']).unwrap_or(bare);
    let mut chars = inner.chars();
    let letter = chars.next().filter(char::is_ascii_alphabetic)?;
    let after = chars.as_str();
    let after = after.strip_prefix('\\').unwrap_or(after);
    let after = after.strip_prefix([')', ']']).or_else(|| after.strip_prefix(['.', ':']).filter(|_| !is_open))?;
    let is_end = after.is_empty() || after.starts_with([' ', '\t', '*']);
    if !is_end {
        return None;
    }
    let after = after.trim_start();
    // The other half of `**A.**`; what is bold as a whole keeps the marks at its end, which may tell the key.
    let after = after.strip_prefix("**").filter(|_| is_bold).map_or(after, str::trim_start);
    Some((letter.to_ascii_lowercase(), after))
}

/// Tells whether a choice was bold as a whole, and returns its text without the marks.
pub(in crate::exchange) fn bold_choice(text: &str) -> Option<&str> {
    let inner = text.trim().strip_suffix("**")?;
    let inner = inner.strip_prefix("**").unwrap_or(inner);
    (!inner.contains("**") && !inner.trim().is_empty()).then(|| inner.trim())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn stem(line: &str, expected: &str) {
        assert!(matches!(line_of(line), Line::Stem(text, _) if text == expected), "{line}: {:?}", line_of(line));
    }

    #[track_caller]
    fn choice(line: &str, letter: Option<char>, is_ticked: Option<bool>, text: &str) {
        assert_eq!(line_of(line), Line::Choice(ChoiceLine { letter, is_ticked, text }), "{line}");
    }

    #[test]
    fn stems_are_known_by_their_numbers_and_names() {
        stem("1. What is S3?", "What is S3?");
        stem("12) What?", "What?");
        stem("**3. What is S3?**", "What is S3?");
        stem("**3.** What is S3?", "What is S3?");
        stem("### Question 7: What?", "What?");
        stem("### 8. What?", "What?");
        stem("## Question #9", "");
        stem("Q5. What?", "What?");
        stem("**Question 4:** What **now**?", "What **now**?");
        assert_eq!(line_of("Quality 1. matters"), Line::Text);
        assert_eq!(line_of("3.14 is pi"), Line::Text);
        assert_eq!(line_of("        1. code"), Line::Text);
    }

    #[test]
    fn choices_are_known_by_letters_and_boxes() {
        choice("A. one", Some('a'), None, "one");
        choice("- b) two", Some('b'), None, "two");
        choice("   * (C) three", Some('c'), None, "three");
        choice("- [x] D. four", Some('d'), Some(true), "four");
        choice("- [ ] five", None, Some(false), "five");
        choice("**A.** one", Some('a'), None, "one");
        assert_eq!(line_of("- five"), Line::Text);
        assert_eq!(line_of("A company has"), Line::Text);
        assert_eq!(line_of("[x](https://example.org)"), Line::Text);
    }

    #[test]
    fn labels_are_known_however_they_are_set() {
        let answer =
            |line: &str, expected: &str| assert_eq!(line_of(line), Line::Answer(expected.to_owned()), "{line}");
        answer("Answer: B", "B");
        answer("**Answer: A, C**", "A, C");
        answer("**Answer:** AC", "AC");
        answer("> Correct Answer(s): b", "b");
        answer("Ans - D", "D");
        answer("The correct answer is B.", "B.");
        answer("### Solution", "");
        assert_eq!(line_of("**Explanation:** because"), Line::Why("because".to_owned()));
        assert_eq!(line_of("Reference: <https://example.org>"), Line::Refs("<https://example.org>".to_owned()));
        assert_eq!(line_of("Answering takes time"), Line::Text);
        assert_eq!(line_of("Keys are unique"), Line::Text);
        assert_eq!(line_of("---"), Line::Blank);
        assert_eq!(line_of("**[⬆ Back to Top](#top)**"), Line::Blank);
    }
}
