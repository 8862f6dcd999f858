//! Ties the exam room to its desk: the only place in it where effects touch the world.

use std::time::Duration;

use ratatui::Frame;

use crate::tui::console::Console;
use crate::tui::exam::desk::{ExamDesk, ExamExit, RoomHabits};
use crate::tui::exam::keymap::{Msg, read_key, read_mouse, read_paste};
use crate::tui::exam::room::{Record, Room};
use crate::tui::exam::update::{Effect, update};
use crate::tui::exam::view::{clock, view};
use crate::tui::scene::{Input, Next, Scene};
use crate::tui::theme::Theme;

/// Lets the candidate sit the exam on `desk` until the room is left, time is up or the terminal is gone.
///
/// Each pick is recorded through the desk before the screen says that it is saved; what could not be recorded stays
/// on the screen and is written again before the room is left.
///
/// # Errors
/// The terminal fails before the first frame.
pub fn sit_exam(console: &mut Console, desk: &mut dyn ExamDesk, habits: &RoomHabits) -> anyhow::Result<ExamExit> {
    let theme = console.theme();
    console.show(&mut ExamScene::new(desk, habits, theme))
}

/// The room and its desk.
pub(crate) struct ExamScene<'d> {
    pub(crate) room: Room,
    desk: &'d mut dyn ExamDesk,
}

impl<'d> ExamScene<'d> {
    pub(crate) fn new(desk: &'d mut dyn ExamDesk, habits: &RoomHabits, theme: Theme) -> ExamScene<'d> {
        ExamScene { room: Room::new(desk, habits, theme), desk }
    }

    /// Takes a message and does what follows from it; `Some` when the room is left.
    fn take(&mut self, msg: Msg) -> Option<ExamExit> {
        let mut effects = std::collections::VecDeque::from(update(&mut self.room, msg));
        while let Some(effect) = effects.pop_front() {
            let answer = match effect {
                Effect::Write(record) => {
                    let outcome = match &record {
                        Record::Show(position) => self.desk.show(*position),
                        Record::Mark(position, mark) => self.desk.mark(*position, mark.clone()),
                        Record::Note(position, note) => self.desk.note(*position, note),
                        Record::Check(position) => self.desk.check(*position),
                    };
                    Msg::Written(record, outcome.map_err(|cause| format!("{cause:#}")))
                }
                Effect::Heartbeat => Msg::Beaten(self.desk.heartbeat().map_err(|cause| format!("{cause:#}"))),
                Effect::Pause => Msg::Paused(self.desk.pause().map_err(|cause| format!("{cause:#}"))),
                Effect::GoOn => Msg::WentOn(self.desk.go_on().map_err(|cause| format!("{cause:#}"))),
                Effect::Rest => {
                    self.desk.rest();
                    continue;
                }
                Effect::Exit(exit) => return Some(exit),
            };
            effects.extend(update(&mut self.room, answer));
        }
        None
    }
}

impl Scene for ExamScene<'_> {
    type Out = ExamExit;

    fn on(&mut self, input: Input) -> Next<ExamExit> {
        let before = (clock(&self.room), self.room.remark.clone(), self.room.failure.clone(), self.room.mode.clone());
        // The clock comes first: nothing is taken that came too late.
        if let Some(exit) = self.take(Msg::Tick(self.desk.elapsed())) {
            return Next::Done(exit);
        }
        let msg = match input {
            Input::Tick => {
                let room = &self.room;
                let after = (clock(room), room.remark.clone(), room.failure.clone(), room.mode.clone());
                return if before == after { Next::Same } else { Next::Draw };
            }
            Input::Resize(size) => Msg::Resize(size),
            Input::Hangup => Msg::Hangup,
            Input::Key(key) => read_key(&self.room, key),
            Input::Paste(text) => match read_paste(&self.room, text) {
                Some(msg) => msg,
                None => return Next::Same,
            },
            Input::Mouse(mouse) => match read_mouse(&self.room, mouse) {
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
        view(&self.room, frame);
    }

    /// Waits for the next second of the clock, or for the moment of rest.
    fn patience(&self) -> Duration {
        let now = self.desk.elapsed();
        let to_next_second = Duration::from_secs(1).saturating_sub(Duration::from_nanos(now.subsec_nanos().into()));
        let to_rest = self.room.rest_at.map_or(to_next_second, |rest_at| rest_at.saturating_sub(now));
        to_next_second.min(to_rest).max(Duration::from_millis(1))
    }
}
