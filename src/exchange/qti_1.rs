//! Items of QTI 1.2, as many learning platforms write them.

use std::collections::BTreeMap;

use crate::deck::{Arrangement, Ask, Choice, ItemBody, Question, ShuffleChoices, Slot, TypedAnswer};
use crate::exchange::collect::{Collector, Draft};
use crate::exchange::imported::Origin;
use crate::exchange::prose::{explain, html_prose, joined, prose};
use crate::exchange::xml::Element;

/// Reads an item.
pub(in crate::exchange) fn item(
    element: &Element,
    origin: Origin,
    category: Vec<String>,
    collector: &mut Collector<'_>,
) {
    let title = element.attribute("title").unwrap_or_default().to_owned();
    match body(element, &origin, collector) {
        Ok(question) => {
            let mut draft = Draft::new(origin, ItemBody::Question(question));
            draft.name = element.attribute("ident").map(str::to_owned);
            draft.category = category;
            collector.add(draft);
        }
        Err(reason) => collector.skip(&origin, &title, reason),
    }
}

fn body(item: &Element, origin: &Origin, collector: &mut Collector<'_>) -> Result<Question, String> {
    let presentation = item.child("presentation").ok_or("the item has no presentation")?;
    let mut reader = Reader { item, origin, collector };
    let is_response = |own: &Element| own.name.starts_with("response_");
    let responses = all_responses(presentation);
    let outer: Vec<&Element> = materials(presentation, &is_response);
    let mut stem = String::new();
    for material in outer {
        let text = reader.material(material);
        stem = joined(Some(stem), Some(text)).unwrap_or_default();
    }
    let rules = Rule::all(item);
    let why = reader.general_feedback(&rules);
    let ask = match responses.as_slice() {
        [] => return Err("the item asks nothing".to_owned()),
        [only] if only.name == "response_lid" => {
            // A question may stand within what asks for the response.
            let inner: Vec<&Element> = only.children_named("material").collect();
            for material in inner {
                let text = reader.material(material);
                stem = joined(Some(stem), Some(text)).unwrap_or_default();
            }
            reader.choices(only, &rules, why)?
        }
        [only] if only.name == "response_str" || only.name == "response_num" => typed(only, &rules, why)?,
        several if several.iter().all(|own| own.name == "response_lid") => reader.matching(several, &rules, why)?,
        [only] => return Err(format!("a question of the type `{}` is a kind that decks do not have", only.name)),
        several => return Err(format!("the item asks {} things at once, which decks do not have", several.len())),
    };
    Ok(Question { stimulus: None, stem, ask, refs: Vec::new() })
}

fn all_responses(element: &Element) -> Vec<&Element> {
    let mut found = Vec::new();
    for child in element.elements() {
        if child.name.starts_with("response_") && child.name != "response_label" {
            found.push(child);
        } else {
            found.extend(all_responses(child));
        }
    }
    found
}

/// The materials outside of what `leave_out` holds for.
fn materials<'e>(element: &'e Element, leave_out: &dyn Fn(&Element) -> bool) -> Vec<&'e Element> {
    let mut found = Vec::new();
    for child in element.elements().filter(|child| !leave_out(child)) {
        if child.name == "material" {
            found.push(child);
        } else {
            found.extend(materials(child, leave_out));
        }
    }
    found
}

/// What a response earns and shows.
struct Rule {
    score: Option<f64>,
    /// What must be answered: which response, and what.
    wanted: Vec<(String, String)>,
    feedback: Vec<String>,
    is_catch_all: bool,
}

impl Rule {
    fn all(item: &Element) -> Vec<Rule> {
        item.all("respcondition").into_iter().map(Rule::read).collect()
    }

    fn read(condition: &Element) -> Rule {
        let scores: Vec<f64> =
            condition.children_named("setvar").filter_map(|own| own.text().trim().parse().ok()).collect();
        let variables = condition.child("conditionvar");
        let mut wanted = Vec::new();
        if let Some(variables) = variables {
            equal_values(variables, &mut wanted);
        }
        let feedback = condition.children_named("displayfeedback").filter_map(|own| own.attribute("linkrefid"));
        Rule {
            score: scores.first().copied(),
            is_catch_all: variables.is_some_and(|own| own.child("other").is_some()) || wanted.is_empty(),
            wanted,
            feedback: feedback.map(str::to_owned).collect(),
        }
    }
}

/// The values that must be there, without those that must not.
fn equal_values(element: &Element, wanted: &mut Vec<(String, String)>) {
    for child in element.elements() {
        match child.name.as_str() {
            "varequal" => {
                let response = child.attribute("respident").unwrap_or_default().to_owned();
                wanted.push((response, child.text().trim().to_owned()));
            }
            "not" => {}
            _ => equal_values(child, wanted),
        }
    }
}

struct Reader<'r, 'p> {
    item: &'r Element,
    origin: &'r Origin,
    collector: &'r mut Collector<'p>,
}

impl Reader<'_, '_> {
    fn material(&mut self, material: &Element) -> String {
        let mut text = String::new();
        for own in material.elements() {
            let next = match own.name.as_str() {
                "mattext" | "matemtext" => {
                    let raw = own.html(&|_| false);
                    let is_marked_up = own.elements().next().is_some();
                    match own.attribute("texttype") {
                        _ if is_marked_up => html_prose(&raw, self.origin, self.collector),
                        Some("text/html" | "text/xhtml") => html_prose(&own.text(), self.origin, self.collector),
                        _ => prose(&own.text(), self.origin, self.collector),
                    }
                }
                "matimage" | "mataudio" | "matvideo" => {
                    let source = own.attribute("uri").unwrap_or_default();
                    let html = format!("<img src=\"{}\">", crate::exchange::escape::escape_xml(source));
                    html_prose(&html, self.origin, self.collector)
                }
                "matbreak" => "\\\n".to_owned(),
                _ => continue,
            };
            text.push_str(&next);
        }
        text
    }

    fn label(&mut self, label: &Element) -> String {
        let all = materials(label, &|_| false);
        let texts: Vec<String> = all.into_iter().map(|material| self.material(material)).collect();
        texts.join(" ")
    }

    fn feedback(&mut self, id: &str) -> Option<String> {
        let item = self.item;
        let own = item.children_named("itemfeedback").find(|own| own.attribute("ident") == Some(id))?;
        let all = materials(own, &|_| false);
        let texts: Vec<String> = all.into_iter().map(|material| self.material(material)).collect();
        Some(texts.join("\n\n")).filter(|text| !text.trim().is_empty())
    }

    /// What is said whatever was answered.
    fn general_feedback(&mut self, rules: &[Rule]) -> Option<String> {
        let named = self.feedback("general_fb");
        let shown = rules.iter().filter(|rule| rule.is_catch_all).flat_map(|rule| &rule.feedback);
        let shown: Vec<String> = shown.filter(|id| *id != "general_fb" && !id.contains("incorrect")).cloned().collect();
        shown.iter().fold(named, |all, id| joined(all, self.feedback(id)))
    }

    fn choices(&mut self, response: &Element, rules: &[Rule], why: Option<String>) -> Result<Ask, String> {
        let own = response.attribute("ident").unwrap_or_default();
        let labels = response.all("response_label");
        let is_ordered = response.attribute("rcardinality").is_some_and(|word| word.eq_ignore_ascii_case("ordered"));
        let is_multiple = response.attribute("rcardinality").is_some_and(|word| word.eq_ignore_ascii_case("multiple"));
        let right = right_values(own, rules, is_multiple);
        if right.is_empty() {
            return Err("no answer is given".to_owned());
        }
        let mut texts = Vec::new();
        for label in &labels {
            texts.push((label.attribute("ident").unwrap_or_default().to_owned(), self.label(label)));
        }
        if is_ordered {
            return ordered(&texts, &right, why);
        }
        let mut choices = Vec::new();
        for (id, text) in texts {
            let is_shown = |rule: &&Rule| rule.wanted.len() == 1 && rule.wanted[0].1 == id;
            let shown: Vec<String> = rules.iter().filter(is_shown).flat_map(|rule| rule.feedback.clone()).collect();
            let own_why = shown.iter().fold(None, |all, feedback| joined(all, self.feedback(feedback)));
            choices.push(Choice { text, is_key: right.contains(&id), why: own_why });
        }
        explain(&mut choices, why);
        let render = response.first("render_choice");
        let is_fixed =
            render.and_then(|own| own.attribute("shuffle")).is_some_and(|word| word.eq_ignore_ascii_case("no"));
        Ok(Ask::Choices { choices, shuffle: if is_fixed { ShuffleChoices::No } else { ShuffleChoices::Yes } })
    }

    /// Several responses, each with the same options: what is to be matched stands before each of them.
    fn matching(&mut self, responses: &[&Element], rules: &[Rule], why: Option<String>) -> Result<Ask, String> {
        let mut options: BTreeMap<String, String> = BTreeMap::new();
        let mut order: Vec<String> = Vec::new();
        let mut slots = Vec::new();
        let mut used = Vec::new();
        for response in responses {
            let own = response.attribute("ident").unwrap_or_default();
            let texts: Vec<String> = response.children_named("material").map(|own| self.material(own)).collect();
            let label = texts.join(" ");
            for option in response.all("response_label") {
                let id = option.attribute("ident").unwrap_or_default().to_owned();
                if !options.contains_key(&id) {
                    options.insert(id.clone(), self.label(option));
                    order.push(id);
                }
            }
            let right = right_values(own, rules, false);
            let [only] = right.as_slice() else {
                return Err(format!("the left side `{label}` has {} right sides, and needs one", right.len()));
            };
            let key = options.get(only).cloned().ok_or_else(|| format!("the right side `{only}` is missing"))?;
            used.push(only.clone());
            slots.push(Slot { label: Some(label), key, why: None });
        }
        let extra = order.iter().filter(|id| !used.contains(id)).filter_map(|id| options.get(id).cloned()).collect();
        Ok(Ask::Arrangement(Arrangement { slots, extra, why }))
    }
}

fn typed(response: &Element, rules: &[Rule], why: Option<String>) -> Result<Ask, String> {
    let own = response.attribute("ident").unwrap_or_default();
    let earning = rules.iter().filter(|rule| rule.score.is_none_or(|score| score > 0.0));
    let accept: Vec<String> = earning
        .flat_map(|rule| &rule.wanted)
        .filter(|(response, _)| response == own || response.is_empty())
        .map(|(_, value)| value.clone())
        .collect();
    if accept.is_empty() {
        return Err("an essay has no right answer".to_owned());
    }
    Ok(Ask::Typed(TypedAnswer { accept, shown: None, why }))
}

/// The values of a response that earn most; of several rules that each earn for one, all of them.
fn right_values(response: &str, rules: &[Rule], is_multiple: bool) -> Vec<String> {
    let own = |rule: &Rule| -> Vec<String> {
        let wanted = rule.wanted.iter().filter(|(own, _)| own == response || own.is_empty());
        wanted.map(|(_, value)| value.clone()).collect()
    };
    let earning = rules.iter().filter(|rule| rule.score.is_some_and(|score| score > 0.0) && !own(rule).is_empty());
    let earning: Vec<(f64, Vec<String>)> = earning.map(|rule| (rule.score.unwrap_or(0.0), own(rule))).collect();
    let Some(most) = earning.iter().map(|(score, _)| *score).max_by(f64::total_cmp) else { return Vec::new() };
    let best = earning.into_iter().filter(|(score, _)| *score >= most).map(|(_, values)| values);
    if is_multiple { best.flatten().collect() } else { best.into_iter().next().unwrap_or_default() }
}

fn ordered(texts: &[(String, String)], right: &[String], why: Option<String>) -> Result<Ask, String> {
    let mut slots = Vec::new();
    for id in right {
        let own = texts.iter().find(|(own, _)| own == id);
        let (_, key) = own.ok_or_else(|| format!("the order names `{id}`, which is no part of it"))?;
        slots.push(Slot { label: None, key: key.clone(), why: None });
    }
    let extra = texts.iter().filter(|(id, _)| !right.contains(id)).map(|(_, text)| text.clone()).collect();
    Ok(Ask::Arrangement(Arrangement { slots, extra, why }))
}
