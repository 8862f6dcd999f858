//! Ties the drill to its desk: the only place in it where effects touch the world.

use std::collections::VecDeque;
use std::time::Duration;

use ratatui::Frame;

use crate::deck::ItemBody;
use crate::tui::console::Console;
use crate::tui::drill::desk::{DrillDesk, DrillExit};
use crate::tui::drill::keymap::{Msg, read_key, read_mouse, read_paste};
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
}

impl<'d> DrillScene<'d> {
    pub(crate) fn new(desk: &'d mut dyn DrillDesk, theme: Theme) -> DrillScene<'d> {
        let mut scene = DrillScene { drill: Drill::new(desk.progress(), theme), desk };
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
            Box::new(Hand { card, intervals })
        });
        Msg::Dealt(hand, self.desk.progress())
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
                vec![Msg::Graded(self.desk.answer(answer.clone(), *confidence)?, self.desk.progress())]
            }
            Effect::Recall(rating) => vec![Msg::Graded(self.desk.recall(*rating)?, self.desk.progress())],
            Effect::Advance => {
                self.desk.advance()?;
                vec![self.dealt()]
            }
            Effect::Undo => {
                if self.desk.undo()? {
                    vec![self.dealt(), Msg::Undone(true)]
                } else {
                    vec![Msg::Undone(false)]
                }
            }
            Effect::Rest => {
                self.desk.rest();
                Vec::new()
            }
            Effect::Exit(_) => Vec::new(),
        })
    }
}

/// Time without input after which the learner is taken to be reading.
const REST_AFTER: Duration = Duration::from_millis(300);

impl Scene for DrillScene<'_> {
    type Out = DrillExit;

    fn on(&mut self, input: Input) -> Next<DrillExit> {
        let msg = match input {
            Input::Tick => {
                self.take(Msg::Pause);
                return Next::Same;
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
            None => Next::Draw,
        }
    }

    fn view(&self, frame: &mut Frame<'_>) {
        view(&self.drill, frame);
    }

    fn patience(&self) -> Duration {
        if self.drill.wants_rest { REST_AFTER } else { Duration::from_secs(1) }
    }
}
