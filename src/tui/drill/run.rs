//! Ties the drill to its desk: the only place in it where effects touch the world.

use std::collections::VecDeque;
use std::time::Duration;

use ratatui::Frame;

use crate::app::{NOTHING_TO_REDO, NOTHING_TO_UNDO, OnScreen};
use crate::deck::ItemBody;
use crate::tui::console::Console;
use crate::tui::drill::desk::{DrillDesk, DrillExit};
use crate::tui::drill::keymap::{Care, Msg, read_key, read_mouse, read_paste};
use crate::tui::drill::model::{Drill, Hand, RATINGS};
use crate::tui::drill::update::{Effect, update};
use crate::tui::drill::view::view;
use crate::tui::scene::{Input, Next, Scene};
use crate::tui::theme::Theme;

/// Drills the cards on `desk` until the queue is done or the learner leaves; an empty queue is done at once.
///
/// # Errors
/// The terminal fails before the first frame.
pub fn drill(console: &mut Console, desk: &mut dyn DrillDesk) -> anyhow::Result<DrillExit> {
    if desk.card().is_none() {
        return Ok(DrillExit::Finished);
    }
    let theme = console.theme();
    console.show(&mut DrillScene::new(desk, theme))
}

/// The drill and its desk.
pub(crate) struct DrillScene<'d> {
    drill: Drill,
    desk: &'d mut dyn DrillDesk,
    /// Whether the learner wants to edit the card, which takes the terminal.
    is_to_edit: bool,
    /// Set where the drill ended while nobody could be told.
    exit: Option<DrillExit>,
}

impl<'d> DrillScene<'d> {
    pub(crate) fn new(desk: &'d mut dyn DrillDesk, theme: Theme) -> DrillScene<'d> {
        let mut scene = DrillScene { drill: Drill::new(desk.progress(), theme), desk, is_to_edit: false, exit: None };
        let dealt = scene.dealt();
        update(&mut scene.drill, dealt);
        scene
    }

    fn dealt(&self) -> Msg {
        let hand = self.desk.card().cloned().map(|card| {
            let intervals = match card.body {
                ItemBody::Question(_) => [0; 4],
                ItemBody::Flashcard(_) | ItemBody::Cloze(_) => RATINGS.map(|rating| self.desk.preview(rating)),
            };
            Box::new(Hand { card, intervals, standing: self.desk.standing() })
        });
        Msg::Dealt(hand, self.desk.progress())
    }

    fn changed(&self, on_screen: OnScreen) -> Msg {
        match (on_screen, self.desk.card()) {
            (OnScreen::Stays, Some(card)) => Msg::Refreshed(Box::new(card.clone()), self.desk.progress()),
            (OnScreen::Stays | OnScreen::IsDealt, _) => self.dealt(),
        }
    }

    /// Takes a message and does what follows from it; `Some` when the drill is over.
    fn take(&mut self, msg: Msg) -> Option<DrillExit> {
        let mut effects = VecDeque::from(update(&mut self.drill, msg));
        while let Some(effect) = effects.pop_front() {
            if let Effect::Exit(exit) = effect {
                return Some(exit);
            }
            let outcome = self.run(&effect).unwrap_or_else(|cause| vec![Msg::Failed(format!("{cause:#}"))]);
            for msg in outcome {
                effects.extend(update(&mut self.drill, msg));
            }
        }
        None
    }

    /// Does what an effect asks for and returns what came of it.
    fn run(&mut self, effect: &Effect) -> anyhow::Result<Vec<Msg>> {
        Ok(match effect {
            Effect::Answer(answer, confidence) => {
                let feedback = self.desk.answer(answer.clone(), *confidence)?;
                vec![Msg::Graded(feedback, self.desk.progress()), self.changed(OnScreen::Stays)]
            }
            Effect::Recall(rating) => vec![Msg::Graded(self.desk.recall(*rating)?, self.desk.progress())],
            Effect::Advance => {
                self.desk.advance()?;
                vec![self.dealt()]
            }
            Effect::Care(care) => self.care(*care)?,
            Effect::Note(note) => {
                self.desk.note(note)?;
                let said = if note.is_empty() { "There is no note on this card." } else { "The note is kept." };
                vec![self.changed(OnScreen::Stays), Msg::Said(said.to_owned())]
            }
            Effect::Rest => {
                self.desk.rest();
                Vec::new()
            }
            Effect::Exit(_) => Vec::new(),
        })
    }

    fn care(&mut self, care: Care) -> anyhow::Result<Vec<Msg>> {
        Ok(match care {
            Care::Undo => match self.desk.undo()? {
                Some(change) => vec![self.changed(change.on_screen), Msg::Said(change.said)],
                None => vec![Msg::Said(NOTHING_TO_UNDO.to_owned())],
            },
            Care::Redo => match self.desk.redo()? {
                Some(change) => vec![self.changed(change.on_screen), Msg::Said(change.said)],
                None => vec![Msg::Said(NOTHING_TO_REDO.to_owned())],
            },
            Care::Suspend => {
                self.desk.suspend()?;
                vec![self.dealt(), Msg::Said("The card is suspended. u takes it back.".to_owned())]
            }
            Care::Bury => {
                self.desk.bury()?;
                vec![self.dealt(), Msg::Said("The card is left out until tomorrow. u takes it back.".to_owned())]
            }
            Care::Edit => {
                self.is_to_edit = true;
                Vec::new()
            }
        })
    }
}

/// Time without input after which the learner is taken to be reading.
const REST_AFTER: Duration = Duration::from_millis(300);

impl Scene for DrillScene<'_> {
    type Out = DrillExit;

    fn on(&mut self, input: Input) -> Next<DrillExit> {
        if let Some(exit) = self.exit {
            return Next::Done(exit);
        }
        let msg = match input {
            Input::Tick => {
                let before = self.drill.progress.left_words();
                let rests = self.drill.wants_rest;
                self.take(Msg::Pause);
                if rests {
                    self.drill.progress = self.desk.progress();
                }
                self.drill.progress.time_left = self.desk.time_left();
                return if self.drill.progress.left_words() == before { Next::Same } else { Next::Draw };
            }
            Input::Hangup => return Next::Done(DrillExit::Left),
            Input::Resize(size) => Msg::Resize(size),
            Input::Key(key) => read_key(&self.drill, key),
            Input::Mouse(mouse) => match read_mouse(&self.drill, mouse) {
                Some(msg) => msg,
                None => return Next::Same,
            },
            Input::Paste(text) => match read_paste(&self.drill, text) {
                Some(msg) => msg,
                None => return Next::Same,
            },
        };
        match self.take(msg) {
            Some(exit) => Next::Done(exit),
            None if self.is_to_edit => Next::Outside,
            None => Next::Draw,
        }
    }

    fn outside(&mut self) {
        self.is_to_edit = false;
        let said = match self.desk.edit() {
            Ok(said) => said.to_owned(),
            Err(cause) => format!("× {cause:#}"),
        };
        let is_same = match (&self.drill.hand, self.desk.card()) {
            (Some(hand), Some(card)) => hand.card.item == card.item && hand.card.body.kind() == card.body.kind(),
            _ => false,
        };
        let changed = self.changed(if is_same { OnScreen::Stays } else { OnScreen::IsDealt });
        self.exit = self.take(changed).or_else(|| self.take(Msg::Said(said)));
    }

    fn view(&self, frame: &mut Frame<'_>) {
        view(&self.drill, frame);
    }

    fn patience(&self) -> Duration {
        if self.drill.wants_rest { REST_AFTER } else { Duration::from_secs(1) }
    }
}
