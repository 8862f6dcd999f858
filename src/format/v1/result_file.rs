//! The result of a real exam as a file: the words of its score report under a few keys.

use crate::format::finding::Findings;
use crate::format::rules::WRONG_SHAPE;
use crate::format::v1::fields::{Field, Fields};
use crate::format::v1::keys::RESULT;
use crate::format::yaml::{Part, Span, read_document, text_of};
use crate::format::{LocatedFinding, SourceFile};

/// What a file says of a real exam, as it is written; a key that is not there is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ResultFile {
    /// The day of the exam.
    pub date: Option<String>,
    /// The score.
    pub score: Option<String>,
    /// `pass` or `fail`.
    pub outcome: Option<String>,
    /// Domains and the levels that they got.
    pub levels: Vec<(String, String)>,
    /// What was paid.
    pub cost: Option<String>,
    /// The day of the next attempt.
    pub next: Option<String>,
}

/// Reads a file with the result of a real exam; what its values mean is for who knows the deck.
///
/// # Errors
/// Everything that keeps it from being YAML with the right keys, with its place.
pub fn read_result_file(source: &SourceFile) -> Result<ResultFile, Vec<LocatedFinding>> {
    let mut findings = Findings::about(std::slice::from_ref(source));
    let mut log = findings.in_file(0);
    let mut file = ResultFile::default();
    if let Some(text) = text_of(&source.bytes, &mut log) {
        let mut entries = Vec::new();
        // Nothing in it is long enough to be streamed.
        read_document(text, "", &mut log, &mut |part, log| match part {
            Part::Entry(key, node) => entries.push((key, node)),
            Part::Element(node) => log.say(&WRONG_SHAPE, node.span, "a result is no list", "write `key: value` lines"),
        });
        let mut fields = Fields::new(Span::START, entries);
        file.date = fields.need("date", "a result", &mut log).and_then(|field| field.text(&mut log));
        let mut text = |name| fields.take(name, &mut log).and_then(|field| field.text(&mut log));
        (file.score, file.outcome, file.cost, file.next) = (text("score"), text("outcome"), text("cost"), text("next"));
        if let Some(levels) = fields.take("levels", &mut log).and_then(|field| field.fields(&mut log)) {
            for (domain, node) in levels.into_entries() {
                let level = Field::element("levels", node, &mut log).and_then(|field| field.text(&mut log));
                file.levels.extend(level.map(|level| (domain.name.into_owned(), level)));
            }
        }
        fields.finish("a result", &[RESULT], &mut log);
    }
    if findings.counts().n_errors == 0 { Ok(file) } else { Err(findings.take_sorted()) }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn read(text: &'static str) -> Result<ResultFile, Vec<String>> {
        let source = SourceFile { name: "r.yaml".to_owned(), bytes: Cow::Borrowed(text.as_bytes()) };
        let line = |finding: LocatedFinding| format!("{}:{} {}", finding.line, finding.column, finding.message);
        read_result_file(&source).map_err(|findings| findings.into_iter().map(line).collect())
    }

    #[test]
    fn a_file_is_taken_as_it_is_written() {
        let file = read(
            "date: 2027-03-01\nscore: 655\noutcome: fail\nlevels:\n  security: Needs Improvement\n  billing: meets\n\
             cost: 100 USD\nnext: 2027-04-26\n",
        )
        .expect("a good file");
        let some = |text: &str| Some(text.to_owned());
        assert_eq!([file.date, file.score, file.outcome], [some("2027-03-01"), some("655"), some("fail")]);
        assert_eq!([file.cost, file.next], [some("100 USD"), some("2027-04-26")]);
        let levels = [("security", "Needs Improvement"), ("billing", "meets")];
        assert_eq!(file.levels, levels.map(|(domain, level)| (domain.to_owned(), level.to_owned())));
        assert_eq!(read("date: 2027-03-01\n").expect("enough").levels, []);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        assert_eq!(read("score: 655\n"), Err(vec!["1:1 a result needs `date`".to_owned()]));
        assert_eq!(
            read("date: 2027-03-01\nscroe: 655\nlevels: [NI]\n"),
            Err(vec![
                "2:1 unknown key `scroe` in a result".to_owned(),
                "3:9 `levels` is a mapping, not a list".to_owned(),
            ])
        );
        let lists = read("- 1\n- 2\n").expect_err("no mapping");
        assert!(!lists.is_empty(), "{lists:?}");
        assert!(read("date: *gone\n").is_err() && read("date: [").is_err());
    }
}
