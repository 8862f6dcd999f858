//! Text taken apart into words, for rules that look at wording.

/// The words of a text in lower case: runs of letters, digits and `'` `+` `#` `%`, with points and commas inside numbers.
#[derive(Debug, Clone, Default)]
pub(super) struct Words {
    lower: String,
    bounds: Vec<(usize, usize)>,
}

impl Words {
    pub(super) fn of(text: &str) -> Words {
        let mut lower = String::with_capacity(text.len());
        let mut bounds = Vec::new();
        let mut start = None;
        let mut chars = text.chars().peekable();
        let mut before = ' ';
        while let Some(c) = chars.next() {
            let in_number =
                matches!(c, '.' | ',') && before.is_ascii_digit() && chars.peek().is_some_and(char::is_ascii_digit);
            if c.is_alphanumeric() || in_number || matches!(c, '\'' | '’' | '+' | '#' | '%') {
                start.get_or_insert(lower.len());
                match c {
                    '’' => lower.push('\''),
                    c if c.is_ascii() => lower.push(c.to_ascii_lowercase()),
                    c => lower.extend(c.to_lowercase()),
                }
            } else if let Some(start) = start.take() {
                bounds.push((start, lower.len()));
                lower.push(' ');
            }
            before = c;
        }
        if let Some(start) = start {
            bounds.push((start, lower.len()));
        }
        Words { lower, bounds }
    }

    pub(super) fn len(&self) -> usize {
        self.bounds.len()
    }

    pub(super) fn iter(&self) -> impl DoubleEndedIterator<Item = &str> + Clone {
        self.bounds.iter().map(|(start, end)| &self.lower[*start..*end])
    }

    pub(super) fn get(&self, idx: usize) -> Option<&str> {
        self.bounds.get(idx).map(|(start, end)| &self.lower[*start..*end])
    }

    pub(super) fn contains(&self, word: &str) -> bool {
        self.iter().any(|own| own == word)
    }

    /// Tells whether the words of `phrase`, set apart by one blank each, stand here in a row.
    pub(super) fn has_phrase(&self, phrase: &str) -> bool {
        let ends_word = |at: usize| at == self.lower.len() || self.lower.as_bytes()[at] == b' ';
        let begins_word = |at: usize| at == 0 || self.lower.as_bytes()[at - 1] == b' ';
        self.lower.match_indices(phrase).any(|(at, _)| begins_word(at) && ends_word(at + phrase.len()))
    }

    /// All words, one blank between two.
    pub(super) fn joined(&self) -> &str {
        self.lower.trim_end()
    }
}

/// A text with one blank for every run of white space. Case and signs stay: `C`, `c` and `C++` are three answers.
pub(super) fn spaced(text: &str) -> String {
    let mut spaced = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}

/// Tells whether two texts differ in nothing but white space.
pub(super) fn is_same_text(a: &str, b: &str) -> bool {
    a.split_whitespace().eq(b.split_whitespace())
}

/// Words that carry no subject matter, or so little that an echo of them tells nothing.
const EMPTY_WORDS: &[&str] = &[
    "about",
    "above",
    "after",
    "again",
    "allow",
    "allows",
    "already",
    "also",
    "amazon",
    "another",
    "because",
    "been",
    "before",
    "being",
    "best",
    "between",
    "both",
    "cannot",
    "choose",
    "company",
    "could",
    "different",
    "does",
    "during",
    "each",
    "either",
    "every",
    "first",
    "following",
    "from",
    "have",
    "help",
    "helps",
    "into",
    "itself",
    "kind",
    "least",
    "less",
    "make",
    "makes",
    "many",
    "might",
    "month",
    "more",
    "most",
    "much",
    "must",
    "need",
    "needs",
    "neither",
    "never",
    "newer",
    "offer",
    "offers",
    "often",
    "once",
    "only",
    "other",
    "others",
    "over",
    "part",
    "provide",
    "provides",
    "same",
    "several",
    "should",
    "since",
    "some",
    "still",
    "such",
    "than",
    "that",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "thing",
    "things",
    "this",
    "those",
    "through",
    "under",
    "until",
    "used",
    "uses",
    "using",
    "very",
    "want",
    "wants",
    "well",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "whole",
    "whose",
    "will",
    "with",
    "within",
    "without",
    "would",
    "year",
    "years",
    "your",
];

/// Returns the trunk of a word that carries a meaning of its own; `None` for short and empty words and for numbers.
pub(super) fn trunk(word: &str) -> Option<&str> {
    let is_number = word.starts_with(|c: char| c.is_ascii_digit());
    if word.len() < 5 || is_number || EMPTY_WORDS.binary_search(&word).is_ok() {
        return None;
    }
    let word = word.strip_suffix("'s").unwrap_or(word);
    let endings = ["ations", "ation", "ingly", "ings", "ing", "edly", "ies", "ed", "es", "ly", "s", "e", "y"];
    let cut = endings.iter().find_map(|ending| word.strip_suffix(ending).filter(|trunk| trunk.len() >= 4));
    Some(cut.unwrap_or(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_lower_case_and_keep_what_belongs_to_them() {
        let words = Words::of("It isn’t C++: 99.99 % of *S3*-objects, e.g. 1,000.");
        let all: Vec<&str> = words.iter().collect();
        assert_eq!(all, ["it", "isn't", "c++", "99.99", "%", "of", "s3", "objects", "e", "g", "1,000"]);
        assert!(words.has_phrase("of s3 objects") && !words.has_phrase("of s3 object"));
    }

    #[test]
    fn the_list_of_empty_words_is_in_order() {
        assert!(EMPTY_WORDS.is_sorted());
    }

    #[test]
    fn choices_of_signs_and_cases_differ() {
        assert_ne!(spaced("C++"), spaced("C"));
        assert_ne!(spaced("mg"), spaced("Mg"));
        assert_eq!(spaced(" two  words\n"), spaced("two words"));
    }

    #[test]
    fn forms_of_one_word_share_a_trunk() {
        assert_eq!((trunk("encrypted"), trunk("encrypting")), (Some("encrypt"), Some("encrypt")));
        assert_eq!((trunk("which"), trunk("with"), trunk("2026")), (None, None, None));
    }
}
