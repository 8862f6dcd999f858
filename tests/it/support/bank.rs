//! Decks made for a test: items whose text tells their id, and whose id tells their key.

/// A bank of questions with four choices in a fixed order, and the exam over it.
pub(crate) struct Bank<'a> {
    /// The deck's id.
    pub(crate) id: &'a str,
    /// The lines of `exam:`; empty for a deck without an exam.
    pub(crate) exam: &'a str,
    /// Id, weight and number of questions of each domain.
    pub(crate) domains: &'a [(&'a str, u32, usize)],
}

impl Bank<'_> {
    /// The deck in YAML. The items of the domain `net` are `net-00`, `net-01` and so on.
    pub(crate) fn yaml(&self) -> String {
        let mut text = format!("id: {}\ntitle: Bank {}\n{}domains:\n", self.id, self.id, self.exam);
        for (domain, weight, _) in self.domains {
            text.push_str(&format!("  - {{id: {domain}, title: About {domain}, weight: {weight}}}\n"));
        }
        text.push_str("questions:\n");
        for (domain, _, n_items) in self.domains {
            for idx in 0..*n_items {
                let id = format!("{domain}-{idx:02}");
                text.push_str(&format!("  - id: {id}\n    domain: {domain}\n    shuffle: false\n"));
                text.push_str(&format!("    stem: What does {id} ask?\n    choices:\n"));
                for letter in ["a", "b", "c", "d"] {
                    let is_key = letter == key_of(&id);
                    text.push_str(&format!(
                        "      - {{text: {letter} of {id}, correct: {is_key}, why: about {letter}}}\n"
                    ));
                }
            }
        }
        text
    }
}

/// The id of the item whose stem was said last.
pub(crate) fn asked(said: &str) -> Option<&str> {
    said.rsplit_once("What does ")?.1.split_once(" ask?").map(|(id, _)| id)
}

/// The letter of the right choice of an item of a bank.
pub(crate) fn key_of(id: &str) -> &'static str {
    let number: usize = id.rsplit('-').next().and_then(|number| number.parse().ok()).expect("an id of a bank");
    ["a", "b", "c", "d"][number % 4]
}
