//! Which column is which.

use crate::format::responses::problem::Problems;
use crate::format::responses::record::Record;
use crate::format::suggest::{nearest, quoted};

/// Where the columns stand that matter. The last five may be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Columns {
    pub(super) n_all: usize,
    pub(super) learner: usize,
    pub(super) item: usize,
    pub(super) correct: usize,
    pub(super) sitting: Option<usize>,
    pub(super) form: Option<usize>,
    pub(super) choice: Option<usize>,
    pub(super) seconds: Option<usize>,
    pub(super) at: Option<usize>,
}

/// The names that mean something, the required ones first.
const NAMES: [&str; 8] = ["learner", "item", "correct", "sitting", "form", "choice", "seconds", "at"];

impl Columns {
    /// Reads the header; `None` if a required column is missing. Columns of other names are passed over, unless the
    /// name looks like a slip of a missing one.
    pub(super) fn read(header: Record<'_>, problems: &mut Problems) -> Option<Columns> {
        let names: Vec<String> =
            (0..header.n_fields()).map(|idx| String::from_utf8_lossy(header.field(idx)).into_owned()).collect();
        let place_of = |wanted: &str| names.iter().position(|name| name == wanted);
        let missing: Vec<&str> = NAMES.into_iter().filter(|name| place_of(name).is_none()).collect();
        for (idx, name) in names.iter().enumerate() {
            if NAMES.contains(&name.as_str()) {
                if names[..idx].contains(name) {
                    problems.say(header.line, format!("there are two columns {}", quoted(name)));
                }
            } else if let Some(meant) = nearest(name, missing.iter().copied()) {
                problems.say(header.line, format!("the column {} is not known; did you mean `{meant}`?", quoted(name)));
            }
        }
        for name in missing.iter().filter(|name| NAMES[..3].contains(name)) {
            let advice = match names.as_slice() {
                [only] if only.contains([';', '\t']) => "write commas between the columns",
                _ => "the first line names the columns",
            };
            problems.say(header.line, format!("there is no column `{name}`; {advice}"));
        }
        Some(Columns {
            n_all: names.len(),
            learner: place_of("learner")?,
            item: place_of("item")?,
            correct: place_of("correct")?,
            sitting: place_of("sitting"),
            form: place_of("form"),
            choice: place_of("choice"),
            seconds: place_of("seconds"),
            at: place_of("at"),
        })
    }
}
