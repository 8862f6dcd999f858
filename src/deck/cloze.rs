//! Texts with blanks to recall.

/// A text in which words are left out: `An {{EBS}} volume lives in one {{Availability Zone::a place}}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cloze {
    /// The whole text in small Markdown, each blank as `{{answer}}` or `{{answer::hint}}`.
    pub text: String,
    /// Where to read more.
    pub refs: Vec<String>,
}

/// What is wrong with the blanks of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClozeError {
    /// There is none.
    NoBlank,
    /// One begins with `{{` and has no `}}`.
    NotClosed,
    /// One has nothing in it to recall.
    EmptyBlank,
}

struct Blank<'t> {
    before: &'t str,
    answer: &'t str,
    hint: &'t str,
}

impl Cloze {
    /// Checks the blanks of a text.
    ///
    /// # Errors
    /// The first thing that is wrong with them.
    pub fn check(text: &str) -> Result<(), ClozeError> {
        let (blanks, rest) = blanks(text);
        match blanks.iter().find(|blank| blank.answer.is_empty()) {
            Some(_) => Err(ClozeError::EmptyBlank),
            None if rest.contains("{{") => Err(ClozeError::NotClosed),
            None if blanks.is_empty() => Err(ClozeError::NoBlank),
            None => Ok(()),
        }
    }

    /// Returns the text with `[blank]` or `[blank: hint]` in place of each answer.
    pub fn front(&self) -> String {
        self.filled(|_, blank| match blank.hint {
            "" => "[blank]".to_owned(),
            hint => format!("[blank: {hint}]"),
        })
    }

    /// Returns the whole text, with each answer in strong letters; inside code the answers stand as they are.
    pub fn back(&self) -> String {
        let mut is_code = false;
        self.filled(|before, blank| {
            is_code ^= before.matches('`').count() % 2 == 1;
            if is_code { blank.answer.to_owned() } else { format!("**{}**", blank.answer) }
        })
    }

    fn filled(&self, mut fill: impl FnMut(&str, &Blank<'_>) -> String) -> String {
        let (blanks, rest) = blanks(&self.text);
        let mut text = String::with_capacity(self.text.len());
        for blank in &blanks {
            text.push_str(blank.before);
            text.push_str(&fill(blank.before, blank));
        }
        text + rest
    }
}

/// The blanks of a text with what stands before each, and what stands after the last.
fn blanks(text: &str) -> (Vec<Blank<'_>>, &str) {
    let mut blanks = Vec::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let Some((inside, after)) = after.split_once("}}") else { break };
        // The last pair of colons leads the hint, so that an answer may have some of its own.
        let (answer, hint) = inside.rsplit_once("::").unwrap_or((inside, ""));
        blanks.push(Blank { before, answer: answer.trim(), hint: hint.trim() });
        rest = after;
    }
    (blanks, rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, front: &str, back: &str) {
        let cloze = Cloze { text: text.to_owned(), refs: Vec::new() };
        assert_eq!((cloze.front().as_str(), cloze.back().as_str()), (front, back));
        assert_eq!(Cloze::check(text), Ok(()));
    }

    #[test]
    fn blanks_hide_their_answers_and_show_their_hints() {
        check("An {{EBS}} volume.", "An [blank] volume.", "An **EBS** volume.");
        check("{{a::first}} and {{ b }}", "[blank: first] and [blank]", "**a** and **b**");
        check("{{std::vector::}}", "[blank]", "**std::vector**");
    }

    #[test]
    fn inside_code_answers_stand_without_signs() {
        check("Run `git {{rebase}} -i` {{often}}.", "Run `git [blank] -i` [blank].", "Run `git rebase -i` **often**.");
    }

    #[test]
    fn what_is_wrong_with_blanks_is_told_apart() {
        assert_eq!(Cloze::check("nothing {here}"), Err(ClozeError::NoBlank));
        assert_eq!(Cloze::check("{{a}} and {{b"), Err(ClozeError::NotClosed));
        assert_eq!(Cloze::check("{{ ::hint}}"), Err(ClozeError::EmptyBlank));
    }
}
