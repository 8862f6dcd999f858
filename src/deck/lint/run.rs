//! Every rule over a deck.

use chrono::NaiveDate;

use crate::deck::lint::rule::{Finding, Found};
use crate::deck::lint::stale::TermIndex;
use crate::deck::lint::view::ItemView;
use crate::deck::lint::{
    balance, concepts, coverage, cue, duplicates, echo, focus, grammar, length, letters, negative, numbers, rationale,
    refs, same_choices, shingles, stale, text, weights, wording,
};
use crate::deck::{Deck, Item, ItemBody};

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

/// Returns every breach of [`RULES`](crate::deck::RULES) in `deck`: those of items in the order of the items, then those
/// of the bank as a whole. Whether the guide is old is said only if it is known what day `today` is.
pub fn lint(deck: &Deck, today: Option<NaiveDate>) -> Vec<Finding> {
    let views = views_of(&deck.items);
    let mut found = Found::default();
    check_items(&views, &mut found);
    let terms = TermIndex::of(&deck.stale_terms);
    for view in &views {
        terms.check(view, &mut found);
    }
    duplicates::check_deck(&views, &mut found);
    shingles::check_deck(&views, &mut found);
    refs::check_deck(&views, &mut found);
    concepts::check_deck(deck, &mut found);
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
    let mut found = Found::default();
    check_items(&views, &mut found);
    duplicates::check_deck(&views, &mut found);
    found.0.sort_by_key(|finding| finding.place);
    found.0
}

/// Tells whether an item can be used: whether it breaks none of the rules that are errors. Quicker than all rules by far.
pub fn is_usable(item: &Item) -> bool {
    match &item.body {
        ItemBody::Question(question) if item.facts.is_live() => {
            !cue::differs(question) && !same_choices::are_alike(question)
        }
        ItemBody::Question(_) | ItemBody::Flashcard(_) | ItemBody::Cloze(_) => true,
    }
}

/// The items in use: what is being written or was retired is nobody's concern.
fn views_of(items: &[Item]) -> Vec<ItemView<'_>> {
    let in_use = items.iter().enumerate().filter(|(_, item)| item.facts.is_live());
    in_use.map(|(item_idx, item)| ItemView::of(item_idx, item)).collect()
}

fn check_items(views: &[ItemView<'_>], found: &mut Found) {
    for view in views {
        for check in ITEM_CHECKS {
            check(view, found);
        }
    }
}
