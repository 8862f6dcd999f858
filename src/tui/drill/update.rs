//! What happens in the drill: messages in, effects out; nothing here touches the world.

use ratatui::layout::Size;

use crate::app::{DrillCard, DrillProgress, Feedback};
use crate::base::SafeText;
use crate::deck::{Answer, Ask, ItemBody};
use crate::exam::{Confidence, MAX_NOTE_CHARS, Mark};
use crate::review::Rating;
use crate::tui::answer_field::FieldMsg;
use crate::tui::drill::desk::DrillExit;
use crate::tui::drill::keymap::{Care, Msg, rating_word};
use crate::tui::drill::model::{Drill, Hand, Overlay, Page, RATINGS, Stage};
use crate::tui::drill::view::help_rows;
use crate::tui::keys::name_of;
use crate::tui::question_page::{PageKind, QuestionPage};
use crate::tui::scroll::Step;
use crate::tui::text_field::TextField;

/// Something that the world has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Record the answer, and say how it was graded.
    Answer(Answer, Confidence),
    /// Record the rating, and say how it was graded.
    Recall(Rating),
    /// Put the next card on the table, and deal it.
    Advance,
    /// Care for the cards, and show what came of it.
    Care(Care),
    /// Keep this note on the card.
    Note(String),
    /// Do upkeep.
    Rest,
    /// Close the drill.
    Exit(DrillExit),
}

/// Takes one message.
pub(crate) fn update(drill: &mut Drill, msg: Msg) -> Vec<Effect> {
    let is_key = !matches!(
        msg,
        Msg::Resize(_) | Msg::Pause | Msg::Dealt(..) | Msg::Graded(..) | Msg::Refreshed(..) | Msg::Said(_)
    );
    if is_key {
        drill.remark = None;
    }
    if !matches!(msg, Msg::Submit | Msg::Pause | Msg::Resize(_)) {
        drill.insists = false;
    }
    match msg {
        Msg::Resize(size) => resize(drill, size),
        Msg::Pause => std::mem::take(&mut drill.wants_rest).then_some(Effect::Rest).into_iter().collect(),
        Msg::Dealt(hand, progress) => dealt(drill, hand, progress),
        Msg::Graded(feedback, progress) => graded(drill, feedback, progress),
        Msg::Refreshed(card, progress) => refreshed(drill, *card, progress),
        Msg::Said(words) => remark(drill, &words),
        Msg::Failed(cause) => remark(drill, &format!("× Not saved: {cause}")),
        Msg::Choose(place) => choose(drill, place),
        Msg::Strike(place) => {
            let struck = drill.on_page(|page, marks| page.struck(marks.mark, place)).flatten();
            drill.mark = struck.unwrap_or_else(|| drill.mark.clone());
            Vec::new()
        }
        Msg::Highlight(step) => highlight(drill, step),
        Msg::ChooseHighlighted => match drill.on_page(QuestionPage::picked_here).flatten() {
            Some((mark, highlighted)) => put(drill, mark, highlighted, None),
            None => remark(drill, "Move to a choice with ↑ ↓ first, or press its letter."),
        },
        Msg::Empty => match drill.on_page(QuestionPage::emptied).flatten() {
            Some((mark, highlighted)) => put(drill, mark, highlighted, None),
            None => remark(drill, "There is nothing here to take away."),
        },
        Msg::GoToSlot(slot) => match drill.on_page(|page, _| page.slot_of(slot)).flatten() {
            Some(slot) => put(drill, drill.mark.clone(), Some(slot), None),
            None => remark(drill, "There is no place with this number."),
        },
        Msg::Field(msg) => on_field(drill, &msg),
        Msg::Confidence => {
            drill.mark.confidence = drill.mark.confidence.next();
            Vec::new()
        }
        Msg::Submit => submit(drill),
        Msg::Turn => {
            drill.stage = Stage::Turned;
            drill.turn_page();
            Vec::new()
        }
        Msg::Rate(place) => RATINGS.get(place).copied().map(Effect::Recall).into_iter().collect(),
        Msg::Forward => vec![Effect::Advance],
        Msg::Care(care) => vec![Effect::Care(care)],
        Msg::Note(msg) => on_note(drill, &msg),
        Msg::Scroll(step) => scroll(drill, step),
        Msg::ToggleHelp => toggle_help(drill),
        Msg::Leave => vec![Effect::Exit(DrillExit::Left)],
        Msg::Unbound(key) => remark(drill, &format!("{} does nothing here.", name_of(key))),
    }
}

fn toggle_help(drill: &mut Drill) -> Vec<Effect> {
    drill.overlay = match drill.overlay {
        Overlay::None => Overlay::Help { top: 0 },
        Overlay::Help { .. } => Overlay::None,
    };
    Vec::new()
}

fn resize(drill: &mut Drill, size: Size) -> Vec<Effect> {
    drill.size = size;
    drill.turn_page();
    Vec::new()
}

fn dealt(drill: &mut Drill, hand: Option<Box<Hand>>, progress: DrillProgress) -> Vec<Effect> {
    drill.progress = progress;
    drill.wants_rest |= progress.has_more;
    if hand.is_none() {
        return vec![Effect::Exit(DrillExit::Finished)];
    }
    drill.hand = hand.map(|hand| *hand);
    drill.stage = Stage::Asked;
    drill.mark = Mark::default();
    drill.highlighted = None;
    drill.field = None;
    drill.note = None;
    drill.turn_page();
    Vec::new()
}

/// Takes what is new of the card on the table, and leaves it as far as it is.
fn refreshed(drill: &mut Drill, card: DrillCard, progress: DrillProgress) -> Vec<Effect> {
    drill.progress = progress;
    if let Some(hand) = &mut drill.hand {
        hand.card = card;
    }
    drill.refresh_page();
    Vec::new()
}

/// A question stays with its feedback; a flashcard makes room for the next card at once.
fn graded(drill: &mut Drill, feedback: Feedback, progress: DrillProgress) -> Vec<Effect> {
    drill.progress = progress;
    let is_flashcard = drill.stage == Stage::Turned;
    drill.stage = Stage::Answered(feedback);
    drill.wants_rest = true;
    if is_flashcard {
        let rating = RATINGS.into_iter().find(|rating| rating.grade() == feedback.grade);
        let word = rating.map_or("Recorded", rating_word);
        drill.remark = Some(format!("{word}: {}.", feedback.comes_back()));
        return vec![Effect::Advance];
    }
    drill.turn_page();
    Vec::new()
}

fn choose(drill: &mut Drill, place: usize) -> Vec<Effect> {
    // Choices scroll to what was picked, slots to what comes next.
    let is_slot = drill.on_page(|page, _| page.kind()) != Some(PageKind::Choices);
    match drill.on_page(|page, marks| page.picked(marks, place)).flatten() {
        Some((mark, highlighted)) => put(drill, mark, highlighted, (!is_slot).then_some(place)),
        None => Vec::new(),
    }
}

/// Puts a mark on the question and shows what is highlighted then, or else `place`.
fn put(drill: &mut Drill, mark: Mark, highlighted: Option<usize>, place: Option<usize>) -> Vec<Effect> {
    drill.mark = mark;
    drill.highlighted = highlighted;
    if let (Some(shown), Page::Question(page)) = (highlighted.or(place), &drill.page) {
        drill.top = page.top_showing(shown, drill.top);
    }
    Vec::new()
}

fn highlight(drill: &mut Drill, step: Step) -> Vec<Effect> {
    let highlighted = drill.on_page(|page, marks| page.highlighted_after(marks, step)).flatten();
    put(drill, drill.mark.clone(), highlighted, None)
}

fn on_field(drill: &mut Drill, msg: &FieldMsg) -> Vec<Effect> {
    match (msg, drill.field.take()) {
        (FieldMsg::Open, _) if drill.on_page(|page, _| page.kind()) == Some(PageKind::Typed) => {
            drill.field = Some(TextField::new(drill.mark.answer.text(), Answer::MAX_CHARS));
            drill.top = drill.last_top();
        }
        (FieldMsg::Edit(edit), Some(field)) => drill.field = Some(field.edited(edit)),
        (FieldMsg::Keep, Some(field)) => drill.mark.answer = Answer::typed(field.text()),
        (FieldMsg::Open | FieldMsg::Edit(_) | FieldMsg::Keep | FieldMsg::TakeBack, _) => {}
    }
    Vec::new()
}

fn on_note(drill: &mut Drill, msg: &FieldMsg) -> Vec<Effect> {
    let Some(Hand { card, .. }) = &drill.hand else { return Vec::new() };
    match (msg, drill.note.take()) {
        (FieldMsg::Open, _) => drill.note = Some(TextField::new(&card.care.note, MAX_NOTE_CHARS)),
        (FieldMsg::Edit(edit), Some(field)) => drill.note = Some(field.edited(edit)),
        (FieldMsg::Keep, Some(field)) if field.text() == card.care.note => {
            return remark(drill, "The note is as it was.");
        }
        (FieldMsg::Keep, Some(field)) => return vec![Effect::Note(field.text().to_owned())],
        (FieldMsg::Edit(_) | FieldMsg::Keep | FieldMsg::TakeBack, _) => {}
    }
    Vec::new()
}

/// Gives the answer; one that is not complete has to be meant.
fn submit(drill: &mut Drill) -> Vec<Effect> {
    let Some(Hand { card, .. }) = &drill.hand else { return Vec::new() };
    let ItemBody::Question(question) = &card.body else { return Vec::new() };
    let n_wanted = question.kind().n_wanted();
    let n_parts = drill.mark.answer.n_parts();
    if n_parts == n_wanted || drill.insists {
        return vec![Effect::Answer(drill.mark.answer.clone(), drill.mark.confidence)];
    }
    let (nothing, parts) = match &question.ask {
        Ask::Choices { .. } => ("Nothing is chosen.", "are chosen"),
        Ask::Arrangement(_) => ("Nothing is placed.", "places are filled"),
        Ask::Typed(_) => ("Nothing is typed.", ""),
    };
    let text = match n_parts {
        0 => format!("{nothing} Enter again shows the answer and counts as wrong."),
        _ => format!("{n_parts} of {n_wanted} {parts}. Enter again answers so and counts as wrong."),
    };
    drill.insists = true;
    remark(drill, &text)
}

fn scroll(drill: &mut Drill, step: Step) -> Vec<Effect> {
    match &mut drill.overlay {
        Overlay::None => {
            drill.top = step.from(drill.top, drill.last_top(), usize::from(drill.card_area().height));
        }
        Overlay::Help { top } => {
            let top = *top;
            let height = usize::from(drill.chrome().body.height);
            let last = help_rows(&drill.theme).len().saturating_sub(height);
            drill.overlay = Overlay::Help { top: step.from(top, last, height) };
        }
    }
    Vec::new()
}

fn remark(drill: &mut Drill, text: &str) -> Vec<Effect> {
    drill.remark = Some(SafeText::one_line(text).to_string());
    Vec::new()
}
