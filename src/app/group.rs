//! The report of a group of learners.

use std::collections::{BTreeMap, BTreeSet};

use chrono::DateTime;

use crate::app::group_papers::{Paper, Papers, Showing};
use crate::app::{App, AppError, CohortProgress, OpenDeck};
use crate::base::StudyDay;
use crate::format::ResponseTable;
use crate::render::{GroupForm, GroupLearner, GroupSheet, GroupSitting};
use crate::score::calibration::{
    LearnerFit, Response, ResponseMatrix, Statistics, calibrate_rasch, judge_fit, judge_times,
};
use crate::score::{
    Calendar, DomainLevels, Evidence, ExamForm, FormItem, FormScorer, GroupReadiness, Outcome, RawScore,
    ReadinessModel, Reference, ScoreError, ScoredItem, ScoringRules,
};

/// Learners between two words about progress.
const LEARNERS_A_WORD: usize = 64;

/// Fewest learners from whom it is judged which answers are unlikely; a convention of this program.
const LEAST_GROUP: usize = 20;

impl App {
    /// Scores every sitting of a group on the deck's scale, and says how probable it is that each learner passes the
    /// deck's exam today, or on the day of the group's last sitting if that is later.
    ///
    /// A sitting that names a form of the deck has that form's items, and those without a row were omitted and are
    /// wrong; otherwise its rows are the form. Of a learner only the first showing of an item is evidence of ability;
    /// the days between sittings move ability neither way, since nobody knows who studied on them.
    ///
    /// # Errors
    /// [`AppError::NoScale`] for a deck without an exam, [`AppError::UnknownForm`] if it does not name a form,
    /// [`AppError::NoKnownItems`] if no response is about its items.
    pub fn report_group(
        &self,
        deck: &OpenDeck,
        table: &ResponseTable,
        on_progress: &mut dyn FnMut(CohortProgress),
    ) -> Result<GroupSheet, AppError> {
        let outline = &deck.outline;
        let exam = outline.exam.as_ref().ok_or_else(|| AppError::NoScale { deck: outline.id.to_string() })?;
        let reference = self.reference_of(deck)?;
        let facts: Vec<_> = self.items_of(deck)?.into_iter().map(|item| item.facts).collect();
        let papers = Papers::new(outline, &facts, table)?;
        let days: Vec<StudyDay> = papers.sat.iter().map(|paper| self.day_of(table, paper)).collect();
        let today = self.today();
        let calendar = Calendar {
            study_days: BTreeSet::new(),
            known_until: days.iter().copied().fold(today, StudyDay::min),
            exam_day: days.iter().copied().fold(today, StudyDay::max),
        };

        let rules = ScoringRules {
            scale: exam.scale,
            decision: exam.decision.clone(),
            levels: exam.levels.clone(),
            weights: outline.weights(),
        };
        let form = ExamForm::typical(&reference, exam.n_scored, &exam.decision)?;
        let mut readiness = GroupReadiness::new(ReadinessModel::for_scale(&reference), &reference, &form);
        let mut desk = Desk::new(&reference, &rules, &papers.items);
        let mut by_learner = papers.sat.iter().zip(&days).peekable();
        let mut learners = Vec::new();
        for ((name, fit), learner) in table.learners.iter().zip(fits(table, &papers)).zip(0..) {
            let (mut sittings, mut evidence) = (Vec::new(), Vec::new());
            while let Some((paper, day)) = by_learner.next_if(|(paper, _)| paper.learner == learner) {
                let fresh = desk.scored_items(paper.showings.iter().filter(|showing| showing.is_fresh));
                sittings.push(desk.sitting(table, paper, &fresh)?);
                evidence.push(Evidence { day: *day, items: fresh });
            }
            let p_pass = readiness.p_pass(&evidence, &calendar);
            learners.push(GroupLearner { name: name.clone(), p_pass, sittings, fit });
            if learners.len() % LEARNERS_A_WORD == 0 {
                on_progress(CohortProgress::Scoring { n_learners: learners.len(), n_all: table.learners.len() });
            }
        }
        Ok(GroupSheet {
            deck: outline.id.to_string(),
            title: outline.title.clone(),
            exam_day: calendar.exam_day,
            domains: outline.domains.iter().map(|domain| domain.id.to_string()).collect(),
            levels: exam.levels.clone(),
            forms: desk.into_forms(),
            learners,
            n_off_form: papers.n_off_form,
            n_twice: papers.n_twice,
        })
    }

    /// The study day of a sitting; today where nobody knows.
    fn day_of(&self, table: &ResponseTable, paper: &Paper) -> StudyDay {
        let began = table.sittings[paper.sitting_idx].at.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
        began.map_or_else(|| self.today(), |began| self.study_day(began))
    }
}

/// Scores papers one after the other.
struct Desk<'a> {
    reference: &'a Reference,
    rules: &'a ScoringRules,
    items: &'a [FormItem],
    levels: DomainLevels<'a>,
    forms: BTreeMap<(String, Vec<usize>), SatForm<'a>>, // by name and items
}

/// A form that was sat, and how it went.
struct SatForm<'a> {
    scorer: FormScorer<'a>,
    n_sittings: usize,
    n_passed: usize,
    n_right: usize,
    latest_learner: Option<u32>,
    first_answers: Vec<bool>, // of each learner's first sitting, in the order of the items
}

impl<'a> Desk<'a> {
    fn new(reference: &'a Reference, rules: &'a ScoringRules, items: &'a [FormItem]) -> Desk<'a> {
        let levels = DomainLevels::new(reference, &rules.levels);
        Desk { reference, rules, items, levels, forms: BTreeMap::new() }
    }

    fn scored_items<'s>(&self, showings: impl Iterator<Item = &'s Showing>) -> Vec<ScoredItem> {
        let scored = |showing: &Showing| ScoredItem::judged(self.items[showing.item], showing.is_right);
        showings.map(scored).collect()
    }

    fn sitting(
        &mut self,
        table: &ResponseTable,
        paper: &Paper,
        fresh: &[ScoredItem],
    ) -> Result<GroupSitting, ScoreError> {
        let sitting = &table.sittings[paper.sitting_idx];
        let items = self.scored_items(paper.showings.iter());
        let mut points = vec![RawScore::ZERO; self.rules.weights.len()];
        for item in &items {
            points[item.domain_idx] = points[item.domain_idx].with(item.credit);
        }
        let raw = items.iter().filter(|item| item.credit.is_full()).count();
        let form = self.form(&sitting.form, paper)?;
        let score = form.scorer.score(&points);
        form.n_sittings += 1;
        form.n_passed += usize::from(score.outcome == Outcome::Pass);
        form.n_right += raw;
        if form.latest_learner != Some(paper.learner) {
            form.latest_learner = Some(paper.learner);
            form.first_answers.extend(paper.showings.iter().map(|showing| showing.is_right));
        }
        Ok(GroupSitting {
            name: sitting.name.clone(),
            form: sitting.form.clone(),
            raw,
            n_scored: items.len(),
            n_seen: items.len() - fresh.len(),
            score,
            domains: self.levels.results(&items, fresh),
        })
    }

    fn form(&mut self, name: &str, paper: &Paper) -> Result<&mut SatForm<'a>, ScoreError> {
        let key = (name.to_owned(), paper.showings.iter().map(|showing| showing.item).collect::<Vec<_>>());
        if !self.forms.contains_key(&key) {
            let items: Vec<FormItem> = key.1.iter().map(|item| self.items[*item]).collect();
            let form = SatForm {
                scorer: FormScorer::new(self.reference, self.rules, &items)?,
                n_sittings: 0,
                n_passed: 0,
                n_right: 0,
                latest_learner: None,
                first_answers: Vec::new(),
            };
            self.forms.insert(key.clone(), form);
        }
        self.forms.get_mut(&key).ok_or(ScoreError::NoScoredItems)
    }

    fn into_forms(self) -> Vec<GroupForm> {
        let form = |((name, items), form): ((String, Vec<usize>), SatForm<'_>)| GroupForm {
            name,
            n_scored: items.len(),
            raw_cut: form.scorer.need().raw_cut,
            n_sittings: form.n_sittings,
            n_passed: form.n_passed,
            mean_raw: quotient(form.n_right, form.n_sittings),
            kr20: Statistics::of(&complete(&form.first_answers, items.len())).alpha,
        };
        self.forms.into_iter().map(form).collect()
    }
}

/// The answers of learners who all answered the same `n_items` items.
fn complete(answers: &[bool], n_items: usize) -> ResponseMatrix {
    let n_items = u32::try_from(n_items).unwrap_or(u32::MAX);
    let n_rows = u32::try_from(answers.len()).unwrap_or(u32::MAX);
    ResponseMatrix::gather(n_rows, |row| Response {
        learner: row / n_items,
        item: row % n_items,
        is_right: usize::try_from(row).is_ok_and(|row| answers[row]),
        at: 0,
    })
}

/// Judges each learner of the table by answer times and, in a group that is large enough, by which answers were right.
fn fits(table: &ResponseTable, papers: &Papers) -> Vec<LearnerFit> {
    let mut answers = Vec::new();
    for paper in &papers.sat {
        answers.extend(paper.showings.iter().filter(|own| own.is_fresh).map(|own| (paper.learner, own)));
    }
    let n_answers = u32::try_from(answers.len()).unwrap_or(u32::MAX);
    let answer = |idx: u32| answers[usize::try_from(idx).unwrap_or(usize::MAX)];
    let matrix = ResponseMatrix::gather(n_answers, |idx| {
        let (learner, showing) = answer(idx);
        let item = u32::try_from(showing.item).unwrap_or(u32::MAX);
        Response { learner, item, is_right: showing.is_right, at: 0 }
    });
    let seconds = |idx: u32| answer(idx).1.row.and_then(|row| table.seconds(row));
    let is_group = matrix.n_learners() >= LEAST_GROUP;
    let fit = is_group.then(|| calibrate_rasch(&matrix, &mut |_| {}).ok()).flatten();
    let mut fits = match fit {
        Some(fit) => judge_fit(&matrix, &fit, seconds),
        None => judge_times(&matrix, seconds),
    };
    let nothing = LearnerFit { n: 0, n_timed: 0, n_rapid: 0, person_fit: None };
    fits.resize(table.learners.len(), nothing);
    fits
}

fn quotient(sum: usize, n: usize) -> f64 {
    let number = |n: usize| u32::try_from(n).map_or(f64::NAN, f64::from);
    number(sum) / number(n)
}
