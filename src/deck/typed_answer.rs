//! Answers that are typed: which texts are taken for the same.

/// The texts that are right, and how the answer is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedAnswer {
    /// The texts that are right, at least one.
    pub accept: Vec<String>,
    /// The answer as the learner reads it, in small Markdown; `None`: the first of the accepted texts.
    pub shown: Option<String>,
    /// The rationale, if the deck gives one.
    pub why: Option<String>,
}

impl TypedAnswer {
    /// Tells whether a text is right: whether it is [`folded`] into the same as one of the accepted texts.
    pub fn accepts(&self, text: &str) -> bool {
        let text = folded(text);
        self.accept.iter().any(|accepted| folded(accepted) == text)
    }

    /// Returns the answer as the learner reads it.
    pub fn shown(&self) -> &str {
        self.shown.as_deref().or_else(|| self.accept.first().map(String::as_str)).unwrap_or("")
    }
}

/// Accents that stand as a character of their own, the letters they go with, and the letters that come of it.
const ACCENTS: &[(char, &str, &str)] = &[
    ('\u{300}', "aeiouy", "àèìòùỳ"),
    ('\u{301}', "aeiouyclnrsz", "áéíóúýćĺńŕśź"),
    ('\u{302}', "aeiouycghjsw", "âêîôûŷĉĝĥĵŝŵ"),
    ('\u{303}', "aeinou", "ãẽĩñõũ"),
    ('\u{304}', "aeiou", "āēīōū"),
    ('\u{306}', "aegiou", "ăĕğĭŏŭ"),
    ('\u{307}', "cegz", "ċėġż"),
    ('\u{308}', "aeiouy", "äëïöüÿ"),
    ('\u{30a}', "au", "åů"),
    ('\u{30b}', "ou", "őű"),
    ('\u{30c}', "cdelnrstz", "čďěľňřšťž"),
    ('\u{327}', "cstgklnr", "çşţģķļņŗ"),
    ('\u{328}', "aeiu", "ąęįų"),
];

/// Returns what is compared of a text: its letters in lower case, one blank for every run of white space and none at its
/// ends, straight quotes and dashes, and a Latin letter with an accent as one character however it was typed.
///
/// Takes time in proportion to the length of the text.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut is_gap = false;
    for c in text.trim().to_lowercase().chars() {
        if c.is_whitespace() {
            is_gap = true;
            continue;
        }
        if std::mem::take(&mut is_gap) {
            folded.push(' ');
        } else if let Some(letter) = folded.chars().next_back().and_then(|before| with_accent(before, c)) {
            folded.pop();
            folded.push(letter);
            continue;
        }
        folded.push(match c {
            '\u{2018}' | '\u{2019}' | '\u{2bc}' => '\'',
            '\u{201c}' | '\u{201d}' => '"',
            '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
            other => other,
        });
    }
    folded
}

fn with_accent(letter: char, accent: char) -> Option<char> {
    let (_, letters, whole) = ACCENTS.iter().find(|(own, ..)| *own == accent)?;
    letters.chars().zip(whole.chars()).find(|(own, _)| *own == letter).map(|(_, whole)| whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(accepted: &str, typed: &str, is_right: bool) {
        let answer = TypedAnswer { accept: vec!["another".to_owned(), accepted.to_owned()], shown: None, why: None };
        assert_eq!(answer.accepts(typed), is_right, "{typed:?}");
    }

    #[test]
    fn blanks_cases_and_ways_of_typing_do_not_decide() {
        check("Amazon S3", "  amazon\t\u{a0} s3 ", true);
        check("Amazon S3", "amazons3", false);
        check("café", "CAFE\u{301}", true);
        check("Škoda", "s\u{30c}koda", true);
        check("don't", "don\u{2019}t", true);
        check("pay-as-you-go", "pay\u{2011}as\u{2011}you\u{2011}go", true);
        check("ΟΔΟΣ", "οδος", true);
        check("another", "Another", true);
    }

    #[test]
    fn signs_and_accents_decide() {
        check("C++", "C", false);
        check("resume", "résumé", false);
        check("443", "443.", false);
        check("443", "", false);
    }

    #[test]
    fn every_accent_has_a_letter_for_a_letter() {
        for (accent, letters, whole) in ACCENTS {
            assert_eq!(letters.chars().count(), whole.chars().count(), "{accent:?}");
        }
    }

    #[test]
    fn the_shown_answer_is_the_decks_own_or_the_first_accepted() {
        let own = |shown: Option<&str>| TypedAnswer {
            accept: vec!["443".to_owned()],
            shown: shown.map(str::to_owned),
            why: None,
        };
        assert_eq!(own(None).shown(), "443");
        assert_eq!(own(Some("Port **443**")).shown(), "Port **443**");
    }
}
