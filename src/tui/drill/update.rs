//! What happens in the drill: messages in, effects out; nothing here touches the world.

use ratatui::layout::Size;

use crate::app::{DrillProgress, Feedback};
use crate::base::SafeText;
use crate::deck::{ChoiceSet, ItemBody};
use crate::exam::{Confidence, Mark};
use crate::review::Rating;
use crate::tui::drill::desk::DrillExit;
use crate::tui::drill::keymap::{Msg, rating_word};
use crate::tui::drill::model::{Drill, Hand, Overlay, Page, RATINGS, Stage};
use crate::tui::drill::view::help_rows;
use crate::tui::keys::name_of;
use crate::tui::scroll::Step;

/// Something that the world has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Record the answer, and say how it was graded.
    Answer(ChoiceSet, Confidence),
    /// Record the rating, and say how it was graded.
    Recall(Rating),
    /// Put the next card on the table, and deal it.
    Advance,
    /// Take the last answer back, and deal its card.
    Undo,
    /// Do upkeep.
    Rest,
    /// Close the drill.
    Exit(DrillExit),
}

/// Takes one message.
pub(crate) fn update(drill: &mut Drill, msg: Msg) -> Vec<Effect> {
    let is_key = !matches!(msg, Msg::Resize(_) | Msg::Pause | Msg::Dealt(..) | Msg::Graded(..) | Msg::Undone(_));
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
        Msg::Undone(true) => remark(drill, "The last answer is taken back."),
        Msg::Undone(false) => remark(drill, "There is no answer to take back."),
        Msg::Failed(cause) => remark(drill, &format!("× Not saved: {cause}")),
        Msg::Choose(place) => choose(drill, place),
        Msg::Strike(place) => {
            if let Page::Question(page) = &drill.page {
                drill.mark = page.struck(drill.mark, place).unwrap_or(drill.mark);
            }
            Vec::new()
        }
        Msg::Highlight(step) => highlight(drill, step),
        Msg::ChooseHighlighted => match drill.highlighted {
            Some(place) => choose(drill, place),
            None => remark(drill, "Move to a choice with ↑ ↓ first, or press its letter."),
        },
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
        Msg::Undo => vec![Effect::Undo],
        Msg::Scroll(step) => scroll(drill, step),
        Msg::ToggleHelp => {
            drill.overlay = match drill.overlay {
                Overlay::None => Overlay::Help { top: 0 },
                Overlay::Help { .. } => Overlay::None,
            };
            Vec::new()
        }
        Msg::Leave => vec![Effect::Exit(DrillExit::Left)],
        Msg::Unbound(key) => remark(drill, &format!("{} does nothing here.", name_of(key))),
    }
}

fn resize(drill: &mut Drill, size: Size) -> Vec<Effect> {
    drill.size = size;
    drill.turn_page();
    Vec::new()
}

fn dealt(drill: &mut Drill, hand: Option<Box<Hand>>, progress: DrillProgress) -> Vec<Effect> {
    drill.progress = progress;
    if hand.is_none() {
        return vec![Effect::Exit(DrillExit::Finished)];
    }
    drill.hand = hand.map(|hand| *hand);
    drill.stage = Stage::Asked;
    drill.mark = Mark::default();
    drill.highlighted = None;
    drill.turn_page();
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
    if let Page::Question(page) = &drill.page {
        drill.mark = page.picked(drill.mark, place).unwrap_or(drill.mark);
        drill.highlighted = drill.highlighted.and(Some(place));
        drill.top = page.top_showing(place, drill.top);
    }
    Vec::new()
}

fn highlight(drill: &mut Drill, step: Step) -> Vec<Effect> {
    if let Page::Question(page) = &drill.page {
        drill.highlighted = page.highlighted_after(drill.highlighted, step);
        drill.top = drill.highlighted.map_or(drill.top, |place| page.top_showing(place, drill.top));
    }
    Vec::new()
}

/// Gives the answer; one that is not complete has to be meant.
fn submit(drill: &mut Drill) -> Vec<Effect> {
    let Some(Hand { card, .. }) = &drill.hand else { return Vec::new() };
    let ItemBody::Question(question) = &card.body else { return Vec::new() };
    let n_wanted = question.key().len();
    let n_chosen = drill.mark.chosen.len();
    if n_chosen == n_wanted || drill.insists {
        return vec![Effect::Answer(drill.mark.chosen, drill.mark.confidence)];
    }
    drill.insists = true;
    let text = match n_chosen {
        0 => "Nothing is chosen. Enter again shows the answer and counts as wrong.".to_owned(),
        _ => format!("{n_chosen} of {n_wanted} are chosen. Enter again answers so and counts as wrong."),
    };
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
