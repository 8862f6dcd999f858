//! Decks held against the rules of item writing, and findings put where they stand in the files.

use chrono::NaiveDate;

use crate::deck::{Deck, Doubts, Finding, Part, Place, is_usable, lint, lint_across, lint_doubts, lint_items};
use crate::format::finding::{FilePlace, FindingCounts, Findings};
use crate::format::v1::item::ItemSpans;
use crate::format::v1::read::{Located, locate};
use crate::format::yaml::Span;
use crate::format::{LocatedFinding, SourceFile};

/// What came of reading a deck.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The deck; `None` if there is any error.
    pub deck: Option<Deck>,
    /// What was found, by file and place: at most 100 errors, and of each other rule at most 1000 findings.
    pub findings: Vec<LocatedFinding>,
    /// How many findings there are, those included that were left out of the list.
    pub counts: FindingCounts,
}

/// What a check knows besides the files.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CheckSetting {
    /// Items that were reported as doubtful.
    pub doubts: Doubts,
    /// The day, to tell whether a deck's guide is old; `None` leaves that out.
    pub today: Option<NaiveDate>,
}

/// Reads a deck and checks it, files and item writing alike. The first source describes the deck, the others hold
/// further questions.
///
/// Every problem of every file is found in one go, except that a file's syntax error hides what stands after it, and
/// that rules about the bank as a whole wait until the files are without error.
pub fn read_deck(sources: &[SourceFile]) -> Reading {
    check_deck(sources, &CheckSetting::default())
}

/// Reads a deck to use it. Rules that warn and advise are tried only if there is an error to tell beside them.
///
/// # Errors
/// What was found, if there is any error.
pub fn usable_deck(sources: &[SourceFile]) -> Result<Deck, Vec<LocatedFinding>> {
    let mut findings = Findings::about(sources);
    if let Some(located) = locate(sources, &mut findings)
        && findings.counts().n_errors == 0
        && located.deck.items.iter().all(is_usable)
    {
        return Ok(located.deck);
    }
    let reading = read_deck(sources);
    reading.deck.ok_or(reading.findings)
}

/// Reads and checks a deck like [`read_deck`], with what else is known.
pub fn check_deck(sources: &[SourceFile], setting: &CheckSetting) -> Reading {
    let (located, mut findings) = checked(sources, setting);
    let counts = findings.counts();
    let deck = located.map(|located| located.deck).filter(|_| counts.n_errors == 0);
    Reading { deck, findings: findings.take_sorted(), counts }
}

/// Reads and checks several decks like [`check_deck`], and holds their keys against each other. Returns a reading for
/// each deck, in their order.
pub fn check_decks(decks: &[Vec<SourceFile>], setting: &CheckSetting) -> Vec<Reading> {
    let mut all: Vec<(Option<Located>, Findings)> = decks.iter().map(|sources| checked(sources, setting)).collect();
    // Decks with errors take part as far as they were read.
    let readable: Vec<usize> = (0..all.len()).filter(|idx| all[*idx].0.is_some()).collect();
    let across = {
        let decks: Vec<&Deck> = all.iter().filter_map(|(located, _)| Some(&located.as_ref()?.deck)).collect();
        lint_across(&decks)
    };
    for (idx, finding) in across {
        let (located, findings) = &mut all[readable[idx]];
        if let Some(located) = located {
            say_located(&finding, located, findings);
        }
    }
    let reading = |(located, mut findings): (Option<Located>, Findings)| {
        let counts = findings.counts();
        let deck = located.map(|located| located.deck).filter(|_| counts.n_errors == 0);
        Reading { deck, findings: findings.take_sorted(), counts }
    };
    all.into_iter().map(reading).collect()
}

fn checked(sources: &[SourceFile], setting: &CheckSetting) -> (Option<Located>, Findings) {
    let mut findings = Findings::about(sources);
    let located = locate(sources, &mut findings);
    if let Some(located) = &located {
        let has_errors = findings.counts().n_errors > 0;
        let items = &located.deck.items;
        let breaches = if has_errors { lint_items(items) } else { lint(&located.deck, setting.today) };
        let doubtful = setting.doubts.get(&located.deck.outline.id).map(|own| lint_doubts(items, own));
        for finding in breaches.into_iter().chain(doubtful.into_iter().flatten()) {
            say_located(&finding, located, &mut findings);
        }
    }
    (located, findings)
}

/// Gives a finding about the deck its place in the files.
fn say_located(finding: &Finding, located: &Located, findings: &mut Findings) {
    let of_domain = |domain_idx: usize| located.domains.get(domain_idx);
    let (place, item) = match finding.place {
        Place::Deck => (FilePlace::default(), None),
        Place::Domain { domain_idx } => (in_main(of_domain(domain_idx).map(|spans| spans.domain)), None),
        Place::Task { domain_idx, task_idx } => {
            (in_main(of_domain(domain_idx).and_then(|spans| spans.tasks.get(task_idx).copied())), None)
        }
        Place::Item { item_idx, part } => match (located.items.get(item_idx), located.deck.items.get(item_idx)) {
            (Some(spans), Some(item)) => (of_part(spans, part), Some(item.facts.id.as_str())),
            _ => (FilePlace::default(), None),
        },
    };
    let mut log = findings.in_file(place.file_idx);
    log.about_item(item);
    log.say(finding.rule, place.span, &finding.message, &finding.help);
}

fn in_main(span: Option<Span>) -> FilePlace {
    FilePlace { file_idx: 0, span: span.unwrap_or_default() }
}

fn of_part(spans: &ItemSpans, part: Part) -> FilePlace {
    let span = match part {
        Part::Whole => spans.whole,
        Part::Prompt => spans.prompt,
        Part::Choice(choice_idx) => spans.choices.get(choice_idx).copied().unwrap_or(spans.whole),
        Part::Label(slot_idx) => spans.labels.get(slot_idx).copied().unwrap_or(spans.whole),
    };
    FilePlace { file_idx: spans.file_idx, span }
}
