//! A card: the memory of one concept, and how evidence moves it.

use crate::base::StudyDay;
use crate::review::{Evidence, Grade, Memory, MockOutcome};

/// Lapses at which a card is called a leech.
pub const LEECH_LAPSES: u32 = 8;

/// The memory of one concept and when it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Card {
    /// The state of SM-2.
    pub memory: Memory,
    /// The study day on which the card is due.
    pub due: StudyDay,
    /// Times it was forgotten after having been known.
    pub n_lapses: u32,
    /// The study day of the last evidence that moved the memory; `None` before the first.
    pub last_review: Option<StudyDay>,
    /// The study day on which the drill made the card; `None` if a sitting did.
    pub introduced_on: Option<StudyDay>,
    /// The study day on which the card must come again until it is answered well; such repeats move nothing.
    pub repeat_on: Option<StudyDay>,
}

impl Card {
    /// Tells whether the card is wanted on `today`: due, or to be repeated.
    pub fn is_due(&self, today: StudyDay) -> bool {
        self.due <= today || self.repeat_on == Some(today)
    }

    /// Tells whether the card was forgotten so often that another way of learning it is called for.
    pub fn is_leech(&self) -> bool {
        self.n_lapses >= LEECH_LAPSES
    }

    fn unreviewed(due: StudyDay) -> Card {
        Card { memory: Memory::NEW, due, n_lapses: 0, last_review: None, introduced_on: None, repeat_on: None }
    }

    fn reviewed(self, grade: Grade, today: StudyDay) -> Card {
        let has_lapsed = !grade.is_pass() && self.memory.repetition > 0;
        let memory = self.memory.after(grade);
        Card {
            memory,
            due: today.plus(memory.interval_days),
            n_lapses: self.n_lapses + u32::from(has_lapsed),
            last_review: Some(today),
            repeat_on: None,
            ..self
        }
    }
}

/// Returns the card after `evidence` on `today`; `None` while the concept needs no card.
///
/// *Drill.* A due or new card is reviewed by SM-2 and, below grade 4, comes again the same day. Such a repeat moves
/// nothing but its own end. An early right answer leaves the card, an early wrong one is a lapse.
///
/// *Mock.* Wrong is a lapse, or a new card for the next study day. Right but shaky brings the card to the next study
/// day and leaves its memory. Right and sure is a review (grade 4) if the card was due, and otherwise nothing.
///
/// *Sent.* The card is due, or a new one is, and its memory stays: on the same day, or on the next study day if the
/// memory was moved today, since that is too soon to say anything.
///
/// *Imported.* The card stands as it did in another program, unless it was reviewed later here.
pub fn after(card: Option<Card>, evidence: Evidence, today: StudyDay) -> Option<Card> {
    match evidence {
        Evidence::Drill(grade) => Some(drilled(card, grade, today)),
        Evidence::Mock(outcome) => examined(card, outcome, today),
        Evidence::Sent => Some(sent(card, today)),
        Evidence::Imported(imported) => Some(newer(card, imported)),
    }
}

fn drilled(card: Option<Card>, grade: Grade, today: StudyDay) -> Card {
    let repeat_on = grade.repeats_today().then_some(today);
    match card {
        Some(card) if card.repeat_on == Some(today) => Card { repeat_on, ..card },
        Some(card) if card.due > today && grade.is_pass() => card,
        Some(card) => Card { repeat_on, ..card.reviewed(grade, today) },
        None => {
            let card = Card::unreviewed(today).reviewed(grade, today);
            Card { introduced_on: Some(today), repeat_on, ..card }
        }
    }
}

fn examined(card: Option<Card>, outcome: MockOutcome, today: StudyDay) -> Option<Card> {
    let tomorrow = today.plus(1);
    match (outcome, card) {
        (MockOutcome::WrongAndSure, Some(card)) => Some(card.reviewed(Grade::Zero, today)),
        (MockOutcome::Wrong, Some(card)) => Some(card.reviewed(Grade::One, today)),
        (MockOutcome::WrongAndSure | MockOutcome::Wrong | MockOutcome::Shaky, None) => Some(Card::unreviewed(tomorrow)),
        (MockOutcome::Shaky, Some(card)) => Some(Card { due: card.due.min(tomorrow), ..card }),
        (MockOutcome::Sure, Some(card)) if card.due <= today => Some(card.reviewed(Grade::Four, today)),
        (MockOutcome::Sure, card) => card,
    }
}

fn sent(card: Option<Card>, today: StudyDay) -> Card {
    let Some(card) = card else { return Card::unreviewed(today) };
    let soonest = if card.last_review == Some(today) { today.plus(1) } else { today };
    Card { due: card.due.min(soonest), ..card }
}

fn newer(card: Option<Card>, imported: Card) -> Card {
    match card {
        Some(own) if own.last_review.is_some() && imported.last_review < own.last_review => own,
        Some(_) | None => imported,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::EaseFactor;

    const TODAY: i32 = 100;

    fn card(repetition: u32, interval_days: u32, due: i32) -> Card {
        let memory = Memory { repetition, interval_days, ease: EaseFactor::START };
        Card { memory, ..Card::unreviewed(StudyDay::from_number(due)) }
    }

    fn drill(grade: u8) -> Evidence {
        Evidence::Drill(Grade::from_number(grade).expect("0 to 5"))
    }

    fn wording(card: Option<Card>) -> String {
        card.map_or("no card".to_owned(), |card| {
            format!(
                "rep {} interval {} ease {} due {:+} lapses {}{}",
                card.memory.repetition,
                card.memory.interval_days,
                card.memory.ease.hundredths(),
                card.due.number() - TODAY,
                card.n_lapses,
                if card.repeat_on.is_some() { " repeat" } else { "" },
            )
        })
    }

    #[track_caller]
    fn check(before: Option<Card>, evidence: &[Evidence], expected: &str) {
        let today = StudyDay::from_number(TODAY);
        let result = evidence.iter().fold(before, |card, evidence| after(card, *evidence, today));
        assert_eq!(wording(result), expected);
    }

    #[test]
    fn a_first_answer_makes_a_card_for_tomorrow() {
        check(None, &[drill(4)], "rep 1 interval 1 ease 250 due +1 lapses 0");
        check(None, &[drill(1)], "rep 0 interval 1 ease 196 due +1 lapses 0 repeat");
    }

    #[test]
    fn repeats_of_the_same_day_move_nothing_until_the_answer_is_good() {
        check(None, &[drill(1), drill(1)], "rep 0 interval 1 ease 196 due +1 lapses 0 repeat");
        check(None, &[drill(1), drill(3)], "rep 0 interval 1 ease 196 due +1 lapses 0 repeat");
        check(None, &[drill(1), drill(5)], "rep 0 interval 1 ease 196 due +1 lapses 0");
        check(Some(card(2, 6, TODAY)), &[drill(3), drill(4)], "rep 3 interval 15 ease 236 due +15 lapses 0");
    }

    #[test]
    fn an_early_right_answer_leaves_the_card_and_an_early_wrong_one_is_a_lapse() {
        check(Some(card(2, 6, TODAY + 3)), &[drill(5)], "rep 2 interval 6 ease 250 due +3 lapses 0");
        check(Some(card(2, 6, TODAY + 3)), &[drill(1)], "rep 0 interval 1 ease 196 due +1 lapses 1 repeat");
    }

    #[test]
    fn an_overdue_card_is_stretched_from_its_scheduled_interval() {
        check(Some(card(2, 6, TODAY - 50)), &[drill(4)], "rep 3 interval 15 ease 250 due +15 lapses 0");
    }

    #[test]
    fn a_mock_miss_is_a_lapse_or_a_new_card_for_tomorrow() {
        let wrong = Evidence::Mock(MockOutcome::Wrong);
        check(None, &[wrong], "rep 0 interval 0 ease 250 due +1 lapses 0");
        check(Some(card(3, 15, TODAY + 9)), &[wrong], "rep 0 interval 1 ease 196 due +1 lapses 1");
        let sure = Evidence::Mock(MockOutcome::WrongAndSure);
        check(Some(card(3, 15, TODAY + 9)), &[sure], "rep 0 interval 1 ease 170 due +1 lapses 1");
    }

    #[test]
    fn a_shaky_mock_answer_brings_the_card_to_tomorrow_and_leaves_its_memory() {
        let shaky = Evidence::Mock(MockOutcome::Shaky);
        check(None, &[shaky], "rep 0 interval 0 ease 250 due +1 lapses 0");
        check(Some(card(3, 15, TODAY + 9)), &[shaky], "rep 3 interval 15 ease 250 due +1 lapses 0");
        check(Some(card(3, 15, TODAY - 2)), &[shaky], "rep 3 interval 15 ease 250 due -2 lapses 0");
    }

    #[test]
    fn a_sure_mock_answer_counts_only_when_the_card_was_due() {
        let sure = Evidence::Mock(MockOutcome::Sure);
        check(None, &[sure], "no card");
        check(Some(card(2, 6, TODAY + 1)), &[sure], "rep 2 interval 6 ease 250 due +1 lapses 0");
        check(Some(card(2, 6, TODAY)), &[sure], "rep 3 interval 15 ease 250 due +15 lapses 0");
    }

    #[test]
    fn a_concept_that_is_sent_is_due_at_once_but_not_twice_on_the_day_of_its_review() {
        check(None, &[Evidence::Sent], "rep 0 interval 0 ease 250 due +0 lapses 0");
        check(Some(card(3, 15, TODAY + 9)), &[Evidence::Sent], "rep 3 interval 15 ease 250 due +0 lapses 0");
        check(Some(card(3, 15, TODAY - 2)), &[Evidence::Sent], "rep 3 interval 15 ease 250 due -2 lapses 0");
        let right = [drill(4), Evidence::Sent];
        check(Some(card(2, 6, TODAY)), &right, "rep 3 interval 15 ease 250 due +1 lapses 0");
    }

    #[test]
    fn an_imported_card_stands_unless_it_was_reviewed_later_here() {
        let reviewed = |on: i32| Card { last_review: Some(StudyDay::from_number(on)), ..card(4, 30, TODAY + 20) };
        let imported = Evidence::Imported(reviewed(TODAY - 10));
        let stands = "rep 4 interval 30 ease 250 due +20 lapses 0";
        check(None, &[imported], stands);
        check(Some(card(0, 0, TODAY)), &[imported], stands);
        check(None, &[drill(4), imported], "rep 1 interval 1 ease 250 due +1 lapses 0");
        check(None, &[imported, imported], stands);
        check(None, &[imported, drill(1)], "rep 0 interval 1 ease 196 due +1 lapses 1 repeat");
    }

    #[test]
    fn eight_lapses_make_a_leech() {
        let mut leech = card(1, 1, TODAY);
        leech.n_lapses = 7;
        assert!(!leech.is_leech());
        let after_lapse = after(Some(leech), drill(1), StudyDay::from_number(TODAY)).expect("a card stays a card");
        assert!(after_lapse.is_leech());
    }
}
