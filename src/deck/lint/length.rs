//! Lengths: a key that stands out, stems and choices that take long to read.

use crate::deck::lint::rule::{Example, Found, Part, Place, Rule, Severity, rule};
use crate::deck::lint::view::ItemView;

pub(super) const KEY_STANDS_OUT: Rule = rule(
    "D204",
    Severity::Warning,
    "the key is not strikingly longer than the distractors",
    Example {
        reason: "Authors qualify the right answer until it is true, so test-wise candidates choose the longest one \
                 (Haladyna & Downing: keep the choices about equally long).",
        bad: "- stem: What does a lock file do?\n  \
              right: It records the exact version of every dependency so that builds can be repeated elsewhere\n  \
              wrong: [It speeds up tests, It hides secrets, It signs commits]\n",
        good: "- stem: What does a lock file do?\n  right: It records exact versions\n  \
               wrong: [It speeds up tests, It hides secrets, It signs commits]\n",
    },
);

pub(super) const KEY_LONGEST_TOO_OFTEN: Rule = rule(
    "D205",
    Severity::Warning,
    "the longest choice is not the key too often",
    Example {
        reason: "Over a whole deck even small differences teach to choose the longest. The share is held against chance: \
                 more than 40 % and four standard deviations over it, from twelve questions on.",
        bad: LONGEST_BAD,
        good: LONGEST_GOOD,
    },
);

pub(super) const LONG_STEM: Rule = rule(
    "D212",
    Severity::Advice,
    "a stem has at most 100 words",
    Example {
        reason: "A long stem tests reading speed. Facts that the question does not need can go; a case for several \
                 questions belongs into `stimulus`.",
        bad: LONG_BAD,
        good: "- {stem: A shop has grown. Which step helps first?, right: Measuring, wrong: [Guessing, Waiting]}\n",
    },
);

pub(super) const LONG_CHOICE: Rule = rule(
    "D213",
    Severity::Advice,
    "a choice has at most 40 words",
    Example {
        reason: "Long choices are hard to compare; what they share belongs into the stem.",
        bad: "- stem: What is done first?\n  right: >-\n    \
              One looks at how the shop is used during a week, notes which pages are slow and which are not, asks the \
              people who use them most, writes all of it down, and only then thinks about which of the many causes \
              could be behind it\n  wrong:\n  - >-\n    \
              One buys a larger machine than the one there was, moves the shop onto it during the night, waits for a \
              week without looking at anything, asks nobody, writes nothing down, and then thinks about which of the \
              many machines to buy next\n  - A guess\n",
        good: "- {stem: What is done first?, right: The use is measured, wrong: [A machine is bought, A guess is made]}\n",
    },
);

const LONGEST_BAD: &str = "\
- {stem: Which is odd in 1?, right: seven, wrong: [two, six]}
- {stem: Which is odd in 2?, right: seven, wrong: [two, six]}
- {stem: Which is odd in 3?, right: seven, wrong: [two, six]}
- {stem: Which is odd in 4?, right: seven, wrong: [two, six]}
- {stem: Which is odd in 5?, right: seven, wrong: [two, six]}
- {stem: Which is odd in 6?, right: seven, wrong: [two, six]}
- {stem: Which is odd in 7?, right: seven, wrong: [two, six]}
- {stem: Which is odd in 8?, right: seven, wrong: [two, six]}
- {stem: Which is odd in 9?, right: seven, wrong: [two, six]}
- {stem: Which is odd in 10?, right: seven, wrong: [two, six]}
- {stem: Which is odd in 11?, right: seven, wrong: [two, six]}
- {stem: Which is odd in 12?, right: seven, wrong: [two, six]}
";

const LONGEST_GOOD: &str = "\
- {stem: Which is odd in 1?, right: seven, wrong: [eight, six]}
- {stem: Which is odd in 2?, right: seven, wrong: [eight, six]}
- {stem: Which is odd in 3?, right: seven, wrong: [eight, six]}
- {stem: Which is odd in 4?, right: seven, wrong: [eight, six]}
- {stem: Which is odd in 5?, right: one, wrong: [eight, six]}
- {stem: Which is odd in 6?, right: one, wrong: [eight, six]}
- {stem: Which is odd in 7?, right: one, wrong: [eight, six]}
- {stem: Which is odd in 8?, right: one, wrong: [eight, six]}
- {stem: Which is odd in 9?, right: one, wrong: [eight, six]}
- {stem: Which is odd in 10?, right: seven, wrong: [two, six]}
- {stem: Which is odd in 11?, right: seven, wrong: [two, six]}
- {stem: Which is odd in 12?, right: seven, wrong: [two, six]}
";

const LONG_BAD: &str = "\
- stem: >-
    A shop in a small town sells tea, coffee and cocoa. It has four rooms, of which the first is green, the second blue,
    the third red and the fourth white. On Mondays it opens at nine, on Tuesdays at ten, on Wednesdays at eleven and on
    Thursdays not at all. Its owner has a brother who once had a shop too, in another town by the sea, and who closed it
    after a storm had taken the roof. In spring the owner hired two people, one for the mornings and one for the
    evenings, and bought a new counter. Since then the number of guests has grown by half. Which step helps first?
  right: Measuring
  wrong: [Guessing, Waiting]
";

/// The key stands out from this ratio to the longest distractor on.
const STRIKING_RATIO: f64 = 1.5;

/// ... if it is longer by this many characters, too.
const STRIKING_CHARS: usize = 25;

const MAX_STEM_WORDS: usize = 100;
const MAX_CHOICE_WORDS: usize = 40;

/// Items from which a share of longest keys is looked at.
const MIN_ITEMS: u32 = 12;

/// Share of longest keys that is never too large.
const FAIR_SHARE: f64 = 0.40;

/// Standard deviations over chance that are too many.
const TOO_FAR: f64 = 4.0;

pub(super) fn check(view: &ItemView<'_>, found: &mut Found) {
    if view.stem.len() > MAX_STEM_WORDS {
        let message = format!("the stem has {} words", view.stem.len());
        view.say(found, &LONG_STEM, Part::Prompt, message, "leave out what the question does not need");
    }
    for (idx, choice) in view.choices.iter().enumerate().filter(|(_, choice)| choice.words.len() > MAX_CHOICE_WORDS) {
        let message = format!("the choice has {} words", choice.words.len());
        view.say(found, &LONG_CHOICE, Part::Choice(idx), message, "move what the choices share into the stem");
    }
    let Some((key_idx, key)) = view.only_key() else { return };
    let longest = view.distractors().map(|choice| choice.n_chars).max().unwrap_or(0);
    if view.choices.len() > 2
        && longest + STRIKING_CHARS <= key.n_chars
        && real(key.n_chars) >= STRIKING_RATIO * real(longest)
    {
        let message = format!("the key has {} characters, the longest distractor {longest}", key.n_chars);
        view.say(
            found,
            &KEY_STANDS_OUT,
            Part::Choice(key_idx),
            message,
            "shorten the key, or make a distractor as exact",
        );
    }
}

/// Holds the share of items whose key is the longest choice against chance.
pub(super) fn check_deck(views: &[ItemView<'_>], found: &mut Found) {
    let (mut n_items, mut n_longest, mut expected, mut variance) = (0_u32, 0_u32, 0.0, 0.0);
    for view in views.iter().filter(|view| view.choices.len() > 2) {
        let Some((_, key)) = view.only_key() else { continue };
        let chance = 1.0 / real(view.choices.len());
        n_items += 1;
        expected += chance;
        variance += chance * (1.0 - chance);
        n_longest += u32::from(view.distractors().all(|choice| choice.n_chars < key.n_chars));
    }
    let n = f64::from(n_longest);
    let is_far = n > expected + TOO_FAR * f64::sqrt(variance) && n > FAIR_SHARE * f64::from(n_items);
    if n_items >= MIN_ITEMS && is_far {
        let message =
            format!("in {n_longest} of {n_items} questions the longest choice is the key; chance gives {expected:.0}");
        let help = "shorten keys or make distractors as exact, until the longest choice tells nothing";
        found.say(&KEY_LONGEST_TOO_OFTEN, Place::Deck, message, help);
    }
}

/// Lengths are far below the 2⁵² up to which every whole number is exact.
fn real(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}
