//! What stands before the questions: the exam, the domains, forms and rules of diagnosis.

use crate::deck::{
    Blueprint, Condition, CreditRule, Deck, Domain, Guessing, Guide, Insight, InsightKind, Levels, Outcome, Outline,
    Scale, SectionItems, StaleTerm, Staleness, TotalRule,
};
use crate::exchange::yaml::items::skill_word;
use crate::exchange::yaml::page::Page;
use crate::exchange::yaml::text::scalar;

impl Page {
    /// Writes everything but the items.
    pub(super) fn outline(&mut self, deck: &Deck) {
        let outline = &deck.outline;
        self.line(0, "cutscore: 1");
        self.field(0, "id", outline.id.as_str());
        self.field(0, "title", &outline.title);
        let says = |guide: &&Guide| guide.as_of.is_some() || guide.url.is_some() || guide.revision.is_some();
        if let Some(guide) = outline.guide.as_ref().filter(says) {
            self.line(0, "guide:");
            self.option(2, "as_of", guide.as_of.map(|date| date.to_string()).as_deref());
            self.option(2, "url", guide.url.as_deref());
            self.option(2, "revision", guide.revision.as_deref());
        }
        if let Some(exam) = &outline.exam {
            self.exam(exam, &outline.domains);
        }
        if !is_whole(outline) {
            self.domains(&outline.domains);
        }
        if !outline.forms.is_empty() {
            self.line(0, "forms:");
            for (name, ids) in &outline.forms {
                let ids: Vec<String> = ids.iter().map(ToString::to_string).collect();
                self.texts(2, &scalar(name, 4), &ids);
            }
        }
        if !deck.stale_terms.is_empty() {
            self.line(0, "stale_terms:");
            for term in &deck.stale_terms {
                self.stale_term(term);
            }
        }
        if !outline.insights.is_empty() {
            self.line(0, "insights:");
            for insight in &outline.insights {
                self.insight(insight, outline);
            }
        }
    }

    fn stale_term(&mut self, StaleTerm { term, replacement, kind }: &StaleTerm) {
        self.is_first = true;
        self.field(4, "term", term);
        let severity = match kind {
            Staleness::Renamed => "renamed",
            Staleness::Retired => "retired",
            Staleness::OutOfScope => "out-of-scope",
        };
        self.line(4, &format!("severity: {severity}"));
        self.option(4, "replacement", replacement.as_deref());
    }

    fn insight(&mut self, insight: &Insight, outline: &Outline) {
        self.is_first = true;
        self.field(4, "id", &insight.id);
        if insight.kind != InsightKind::Pattern {
            self.field(4, "kind", insight.kind.as_str());
        }
        self.line(4, "when:");
        let levels = outline.exam.as_ref().map(|exam| exam.levels.clone()).unwrap_or_default();
        for condition in &insight.when {
            self.is_first = true;
            self.condition(condition, &outline.domains, &levels);
        }
        self.field(4, "says", &insight.says);
        self.option(4, "advice", insight.advice.as_deref());
    }

    fn condition(&mut self, condition: &Condition, domains: &[Domain], levels: &Levels) {
        let ids = |own: &[usize]| -> Vec<String> {
            own.iter().filter_map(|idx| domains.get(*idx)).map(|domain| domain.id.to_string()).collect()
        };
        match condition {
            Condition::Outcome(outcome) => self.line(8, &format!("passed: {}", *outcome == Outcome::Passed)),
            Condition::Levels { domains, levels: own, at_least, at_most } => {
                self.texts(8, "domains", &ids(domains));
                let labels: Vec<String> =
                    own.iter().filter_map(|idx| levels.all().get(*idx)).map(|level| level.label.clone()).collect();
                self.texts(8, "level", &labels);
                self.line(8, &format!("at_least: {at_least}"));
                self.line(8, &format!("at_most: {at_most}"));
            }
            Condition::Shares { domains, from, to } => {
                self.texts(8, "domains", &ids(domains));
                self.line(8, &format!("share: {{from: {}, to: {}}}", from.value(), to.value()));
            }
            Condition::Contrast { higher, lower, by } => {
                self.texts(8, "higher", &ids(higher));
                self.texts(8, "lower", &ids(lower));
                self.line(8, &format!("by: {}", by.value()));
            }
            Condition::Skills { stronger, weaker, by } => {
                self.line(8, &format!("stronger: {}", skill_word(*stronger)));
                self.line(8, &format!("weaker: {}", skill_word(*weaker)));
                self.line(8, &format!("by: {}", by.value()));
            }
            Condition::Overconfidence { by } => self.line(8, &format!("overconfidence: {}", by.value())),
            Condition::Distance { from, to } => self.line(8, &format!("distance: {{from: {from}, to: {to}}}")),
        }
    }

    fn domains(&mut self, domains: &[Domain]) {
        self.line(0, "domains:");
        for domain in domains {
            self.is_first = true;
            self.field(4, "id", domain.id.as_str());
            if domain.title != domain.id.as_str() {
                self.field(4, "title", &domain.title);
            }
            let weight = domain.weight;
            if weight.is_range() {
                self.line(4, &format!("weight: {}-{}", weight.low(), weight.high()));
            } else if !is_one(weight.low()) {
                self.line(4, &format!("weight: {}", weight.low()));
            }
            if domain.tasks.is_empty() {
                continue;
            }
            self.line(4, "tasks:");
            for task in &domain.tasks {
                self.is_first = true;
                self.field(8, "id", task.id.as_str());
                if task.title != task.id.as_str() {
                    self.field(8, "title", &task.title);
                }
            }
        }
    }

    fn exam(&mut self, exam: &Blueprint, domains: &[Domain]) {
        self.line(0, "exam:");
        if let Some(minutes) = exam.minutes {
            self.line(2, &format!("minutes: {minutes}"));
        }
        self.line(2, &format!("items: {{scored: {}, unscored: {}}}", exam.n_scored, exam.n_unscored));
        self.line(2, &format!("cut: {}", exam.cut.value()));
        match exam.scale {
            Scale::Percent => self.line(2, "scale: percent"),
            Scale::Points => self.line(2, "scale: points"),
            Scale::Fixed(own) => {
                let (min, cut, max) = (own.min(), own.cut(), own.max());
                self.line(2, &format!("scale: {{min: {min}, cut: {cut}, max: {max}}}"));
            }
        }
        self.decision(exam, domains);
        match exam.credit {
            CreditRule::AllOrNothing => {}
            CreditRule::PerChoice => self.line(2, "credit: per-choice"),
        }
        self.line(2, "levels:");
        for level in exam.levels.all() {
            let label = scalar(&level.label, 6);
            self.line(4, &format!("{label}: {}", level.from.value()));
        }
        if let Some(retake) = &exam.retake {
            self.line(2, "retake:");
            self.line(4, &format!("wait_days: {}", retake.wait_days));
            self.option(4, "fee", retake.fee.as_deref());
        }
        match exam.guessing {
            Guessing::ByChoices => {}
            Guessing::None => self.line(2, "guessing: none"),
            Guessing::Fixed(share) => self.line(2, &format!("guessing: {}", share.value())),
        }
        if let Some(form) = &exam.reference_form {
            let ids: Vec<String> = form.iter().map(ToString::to_string).collect();
            self.texts(2, "reference_form", &ids);
        }
        if !exam.sections.is_empty() {
            self.line(2, "sections:");
            for section in &exam.sections {
                self.is_first = true;
                self.field(6, "title", &section.title);
                match &section.holds {
                    SectionItems::Count(n_items) => self.line(6, &format!("items: {n_items}")),
                    SectionItems::Rest => {}
                    SectionItems::Domains(domains) => {
                        let ids: Vec<String> = domains.iter().map(ToString::to_string).collect();
                        self.texts(6, "domains", &ids);
                    }
                }
            }
        }
    }

    fn decision(&mut self, exam: &Blueprint, domains: &[Domain]) {
        if exam.decision.is_compensatory() {
            return;
        }
        self.line(2, "decision:");
        self.line(4, &format!("total: {}", exam.decision.total() == TotalRule::Decides));
        self.line(4, "domains:");
        for (domain_idx, minimum) in exam.decision.minimums() {
            if let Some(domain) = domains.get(*domain_idx) {
                let id = scalar(domain.id.as_str(), 8);
                self.line(6, &format!("{id}: {}", minimum.value()));
            }
        }
    }
}

/// Tells whether the deck is not divided.
pub(super) fn is_whole(outline: &Outline) -> bool {
    match outline.domains.as_slice() {
        [only] => {
            only.id.as_str() == "all"
                && only.title == outline.title
                && only.tasks.is_empty()
                && !only.weight.is_range()
                && is_one(only.weight.low())
        }
        _ => false,
    }
}

fn is_one(weight: f64) -> bool {
    (weight - 1.0).abs() < f64::EPSILON
}
