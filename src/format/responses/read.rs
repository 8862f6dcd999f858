//! From records to responses.

use std::collections::HashMap;
use std::io::Read;

use chrono::{DateTime, NaiveDate, NaiveDateTime};

use crate::format::responses::header::Columns;
use crate::format::responses::names::Names;
use crate::format::responses::problem::{Problems, ResponsesError};
use crate::format::responses::record::{Next, Record, Records};
use crate::format::responses::table::{ResponseRow, ResponseSitting, ResponseTable};
use crate::format::suggest::quoted;

/// Rows between two words about progress.
const ROWS_A_WORD: u32 = 1 << 16;

/// Most rows: what fits into 2 GiB.
const MAX_ROWS: u32 = 100_000_000;

/// Longest time for an answer, in seconds: a day.
const MAX_SECONDS: f32 = 86_400.0;

/// Reads responses from CSV. The first line names the columns, in any order: `learner`, `item` and `correct` (0 or 1)
/// must be there; `sitting`, `form`, `choice`, `seconds` and `at` may. Fields may be quoted, empty lines are skipped.
/// `path` is what messages call the file, and `on_progress` hears now and then how many bytes were read.
///
/// # Errors
/// [`ResponsesError::Problems`] names every problem with its line.
pub fn read_responses(
    path: &str,
    input: impl Read,
    on_progress: &mut dyn FnMut(u64),
) -> Result<ResponseTable, ResponsesError> {
    let mut records = Records::new(input);
    let mut problems = Problems::of(path);
    let columns = match records.next()? {
        Next::Record(header) => Columns::read(header, &mut problems),
        Next::Broken(line, why) => {
            problems.say(line, why);
            None
        }
        Next::End => {
            problems.say(1, "the file is empty; its first line names the columns");
            None
        }
    };
    let Some(columns) = columns else { return problems.none_or(ResponseTable::default()) };
    let mut rows = Rows::new(columns);
    let mut n_records = 0_u32;
    loop {
        match records.next()? {
            Next::End => break,
            Next::Broken(line, why) => {
                problems.say(line, why);
                break;
            }
            Next::Record(record) if n_records == MAX_ROWS => {
                problems.say(record.line, "the file has more than 100 million rows");
                break;
            }
            Next::Record(record) => {
                if let Err(problem) = rows.add(record) {
                    problems.say(record.line, problem);
                }
            }
        }
        n_records += 1;
        if n_records.is_multiple_of(ROWS_A_WORD) {
            on_progress(records.n_bytes());
        }
    }
    problems.none_or(rows.into_table())
}

/// Rows on their way into a table.
struct Rows {
    columns: Columns,
    learners: Names,
    labels: Names, // of sittings
    forms: Names,
    items: Names,
    choices: Names,
    known_sittings: HashMap<(u32, u32), u32>,
    latest_sitting: ((u32, u32), u32),
    latest_time: (Vec<u8>, i64),
    sittings: Vec<SittingDraft>,
    kept: Vec<ResponseRow>,
}

struct SittingDraft {
    learner: u32,
    label: u32,
    form: u32,
    at: Option<i64>,
}

impl Rows {
    fn new(columns: Columns) -> Rows {
        Rows {
            columns,
            learners: Names::default(),
            labels: Names::default(),
            forms: Names::default(),
            items: Names::default(),
            choices: Names::default(),
            known_sittings: HashMap::new(),
            latest_sitting: ((u32::MAX, u32::MAX), 0),
            latest_time: (Vec::new(), 0),
            sittings: Vec::new(),
            kept: Vec::new(),
        }
    }

    fn add(&mut self, record: Record<'_>) -> Result<(), String> {
        let columns = self.columns;
        if record.n_fields() != columns.n_all {
            let (found, expected) = (record.n_fields(), columns.n_all);
            return Err(format!("fields do not match the header: {found} instead of {expected}"));
        }
        let optional = |idx: Option<usize>| idx.map_or(&b""[..], |idx| record.field(idx));
        let is_right = match record.field(columns.correct) {
            b"1" | b"true" => true,
            b"0" | b"false" => false,
            other => return Err(format!("`correct` is 0 or 1, not {}", shown(other))),
        };
        let seconds = seconds(optional(columns.seconds))?;
        let at = self.time(optional(columns.at))?;
        let sitting = self.sitting(record.field(columns.learner), optional(columns.sitting), optional(columns.form))?;
        if let Some(at) = at {
            let first = &mut self.sittings[usize::try_from(sitting).unwrap_or(usize::MAX)].at;
            *first = Some(first.map_or(at, |first| first.min(at)));
        }
        let item = place(&mut self.items, "item", record.field(columns.item))?;
        let choice = match optional(columns.choice) {
            b"" => None,
            choice => Some(named(self.choices.place(choice), "choice")?),
        };
        self.kept.push(ResponseRow::new(sitting, item, is_right, choice, seconds));
        Ok(())
    }

    /// Finds the sitting of a row, or begins it. A sitting has one form.
    fn sitting(&mut self, learner: &[u8], label: &[u8], form: &[u8]) -> Result<u32, String> {
        let learner = place(&mut self.learners, "learner", learner)?;
        let label = named(self.labels.place(label), "sitting")?;
        let form = named(self.forms.place(form), "form")?;
        let sitting = if self.latest_sitting.0 == (learner, label) {
            self.latest_sitting.1
        } else {
            let next = u32::try_from(self.sittings.len()).map_err(|_| "there are too many sittings")?;
            *self.known_sittings.entry((learner, label)).or_insert_with(|| {
                self.sittings.push(SittingDraft { learner, label, form, at: None });
                next
            })
        };
        self.latest_sitting = ((learner, label), sitting);
        if self.sittings[usize::try_from(sitting).unwrap_or(usize::MAX)].form != form {
            return Err("an earlier row of this sitting has another form; a sitting has one".to_owned());
        }
        Ok(sitting)
    }

    fn time(&mut self, text: &[u8]) -> Result<Option<i64>, String> {
        if text.is_empty() {
            return Ok(None);
        }
        if text != self.latest_time.0 {
            let time = str::from_utf8(text).ok().and_then(parse_time);
            let advice = "`at` is a date such as 2027-02-01 or a time such as 2027-02-01T09:30:00Z, not";
            self.latest_time = (text.to_vec(), time.ok_or_else(|| format!("{advice} {}", shown(text)))?);
        }
        Ok(Some(self.latest_time.1))
    }

    fn into_table(self) -> ResponseTable {
        let (labels, forms) = (self.labels.into_list(), self.forms.into_list());
        let name = |names: &[String], place: u32| {
            usize::try_from(place).ok().and_then(|place| names.get(place)).cloned().unwrap_or_default()
        };
        let sitting = |draft: SittingDraft| ResponseSitting {
            learner: draft.learner,
            name: name(&labels, draft.label),
            form: name(&forms, draft.form),
            at: draft.at,
        };
        ResponseTable {
            learners: self.learners.into_list(),
            items: self.items.into_list(),
            choices: self.choices.into_list(),
            sittings: self.sittings.into_iter().map(sitting).collect(),
            rows: self.kept,
        }
    }
}

fn place(names: &mut Names, column: &str, name: &[u8]) -> Result<u32, String> {
    if name.is_empty() { Err(format!("`{column}` is empty")) } else { named(names.place(name), column) }
}

fn named(place: Result<u32, &'static str>, column: &str) -> Result<u32, String> {
    place.map_err(|why| format!("`{column}` {why}"))
}

fn seconds(text: &[u8]) -> Result<Option<f32>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let seconds = str::from_utf8(text).ok().and_then(|text| text.parse().ok());
    match seconds.filter(|seconds| (0.0..=MAX_SECONDS).contains(seconds)) {
        Some(seconds) => Ok(Some(seconds)),
        None => Err(format!("`seconds` is a number from 0 to 86400, not {}", shown(text))),
    }
}

/// Returns seconds since 1970. A time without offset is taken as UTC.
fn parse_time(text: &str) -> Option<i64> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.timestamp());
    }
    let formats = ["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"];
    let time = formats.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    let time = time.or_else(|| text.parse::<NaiveDate>().ok()?.and_hms_opt(0, 0, 0))?;
    Some(time.and_utc().timestamp())
}

fn shown(text: &[u8]) -> String {
    quoted(&String::from_utf8_lossy(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems(text: &str) -> Vec<String> {
        match read_responses("r.csv", text.as_bytes(), &mut |_| {}) {
            Ok(_) => Vec::new(),
            Err(ResponsesError::Problems { problems, .. }) => problems.iter().map(ToString::to_string).collect(),
            Err(error) => panic!("{error}"),
        }
    }

    fn table(text: &str) -> ResponseTable {
        read_responses("r.csv", text.as_bytes(), &mut |_| {})
            .unwrap_or_else(|error| panic!("{error} {:?}", problems(text)))
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let table = table(text);
        let row = |row: u32| {
            let sitting = &table.sittings[table.sitting(row)];
            let learner = &table.learners[usize::try_from(sitting.learner).expect("a place")];
            let mark = if table.is_right(row) { '+' } else { '-' };
            let mut words =
                format!("{learner}/{}/{} {}{mark}", sitting.name, sitting.form, table.items[table.item(row)]);
            if let Some(choice) = table.choice(row) {
                words.push_str(&format!(" {}", table.choices[usize::try_from(choice).expect("a place")]));
            }
            if let Some(seconds) = table.seconds(row) {
                words.push_str(&format!(" {seconds}s"));
            }
            words
        };
        assert_eq!((0..table.n_rows()).map(row).collect::<Vec<_>>().join("; "), expected);
    }

    #[test]
    fn columns_stand_in_any_order_and_may_be_missing() {
        check("learner,sitting,form,item,correct\nann,1,A,q1,1\nann,1,A,q2,0\n", "ann/1/A q1+; ann/1/A q2-");
        check("correct,item,learner\ntrue,q1,ann\nfalse,q1,bob", "ann// q1+; bob// q1-");
        check("learner,item,correct,choice,seconds\nann,q1,1,b,12.5\nann,q2,0,,", "ann// q1+ b 12.5s; ann// q2-");
        check("learner,town,item,correct\nann,\"Bad Orb, Hesse\",q1,1", "ann// q1+");
        check("learner,item,correct\n\"O'Neill, \"\"J\"\"\",q1,1", "O'Neill, \"J\"// q1+");
        check("learner,item,correct\n", "");
    }

    #[test]
    fn a_sitting_begins_with_its_first_answer() {
        let rows = "a,1,q1,1,2027-02-01T10:00:00+01:00\na,1,q2,1,2027-02-01 08:30\na,2,q1,1,2027-02-03\na,3,q1,1,\n";
        let times =
            table(&format!("learner,sitting,item,correct,at\n{rows}")).sittings.into_iter().map(|sitting| sitting.at);
        assert_eq!(times.collect::<Vec<_>>(), [Some(1_801_470_600), Some(1_801_612_800), None]);
    }

    #[track_caller]
    fn check_problems(text: &str, expected: &[&str]) {
        assert_eq!(problems(text), expected);
    }

    #[test]
    fn every_problem_is_named_with_its_line() {
        check_problems("", &["r.csv:1: the file is empty; its first line names the columns"]);
        check_problems(
            "lerner,item,correct",
            &[
                "r.csv:1: the column `lerner` is not known; did you mean `learner`?",
                "r.csv:1: there is no column `learner`; the first line names the columns",
            ],
        );
        check_problems("item,learner,correct,item", &["r.csv:1: there are two columns `item`"]);
        check_problems(
            "learner,item,correct,seconds\nann,q1,yes,\n,q1,1,\nann,,1,\nann,q1,1\n\nann,q1,1,-3\nann,q1,1,4",
            &[
                "r.csv:2: `correct` is 0 or 1, not `yes`",
                "r.csv:3: `learner` is empty",
                "r.csv:4: `item` is empty",
                "r.csv:5: fields do not match the header: 3 instead of 4",
                "r.csv:7: `seconds` is a number from 0 to 86400, not `-3`",
            ],
        );
        check_problems(
            "learner,sitting,form,item,correct\nann,1,A,q1,1\nann,1,B,q2,1",
            &["r.csv:3: an earlier row of this sitting has another form; a sitting has one"],
        );
        check_problems(
            "learner,item,correct,at\nann,q1,1,yesterday",
            &["r.csv:2: `at` is a date such as 2027-02-01 or a time such as 2027-02-01T09:30:00Z, not `yesterday`"],
        );
        check_problems("learner,item,correct\n\"ann,q1,1\n", &["r.csv:2: a quote is not closed"]);
        check_problems("learner,item,correct\nann,q\u{1b}[2J,2", &["r.csv:2: `correct` is 0 or 1, not `2`"]);
        let long = "x".repeat(201);
        check_problems(&format!("learner,item,correct\n{long},q1,1"), &["r.csv:2: `learner` is longer than 200 bytes"]);
    }

    #[test]
    fn semicolons_and_other_encodings_are_recognised() {
        let problems = problems("learner;item;correct\nann;q1;1");
        assert_eq!(problems[0], "r.csv:1: there is no column `learner`; write commas between the columns");
        let latin =
            read_responses("r.csv", &b"learner,item,correct\n\xe4nne,q1,1"[..], &mut |_| {}).expect_err("no UTF-8");
        assert!(
            matches!(latin, ResponsesError::Problems { problems, .. } if problems[0].to_string() == "r.csv:2: `learner` is not UTF-8")
        );
    }

    #[test]
    fn of_many_problems_the_first_hundred_are_kept() {
        let text = format!("learner,item,correct\n{}", "ann,q1,x\n".repeat(250));
        let error = read_responses("r.csv", text.as_bytes(), &mut |_| {}).expect_err("problems");
        assert_eq!(error.to_string(), "the responses have 250 problems");
        assert!(matches!(error, ResponsesError::Problems { problems, .. } if problems.len() == 100));
    }
}
