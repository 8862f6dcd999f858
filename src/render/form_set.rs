//! Drawn forms as text and JSON.

use serde_json::{Value, json};

use crate::base::SafeText;
use crate::exam::ItemRole;
use crate::render::{SCHEMA, plural};

/// Parallel forms that were drawn together.
#[derive(Debug, Clone, PartialEq)]
pub struct FormSet {
    /// The deck's id.
    pub deck: String,
    /// The seed from which they follow.
    pub seed: u64,
    /// The deck's domains.
    pub domains: Vec<FormDomain>,
    /// Scored items of a whole form.
    pub n_scored: usize,
    /// Unscored items of a whole form.
    pub n_unscored: usize,
    /// The forms; no item is in two of them.
    pub forms: Vec<FormSheet>,
    /// What the bank lacks for them; `None` if it lacks nothing.
    pub shortfall: Option<Shortfall>,
}

/// What a bank lacks for the forms that were asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Shortfall {
    /// How many forms were asked for.
    pub n_asked: usize,
    /// How many whole forms, of the blueprint's counts, the bank holds.
    pub n_whole: usize,
    /// The ids of the domains that are short, with the questions that all forms together lack there.
    pub missing: Vec<(String, usize)>,
}

/// A domain of a form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormDomain {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// A drawn form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormSheet {
    /// Its items in the order in which they are shown.
    pub items: Vec<FormSheetItem>,
    /// How many of the scored items a barely passing candidate answers rightly on average.
    pub raw_cut: f64,
    /// Largest distance from the reference form near the cut, in items.
    pub deviation: f64,
    /// Items of each domain that the bank does not hold.
    pub missing: Vec<usize>,
}

/// An item of a drawn form.
#[derive(Debug, Clone, PartialEq)]
pub struct FormSheetItem {
    /// Its id.
    pub id: String,
    /// Place of its domain.
    pub domain_idx: usize,
    /// Whether it counts.
    pub role: ItemRole,
}

/// Columns that a line of ids may take.
const WIDTH: usize = 78;

impl Shortfall {
    /// Says it in two lines.
    pub fn words(&self) -> String {
        let held = match self.n_whole {
            0 => "The bank holds no whole form.".to_owned(),
            n_whole => format!("The bank holds {} only.", plural(n_whole, "whole form", "whole forms")),
        };
        let missing: Vec<String> = self.missing.iter().map(|(domain, n)| format!("{n} in {domain}")).collect();
        format!("{held}\nFor {} it lacks questions: {}.", self.n_asked, missing.join(", "))
    }
}

impl FormSet {
    fn domain_id(&self, domain_idx: usize) -> &str {
        self.domains.get(domain_idx).map_or("", |domain| domain.id.as_str())
    }
}

impl FormSheet {
    fn n_scored(&self) -> usize {
        self.items.iter().filter(|item| item.role == ItemRole::Scored).count()
    }

    /// The ids of a domain's items in a role, in the order of the form.
    fn ids(&self, domain_idx: usize, role: ItemRole) -> Vec<&str> {
        let wanted = self.items.iter().filter(|item| item.domain_idx == domain_idx && item.role == role);
        wanted.map(|item| item.id.as_str()).collect()
    }
}

/// Writes each form's items by domain, its raw cut and its deviation.
pub fn form_set_text(set: &FormSet) -> String {
    let mut text = format!(
        "{} of {} from {}, seed {}.\n",
        plural(set.forms.len(), "form", "forms"),
        plural(set.n_scored + set.n_unscored, "question", "questions"),
        SafeText::one_line(&set.deck),
        set.seed,
    );
    if let Some(shortfall) = &set.shortfall {
        text.push_str(&format!("{}\n", shortfall.words()));
    }
    for (form_idx, form) in set.forms.iter().enumerate() {
        let n_scored = form.n_scored();
        let n_items = plural(form.items.len(), "question", "questions");
        text.push_str(&format!("\nForm {}: {n_items}, {n_scored} scored\n", form_idx + 1));
        if n_scored > 0 {
            text.push_str(&format!(
                "  A barely passing candidate expects {:.2} of {n_scored} right; {:.4} off the reference form.\n",
                form.raw_cut, form.deviation,
            ));
        }
        let lacking = set.domains.iter().zip(&form.missing).filter(|(_, n_missing)| **n_missing > 0);
        let lacking: Vec<String> = lacking.map(|(domain, n_missing)| format!("{n_missing} in {}", domain.id)).collect();
        if !lacking.is_empty() {
            text.push_str(&format!("  It lacks {}.\n", lacking.join(", ")));
        }
        for (domain_idx, domain) in set.domains.iter().enumerate() {
            for (role, name) in [(ItemRole::Scored, "scored"), (ItemRole::Unscored, "unscored")] {
                let ids = form.ids(domain_idx, role);
                if !ids.is_empty() {
                    text.push_str(&format!("  {}, {} {name}:\n", SafeText::one_line(&domain.title), ids.len()));
                    push_ids(&mut text, &ids);
                }
            }
        }
    }
    text
}

/// Writes ids in lines that start with four blanks; no id is broken.
fn push_ids(text: &mut String, ids: &[&str]) {
    let mut line = String::from("   ");
    for id in ids {
        let id = SafeText::one_line(id);
        if line.len() > 4 && line.len() + 1 + id.as_str().len() > WIDTH {
            text.push_str(&format!("{line}\n"));
            line.truncate(3);
        }
        line.push_str(&format!(" {id}"));
    }
    text.push_str(&format!("{line}\n"));
}

/// Returns drawn forms. `shortfall` is null where the bank lacks nothing, and `missing` is empty.
pub fn form_set_json(set: &FormSet) -> Value {
    let item = |item: &FormSheetItem| {
        json!({
            "id": item.id,
            "domain": set.domain_id(item.domain_idx),
            "scored": item.role == ItemRole::Scored,
        })
    };
    let form = |form: &FormSheet| {
        let missing = form.missing.iter().enumerate().filter(|(_, n_missing)| **n_missing > 0);
        let missing = missing.map(|(idx, n_missing)| json!({"domain": set.domain_id(idx), "n": n_missing}));
        json!({
            "items": form.items.iter().map(item).collect::<Vec<_>>(),
            "raw_cut": form.raw_cut,
            "deviation": form.deviation,
            "missing": missing.collect::<Vec<_>>(),
        })
    };
    json!({
        "schema": SCHEMA,
        "deck": set.deck,
        "seed": set.seed,
        "shortfall": set.shortfall.as_ref().map(shortfall_json),
        "forms": set.forms.iter().map(form).collect::<Vec<_>>(),
    })
}

/// Returns how many whole forms a bank holds and what it lacks for those that were asked for.
pub fn shortfall_json(shortfall: &Shortfall) -> Value {
    let missing = shortfall.missing.iter().map(|(domain, n)| json!({"domain": domain, "n": n}));
    json!({
        "n_asked": shortfall.n_asked,
        "n_whole": shortfall.n_whole,
        "missing": missing.collect::<Vec<_>>(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(missing: &[&[usize]], shortfall: Option<Shortfall>) -> FormSet {
        let domain = |id: &str| FormDomain { id: id.to_owned(), title: format!("About {id}") };
        let item = |(idx, role)| FormSheetItem { id: format!("item-{idx}"), domain_idx: 0, role };
        let form = |missing: &&[usize]| FormSheet {
            items: [(1, ItemRole::Scored), (2, ItemRole::Unscored), (3, ItemRole::Scored)].map(item).to_vec(),
            raw_cut: 1.4,
            deviation: 0.0042,
            missing: missing.to_vec(),
        };
        FormSet {
            deck: "bank".to_owned(),
            seed: 7,
            domains: ["net", "law"].map(domain).to_vec(),
            n_scored: 2,
            n_unscored: 1,
            forms: missing.iter().map(form).collect(),
            shortfall,
        }
    }

    fn shortfall(n_asked: usize, n_whole: usize, missing: &[(&str, usize)]) -> Shortfall {
        let missing = missing.iter().map(|(domain, n_missing)| ((*domain).to_owned(), *n_missing)).collect();
        Shortfall { n_asked, n_whole, missing }
    }

    #[test]
    fn a_shortfall_tells_the_whole_forms_and_what_more_need() {
        let check = |shortfall: Shortfall, expected: &str| assert_eq!(shortfall.words(), expected);
        check(
            shortfall(3, 1, &[("net", 3), ("law", 1)]),
            "The bank holds 1 whole form only.\nFor 3 it lacks questions: 3 in net, 1 in law.",
        );
        check(shortfall(1, 0, &[("net", 1)]), "The bank holds no whole form.\nFor 1 it lacks questions: 1 in net.");
    }

    #[test]
    fn a_form_lists_its_items_by_domain_and_role() {
        let set = set(&[&[0, 0], &[2, 1]], Some(shortfall(2, 1, &[("net", 2), ("law", 1)])));
        insta::assert_snapshot!(form_set_text(&set), @"
        2 forms of 3 questions from bank, seed 7.
        The bank holds 1 whole form only.
        For 2 it lacks questions: 2 in net, 1 in law.

        Form 1: 3 questions, 2 scored
          A barely passing candidate expects 1.40 of 2 right; 0.0042 off the reference form.
          About net, 2 scored:
            item-1 item-3
          About net, 1 unscored:
            item-2

        Form 2: 3 questions, 2 scored
          A barely passing candidate expects 1.40 of 2 right; 0.0042 off the reference form.
          It lacks 2 in net, 1 in law.
          About net, 2 scored:
            item-1 item-3
          About net, 1 unscored:
            item-2
        ");
    }

    #[test]
    fn long_lists_of_ids_are_broken_between_ids() {
        let mut text = String::new();
        push_ids(&mut text, &["an-id-of-20-letters-"; 8]);
        assert_eq!(text.lines().map(str::len).collect::<Vec<_>>(), [66, 66, 45]);
    }
}
