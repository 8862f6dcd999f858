//! What fits into a day: limits, minutes, days off, and what is left for later with its cost.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, Weekday};

use crate::base::StudyDay;
use crate::plan::{Call, IntakeLimit, QueueOrder, Ranking, Worth};

/// Days without study.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DaysOff {
    /// Days of every week.
    pub weekdays: Vec<Weekday>,
    /// Single days.
    pub days: BTreeSet<StudyDay>,
}

/// How much a day may bring.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DayLimits {
    /// Concepts met for the first time.
    pub n_new: usize,
    /// Cards that are due or come early; repeats of the same day do not count.
    pub n_reviews: usize,
    /// Seconds of study; infinite without a limit.
    pub secs: f64,
}

/// A day's drill.
#[derive(Debug, Clone, PartialEq)]
pub struct DayPlan {
    /// The order of the ranking that it was made from.
    pub order: QueueOrder,
    /// What fits; domains mixed if the order is by value.
    pub queue: Vec<Worth>,
    /// What does not, in the order of the ranking: go on here if time is left.
    pub later: Vec<Worth>,
}

/// Due cards that do not fit into a day.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Backlog {
    /// The cards.
    pub n_cards: usize,
    /// Expected points of 100 that they would add on exam day: the cost if they never come.
    pub points: f64,
}

/// Other cards between a bad answer and its repeat, as far as there are any.
pub const REPEAT_AFTER: usize = 4;
/// Study days before the exam over which the intake of new concepts falls to none: a convention.
pub const TAPER_DAYS: usize = 10;
/// Most days that are looked ahead in counting study days, five years: farther dates taper nothing.
const MOST_DAYS_AHEAD: i32 = 1_827;

impl DaysOff {
    /// Tells whether a day is free of study.
    pub fn is_off(&self, day: StudyDay) -> bool {
        self.days.contains(&day) || self.weekdays.contains(&day.date().weekday())
    }

    /// Returns the study days from `first` up to, but without, `end`.
    pub fn n_study_days(&self, first: StudyDay, end: StudyDay) -> usize {
        let n_days = end.days_since(first).clamp(0, MOST_DAYS_AHEAD).unsigned_abs();
        (0..n_days).filter(|n| !self.is_off(first.plus(*n))).count()
    }
}

/// Returns the limit of new concepts that holds today: none on a day off, and over the last [`TAPER_DAYS`] study days
/// before the exam fewer from day to day, down to none on the last. Without a date, or with one in the past, `a_day`
/// stays.
///
/// This is the pace of a drill without a limit of minutes. With one, what new concepts are worth decides instead.
pub fn intake_today(limit: IntakeLimit, today: StudyDay, exam: Option<StudyDay>, days_off: &DaysOff) -> IntakeLimit {
    let a_day = match exam.filter(|day| *day >= today) {
        _ if days_off.is_off(today) => 0,
        None => limit.a_day,
        Some(exam) => {
            let n_left = days_off.n_study_days(today, exam).saturating_sub(1).min(TAPER_DAYS);
            (limit.a_day.saturating_mul(2 * n_left) + TAPER_DAYS) / (2 * TAPER_DAYS)
        }
    };
    IntakeLimit { a_day: a_day.min(limit.a_day), ..limit }
}

/// Fills a day from a ranking (see [`crate::plan::rank`]), the first first, as far as the limits go.
///
/// The seconds are those that are expected; the card with which they run out still fits. What was chosen by value is
/// then mixed, so that the domains take turns evenly; within a domain the ranking stays.
pub fn plan_day(ranking: &Ranking, limits: DayLimits) -> DayPlan {
    let (mut n_new, mut n_reviews, mut secs) = (0, 0, 0.0);
    let mut day = DayPlan { order: ranking.order, queue: Vec::new(), later: Vec::new() };
    for worth in &ranking.queue {
        let (n, most) = match worth.call {
            Call::New => (&mut n_new, limits.n_new),
            Call::Due { .. } | Call::Early { .. } => (&mut n_reviews, limits.n_reviews),
            Call::Repeat => (&mut 0, 1),
        };
        if *n < most && secs < limits.secs {
            *n += 1;
            secs += worth.expected_secs;
            day.queue.push(*worth);
        } else {
            day.later.push(*worth);
        }
    }
    if day.order == QueueOrder::Value {
        day.queue = mix_domains(day.queue);
    }
    day
}

impl DayPlan {
    /// Takes the next card out; `None` when nothing is left at all.
    pub fn take_next(&mut self) -> Option<Worth> {
        let from = if self.queue.is_empty() { &mut self.later } else { &mut self.queue };
        (!from.is_empty()).then(|| from.remove(0))
    }

    /// Puts in a card that must come again today.
    ///
    /// It comes after [`REPEAT_AFTER`] others; or, if the order is by value and there is better to do with the time than
    /// what it is worth, later among its like.
    pub fn repeat(&mut self, repeat: Worth) {
        let is_worth_less = |worth: &Worth| worth.points_a_minute() >= repeat.points_a_minute();
        let n_better = self.later.partition_point(is_worth_less);
        match self.order {
            QueueOrder::Value if n_better > 0 => self.later.insert(n_better, repeat),
            QueueOrder::Value | QueueOrder::DueDate => {
                self.queue.insert(self.queue.len().min(REPEAT_AFTER), repeat);
            }
        }
    }

    /// Walks everything that is left, in order.
    pub fn left(&self) -> impl Iterator<Item = &Worth> {
        self.queue.iter().chain(&self.later)
    }

    /// Takes a concept out, wherever it stands.
    pub fn drop_concept(&mut self, deck_place: usize) {
        self.queue.retain(|worth| worth.deck_place != deck_place);
        self.later.retain(|worth| worth.deck_place != deck_place);
    }

    /// Returns the due cards that do not fit and what they are worth.
    pub fn backlog(&self) -> Backlog {
        let due = || self.later.iter().filter(|worth| matches!(worth.call, Call::Due { .. }));
        Backlog { n_cards: due().count(), points: due().map(|worth| worth.points).sum() }
    }
}

/// Spreads each domain evenly over the queue; within a domain the order stays.
pub fn mix_domains(queue: Vec<Worth>) -> Vec<Worth> {
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    for worth in &queue {
        *sizes.entry(worth.domain_idx).or_default() += 1;
    }
    let mut n_placed: BTreeMap<usize, usize> = BTreeMap::new();
    let mut placed: Vec<(f64, Worth)> = Vec::new();
    for worth in queue {
        let nth = n_placed.entry(worth.domain_idx).or_default();
        placed.push(((count(*nth) + 0.5) / count(sizes[&worth.domain_idx]), worth));
        *nth += 1;
    }
    placed.sort_by(|(a, a_worth), (b, b_worth)| a.total_cmp(b).then(a_worth.domain_idx.cmp(&b_worth.domain_idx)));
    placed.into_iter().map(|(_, worth)| worth).collect()
}

#[expect(clippy::cast_precision_loss, reason = "counts of concepts are far below 2^52")]
fn count(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn worth(deck_place: usize, domain_idx: usize, call: Call) -> Worth {
        Worth { deck_place, domain_idx, call, points: 0.5, expected_secs: 30.0 }
    }

    fn by_value(queue: Vec<Worth>) -> Ranking {
        Ranking { order: QueueOrder::Value, queue }
    }

    fn places(queue: &[Worth]) -> Vec<usize> {
        queue.iter().map(|worth| worth.deck_place).collect()
    }

    const DUE: Call = Call::Due { days_late: 3 };
    const NO_LIMIT: DayLimits = DayLimits { n_new: usize::MAX, n_reviews: usize::MAX, secs: f64::INFINITY };

    #[test]
    fn the_day_takes_the_first_of_the_ranking_and_tells_what_the_rest_costs() {
        let ranking = by_value((0..5).map(|place| worth(place, 0, DUE)).collect());
        let day = plan_day(&ranking, DayLimits { secs: 61.0, ..NO_LIMIT });
        assert_eq!((places(&day.queue), places(&day.later)), (vec![0, 1, 2], vec![3, 4]));
        assert_eq!(day.backlog(), Backlog { n_cards: 2, points: 1.0 });
    }

    #[test]
    fn new_concepts_and_reviews_have_limits_of_their_own() {
        let ranking = by_value(vec![
            worth(0, 0, Call::New),
            worth(1, 0, Call::New),
            worth(2, 0, DUE),
            worth(3, 0, Call::Repeat),
            worth(4, 0, Call::Early { in_days: 2 }),
        ]);
        let day = plan_day(&ranking, DayLimits { n_new: 1, n_reviews: 1, ..NO_LIMIT });
        assert_eq!((places(&day.queue), places(&day.later)), (vec![0, 2, 3], vec![1, 4]));
        assert_eq!(day.backlog().n_cards, 0);
    }

    #[test]
    fn domains_take_turns() {
        let ranking = by_value((0..6).map(|place| worth(place, usize::from(place >= 4), Call::New)).collect());
        assert_eq!(places(&plan_day(&ranking, NO_LIMIT).queue), [0, 4, 1, 2, 5, 3]);
        let by_date = Ranking { order: QueueOrder::DueDate, ..ranking };
        assert_eq!(places(&plan_day(&by_date, NO_LIMIT).queue), [0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn a_repeat_waits_for_four_others_and_for_what_is_worth_more() {
        let ranking = by_value((0..9).map(|place| worth(place, 0, DUE)).collect());
        let plan = plan_day(&ranking, DayLimits { secs: 170.0, ..NO_LIMIT });
        let with_repeat = |points: f64, mut plan: DayPlan| {
            plan.repeat(Worth { points, ..worth(9, 0, Call::Repeat) });
            let mut shown = Vec::new();
            while let Some(worth) = plan.take_next() {
                shown.push(worth.deck_place);
            }
            shown
        };
        assert_eq!(with_repeat(0.9, plan.clone()), [0, 1, 2, 3, 9, 4, 5, 6, 7, 8]);
        assert_eq!(with_repeat(0.1, plan.clone()), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        let by_date = DayPlan { order: QueueOrder::DueDate, ..plan };
        assert_eq!(with_repeat(0.1, by_date), [0, 1, 2, 3, 9, 4, 5, 6, 7, 8]);
    }

    #[track_caller]
    fn check_intake(n_days_to_exam: u32, expected: usize) {
        let today = StudyDay::from_number(20_000);
        let limit = IntakeLimit { a_day: 20, n_met_today: 3 };
        let found = intake_today(limit, today, Some(today.plus(n_days_to_exam)), &DaysOff::default());
        assert_eq!(found, IntakeLimit { a_day: expected, n_met_today: 3 });
    }

    #[test]
    fn the_intake_falls_to_none_towards_the_exam() {
        check_intake(90, 20);
        check_intake(11, 20);
        check_intake(10, 18);
        check_intake(6, 10);
        check_intake(2, 2);
        check_intake(1, 0);
        check_intake(0, 0);
    }

    #[test]
    fn days_off_bring_nothing_new_and_do_not_count() {
        let saturday = StudyDay::from_number(2); // 1970-01-03
        let days_off = DaysOff { weekdays: vec![Weekday::Sat], days: BTreeSet::from([saturday.plus(2)]) };
        let limit = IntakeLimit { a_day: 20, n_met_today: 0 };
        assert_eq!(intake_today(limit, saturday, None, &days_off).a_day, 0);
        assert_eq!(intake_today(limit, saturday.plus(1), None, &days_off).a_day, 20);
        assert_eq!(days_off.n_study_days(saturday, saturday.plus(8)), 5);
        // Study on the next day, then a day off, then three days more: three are left after the first.
        assert_eq!(intake_today(limit, saturday.plus(1), Some(saturday.plus(6)), &days_off).a_day, 6);
    }

    #[test]
    fn an_exam_in_the_past_tapers_nothing() {
        let today = StudyDay::from_number(20_000);
        let limit = IntakeLimit { a_day: 20, n_met_today: 0 };
        let past = StudyDay::from_number(19_000);
        assert_eq!(intake_today(limit, today, Some(past), &DaysOff::default()), limit);
    }

    proptest! {
        #[test]
        fn nothing_is_lost_and_what_is_left_is_worth_no_more(
            points in prop::collection::vec(0.0..1.0_f64, 0..60),
            secs in 0.0..900.0_f64,
        ) {
            let mut ranking: Vec<Worth> = points
                .iter()
                .enumerate()
                .map(|(place, points)| Worth { points: *points, ..worth(place, place % 3, DUE) })
                .collect();
            ranking.sort_by(|a, b| b.points.total_cmp(&a.points));
            let day = plan_day(&by_value(ranking), DayLimits { secs, ..NO_LIMIT });
            let mut all = places(&[day.queue.clone(), day.later.clone()].concat());
            all.sort_unstable();
            prop_assert_eq!(all, (0..points.len()).collect::<Vec<_>>());
            let least = day.queue.iter().map(|worth| worth.points).fold(f64::INFINITY, f64::min);
            prop_assert!(day.later.iter().all(|worth| worth.points <= least));
        }
    }
}
