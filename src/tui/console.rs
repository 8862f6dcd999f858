//! The terminal, held for as long as screens are shown.

use std::io::{self, Stdout, stdout};
use std::mem::ManuallyDrop;
use std::process::exit;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Once, OnceLock};
use std::thread;
use std::time::Duration;

use anyhow::Context;
use ratatui::backend::CrosstermBackend;
use ratatui::crossterm::event::{
    self, DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, Event, KeyCode,
    KeyEventKind, MouseEventKind,
};
use ratatui::crossterm::execute;
use ratatui::crossterm::terminal::{
    Clear, ClearType, EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::layout::{Position, Rect, Size};
use ratatui::text::Text;
use ratatui::{Frame, Terminal};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::{OptionalActions, tcgetattr, tcsetattr};
use signal_hook::consts::{SIGCONT, SIGHUP, SIGINT, SIGTERM, SIGTSTP};
use signal_hook::{flag, low_level};

use crate::tui::keys::is_interrupt;
use crate::tui::scene::{Input, Next, SMALLEST, Scene, is_large_enough};
use crate::tui::theme::Theme;

/// The terminal in raw mode on its second screen; dropping it, or a panic, gives the terminal back as it was.
///
/// While it is open, SIGTERM, SIGHUP and SIGINT end the screen that is shown, with nothing asked and nothing lost;
/// screens shown after that end at once. SIGTSTP gives the terminal back until the program goes on.
pub struct Console {
    /// Not dropped by itself: that would complain, on an output that may be gone, and what it undoes is undone here.
    terminal: ManuallyDrop<Terminal<CrosstermBackend<Stdout>>>,
    theme: Theme,
    signals: &'static Signals,
}

/// What the signals found. They are watched from the first console to the end of the program.
struct Signals {
    /// While no console is open, signals do what they do by default.
    act_by_default: Arc<AtomicBool>,
    /// The same for SIGINT, which a program that has the terminal from us may get together with us.
    interrupts_by_default: Arc<AtomicBool>,
    has_come: Arc<AtomicBool>,
    /// The program is asked to rest until SIGCONT.
    is_to_pause: Arc<AtomicBool>,
    /// The program rested; whoever had the terminal meanwhile may have changed it.
    has_rested: Arc<AtomicBool>,
}

static SIGNALS: OnceLock<Signals> = OnceLock::new();
static PANIC_HOOK: Once = Once::new();
static WATCH: Once = Once::new();
/// Time for the program to write what is not written and to end, once the terminal is gone.
const LAST_WORDS: Duration = Duration::from_secs(5);
/// Whether the terminal is in our hands; the panic hook must not touch one that is not.
static IS_OPEN: AtomicBool = AtomicBool::new(false);

impl Signals {
    fn watch() -> io::Result<&'static Signals> {
        if let Some(signals) = SIGNALS.get() {
            return Ok(signals);
        }
        let signals = Signals {
            act_by_default: Arc::default(),
            interrupts_by_default: Arc::default(),
            has_come: Arc::default(),
            is_to_pause: Arc::default(),
            has_rested: Arc::default(),
        };
        for (signal, by_default) in [
            (SIGTERM, &signals.act_by_default),
            (SIGHUP, &signals.act_by_default),
            (SIGINT, &signals.interrupts_by_default),
        ] {
            flag::register_conditional_default(signal, Arc::clone(by_default))?;
            flag::register(signal, Arc::clone(&signals.has_come))?;
        }
        flag::register_conditional_default(SIGTSTP, Arc::clone(&signals.act_by_default))?;
        flag::register(SIGTSTP, Arc::clone(&signals.is_to_pause))?;
        flag::register(SIGCONT, Arc::clone(&signals.has_rested))?;
        Ok(SIGNALS.get_or_init(|| signals))
    }
}

impl Console {
    /// Takes the terminal.
    ///
    /// # Errors
    /// The terminal cannot be set up, or signals cannot be watched.
    pub fn open(theme: Theme) -> anyhow::Result<Console> {
        PANIC_HOOK.call_once(|| {
            let before = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |panic| {
                give_back();
                before(panic);
            }));
        });
        let terminal = Terminal::new(CrosstermBackend::new(stdout())).context("the terminal cannot be opened")?;
        let terminal = ManuallyDrop::new(terminal);
        let signals = Signals::watch().context("signals cannot be watched")?;
        WATCH.call_once(|| drop(thread::spawn(watch_for_the_end)));
        signals.act_by_default.store(false, Ordering::SeqCst);
        signals.interrupts_by_default.store(false, Ordering::SeqCst);
        signals.is_to_pause.store(false, Ordering::SeqCst);
        signals.has_rested.store(false, Ordering::SeqCst);
        // The guard exists before the terminal changes: whatever fails from here on, its drop puts things back.
        let console = Console { terminal, theme, signals };
        take().context("the terminal cannot be set up")?;
        Ok(console)
    }

    /// Returns the styles of the screens.
    pub fn theme(&self) -> Theme {
        self.theme
    }

    /// Tells whether a signal asked the program to stop.
    pub fn is_hung_up(&self) -> bool {
        self.signals.has_come.load(Ordering::SeqCst)
    }

    /// Shows a screen until it is done.
    pub(crate) fn show<S: Scene>(&mut self, scene: &mut S) -> anyhow::Result<S::Out> {
        match self.run(scene) {
            Ok(out) => Ok(out),
            // A terminal that cannot be written or read is gone; the screen may still have something to bring home.
            Err(cause) => match scene.on(Input::Hangup) {
                Next::Done(out) => Ok(out),
                Next::Draw | Next::Same | Next::Outside => {
                    Err(anyhow::Error::new(cause).context("the terminal is gone"))
                }
            },
        }
    }

    fn run<S: Scene>(&mut self, scene: &mut S) -> io::Result<S::Out> {
        let mut size = self.terminal.size()?;
        let mut next = scene.on(Input::Resize(size));
        let mut is_stale = false;
        // Whether the window may show something else than what was drawn last.
        let mut is_torn = false;
        loop {
            if self.has_paused()? {
                (is_stale, is_torn) = (true, true);
            }
            match next {
                Next::Done(out) => return Ok(out),
                Next::Draw => is_stale = true,
                Next::Same => {}
                Next::Outside => {
                    self.step_outside(scene)?;
                    (is_stale, is_torn) = (true, true);
                    size = self.terminal.size()?;
                    next = scene.on(Input::Resize(size));
                    continue;
                }
            }
            // Typing ahead is not slowed down by frames that nobody sees.
            if is_stale && (is_gone()? || !event::poll(Duration::ZERO)?) {
                if is_torn {
                    // Clears the window, and forgets what was drawn in it.
                    let area = Rect::from((Position::ORIGIN, self.terminal.size()?));
                    self.terminal.resize(area)?;
                    is_torn = false;
                }
                let theme = self.theme;
                self.terminal.draw(|frame| {
                    draw_or_decline(scene, frame);
                    theme.paint(frame.buffer_mut());
                })?;
                is_stale = false;
            }
            // The library forgets a change of size that comes together with a key.
            let now = self.terminal.size()?;
            let input = match () {
                () if self.is_hung_up() => Some(Input::Hangup),
                () if size != now => Some(Input::Resize(now)),
                () => read(scene.patience())?,
            };
            next = match input {
                Some(Input::Resize(new_size)) => {
                    size = new_size;
                    // Whatever the screen makes of it, the window itself has to be drawn anew; even if it has the old
                    // size again, it may have lost what did not fit meanwhile.
                    (is_stale, is_torn) = (true, true);
                    scene.on(Input::Resize(new_size))
                }
                Some(Input::Key(key)) if !is_large_enough(size) && !is_interrupt(key) => Next::Same,
                Some(Input::Mouse(_) | Input::Paste(_)) if !is_large_enough(size) => Next::Same,
                Some(input) => scene.on(input),
                None => Next::Same,
            };
        }
    }

    /// Gives the terminal back for what the screen does outside, and takes it again.
    ///
    /// Meanwhile signals act as they do without a screen, but for SIGINT: Ctrl+C is meant for who has the terminal.
    fn step_outside<S: Scene>(&self, scene: &mut S) -> io::Result<()> {
        if self.is_hung_up() {
            return Ok(());
        }
        give_back();
        self.signals.act_by_default.store(true, Ordering::SeqCst);
        scene.outside();
        self.signals.act_by_default.store(false, Ordering::SeqCst);
        for flag in [&self.signals.has_come, &self.signals.is_to_pause, &self.signals.has_rested] {
            flag.store(false, Ordering::SeqCst);
        }
        take()
    }

    /// Rests if a signal asks for it, with the terminal given back; tells whether the program rested.
    fn has_paused(&self) -> io::Result<bool> {
        if self.signals.is_to_pause.swap(false, Ordering::SeqCst) {
            give_back();
            low_level::emulate_default_handler(SIGTSTP)?;
        }
        let has_rested = self.signals.has_rested.swap(false, Ordering::SeqCst);
        if has_rested {
            // Given back first, so that the modes are set again even if they were thought to be set.
            give_back();
            take()?;
        }
        Ok(has_rested)
    }
}

/// Draws a screen, or two short lines that ask for room.
pub(crate) fn draw_or_decline<S: Scene>(scene: &S, frame: &mut Frame<'_>) {
    let area = frame.area();
    let size = Size::new(area.width, area.height);
    if is_large_enough(size) {
        return scene.view(frame);
    }
    let lines = [
        format!("This window is {}×{}.", size.width, size.height),
        format!("Please make it {}×{}.", SMALLEST.width, SMALLEST.height),
    ];
    frame.render_widget(Text::from_iter(lines), area);
}

/// Waits for one input; `None` is an event that no screen reads.
fn read(at_most: Duration) -> io::Result<Option<Input>> {
    // A terminal that is gone reads as an endless end of file, in which the library would read for ever. So the wait
    // for the terminal is ours, and the library is asked only while it is there. It may hold events of an earlier
    // read, or a change of size; those are asked for first.
    if is_gone()? {
        return Ok(Some(Input::Hangup));
    }
    if !event::poll(Duration::ZERO)? {
        let woken_by = wait(at_most)?;
        if woken_by.contains(PollFlags::HUP) {
            return Ok(Some(Input::Hangup));
        }
        // Where a signal woke us, the terminal may be gone: the next round looks before it asks the library.
        if woken_by.is_empty() {
            return Ok(Some(Input::Tick));
        }
        if !event::poll(Duration::ZERO)? {
            announce_again()?;
            return Ok(Some(Input::Tick));
        }
    }
    Ok(match event::read()? {
        Event::Resize(width, height) => Some(Input::Resize(Size::new(width, height))),
        Event::Key(key) if key.kind != KeyEventKind::Release && key.code != KeyCode::Null => Some(Input::Key(key)),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(_) | MouseEventKind::ScrollDown | MouseEventKind::ScrollUp => {
                Some(Input::Mouse(mouse))
            }
            _ => None,
        },
        Event::Paste(text) => Some(Input::Paste(text)),
        Event::Key(_) | Event::FocusGained | Event::FocusLost => None,
    })
}

/// Tells whether nobody is at the other end of the terminal any more.
fn is_gone() -> io::Result<bool> {
    Ok(wait(Duration::ZERO)?.contains(PollFlags::HUP))
}

/// Waits until the terminal has something to read, is gone, or a signal comes; returns what woke us.
fn wait(at_most: Duration) -> io::Result<PollFlags> {
    let stdin = io::stdin();
    let mut terminal = [PollFd::new(&stdin, PollFlags::IN)];
    let timeout = Timespec::try_from(at_most).unwrap_or(Timespec { tv_sec: 1, tv_nsec: 0 });
    match poll(&mut terminal, Some(&timeout)) {
        Ok(_) => Ok(terminal[0].revents()),
        // A signal: a new size of the window, or the wish that the program end.
        Err(Errno::INTR) => Ok(PollFlags::empty()),
        Err(error) => Err(error.into()),
    }
}

/// Ends the program if it still runs some time after the terminal is gone.
///
/// A terminal that goes just when the library reads it keeps the library reading for ever. What was answered is on the
/// disk long before, and there is nobody to tell anything.
fn watch_for_the_end() {
    let stdin = io::stdin();
    let mut terminal = [PollFd::new(&stdin, PollFlags::empty())];
    while poll(&mut terminal, None) == Err(Errno::INTR) {}
    if terminal[0].revents().contains(PollFlags::HUP) {
        thread::sleep(LAST_WORDS);
        exit(0);
    }
}

/// Has the system announce once more that the terminal has something to read.
///
/// The library forgets keys that come together with a change of size: it waits for the next announcement. Modes that
/// are set, even to what they are, wake whoever waits for the terminal.
fn announce_again() -> io::Result<()> {
    let stdin = io::stdin();
    Ok(tcsetattr(&stdin, OptionalActions::Now, &tcgetattr(&stdin)?)?)
}

/// Takes the terminal; [`give_back`] undoes it, also where this failed half-way.
fn take() -> io::Result<()> {
    IS_OPEN.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    // Text pasted into the window arrives as one event, which only a field for text reads: a paste is no command.
    // The screen is cleared by a plain command: `Terminal::clear` would ask for the cursor and wait for an answer.
    execute!(
        stdout(),
        EnterAlternateScreen,
        Clear(ClearType::All),
        EnableMouseCapture,
        EnableBracketedPaste,
        ratatui::crossterm::cursor::Hide
    )
}

fn give_back() {
    if IS_OPEN.swap(false, Ordering::SeqCst) {
        // A terminal that cannot be reset is beyond help, and the caller may be about to report something worse.
        let _ = execute!(
            stdout(),
            DisableBracketedPaste,
            DisableMouseCapture,
            LeaveAlternateScreen,
            ratatui::crossterm::cursor::Show
        );
        let _ = disable_raw_mode();
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        give_back();
        self.signals.act_by_default.store(true, Ordering::SeqCst);
        self.signals.interrupts_by_default.store(true, Ordering::SeqCst);
    }
}
