//! How the items of a sitting were worked on: time on the screen and changes of answers, from what was recorded.

use std::time::Duration;

use crate::exam::{Ending, Form, ItemStatus, Mark, Sitting};

/// Something that was recorded in a sitting, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Exam time.
    pub at: Duration,
    /// What happened.
    pub what: Happening,
}

/// What is recorded in a sitting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happening {
    /// The item at this position came on the screen.
    Shown(usize),
    /// The item at this position got this mark.
    Marked(usize, Mark),
    /// The item at this position got a note, or the candidate looked at what is right.
    Touched(usize),
    /// The sitting was opened again after a break.
    Resumed,
    /// The sitting ended.
    Ended(Ending),
}

/// How one item was worked on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ItemWork {
    /// Exam time during which it was on the screen.
    pub spent: Duration,
    /// The mark with its first complete answer; `None` if it never had one.
    pub first: Option<Mark>,
    /// How its complete answers changed.
    pub changes: AnswerChanges,
}

/// Changes from one complete answer to another one. Taking an answer away is no change until there is another one;
/// between two right answers nothing is lost or won, so that is none either.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AnswerChanges {
    /// From a wrong answer to a right one.
    pub n_to_right: usize,
    /// From a right answer to a wrong one.
    pub n_to_wrong: usize,
    /// From a wrong answer to another wrong one.
    pub n_between_wrong: usize,
}

/// A whole sitting as it was worked on.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SittingWork {
    /// The items in the order of the form.
    pub items: Vec<ItemWork>,
    /// Exam time with no item on the screen: from the last record before each break to the first showing after it, and
    /// the end of a sitting at which nobody was there. With the times of all items it makes up the whole exam time.
    pub off_screen: Duration,
}

impl AnswerChanges {
    /// Returns how many changes there were.
    pub fn n(self) -> usize {
        self.n_to_right + self.n_to_wrong + self.n_between_wrong
    }

    /// Returns these changes and others together.
    #[must_use]
    pub fn and(self, other: AnswerChanges) -> AnswerChanges {
        AnswerChanges {
            n_to_right: self.n_to_right + other.n_to_right,
            n_to_wrong: self.n_to_wrong + other.n_to_wrong,
            n_between_wrong: self.n_between_wrong + other.n_between_wrong,
        }
    }

    fn count(&mut self, was_right: bool, is_right: bool) {
        match (was_right, is_right) {
            (false, true) => self.n_to_right += 1,
            (true, false) => self.n_to_wrong += 1,
            (false, false) => self.n_between_wrong += 1,
            (true, true) => {}
        }
    }
}

/// Returns how the items of `form` were worked on by what was recorded, `moments` in the order of their records.
///
/// `is_right` judges a mark on the item at a position. Positions outside the form change nothing. Exam time that a
/// fault gave back is not counted twice.
pub fn retrace(form: &Form, moments: &[Moment], is_right: impl Fn(usize, &Mark) -> bool) -> SittingWork {
    let mut sitting = Sitting::new(form.clone());
    let mut work = SittingWork { items: vec![ItemWork::default(); form.items.len()], off_screen: Duration::ZERO };
    let mut last_answers: Vec<Option<Mark>> = vec![None; form.items.len()];
    let (mut now, mut on_screen) = (Duration::ZERO, None);
    for moment in moments {
        let passed = moment.at.saturating_sub(now);
        now = now.max(moment.at);
        let was_there = !matches!(moment.what, Happening::Resumed | Happening::Ended(Ending::Unattended));
        match on_screen.filter(|_| was_there).and_then(|position: usize| work.items.get_mut(position)) {
            Some(item) => item.spent += passed,
            None => work.off_screen += passed,
        }
        match &moment.what {
            Happening::Shown(position) => {
                sitting.show(*position);
                on_screen = Some(*position);
            }
            Happening::Marked(position, mark) => {
                let position = *position;
                sitting.mark(position, mark.clone());
                if sitting.status(position) == ItemStatus::Answered {
                    let before = last_answers[position].replace(mark.clone());
                    note_answer(&mut work.items[position], before, mark, |mark| is_right(position, mark));
                }
            }
            Happening::Touched(_) => {}
            Happening::Resumed | Happening::Ended(_) => on_screen = None,
        }
    }
    work
}

fn note_answer(item: &mut ItemWork, before: Option<Mark>, mark: &Mark, is_right: impl Fn(&Mark) -> bool) {
    match before {
        None => item.first = Some(mark.clone()),
        Some(before) if before.answer != mark.answer => item.changes.count(is_right(&before), is_right(mark)),
        Some(_) => {}
    }
}

/// Returns the exam time that ran while a sitting was left alone: from the last record before each break to the return.
pub fn time_away(moments: &[Moment]) -> Duration {
    let gaps = moments.windows(2).filter(|pair| pair[1].what == Happening::Resumed);
    gaps.map(|pair| pair[1].at.saturating_sub(pair[0].at)).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::base::{ContentHash, ItemId};
    use crate::deck::{ChoiceSet, ItemKind};
    use crate::exam::{Confidence, FormItem, ItemRole};

    /// Three items with four choices, `a` right; the last one wants `a` and `b`.
    fn form() -> Form {
        let item = |idx: usize| FormItem {
            item: ItemId::new(&format!("q{idx}")).expect("a good id"),
            content: ContentHash::of(&[]),
            domain_idx: 0,
            kind: match idx {
                2 => ItemKind::MultipleResponse { n_choices: 4, n_keys: 2 },
                _ => ItemKind::MultipleChoice { n_choices: 4 },
            },
            role: ItemRole::Scored,
            choice_order: vec![0, 1, 2, 3],
        };
        Form { items: (0..3).map(item).collect(), sections: Vec::new() }
    }

    fn is_right(position: usize, mark: &Mark) -> bool {
        mark.answer.choices() == if position == 2 { ChoiceSet::from_bits(0b11) } else { ChoiceSet::only(0) }
    }

    fn chosen(letters: &str) -> Mark {
        let places = letters.bytes().map(|letter| usize::from(letter - b'a'));
        Mark { answer: places.fold(ChoiceSet::EMPTY, ChoiceSet::toggled).into(), ..Mark::default() }
    }

    /// Reads `10 show 1`, `12 mark 1 ab`, `15 flag 1`, `20 resume`, `30 end` and `30 alone`, apart by commas.
    fn moments(script: &str) -> Vec<Moment> {
        let mut marks = [(); 3].map(|()| Mark::default());
        let moment = |line: &str| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let position = words.get(2).map_or(0, |word| word.parse::<usize>().expect("a number") - 1);
            let what = match words[1] {
                "show" => Happening::Shown(position),
                "mark" => {
                    marks[position].answer = chosen(words.get(3).copied().unwrap_or("")).answer;
                    Happening::Marked(position, marks[position].clone())
                }
                "flag" => {
                    marks[position].is_flagged = true;
                    Happening::Marked(position, marks[position].clone())
                }
                "resume" => Happening::Resumed,
                "alone" => Happening::Ended(Ending::Unattended),
                _ => Happening::Ended(Ending::Submitted),
            };
            Moment { at: Duration::from_secs(words[0].parse().expect("seconds")), what }
        };
        script.split(',').map(moment).collect()
    }

    #[track_caller]
    fn check(script: &str, expected: &str) {
        let work = retrace(&form(), &moments(script), is_right);
        let item = |item: &ItemWork| {
            let AnswerChanges { n_to_right, n_to_wrong, n_between_wrong } = item.changes;
            let first = item.first.as_ref().map_or("-".to_owned(), |mark| mark.answer.to_string());
            format!("{}s {first} {n_to_right}/{n_to_wrong}/{n_between_wrong}", item.spent.as_secs())
        };
        let items: Vec<String> = work.items.iter().map(item).collect();
        assert_eq!(format!("{}; off {}s", items.join(", "), work.off_screen.as_secs()), expected);
    }

    #[test]
    fn time_goes_to_the_item_on_the_screen_and_breaks_go_to_none() {
        check("0 show 1, 10 show 2, 25 show 1, 30 end", "15s - 0/0/0, 15s - 0/0/0, 0s - 0/0/0; off 0s");
        check("0 show 1, 10 mark 1 b, 40 resume, 42 show 2, 50 end", "10s b 0/0/0, 8s - 0/0/0, 0s - 0/0/0; off 32s");
        check("0 show 1, 10 show 2, 90 alone", "10s - 0/0/0, 0s - 0/0/0, 0s - 0/0/0; off 80s");
    }

    #[test]
    fn only_a_change_to_another_complete_answer_counts() {
        check("0 show 1, 1 mark 1 a, 2 flag 1, 3 mark 1 a, 4 end", "4s a 0/0/0, 0s - 0/0/0, 0s - 0/0/0; off 0s");
        check("0 show 1, 1 mark 1 b, 2 mark 1 c, 3 mark 1 a", "3s b 1/0/1, 0s - 0/0/0, 0s - 0/0/0; off 0s");
        check("0 show 1, 1 mark 1 a, 2 mark 1, 3 mark 1 d", "3s a 0/1/0, 0s - 0/0/0, 0s - 0/0/0; off 0s");
        check("0 show 3, 1 mark 3 a, 2 mark 3 ac, 3 mark 3 c", "0s - 0/0/0, 0s - 0/0/0, 3s a c 0/0/0; off 0s");
        check("0 show 3, 1 mark 3 ac, 2 mark 3 a, 3 mark 3 ab", "0s - 0/0/0, 0s - 0/0/0, 3s a c 1/0/0; off 0s");
    }

    #[test]
    fn exam_time_that_a_fault_gave_back_is_not_counted_twice() {
        check("0 show 1, 20 mark 1 a, 17 resume, 18 show 2, 30 end", "20s a 0/0/0, 10s - 0/0/0, 0s - 0/0/0; off 0s");
    }

    #[test]
    fn being_away_ends_with_the_return() {
        let away = time_away(&moments("0 show 1, 10 mark 1 b, 40 resume, 42 show 2, 50 resume, 60 end"));
        assert_eq!(away, Duration::from_secs(38));
    }

    fn happening() -> impl Strategy<Value = Happening> {
        let mark = (0_u32..16, any::<bool>()).prop_map(|(bits, is_flagged)| Mark {
            answer: ChoiceSet::from_bits(bits).into(),
            struck: ChoiceSet::EMPTY,
            is_flagged,
            confidence: Confidence::Unstated,
        });
        prop_oneof![
            4 => (0_usize..4).prop_map(Happening::Shown),
            8 => (0_usize..4, mark).prop_map(|(position, mark)| Happening::Marked(position, mark)),
            1 => Just(Happening::Resumed),
        ]
    }

    fn history() -> impl Strategy<Value = Vec<Moment>> {
        let endings = [Ending::Submitted, Ending::TimeUp, Ending::Unattended, Ending::Abandoned];
        let steps = prop::collection::vec((0_u64..90, happening()), 0..40);
        (steps, 0_u64..90, prop::sample::select(endings.to_vec())).prop_map(|(steps, last, ending)| {
            let mut at = Duration::ZERO;
            let all = steps.into_iter().chain([(last, Happening::Ended(ending))]);
            let moment = |(secs, what)| {
                at += Duration::from_secs(secs);
                Moment { at, what }
            };
            all.map(moment).collect()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn the_items_and_the_breaks_make_up_the_exam_time(history in history()) {
            let work = retrace(&form(), &history, is_right);
            let on_screen: Duration = work.items.iter().map(|item| item.spent).sum();
            let end = history.last().map_or(Duration::ZERO, |last| last.at);
            prop_assert_eq!(on_screen + work.off_screen, end);
            prop_assert!(time_away(&history) <= work.off_screen);
        }

        #[test]
        fn an_items_changes_follow_from_its_own_records_alone(history in history()) {
            let work = retrace(&form(), &history, is_right);
            for (position, item) in work.items.iter().enumerate() {
                let is_own = |moment: &&Moment| match moment.what {
                    Happening::Shown(own) | Happening::Marked(own, _) | Happening::Touched(own) => own == position,
                    Happening::Resumed | Happening::Ended(_) => false,
                };
                let own: Vec<Moment> = history.iter().filter(is_own).cloned().collect();
                let alone = &retrace(&form(), &own, is_right).items[position];
                prop_assert_eq!((&alone.first, alone.changes), (&item.first, item.changes));
            }
        }

        #[test]
        fn without_a_break_marks_take_no_time_from_anything(history in history()) {
            let is_kept = |moment: &&Moment| moment.what != Happening::Resumed;
            let all: Vec<Moment> = history.iter().filter(is_kept).cloned().collect();
            let is_unmarked = |moment: &&Moment| !matches!(moment.what, Happening::Marked(..));
            let unmarked: Vec<Moment> = all.iter().filter(is_unmarked).cloned().collect();
            let spent = |moments: &[Moment]| -> Vec<Duration> {
                retrace(&form(), moments, is_right).items.iter().map(|item| item.spent).collect()
            };
            let ends_alone = matches!(all.last(), Some(Moment { what: Happening::Ended(Ending::Unattended), .. }));
            prop_assert!(ends_alone || spent(&all) == spent(&unmarked));
        }
    }
}
