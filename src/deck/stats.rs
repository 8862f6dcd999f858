//! What a bank holds: its items by task, skill and difficulty, the forms it can make, where its keys stand.

use std::collections::BTreeSet;

use crate::base::TaskId;
use crate::deck::{
    Deck, Difficulty, Effort, Item, ItemBody, ShuffleChoices, Skill, Status, apportion_items, enemy_groups,
};

/// What a bank holds. Items that are not live are counted in `n_by_status` alone.
#[derive(Debug, Clone, PartialEq)]
pub struct BankStats {
    /// Each domain, in the deck's order.
    pub domains: Vec<DomainStats>,
    /// Live, draft, retired and disputed items.
    pub n_by_status: [usize; 4],
    /// Forms without a common concept or enemy that the scarcest domain allows; `None` for a deck without an exam.
    pub n_forms: Option<usize>,
    /// Where the key stands in single-key questions whose choices keep their order, first place first.
    pub key_places: Vec<usize>,
    /// Single-key questions whose choices are shuffled.
    pub n_shuffled: usize,
    /// Single-key questions whose key is longer than every other choice.
    pub n_key_longest: usize,
}

/// A domain's part of the bank.
#[derive(Debug, Clone, PartialEq)]
pub struct DomainStats {
    /// The domain's items together.
    pub all: Tally,
    /// Its tasks in order, and last, without an id, items of no task if there are any.
    pub tasks: Vec<(Option<TaskId>, Tally)>,
    /// Exam items that never meet in a form count as one: concepts and enemies.
    pub n_groups: usize,
    /// Items that one form asks of the domain; 0 without an exam.
    pub n_per_form: usize,
    /// The domain's part of the weights, 0 to 1.
    pub weight_share: f64,
}

/// Counts of items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tally {
    /// Items that an exam may ask.
    pub n_exam: usize,
    /// Flashcards and texts with blanks.
    pub n_cards: usize,
    /// Exam items that ask for recall, comparison, a decision, and those that do not say.
    pub by_skill: [usize; 4],
    /// Exam items that are easy, medium, hard, have a number, and do not say.
    pub by_difficulty: [usize; 5],
}

impl Tally {
    fn count(&mut self, item: &Item) {
        if !item.facts.kind.is_exam_item() {
            self.n_cards += 1;
            return;
        }
        self.n_exam += 1;
        self.by_skill[match item.facts.skill {
            Some(Skill::Recall) => 0,
            Some(Skill::Compare) => 1,
            Some(Skill::Scenario) => 2,
            None => 3,
        }] += 1;
        self.by_difficulty[match item.facts.difficulty {
            Some(Difficulty::Effort(Effort::Easy) | Difficulty::Level(1 | 2)) => 0,
            Some(Difficulty::Effort(Effort::Medium) | Difficulty::Level(3)) => 1,
            Some(Difficulty::Effort(Effort::Hard) | Difficulty::Level(_)) => 2,
            Some(Difficulty::Logits(_) | Difficulty::Angoff(_) | Difficulty::Measured(_)) => 3,
            None => 4,
        }] += 1;
    }
}

/// Counts what a deck holds.
pub fn bank_stats(deck: &Deck) -> BankStats {
    let mut n_by_status = [0; 4];
    for item in &deck.items {
        n_by_status[match item.facts.status {
            Status::Live => 0,
            Status::Draft => 1,
            Status::Retired => 2,
            Status::Disputed => 3,
        }] += 1;
    }
    let domains = domain_stats(deck);
    let scarcest =
        domains.iter().filter(|domain| domain.n_per_form > 0).map(|domain| domain.n_groups / domain.n_per_form);
    let n_forms = deck.outline.exam.as_ref().map(|_| scarcest.min().unwrap_or(0));
    let mut stats =
        BankStats { domains, n_by_status, n_forms, key_places: Vec::new(), n_shuffled: 0, n_key_longest: 0 };
    deck.items.iter().filter(|item| item.facts.is_live()).for_each(|item| stats.count_key(item));
    stats
}

impl BankStats {
    fn count_key(&mut self, item: &Item) {
        let ItemBody::Question(question) = &item.body else { return };
        let Some(place) = question.key().iter().next().filter(|_| question.key().len() == 1) else { return };
        let length = |text: &str| text.chars().count();
        let choices = question.choices();
        let n_chars = choices.get(place).map_or(0, |key| length(&key.text));
        let is_longest = choices.iter().enumerate().all(|(idx, choice)| idx == place || length(&choice.text) < n_chars);
        self.n_key_longest += usize::from(is_longest);
        match question.shuffle() {
            ShuffleChoices::Yes => self.n_shuffled += 1,
            ShuffleChoices::No => {
                self.key_places.resize(self.key_places.len().max(choices.len()), 0);
                self.key_places[place] += 1;
            }
        }
    }
}

fn domain_stats(deck: &Deck) -> Vec<DomainStats> {
    let weights = deck.outline.weights();
    let total: f64 = weights.iter().map(|weight| weight.middle()).sum();
    let count = |n: Option<usize>| n.map_or_else(|| vec![0; weights.len()], |n| apportion_items(n, &weights));
    let exam = deck.outline.exam.as_ref();
    let (scored, unscored) = (count(exam.map(|exam| exam.n_scored)), count(exam.map(|exam| exam.n_unscored)));
    let drawn: Vec<&Item> = deck.items.iter().filter(|item| item.facts.is_drawn()).collect();
    let groups = enemy_groups(drawn.iter().map(|item| &item.facts));
    let domain = |(domain_idx, domain): (usize, &crate::deck::Domain)| {
        let mut all = Tally::default();
        let mut tasks: Vec<(Option<TaskId>, Tally)> =
            domain.tasks.iter().map(|task| (Some(task.id.clone()), Tally::default())).collect();
        for item in deck.items.iter().filter(|item| item.facts.is_live() && item.facts.domain_idx == domain_idx) {
            all.count(item);
            if !tasks.iter().any(|(task, _)| *task == item.facts.task) {
                tasks.push((item.facts.task.clone(), Tally::default()));
            }
            let own = tasks.iter_mut().filter(|(task, _)| *task == item.facts.task);
            own.for_each(|(_, tally)| tally.count(item));
        }
        let own = drawn.iter().zip(&groups).filter(|(item, _)| item.facts.domain_idx == domain_idx);
        DomainStats {
            all,
            tasks,
            n_groups: own.map(|(_, group)| group).collect::<BTreeSet<_>>().len(),
            n_per_form: scored[domain_idx] + unscored[domain_idx],
            weight_share: if total > 0.0 { weights[domain_idx].middle() / total } else { 0.0 },
        }
    };
    deck.outline.domains.iter().enumerate().map(domain).collect()
}
