//! Every rule over a deck.

use std::panic::resume_unwind;
use std::thread;

use chrono::NaiveDate;

use crate::deck::lint::rule::{Finding, Found};
use crate::deck::lint::stale::TermIndex;
use crate::deck::lint::view::ItemView;
use crate::deck::lint::{
    balance, concepts, coverage, cue, duplicates, echo, focus, grammar, length, letters, negative, numbers, rationale,
    refs, same_choices, shingles, stale, text, weights, wording,
};
use crate::deck::{Deck, Item};

/// The rules that look at one item.
const ITEM_CHECKS: &[fn(&ItemView<'_>, &mut Found)] = &[
    cue::check,
    same_choices::check,
    letters::check,
    text::check,
    rationale::check,
    focus::check,
    length::check,
    grammar::check,
    wording::check,
    negative::check,
    echo::check,
    numbers::check,
    refs::check,
];

/// Items that are looked at in a row; more are shared out among this many threads at most.
const RUN_OF_ITEMS: usize = 512;
const MAX_RUNS: usize = 8;

/// One check of a part of the deck, which writes down what it finds.
type Check<'d> = Box<dyn Fn(&mut Found) + Sync + 'd>;

/// Returns every breach of [`RULES`](crate::deck::RULES) in `deck`: those of items in the order of the items, then those
/// of the bank as a whole. Whether the guide is old is said only if it is known what day `today` is.
pub fn lint(deck: &Deck, today: Option<NaiveDate>) -> Vec<Finding> {
    let views = views_of(&deck.items);
    let terms = TermIndex::of(&deck.stale_terms);
    let mut checks: Vec<Check<'_>> = vec![
        Box::new(|found| duplicates::check_deck(&views, found)),
        Box::new(|found| {
            shingles::check_deck(&views, found);
            refs::check_deck(&views, found);
            concepts::check_deck(deck, found);
        }),
    ];
    checks.splice(0..0, checks_of_items(&views, Some(&terms)));
    let mut found = side_by_side(&checks);
    found.0.sort_by_key(|finding| finding.place);
    coverage::check_deck(deck, &mut found);
    weights::check_outline(&deck.outline, &mut found);
    length::check_deck(&views, &mut found);
    balance::check_deck(deck, &views, &mut found);
    if let Some(today) = today {
        stale::check_guide(&deck.outline, today, &mut found);
    }
    found.0
}

/// Returns the breaches of those [`RULES`](crate::deck::RULES) that look at items alone, in the order of the items.
pub fn lint_items(items: &[Item]) -> Vec<Finding> {
    let views = views_of(items);
    let mut found = side_by_side(&checks_of_items(&views, None));
    duplicates::check_deck(&views, &mut found);
    found.0.sort_by_key(|finding| finding.place);
    found.0
}

/// The items in use: what is being written or was retired is nobody's concern.
fn views_of(items: &[Item]) -> Vec<ItemView<'_>> {
    let in_use = items.iter().enumerate().filter(|(_, item)| item.facts.is_live());
    in_use.map(|(item_idx, item)| ItemView::of(item_idx, item)).collect()
}

/// The rules about single items, a check for each run of them.
fn checks_of_items<'d>(views: &'d [ItemView<'d>], terms: Option<&'d TermIndex<'d>>) -> Vec<Check<'d>> {
    let runs = views.chunks(views.len().div_ceil(MAX_RUNS).max(RUN_OF_ITEMS));
    let check = move |view: &ItemView<'_>, found: &mut Found| {
        for check in ITEM_CHECKS {
            check(view, found);
        }
        if let Some(terms) = terms {
            terms.check(view, found);
        }
    };
    runs.map(|run| Box::new(move |found: &mut Found| run.iter().for_each(|view| check(view, found))) as Check<'d>)
        .collect()
}

/// Makes each check in a thread of its own. Returns what they found in the order of the checks, whichever ended first.
fn side_by_side(checks: &[Check<'_>]) -> Found {
    thread::scope(|scope| {
        let make = |check: &Check<'_>| {
            let mut found = Found::default();
            check(&mut found);
            found.0
        };
        let running: Vec<_> = checks.iter().map(|check| scope.spawn(move || make(check))).collect();
        let ended = running.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        Found(ended.flatten().collect())
    })
}
