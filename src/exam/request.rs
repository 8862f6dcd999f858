//! Which exam is wanted, and what its form will look like.

use std::time::Duration;

use crate::base::DomainId;
use crate::deck::{Outline, Section, Weight, apportion_items};
use crate::exam::{ExtraTime, SittingKind};

/// Which exam is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExamRequest {
    /// How much of it.
    pub scope: Scope,
    /// Another time limit than the blueprint's, in minutes.
    pub minutes: Option<u32>,
    /// Time beyond the limit, for a candidate who has it at the real exam too.
    pub extra_time: Option<ExtraTime>,
    /// What it is for.
    pub purpose: Purpose,
}

/// What an exam is sat for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To be scored, under the conditions of the exam.
    Exam,
    /// To learn: with feedback after each answer and a clock that can be stopped.
    Practice,
}

/// How much of an exam is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Scope {
    /// A full form.
    Full,
    /// About ten minutes of it, over all domains.
    Taste,
    /// A part: some domain, some number of questions, or both.
    Part {
        /// The domain; `None` for all.
        domain: Option<DomainId>,
        /// The number of questions; `None` for as many as a full form has there.
        n_questions: Option<usize>,
    },
}

/// What the form of a request will look like; known before it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExamPlan {
    /// What kind of sitting it is.
    pub kind: SittingKind,
    /// Scored items by domain.
    pub n_scored: Vec<usize>,
    /// Unscored items by domain.
    pub n_unscored: Vec<usize>,
    /// The time limit, extra time included; `None` without a clock.
    pub limit: Option<Duration>,
    /// How much of the limit is extra time; `None` if there is none.
    pub extra_time: Option<Duration>,
    /// The parts to which nobody returns; only a full form for the exam has any.
    pub sections: Vec<Section>,
}

/// Why no form can be planned.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// The deck has no domain of the name.
    #[error("the deck has no domain `{named}`; it has {known}")]
    UnknownDomain {
        /// What was asked for.
        named: DomainId,
        /// The domains that it has.
        known: String,
    },
    /// There is nothing to ask.
    #[error("the deck has no exam questions{}", domain.as_ref().map(|id| format!(" in the domain `{id}`")).unwrap_or_default())]
    Nothing {
        /// The domain that was asked for, if any.
        domain: Option<DomainId>,
    },
    /// Extra time is wanted where no clock runs.
    #[error("no clock runs in this exam, so there is no time to extend")]
    NoClock,
}

/// Length of the taste in minutes.
const TASTE_MINUTES: u32 = 10;

impl ExamRequest {
    /// Returns the request for a scope as the exam has it: its own time limit, nothing else.
    pub fn of(scope: Scope) -> ExamRequest {
        ExamRequest { scope, minutes: None, extra_time: None, purpose: Purpose::Exam }
    }
}

impl ExamPlan {
    /// Returns the number of items, scored and unscored.
    pub fn n_items(&self) -> usize {
        self.n_scored.iter().chain(&self.n_unscored).sum()
    }
}

/// Plans the form of `request` for a deck with `bank_sizes` exam items in its domains.
///
/// A full form is the blueprint's, or all questions where the deck has none. The items of a taste or a part all
/// count; the clock is the blueprint's in proportion, rounded up to a minute. Domains without questions leave their
/// share to the others. In practice all items count, as in a part. Extra time comes on top of whatever the limit is,
/// and changes nothing else: who has it at the real exam sits a mock like everybody.
///
/// # Errors
/// [`PlanError`] if the domain is unknown, nothing can be asked, or there is no clock to extend.
pub fn plan_exam(outline: &Outline, bank_sizes: &[usize], request: &ExamRequest) -> Result<ExamPlan, PlanError> {
    let only_domain = only_domain(outline, &request.scope)?;
    let size = |idx: usize| bank_sizes.get(idx).copied().unwrap_or(0);
    let is_in_reach = |idx: usize| size(idx) > 0 && only_domain.is_none_or(|only| only == idx);
    let weights: Vec<Weight> = outline
        .domains
        .iter()
        .enumerate()
        .map(|(idx, domain)| if is_in_reach(idx) { domain.weight } else { Weight::exact(0.0) })
        .collect();
    let n_in_reach: usize = (0..weights.len()).filter(|idx| is_in_reach(*idx)).map(size).sum();
    if n_in_reach == 0 {
        return Err(PlanError::Nothing { domain: only_domain.map(|idx| outline.domains[idx].id.clone()) });
    }
    let full = FullForm::of(outline, bank_sizes);
    let none = vec![0; weights.len()];
    let part = |n_wanted: usize| (apportion_items(n_wanted.clamp(1, n_in_reach), &weights), none.clone());
    let (kind, (n_scored, n_unscored)) = match &request.scope {
        Scope::Full if outline.exam.is_some() && request.purpose == Purpose::Practice => {
            (SittingKind::Practice, part(full.n_items()))
        }
        Scope::Full if outline.exam.is_none() => (SittingKind::Mock, (bank_sizes.to_vec(), none)),
        Scope::Full => {
            (SittingKind::Mock, (apportion_items(full.n_scored, &weights), apportion_items(full.n_unscored, &weights)))
        }
        Scope::Taste => (SittingKind::Taste, part(full.n_items_in(TASTE_MINUTES))),
        Scope::Part { n_questions, .. } => {
            let n_usual = match only_domain {
                None => full.n_items(),
                Some(_) if outline.exam.is_none() => n_in_reach,
                Some(idx) => {
                    let all = outline.weights();
                    apportion_items(full.n_scored, &all)[idx] + apportion_items(full.n_unscored, &all)[idx]
                }
            };
            (SittingKind::Partial, part(n_questions.unwrap_or(n_usual)))
        }
    };
    let n_items: usize = n_scored.iter().chain(&n_unscored).sum();
    let is_whole = request.scope == Scope::Full;
    let minutes = request.minutes.or_else(|| if is_whole { full.minutes } else { full.minutes_for(kind, n_items) });
    let kind = match (request.purpose, kind, request.minutes) {
        (Purpose::Practice, ..) => SittingKind::Practice,
        (Purpose::Exam, SittingKind::Mock, Some(_)) => SittingKind::Partial,
        (Purpose::Exam, kind, _) => kind,
    };
    let usual = minutes.map(|minutes| Duration::from_secs(60 * u64::from(minutes)));
    let extra_time = match (request.extra_time, usual) {
        (None, _) => None,
        (Some(extra), Some(usual)) => Some(extra.beyond(usual)),
        (Some(_), None) => return Err(PlanError::NoClock),
    };
    let limit = usual.map(|usual| usual + extra_time.unwrap_or_default());
    let has_sections = is_whole && request.purpose == Purpose::Exam;
    let sections = outline.exam.iter().filter(|_| has_sections).flat_map(|exam| exam.sections.clone()).collect();
    Ok(ExamPlan { kind, n_scored, n_unscored, limit, extra_time, sections })
}

fn only_domain(outline: &Outline, scope: &Scope) -> Result<Option<usize>, PlanError> {
    let Scope::Part { domain: Some(domain), .. } = scope else { return Ok(None) };
    let unknown = || {
        let known: Vec<&str> = outline.domains.iter().map(|domain| domain.id.as_str()).collect();
        PlanError::UnknownDomain { named: domain.clone(), known: known.join(", ") }
    };
    outline.domain_idx(domain).map(Some).ok_or_else(unknown)
}

/// The size of a full form and its clock.
struct FullForm {
    n_scored: usize,
    n_unscored: usize,
    minutes: Option<u32>,
}

impl FullForm {
    fn of(outline: &Outline, bank_sizes: &[usize]) -> FullForm {
        match &outline.exam {
            Some(exam) => FullForm { n_scored: exam.n_scored, n_unscored: exam.n_unscored, minutes: exam.minutes },
            None => FullForm { n_scored: bank_sizes.iter().sum(), n_unscored: 0, minutes: None },
        }
    }

    fn n_items(&self) -> usize {
        self.n_scored + self.n_unscored
    }

    /// As many items as `minutes` hold at the pace of the full exam; without a clock, at 90 seconds an item.
    fn n_items_in(&self, minutes: u32) -> usize {
        let seconds = |minutes: u32| usize::try_from(60 * minutes).unwrap_or(usize::MAX);
        match self.minutes {
            Some(full_minutes) => self.n_items().saturating_mul(seconds(minutes)) / seconds(full_minutes).max(1),
            None => seconds(minutes) / 90,
        }
    }

    fn minutes_for(&self, kind: SittingKind, n_items: usize) -> Option<u32> {
        let minutes = self.minutes?;
        Some(match kind {
            SittingKind::Mock => minutes,
            SittingKind::Taste => TASTE_MINUTES,
            SittingKind::Partial | SittingKind::Practice => {
                let n_full = u64::try_from(self.n_items().max(1)).unwrap_or(u64::MAX);
                let n_items = u64::try_from(n_items).unwrap_or(u64::MAX);
                let share = u64::from(minutes).saturating_mul(n_items).div_ceil(n_full);
                u32::try_from(share).unwrap_or(minutes).max(1)
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::base::{DeckId, Share};
    use crate::deck::{Blueprint, CreditRule, Decision, Domain, Guessing, Levels, Scale};

    fn outline(exam: Option<Blueprint>) -> Outline {
        let domain = |(name, weight): (&str, f64)| Domain {
            id: DomainId::new(name).expect("a good id"),
            title: name.to_owned(),
            weight: Weight::exact(weight),
            tasks: Vec::new(),
        };
        Outline {
            id: DeckId::new("test").expect("a good id"),
            title: "Test".to_owned(),
            guide: None,
            exam,
            domains: [("a", 24.0), ("b", 30.0), ("c", 34.0), ("d", 12.0)].map(domain).to_vec(),
            forms: BTreeMap::new(),
            insights: Vec::new(),
        }
    }

    fn blueprint() -> Blueprint {
        Blueprint {
            minutes: Some(90),
            n_scored: 50,
            n_unscored: 15,
            scale: Scale::default(),
            decision: Decision::default(),
            credit: CreditRule::AllOrNothing,
            cut: Share::new(0.7).expect("a share"),
            levels: Levels::default(),
            retake: None,
            guessing: Guessing::ByChoices,
            reference_form: None,
            sections: Vec::new(),
        }
    }

    fn wording(plan: Result<ExamPlan, PlanError>) -> String {
        match plan {
            Ok(plan) => {
                let minutes = plan.limit.map_or("no".to_owned(), |limit| (limit.as_secs() / 60).to_string());
                format!("{:?} {:?}+{:?} {minutes} minutes", plan.kind, plan.n_scored, plan.n_unscored)
            }
            Err(error) => error.to_string(),
        }
    }

    #[track_caller]
    fn check(exam: Option<Blueprint>, scope: Scope, minutes: Option<u32>, expected: &str) {
        let plan = plan_exam(&outline(exam), &[50, 61, 72, 28], &ExamRequest { minutes, ..ExamRequest::of(scope) });
        assert_eq!(wording(plan), expected);
    }

    #[track_caller]
    fn check_request(exam: Option<Blueprint>, request: &ExamRequest, expected: &str) {
        assert_eq!(wording(plan_exam(&outline(exam), &[50, 61, 72, 28], request)), expected);
    }

    fn part(domain: Option<&str>, n_questions: Option<usize>) -> Scope {
        Scope::Part { domain: domain.map(|name| DomainId::new(name).expect("a good id")), n_questions }
    }

    #[test]
    fn a_full_form_is_the_blueprints() {
        check(Some(blueprint()), Scope::Full, None, "Mock [12, 15, 17, 6]+[4, 4, 5, 2] 90 minutes");
    }

    #[test]
    fn another_time_limit_makes_a_full_form_a_partial_exam() {
        check(Some(blueprint()), Scope::Full, Some(60), "Partial [12, 15, 17, 6]+[4, 4, 5, 2] 60 minutes");
    }

    #[test]
    fn the_taste_holds_what_ten_minutes_hold() {
        check(Some(blueprint()), Scope::Taste, None, "Taste [2, 2, 2, 1]+[0, 0, 0, 0] 10 minutes");
    }

    #[test]
    fn a_part_has_the_clock_in_proportion() {
        check(Some(blueprint()), part(Some("b"), None), None, "Partial [0, 19, 0, 0]+[0, 0, 0, 0] 27 minutes");
        check(Some(blueprint()), part(None, Some(10)), None, "Partial [3, 3, 3, 1]+[0, 0, 0, 0] 14 minutes");
        check(Some(blueprint()), part(Some("d"), Some(99)), Some(5), "Partial [0, 0, 0, 28]+[0, 0, 0, 0] 5 minutes");
    }

    #[test]
    fn without_a_blueprint_all_questions_are_asked_and_no_clock_runs() {
        check(None, Scope::Full, None, "Mock [50, 61, 72, 28]+[0, 0, 0, 0] no minutes");
        check(None, part(None, Some(10)), None, "Partial [3, 3, 3, 1]+[0, 0, 0, 0] no minutes");
    }

    #[test]
    fn unknown_and_empty_domains_are_said() {
        check(Some(blueprint()), part(Some("x"), None), None, "the deck has no domain `x`; it has a, b, c, d");
        let request = ExamRequest::of(part(Some("b"), None));
        let plan = plan_exam(&outline(Some(blueprint())), &[5, 0, 5, 5], &request);
        assert_eq!(wording(plan), "the deck has no exam questions in the domain `b`");
    }

    #[test]
    fn extra_time_comes_on_top_and_leaves_a_mock_a_mock() {
        let with = |text: &str| ExamRequest { extra_time: text.parse().ok(), ..ExamRequest::of(Scope::Full) };
        check_request(Some(blueprint()), &with("30"), "Mock [12, 15, 17, 6]+[4, 4, 5, 2] 120 minutes");
        check_request(Some(blueprint()), &with("1.5x"), "Mock [12, 15, 17, 6]+[4, 4, 5, 2] 135 minutes");
        check_request(None, &with("30"), "no clock runs in this exam, so there is no time to extend");
    }

    #[test]
    fn in_practice_all_items_count_and_the_clock_is_the_usual_one() {
        let practice = |scope: Scope| ExamRequest { purpose: Purpose::Practice, ..ExamRequest::of(scope) };
        let full = practice(Scope::Full);
        check_request(Some(blueprint()), &full, "Practice [16, 19, 22, 8]+[0, 0, 0, 0] 90 minutes");
        check_request(None, &full, "Practice [50, 61, 72, 28]+[0, 0, 0, 0] no minutes");
        let ten = practice(part(None, Some(10)));
        check_request(Some(blueprint()), &ten, "Practice [3, 3, 3, 1]+[0, 0, 0, 0] 14 minutes");
    }

    #[test]
    fn only_a_full_form_for_the_exam_has_sections() {
        let section = Section { title: "All".to_owned(), holds: crate::deck::SectionItems::Rest };
        let exam = Blueprint { sections: vec![section], ..blueprint() };
        let n_sections = |request: &ExamRequest| {
            let plan = plan_exam(&outline(Some(exam.clone())), &[50, 61, 72, 28], request).expect("a plan");
            plan.sections.len()
        };
        let full = ExamRequest::of(Scope::Full);
        assert_eq!(n_sections(&full), 1);
        assert_eq!(n_sections(&ExamRequest { minutes: Some(60), ..full.clone() }), 1);
        assert_eq!(n_sections(&ExamRequest { purpose: Purpose::Practice, ..full }), 0);
        assert_eq!(n_sections(&ExamRequest::of(Scope::Taste)), 0);
    }
}
