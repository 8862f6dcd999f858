//! The dated plan: what each day until the exam brings if it is kept. Nothing of it is stored; it follows from what is
//! known today, and is another one tomorrow.

use crate::base::StudyDay;
use crate::plan::mock_days::{MockSupply, mock_days, n_mocks_wanted};
use crate::plan::{
    Call, Candidate, DaysOff, DomainWorth, Forecast, IntakeLimit, MemoryRecord, TAPER_DAYS, Target, Worth,
    intake_today, rank,
};
use crate::review::{Evidence, Grade, after};

/// A concept as the plan sees it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlannedConcept {
    /// What the ranking needs.
    pub candidate: Candidate,
    /// Whether the drill may show it. Of a concept that only the reserve could show it may not.
    pub can_be_shown: bool,
}

/// What a plan is made for.
#[derive(Debug, Clone, Copy)]
pub struct StudyRequest<'a> {
    /// The study day that it is.
    pub today: StudyDay,
    /// The day of the exam, today or later; `None` for the next [`ROLLING_DAYS`] days.
    pub exam_day: Option<StudyDay>,
    /// Minutes on each study day.
    pub minutes_a_day: f64,
    /// Minutes of today that are used already.
    pub minutes_used_today: f64,
    /// Days without study.
    pub days_off: &'a DaysOff,
    /// Concepts met for the first time on one day, if no more are needed to meet all before the exam.
    pub new_a_day: usize,
    /// Cards that come back on one day at most.
    pub most_reviews: usize,
    /// The concepts in deck order, or an even sample of them.
    pub concepts: &'a [PlannedConcept],
    /// Concepts that each of these stands for (see [`sample_step`]).
    pub stands_for: usize,
    /// The domains in the order of the deck's list.
    pub domains: &'a [DomainWorth],
    /// Chance of a right answer in the exam without knowledge, 0 to below 1.
    pub chance: f64,
    /// The forecast as it stands.
    pub forecast: &'a Forecast,
    /// What there is to sit; `None` for a deck without an exam.
    pub mocks: Option<MockSupply>,
}

/// What each day brings if the plan is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct StudyPlan {
    /// The days in order, from today to the day before the exam.
    pub days: Vec<PlannedDay>,
    /// Mocks that there would be with forms enough.
    pub n_mocks_wanted: usize,
    /// Concepts never met that are not met by the plan either.
    pub n_left_unmet: usize,
    /// Of each domain, the mean recall of its concepts today, 0 to 1.
    pub recall_today: Vec<f64>,
    /// The same on the last day that counts (see [`Target::day`]), if the plan is kept.
    pub recall_at_end: Vec<f64>,
}

/// A day of the plan. Numbers are expected ones.
#[derive(Debug, Clone, PartialEq)]
pub struct PlannedDay {
    /// The day.
    pub day: StudyDay,
    /// Which part of the plan it belongs to.
    pub phase: Phase,
    /// Minutes of a full mock, if one is due.
    pub mock_minutes: Option<u32>,
    /// Cards that are due and come.
    pub n_due: usize,
    /// Cards that come before they are due, since that is worth more than idle minutes.
    pub n_early: usize,
    /// Concepts met for the first time.
    pub n_new: usize,
    /// Minutes of drill for each domain, repeats included.
    pub minutes_by_domain: Vec<f64>,
}

/// The parts of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// A day off.
    Off,
    /// New concepts and reviews.
    Build,
    /// The last study days before the exam: nothing new, what raises the score most.
    FinalPass,
}

/// Days that a plan without an exam date covers: four weeks.
pub const ROLLING_DAYS: u32 = 28;
/// Study days of the final pass, at most: a convention.
pub const FINAL_DAYS: usize = 3;
/// Least points a minute for which a card comes before it is due: a convention.
const LEAST_WORTH: f64 = 0.005;
/// Concepts times days that a plan goes through; a larger deck is planned on an even sample of its concepts.
const MOST_STEPS: usize = 200_000;

impl PlannedDay {
    /// Returns the minutes of drill.
    pub fn drill_minutes(&self) -> f64 {
        self.minutes_by_domain.iter().sum()
    }
}

/// Returns how many concepts one of a sample stands for in plans of this many days, at least 1.
pub fn sample_step(n_concepts: usize, n_days: u32) -> usize {
    let n_days = usize::try_from(n_days).unwrap_or(usize::MAX).max(1);
    n_concepts.saturating_mul(n_days).div_ceil(MOST_STEPS).max(1)
}

/// Returns the plan.
///
/// Each study day is filled as the drill fills it: by points a minute ([`rank`]), within minutes and limits. Answers
/// come out as the forecast has it: of a hundred with a recall of .9, ten are wrong, evenly spread. New concepts taper off
/// before the exam; a mock takes its minutes off the drill of its day.
pub fn study_plan(request: &StudyRequest) -> StudyPlan {
    let today = request.today;
    let n_days = request.exam_day.map_or(ROLLING_DAYS, |exam| exam.days_since(today).max(0).unsigned_abs());
    let days: Vec<StudyDay> = (0..n_days).map(|n| today.plus(n)).collect();
    let study_days: Vec<StudyDay> = days.iter().copied().filter(|day| !request.days_off.is_off(*day)).collect();
    let for_mocks = days_for_mocks(request, &study_days);
    let mocks = request.mocks.as_ref().map(|supply| mock_days(&for_mocks, supply)).unwrap_or_default();
    let n_final = if request.exam_day.is_some() { FINAL_DAYS.min(study_days.len() / 3) } else { 0 };
    let final_from = study_days.len().checked_sub(n_final).and_then(|first| study_days.get(first)).copied();

    let mut learner = ExpectedLearner::new(request);
    let recall_today = learner.recall_by_domain(today, today);
    let mut planned = Vec::new();
    for day in days {
        let phase = match final_from {
            _ if request.days_off.is_off(day) => Phase::Off,
            Some(from) if from <= day => Phase::FinalPass,
            Some(_) | None => Phase::Build,
        };
        let mock_minutes = request.mocks.filter(|_| mocks.contains(&day)).map(|supply| supply.minutes);
        planned.push(learner.study(day, phase, mock_minutes));
    }
    let end = Target::day(request.exam_day, today);
    StudyPlan {
        days: planned,
        n_mocks_wanted: request.mocks.as_ref().map_or(0, |supply| n_mocks_wanted(&for_mocks, supply)),
        n_left_unmet: learner.n_unmet(),
        recall_today,
        recall_at_end: learner.recall_by_domain(today.max(StudyDay::from_number(end.number() - 1)), end),
    }
}

/// The study days on which a mock may be sat: not the last before the exam, and not today if one was sat.
fn days_for_mocks(request: &StudyRequest, study_days: &[StudyDay]) -> Vec<StudyDay> {
    let mut days = study_days.to_vec();
    if request.exam_day.is_some() {
        days.pop();
    }
    let last = request.mocks.and_then(|supply| supply.last);
    days.retain(|day| last.is_none_or(|last| last < *day));
    days
}

/// A learner to whom happens what the forecast expects.
struct ExpectedLearner<'a> {
    request: &'a StudyRequest<'a>,
    concepts: Vec<PlannedConcept>,
    wrong_due: f64,   // wrong answers to cards that are due to come, a part of one
    unknown_due: f64, // the same of new concepts
}

impl<'a> ExpectedLearner<'a> {
    fn new(request: &'a StudyRequest<'a>) -> ExpectedLearner<'a> {
        ExpectedLearner { request, concepts: request.concepts.to_vec(), wrong_due: 0.5, unknown_due: 0.5 }
    }

    fn study(&mut self, day: StudyDay, phase: Phase, mock_minutes: Option<u32>) -> PlannedDay {
        let n_domains = self.request.domains.len();
        let (mut n_due, mut n_early, mut n_new) = (0, 0, 0);
        let mut secs_by_domain = vec![0.0; n_domains];
        let mut secs_left = self.secs_of(day, phase, mock_minutes);
        let most_new = self.most_new(day, phase);
        if secs_left > 0.0 {
            for worth in self.ranked(day) {
                let (n, most) = match worth.call {
                    Call::New => (&mut n_new, most_new),
                    Call::Due { .. } => (&mut n_due, self.request.most_reviews.saturating_sub(n_early)),
                    Call::Early { .. } if worth.points_a_minute() < LEAST_WORTH => continue,
                    Call::Early { .. } => (&mut n_early, self.request.most_reviews.saturating_sub(n_due)),
                    Call::Repeat => (&mut 0, 1),
                };
                if secs_left <= 0.0 {
                    break;
                }
                if *n >= most {
                    continue;
                }
                *n += self.request.stands_for;
                let secs = self.answer(&worth, day);
                secs_left -= secs;
                if let Some(own) = secs_by_domain.get_mut(worth.domain_idx) {
                    *own += secs;
                }
            }
        }
        let minutes = |secs: f64| secs * number(self.request.stands_for) / 60.0;
        let minutes_by_domain = secs_by_domain.into_iter().map(minutes).collect();
        PlannedDay { day, phase, mock_minutes, n_due, n_early, n_new, minutes_by_domain }
    }

    /// Seconds of drill that the sample has on a day.
    fn secs_of(&self, day: StudyDay, phase: Phase, mock_minutes: Option<u32>) -> f64 {
        let used = if day == self.request.today { self.request.minutes_used_today } else { 0.0 };
        let minutes = self.request.minutes_a_day - used - mock_minutes.map_or(0.0, f64::from);
        if phase == Phase::Off { 0.0 } else { 60.0 * minutes / number(self.request.stands_for) }
    }

    /// The most new concepts of a day: what is set, or the pace that meets all in time if that is more; fewer over the
    /// last study days, and none in the final pass. A steady pace is worth more than all at once: what is met early must
    /// come back early too.
    fn most_new(&self, day: StudyDay, phase: Phase) -> usize {
        let StudyRequest { exam_day, days_off, new_a_day, .. } = *self.request;
        let needed = exam_day.map_or(0, |exam| {
            let n_days = days_off.n_study_days(day, exam).saturating_sub(TAPER_DAYS / 2).max(1);
            self.n_unmet().div_ceil(n_days)
        });
        let limit = IntakeLimit { a_day: new_a_day.max(needed), n_met_today: 0 };
        if phase == Phase::FinalPass { 0 } else { intake_today(limit, day, exam_day, days_off).a_day }
    }

    fn ranked(&self, day: StudyDay) -> Vec<Worth> {
        let StudyRequest { exam_day, chance, domains, forecast, .. } = *self.request;
        // The place in the sample is what names a candidate here.
        let place = |(deck_place, concept): (usize, &PlannedConcept)| Candidate { deck_place, ..concept.candidate };
        let shown = self.concepts.iter().enumerate().filter(|(_, concept)| concept.can_be_shown);
        let candidates: Vec<Candidate> = shown.map(place).collect();
        let exam_day = self.end().filter(|_| exam_day.is_some()).unwrap_or(Target::day(None, day));
        rank(&candidates, domains, Target { today: day, exam_day, chance }, forecast).queue
    }

    fn end(&self) -> Option<StudyDay> {
        self.request.exam_day.filter(|exam| *exam >= self.request.today)
    }

    /// Answers as the forecast expects it, a repeat after a wrong answer included; returns the seconds.
    fn answer(&mut self, worth: &Worth, day: StudyDay) -> f64 {
        let recall = self.recall(worth.deck_place, day, day);
        let due = if worth.call == Call::New { &mut self.unknown_due } else { &mut self.wrong_due };
        *due += 1.0 - recall;
        let is_right = *due < 1.0;
        if !is_right {
            *due -= 1.0;
        }
        let Some(concept) = self.concepts.get_mut(worth.deck_place) else { return 0.0 };
        let memory = &mut concept.candidate.memory;
        let grade = if is_right { Grade::Four } else { Grade::One };
        let mut card = after(memory.card, Evidence::Drill(grade), day);
        let mut secs = worth.expected_secs;
        if !is_right {
            card = after(card, Evidence::Drill(Grade::Four), day);
            secs += worth.expected_secs;
        }
        *memory = MemoryRecord { card, last_answer: Some(day) };
        secs
    }

    /// Recall of a concept on `on`, as it stands on `today`.
    fn recall(&self, place: usize, today: StudyDay, on: StudyDay) -> f64 {
        let Some(concept) = self.concepts.get(place) else { return 0.0 };
        let Candidate { memory, domain_idx, .. } = concept.candidate;
        let known_share = self.request.domains.get(domain_idx).map_or(0.0, |domain| domain.known_share);
        self.request.forecast.prospect(&memory, known_share, today, on).on_exam_day
    }

    fn recall_by_domain(&self, today: StudyDay, on: StudyDay) -> Vec<f64> {
        let mut sums = vec![(0.0, 0_usize); self.request.domains.len()];
        for (place, concept) in self.concepts.iter().enumerate() {
            if let Some((sum, n)) = sums.get_mut(concept.candidate.domain_idx) {
                *sum += self.recall(place, today, on);
                *n += 1;
            }
        }
        let known = self.request.domains.iter().map(|domain| domain.known_share);
        sums.into_iter().zip(known).map(|((sum, n), known)| if n == 0 { known } else { sum / number(n) }).collect()
    }

    fn n_unmet(&self) -> usize {
        self.request.stands_for * self.concepts.iter().filter(|concept| concept.candidate.memory.is_new()).count()
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of concepts are far below 2^52")]
fn number(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{ability_gain, expected_points};
    use crate::review::{Card, EaseFactor, Memory};

    const TODAY: StudyDay = StudyDay::from_number(1_002); // a Saturday

    fn domains() -> Vec<DomainWorth> {
        [60.0, 40.0].map(|weight| DomainWorth { weight, n_concepts: 40, known_share: 0.25 }).to_vec()
    }

    /// Eighty concepts, of which the first `n_met` have cards that are due at different times.
    fn concepts(n_met: u32) -> Vec<PlannedConcept> {
        let card = |place: u32| {
            let since = StudyDay::from_number(TODAY.number() - 1 - i32::try_from(place % 9).expect("small"));
            let memory = Memory { repetition: 2, interval_days: 6, ease: EaseFactor::START };
            Card {
                memory,
                due: since.plus(6),
                n_lapses: 0,
                last_review: Some(since),
                introduced_on: None,
                repeat_on: None,
            }
        };
        let met = |place: u32| MemoryRecord { card: Some(card(place)), last_answer: card(place).last_review };
        let memory = |place: u32| if place < n_met { met(place) } else { MemoryRecord::NEW };
        let concept = |place: u32| PlannedConcept {
            candidate: Candidate {
                deck_place: usize::try_from(place).expect("small"),
                domain_idx: usize::from(place % 2 == 1),
                memory: memory(place),
                expected_secs: 40.0,
            },
            can_be_shown: true,
        };
        (0..80).map(concept).collect()
    }

    struct Case {
        n_days: Option<u32>,
        minutes: f64,
        n_met: u32,
        days_off: &'static str,
        n_forms: usize,
    }

    const CASE: Case = Case { n_days: Some(30), minutes: 20.0, n_met: 20, days_off: "none", n_forms: 5 };

    fn plan(case: &Case) -> StudyPlan {
        let (days_off, concepts) = (case.days_off.parse().expect("days off"), concepts(case.n_met));
        study_plan(&StudyRequest {
            today: TODAY,
            exam_day: case.n_days.map(|n| TODAY.plus(n)),
            minutes_a_day: case.minutes,
            minutes_used_today: 0.0,
            days_off: &days_off,
            new_a_day: 10,
            most_reviews: usize::MAX,
            concepts: &concepts,
            stands_for: 1,
            domains: &domains(),
            chance: 0.25,
            forecast: &Forecast::START,
            mocks: Some(MockSupply { minutes: 90, n_fresh_forms: case.n_forms, last: None, n_recent: 0 }),
        })
    }

    fn points(plan: &StudyPlan) -> f64 {
        expected_points(&plan.recall_at_end, &domains(), 0.25)
    }

    fn gain(plan: &StudyPlan) -> f64 {
        ability_gain(0.4, &plan.recall_today, &plan.recall_at_end, &domains())
    }

    #[test]
    fn more_minutes_are_worth_no_less() {
        for (n_days, n_met) in [(7, 0), (14, 20), (40, 80)] {
            let minutes = [0.0, 3.0, 6.0, 10.0, 20.0, 30.0, 60.0];
            let plans = minutes.map(|minutes| plan(&Case { n_days: Some(n_days), minutes, n_met, ..CASE }));
            // Cards fall differently, which may cost a little.
            let is_no_less = |a: &StudyPlan, b: &StudyPlan| points(a) <= points(b) + 0.3 && gain(a) <= gain(b) + 0.03;
            assert!(plans.is_sorted_by(is_no_less), "{n_days} {n_met}: {:?}", plans.each_ref().map(points));
            assert!(points(&plans[0]) + 2.0 < points(&plans[6]));
        }
    }

    #[test]
    fn more_days_are_worth_no_less_while_time_is_scarce() {
        let plans =
            [2, 5, 10, 20, 30].map(|n_days| plan(&Case { n_days: Some(n_days), minutes: 8.0, n_met: 0, ..CASE }));
        assert!(plans.is_sorted_by(|a, b| points(a) <= points(b) + 0.3), "{:?}", plans.each_ref().map(points));
    }

    #[test]
    fn without_any_study_recall_falls() {
        let plan = plan(&Case { minutes: 0.0, n_met: 80, ..CASE });
        assert!(gain(&plan) < 0.0 && plan.days.iter().all(|day| day.drill_minutes() <= 0.0));
    }

    #[test]
    fn days_off_are_free_and_no_day_takes_much_more_than_its_minutes() {
        let plan = plan(&Case { days_off: "sun,1972-10-02", ..CASE });
        for day in &plan.days {
            let is_off = day.day.number() % 7 == 3 || day.day.to_string() == "1972-10-02";
            assert_eq!(day.phase == Phase::Off, is_off, "{}", day.day);
            assert!(!is_off || (day.drill_minutes() <= 0.0 && day.mock_minutes.is_none()));
            assert!(day.drill_minutes() <= 20.0 + 80.0 / 60.0);
        }
        assert_eq!(plan.days.len(), 30);
    }

    #[test]
    fn mocks_come_at_least_twice_and_never_on_the_last_day() {
        for n_days in 3..40 {
            let plan = plan(&Case { n_days: Some(n_days), ..CASE });
            let mocks: Vec<&PlannedDay> = plan.days.iter().filter(|day| day.mock_minutes.is_some()).collect();
            assert!(mocks.len() >= 2, "{n_days} days");
            assert!(plan.days.last().is_some_and(|day| day.mock_minutes.is_none()));
            assert!(mocks.iter().all(|day| day.drill_minutes() <= 0.0), "90 minutes leave nothing of 20");
        }
        let none = plan(&Case { n_forms: 0, ..CASE });
        assert!(none.days.iter().all(|day| day.mock_minutes.is_none()) && none.n_mocks_wanted == 3);
    }

    #[test]
    fn new_concepts_taper_off_and_the_final_pass_has_none() {
        let plan = plan(&Case { n_met: 0, minutes: 60.0, ..CASE });
        let n_new: Vec<usize> = plan.days.iter().map(|day| day.n_new).collect();
        assert_eq!((n_new.iter().sum::<usize>(), plan.n_left_unmet), (80, 0));
        assert!(plan.days[27..].iter().all(|day| day.phase == Phase::FinalPass && day.n_new == 0));
        let scarce = self::plan(&Case { n_met: 0, minutes: 2.0, ..CASE });
        assert!(scarce.n_left_unmet > 0 && scarce.days[27..].iter().all(|day| day.n_new == 0));
    }

    #[test]
    fn without_a_date_the_plan_rolls_over_four_weeks() {
        let plan = plan(&Case { n_days: None, ..CASE });
        assert_eq!((plan.days.len(), plan.days[0].day), (28, TODAY));
        assert!(plan.days.iter().all(|day| day.phase == Phase::Build));
        assert_eq!(plan.days.iter().filter(|day| day.mock_minutes.is_some()).count(), 3);
    }

    #[test]
    fn on_the_day_of_the_exam_nothing_is_planned() {
        let plan = plan(&Case { n_days: Some(0), ..CASE });
        assert!(plan.days.is_empty() && gain(&plan).abs() < 1e-12);
    }
}
