//! What a new deck is to hold, and its files.

use crate::base::{DeckId, DomainId, SafeText, Share, apportion, file_stem};
use crate::format::scaffold::examples::{EXAMPLES, Example, FLASHCARD};

/// What a new deck is to hold.
#[derive(Debug, Clone, PartialEq)]
pub struct Scaffold {
    /// Its name.
    pub id: DeckId,
    /// Its title; characters that would drive a terminal become visible ones.
    pub title: String,
    /// The exam that it prepares for; `None`: an exam is all questions, without a clock.
    pub exam: Option<ScaffoldExam>,
    /// The parts of the material; none means that it has no parts.
    pub domains: Vec<ScaffoldDomain>,
    /// A question to start with, before the examples.
    pub first: Option<FirstQuestion>,
}

/// The exam of a new deck.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct ScaffoldExam {
    /// Questions that an exam is to have once the deck has enough of them; at least 1.
    pub n_items: usize,
    /// Minutes allowed; `None`: no clock runs.
    pub minutes: Option<u32>,
    /// Share of right answers that passes; `None`: the usual 70 %.
    pub cut: Option<Share>,
}

/// A part of the material.
#[derive(Debug, Clone, PartialEq)]
pub struct ScaffoldDomain {
    /// Its name.
    pub id: DomainId,
    /// Its title.
    pub title: String,
    /// Its weight; only proportions count.
    pub weight: f64,
}

/// A question with one right choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstQuestion {
    /// What is asked.
    pub stem: String,
    /// What is right.
    pub right: String,
    /// The distractors.
    pub wrong: Vec<String>,
    /// Why the right choice is right; empty: not said yet.
    pub why: String,
}

/// The file of the JSON Schema that the first line of a new deck names, beside the deck.
pub const SCHEMA_FILE: &str = "cutscore.schema.json";

/// Example questions in a deck without domains.
const USUAL_EXAMPLES: usize = 4;

impl Scaffold {
    /// Returns the deck as one file. `named` is how its commands will name it.
    pub fn file(&self, named: &str) -> String {
        let mut text = self.header(named);
        text.push_str(&part(
            "The questions. Delete the examples when you have some of your own. The deck format has many more keys.",
        ));
        text.push_str("questions:\n");
        for (domain_idx, examples) in self.examples().into_iter().enumerate() {
            let domain = self.domains.get(domain_idx).map(|domain| domain.id.as_str());
            self.push_questions(&mut text, domain_idx, domain, examples);
        }
        end_of_text(text)
    }

    /// Returns the deck as the files of a folder, `deck.yaml` first and then one for each domain.
    pub fn folder(&self, named: &str) -> Vec<(String, String)> {
        let mut files = vec![("deck.yaml".to_owned(), self.header(named))];
        for (domain_idx, examples) in self.examples().into_iter().enumerate() {
            let mut text = format!("# yaml-language-server: $schema={SCHEMA_FILE}\n");
            let name = match self.domains.get(domain_idx) {
                Some(domain) => {
                    text.push_str(&part("What is said here once holds for all questions of this file."));
                    text.push_str(&format!("domain: {}\n", quoted(domain.id.as_str())));
                    format!("{}-{}.yaml", domain_idx + 1, file_stem(domain.id.as_str()))
                }
                None => "questions.yaml".to_owned(),
            };
            text.push_str("\nquestions:\n");
            self.push_questions(&mut text, domain_idx, None, examples);
            if examples.is_empty() && domain_idx > 0 {
                text.truncate(text.len() - "questions:\n".len());
                text.push_str("questions: []\n");
            }
            files.push((name, end_of_text(text)));
        }
        files
    }

    fn header(&self, named: &str) -> String {
        let mut text = format!(
            "# yaml-language-server: $schema={SCHEMA_FILE}\n\
             #\n\
             # A deck of questions. What follows a # is a comment for you.\n\
             #\n\
             #   cutscore deck check {named}\n\
             #   cutscore exam {named}\n",
        );
        text.push_str(&part("The version of the format, the deck's name and its title. History follows the name."));
        text.push_str(&format!("cutscore: 1\nid: {}\ntitle: {}\n", quoted(self.id.as_str()), quoted(&self.title)));
        text.push_str(&self.exam_section());
        if !self.domains.is_empty() {
            text.push_str(&part("The parts of the material. Weights say how much of an exam each has."));
            text.push_str("domains:\n");
            for domain in &self.domains {
                let (id, title, weight) = (quoted(domain.id.as_str()), quoted(&domain.title), domain.weight);
                text.push_str(&format!("  - {{id: {id}, title: {title}, weight: {weight}}}\n"));
            }
        }
        text
    }

    fn exam_section(&self) -> String {
        let Some(exam) = &self.exam else {
            return part("Without an `exam:` section an exam is all questions, without a clock.");
        };
        let mut text = part("The exam that the deck prepares for.") + "exam:\n";
        let n_now = self.n_exam_items();
        if n_now < exam.n_items {
            let goal = exam.n_items;
            text.push_str(&format!("  # The goal is {goal}: raise this number as the deck grows.\n"));
        }
        text.push_str(&format!("  items: {n_now}\n"));
        match exam.minutes {
            Some(minutes) => text.push_str(&format!("  minutes: {minutes}\n")),
            None => text.push_str("  # minutes: 30       # without this line no clock runs\n"),
        }
        text.push_str("  # Results in percent, and the share of right answers that passes.\n  scale: percent\n");
        match exam.cut {
            Some(cut) => text.push_str(&format!("  cut: {}\n", cut.value())),
            None => text.push_str("  # cut: 0.70         # this is what holds without the line\n"),
        }
        text
    }

    /// How many questions an exam has for now: no more than the examples can fill.
    fn n_exam_items(&self) -> usize {
        let n_usual = USUAL_EXAMPLES.max(self.domains.len()).min(EXAMPLES.len());
        let n_most = self.exam.map_or(n_usual, |exam| exam.n_items.min(n_usual));
        let is_filled = |n_items: &usize| self.shares(*n_items).iter().sum::<usize>() <= EXAMPLES.len();
        (1..=n_most).rev().find(is_filled).unwrap_or(1)
    }

    /// How many examples each domain gets for an exam of `n_items`: as many as the exam asks of it, and at least one.
    fn shares(&self, n_items: usize) -> Vec<usize> {
        let weights: Vec<f64> = self.domains.iter().map(|domain| domain.weight).collect();
        apportion(n_items, &weights).into_iter().map(|n| n.max(1)).collect()
    }

    /// The examples of each domain; without domains, the usual ones. A question of one's own stands for one of them.
    fn examples(&self) -> Vec<&'static [Example]> {
        let mut shares = if self.domains.is_empty() { vec![USUAL_EXAMPLES] } else { self.shares(self.n_exam_items()) };
        if let (Some(own), Some(_)) = (shares.first_mut(), &self.first) {
            *own -= 1;
        }
        let mut left = EXAMPLES;
        let mut examples = Vec::new();
        for n_own in shares {
            let (own, rest) = left.split_at(n_own.min(left.len()));
            examples.push(own);
            left = rest;
        }
        examples
    }

    fn push_questions(&self, text: &mut String, domain_idx: usize, domain: Option<&str>, examples: &[Example]) {
        if let (0, Some(first)) = (domain_idx, &self.first) {
            text.push_str("  # Your first question.\n  - id: first\n");
            if let Some(domain) = domain {
                text.push_str(&format!("    domain: {}\n", quoted(domain)));
            }
            let wrong: Vec<String> = first.wrong.iter().map(|text| quoted(text)).collect();
            text.push_str(&format!("    stem: {}\n    right: {}\n", quoted(&first.stem), quoted(&first.right)));
            text.push_str(&format!("    wrong: [{}]\n", wrong.join(", ")));
            let why = if first.why.trim().is_empty() { "    # why: \"..\"\n".to_owned() } else { why_line(&first.why) };
            text.push_str(&format!("{why}\n"));
        }
        for example in examples {
            push_example(text, example, domain);
        }
        if domain_idx == 0 {
            push_example(text, &FLASHCARD, domain);
        }
    }
}

/// Ends a file with one line end.
fn end_of_text(text: String) -> String {
    text.trim_end().to_owned() + "\n"
}

fn why_line(why: &str) -> String {
    format!("    why: {}\n", quoted(why))
}

fn push_example(text: &mut String, example: &Example, domain: Option<&str>) {
    for comment in example.comments {
        text.push_str(&format!("  # {comment}\n"));
    }
    text.push_str(&format!("  - id: {}\n", example.id));
    if let Some(domain) = domain {
        text.push_str(&format!("    domain: {}\n", quoted(domain)));
    }
    for line in example.lines {
        text.push_str(&format!("    {line}\n"));
    }
    text.push('\n');
}

/// A comment over a part of the file.
fn part(comment: &str) -> String {
    format!("\n# {comment}\n")
}

/// A text as YAML has it: as it is where that is plain, else in double quotes.
fn quoted(text: &str) -> String {
    let text = SafeText::one_line(text);
    let is_plain = text.as_str().starts_with(|c: char| c.is_ascii_alphabetic())
        && text.as_str().chars().all(|c| c.is_alphanumeric() || " -_.()".contains(c))
        && !text.as_str().ends_with(' ');
    if is_plain { text.to_string() } else { serde_json::Value::from(text.as_str()).to_string() }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use proptest::prelude::*;

    use super::*;
    use crate::format::{Colour, Reading, SourceFile, read_deck, render_findings};

    fn plain() -> Scaffold {
        let exam = ScaffoldExam { n_items: 20, minutes: Some(30), cut: Share::new(0.7).ok() };
        let id = DeckId::new("net").expect("an id");
        Scaffold { id, title: "Networks".to_owned(), exam: Some(exam), domains: Vec::new(), first: None }
    }

    fn domain(id: &str, weight: f64) -> ScaffoldDomain {
        ScaffoldDomain { id: DomainId::new(id).expect("an id"), title: id.to_owned(), weight }
    }

    fn reading(files: &[(String, String)]) -> Reading {
        let source = |(name, text): &(String, String)| SourceFile {
            name: name.clone(),
            bytes: Cow::Owned(text.clone().into_bytes()),
        };
        let sources: Vec<SourceFile> = files.iter().map(source).collect();
        let reading = read_deck(&sources);
        let report = render_findings(&reading.findings, &sources, Colour::Never);
        assert_eq!((reading.counts.n_errors, reading.counts.n_warnings), (0, 0), "{report}{files:#?}");
        reading
    }

    /// Checks that both forms of the deck read without error and warning, and say the same.
    #[track_caller]
    fn check(scaffold: &Scaffold) {
        let file = reading(&[("net.yaml".to_owned(), scaffold.file("./net.yaml"))]).deck.expect("a deck");
        let folder = reading(&scaffold.folder("./net")).deck.expect("a deck");
        assert_eq!(file, folder);
        assert_eq!(file.outline.id, scaffold.id);
        assert_eq!(file.outline.title, SafeText::one_line(&scaffold.title).as_str());
    }

    #[test]
    fn a_new_deck_has_no_errors_and_no_warnings() {
        check(&plain());
        check(&Scaffold { exam: None, ..plain() });
        check(&Scaffold { exam: Some(ScaffoldExam { n_items: 1, minutes: None, cut: None }), ..plain() });
        check(&Scaffold { domains: vec![domain("net", 40.0), domain("sec", 60.0)], ..plain() });
        check(&Scaffold { domains: vec![domain("a", 1.0), domain("b", 98.0), domain("deck", 1.0)], ..plain() });
        check(&Scaffold { domains: vec![domain("none", 0.0), domain("all", 1.5)], ..plain() });
        check(&Scaffold { domains: (0..12).map(|n| domain(&format!("d{n}"), 1.0)).collect(), ..plain() });
        let first = FirstQuestion {
            stem: "Is: this # \"fine\"? - 'yes' \\ {no}".to_owned(),
            right: "- yes".to_owned(),
            wrong: vec!["no: never".to_owned(), "[maybe]".to_owned()],
            why: "*because*".to_owned(),
        };
        check(&Scaffold { first: Some(first), domains: vec![domain("net", 40.0)], ..plain() });
    }

    #[test]
    fn the_first_line_names_the_schema_and_the_goal_stands_by_the_number_of_items() {
        let text = plain().file("./net.yaml");
        assert!(text.starts_with("# yaml-language-server: $schema=cutscore.schema.json\n"), "{text}");
        assert!(text.contains("  # The goal is 20: raise this number as the deck grows.\n  items: 4\n"), "{text}");
    }

    #[test]
    fn a_title_cannot_leave_its_line() {
        let title = "\u{1b}]0;x\u{7}\"\nquestions: []\n#".to_owned();
        let deck = Scaffold { title, ..plain() };
        check(&deck);
        assert!(deck.file("p").contains("title: \"␛]0;x␇\\\" questions: [] #\"\n"), "{}", deck.file("p"));
    }

    proptest! {
        #[test]
        fn a_new_deck_reads_whatever_it_is_to_hold(
            title in "\\PC{1,40}|[\"'#:\\-\u{1b}\n\t\\\\{}\\[\\]&*!|>%@` ]{1,20}x",
            weights in prop::collection::vec(0.0..1e6_f64, 0..12),
            n_items in 1_usize..300,
        ) {
            let domains = weights.iter().enumerate().map(|(idx, weight)| domain(&format!("d{idx}"), *weight)).collect();
            let exam = Some(ScaffoldExam { n_items, minutes: None, cut: None });
            let title = if SafeText::one_line(&title).as_str().is_empty() { "x".to_owned() } else { title };
            check(&Scaffold { title, exam, domains, ..plain() });
        }
    }
}
