//! What every screen is to the terminal: something that takes input and can be drawn.

use std::time::Duration;

use ratatui::Frame;
use ratatui::crossterm::event::{KeyEvent, MouseEvent};
use ratatui::layout::Size;

/// A screen.
pub(crate) trait Scene {
    /// What the screen leaves behind when it is done.
    type Out;

    /// Takes one input.
    fn on(&mut self, input: Input) -> Next<Self::Out>;

    /// Draws the screen; called only after [`Next::Draw`].
    fn view(&self, frame: &mut Frame<'_>);

    /// Does what [`Next::Outside`] asked for, while the terminal is given back. The screen is drawn again after it.
    fn outside(&mut self) {}

    /// Returns how long the screen can wait before it wants an [`Input::Tick`].
    fn patience(&self) -> Duration {
        Duration::from_secs(1)
    }
}

/// What can happen to a screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Input {
    /// The window has this size; always the first input.
    Resize(Size),
    /// A key went down.
    Key(KeyEvent),
    /// A mouse button went down, or the wheel turned.
    Mouse(MouseEvent),
    /// Text was pasted into the window. It is no command, whatever it says.
    Paste(String),
    /// The patience is over.
    Tick,
    /// The terminal is gone or the program is asked to stop. The answer must be [`Next::Done`].
    Hangup,
}

/// What follows an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next<T> {
    /// Something that shows has changed.
    Draw,
    /// Nothing that shows has changed.
    Same,
    /// The terminal is to be given back for a while: see [`Scene::outside`].
    Outside,
    /// The screen is done.
    Done(T),
}

/// The smallest window in which the screens work, in cells.
pub(crate) const SMALLEST: Size = Size { width: 60, height: 18 };

/// Tells whether the screens work in a window of this size.
pub(crate) fn is_large_enough(size: Size) -> bool {
    SMALLEST.width <= size.width && SMALLEST.height <= size.height
}
