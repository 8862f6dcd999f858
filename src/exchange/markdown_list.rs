//! Question lists in Markdown as they stand in many repositories.

use crate::deck::{Ask, Choice, ItemBody, Question, ShuffleChoices};
use crate::exchange::collect::{Collector, Draft};
use crate::exchange::imported::Origin;
use crate::exchange::keys::{key_of, leading_key};
use crate::exchange::markdown_line::{ChoiceLine, Line, bold_choice, line_of, unbolded};
use crate::exchange::markdown_text::repaired;
use crate::exchange::prose::{explain, joined};

/// Reads a file.
pub(in crate::exchange) fn read(text: &str, collector: &mut Collector<'_>) {
    let lines: Vec<&str> = text.lines().collect();
    let begins = Outlook::of(&lines);
    let mut page = Page { collector, headings: Vec::new(), own: None, is_code: false };
    for (idx, line) in lines.iter().enumerate() {
        page.line(idx + 1, line, begins.at[idx]);
    }
    page.end();
}

/// What comes first after a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Next {
    Choice,
    Answer,
    /// Another question, a heading or the end.
    Other,
}

/// For each line, what comes first after it.
struct Outlook {
    at: Vec<Next>,
}

impl Outlook {
    fn of(lines: &[&str]) -> Outlook {
        let mut at = vec![Next::Other; lines.len()];
        let mut next = Next::Other;
        for (idx, line) in lines.iter().enumerate().rev() {
            at[idx] = next;
            next = match line_of(line) {
                // A first choice: one in the middle of an answer's words is none.
                Line::Choice(ChoiceLine { letter: Some('a') | None, .. } | ChoiceLine { is_ticked: Some(_), .. }) => {
                    Next::Choice
                }
                Line::Answer(_) => Next::Answer,
                Line::Heading(..) | Line::Stem(..) => Next::Other,
                _ => next,
            };
        }
        Outlook { at }
    }
}

struct Page<'c, 'p> {
    collector: &'c mut Collector<'p>,
    headings: Vec<(usize, String)>,
    own: Option<Pending>,
    is_code: bool,
}

/// Where the next line of text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Part {
    #[default]
    Stem,
    Choice,
    /// The answer is announced and not yet given.
    Answer,
    Why,
    Refs,
}

#[derive(Default)]
struct Pending {
    line: usize,
    part: Part,
    stem: String,
    choices: Vec<PendingChoice>,
    answer: Option<String>,
    why: String,
    refs: Vec<String>,
}

struct PendingChoice {
    letter: Option<char>,
    is_ticked: Option<bool>,
    text: String,
}

impl Page<'_, '_> {
    fn line(&mut self, number: usize, line: &str, next: Next) {
        if line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~") {
            self.is_code = !self.is_code;
            self.text(line);
            return;
        }
        if self.is_code {
            self.text(line);
            return;
        }
        let (line, summary) = without_details(line);
        if let Some(summary) = summary
            && let Some(own) = &mut self.own
        {
            own.announce(&summary);
        }
        let line = line.as_ref();
        match line_of(line) {
            Line::Blank => self.text(""),
            Line::Heading(level, words) => self.heading(number, level, words, next),
            Line::Stem(stem, is_sure) => {
                let is_list = self.own.as_ref().is_some_and(|own| !own.can_end());
                if is_sure || next != Next::Other || !is_list {
                    self.begin(number, stem);
                } else {
                    self.text(line);
                }
            }
            Line::Choice(choice) => {
                if !self.own.as_mut().is_some_and(|own| own.choice(&choice)) {
                    self.text(line);
                }
            }
            Line::Answer(words) => self.label(Part::Answer, &words, line),
            Line::Why(words) => self.label(Part::Why, &words, line),
            Line::Refs(words) => self.label(Part::Refs, &words, line),
            Line::Text => self.text(line),
        }
    }

    fn label(&mut self, part: Part, words: &str, line: &str) {
        match &mut self.own {
            // Before there is a question to it, it is text like any other; so is a word in the stem.
            Some(own) if own.may_have(part) => {
                own.part = part;
                if !words.is_empty() {
                    own.text(words);
                }
            }
            _ => self.text(line),
        }
    }

    fn heading(&mut self, number: usize, level: usize, words: &str, next: Next) {
        if next == Next::Choice {
            self.begin(number, words.to_owned());
            return;
        }
        self.end();
        self.headings.retain(|(own, _)| *own < level);
        if level == 1 {
            self.collector.title(words);
        } else {
            self.headings.push((level, words.to_owned()));
        }
    }

    fn begin(&mut self, line: usize, stem: String) {
        self.end();
        self.own = Some(Pending { line, stem, ..Pending::default() });
    }

    fn text(&mut self, line: &str) {
        if let Some(own) = &mut self.own {
            own.text(line);
        }
    }

    fn end(&mut self) {
        self.is_code = false;
        let Some(own) = self.own.take() else { return };
        let origin = Origin::line(own.line);
        let stem = own.stem.clone();
        match own.question(&origin, self.collector) {
            Ok(question) => {
                let mut draft = Draft::new(origin, ItemBody::Question(question));
                draft.category = self.headings.iter().map(|(_, words)| words.clone()).collect();
                self.collector.add(draft);
            }
            Err(reason) => self.collector.skip(&origin, &stem, reason),
        }
    }
}

/// Takes the tags of `<details>` from a line; the words of a summary apart.
fn without_details(line: &str) -> (std::borrow::Cow<'_, str>, Option<String>) {
    let lower = line.to_ascii_lowercase();
    if !lower.contains("details") && !lower.contains("summary") {
        return (line.into(), None);
    }
    let mut text = String::new();
    let mut summary: Option<String> = None;
    let mut is_summary = false;
    let mut rest = line;
    loop {
        let (before, after) = rest.split_once('<').map_or((rest, None), |(before, after)| (before, Some(after)));
        if is_summary { summary.get_or_insert_default() } else { &mut text }.push_str(before);
        let Some(after) = after else { break };
        let name = after.trim_start_matches('/').get(..7).unwrap_or_default().to_ascii_lowercase();
        match after.split_once('>') {
            Some((_, behind)) if name == "details" => rest = behind,
            Some((_, behind)) if name == "summary" => {
                is_summary = !after.starts_with('/');
                rest = behind;
            }
            _ => {
                if is_summary { summary.get_or_insert_default() } else { &mut text }.push('<');
                rest = after;
            }
        }
    }
    (text.into(), summary)
}

impl Pending {
    /// Tells whether a label begins a part: there is a question, and choices before it is explained.
    fn may_have(&self, part: Part) -> bool {
        let is_explained_early = part == Part::Why && self.choices.is_empty();
        !self.stem.trim().is_empty() && !is_explained_early
    }

    /// Tells whether a new question may follow: this one has its choices, or its answer.
    fn can_end(&self) -> bool {
        let is_told = self.answer.is_some() || self.choices.iter().any(|choice| choice.is_ticked == Some(true));
        match self.part {
            Part::Stem => self.choices.is_empty() && !self.stem.trim().is_empty(),
            Part::Choice => !self.choices.is_empty(),
            Part::Answer | Part::Refs => true,
            // A numbered list in a rationale is part of it.
            Part::Why => !is_told || self.why.trim().is_empty(),
        }
    }

    /// The words of a summary say what the details are.
    fn announce(&mut self, summary: &str) {
        let words = summary.to_lowercase();
        self.part = match line_of(summary) {
            Line::Answer(answer) if !answer.is_empty() => {
                self.answer = Some(answer);
                Part::Why
            }
            _ if words.contains("answer") || words.contains("solution") => Part::Answer,
            _ => Part::Why,
        };
    }

    /// Adds a choice; `false` if it is none.
    fn choice(&mut self, choice: &ChoiceLine<'_>) -> bool {
        let is_open = matches!(self.part, Part::Stem | Part::Choice) || self.choices.is_empty();
        let next = letter_at(self.choices.len());
        let fits = match choice.letter {
            None => true,
            Some(letter) if Some(letter) == next || choice.is_ticked.is_some() => true,
            // The first one may be glued to the stem.
            Some('b') if self.choices.is_empty() => match split_glued(&self.stem, 'a') {
                Some((stem, text)) => {
                    (self.stem, self.choices) =
                        (stem, vec![PendingChoice { letter: Some('a'), is_ticked: None, text }]);
                    true
                }
                None => false,
            },
            Some(_) => false,
        };
        if !is_open || !fits || self.part == Part::Answer || self.stem.trim().is_empty() {
            return false;
        }
        self.part = Part::Choice;
        let text = choice.text.to_owned();
        self.choices.push(PendingChoice { letter: choice.letter, is_ticked: choice.is_ticked, text });
        true
    }

    fn text(&mut self, line: &str) {
        let target = match self.part {
            Part::Stem => &mut self.stem,
            Part::Choice => match self.choices.last_mut() {
                Some(choice) => &mut choice.text,
                None => &mut self.stem,
            },
            Part::Answer => {
                if !line.trim().is_empty() {
                    self.answer = Some(match self.answer.take() {
                        Some(before) => format!("{before}\n{}", line.trim()),
                        None => line.trim().to_owned(),
                    });
                    self.part = Part::Why;
                }
                return;
            }
            Part::Why => &mut self.why,
            Part::Refs => {
                self.refs.extend(links(line));
                return;
            }
        };
        if !target.is_empty() {
            target.push('\n');
        }
        target.push_str(line.trim_end());
    }

    fn question(mut self, origin: &Origin, collector: &mut Collector<'_>) -> Result<Question, String> {
        self.split_glued();
        self.bullets_are_choices();
        if self.choices.is_empty() {
            return Err("no choices follow".to_owned());
        }
        let mut marked: Vec<bool> = self.choices.iter().map(|choice| choice.is_ticked == Some(true)).collect();
        for (choice, is_marked) in self.choices.iter_mut().zip(&mut marked) {
            if let Some(text) = without_tick(&choice.text) {
                choice.text = text;
                *is_marked = true;
            }
        }
        if self.answer.is_none() && !marked.contains(&true) {
            self.bold_is_right(&mut marked);
        }
        let texts: Vec<String> = self.choices.iter().map(|choice| repaired(&choice.text, origin, collector)).collect();
        let mut why = joined(None, Some(repaired(&self.why, origin, collector)));
        if let Some(answer) = self.answer.as_deref().filter(|_| !marked.contains(&true)) {
            let Some(key) = key_of(answer, &texts) else {
                return Err(format!("the answer `{answer}` is none of its {} choices", texts.len()));
            };
            marked = (0..texts.len()).map(|idx| key.contains(idx)).collect();
            why = joined(rest_of_answer(answer, &texts), why);
        }
        if !marked.contains(&true) {
            return Err("no answer is given".to_owned());
        }
        let stem = repaired(&self.stem, origin, collector);
        let choice = |(text, is_key): (String, bool)| Choice { text, is_key, why: None };
        let mut choices: Vec<Choice> = texts.into_iter().zip(marked).map(choice).collect();
        explain(&mut choices, why);
        Ok(Question {
            stimulus: None,
            stem,
            ask: Ask::Choices { choices, shuffle: ShuffleChoices::Yes },
            refs: self.refs,
        })
    }

    /// Splits choices that stand on one line, behind the stem or behind each other.
    fn split_glued(&mut self) {
        if self.choices.is_empty() {
            let Some((stem, text)) = split_glued(&self.stem, 'a') else { return };
            // One letter alone is no list of choices.
            if split_glued(&text, 'b').is_none() {
                return;
            }
            self.stem = stem;
            self.choices.push(PendingChoice { letter: Some('a'), is_ticked: None, text });
        }
        while let Some(next) = letter_at(self.choices.len()) {
            let Some(last) = self.choices.last_mut() else { return };
            let Some((text, rest)) = last.letter.and_then(|_| split_glued(&last.text, next)) else { return };
            last.text = text;
            self.choices.push(PendingChoice { letter: Some(next), is_ticked: None, text: rest });
        }
    }

    /// Bullets at the end of a stem are its choices, if an answer is given.
    fn bullets_are_choices(&mut self) {
        if !self.choices.is_empty() || self.answer.is_none() {
            return;
        }
        let is_bullet = |line: &&str| ["- ", "* ", "+ "].iter().any(|mark| line.trim_start().starts_with(mark));
        let lines: Vec<&str> = self.stem.trim_end().lines().collect();
        let n_bullets = lines.iter().rev().take_while(|line| is_bullet(line) || line.trim().is_empty()).count();
        let (stem, bullets) = lines.split_at(lines.len() - n_bullets);
        let bullets: Vec<PendingChoice> = bullets
            .iter()
            .filter(|line| !line.trim().is_empty())
            .map(|line| PendingChoice { letter: None, is_ticked: None, text: line.trim_start()[2..].trim().to_owned() })
            .collect();
        if bullets.len() >= 2 {
            self.stem = stem.join("\n");
            self.choices = bullets;
        }
    }

    /// Where nothing else tells the key, the choices in bold letters are it.
    fn bold_is_right(&mut self, marked: &mut [bool]) {
        let is_bold: Vec<bool> = self.choices.iter().map(|choice| bold_choice(&choice.text).is_some()).collect();
        if !is_bold.contains(&true) || !is_bold.contains(&false) {
            return;
        }
        for (choice, is_marked) in self.choices.iter_mut().zip(marked) {
            if let Some(text) = bold_choice(&choice.text) {
                choice.text = text.to_owned();
                *is_marked = true;
            }
        }
    }
}

fn letter_at(idx: usize) -> Option<char> {
    u8::try_from(idx).ok().filter(|idx| *idx < 26).map(|idx| char::from(b'a' + idx))
}

/// Splits a text before a choice that stands in the middle of it: ` B. `, ` B) `, ` (B) `.
fn split_glued(text: &str, letter: char) -> Option<(String, String)> {
    let upper = letter.to_ascii_uppercase();
    let marks = [
        format!("{upper}. "),
        format!("{upper}) "),
        format!("({upper}) "),
        format!("{letter}) "),
        format!("({letter}) "),
    ];
    let at = marks.iter().find_map(|mark| {
        let found = text.match_indices(mark.as_str()).map(|(at, _)| at);
        let is_start = |at: &usize| text[..*at].ends_with([' ', '\n', '?', ':', '.']);
        found.filter(is_start).map(|at| (at, mark.len())).last()
    });
    let (at, n_mark) = at?;
    let (before, after) = (text[..at].trim_end(), text[at + n_mark..].trim());
    (!before.is_empty() && !after.is_empty()).then(|| (before.to_owned(), after.to_owned()))
}

/// Takes a sign such as `✅` or `(correct)` from a choice; `None` if there is none.
fn without_tick(text: &str) -> Option<String> {
    let mut rest = text.trim();
    let n_before = rest.len();
    for sign in [
        "✅",
        "✔️",
        "✔",
        "☑️",
        "☑",
        "✓",
        "(correct)",
        "(Correct)",
        "(CORRECT)",
        "(correct answer)",
        "(Correct Answer)",
        "**(Correct)**",
        "<-- correct",
        "<- correct",
        "← correct",
    ] {
        rest = rest.strip_prefix(sign).unwrap_or(rest).trim();
        rest = rest.strip_suffix(sign).unwrap_or(rest).trim();
    }
    (rest.len() < n_before).then(|| rest.to_owned())
}

/// What stands behind the letters of an answer, if it is not just the choice again.
fn rest_of_answer(answer: &str, texts: &[String]) -> Option<String> {
    let (key, rest) = leading_key(answer, texts.len())?;
    let rest = unbolded(rest);
    let is_choice =
        |idx: usize| texts.get(idx).is_some_and(|text| text.contains(&rest) || rest.contains(text.as_str()));
    (!key.iter().any(is_choice) && rest.contains(' ')).then_some(rest)
}

/// The addresses in a line; without one, its words.
fn links(line: &str) -> Vec<String> {
    let is_end = |c: char| c.is_whitespace() || "()<>[]\"`".contains(c);
    let found: Vec<String> = line
        .match_indices("http")
        .map(|(at, _)| line[at..].split(is_end).next().unwrap_or_default().trim_end_matches([',', '.', ';']))
        .filter(|link| link.starts_with("http://") || link.starts_with("https://"))
        .map(str::to_owned)
        .collect();
    let words = line.trim_matches(|c: char| c.is_whitespace() || "-*+>".contains(c));
    if found.is_empty() && !words.is_empty() {
        return vec![words.to_owned()];
    }
    let mut once: Vec<String> = Vec::new();
    for link in found {
        if !once.contains(&link) {
            once.push(link);
        }
    }
    once
}
