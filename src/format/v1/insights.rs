//! The `insights:` of a deck: rules of diagnosis as data.

use std::collections::BTreeSet;

use crate::base::Share;
use crate::deck::{Condition, Domain, Insight, InsightKind, Levels, Outcome};
use crate::format::finding::Log;
use crate::format::rules::{BAD_VALUE, CONFLICT, ID_TWICE, MISSING, UNKNOWN_NAME};
use crate::format::suggest::{did_you_mean, quoted};
use crate::format::v1::fields::{Field, Fields, Placed, Unknown};
use crate::format::v1::item::skill;
use crate::format::v1::keys::{CONDITION, INSIGHT, POINT_RANGE, SHARE_RANGE};
use crate::format::yaml::Span;

/// An insight whose domains and levels nobody has looked up.
pub(super) struct InsightDraft {
    id: Placed<String>,
    kind: Option<InsightKind>,
    when: Vec<Option<ConditionDraft>>,
    says: String,
    advice: Option<String>,
}

/// A condition whose domains and levels nobody has looked up.
enum ConditionDraft {
    Known(Condition),
    Levels {
        domains: DomainsDraft,
        levels: Vec<Placed<String>>,
        at_least: Option<u32>,
        at_most: Option<u32>,
        span: Span,
    },
    Shares {
        domains: DomainsDraft,
        from: Share,
        to: Share,
    },
    Contrast {
        higher: DomainsDraft,
        lower: DomainsDraft,
        by: Share,
    },
}

/// Domains as a condition names them.
enum DomainsDraft {
    All,
    /// All that no earlier condition of the insight names.
    Others,
    Named(Vec<Placed<String>>),
}

/// Farthest distance from the passing score, in points.
const MAX_POINTS: i32 = 1_000_000;

/// Reads the list; an insight that does not read well is left out.
pub(super) fn insights(field: Field<'_>, log: &mut Log<'_>) -> Vec<InsightDraft> {
    let elements = field.list(log).unwrap_or_default();
    let all: Vec<InsightDraft> = elements.into_iter().filter_map(|element| insight(element, log)).collect();
    let mut ids = BTreeSet::new();
    for draft in all.iter().filter(|draft| !ids.insert(&draft.id.value)) {
        let message = format!("there are two insights `{}`", draft.id.value);
        log.say(&ID_TWICE, draft.id.span, message, "give each an id of its own");
    }
    all
}

fn insight(field: Field<'_>, log: &mut Log<'_>) -> Option<InsightDraft> {
    let mut fields = field.fields(log)?;
    let id = fields.need("id", "an insight", log).and_then(|field| field.placed_text(log));
    let kind = match fields.take("kind", log) {
        Some(field) => field.word(&InsightKind::ALL.map(|kind| (kind.as_str(), kind)), "", |_| None, log),
        None => Some(InsightKind::Pattern),
    };
    let when = fields.need("when", "an insight", log).map(|field| {
        let span = field.span();
        let conditions: Vec<_> =
            field.list(log).unwrap_or_default().into_iter().map(|one| condition(one, log)).collect();
        if conditions.is_empty() {
            log.say(&MISSING, span, "`when` has no condition", "add one, for example `- {passed: false}`");
        }
        conditions
    });
    let says = fields.need("says", "an insight", log).and_then(|field| field.text(log));
    let advice = fields.take("advice", log).and_then(|field| field.text(log));
    fields.finish("an insight", &[INSIGHT], log);
    Some(InsightDraft { id: id?, kind, when: when?, says: says?, advice })
}

fn condition(field: Field<'_>, log: &mut Log<'_>) -> Option<ConditionDraft> {
    let span = field.span();
    let mut fields = field.fields(log)?;
    let mut kinds = vec![
        passed(&mut fields, log),
        of_domains(&mut fields, span, log),
        contrast(&mut fields, log),
        skills(&mut fields, log),
        fields
            .take("overconfidence", log)
            .map(|field| Some(ConditionDraft::Known(Condition::Overconfidence { by: difference(field, log)? }))),
        fields.take("distance", log).map(|field| distance(field, log)),
    ];
    let unknown = fields.finish("a condition", &[CONDITION], log);
    kinds.retain(Option::is_some);
    match (kinds.len(), unknown) {
        (1, _) => kinds.pop().flatten().flatten(),
        (0, Unknown::Some) => None,
        (0, Unknown::None) => {
            let help = "for example `{domains: all, level: Competent}`";
            log.say(&MISSING, span, "a condition says nothing that can hold", help);
            None
        }
        _ => {
            log.say(&CONFLICT, span, "a condition says one thing", "make two conditions of it");
            None
        }
    }
}

/// What one kind of condition came to: `None` if it is not there, `Some(None)` if it does not read well.
type Read = Option<Option<ConditionDraft>>;

fn passed(fields: &mut Fields<'_>, log: &mut Log<'_>) -> Read {
    let field = fields.take("passed", log)?;
    let outcome = field.truth(log).map(|passed| if passed { Outcome::Passed } else { Outcome::Failed });
    Some(outcome.map(|outcome| ConditionDraft::Known(Condition::Outcome(outcome))))
}

/// `domains` with `level` or `share`.
fn of_domains(fields: &mut Fields<'_>, span: Span, log: &mut Log<'_>) -> Read {
    let domains = fields.take("domains", log).map(|field| domains(field, log));
    let levels = fields.take("level", log);
    let share = fields.take("share", log);
    let at_least = fields.take("at_least", log).and_then(|field| field.whole(0..=1000, log));
    let at_most = fields.take("at_most", log).and_then(|field| field.whole(0..=1000, log));
    let domains = match (domains, levels.is_some() || share.is_some()) {
        (None, false) => return None,
        (Some(domains), true) => domains,
        _ => {
            let help = "for example `{domains: all, level: Competent}` or `{domains: [a], share: {to: 0.5}}`";
            log.say(&MISSING, span, "a condition on domains has `domains` and `level` or `share`", help);
            return Some(None);
        }
    };
    let draft = match (levels, share) {
        (Some(levels), None) => {
            let elements = levels.list_or_one(log).unwrap_or_default();
            let levels: Vec<_> = elements.into_iter().filter_map(|field| field.placed_text(log)).collect();
            domains.map(|domains| ConditionDraft::Levels { domains, levels, at_least, at_most, span })
        }
        (None, Some(share)) => {
            let range = share_range(share, log);
            domains.zip(range).map(|(domains, (from, to))| ConditionDraft::Shares { domains, from, to })
        }
        _ => {
            log.say(&CONFLICT, span, "a condition has `level` or `share`", "make two conditions of it");
            None
        }
    };
    Some(draft)
}

fn contrast(fields: &mut Fields<'_>, log: &mut Log<'_>) -> Read {
    if !(fields.has("higher") || fields.has("lower")) {
        return None;
    }
    let higher = fields.need("higher", "a contrast", log).and_then(|field| domains(field, log));
    let lower = fields.need("lower", "a contrast", log).and_then(|field| domains(field, log));
    let by = fields.need("by", "a contrast", log).and_then(|field| difference(field, log));
    Some((|| Some(ConditionDraft::Contrast { higher: higher?, lower: lower?, by: by? }))())
}

fn skills(fields: &mut Fields<'_>, log: &mut Log<'_>) -> Read {
    if !(fields.has("stronger") || fields.has("weaker")) {
        return None;
    }
    let stronger = fields.need("stronger", "a contrast of skills", log).and_then(|field| skill(field, log));
    let weaker = fields.need("weaker", "a contrast of skills", log).and_then(|field| skill(field, log));
    let by = fields.need("by", "a contrast of skills", log).and_then(|field| difference(field, log));
    let known = || Some(Condition::Skills { stronger: stronger?, weaker: weaker?, by: by? });
    Some(known().map(ConditionDraft::Known))
}

fn difference(field: Field<'_>, log: &mut Log<'_>) -> Option<Share> {
    field.share(log, "a difference of shares above 0, for example 0.15", |by| by > 0.0)
}

fn share_range(field: Field<'_>, log: &mut Log<'_>) -> Option<(Share, Share)> {
    let span = field.span();
    let mut fields = field.fields(log)?;
    let mut end = |name, default: f64| match fields.take(name, log) {
        Some(field) => field.share(log, "a share from 0 to 1", |_| true),
        None => Share::new(default).ok(),
    };
    let (from, to) = (end("from", 0.0), end("to", 1.0));
    fields.finish("`share`", &[SHARE_RANGE], log);
    let (from, to) = (from?, to?);
    if to.value() < from.value() {
        log.say(&BAD_VALUE, span, "`share` ends before it begins", "put the smaller share under `from`");
        return None;
    }
    Some((from, to))
}

fn distance(field: Field<'_>, log: &mut Log<'_>) -> Option<ConditionDraft> {
    let span = field.span();
    let mut fields = field.fields(log)?;
    let wanted = "a whole number of points, negative below the passing score";
    let mut end = |name, default: i32| match fields.take(name, log) {
        Some(field) => field.parsed(log, wanted, |text| {
            text.parse().ok().filter(|points: &i32| points.checked_abs().is_some_and(|size| size <= MAX_POINTS))
        }),
        None => Some(default),
    };
    let (from, to) = (end("from", -MAX_POINTS), end("to", MAX_POINTS));
    fields.finish("`distance`", &[POINT_RANGE], log);
    let (from, to) = (from?, to?);
    if to < from {
        log.say(&BAD_VALUE, span, "`distance` ends before it begins", "put the smaller number under `from`");
        return None;
    }
    Some(ConditionDraft::Known(Condition::Distance { from, to }))
}

fn domains(field: Field<'_>, log: &mut Log<'_>) -> Option<DomainsDraft> {
    let elements = field.list_or_one(log)?;
    let mut names: Vec<_> = elements.into_iter().filter_map(|field| field.placed_text(log)).collect();
    match names.as_slice() {
        [only] if only.value == "all" => Some(DomainsDraft::All),
        [only] if only.value == "others" => Some(DomainsDraft::Others),
        [] => None,
        _ => Some(DomainsDraft::Named(std::mem::take(&mut names))),
    }
}

/// Looks up the domains and levels.
pub(super) fn resolved(
    drafts: Vec<InsightDraft>,
    domains: &[Domain],
    levels: &Levels,
    log: &mut Log<'_>,
) -> Vec<Insight> {
    let resolve = |mut draft: InsightDraft, log: &mut Log<'_>| {
        let mut named = BTreeSet::new();
        let mut when = Vec::new();
        for condition in std::mem::take(&mut draft.when) {
            when.push(condition?.resolve(domains, levels, &mut named, log)?);
        }
        let InsightDraft { id, kind, says, advice, .. } = draft;
        let insight = Insight { id: id.value, kind: kind?, when, says, advice };
        (!insight.when.is_empty()).then_some(insight)
    };
    drafts.into_iter().filter_map(|draft| resolve(draft, log)).collect()
}

impl ConditionDraft {
    fn resolve(
        self,
        domains: &[Domain],
        levels: &Levels,
        named: &mut BTreeSet<usize>,
        log: &mut Log<'_>,
    ) -> Option<Condition> {
        Some(match self {
            ConditionDraft::Known(condition) => condition,
            ConditionDraft::Levels { domains: own, levels: labels, at_least, at_most, span } => {
                let own = own.resolve(domains, named, log)?;
                let labels: Option<Vec<usize>> = labels.iter().map(|label| level_idx(label, levels, log)).collect();
                let number = |n: u32| usize::try_from(n).unwrap_or(usize::MAX);
                let at_most = at_most.map_or(own.len(), number);
                // Without either bound all of the domains are meant.
                let at_least = at_least.map_or(if at_most < own.len() { 0 } else { own.len() }, number);
                if own.len() < at_least || at_most < at_least {
                    let message = format!("no {at_least} to {at_most} of {} domains can be counted", own.len());
                    log.say(&BAD_VALUE, span, message, "let `at_least` be no more than `at_most` and the domains");
                    return None;
                }
                Condition::Levels { domains: own, levels: labels?, at_least, at_most }
            }
            ConditionDraft::Shares { domains: own, from, to } => {
                Condition::Shares { domains: own.resolve(domains, named, log)?, from, to }
            }
            ConditionDraft::Contrast { higher, lower, by } => {
                let higher = higher.resolve(domains, named, log)?;
                Condition::Contrast { higher, lower: lower.resolve(domains, named, log)?, by }
            }
        })
    }
}

impl DomainsDraft {
    fn resolve(self, domains: &[Domain], named: &mut BTreeSet<usize>, log: &mut Log<'_>) -> Option<Vec<usize>> {
        let found: Vec<usize> = match self {
            DomainsDraft::All => (0..domains.len()).collect(),
            DomainsDraft::Others => (0..domains.len()).filter(|idx| !named.contains(idx)).collect(),
            DomainsDraft::Named(names) => {
                let mut found = Vec::new();
                for name in names {
                    found.push(domain_idx(&name, domains, log)?);
                }
                found
            }
        };
        named.extend(&found);
        Some(found)
    }
}

fn domain_idx(name: &Placed<String>, domains: &[Domain], log: &mut Log<'_>) -> Option<usize> {
    let found = domains.iter().position(|domain| domain.id.as_str() == name.value);
    if found.is_none() {
        let names = domains.iter().map(|domain| domain.id.as_str());
        let help = did_you_mean(&name.value, names, || "name a domain of the deck, `all` or `others`".to_owned());
        log.say(&UNKNOWN_NAME, name.span, format!("there is no domain {}", quoted(&name.value)), help);
    }
    found
}

fn level_idx(label: &Placed<String>, levels: &Levels, log: &mut Log<'_>) -> Option<usize> {
    let found = levels.all().iter().position(|level| level.label == label.value);
    if found.is_none() {
        let labels = levels.all().iter().map(|level| level.label.as_str());
        let help = did_you_mean(&label.value, labels, || "name a level of `exam: levels:`".to_owned());
        log.say(&UNKNOWN_NAME, label.span, format!("there is no level {}", quoted(&label.value)), help);
    }
    found
}
