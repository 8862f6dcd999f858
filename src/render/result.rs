//! The results of real exams as text.

use crate::base::{SafeText, StudyDay};
use crate::deck::{Outcome, ReportedScale};
use crate::exam::{RealResult, ToldLevel};
use crate::plan::USUAL_WAIT_DAYS;
use crate::render::analysis::{LEAST_EXIT_TEST, least_for_the_top};
use crate::render::diagnosis_words::{NamedDomain, lowest_weight_words, study_time_words};
use crate::render::more::{outlook, points_to};
use crate::render::section::{Head, Part, Section, Table, section_text};
use crate::render::words::{percent, probability_words, readiness_words};
use crate::render::{Ledger, NextAttempt, ResultDomain, ResultList, ResultRow, ResultSheet, plural, score_words};

/// Days after which a guide is old: scores that pass and domains may have changed. As in the check of decks.
const OLD_GUIDE_DAYS: i32 = 365;

/// Writes the attempts, the oldest first.
pub fn result_list_text(list: &ResultList) -> String {
    let title = SafeText::one_line(&list.title);
    if list.attempts.is_empty() {
        let add = format!("cutscore result add{}", list.deck_argument);
        return format!("{title}\nNo result of a real exam is recorded yet. `{add}` records one.\n");
    }
    let row = |attempt: &ResultRow| {
        let result = &attempt.result;
        let score = result.score.map_or("-".to_owned(), |score| score_words(score, list.scale));
        let cost = result.cost.as_ref().map_or("-".to_owned(), ToString::to_string);
        let (number, day) = (attempt.number.to_string(), result.taken_on.to_string());
        vec![number, day, verdict(result).to_owned(), score, cost, weakest(&attempt.domains)]
    };
    let heads = vec![
        Head::Numbers("Attempt"),
        Head::Words("Day"),
        Head::Words("Result"),
        Head::Numbers("Score"),
        Head::Numbers("Cost"),
        Head::Words("Lowest level in"),
    ];
    let table = Table { heads, rows: list.attempts.iter().map(row).collect(), bars: Vec::new() };
    let mut parts = vec![Part::Table(table)];
    let no_limit = "There is no limit to attempts.";
    parts.extend(list.earliest.map(|day| Part::Says(format!("The next one is allowed from {day} on. {no_limit}"))));
    let deck = &list.deck_argument;
    let sections = [
        Section { title: "Attempts at the real exam", parts },
        costs(&list.ledger),
        Section {
            title: "What the newest points to",
            parts: vec![Part::Command(format!("cutscore result show{deck}"))],
        },
    ];
    format!("{title}\n{}", section_text(&sections))
}

/// Writes what one result points to.
pub fn result_text(sheet: &ResultSheet) -> String {
    let named: Vec<NamedDomain> = named_domains(sheet);
    let mut sections = vec![told(sheet)];
    sections.extend(points_to(&sheet.findings, &named));
    match (&sheet.next, sheet.result.outcome) {
        (Some(next), _) => {
            sections.push(next_attempt(sheet, next, &named));
            sections.extend(weak_domains(sheet));
        }
        (None, Outcome::Passed) => sections.push(after_a_pass(sheet)),
        (None, Outcome::Failed) => {
            let says = "Another attempt followed: `cutscore result show` tells what that one points to.";
            sections.push(Section { title: "Since then", parts: vec![Part::Says(says.to_owned())] });
        }
    }
    sections.push(costs(&sheet.ledger));
    sections.push(conventions(sheet));
    format!("{}\n{}", SafeText::one_line(&sheet.title), section_text(&sections))
}

/// Names the domains as evidence does.
pub(in crate::render) fn named_domains(sheet: &ResultSheet) -> Vec<NamedDomain> {
    let named = |domain: &ResultDomain| NamedDomain {
        title: domain.title.clone(),
        level: domain.told.as_ref().zip(domain.places.as_ref()).map(|(told, at)| (*at.start(), told.to_string())),
        share: None,
    };
    sheet.domains.iter().map(named).collect()
}

fn verdict(result: &RealResult) -> &'static str {
    match result.outcome {
        Outcome::Passed => "PASS",
        Outcome::Failed => "FAIL",
    }
}

/// Says how far a score is from the one that just passes.
fn distance(score: f64, scale: ReportedScale) -> String {
    let points = score - scale.passing();
    let decimals = usize::from(scale.step() < 1.0);
    let passing = score_words(scale.passing(), scale);
    match points {
        ..0.0 => format!("{:.decimals$} below {passing}, which passes", -points),
        0.0 => format!("exactly {passing}, which passes"),
        _ => format!("{points:.decimals$} above {passing}, which passes"),
    }
}

/// The domains whose level is surely the lowest.
fn weakest(domains: &[ResultDomain]) -> String {
    if domains.iter().all(|domain| domain.places.is_none()) {
        return "not told".to_owned();
    }
    let titles: Vec<&str> = domains.iter().filter(|own| is_lowest(own)).map(|own| own.title.as_str()).collect();
    if titles.is_empty() { "none".to_owned() } else { titles.join(", ") }
}

fn is_lowest(domain: &ResultDomain) -> bool {
    domain.places.as_ref().is_some_and(|places| *places.end() == 0)
}

fn told(sheet: &ResultSheet) -> Section {
    let result = &sheet.result;
    let score = result.score.map_or(String::new(), |score| {
        format!(", {} ({})", score_words(score, sheet.scale), distance(score, sheet.scale))
    });
    let mut parts =
        vec![Part::Says(format!("Attempt {} on {}: {}{score}.", sheet.number, result.taken_on, verdict(result)))];
    let level = |told: &Option<ToldLevel>| told.as_ref().map_or("not told".to_owned(), ToString::to_string);
    let has_before = sheet.domains.iter().any(|domain| domain.before.is_some());
    let row = |domain: &ResultDomain| {
        let mut row = vec![domain.title.clone(), percent(domain.weight), level(&domain.told)];
        row.extend(has_before.then(|| level(&domain.before)));
        row
    };
    let mut heads = vec![Head::Words("Domain"), Head::Numbers("Weight"), Head::Words("Level")];
    heads.extend(has_before.then_some(Head::Words("Before")));
    parts.push(Part::Table(Table { heads, rows: sheet.domains.iter().map(row).collect(), bars: Vec::new() }));
    parts.extend(old_guide(sheet).map(Part::Says));
    Section { title: "The real exam", parts }
}

/// Says that the deck may be older than the exam.
fn old_guide(sheet: &ResultSheet) -> Option<String> {
    let guide = sheet.guide.as_ref()?;
    let as_of = guide.as_of?;
    let age = sheet.today.days_since(StudyDay::from_date(as_of));
    let place = guide.url.as_ref().map(|url| format!(": {url}")).unwrap_or_default();
    let passing = score_words(sheet.scale.passing(), sheet.scale);
    (OLD_GUIDE_DAYS < age).then(|| {
        format!(
            "The deck was last held against its guide on {as_of}. See whether {passing} still passes, and whether the \
             domains are still these{place}"
        )
    })
}

fn next_attempt(sheet: &ResultSheet, next: &NextAttempt, named: &[NamedDomain]) -> Section {
    let mut parts = outlook(&next.rules, named);
    parts.push(Part::Says(match next.readiness {
        Some((p_pass, label)) => format!(
            "Computed from your mocks: P(pass) {} today, {}. Where the two disagree, trust the computed one.",
            probability_words(p_pass),
            readiness_words(label),
        ),
        None => "Computed: nothing yet. It takes a full mock in one go, `cutscore exam`.".to_owned(),
    }));
    parts.extend(lowest_weight_words(next.lowest_weight, &sheet.levels).map(Part::Says));
    let wait = plural(usize::try_from(next.wait_days.unwrap_or(USUAL_WAIT_DAYS)).unwrap_or(usize::MAX), "day", "days");
    let by = if next.wait_days.is_some() { "" } else { "; the deck says none, these are the usual ones" };
    parts.push(Part::Says(format!(
        "Allowed from {} on, {wait} of the calendar after the exam{by}. There is no limit to attempts.",
        next.days.earliest,
    )));
    let advised = match next.days.advised_to {
        Some(last) => format!("between {} and {last}", next.days.advised_from),
        None => format!("not before {}", next.days.advised_from),
    };
    parts.push(Part::Says(format!("Courses advise {} of study: {advised}.", study_time_words(next.time))));
    let deck = &sheet.deck_argument;
    let proposed = next.days.advised_to.unwrap_or(next.days.advised_from).max(sheet.today);
    match sheet.exam_day {
        None => {
            parts.push(Part::Says("For a plan of each day until then:".to_owned()));
            parts.push(Part::Command(format!("cutscore plan{deck} --exam-date {proposed}")));
        }
        Some(day) => {
            let early = match day {
                day if day < next.days.earliest => ", which is earlier than allowed",
                day if day < next.days.advised_from => ", which is earlier than advised",
                _ => "",
            };
            parts.push(Part::Says(format!("The plan leads to {day}{early}:")));
            parts.push(Part::Command(format!("cutscore plan{deck}")));
        }
    }
    Section { title: "Before the next attempt", parts }
}

/// What each domain below the highest level asks for, the lowest levels first, and of these the heaviest.
fn weak_domains(sheet: &ResultSheet) -> Option<Section> {
    let (mut parts, deck) = (Vec::new(), &sheet.deck_argument);
    let ranked = ranked(sheet);
    for domain in ranked.iter().filter(|domain| is_lowest(domain)) {
        let n_items = domain.n_asked.max(LEAST_EXIT_TEST);
        let n_needed = least_for_the_top(&sheet.levels, n_items);
        parts.push(Part::Says(format!(
            "{} ({} of the exam). Drill it, and leave it when {n_needed} of {n_items} new questions are right:",
            domain.title,
            percent(domain.weight),
        )));
        parts.push(Part::Command(format!("cutscore drill{deck} --domain {}", domain.id)));
        parts.push(Part::Command(format!("cutscore exam{deck} --domain {} --questions {n_items}", domain.id)));
    }
    let titles: Vec<&str> = ranked.iter().filter(|own| !is_lowest(own)).map(|own| own.title.as_str()).collect();
    if !titles.is_empty() {
        let then = if parts.is_empty() { "Where points can be had" } else { "After that" };
        parts.push(Part::Says(format!("{then}, by level and weight: {}.", titles.join(", "))));
    }
    if parts.is_empty() {
        return None;
    }
    let says = "The drill takes these levels into account: it brings more new concepts of weak domains, and values \
                their cards more, until newer answers outweigh the report.";
    parts.push(Part::Says(says.to_owned()));
    Some(Section { title: "Where to begin", parts })
}

/// The domains whose level is known and not surely the highest, the lowest first, and of one level the heaviest.
fn ranked(sheet: &ResultSheet) -> Vec<&ResultDomain> {
    let top = sheet.levels.all().len() - 1;
    let mut ranked: Vec<(&ResultDomain, usize)> = sheet
        .domains
        .iter()
        .filter_map(|domain| Some((domain, *domain.places.as_ref()?.start())))
        .filter(|(_, place)| *place < top)
        .collect();
    ranked.sort_by(|(a, place_a), (b, place_b)| place_a.cmp(place_b).then(b.weight.total_cmp(&a.weight)));
    ranked.into_iter().map(|(domain, _)| domain).collect()
}

fn after_a_pass(sheet: &ResultSheet) -> Section {
    let mut parts = vec![Part::Says(
        "You passed: no other attempt is needed, however close it was. The score says no more than that.".to_owned(),
    )];
    let weak = ranked(sheet);
    if weak.is_empty() {
        if sheet.domains.iter().any(|domain| domain.places.is_some()) {
            parts.push(Part::Says("No domain told is below the highest level: time for what comes next.".to_owned()));
        }
    } else {
        parts.push(Part::Says("Worth strengthening for the work itself and for the next exam:".to_owned()));
        for domain in weak {
            let told = domain.told.as_ref().map_or(String::new(), ToString::to_string);
            parts.push(Part::Detail(format!("{}: {told}", domain.title)));
            let deck = &sheet.deck_argument;
            parts.push(Part::Command(format!("cutscore drill{deck} --domain {}", domain.id)));
        }
    }
    Section { title: "After the pass", parts }
}

fn costs(ledger: &Ledger) -> Section {
    let mut says = Vec::new();
    if !ledger.paid.is_empty() {
        let paid: Vec<String> = ledger.paid.iter().map(ToString::to_string).collect();
        let priced = plural(ledger.n_attempts - ledger.n_unpriced, "attempt", "attempts");
        says.push(format!("Paid: {} for {priced}.", paid.join(" and ")));
    }
    if ledger.n_unpriced > 0 {
        says.push(format!("What {} cost was not said.", plural(ledger.n_unpriced, "attempt", "attempts")));
    }
    if let Some(fee) = &ledger.next {
        says.push(format!("The next attempt costs {fee}, as each one does."));
        says.push(match &ledger.expected_loss {
            Some(loss) => format!("Booked for today, {loss} of it would be lost on average: the fee times P(fail)."),
            None => "What booking now would risk is known after a full mock.".to_owned(),
        });
    }
    if says.is_empty() {
        says.push("Nothing was paid.".to_owned());
    }
    Section { title: "Costs", parts: says.into_iter().map(Part::Says).collect() }
}

fn conventions(sheet: &ResultSheet) -> Section {
    let mut says = "Conventions of cutscore, not of any examination programme: the weeks of study, the outlook, and \
                    what counts as a pattern. A report tells levels and no answers, so little can be said for sure."
        .to_owned();
    if sheet.domains.iter().any(|domain| domain.told == Some(ToldLevel::Meets)) {
        says.push_str(" \"Meets competencies\" may be any level but the lowest; nothing is concluded from which.");
    }
    Section { title: "Conventions", parts: vec![Part::Says(says)] }
}
