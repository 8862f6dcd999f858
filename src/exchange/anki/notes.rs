//! From a note to items: one for each card that the note makes, or one question for a note with choices.

use csv::StringRecord;

use crate::deck::{Ask, Choice, Cloze, Flashcard, ItemBody, Question, ShuffleChoices, TypedAnswer};
use crate::exchange::anki::collection::{Card, Note, NoteType};
use crate::exchange::anki::read::origin;
use crate::exchange::anki::template::{Shown, shown};
use crate::exchange::collect::{Collector, Draft};
use crate::exchange::columns::Columns;
use crate::exchange::imported::Origin;
use crate::exchange::prose::{explain, html_prose};
use crate::exchange::table;

/// An item of a note, and which of the note's cards it stands for.
pub(in crate::exchange) struct Sheet {
    pub(in crate::exchange) draft: Draft,
    pub(in crate::exchange) template_idx: usize,
}

/// Most blanks with numbers of their own in one note, as in Anki.
const MAX_CLOZES: usize = 500;

/// Returns the items of a note.
pub(in crate::exchange) fn drafts(
    note: &Note,
    note_type: &NoteType,
    cards: &[Card],
    collector: &mut Collector<'_>,
) -> Vec<Sheet> {
    let origin = origin(note.id);
    let reader = NoteReader { note, note_type, origin: &origin };
    let what = note.fields.first().map_or("", String::as_str);
    let choices = reader.all_in_one(collector).or_else(|| reader.columns(collector));
    let made: Result<Vec<(usize, ItemBody)>, String> = match choices {
        Some(choices) => choices.map(|body| vec![(0, body)]),
        None if note_type.is_cloze => Ok(reader.clozes(collector)),
        None => Ok(reader.sides(cards, collector)),
    };
    let made = match made {
        Ok(made) => made,
        Err(reason) => {
            collector.skip(&origin, what, reason);
            return Vec::new();
        }
    };
    if made.is_empty() {
        collector.skip(&origin, what, format!("a note of the type `{}` gives no card", note_type.name));
    }
    let sheet = |(template_idx, body): (usize, ItemBody)| {
        let mut draft = Draft::new(origin.clone(), body);
        draft.name = Some(name_of(&note.guid, template_idx));
        Sheet { draft, template_idx }
    };
    made.into_iter().map(sheet).collect()
}

/// A name that is the same at every import. What an id cannot hold is written as numbers.
fn name_of(guid: &str, template_idx: usize) -> String {
    let mut name = String::new();
    for c in guid.chars() {
        if c.is_ascii_alphanumeric() || c == '-' || c == '_' {
            name.push(c);
        } else {
            name.push_str(&format!(".{:x}", u32::from(c)));
        }
    }
    if template_idx > 0 {
        name.push_str(&format!("/{}", template_idx + 1));
    }
    name
}

/// Fields of our own note types that belong to neither side.
const REFERENCES: &str = "References";
const ALSO_ACCEPTED: &str = "Also accepted";

/// What is typed is no Markdown.
fn unmarked(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, chars.peek()) {
            ('\\', Some(sign)) if sign.is_ascii_punctuation() => plain.extend(chars.next()),
            (c, _) => plain.push(c),
        }
    }
    plain
}

struct NoteReader<'n> {
    note: &'n Note,
    note_type: &'n NoteType,
    origin: &'n Origin,
}

impl NoteReader<'_> {
    fn raw(&self, name: &str) -> &str {
        let idx = self.note_type.fields.iter().position(|own| own == name);
        idx.and_then(|idx| self.note.fields.get(idx)).map_or("", String::as_str)
    }

    fn text(&self, html: &str, collector: &mut Collector<'_>) -> String {
        let html = html.replace("[sound:", "[sound: ");
        if html.len() > html.replace("[sound: ", "").len() {
            collector.notice(self.origin, &html, "a sound is not brought over; its name stands in brackets");
        }
        html_prose(&html, self.origin, collector)
    }

    fn some_text(&self, html: &str, collector: &mut Collector<'_>) -> Option<String> {
        Some(self.text(html, collector)).filter(|text| !text.is_empty())
    }

    /// Notes of the add-on for multiple choice: `QType` 0 is a table of right and wrong, 1 several choices, 2 one.
    fn all_in_one(&self, collector: &mut Collector<'_>) -> Option<Result<ItemBody, String>> {
        let fields = &self.note_type.fields;
        let kind = fields.iter().find(|name| name.starts_with("QType"))?;
        if !fields.iter().any(|name| name == "Q_1") || !fields.iter().any(|name| name == "Answers") {
            return None;
        }
        let answers: Vec<String> =
            self.text(self.raw("Answers"), collector).split_whitespace().map(str::to_owned).collect();
        let mut choices = Vec::new();
        for (idx, name) in fields.iter().filter(|name| name.starts_with("Q_")).enumerate() {
            let Some(text) = self.some_text(self.raw(name), collector) else { continue };
            let is_key = answers.get(idx).is_some_and(|mark| mark == "1");
            choices.push(Choice { text, is_key, why: None });
        }
        let kind = self.text(self.raw(kind), collector);
        if kind.starts_with('0') {
            let reason = "each statement was to be called right or wrong; now the right ones are to be chosen";
            collector.notice(self.origin, self.raw("Question"), reason);
        }
        let extra = self.some_text(self.raw("Extra 1"), collector);
        explain(&mut choices, extra);
        let stem = self.some_text(self.raw("Question"), collector);
        let stem = stem.or_else(|| self.some_text(self.raw("Title"), collector)).unwrap_or_default();
        let refs = self.some_text(self.raw("Sources"), collector).into_iter().collect();
        let ask = Ask::Choices { choices, shuffle: ShuffleChoices::Yes };
        Some(Ok(ItemBody::Question(Question { stimulus: None, stem, ask, refs })))
    }

    /// Notes whose fields have the names of choices and of their key.
    fn columns(&self, collector: &mut Collector<'_>) -> Option<Result<ItemBody, String>> {
        let names: StringRecord = self.note_type.fields.iter().collect();
        let mut columns = Columns::of_header(&names)?;
        if (columns.choices.is_empty() && columns.listed.is_none()) || columns.answer.is_none() {
            return None;
        }
        columns.is_html = true;
        let record: StringRecord = self.note.fields.iter().collect();
        Some(table::body_of(&columns, &record, self.origin, collector))
    }

    /// One item for each card: what its front shows, and what its back adds.
    fn sides(&self, cards: &[Card], collector: &mut Collector<'_>) -> Vec<(usize, ItemBody)> {
        let mut made = Vec::new();
        for (template_idx, (front, back)) in self.note_type.templates.iter().enumerate() {
            // A template without a card is one that the note does not fill.
            if !cards.is_empty() && !cards.iter().any(|card| card.template_idx == template_idx) {
                continue;
            }
            let (front, back) = (shown(front), shown(back));
            if let Some(body) = self.card(&front, &back, collector) {
                made.push((template_idx, body));
            }
        }
        made
    }

    /// The texts of a field that holds references, one a line.
    fn refs(&self, collector: &mut Collector<'_>) -> Vec<String> {
        self.lines(REFERENCES, collector)
    }

    fn lines(&self, name: &str, collector: &mut Collector<'_>) -> Vec<String> {
        let text = self.text(self.raw(name), collector);
        text.split('\n')
            .map(|line| line.trim_end_matches('\\').trim().to_owned())
            .filter(|line| !line.is_empty())
            .collect()
    }

    fn card(&self, front: &Shown, back: &Shown, collector: &mut Collector<'_>) -> Option<ItemBody> {
        let refs = self.refs(collector);
        let mut texts = |names: &[String]| {
            let texts: Vec<String> =
                names.iter().filter_map(|name| self.some_text(self.raw(name), collector)).collect();
            texts.join("\n\n")
        };
        let stem = texts(&front.fields);
        let is_apart = |name: &String| name == REFERENCES || name == ALSO_ACCEPTED;
        let is_new =
            |name: &&String| !is_apart(name) && !front.fields.contains(name) && Some(*name) != front.typed.as_ref();
        let behind: Vec<String> = back.fields.iter().filter(is_new).cloned().collect();
        if let Some(typed) = &front.typed {
            let answer = texts(std::slice::from_ref(typed));
            let why = Some(texts(&behind)).filter(|why| !why.is_empty());
            if answer.is_empty() || stem.is_empty() {
                return None;
            }
            let mut accept = vec![unmarked(&answer)];
            accept.extend(self.lines(ALSO_ACCEPTED, collector).iter().map(|text| unmarked(text)));
            let ask = Ask::Typed(TypedAnswer { accept, shown: None, why });
            return Some(ItemBody::Question(Question { stimulus: None, stem, ask, refs }));
        }
        let mut answer = texts(&behind);
        if answer.is_empty() {
            let others: Vec<String> = self
                .note_type
                .fields
                .iter()
                .filter(|name| !front.fields.contains(name) && !is_apart(name))
                .cloned()
                .collect();
            answer = texts(&others);
        }
        let has_front = !stem.is_empty();
        let card = Flashcard { front: stem, back: answer, refs };
        has_front.then_some(ItemBody::Flashcard(card))
    }

    /// One item for each number of blanks. What other fields hold is left to a notice.
    fn clozes(&self, collector: &mut Collector<'_>) -> Vec<(usize, ItemBody)> {
        let Some(text) = self.note.fields.first() else { return Vec::new() };
        let text = self.text(text, collector);
        let refs = self.refs(collector);
        let others = self.note_type.fields.iter().skip(1).filter(|name| *name != REFERENCES);
        let extra: Vec<String> = others.filter_map(|name| self.some_text(self.raw(name), collector)).collect();
        let mut numbers: Vec<usize> = cloze_numbers(&text);
        numbers.sort_unstable();
        numbers.dedup();
        let made: Vec<(usize, ItemBody)> = numbers
            .into_iter()
            .take(MAX_CLOZES)
            .map(|number| {
                let text = clozed(&text, number);
                (number - 1, ItemBody::Cloze(Cloze { text, refs: refs.clone() }))
            })
            .collect();
        if !extra.is_empty() && !made.is_empty() {
            collector.notice(
                self.origin,
                &text,
                format!("a text with blanks has no back; left out: {}", extra.join(" / ")),
            );
        }
        made
    }
}

/// The numbers of the blanks in `{{c2::text}}`.
fn cloze_numbers(text: &str) -> Vec<usize> {
    text.match_indices("{{c").filter_map(|(at, _)| Some(opening(&text[at..])?.0)).collect()
}

/// Reads `{{c2::` at the beginning of a text: the number, and the bytes of it.
fn opening(text: &str) -> Option<(usize, usize)> {
    let inside = text.strip_prefix("{{c")?;
    let n_digits = inside.bytes().take(4).take_while(u8::is_ascii_digit).count();
    let number = inside[..n_digits].parse().ok().filter(|number| *number > 0)?;
    inside[n_digits..].starts_with("::").then_some((number, 3 + n_digits + 2))
}

/// The text with the blanks of one number; those of other numbers are plain text.
fn clozed(text: &str, wanted: usize) -> String {
    let mut out = String::with_capacity(text.len());
    let mut open: Vec<(usize, usize)> = Vec::new(); // the number of a blank, and where it begins in `out`
    let mut rest = text;
    while let Some(at) = rest.find(['{', '}']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((number, n_bytes)) = opening(rest) {
            open.push((number, out.len()));
            rest = &rest[n_bytes..];
        } else if rest.starts_with("}}") && !open.is_empty() {
            if let Some((number, start)) = open.pop() {
                let inside = out.split_off(start);
                let (answer, hint) =
                    inside.split_once("::").map_or((inside.as_str(), ""), |(answer, hint)| (answer, hint));
                let is_inner = open.iter().any(|(outer, _)| *outer == wanted);
                if number == wanted && !is_inner {
                    let hint = if hint.is_empty() { String::new() } else { format!("::{hint}") };
                    out.push_str(&format!("{{{{{}{hint}}}}}", answer.replace("}}", "} }").replace("{{", "{ {")));
                } else {
                    out.push_str(answer);
                }
            }
            rest = &rest[2..];
        } else {
            out.push_str(&rest[..1]);
            rest = &rest[1..];
        }
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, number: usize, expected: &str) {
        assert_eq!(clozed(text, number), expected);
    }

    #[test]
    fn blanks_of_other_numbers_are_plain_text() {
        let text = "{{c1::EBS}} lives in one {{c2::zone::where?}}.";
        assert_eq!(cloze_numbers(text), [1, 2]);
        check(text, 1, "{{EBS}} lives in one zone.");
        check(text, 2, "EBS lives in one {{zone::where?}}.");
        check("{{c1::a {{c2::b}} c}}", 1, "{{a b c}}");
        check("{{c1::a {{c2::b}} c}}", 2, "a {{b}} c");
        check("{{c1::never closed", 1, "never closed");
    }
}
