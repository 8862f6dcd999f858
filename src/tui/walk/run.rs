//! Ties the walk to its desk: the only place in it where effects touch the world.

use ratatui::Frame;

use crate::exam::ItemFilter;
use crate::tui::console::Console;
use crate::tui::scene::{Input, Next, Scene};
use crate::tui::theme::Theme;
use crate::tui::walk::desk::WalkDesk;
use crate::tui::walk::keymap::{Msg, read_key, read_mouse};
use crate::tui::walk::model::Walk;
use crate::tui::walk::update::{Effect, update};
use crate::tui::walk::view::view;

/// Walks through the questions on `desk` that `filter` keeps until the learner leaves.
///
/// # Errors
/// The terminal fails before the first frame.
pub fn walk(console: &mut Console, desk: &mut dyn WalkDesk, filter: ItemFilter) -> anyhow::Result<()> {
    let theme = console.theme();
    console.show(&mut WalkScene::new(desk, filter, theme))
}

/// The walk and its desk.
pub(crate) struct WalkScene<'d> {
    walk: Walk,
    desk: &'d mut dyn WalkDesk,
}

impl<'d> WalkScene<'d> {
    pub(crate) fn new(desk: &'d mut dyn WalkDesk, filter: ItemFilter, theme: Theme) -> WalkScene<'d> {
        WalkScene { walk: Walk::new(desk, filter, theme), desk }
    }

    /// Does what an effect asks for; `None` when the walk is left.
    fn run(&mut self, effect: Effect) -> Option<Msg> {
        let said = match effect {
            Effect::Send(position) => self.desk.send(position),
            Effect::Doubt(position, reason) => {
                let done = self.desk.doubt(position, &reason);
                done.map(|()| "Reported as doubtful. x withdraws it.".to_owned())
            }
            Effect::Withdraw(position) => {
                self.desk.withdraw_doubt(position).map(|()| "The report as doubtful is withdrawn.".to_owned())
            }
            Effect::Leave => return None,
        };
        Some(match said {
            Ok(said) => Msg::Done(said, self.desk.items()),
            Err(cause) => Msg::Failed(format!("{cause:#}")),
        })
    }
}

impl Scene for WalkScene<'_> {
    type Out = ();

    fn on(&mut self, input: Input) -> Next<()> {
        let msg = match input {
            Input::Tick | Input::Paste(_) => return Next::Same,
            Input::Hangup => return Next::Done(()),
            Input::Resize(size) => Msg::Resize(size),
            Input::Key(key) => read_key(&self.walk, key),
            Input::Mouse(mouse) => match read_mouse(&self.walk, mouse) {
                Some(msg) => msg,
                None => return Next::Same,
            },
        };
        let mut next = Some(msg);
        while let Some(msg) = next {
            next = match update(&mut self.walk, msg) {
                None => None,
                Some(effect) => match self.run(effect) {
                    Some(answer) => Some(answer),
                    None => return Next::Done(()),
                },
            };
        }
        Next::Draw
    }

    fn view(&self, frame: &mut Frame<'_>) {
        view(&self.walk, frame);
    }
}
