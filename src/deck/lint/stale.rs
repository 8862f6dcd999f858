//! What has aged: terms that changed, and the look at the guide.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::deck::lint::rule::{Example, Found, Part, Place, Rule, Severity, rule};
use crate::deck::lint::view::ItemView;
use crate::deck::lint::words::Words;
use crate::deck::{Outline, StaleTerm, Staleness};

pub(super) const GUIDE_OLD: Rule = rule(
    "D401",
    Severity::Warning,
    "the deck was held against its guide within a year",
    Example {
        reason: "Guides change without a new code; what was true a year ago may no longer be asked.",
        bad: "guide: {as_of: 2020-01-31}\nquestions:\n- {stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n",
        good: "guide: {as_of: 2026-11-01}\nquestions:\n- {stem: Which port does HTTPS use?, right: 443, wrong: [80, 22]}\n",
    },
);

pub(super) const RENAMED: Rule = rule(
    "D402",
    Severity::Warning,
    "no text uses a name that the deck lists as renamed",
    Example {
        reason: "The exam uses the new name, and who learned the old one may not know it there.",
        bad: "stale_terms: [{term: ArchiveBox, replacement: Archive Box, severity: renamed}]\nquestions:\n\
              - {stem: What does ArchiveBox keep?, right: copies, wrong: [keys, logs]}\n",
        good: "stale_terms: [{term: ArchiveBox, replacement: Archive Box, severity: renamed}]\nquestions:\n\
               - {stem: What does Archive Box keep?, right: copies, wrong: [keys, logs]}\n",
    },
);

pub(super) const RETIRED: Rule = rule(
    "D403",
    Severity::Warning,
    "no text uses what the deck lists as retired",
    Example {
        reason: "What is gone can be neither a right answer nor a fair wrong one.",
        bad: "stale_terms: [{term: Paper Calculator, severity: retired}]\nquestions:\n\
              - {stem: What estimates a bill?, right: the price list, wrong: [the Paper Calculator, the log]}\n",
        good: "stale_terms: [{term: Paper Calculator, severity: retired}]\nquestions:\n\
               - {stem: What estimates a bill?, right: the price list, wrong: [the address book, the log]}\n",
    },
);

pub(super) const OUT_OF_SCOPE: Rule = rule(
    "D404",
    Severity::Advice,
    "no text uses what the deck lists as out of scope",
    Example {
        reason: "Time that is spent on what no exam asks is lost.",
        bad: "stale_terms: [{term: Ground Station, severity: out-of-scope}]\nquestions:\n\
              - {stem: What does Ground Station talk to?, right: satellites, wrong: [ships, trains]}\n",
        good: "stale_terms: [{term: Ground Station, severity: out-of-scope}]\nquestions:\n\
               - {stem: What does a cache keep?, right: copies, wrong: [keys, logs]}\n",
    },
);

/// Days after which a look at the guide is old.
const MAX_AGE_DAYS: i64 = 365;

/// Says if the deck was held against its guide too long ago, or in the future.
pub(super) fn check_guide(outline: &Outline, today: NaiveDate, found: &mut Found) {
    let Some(as_of) = outline.guide.as_ref().and_then(|guide| guide.as_of) else { return };
    let age = today.signed_duration_since(as_of).num_days();
    if age > MAX_AGE_DAYS {
        let message = format!("the deck was last held against its guide on {as_of}, {age} days ago");
        found.say(&GUIDE_OLD, Place::Deck, message, "read the guide again, and set `guide: as_of:` to the day");
    } else if age < 0 {
        let message = format!("`guide: as_of:` is {as_of}, which is still to come");
        found.say(&GUIDE_OLD, Place::Deck, message, "set it to the day on which the guide was read");
    }
}

/// The terms by their first word, so that a text is not searched for each.
pub(super) struct TermIndex<'t>(BTreeMap<String, Vec<&'t StaleTerm>>);

impl<'t> TermIndex<'t> {
    pub(super) fn of(terms: &'t [StaleTerm]) -> TermIndex<'t> {
        let mut by_word: BTreeMap<String, Vec<&StaleTerm>> = BTreeMap::new();
        for term in terms {
            if let Some(word) = Words::of(&term.term).get(0) {
                by_word.entry(word.to_owned()).or_default().push(term);
            }
        }
        TermIndex(by_word)
    }

    /// Says which terms stand in what an item asks. Explanations may name what things were called before.
    pub(super) fn check(&self, view: &ItemView<'_>, found: &mut Found) {
        if self.0.is_empty() {
            return;
        }
        for (part, text) in view.asked() {
            let mut terms: Vec<&StaleTerm> = Vec::new();
            for term in Words::of(text).iter().filter_map(|word| self.0.get(word)).flatten() {
                if !terms.contains(term) && stands_in(text, term) {
                    terms.push(term);
                }
            }
            for term in terms {
                say(view, part, term, found);
            }
        }
    }
}

fn say(view: &ItemView<'_>, part: Part, term: &StaleTerm, found: &mut Found) {
    let (rule, what) = match term.kind {
        Staleness::Renamed => (&RENAMED, "was renamed"),
        Staleness::Retired => (&RETIRED, "was retired"),
        Staleness::OutOfScope => (&OUT_OF_SCOPE, "is out of scope"),
    };
    let help = match &term.replacement {
        Some(now) => format!("write `{now}`"),
        None => "ask about something else".to_owned(),
    };
    view.say(found, rule, part, format!("`{}` {what}", term.term), help);
}

/// Tells whether a term stands in a text as whole words, in its own case, and not as a part of its new name.
fn stands_in(text: &str, term: &StaleTerm) -> bool {
    text.match_indices(&term.term).any(|(at, _)| {
        let end = at + term.term.len();
        let before = text[..at].chars().next_back();
        let after = text[end..].chars().next();
        let is_whole =
            !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(|c| c.is_alphanumeric() || c == '+');
        let is_new = term.replacement.as_ref().is_some_and(|now| {
            text.match_indices(now.as_str()).any(|(start, _)| start <= at && end <= start + now.len())
        });
        is_whole && !is_new
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_is_whole_words_and_no_part_of_its_new_name() {
        let term = |term: &str, now: Option<&str>| StaleTerm {
            term: term.to_owned(),
            replacement: now.map(str::to_owned),
            kind: Staleness::Renamed,
        };
        let check = |text: &str, own: StaleTerm, expected| assert_eq!(stands_in(text, &own), expected, "{text}");
        let renamed = term("Amazon SageMaker", Some("Amazon SageMaker AI"));
        check("Use Amazon SageMaker, then.", renamed.clone(), true);
        check("Use Amazon SageMaker AI, then.", renamed, false);
        check("the Business Support+ plan", term("Business Support", None), false);
        check("the Business Support plan", term("Business Support", None), true);
        check("a MyQuickSightTable", term("QuickSight", None), false);
        check("quicksight", term("QuickSight", None), false);
    }
}
