//! What showing a concept now is worth on exam day, in exam points a minute.

use crate::base::StudyDay;
use crate::plan::{Forecast, MemoryRecord, Trust};

/// A concept that could be shown now.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Candidate {
    /// Its place in the deck, which breaks ties and names it in the ranking.
    pub deck_place: usize,
    /// Place of its domain in the deck's list.
    pub domain_idx: usize,
    /// What is known of its memory.
    pub memory: MemoryRecord,
    /// Seconds that showing it is expected to take, above 0: the learner's median for its type of item.
    pub expected_secs: f64,
}

/// A domain as the value needs it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DomainWorth {
    /// Its weight in the exam; only the proportion matters.
    pub weight: f64,
    /// All concepts of the deck in it, shown or not.
    pub n_concepts: usize,
    /// Share of its concepts that the learner is expected to know before meeting them, 0 to 1 (see [`known_share`]).
    pub known_share: f64,
}

/// The exam that study is for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Target {
    /// The study day of now.
    pub today: StudyDay,
    /// The day on which recall counts (see [`Target::day`]).
    pub exam_day: StudyDay,
    /// Chance of a right answer in the exam without knowledge, 0 to below 1.
    pub chance: f64,
}

/// Why a concept could be shown now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Call {
    /// It is due.
    Due {
        /// Days since it fell due; 0 today.
        days_late: u32,
    },
    /// It was answered badly today.
    Repeat,
    /// It was never answered.
    New,
    /// It is not due yet.
    Early {
        /// Days until it is.
        in_days: u32,
    },
}

/// What showing a concept now is worth.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Worth {
    /// The candidate's place in the deck.
    pub deck_place: usize,
    /// The candidate's domain.
    pub domain_idx: usize,
    /// Why it could be shown.
    pub call: Call,
    /// Expected points of 100 on exam day that showing it adds, at least 0.
    pub points: f64,
    /// Seconds that it takes.
    pub expected_secs: f64,
}

/// Candidates in the order in which they should be shown.
#[derive(Debug, Clone, PartialEq)]
pub struct Ranking {
    /// Which order it is.
    pub order: QueueOrder,
    /// The candidates, the first first.
    pub queue: Vec<Worth>,
}

/// In which order a queue stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QueueOrder {
    /// By points a minute, the most first.
    Value,
    /// As SM-2 has it, without a limit of minutes or while the forecast is over-confident: repeats of the day, due cards
    /// by due date, new concepts in deck order, then what is not due yet.
    DueDate,
}

/// Days ahead for which value is taken when no exam is in sight.
pub const DAYS_AHEAD: u32 = 30;
/// Share of what is recalled that is put to use when the exam asks in other words: a convention. It scales all points alike
/// and moves no order.
pub const TRANSFER: f64 = 0.85;

impl Target {
    /// Returns the day on which recall counts: that of the exam, or [`DAYS_AHEAD`] days ahead without a date or with
    /// one in the past.
    pub fn day(exam: Option<StudyDay>, today: StudyDay) -> StudyDay {
        exam.filter(|day| *day >= today).unwrap_or(today.plus(DAYS_AHEAD))
    }
}

impl Worth {
    /// Returns the points of 100 that a minute brings.
    pub fn points_a_minute(&self) -> f64 {
        60.0 * self.points / self.expected_secs
    }
}

/// Returns the share of a domain's concepts that a learner knew before meeting them, from the answers to first meetings
/// and the chance of a right answer without knowledge.
///
/// Two answers with the share `KNOWN_BEFORE` are added to what was answered, so that a domain without answers has it.
pub fn known_share(n_right: usize, n_wrong: usize, chance: f64) -> f64 {
    let prior = chance + (1.0 - chance) * KNOWN_BEFORE;
    let right = (count(n_right) + N_PRIOR_ANSWERS * prior) / (count(n_right + n_wrong) + N_PRIOR_ANSWERS);
    ((right - chance) / (1.0 - chance)).clamp(0.0, 1.0)
}

/// What is taken to be known of an unseen domain, and how many answers that is worth: conventions.
const KNOWN_BEFORE: f64 = 0.25;
const N_PRIOR_ANSWERS: f64 = 8.0;

/// Ranks candidates by what they are worth now, or in SM-2's order while the forecast is over-confident.
///
/// Points = 100 · domain weight / sum of weights / concepts in the domain · (1 − chance) · transfer · change in recall
/// on exam day. The change is the mean over a right and a wrong answer now, against not showing the concept at all.
/// Concepts that were answered today and are neither due nor must come again, and those of unknown domains, are left out. The order
/// of `candidates` does not matter; equal worth goes to the earlier place in the deck.
pub fn rank(candidates: &[Candidate], domains: &[DomainWorth], target: Target, forecast: &Forecast) -> Ranking {
    match forecast.trust() {
        Trust::OverConfident(_) => rank_by_due_date(candidates, domains, target, forecast),
        Trust::TooFew | Trust::Held(_) => {
            let worths = worths(candidates, domains, target, forecast).into_iter();
            let mut queue: Vec<(f64, Worth)> = worths.map(|(worth, _)| (worth.points_a_minute(), worth)).collect();
            queue.sort_unstable_by(|(a, first), (b, other)| {
                b.total_cmp(a).then(first.deck_place.cmp(&other.deck_place))
            });
            Ranking { order: QueueOrder::Value, queue: queue.into_iter().map(|(_, worth)| worth).collect() }
        }
    }
}

/// Returns the points of 100 that a concept is expected to bring on exam day if it is not shown before; chance alone brings
/// none, nor does a concept of an unknown domain.
pub fn points_on_exam_day(
    domain_idx: usize,
    memory: &MemoryRecord,
    domains: &[DomainWorth],
    target: Target,
    forecast: &Forecast,
) -> f64 {
    domains.get(domain_idx).map_or(0.0, |domain| {
        let prospect = forecast.prospect(memory, domain.known_share, target.today, target.exam_day);
        PointScale::new(domains, target).of_concept(domain) * prospect.on_exam_day
    })
}

/// Puts candidates into SM-2's order, with what [`rank`] has them worth.
pub fn rank_by_due_date(
    candidates: &[Candidate],
    domains: &[DomainWorth],
    target: Target,
    forecast: &Forecast,
) -> Ranking {
    let mut queue = worths(candidates, domains, target, forecast);
    queue.sort_by_key(|(worth, due)| (worth.call.rank(), *due, worth.deck_place));
    Ranking { order: QueueOrder::DueDate, queue: queue.into_iter().map(|(worth, _)| worth).collect() }
}

/// What the candidates that can be shown are worth, each with the day on which it is due.
fn worths(
    candidates: &[Candidate],
    domains: &[DomainWorth],
    target: Target,
    forecast: &Forecast,
) -> Vec<(Worth, StudyDay)> {
    let scale = PointScale::new(domains, target);
    let worth = |candidate: &Candidate| {
        let due = candidate.memory.card.map_or(target.today, |card| card.due);
        Some((scale.worth(candidate, domains.get(candidate.domain_idx)?, forecast)?, due))
    };
    candidates.iter().filter_map(worth).collect()
}

impl Call {
    fn of(memory: &MemoryRecord, today: StudyDay) -> Option<Call> {
        let Some(card) = memory.card else { return Some(Call::New) };
        if card.repeat_on == Some(today) {
            return Some(Call::Repeat);
        }
        let days_late = today.days_since(card.due);
        match u32::try_from(days_late) {
            Ok(days_late) => Some(Call::Due { days_late }),
            Err(_) if card.last_review == Some(today) || memory.last_answer == Some(today) => None,
            Err(_) => Some(Call::Early { in_days: days_late.unsigned_abs() }),
        }
    }

    fn rank(self) -> u8 {
        match self {
            Call::Repeat => 0,
            Call::Due { .. } => 1,
            Call::New => 2,
            Call::Early { .. } => 3,
        }
    }
}

/// Turns changes of recall into points.
struct PointScale {
    target: Target,
    points: f64, // for a weight of 1 and one concept
}

impl PointScale {
    fn new(domains: &[DomainWorth], target: Target) -> PointScale {
        let total: f64 = domains.iter().map(|domain| domain.weight).sum();
        let points = if total > 0.0 { 100.0 / total * (1.0 - target.chance) * TRANSFER } else { 0.0 };
        PointScale { target, points }
    }

    /// Points of a concept that is known for sure.
    fn of_concept(&self, domain: &DomainWorth) -> f64 {
        self.points * domain.weight / count(domain.n_concepts.max(1))
    }

    fn worth(&self, candidate: &Candidate, domain: &DomainWorth, forecast: &Forecast) -> Option<Worth> {
        let call = Call::of(&candidate.memory, self.target.today)?;
        let Target { today, exam_day, .. } = self.target;
        let prospect = forecast.prospect(&candidate.memory, domain.known_share, today, exam_day);
        let gain = (prospect.on_exam_day_if_shown - prospect.on_exam_day).max(0.0);
        let points = self.of_concept(domain) * gain;
        let Candidate { deck_place, domain_idx, expected_secs, memory: _ } = *candidate;
        Some(Worth { deck_place, domain_idx, call, points, expected_secs })
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of concepts are far below 2^52")]
fn count(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::review::{Card, EaseFactor, Memory};

    const TODAY: StudyDay = StudyDay::from_number(1_000);

    fn target(n_days: u32) -> Target {
        Target { today: TODAY, exam_day: TODAY.plus(n_days), chance: 0.25 }
    }

    fn memory(interval_days: u32, days_ago: i32) -> MemoryRecord {
        let since = StudyDay::from_number(TODAY.number() - days_ago);
        let memory = Memory { repetition: 3, interval_days, ease: EaseFactor::START };
        let due = since.plus(interval_days);
        let card =
            Card { memory, due, n_lapses: 0, last_review: Some(since), introduced_on: Some(since), repeat_on: None };
        MemoryRecord { card: Some(card), last_answer: Some(since) }
    }

    fn candidate(deck_place: usize, domain_idx: usize, memory: MemoryRecord) -> Candidate {
        Candidate { deck_place, domain_idx, memory, expected_secs: 30.0 }
    }

    fn domains(weights: [f64; 3]) -> Vec<DomainWorth> {
        weights.map(|weight| DomainWorth { weight, n_concepts: 50, known_share: 0.25 }).to_vec()
    }

    fn points(candidate: Candidate, n_days: u32) -> f64 {
        rank(&[candidate], &domains([1.0, 1.0, 1.0]), target(n_days), &Forecast::START).queue[0].points
    }

    /// A forecast that promised too much.
    fn over_confident() -> Forecast {
        (0..64).fold(Forecast::START, |forecast, _| forecast.observed(&memory(300, 1), TODAY, 0.25, false))
    }

    #[test]
    fn what_is_known_and_stays_known_is_worth_next_to_nothing() {
        assert!(points(candidate(0, 0, memory(400, 1)), 14) < 1e-4);
        assert!(points(candidate(0, 0, MemoryRecord::NEW), 14) > 0.1);
    }

    #[test]
    fn a_new_concept_is_worth_its_part_of_the_domain() {
        // 50 concepts in a third of the exam; .75 is not known and half is kept: 1 / (1 + 9 / 9).
        let expected = 100.0 / 3.0 / 50.0 * 0.75 * TRANSFER * 0.75 * 0.5;
        assert!((points(candidate(0, 0, MemoryRecord::NEW), 9) - expected).abs() < 1e-12);
    }

    #[test]
    fn quick_items_come_before_slow_ones_of_the_same_worth() {
        let slow = candidate(0, 0, MemoryRecord::NEW);
        let quick = Candidate { expected_secs: 10.0, deck_place: 1, ..slow };
        let ranking = rank(&[slow, quick], &domains([1.0; 3]), target(14), &Forecast::START);
        assert_eq!(ranking.queue.iter().map(|worth| worth.deck_place).collect::<Vec<_>>(), [1, 0]);
        assert!((ranking.queue[0].points_a_minute() - 3.0 * ranking.queue[1].points_a_minute()).abs() < 1e-12);
    }

    #[track_caller]
    fn check_call(memory: MemoryRecord, expected: Option<Call>) {
        let ranking = rank(&[candidate(0, 0, memory)], &domains([1.0; 3]), target(14), &Forecast::START);
        assert_eq!(ranking.queue.first().map(|worth| worth.call), expected);
    }

    #[test]
    fn the_ranking_says_why_a_card_comes() {
        check_call(memory(6, 9), Some(Call::Due { days_late: 3 }));
        check_call(memory(6, 6), Some(Call::Due { days_late: 0 }));
        check_call(memory(6, 4), Some(Call::Early { in_days: 2 }));
        check_call(MemoryRecord::NEW, Some(Call::New));
        let answered = memory(6, 0);
        check_call(answered, None);
        let again = answered.card.map(|card| Card { repeat_on: Some(TODAY), ..card });
        check_call(MemoryRecord { card: again, ..answered }, Some(Call::Repeat));
        check_call(MemoryRecord { last_answer: Some(TODAY), ..memory(6, 4) }, None);
    }

    #[test]
    fn while_the_forecast_is_over_confident_cards_come_as_sm2_has_them() {
        let forecast = over_confident();
        assert!(matches!(forecast.trust(), Trust::OverConfident(_)));
        let candidates = [
            candidate(0, 0, MemoryRecord::NEW),
            candidate(1, 0, memory(30, 5)),
            candidate(2, 0, memory(6, 7)),
            candidate(3, 0, memory(300, 330)),
        ];
        let ranking = rank(&candidates, &domains([1.0; 3]), target(14), &forecast);
        assert_eq!(ranking.order, QueueOrder::DueDate);
        assert_eq!(ranking.queue.iter().map(|worth| worth.deck_place).collect::<Vec<_>>(), [3, 2, 0, 1]);
    }

    #[test]
    fn without_a_date_ahead_value_is_taken_thirty_days_ahead() {
        assert_eq!(Target::day(None, TODAY), TODAY.plus(30));
        assert_eq!(Target::day(Some(StudyDay::from_number(999)), TODAY), TODAY.plus(30));
        assert_eq!(Target::day(Some(TODAY), TODAY), TODAY);
    }

    #[test]
    fn a_deck_that_is_known_brings_what_chance_leaves_as_far_as_it_carries_over() {
        let known = domains([3.0, 2.0, 1.0]).into_iter().map(|own| DomainWorth { known_share: 1.0, ..own });
        let known: Vec<DomainWorth> = known.collect();
        let points =
            |domain_idx| points_on_exam_day(domain_idx, &MemoryRecord::NEW, &known, target(14), &Forecast::START);
        let whole: f64 = (0..3).map(|domain_idx| 50.0 * points(domain_idx)).sum();
        assert!((whole - 75.0 * TRANSFER).abs() < 1e-9, "{whole}");
        assert!((points(0) - 3.0 * points(2)).abs() < 1e-12);
        assert!(points(3).abs() < 1e-12);
    }

    #[test]
    fn a_card_that_was_just_recalled_brings_more_than_before() {
        let points = |memory| points_on_exam_day(0, &memory, &domains([1.0; 3]), target(14), &Forecast::START);
        assert!(points(memory(6, 0)) > points(memory(6, 6)));
        assert!(points(memory(6, 6)) > points(memory(1, 6)));
    }

    #[test]
    fn what_was_known_before_is_told_from_guesses() {
        assert!((known_share(0, 0, 0.25) - KNOWN_BEFORE).abs() < 1e-12);
        assert!(known_share(25, 75, 0.25) < 0.05);
        assert!(known_share(95, 5, 0.25) > 0.85);
        assert!(known_share(0, 50, 0.25).abs() < 1e-12);
    }

    fn any_memory() -> impl Strategy<Value = MemoryRecord> {
        prop_oneof![
            Just(MemoryRecord::NEW),
            (1_u32..400, 0_i32..500).prop_map(|(interval, days_ago)| memory(interval, days_ago)),
        ]
    }

    fn any_candidates() -> impl Strategy<Value = Vec<Candidate>> {
        let one = (0_usize..4, any_memory(), 5.0..60.0_f64);
        prop::collection::vec(one, 1..40).prop_map(|drawn| {
            let of = |(deck_place, (domain_idx, memory, expected_secs))| Candidate {
                deck_place,
                domain_idx,
                memory,
                expected_secs,
            };
            drawn.into_iter().enumerate().map(of).collect()
        })
    }

    proptest! {
        #[test]
        fn the_order_of_the_candidates_does_not_matter(
            candidates in any_candidates(), turn in 0_usize..40, n_days in 0_u32..90, is_doubtful: bool,
        ) {
            let forecast = if is_doubtful { over_confident() } else { Forecast::START };
            let ranking = rank(&candidates, &domains([3.0, 1.0, 2.0]), target(n_days), &forecast);
            let mut turned = candidates.clone();
            turned.rotate_left(turn % candidates.len());
            turned.reverse();
            prop_assert_eq!(&ranking, &rank(&turned, &domains([3.0, 1.0, 2.0]), target(n_days), &forecast));
            prop_assert!(ranking.queue.iter().all(|worth| worth.points >= 0.0 && worth.points.is_finite()));
        }

        #[test]
        fn worth_rises_with_the_weight_of_the_domain(
            memory in any_memory(), weight in 1.0..50.0_f64, more in 0.1..50.0_f64, n_days in 1_u32..90,
        ) {
            let worth = |weight: f64| {
                let domains = domains([weight, 30.0, 20.0]);
                let ranking = rank(&[candidate(0, 0, memory)], &domains, target(n_days), &Forecast::START);
                ranking.queue.first().map_or(0.0, |worth| worth.points)
            };
            let (light, heavy) = (worth(weight), worth(weight + more));
            prop_assert!(heavy > light || heavy <= 0.0);
        }
    }
}
