//! Items of QTI 2.x, and of 3.0, whose names differ only in how they are spelled.

use crate::deck::{Arrangement, Ask, Choice, ItemBody, Question, ShuffleChoices, Slot, TypedAnswer};
use crate::exchange::collect::{Collector, Draft};
use crate::exchange::imported::Origin;
use crate::exchange::prose::{explain, html_prose, joined};
use crate::exchange::xml::Element;

/// What can be asked and held.
const HELD: &[&str] =
    &["choiceinteraction", "orderinteraction", "matchinteraction", "textentryinteraction", "inlinechoiceinteraction"];

/// What stands in the place of a gap until the text is Markdown; of no meaning to anybody.
const MARK: &str = "\u{e000}";

/// What stands in a text in the place of a gap.
const GAP: &str = "_____";

/// Reads an item.
pub(in crate::exchange) fn item(
    element: &Element,
    origin: Origin,
    category: Vec<String>,
    collector: &mut Collector<'_>,
) {
    let title = element.attribute("title").unwrap_or_default();
    match body(element, &origin, collector) {
        Ok(question) => {
            let mut draft = Draft::new(origin, ItemBody::Question(question));
            draft.name = element.attribute("label").or(element.attribute("identifier")).map(str::to_owned);
            draft.category = category;
            collector.add(draft);
        }
        Err(reason) => collector.skip(&origin, title, reason),
    }
}

fn body(element: &Element, origin: &Origin, collector: &mut Collector<'_>) -> Result<Question, String> {
    let body = element.child("itembody").ok_or("the item has no body")?;
    let is_interaction = |own: &Element| own.name.ends_with("interaction");
    let mut interactions = Vec::new();
    all_interactions(body, &mut interactions);
    let interaction = match interactions.as_slice() {
        [only] => *only,
        [] => return Err("the item asks nothing".to_owned()),
        several => return Err(format!("the item asks {} things at once, which decks do not have", several.len())),
    };
    if !HELD.contains(&interaction.name.as_str()) {
        return Err(format!("a question of the type `{}` is a kind that decks do not have", interaction.name));
    }
    let mut reader = Reader { item: element, interaction, origin, collector };
    let is_inline = matches!(interaction.name.as_str(), "textentryinteraction" | "inlinechoiceinteraction");
    let stem = if is_inline {
        html_prose(&with_gap(body), origin, reader.collector).replace(MARK, GAP)
    } else {
        let leave_out = |own: &Element| is_interaction(own) || is_hidden(own);
        let around = html_prose(&body.html(&leave_out), origin, reader.collector);
        let prompt = interaction.child("prompt").map(|prompt| reader.text(prompt));
        joined(Some(around), prompt).unwrap_or_default()
    };
    let ask = reader.ask()?;
    Ok(Question { stimulus: None, stem, ask, refs: Vec::new() })
}

fn all_interactions<'e>(element: &'e Element, found: &mut Vec<&'e Element>) {
    for child in element.elements() {
        if child.name.ends_with("interaction") {
            found.push(child);
        } else {
            all_interactions(child, found);
        }
    }
}

/// Parts that are shown after answering, or to others.
fn is_hidden(element: &Element) -> bool {
    element.name.starts_with("feedback") || element.name == "rubricblock" || element.name == "modalfeedback"
}

/// The body with a gap in place of what is typed or chosen within the text.
fn with_gap(body: &Element) -> String {
    let mut body = body.clone();
    replace_interaction(&mut body, MARK);
    let html = body.html(&is_hidden);
    let is_alone = html.trim().trim_end_matches("</p>").trim_end_matches("</div>").trim_end().ends_with(MARK);
    // A gap at the end is no gap: the answer is typed below.
    if is_alone { html.replace(MARK, "") } else { html }
}

fn replace_interaction(element: &mut Element, mark: &str) {
    for node in &mut element.children {
        if let crate::exchange::xml::Node::Element(child) = node {
            if child.name.ends_with("interaction") {
                *node = crate::exchange::xml::Node::Text(mark.to_owned());
            } else {
                replace_interaction(child, mark);
            }
        }
    }
}

struct Reader<'r, 'p> {
    item: &'r Element,
    interaction: &'r Element,
    origin: &'r Origin,
    collector: &'r mut Collector<'p>,
}

impl Reader<'_, '_> {
    fn text(&mut self, element: &Element) -> String {
        html_prose(&element.html(&is_hidden), self.origin, self.collector)
    }

    fn ask(&mut self) -> Result<Ask, String> {
        let why = self.general_feedback();
        match self.interaction.name.as_str() {
            "orderinteraction" => self.order(why),
            "matchinteraction" => self.matching(why),
            "textentryinteraction" => {
                let accept = self.right_values();
                Ok(Ask::Typed(TypedAnswer { accept, shown: None, why }))
            }
            _ => self.choices(why),
        }
    }

    /// The values of the right response; without them, those that earn something.
    fn right_values(&self) -> Vec<String> {
        let name = self.interaction.attribute("responseidentifier").unwrap_or("RESPONSE");
        let mut declarations = self.item.children_named("responsedeclaration");
        let Some(own) = declarations.find(|own| own.attribute("identifier") == Some(name)) else { return Vec::new() };
        let values: Vec<String> = own
            .child("correctresponse")
            .map(|right| right.children_named("value").map(|value| value.text().trim().to_owned()).collect())
            .unwrap_or_default();
        let earning = own.child("mapping").into_iter().flat_map(|mapping| mapping.children_named("mapentry"));
        let is_earning = |entry: &&Element| {
            entry.attribute("mappedvalue").and_then(|value| value.parse().ok()).is_some_and(|value: f64| value > 0.0)
        };
        let keys =
            earning.filter(is_earning).filter_map(|entry| entry.attribute("mapkey")).map(|key| key.trim().to_owned());
        if values.is_empty() || self.interaction.name == "textentryinteraction" {
            let mut all = values;
            for key in keys {
                if !all.contains(&key) {
                    all.push(key);
                }
            }
            return all;
        }
        values
    }

    fn choices(&mut self, why: Option<String>) -> Result<Ask, String> {
        let right = self.right_values();
        if right.is_empty() {
            return Err("no answer is given".to_owned());
        }
        let mut choices = Vec::new();
        for own in
            self.interaction.elements().filter(|own| matches!(own.name.as_str(), "simplechoice" | "inlinechoice"))
        {
            let id = own.attribute("identifier").unwrap_or_default();
            let text = self.text(own);
            let feedback: Vec<&Element> =
                own.all("feedbackinline").into_iter().chain(own.all("feedbackblock")).collect();
            let inline = feedback.first().map(|feedback| self.text(feedback));
            let modal = self.modal_feedback(id);
            choices.push(Choice { text, is_key: right.iter().any(|value| value == id), why: joined(inline, modal) });
        }
        explain(&mut choices, why);
        Ok(Ask::Choices { choices, shuffle: self.shuffle() })
    }

    fn shuffle(&self) -> ShuffleChoices {
        match self.interaction.attribute("shuffle") {
            Some("false") => ShuffleChoices::No,
            _ => ShuffleChoices::Yes,
        }
    }

    /// The feedback that is shown for one choice.
    fn modal_feedback(&mut self, id: &str) -> Option<String> {
        let item = self.item;
        let own = item.children_named("modalfeedback").find(|own| own.attribute("identifier") == Some(id))?;
        Some(html_prose(&own.html(&|_| false), self.origin, self.collector))
    }

    /// The feedback that belongs to no choice; of one for right and one for wrong answers, that for right ones.
    fn general_feedback(&mut self) -> Option<String> {
        let ids: Vec<&str> = self.interaction.elements().filter_map(|own| own.attribute("identifier")).collect();
        let item = self.item;
        let is_general = |own: &&Element| own.attribute("identifier").is_none_or(|id| !ids.contains(&id));
        let all: Vec<&Element> = item.children_named("modalfeedback").filter(is_general).collect();
        let is_wrong = |own: &&&Element| {
            own.attribute("identifier")
                .is_some_and(|id| id.to_lowercase().contains("incorrect") || id.to_lowercase().contains("wrong"))
        };
        let chosen = all.iter().find(|own| !is_wrong(own)).or(all.first())?;
        Some(html_prose(&chosen.html(&|_| false), self.origin, self.collector)).filter(|text| !text.is_empty())
    }

    fn order(&mut self, why: Option<String>) -> Result<Ask, String> {
        let right = self.right_values();
        let interaction = self.interaction;
        let parts: Vec<&Element> = interaction.children_named("simplechoice").collect();
        let mut slots = Vec::new();
        for id in &right {
            let own = parts.iter().find(|part| part.attribute("identifier") == Some(id));
            let own = own.ok_or_else(|| format!("the order names `{id}`, which is no part of it"))?;
            slots.push(Slot { label: None, key: self.text(own), why: None });
        }
        let is_extra = |part: &&&Element| !right.iter().any(|id| part.attribute("identifier") == Some(id));
        let extra = parts.iter().filter(is_extra).map(|part| self.text(part)).collect();
        Ok(Ask::Arrangement(Arrangement { slots, extra, why }))
    }

    fn matching(&mut self, why: Option<String>) -> Result<Ask, String> {
        let right = self.right_values();
        let interaction = self.interaction;
        let sets: Vec<&Element> = interaction.children_named("simplematchset").collect();
        let [lefts, rights] = sets.as_slice() else { return Err("a matching has two sets".to_owned()) };
        let option = |id: &str| rights.elements().find(|own| own.attribute("identifier") == Some(id));
        let mut used = Vec::new();
        let mut slots = Vec::new();
        for left in lefts.children_named("simpleassociablechoice") {
            let id = left.attribute("identifier").unwrap_or_default();
            let pairs: Vec<&str> = right
                .iter()
                .filter_map(|pair| pair.split_once(char::is_whitespace))
                .filter(|(own, _)| *own == id)
                .map(|(_, other)| other.trim())
                .collect();
            let label = self.text(left);
            let [only] = pairs.as_slice() else {
                return Err(format!("the left side `{label}` has {} right sides, and needs one", pairs.len()));
            };
            let own = option(only).ok_or_else(|| format!("the right side `{only}` is missing"))?;
            used.push((*only).to_owned());
            slots.push(Slot { label: Some(label), key: self.text(own), why: None });
        }
        let is_extra =
            |own: &&Element| own.attribute("identifier").is_none_or(|id| !used.iter().any(|used| used == id));
        let extra =
            rights.children_named("simpleassociablechoice").filter(is_extra).map(|own| self.text(own)).collect();
        Ok(Ask::Arrangement(Arrangement { slots, extra, why }))
    }
}
