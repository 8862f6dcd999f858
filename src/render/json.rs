//! Results as JSON. Field names are a contract: they change only with [`SCHEMA`].

use serde_json::{Map, Value, json};

use crate::deck::{Arrangement, Ask, Choice, ItemKind, Question, ReportedScale, Scale, Slot, letter_of};
use crate::exam::{AnswerChanges, Ending, ItemFilter, ItemRole, SittingKind};
use crate::render::analysis_json::put_analysis;
use crate::render::text::{level_words, note_words};
use crate::render::words::{no_evidence_words, whole};
use crate::render::{ConfidenceRow, DomainRow, ItemRow, Pace, ReportResult, ScoreSheet};
use crate::score::{Band, DomainImpact, DomainResult, Need, Outcome, RawScore, Requirement, ScoreReport, Subject};

/// The version of the JSON that this program writes.
pub const SCHEMA: u32 = 1;

/// How much the JSON of a report says of the items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ItemDetail {
    /// Every item, without its text.
    Brief,
    /// The items that the filter keeps, with stem, choices and rationales.
    Full(ItemFilter),
}

/// Returns the report of a sitting. Without a result there is no word about keys either: the sitting may go on.
pub fn report_json(sheet: &ScoreSheet, detail: ItemDetail) -> Value {
    let mut value = json!({
        "schema": SCHEMA,
        "sitting": sheet.number,
        "deck": sheet.deck.as_str(),
        "title": sheet.title,
        "kind": kind_name(sheet.kind),
        "seed": sheet.seed,
        "started_at": sheet.started_at.to_rfc3339(),
        "ending": sheet.ending.map(ending_name),
        "elapsed_seconds": sheet.elapsed.as_secs(),
        "limit_seconds": sheet.limit.map(|limit| limit.as_secs()),
        "extra_seconds": sheet.extra_time.map(|extra| extra.as_secs()),
        "n_items": sheet.items.len(),
        "n_scored": sheet.n_scored(),
        "n_answered": sheet.tally.n_answered,
        "n_blank": sheet.tally.n_blank,
        "n_incomplete": sheet.tally.n_incomplete,
        "n_not_reached": sheet.tally.n_not_reached,
        "n_flagged": sheet.tally.n_flagged,
        "pace": sheet.pace().map(|pace| pace_json(sheet, pace)),
        "not_evidence_because": sheet.no_evidence_because().into_iter().map(no_evidence_words).collect::<Vec<_>>(),
    });
    let Value::Object(fields) = &mut value else { return value };
    match &sheet.result {
        ReportResult::None => {}
        ReportResult::Counted { n_right } => {
            let domain = |domain: &DomainRow| json!({"id": domain.id, "title": domain.title, "right": domain.n_right, "n": domain.n_items});
            put(fields, "right", json!(n_right));
            put(fields, "domains", sheet.domains.iter().map(domain).collect());
            put_items(fields, sheet, detail);
        }
        ReportResult::Scored { report, levels } => {
            let domain = |(result, impact): (&DomainResult, &DomainImpact)| {
                let row = sheet.domains.get(result.domain_idx)?;
                Some(json!({
                    "id": row.id,
                    "title": row.title,
                    "weight": row.weight,
                    "right": result.n_right,
                    "n": result.n_items,
                    "raw": points(result.raw),
                    "raw_cut": impact.raw_cut,
                    "points": impact.points,
                    "share": result.share,
                    "level": levels.all().get(result.level_idx).map(|level| level.label.as_str()),
                    "level_probability": result.level_probability,
                    "level_words": level_words(result, levels),
                }))
            };
            let notes: Vec<String> = report.notes.iter().map(|note| note_words(note, &sheet.domains)).collect();
            put(fields, "score", score(report, &sheet.domains));
            put(fields, "domains", report.domains.iter().zip(&report.impacts).filter_map(domain).collect());
            put(fields, "notes", json!(notes));
            if let Some(analysis) = &sheet.analysis {
                put_analysis(fields, sheet, analysis, levels);
            }
            put_items(fields, sheet, detail);
        }
    }
    value
}

pub(in crate::render) fn put(fields: &mut Map<String, Value>, name: &str, value: Value) {
    fields.insert(name.to_owned(), value);
}

fn score(report: &ScoreReport, domains: &[DomainRow]) -> Value {
    let requirement = |requirement: &Requirement| {
        let domain_id = |domain_idx: usize| domains.get(domain_idx).map(|domain| domain.id.as_str());
        let mut value = need_json(&requirement.need, domain_id);
        value["raw"] = points(requirement.raw);
        value["met"] = json!(requirement.is_met);
        value
    };
    json!({
        "pass": report.outcome == Outcome::Pass,
        "scaled": number(report.scaled.value()),
        "scaled_exact": report.scaled_exact,
        "scale": scale_json(report.scale),
        "requirements": report.requirements.iter().map(requirement).collect::<Vec<_>>(),
        "band": band(report.band),
        "band95": band(report.band95),
        "csem": report.csem,
        "raw": points(report.raw),
        "n_scored": report.n_scored,
        "raw_cut": report.raw_cut,
        "raw_needed": points(report.raw_needed),
        "theta": report.theta,
        "share": report.share,
    })
}

/// What a requirement asks for; the total has no domain.
pub(in crate::render) fn need_json<'a>(need: &Need, domain_id: impl Fn(usize) -> Option<&'a str>) -> Value {
    let domain = match need.subject {
        Subject::Total => None,
        Subject::Domain { domain_idx } => domain_id(domain_idx),
    };
    json!({
        "domain": domain,
        "n": need.n_items,
        "raw_cut": need.raw_cut,
        "raw_needed": points(need.raw_needed),
    })
}

pub(in crate::render) fn scale_json(scale: ReportedScale) -> Value {
    let unit = match scale.scale() {
        Scale::Fixed(_) => "score",
        Scale::Percent => "percent",
        Scale::Points => "points",
    };
    json!({"min": number(scale.min()), "cut": number(scale.passing()), "max": number(scale.max()), "unit": unit})
}

/// Points as a number, without a point where they are whole.
pub(in crate::render) fn points(raw: RawScore) -> Value {
    number(raw.value())
}

/// A number, without a point where it is whole.
pub(in crate::render) fn number(value: f64) -> Value {
    if value.fract() == 0.0 { json!(whole(value)) } else { json!(value) }
}

fn put_items(fields: &mut Map<String, Value>, sheet: &ScoreSheet, detail: ItemDetail) {
    let fresh = sheet.freshness;
    put(
        fields,
        "fresh",
        json!({"n_seen": fresh.n_seen, "n_fresh": fresh.n_fresh, "right_on_fresh": fresh.n_fresh_right}),
    );
    put(fields, "n_to_drill", json!(sheet.n_to_drill()));
    put(fields, "answer_changes", changes_json(sheet.answer_changes()));
    put(fields, "calibration", sheet.calibration().iter().map(confidence_json).collect());
    let filter = match detail {
        ItemDetail::Brief => ItemFilter::All,
        ItemDetail::Full(filter) => filter,
    };
    let kept = sheet.items.iter().enumerate().filter(|(_, item)| item.is_kept_by(filter));
    put(fields, "items", kept.map(|(position, item)| item_json(sheet, position, item, detail)).collect());
}

fn pace_json(sheet: &ScoreSheet, pace: Pace) -> Value {
    let slowest = pace.slowest.and_then(|(domain_idx, median)| {
        let domain = sheet.domains.get(domain_idx)?;
        Some(json!({"id": domain.id, "title": domain.title, "median_seconds": median.as_secs_f64()}))
    });
    json!({"median_seconds": pace.median.as_secs_f64(), "slowest_domain": slowest})
}

fn changes_json(changes: AnswerChanges) -> Value {
    json!({
        "to_right": changes.n_to_right,
        "to_wrong": changes.n_to_wrong,
        "between_wrong": changes.n_between_wrong,
    })
}

fn confidence_json(row: &ConfidenceRow) -> Value {
    json!({"confidence": row.confidence.label(), "right": row.n_right, "n": row.n_answers})
}

fn item_json(sheet: &ScoreSheet, position: usize, item: &ItemRow, detail: ItemDetail) -> Value {
    let mut value = item_fields(sheet, position, item);
    if let (Value::Object(fields), ItemDetail::Full(_)) = (&mut value, detail) {
        put(fields, "stem", json!(item.question.stem));
        match &item.question.ask {
            Ask::Choices { choices, .. } => put(fields, "choices", choices_json(item, choices)),
            Ask::Arrangement(arrangement) => put_slots(fields, item, arrangement),
            Ask::Typed(typed) => put(fields, "why", json!(typed.why)),
        }
        put(fields, "refs", json!(item.question.refs));
    }
    value
}

fn item_fields(sheet: &ScoreSheet, position: usize, item: &ItemRow) -> Value {
    json!({
        "number": position + 1,
        "item": item.item.as_str(),
        "domain": sheet.domains.get(item.domain_idx).map(|domain| domain.id.as_str()),
        "type": type_name(&item.question),
        "scored": item.role == ItemRole::Scored,
        "reached": item.is_reached,
        "right": item.is_right,
        "credit": number(f64::from(item.credit.n_earned()) / f64::from(item.credit.n_steps())),
        "chosen": item.parts(&item.mark.answer),
        "key": item.key_parts(),
        "flagged": item.mark.is_flagged,
        "note": item.note,
        "confidence": item.mark.confidence.label(),
        "seconds": item.work.spent.as_secs_f64(),
        "first_answer": item.parts(&item.first_answer()),
        "answer_changes": changes_json(item.work.changes),
        "doubtful": item.doubt.as_ref().map(|doubt| json!({"since": doubt.since.to_string(), "reason": doubt.reason})),
        "due": item.due.map(|due| due.day.to_string()),
    })
}

/// The choices in the order in which they were shown.
fn choices_json(item: &ItemRow, choices: &[Choice]) -> Value {
    let shown = item.choice_order.iter().enumerate().filter_map(|(place, choice_idx)| {
        let choice = choices.get(*choice_idx)?;
        let is_chosen = item.mark.answer.choices().contains(*choice_idx);
        Some(json!({
            "letter": letter_of(place), "text": choice.text, "right": choice.is_key, "chosen": is_chosen,
            "why": choice.why,
        }))
    });
    shown.collect()
}

/// The slots and, in the order in which they were shown, the options.
fn put_slots(fields: &mut Map<String, Value>, item: &ItemRow, arrangement: &Arrangement) {
    let slot = |slot: &Slot| json!({"label": slot.label, "why": slot.why});
    put(fields, "slots", arrangement.slots.iter().map(slot).collect());
    let shown = item.choice_order.iter().enumerate().filter_map(|(place, option_idx)| {
        Some(json!({"letter": letter_of(place), "text": arrangement.option(*option_idx)?}))
    });
    put(fields, "options", shown.collect());
    put(fields, "why", json!(arrangement.why));
}

/// Returns the name of a question's type.
pub fn type_name(question: &Question) -> &'static str {
    match (&question.ask, question.kind()) {
        (Ask::Choices { .. }, ItemKind::MultipleResponse { .. }) => "multiple_response",
        (Ask::Choices { .. }, _) => "multiple_choice",
        (Ask::Arrangement(arrangement), _) if arrangement.is_ordering() => "ordering",
        (Ask::Arrangement(_), _) => "matching",
        (Ask::Typed(_), _) => "typed",
    }
}

pub(in crate::render) fn band(band: Band) -> [f64; 2] {
    [band.low, band.high]
}

pub(in crate::render) fn kind_name(kind: SittingKind) -> &'static str {
    match kind {
        SittingKind::Mock => "mock",
        SittingKind::Partial => "partial",
        SittingKind::Taste => "taste",
        SittingKind::Practice => "practice",
    }
}

pub(in crate::render) fn ending_name(ending: Ending) -> &'static str {
    match ending {
        Ending::Submitted => "submitted",
        Ending::TimeUp => "time_up",
        Ending::Unattended => "unattended",
        Ending::Abandoned => "abandoned",
    }
}
