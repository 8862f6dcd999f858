//! Events as bytes: a version byte, then the fields of the kind packed by postcard.
//!
//! Records are written for ever. A kind whose fields change gets a new version byte and keeps reading the old one.

use std::time::Duration;

use chrono::DateTime;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::base::{ConceptId, ContentHash, DeckId, ItemId, StudyDay};
use crate::exam::{Anchor, ClockReading, Ending, SinceBoot, SittingKind};
use crate::review::{Grade, MockOutcome};
use crate::store::answer_row::{ChoiceMarkRow, ChoiceResponseRow, MarkRow, ResponseRow};
use crate::store::conditions::ConditionsRow;
use crate::store::imported;
use crate::store::pinned_record::{ProgrammeRow, ReferenceRow, StartRow, StepsRow, TypeRows, type_rows};
use crate::store::results::ResultRow;
use crate::store::{
    DeckSettingName, Event, Examined, Foresight, Millionths, Review, Seq, SettingName, SittingId, SittingStart,
};

/// An event ready for the log.
#[derive(Debug)]
pub(in crate::store) struct Record {
    pub(in crate::store) kind: u8,
    pub(in crate::store) item: Option<(DeckId, ItemId)>,
    pub(in crate::store) body: Vec<u8>,
}

const SETTING_CHANGED: u8 = 1;
const REFERENCE_FROZEN: u8 = 2;
const SITTING_STARTED: u8 = 3;
const ITEM_SHOWN: u8 = 4;
const ITEM_MARKED: u8 = 5;
const SITTING_RESUMED: u8 = 6;
const SITTING_ENDED: u8 = 7;
pub(in crate::store) const EXAMINED: u8 = 8;
pub(in crate::store) const REVIEWED: u8 = 9;
const UNDONE: u8 = 10;
const RESERVE_OPENED: u8 = 11;
const SENT_TO_DRILL: u8 = 12;
pub(in crate::store) const DOUBTED: u8 = 13;
pub(in crate::store) const DOUBT_WITHDRAWN: u8 = 14;
const ITEM_NOTED: u8 = 15;
const ITEM_CHECKED: u8 = 16;
const SITTING_BECAME_PRACTICE: u8 = 17;
const REDONE: u8 = 18;
const SUSPENDED: u8 = 19;
const UNSUSPENDED: u8 = 20;
const BURIED: u8 = 21;
const CARD_NOTED: u8 = 22;
const CRAMMED: u8 = 24;
pub(in crate::store) const REVIEW_IMPORTED: u8 = 28;
pub(in crate::store) const CARD_IMPORTED: u8 = 29;
const RESULT_RECORDED: u8 = 30;
const RESULT_REMOVED: u8 = 31;

/// The version of kinds whose fields never changed.
const VERSION: u8 = 1;
/// The version of references and starts: their first version, and what came with other programmes.
const WITH_PROGRAMME: u8 = 2;
/// The version of starts with the conditions of their sittings behind that.
const WITH_CONDITIONS: u8 = 3;
/// The version of starts with items that are neither multiple choice nor multiple response.
const WITH_TYPES: u8 = 4;
/// The version of marks and reviews that know answers other than choices.
const WITH_ANSWERS: u8 = 2;
/// The version of reviews that know what was expected.
const WITH_FORESIGHT: u8 = 3;

/// The item that an event is about, where its kind has one in the log.
fn subject(event: &Event) -> Option<(DeckId, ItemId)> {
    let (deck, item) = match event {
        Event::Examined(examined) => (&examined.deck, &examined.item),
        Event::Reviewed(review) => (&review.deck, &review.item),
        Event::ReviewImported(review) => (&review.deck, &review.item),
        Event::CardImported(card) => (&card.deck, &card.item),
        Event::SentToDrill { deck, item, .. }
        | Event::Suspended { deck, item, .. }
        | Event::Unsuspended { deck, item, .. }
        | Event::Buried { deck, item, .. }
        | Event::CardNoted { deck, item, .. }
        | Event::Crammed { deck, item, .. }
        | Event::Doubted { deck, item, .. }
        | Event::DoubtWithdrawn { deck, item } => (deck, item),
        _ => return None,
    };
    Some((deck.clone(), item.clone()))
}

/// Packs an event.
pub(in crate::store) fn encode(event: &Event) -> Record {
    let (kind, body) = match event {
        Event::SettingChanged { name, value } => (SETTING_CHANGED, pack(&(name.as_str(), value))),
        Event::DeckSettingChanged { deck, name, value } => (SETTING_CHANGED, pack(&(name.row(deck), value))),
        Event::ReferenceFrozen { deck, revision, reference } => {
            let row = (deck.as_str(), revision.as_bytes(), ReferenceRow::from(reference.parts()));
            (REFERENCE_FROZEN, pack_as(WITH_PROGRAMME, &(row, StepsRow::from(reference.parts()))))
        }
        Event::SittingStarted(start) => (SITTING_STARTED, pack_start(start)),
        Event::ItemShown { sitting, position, elapsed } => {
            (ITEM_SHOWN, pack(&(sitting.start, position, millis(*elapsed))))
        }
        Event::ItemMarked { sitting, position, mark, elapsed } => {
            let row = (sitting.start, position, MarkRow::from(mark), millis(*elapsed));
            (ITEM_MARKED, pack_as(WITH_ANSWERS, &row))
        }
        Event::ItemNoted { sitting, position, note, elapsed } => {
            (ITEM_NOTED, pack(&(sitting.start, position, note, millis(*elapsed))))
        }
        Event::ItemChecked { sitting, position, elapsed } => {
            (ITEM_CHECKED, pack(&(sitting.start, position, millis(*elapsed))))
        }
        Event::SittingBecamePractice { sitting } => (SITTING_BECAME_PRACTICE, pack(&sitting.start)),
        Event::SittingResumed { sitting, anchor } => {
            (SITTING_RESUMED, pack(&(sitting.start, AnchorRow::from(*anchor))))
        }
        Event::SittingEnded { sitting, ending, elapsed } => {
            (SITTING_ENDED, pack(&(sitting.start, ending_number(*ending), millis(*elapsed))))
        }
        Event::Examined(examined) => (EXAMINED, pack(&ExaminedRow::from(examined))),
        Event::Reviewed(review) => {
            let row = (ReviewRow::from(review.as_ref()), ForesightRow::from(review.foresight));
            (REVIEWED, pack_as(WITH_FORESIGHT, &row))
        }
        Event::Undone { event } => (UNDONE, pack(&event.0)),
        Event::Redone { event } => (REDONE, pack(&event.0)),
        Event::ReserveOpened { deck } => (RESERVE_OPENED, pack(&deck.as_str())),
        Event::SentToDrill { item, concept, .. } => (SENT_TO_DRILL, pack(&shortened(concept, item))),
        Event::Suspended { item, concept, .. } => (SUSPENDED, pack(&shortened(concept, item))),
        Event::Unsuspended { item, concept, .. } => (UNSUSPENDED, pack(&shortened(concept, item))),
        Event::Buried { item, concept, .. } => (BURIED, pack(&shortened(concept, item))),
        Event::CardNoted { note, .. } => (CARD_NOTED, pack(&note)),
        Event::Crammed { is_right, .. } => (CRAMMED, pack(is_right)),
        Event::Doubted { reason, .. } => (DOUBTED, pack(&reason)),
        Event::DoubtWithdrawn { .. } => (DOUBT_WITHDRAWN, pack(&())),
        Event::ReviewImported(review) => (REVIEW_IMPORTED, pack(&imported::review_row(review))),
        Event::CardImported(card) => (CARD_IMPORTED, pack(&imported::card_row(card))),
        Event::ResultRecorded { deck, result } => (RESULT_RECORDED, pack(&(deck.as_str(), ResultRow::from(&**result)))),
        Event::ResultRemoved { deck, taken_on } => (RESULT_REMOVED, pack(&(deck.as_str(), taken_on.number()))),
    };
    Record { kind, item: subject(event), body }
}

/// Unpacks an event of `device`; on failure says what is wrong with it.
pub(in crate::store) fn decode(record: &Record, device: i64) -> Result<Event, String> {
    let (version, body) = version_of(record)?;
    let subject = || record.item.clone().ok_or_else(|| "it names no item".to_owned());
    Ok(match record.kind {
        SETTING_CHANGED => {
            let (name, value): (String, String) = unpack(body)?;
            match (SettingName::from_text(&name), DeckSettingName::from_row(&name)) {
                (Some(name), _) => Event::SettingChanged { name, value },
                (None, Some((name, deck))) => Event::DeckSettingChanged { deck, name, value },
                (None, None) => return Err(format!("unknown setting {name:?}")),
            }
        }
        REFERENCE_FROZEN => {
            type Row = (String, [u8; 16], ReferenceRow);
            let ((deck, revision, reference), steps): (Row, StepsRow) = unpack_with(version, body)?;
            Event::ReferenceFrozen {
                deck: DeckId::new(&deck).map_err(words)?,
                revision: ContentHash::from_bytes(revision),
                reference: reference.into_reference(steps)?,
            }
        }
        SITTING_STARTED => Event::SittingStarted(Box::new(unpack_start(version, body)?)),
        ITEM_SHOWN
        | ITEM_MARKED
        | ITEM_NOTED
        | ITEM_CHECKED
        | SITTING_BECAME_PRACTICE
        | SITTING_RESUMED
        | SITTING_ENDED => decode_in_sitting(record.kind, version, body, device)?,
        EXAMINED => Event::Examined(unpack::<ExaminedRow>(body)?.into_examined(device, subject()?)?),
        REVIEWED => {
            let (row, foresight) = unpack_review(version, body)?;
            Event::Reviewed(Box::new(row.into_review(subject()?, foresight)?))
        }
        UNDONE => Event::Undone { event: Seq(unpack(body)?) },
        REDONE => Event::Redone { event: Seq(unpack(body)?) },
        RESERVE_OPENED => Event::ReserveOpened { deck: DeckId::new(&unpack::<String>(body)?).map_err(words)? },
        SENT_TO_DRILL | SUSPENDED | UNSUSPENDED | BURIED | CARD_NOTED | CRAMMED | DOUBTED | DOUBT_WITHDRAWN => {
            decode_on_item(record.kind, body, subject()?)?
        }
        REVIEW_IMPORTED | CARD_IMPORTED => imported::decode(record.kind, body, subject()?)?,
        RESULT_RECORDED => {
            let (deck, row): (String, ResultRow) = unpack(body)?;
            Event::ResultRecorded { deck: DeckId::new(&deck).map_err(words)?, result: Box::new(row.into_result()?) }
        }
        RESULT_REMOVED => {
            let (deck, day): (String, i32) = unpack(body)?;
            Event::ResultRemoved { deck: DeckId::new(&deck).map_err(words)?, taken_on: StudyDay::from_number(day) }
        }
        kind => return Err(format!("unknown kind {kind}")),
    })
}

/// Unpacks what a learner did to an item outside any sitting, beside answering it.
fn decode_on_item(kind: u8, body: &[u8], (deck, item): (DeckId, ItemId)) -> Result<Event, String> {
    Ok(match kind {
        CARD_NOTED => Event::CardNoted { deck, item, note: unpack(body)? },
        CRAMMED => Event::Crammed { deck, item, is_right: unpack(body)? },
        DOUBTED => Event::Doubted { deck, item, reason: unpack(body)? },
        DOUBT_WITHDRAWN => {
            unpack::<()>(body)?;
            Event::DoubtWithdrawn { deck, item }
        }
        kind => {
            let concept = lengthened(&unpack::<String>(body)?, &item)?;
            match kind {
                SENT_TO_DRILL => Event::SentToDrill { deck, item, concept },
                SUSPENDED => Event::Suspended { deck, item, concept },
                UNSUSPENDED => Event::Unsuspended { deck, item, concept },
                BURIED => Event::Buried { deck, item, concept },
                kind => return Err(format!("unknown kind {kind}")),
            }
        }
    })
}

/// Unpacks what happened in a sitting.
fn decode_in_sitting(kind: u8, version: u8, body: &[u8], device: i64) -> Result<Event, String> {
    let sitting = |start: i64| SittingId { device, start };
    Ok(match kind {
        ITEM_SHOWN => {
            let (start, position, elapsed_ms) = unpack(body)?;
            Event::ItemShown { sitting: sitting(start), position, elapsed: Duration::from_millis(elapsed_ms) }
        }
        ITEM_MARKED => {
            let (start, position, mark, elapsed_ms) = unpack_mark(version, body)?;
            let elapsed = Duration::from_millis(elapsed_ms);
            Event::ItemMarked { sitting: sitting(start), position, mark: mark.into_mark()?, elapsed }
        }
        ITEM_NOTED => {
            let (start, position, note, elapsed_ms) = unpack(body)?;
            Event::ItemNoted { sitting: sitting(start), position, note, elapsed: Duration::from_millis(elapsed_ms) }
        }
        ITEM_CHECKED => {
            let (start, position, elapsed_ms) = unpack(body)?;
            Event::ItemChecked { sitting: sitting(start), position, elapsed: Duration::from_millis(elapsed_ms) }
        }
        SITTING_BECAME_PRACTICE => Event::SittingBecamePractice { sitting: sitting(unpack(body)?) },
        SITTING_RESUMED => {
            let (start, anchor): (i64, AnchorRow) = unpack(body)?;
            Event::SittingResumed { sitting: sitting(start), anchor: anchor.into_anchor()? }
        }
        SITTING_ENDED => {
            let (start, ending, elapsed_ms) = unpack(body)?;
            let ending = ending_from_number(ending).ok_or_else(|| format!("unknown ending {ending}"))?;
            Event::SittingEnded { sitting: sitting(start), ending, elapsed: Duration::from_millis(elapsed_ms) }
        }
        kind => return Err(format!("unknown kind {kind}")),
    })
}

/// Tells whether events of a kind take another event back, or bring it back. They are the only ones that name places in the
/// log, which differ from store to store.
pub(in crate::store) fn is_turning(kind: u8) -> bool {
    matches!(kind, UNDONE | REDONE)
}

/// Returns what a record takes back or brings back; `None` for other kinds.
pub(in crate::store) fn turned(record: &Record) -> Option<Seq> {
    let (_, body) = version_of(record).ok().filter(|_| is_turning(record.kind))?;
    unpack(body).ok().map(Seq)
}

/// Returns the body of a record that takes back or brings back the event at a place.
pub(in crate::store) fn turning_body(event: Seq) -> Vec<u8> {
    pack(&event.0)
}

fn pack(row: &impl Serialize) -> Vec<u8> {
    pack_as(VERSION, row)
}

fn pack_as(version: u8, row: &impl Serialize) -> Vec<u8> {
    pack_behind(vec![version], row)
}

#[expect(clippy::expect_used, reason = "packing plain rows into memory has no way to fail")]
pub(in crate::store) fn pack_behind(bytes: Vec<u8>, row: &impl Serialize) -> Vec<u8> {
    postcard::to_extend(row, bytes).expect("rows hold only numbers, texts and lists of them")
}

pub(in crate::store) fn unpack<T: DeserializeOwned>(body: &[u8]) -> Result<T, String> {
    match postcard::take_from_bytes(body) {
        Ok((row, [])) => Ok(row),
        Ok((_, rest)) => Err(format!("{} bytes are left over", rest.len())),
        Err(error) => Err(words(error)),
    }
}

/// The name of a concept beside its item's: empty where it is the item's own.
pub(in crate::store) fn shortened<'c>(concept: &'c ConceptId, item: &ItemId) -> &'c str {
    if concept.as_str() == item.as_str() { "" } else { concept.as_str() }
}

/// The concept that [`shortened`] wrote.
pub(in crate::store) fn lengthened(concept: &str, item: &ItemId) -> Result<ConceptId, String> {
    ConceptId::new(if concept.is_empty() { item.as_str() } else { concept }).map_err(words)
}

/// Takes the version off a record's body; refuses one that its kind does not have.
fn version_of(record: &Record) -> Result<(u8, &[u8]), String> {
    match (record.kind, record.body.split_first()) {
        (_, Some((&VERSION, body))) => Ok((VERSION, body)),
        (REFERENCE_FROZEN | SITTING_STARTED, Some((&WITH_PROGRAMME, body))) => Ok((WITH_PROGRAMME, body)),
        (SITTING_STARTED, Some((&WITH_CONDITIONS, body))) => Ok((WITH_CONDITIONS, body)),
        (SITTING_STARTED, Some((&WITH_TYPES, body))) => Ok((WITH_TYPES, body)),
        (ITEM_MARKED | REVIEWED, Some((&WITH_ANSWERS, body))) => Ok((WITH_ANSWERS, body)),
        (REVIEWED, Some((&WITH_FORESIGHT, body))) => Ok((WITH_FORESIGHT, body)),
        _ => Err("it has a version that this program does not know".to_owned()),
    }
}

/// Unpacks a row and the one that the second version has behind it; the first version has its usual values.
fn unpack_with<T: DeserializeOwned, U: DeserializeOwned + Default>(version: u8, body: &[u8]) -> Result<(T, U), String> {
    if version == WITH_PROGRAMME { unpack(body) } else { Ok((unpack(body)?, U::default())) }
}

/// Packs a start; one without items of other types is written as it was before there were any.
fn pack_start(start: &SittingStart) -> Vec<u8> {
    let row = ((StartRow::from(start), ProgrammeRow::from(start)), ConditionsRow::from(start));
    let types = type_rows(start);
    if types.is_empty() { pack_as(WITH_CONDITIONS, &row) } else { pack_as(WITH_TYPES, &(row, types)) }
}

fn unpack_start(version: u8, body: &[u8]) -> Result<SittingStart, String> {
    type Row = ((StartRow, ProgrammeRow), ConditionsRow);
    let (((row, programme), conditions), types): (Row, TypeRows) = match version {
        WITH_TYPES => unpack(body)?,
        WITH_CONDITIONS => (unpack(body)?, TypeRows::new()),
        _ => ((unpack_with(version, body)?, ConditionsRow::default()), TypeRows::new()),
    };
    row.into_start(programme, conditions, &types)
}

/// Start of the sitting, position, mark, milliseconds.
fn unpack_mark(version: u8, body: &[u8]) -> Result<(i64, usize, MarkRow, u64), String> {
    if version != VERSION {
        return unpack(body);
    }
    let (start, position, mark, elapsed_ms): (_, _, ChoiceMarkRow, _) = unpack(body)?;
    Ok((start, position, mark.into(), elapsed_ms))
}

fn unpack_review(version: u8, body: &[u8]) -> Result<(ReviewRow, ForesightRow), String> {
    match version {
        VERSION => Ok((unpack::<ReviewRow<ChoiceResponseRow>>(body)?.into(), ForesightRow::None)),
        WITH_ANSWERS => Ok((unpack(body)?, ForesightRow::None)),
        _ => unpack(body),
    }
}

pub(in crate::store) fn words(error: impl std::fmt::Display) -> String {
    error.to_string()
}

pub(in crate::store) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

#[derive(Serialize, Deserialize)]
pub(in crate::store) struct AnchorRow {
    elapsed_ms: u64,
    wall_ms: i64,
    since_boot: Option<([u8; 16], u64)>,
}

impl From<Anchor> for AnchorRow {
    fn from(anchor: Anchor) -> AnchorRow {
        AnchorRow {
            elapsed_ms: millis(anchor.elapsed),
            wall_ms: anchor.reading.wall.timestamp_millis(),
            since_boot: anchor.reading.since_boot.map(|since| (since.boot_id.to_le_bytes(), millis(since.passed))),
        }
    }
}

impl AnchorRow {
    pub(in crate::store) fn into_anchor(self) -> Result<Anchor, String> {
        let wall = DateTime::from_timestamp_millis(self.wall_ms).ok_or("its time lies outside the calendar")?;
        let since_boot = self.since_boot.map(|(boot_id, passed_ms)| SinceBoot {
            boot_id: u128::from_le_bytes(boot_id),
            passed: Duration::from_millis(passed_ms),
        });
        Ok(Anchor { elapsed: Duration::from_millis(self.elapsed_ms), reading: ClockReading { wall, since_boot } })
    }
}

#[derive(Serialize, Deserialize)]
struct ExaminedRow {
    sitting: i64,
    concept: String,
    is_right: bool,
    outcome: Option<u8>,
}

const OUTCOMES: [MockOutcome; 4] =
    [MockOutcome::WrongAndSure, MockOutcome::Wrong, MockOutcome::Shaky, MockOutcome::Sure];

impl From<&Examined> for ExaminedRow {
    fn from(examined: &Examined) -> ExaminedRow {
        ExaminedRow {
            sitting: examined.sitting.start,
            concept: examined.concept.as_str().to_owned(),
            is_right: examined.is_right,
            outcome: examined.outcome.map(|outcome| match outcome {
                MockOutcome::WrongAndSure => 0,
                MockOutcome::Wrong => 1,
                MockOutcome::Shaky => 2,
                MockOutcome::Sure => 3,
            }),
        }
    }
}

impl ExaminedRow {
    fn into_examined(self, device: i64, (deck, item): (DeckId, ItemId)) -> Result<Examined, String> {
        let outcome = |number: u8| OUTCOMES.get(usize::from(number)).copied().ok_or("unknown outcome");
        Ok(Examined {
            sitting: SittingId { device, start: self.sitting },
            deck,
            item,
            concept: ConceptId::new(&self.concept).map_err(words)?,
            is_right: self.is_right,
            outcome: self.outcome.map(outcome).transpose()?,
        })
    }
}

#[derive(Serialize, Deserialize)]
struct ReviewRow<R = ResponseRow> {
    /// Empty where the concept is the item's own.
    concept: String,
    content: [u8; 16],
    response: R,
    answer_ms: u64,
    grade: u8,
}

impl From<ReviewRow<ChoiceResponseRow>> for ReviewRow {
    fn from(row: ReviewRow<ChoiceResponseRow>) -> ReviewRow {
        let ReviewRow { concept, content, response, answer_ms, grade } = row;
        ReviewRow { concept, content, response: response.into(), answer_ms, grade }
    }
}

impl From<&Review> for ReviewRow {
    fn from(review: &Review) -> ReviewRow {
        ReviewRow {
            concept: shortened(&review.concept, &review.item).to_owned(),
            content: *review.content.as_bytes(),
            response: ResponseRow::from(&review.response),
            answer_ms: review.answer_ms,
            grade: review.grade.number(),
        }
    }
}

impl ReviewRow {
    fn into_review(self, (deck, item): (DeckId, ItemId), foresight: ForesightRow) -> Result<Review, String> {
        let concept = lengthened(&self.concept, &item)?;
        Ok(Review {
            deck,
            item,
            concept,
            content: ContentHash::from_bytes(self.content),
            response: self.response.into_response()?,
            answer_ms: self.answer_ms,
            grade: Grade::from_number(self.grade).ok_or("unknown grade")?,
            foresight: foresight.into(),
        })
    }
}

/// What was expected: nothing · a first meeting · recall, chance and the probability of a right answer in millionths.
#[derive(Serialize, Deserialize)]
enum ForesightRow {
    None,
    First,
    Recall(u32, u32, u32),
}

impl From<Foresight> for ForesightRow {
    fn from(foresight: Foresight) -> ForesightRow {
        match foresight {
            Foresight::None => ForesightRow::None,
            Foresight::First => ForesightRow::First,
            Foresight::Recall { recall, chance, p_right } => {
                ForesightRow::Recall(recall.count(), chance.count(), p_right.count())
            }
        }
    }
}

impl From<ForesightRow> for Foresight {
    fn from(row: ForesightRow) -> Foresight {
        match row {
            ForesightRow::None => Foresight::None,
            ForesightRow::First => Foresight::First,
            ForesightRow::Recall(recall, chance, p_right) => {
                let [recall, chance, p_right] = [recall, chance, p_right].map(Millionths::from_count);
                Foresight::Recall { recall, chance, p_right }
            }
        }
    }
}

/// The numbers of endings in the store.
pub(in crate::store) fn ending_number(ending: Ending) -> u8 {
    match ending {
        Ending::Submitted => 0,
        Ending::TimeUp => 1,
        Ending::Unattended => 2,
        Ending::Abandoned => 3,
    }
}

pub(in crate::store) fn ending_from_number(number: u8) -> Option<Ending> {
    [Ending::Submitted, Ending::TimeUp, Ending::Unattended, Ending::Abandoned].get(usize::from(number)).copied()
}

/// The numbers of kinds of sittings in the store.
pub(in crate::store) fn sitting_kind_number(kind: SittingKind) -> u8 {
    match kind {
        SittingKind::Mock => 0,
        SittingKind::Partial => 1,
        SittingKind::Taste => 2,
        SittingKind::Practice => 3,
    }
}

pub(in crate::store) fn sitting_kind_from_number(number: u8) -> Option<SittingKind> {
    [SittingKind::Mock, SittingKind::Partial, SittingKind::Taste, SittingKind::Practice]
        .get(usize::from(number))
        .copied()
}
