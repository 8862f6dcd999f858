//! The probability of passing for many learners of one deck.

use crate::score::answer_logs::AnswerLogs;
use crate::score::exam_form::Distributions;
use crate::score::{Ability, Calendar, Evidence, ExamForm, ReadinessModel, Reference};

/// Finds what [`ReadinessModel`] finds, for one learner after the other: what they share is computed once.
#[derive(Debug, Clone)]
pub struct GroupReadiness<'a> {
    model: ReadinessModel,
    reference: &'a Reference,
    form: &'a ExamForm,
    start: Ability,
    known: AnswerLogs,
    distributions: Distributions,
}

impl<'a> GroupReadiness<'a> {
    /// Prepares for learners who will sit `form`.
    pub fn new(model: ReadinessModel, reference: &'a Reference, form: &'a ExamForm) -> GroupReadiness<'a> {
        let start = model.start(reference);
        let thetas = start.reachable();
        let distributions = form.distributions(&thetas);
        GroupReadiness { model, reference, form, start, known: AnswerLogs::on(thetas), distributions }
    }

    /// Returns a learner's probability of passing, as [`Readiness::p_pass`](crate::score::Readiness::p_pass) has it.
    pub fn p_pass(&mut self, evidence: &[Evidence], calendar: &Calendar) -> f64 {
        let start = self.start.clone();
        let ability = self.model.ability_from(start, &mut self.known, self.reference, evidence, calendar);
        self.form.p_pass_by(&self.distributions, &self.model.on_the_exam(ability))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::base::StudyDay;
    use crate::deck::Decision;
    use crate::score::sample::{curves, reference};
    use crate::score::{FormItem, ItemCurve, ScoredItem};

    #[test]
    fn in_a_group_everybody_has_the_probability_that_they_have_alone() {
        let difficulties = [-1.0, -0.5, 0.0, 0.0, 0.5, 1.0];
        let bank = [(60.0, curves(&difficulties, 0.25)), (40.0, curves(&difficulties, 0.25))];
        let reference = reference(&bank, 0.7);
        let form = ExamForm::typical(&reference, 20, &Decision::default()).expect("items");
        let model = ReadinessModel::for_scale(&reference);
        let mut group = GroupReadiness::new(model, &reference, &form);
        let day = StudyDay::from_number(100);
        let calendar = Calendar { study_days: BTreeSet::new(), known_until: day, exam_day: day.plus(9) };
        for n_right in [0, 3, 6] {
            let answer = |(idx, (domain_idx, curve)): (usize, (usize, &ItemCurve))| {
                ScoredItem::judged(FormItem { domain_idx, curve: *curve }, idx % 6 < n_right)
            };
            let both =
                bank.iter().zip(0..).flat_map(|((_, own), domain_idx)| own.iter().map(move |own| (domain_idx, own)));
            let evidence = [Evidence { day, items: both.enumerate().map(answer).collect() }];
            let alone = model.readiness(model.ability(&reference, &evidence, &calendar), &form).p_pass;
            assert!((group.p_pass(&evidence, &calendar) - alone).abs() < 1e-15);
        }
    }
}
