//! Moodle's XML.

use crate::deck::{Arrangement, Ask, Choice, ItemBody, Question, ShuffleChoices, Slot, TypedAnswer};
use crate::exchange::collect::{Collector, Draft};
use crate::exchange::gift_text::category;
use crate::exchange::imported::{ImportError, Origin};
use crate::exchange::markdown_text::repaired;
use crate::exchange::prose::{explain, html_prose, joined, prose, true_or_false};
use crate::exchange::xml::{Element, walk};

/// Reads a file.
pub(in crate::exchange) fn read(text: &str, collector: &mut Collector<'_>) -> Result<(), ImportError> {
    let mut path = Vec::new();
    walk(text, &["question"], &mut |_, element| {
        if element.attribute("type") == Some("category") {
            path = element.child("category").map(|own| category(&own.text())).unwrap_or_default();
        } else {
            question(element, &path, collector);
        }
    })
}

fn question(element: &Element, path: &[String], collector: &mut Collector<'_>) {
    let origin = Origin::line(element.line);
    let mut reader = Reader { origin: &origin, collector };
    let stem = reader.text(element.child("questiontext"));
    match reader.ask(element) {
        Ok(ask) => {
            let mut draft = Draft::new(
                origin.clone(),
                ItemBody::Question(Question { stimulus: None, stem, ask, refs: Vec::new() }),
            );
            draft.name = element.child("idnumber").map(Element::text).filter(|name| !name.trim().is_empty());
            draft.category = path.to_vec();
            let tags = element.child("tags").map(|tags| tags.children_named("tag").map(Element::text).collect());
            draft.tags = tags.unwrap_or_default();
            collector.add(draft);
        }
        Err(reason) => collector.skip(&origin, &stem, reason),
    }
}

struct Reader<'r, 'p> {
    origin: &'r Origin,
    collector: &'r mut Collector<'p>,
}

impl Reader<'_, '_> {
    /// The text of an element, by the format that it names.
    fn text(&mut self, element: Option<&Element>) -> String {
        let Some(element) = element else { return String::new() };
        let raw = element.child("text").unwrap_or(element).text();
        match element.attribute("format") {
            Some("html") => html_prose(&raw, self.origin, self.collector),
            Some("markdown") => repaired(&raw, self.origin, self.collector),
            Some("plain_text") => raw,
            _ => prose(&raw, self.origin, self.collector),
        }
    }

    fn some_text(&mut self, element: Option<&Element>) -> Option<String> {
        Some(self.text(element)).filter(|text| !text.trim().is_empty())
    }

    fn ask(&mut self, element: &Element) -> Result<Ask, String> {
        let kind = element.attribute("type").unwrap_or_default();
        let general = self.some_text(element.child("generalfeedback"));
        match kind {
            "multichoice" | "multichoiceset" => Ok(self.choices(element, general)),
            "truefalse" => self.truth(element, general),
            "shortanswer" => self.typed(element, general),
            "numerical" => self.number(element, general),
            "matching" | "ddmatch" => Ok(self.matching(element, general)),
            "ordering" => Ok(self.ordering(element, general)),
            "essay" => Err("an essay has no right answer".to_owned()),
            "description" => Err("a description asks nothing".to_owned()),
            "cloze" => Err("a text with questions in it is a kind that decks do not have".to_owned()),
            other => Err(format!("a question of the type `{other}` is a kind that decks do not have")),
        }
    }

    fn choices(&mut self, element: &Element, general: Option<String>) -> Ask {
        let answers: Vec<&Element> = element.children_named("answer").collect();
        let fractions: Vec<f64> = answers.iter().map(|answer| fraction(answer)).collect();
        let is_single = element.child("single").is_none_or(|single| single.text().trim() != "false");
        let has_whole = fractions.iter().any(|fraction| *fraction > 99.0);
        let is_key = |fraction: f64| if is_single && has_whole { fraction > 99.0 } else { fraction > 0.0 };
        let mut all = Vec::with_capacity(answers.len());
        for (answer, fraction) in answers.iter().zip(&fractions) {
            if *fraction > 0.0 && !is_key(*fraction) {
                let reason = "a choice that earned a part of the point counts as wrong";
                self.collector.notice(self.origin, &answer.text(), reason);
            }
            let text = self.text(Some(answer));
            all.push(Choice { text, is_key: is_key(*fraction), why: self.some_text(answer.child("feedback")) });
        }
        explain(&mut all, general);
        let is_fixed =
            element.child("shuffleanswers").is_some_and(|shuffle| matches!(shuffle.text().trim(), "0" | "false"));
        Ask::Choices { choices: all, shuffle: if is_fixed { ShuffleChoices::No } else { ShuffleChoices::Yes } }
    }

    fn truth(&mut self, element: &Element, general: Option<String>) -> Result<Ask, String> {
        let mut key = None;
        let mut whys = [None, None];
        for answer in element.children_named("answer") {
            let is_true = answer.child("text").unwrap_or(answer).text().trim().eq_ignore_ascii_case("true");
            let why = self.some_text(answer.child("feedback"));
            if fraction(answer) > 0.0 {
                key = Some(is_true);
                whys[0] = why;
            } else {
                whys[1] = why;
            }
        }
        let [right, wrong] = whys;
        let mut choices = true_or_false(key.ok_or("no answer is given")?, right, wrong);
        explain(&mut choices, general);
        Ok(Ask::Choices { choices, shuffle: ShuffleChoices::No })
    }

    fn typed(&mut self, element: &Element, general: Option<String>) -> Result<Ask, String> {
        let mut accept = Vec::new();
        let mut why = None;
        for answer in element.children_named("answer") {
            let text = answer.child("text").unwrap_or(answer).text();
            let bare = text.replace("\\*", "");
            if text.trim() == "*" || fraction(answer) <= 0.0 {
                continue;
            }
            if bare.contains('*') {
                return Err("the answer is a pattern with `*`, which decks do not have".to_owned());
            }
            if fraction(answer) < 99.0 {
                self.collector.notice(self.origin, &text, "an answer that earned a part of the point is left out");
                continue;
            }
            why = why.or_else(|| self.some_text(answer.child("feedback")));
            accept.push(text.replace("\\*", "*"));
        }
        Ok(Ask::Typed(TypedAnswer { accept, shown: None, why: joined(why, general) }))
    }

    fn number(&mut self, element: &Element, general: Option<String>) -> Result<Ask, String> {
        let whole: Vec<&Element> = element.children_named("answer").filter(|answer| fraction(answer) > 99.0).collect();
        let [only] = whole.as_slice() else {
            return Err("several numbers are right, which decks do not have".to_owned());
        };
        let tolerance = only.child("tolerance").map_or(String::new(), Element::text);
        if !matches!(tolerance.trim().parse::<f64>(), Ok(0.0)) && !tolerance.trim().is_empty() {
            return Err("a number with a tolerance or a range is right, which decks do not have".to_owned());
        }
        let accept = vec![only.child("text").unwrap_or(only).text()];
        let why = joined(self.some_text(only.child("feedback")), general);
        Ok(Ask::Typed(TypedAnswer { accept, shown: None, why }))
    }

    fn matching(&mut self, element: &Element, why: Option<String>) -> Ask {
        let (mut slots, mut extra) = (Vec::new(), Vec::new());
        for pair in element.children_named("subquestion") {
            let right = self.text(pair.child("answer"));
            match self.some_text(Some(pair)) {
                Some(label) => slots.push(Slot { label: Some(label), key: right, why: None }),
                None => extra.push(right),
            }
        }
        Ask::Arrangement(Arrangement { slots, extra, why })
    }

    fn ordering(&mut self, element: &Element, why: Option<String>) -> Ask {
        let mut parts: Vec<(f64, String)> = Vec::new();
        for answer in element.children_named("answer") {
            parts.push((fraction(answer), self.text(Some(answer))));
        }
        parts.sort_by(|a, b| a.0.total_cmp(&b.0));
        let slots = parts.into_iter().map(|(_, key)| Slot { label: None, key, why: None }).collect();
        Ask::Arrangement(Arrangement { slots, extra: Vec::new(), why })
    }
}

/// The percent of the point that an answer earns; of an ordering, the place of a part.
fn fraction(answer: &Element) -> f64 {
    answer
        .attribute("fraction")
        .and_then(|fraction| fraction.trim().parse().ok())
        .filter(|x: &f64| x.is_finite())
        .unwrap_or(0.0)
}
