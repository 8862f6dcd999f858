//! The rules as a page to read.

use crate::deck::{RULES, Rule};
use crate::format::READING_RULES;
use crate::format::finding::severity_word;

/// Writes all rules as Markdown, or the one with the code; `None` if there is none.
pub fn rules_page(code: Option<&str>) -> Option<String> {
    if let Some(code) = code {
        let rule = all().find(|rule| rule.code.eq_ignore_ascii_case(code))?;
        return Some(section(rule));
    }
    let mut page = "\
# The rules of `deck check`

Every finding has a code, a place and a help line. `D001` to `D099` are about reading the files; errors among them keep a
deck from being used. `D1` is about the structure of items, `D2` about their wording, `D3` about the bank as a whole, `D4`
about what has aged. A warning is likely a mistake; advice is good to know. This page is what `cutscore deck rules`
prints, and `cutscore deck rules CODE` prints one rule of it.

The rules of wording follow Haladyna, Downing & Rodriguez, *A review of multiple-choice item-writing guidelines for
classroom assessment* (2002), as far as a program can see them broken. They are made to be silent when in doubt.

| code | the rule |
| --- | --- |
"
    .to_owned();
    for rule in all() {
        page.push_str(&format!("| {} | {}: {} |\n", rule.code, severity_word(rule.severity), rule.title));
    }
    for rule in all().filter(|rule| rule.example.is_some()) {
        page.push('\n');
        page.push_str(&section(rule));
    }
    Some(page)
}

fn all() -> impl Iterator<Item = &'static Rule> {
    READING_RULES.iter().chain(RULES).copied()
}

fn section(rule: &Rule) -> String {
    let mut text = format!("## {}: {}\n\n{}.", rule.code, rule.title, capitalized(severity_word(rule.severity)));
    let Some(example) = rule.example else { return text + "\n" };
    text.push_str(&format!(" {}\n\nNot so:\n\n```yaml\n{}```\n", example.reason, questions(example.bad)));
    text.push_str(&format!("\nBut so:\n\n```yaml\n{}```\n", questions(example.good)));
    text
}

/// An example as a whole deck.
pub(super) fn questions(yaml: &str) -> String {
    if yaml.starts_with('-') { format!("questions:\n{yaml}") } else { yaml.to_owned() }
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
