//! Questions as rows of CSV or TSV.

use csv::{ReaderBuilder, StringRecord};

use crate::deck::{
    Arrangement, Ask, Choice, Cloze, Difficulty, Effort, Flashcard, ItemBody, Question, ShuffleChoices, Skill, Slot,
    Status, TypedAnswer,
};
use crate::exchange::collect::{Collector, Draft};
use crate::exchange::columns::Columns;
use crate::exchange::imported::{ImportError, Origin};
use crate::exchange::keys::{is_ambiguous, key_of};
use crate::exchange::prose::{explain, html_prose, joined, prose, true_or_false};

/// Longest row in bytes.
const MAX_ROW: usize = 1 << 20;

/// Reads a table. The first row names the columns; without such a row, two columns are the sides of flashcards.
pub(in crate::exchange) fn read(text: &str, collector: &mut Collector<'_>) -> Result<(), ImportError> {
    let directives = Directives::read(text);
    let body = directives.body;
    let delimiter = directives.separator.unwrap_or_else(|| delimiter_of(body));
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .quoting(delimiter != b'\t' || body.contains('"'))
        .from_reader(body.as_bytes());
    let mut columns: Option<Columns> = None;
    let mut n_rows = 0_usize;
    let mut record = StringRecord::new();
    loop {
        let line = usize::try_from(reader.position().line()).unwrap_or(0);
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(error) => return Err(ImportError::broken(format!("the table cannot be read: {error}"))),
        }
        let line = record.position().map_or(line, |at| usize::try_from(at.line()).unwrap_or(0)) + directives.n_lines;
        let origin = Origin::line(line);
        if record.iter().all(|field| field.trim().is_empty()) {
            continue;
        }
        n_rows += 1;
        let Some(known) = &columns else {
            let found = Columns::of_header(&record);
            let has_header = found.is_some();
            let found = found.or_else(|| directives.columns(record.len()));
            let Some(found) = found else {
                let reason = "the first row names no column for the question; name the columns `question`, `a`, `b`, .., \
                    `answer`, or give two columns without names";
                return Err(ImportError::broken(reason));
            };
            if !has_header {
                row(&found, &record, &origin, collector);
            }
            columns = Some(found);
            continue;
        };
        if record.as_slice().len() > MAX_ROW {
            collector.skip(&origin, &record[0], "the row is longer than 1 MiB; a quote may not be closed");
            continue;
        }
        row(known, &record, &origin, collector);
    }
    if n_rows == 0 { Err(ImportError::broken("the table is empty")) } else { Ok(()) }
}

/// Lines such as `#separator:tab` that Anki writes before the rows.
struct Directives<'t> {
    body: &'t str,
    n_lines: usize,
    separator: Option<u8>,
    tags_column: Option<usize>,
    is_html: bool,
}

impl<'t> Directives<'t> {
    fn read(text: &'t str) -> Directives<'t> {
        let mut own = Directives { body: text, n_lines: 0, separator: None, tags_column: None, is_html: false };
        while let Some((key, value)) = own.body.strip_prefix('#').and_then(|rest| {
            let (line, _) = rest.split_once('\n')?;
            line.split_once(':')
        }) {
            match key.trim() {
                "separator" => own.separator = separator_named(value.trim()),
                "html" => own.is_html = value.trim() == "true",
                "tags column" => own.tags_column = value.trim().parse().ok(),
                "columns" | "notetype" | "deck" | "tags" | "notetype column" | "deck column" | "guid column"
                | "if matches" => {}
                _ => break,
            }
            own.n_lines += 1;
            own.body = own.body.split_once('\n').map_or("", |(_, body)| body);
        }
        own
    }

    /// Rows without names: a front, a back, and tags where a directive says so.
    fn columns(&self, n_fields: usize) -> Option<Columns> {
        let tags = self.tags_column.and_then(|number| number.checked_sub(1));
        let n_sides = n_fields - usize::from(tags.is_some_and(|tags| tags < n_fields));
        let is_cards = n_sides == 2 || (self.n_lines > 0 && n_sides > 2);
        is_cards.then(|| Columns::of_cards(tags, self.is_html))
    }
}

fn separator_named(word: &str) -> Option<u8> {
    match word.to_ascii_lowercase().as_str() {
        "tab" => Some(b'\t'),
        "comma" => Some(b','),
        "semicolon" => Some(b';'),
        "pipe" => Some(b'|'),
        "colon" => Some(b':'),
        "space" => Some(b' '),
        other => match other.as_bytes() {
            [byte] => Some(*byte),
            _ => None,
        },
    }
}

/// The sign that stands most often in the first line, outside of quotes.
pub(in crate::exchange) fn delimiter_of(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |sign: u8| {
        let mut is_quoted = false;
        let is_sign = |byte: &u8| {
            is_quoted ^= *byte == b'"';
            *byte == sign && !is_quoted
        };
        first.as_bytes().iter().copied().filter(is_sign).count()
    };
    // Of equals the first is taken.
    let mut best = (b',', count(b','));
    for sign in [b'\t', b';', b'|'] {
        let n_signs = count(sign);
        if n_signs > best.1 {
            best = (sign, n_signs);
        }
    }
    best.0
}

/// A field that a spreadsheet was kept from taking for a formula has a leading apostrophe.
fn unguarded(field: &str) -> &str {
    match field.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r']) => rest,
        _ => field,
    }
}

/// A row and how its fields are read.
struct Row<'r, 'p> {
    columns: &'r Columns,
    record: &'r StringRecord,
    origin: &'r Origin,
    collector: &'r mut Collector<'p>,
}

impl Row<'_, '_> {
    fn raw(&self, column: Option<usize>) -> &str {
        column.and_then(|idx| self.record.get(idx)).map_or("", |field| unguarded(field.trim()))
    }

    fn text(&mut self, column: Option<usize>) -> String {
        let raw = self.raw(column).to_owned();
        if self.columns.is_html {
            html_prose(&raw, self.origin, self.collector)
        } else {
            prose(&raw, self.origin, self.collector)
        }
    }

    fn some_text(&mut self, column: Option<usize>) -> Option<String> {
        Some(self.text(column)).filter(|text| !text.is_empty())
    }

    /// The texts of the columns of choices that are filled, with their rationales.
    fn choices(&mut self) -> Vec<(String, Option<String>)> {
        let columns = self.columns;
        let mut all = Vec::new();
        for column in &columns.choices {
            let text = self.text(Some(column.text));
            let why = self.some_text(column.why);
            if !text.is_empty() {
                all.push((text, why));
            }
        }
        if all.is_empty() {
            let listed = self.text(columns.listed);
            all.extend(listed_parts(&listed).into_iter().map(|text| (text, None)));
        }
        all
    }

    fn words(&self, column: Option<usize>) -> Vec<String> {
        // A line end at the end tells that there is one text with commas in it.
        let raw = column.and_then(|idx| self.record.get(idx)).map_or("", |field| unguarded(field.trim_start()));
        let parts: Vec<&str> = match raw {
            raw if raw.contains('\n') => raw.split('\n').collect(),
            raw if raw.contains([';', '|']) => raw.split([';', '|']).collect(),
            raw if raw.contains(',') => raw.split(',').collect(),
            raw => vec![raw],
        };
        parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }
}

/// Choices in one field: one a line, or with bars, semicolons or commas between.
fn listed_parts(listed: &str) -> Vec<String> {
    let separator = ['\n', '|', ';', ','].into_iter().find(|separator| listed.contains(*separator));
    let parts: Vec<&str> = separator.map_or_else(|| vec![listed], |separator| listed.split(separator).collect());
    parts.into_iter().map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

fn row(columns: &Columns, record: &StringRecord, origin: &Origin, collector: &mut Collector<'_>) {
    let mut row = Row { columns, record, origin, collector };
    let stem = row.text(columns.question);
    match body(&mut row, stem.clone()) {
        Ok(body) => {
            let mut draft = Draft::new(origin.clone(), body);
            draft.name = Some(row.raw(columns.id).to_owned()).filter(|name| !name.is_empty());
            draft.category = [columns.domain, columns.task].map(|column| row.raw(column).to_owned()).to_vec();
            draft.category.retain(|part| !part.is_empty());
            draft.tags = if columns.has_spaced_tags {
                row.raw(columns.tags).split_whitespace().map(str::to_owned).collect()
            } else {
                row.words(columns.tags)
            };
            draft.concept = Some(row.raw(columns.concept).to_owned()).filter(|name| !name.is_empty());
            draft.difficulty = difficulty_of(row.raw(columns.difficulty));
            draft.skill = skill_of(row.raw(columns.skill));
            draft.status = status_of(row.raw(columns.status));
            collector.add(draft);
        }
        Err(reason) => collector.skip(origin, &stem, reason),
    }
}

/// Reads the fields of a note as a row.
pub(in crate::exchange) fn body_of(
    columns: &Columns,
    record: &StringRecord,
    origin: &Origin,
    collector: &mut Collector<'_>,
) -> Result<ItemBody, String> {
    let mut row = Row { columns, record, origin, collector };
    let stem = row.text(columns.question);
    body(&mut row, stem)
}

fn body(row: &mut Row<'_, '_>, stem: String) -> Result<ItemBody, String> {
    let columns = row.columns;
    let kind = row.raw(columns.kind).to_lowercase();
    let refs = row.words(columns.refs);
    let why = row.some_text(columns.why);
    if kind == "cloze" {
        return Ok(ItemBody::Cloze(Cloze { text: stem, refs }));
    }
    let choices = row.choices();
    if kind == "flashcard" || (choices.is_empty() && columns.is_cards()) {
        let back = row.text(columns.back.or(columns.answer));
        let back = joined(Some(back), why).unwrap_or_default();
        return Ok(ItemBody::Flashcard(Flashcard { front: stem, back, refs }));
    }
    let ask = match kind.as_str() {
        "order" | "ordering" => order(row, choices, why)?,
        "match" | "matching" => matching(row, choices, why),
        "typed" | "typed answer" | "short answer" | "fill-in-the-blank" | "open-ended" | "type answer" => {
            typed(row, choices, why)
        }
        _ if choices.is_empty() => truth_or_typed(row, why)?,
        _ => choose(row, choices, why)?,
    };
    Ok(ItemBody::Question(Question { stimulus: None, stem, ask, refs }))
}

fn choose(row: &mut Row<'_, '_>, texts: Vec<(String, Option<String>)>, why: Option<String>) -> Result<Ask, String> {
    let only: Vec<String> = texts.iter().map(|(text, _)| text.clone()).collect();
    let columns = row.columns;
    let mut choices: Vec<Choice> = texts.into_iter().map(|(text, why)| Choice { text, is_key: false, why }).collect();
    let answer = row.raw(columns.answer).to_owned();
    if columns.are_wrong {
        // The columns hold distractors; the key stands in a column of its own.
        let text = row.text(columns.answer);
        if text.is_empty() {
            return Err("no answer is given".to_owned());
        }
        choices.insert(0, Choice { text, is_key: true, why: None });
    } else if answer.is_empty() {
        return Err("no answer is given".to_owned());
    } else if is_ambiguous(&answer, &only) {
        let reason = "names one choice by its place and another by its text; write a letter";
        return Err(format!("the answer `{answer}` {reason}"));
    } else {
        let key = key_of(&answer, &only);
        let key = key.or_else(|| key_of(&row.text(columns.answer), &only));
        let Some(key) = key else {
            return Err(format!("the answer `{answer}` is none of its {} choices", only.len()));
        };
        key.iter().for_each(|idx| choices[idx].is_key = true);
    }
    explain(&mut choices, why);
    let is_fixed = matches!(row.raw(columns.shuffle).to_lowercase().as_str(), "no" | "false" | "0");
    let shuffle = if is_fixed { ShuffleChoices::No } else { ShuffleChoices::Yes };
    Ok(Ask::Choices { choices, shuffle })
}

/// A question without choices: true or false, or an answer to be typed.
fn truth_or_typed(row: &mut Row<'_, '_>, why: Option<String>) -> Result<Ask, String> {
    let answer = row.text(row.columns.answer);
    match answer.trim().to_lowercase().as_str() {
        "" => Err("no answer is given".to_owned()),
        word @ ("true" | "false" | "t" | "f") => {
            let choices = true_or_false(word.starts_with('t'), why, None);
            Ok(Ask::Choices { choices, shuffle: ShuffleChoices::No })
        }
        _ => Ok(Ask::Typed(TypedAnswer { accept: listed_accepted(&answer), shown: None, why })),
    }
}

fn listed_accepted(answer: &str) -> Vec<String> {
    let separator = ['\n', '|'].into_iter().find(|separator| answer.contains(*separator));
    separator.map_or_else(|| vec![answer.to_owned()], |separator| answer.split(separator).map(str::to_owned).collect())
}

fn typed(row: &mut Row<'_, '_>, choices: Vec<(String, Option<String>)>, why: Option<String>) -> Ask {
    let answer = row.some_text(row.columns.answer);
    let accept: Vec<String> = choices.into_iter().map(|(text, _)| text).collect();
    match (accept.is_empty(), answer) {
        (true, answer) => {
            let accept = listed_accepted(&answer.unwrap_or_default());
            Ask::Typed(TypedAnswer { accept, shown: None, why })
        }
        (false, shown) => Ask::Typed(TypedAnswer { accept, shown, why }),
    }
}

/// The parts in the order that the answer gives; without one, as they stand. Parts that it does not name are extra.
fn order(row: &mut Row<'_, '_>, choices: Vec<(String, Option<String>)>, why: Option<String>) -> Result<Ask, String> {
    let answer = row.raw(row.columns.answer).to_owned();
    let places: Vec<usize> = match answer.as_str() {
        "" => (0..choices.len()).collect(),
        answer => answer
            .split(|c: char| !c.is_alphanumeric())
            .filter(|part| !part.is_empty())
            .map(|part| key_of(part, &vec![String::new(); choices.len()]).filter(|key| key.len() == 1))
            .map(|key| key.and_then(|key| key.iter().next()))
            .collect::<Option<_>>()
            .ok_or_else(|| format!("`{answer}` is no order of its {} parts", choices.len()))?,
    };
    let slot = |idx: &usize| {
        let (key, why) = choices[*idx].clone();
        Slot { label: None, key, why }
    };
    let slots = places.iter().map(slot).collect();
    let extra = choices.iter().enumerate().filter(|(idx, _)| !places.contains(idx)).map(|(_, (text, _))| text.clone());
    Ok(Ask::Arrangement(Arrangement { slots, extra: extra.collect(), why }))
}

fn matching(row: &mut Row<'_, '_>, choices: Vec<(String, Option<String>)>, why: Option<String>) -> Ask {
    let columns = row.columns;
    let (mut slots, mut extra) = (Vec::new(), Vec::new());
    for ((text, why), column) in choices.into_iter().zip(&columns.choices) {
        match row.some_text(column.label) {
            Some(label) => slots.push(Slot { label: Some(label), key: text, why }),
            None => extra.push(text),
        }
    }
    Ask::Arrangement(Arrangement { slots, extra, why })
}

fn difficulty_of(word: &str) -> Option<Difficulty> {
    match word.to_lowercase().as_str() {
        "easy" => Some(Difficulty::Effort(Effort::Easy)),
        "medium" => Some(Difficulty::Effort(Effort::Medium)),
        "hard" => Some(Difficulty::Effort(Effort::Hard)),
        word => word.parse().ok().filter(|level| (1..=5_u8).contains(level)).map(Difficulty::Level),
    }
}

fn status_of(word: &str) -> Status {
    match word.to_lowercase().as_str() {
        "draft" => Status::Draft,
        "retired" => Status::Retired,
        "disputed" => Status::Disputed,
        _ => Status::Live,
    }
}

fn skill_of(word: &str) -> Option<Skill> {
    match word.to_lowercase().as_str() {
        "recall" => Some(Skill::Recall),
        "compare" => Some(Skill::Compare),
        "scenario" => Some(Skill::Scenario),
        _ => None,
    }
}
