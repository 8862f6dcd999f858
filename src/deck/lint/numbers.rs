//! Choices that are numbers or ranges of them, and choices that are opposites.

use crate::deck::lint::rule::{Example, Found, Part, Rule, Severity, rule};
use crate::deck::lint::view::ItemView;
use crate::deck::lint::words::Words;

pub(super) const RANGES_OVERLAP: Rule = rule(
    "D217",
    Severity::Warning,
    "ranges of numbers in choices do not overlap",
    Example {
        reason: "Where two ranges overlap, a number in both has two right answers.",
        bad: "- {stem: How long may the page take?, right: 2-4 seconds, wrong: [1-3 seconds, 8-9 seconds]}\n",
        good: "- {stem: How long may the page take?, right: 2-4 seconds, wrong: [0-1 seconds, 8-9 seconds]}\n",
    },
);

pub(super) const OPPOSITES: Rule = rule(
    "D218",
    Severity::Advice,
    "the key and one distractor are not each other's opposite",
    Example {
        reason: "Of two opposites one is right, so the other choices are ruled out unread.",
        bad: "- {stem: What is true of a cache entry?, right: It can expire, \
              wrong: [It cannot expire, It signs requests, It stores passwords]}\n",
        good: "- {stem: What is true of a cache entry?, right: It can expire, \
               wrong: [It counts users, It signs requests, It stores passwords]}\n",
    },
);

pub(super) const OUT_OF_ORDER: Rule = rule(
    "D219",
    Severity::Advice,
    "choices that are quantities stand in order",
    Example {
        reason: "Sorting numbers in one's head takes time and shows no knowledge. Write them in order; `shuffle: false` \
                 keeps them so.",
        bad: "- stem: How long is a token good for?\n  choices:\n  - 60 minutes\n  - {text: 5 minutes, correct: true}\n  \
              - 15 minutes\n",
        good: "- stem: How long is a token good for?\n  shuffle: false\n  choices:\n  \
               - {text: 5 minutes, correct: true}\n  - 15 minutes\n  - 60 minutes\n",
    },
);

pub(super) fn check(view: &ItemView<'_>, found: &mut Found) {
    if view.choices.len() < 3 {
        return;
    }
    overlap(view, found);
    order(view, found);
    opposites(view, found);
}

fn overlap(view: &ItemView<'_>, found: &mut Found) {
    let ranges: Option<Vec<(f64, f64, String)>> = view.choices.iter().map(|choice| range(choice.text)).collect();
    let Some(ranges) = ranges else { return };
    if ranges.iter().any(|range| range.2 != ranges[0].2) {
        return;
    }
    for (idx, (low, high, _)) in ranges.iter().enumerate() {
        if ranges[..idx].iter().any(|(other_low, other_high, _)| low < other_high && other_low < high) {
            let help = "let each range begin where the one before ends";
            view.say(found, &RANGES_OVERLAP, Part::Choice(idx), "the range overlaps with an earlier one", help);
        }
    }
}

/// A range such as `2-4 seconds`, `up to 5 %` or `more than 10`, with its unit.
fn range(text: &str) -> Option<(f64, f64, String)> {
    let lower = text.trim().to_lowercase();
    let after = |starts: &[&str]| starts.iter().find_map(|start| lower.strip_prefix(start).map(str::to_owned));
    if let Some(rest) = after(&["less than ", "under ", "below ", "up to ", "fewer than "]) {
        let (high, unit) = quantity(&rest)?;
        return Some((0.0, high, unit));
    }
    if let Some(rest) = after(&["more than ", "over ", "above ", "at least "]) {
        let (low, unit) = quantity(&rest)?;
        return Some((low, f64::INFINITY, unit));
    }
    let (low, rest) = [" to ", "-", "–", " - ", " – "].iter().find_map(|joint| lower.split_once(joint))?;
    let (low, _) = quantity(low)?;
    let (high, unit) = quantity(rest)?;
    (low < high).then_some((low, high, unit))
}

/// A number with at most two words of unit, in the singular.
fn quantity(text: &str) -> Option<(f64, String)> {
    let text = text.trim().trim_start_matches(['$', '€', '£']).trim_end_matches('.');
    let end = text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).unwrap_or(text.len());
    let number: f64 = text[..end].replace(',', "").parse().ok()?;
    let unit: Vec<&str> = text[end..].split_whitespace().map(|word| word.strip_suffix('s').unwrap_or(word)).collect();
    let is_plain = unit.len() <= 2 && unit.iter().all(|word| word.chars().all(|c| c.is_alphabetic() || c == '%'));
    is_plain.then(|| (number, unit.join(" ").to_lowercase()))
}

fn order(view: &ItemView<'_>, found: &mut Found) {
    let quantities: Option<Vec<(f64, String)>> = view.choices.iter().map(|choice| quantity(choice.text)).collect();
    let Some(quantities) = quantities else { return };
    let unit = &quantities[0].1;
    // Numbers without a unit are often names, as those of ports are; only an author's own order of them is held to.
    if quantities.iter().any(|(_, other)| other != unit) || (unit.is_empty() && view.is_shuffled()) {
        return;
    }
    let rises = quantities.is_sorted_by(|a, b| a.0 <= b.0);
    if !rises && !quantities.is_sorted_by(|a, b| a.0 >= b.0) {
        let help = "write them in order, with `shuffle: false`";
        view.say(found, &OUT_OF_ORDER, Part::Choice(0), "the quantities stand in no order", help);
    }
}

const NEGATIONS: [(&str, &str); 6] = [
    ("can", "cannot"),
    ("is", "isn't"),
    ("does", "doesn't"),
    ("increases", "decreases"),
    ("with", "without"),
    ("allows", "denies"),
];

fn opposites(view: &ItemView<'_>, found: &mut Found) {
    let Some((key_idx, key)) = view.only_key() else { return };
    let opposing = view.distractors().filter(|choice| is_opposite(&key.words, &choice.words)).count();
    // With two pairs of opposites, none of the four stands out.
    let others: Vec<_> = view.distractors().collect();
    let has_other_pair = others
        .iter()
        .enumerate()
        .any(|(idx, choice)| others[..idx].iter().any(|other| is_opposite(&choice.words, &other.words)));
    if opposing == 1 && !has_other_pair {
        let help = "replace the opposite, or give the other choices opposites too";
        view.say(found, &OPPOSITES, Part::Choice(key_idx), "one distractor is the opposite of the key", help);
    }
}

/// Tells whether two texts differ by one negation.
fn is_opposite(a: &Words, b: &Words) -> bool {
    let (a, b) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if a.len() < 2 {
        return false;
    }
    let differing = a.iter().zip(b.iter()).take_while(|(one, other)| one == other).count();
    let (Some(one), Some(other)) = (a.get(differing).or(Some("")), b.get(differing)) else { return false };
    let rest_of = |words: &Words, from: usize| words.iter().skip(from).map(str::to_owned).collect::<Vec<_>>();
    if a.len() == b.len() {
        let is_pair = NEGATIONS.iter().any(|pair| *pair == (one, other) || *pair == (other, one));
        return is_pair && rest_of(a, differing + 1) == rest_of(b, differing + 1);
    }
    other == "not" && a.len() + 1 == b.len() && rest_of(a, differing) == rest_of(b, differing + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities_have_a_number_and_a_short_unit() {
        let check = |text: &str, expected: Option<(f64, &str)>| {
            assert_eq!(quantity(text), expected.map(|(n, unit)| (n, unit.to_owned())), "{text}");
        };
        check("1,000 items", Some((1000.0, "item")));
        check("$5", Some((5.0, "")));
        check("99.9 %", Some((99.9, "%")));
        check("3 of the five machines", None);
        check("S3", None);
    }

    #[test]
    fn ranges_are_read_however_they_are_written() {
        assert_eq!(range("2 to 4 hours"), Some((2.0, 4.0, "hour".to_owned())));
        assert_eq!(range("more than 7 days"), Some((7.0, f64::INFINITY, "day".to_owned())));
        assert_eq!((range("7 days"), range("pay-as-you-go")), (None, None));
    }

    #[test]
    fn opposites_differ_by_one_negation() {
        let check =
            |a: &str, b: &str, expected| assert_eq!(is_opposite(&Words::of(a), &Words::of(b)), expected, "{a}/{b}");
        check("It is encrypted", "It is not encrypted", true);
        check("It can expire", "It cannot expire", true);
        check("With a key", "Without a key", true);
        check("It can expire", "It can return", false);
        check("Not", "", false);
    }
}
