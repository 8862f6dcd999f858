//! What happens in the walk: messages in, effects out; nothing here touches the world.

use crate::base::SafeText;
use crate::exam::ItemFilter;
use crate::tui::keys::name_of;
use crate::tui::scroll::Step;
use crate::tui::walk::desk::WalkItem;
use crate::tui::walk::keymap::Msg;
use crate::tui::walk::model::{Mode, Walk};
use crate::tui::walk::view::help_rows;

/// Something that the world has to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Send the question at this position to the drill, or take that back.
    Send(usize),
    /// Report the question at this position as doubtful, for this reason.
    Doubt(usize, String),
    /// Withdraw the report of the question at this position.
    Withdraw(usize),
    /// Close the walk.
    Leave,
}

/// Most characters of a reason: what the store keeps.
const MAX_REASON: usize = 500;
/// Most digits of a number of a question.
const MAX_DIGITS: usize = 5;

/// Takes one message.
pub(crate) fn update(walk: &mut Walk, msg: Msg) -> Option<Effect> {
    if !matches!(msg, Msg::Resize(_)) {
        walk.remark = None;
    }
    match msg {
        Msg::Resize(size) => {
            walk.size = size;
            walk.turn_page();
        }
        Msg::Turn(step) => turn(walk, step),
        Msg::NextFilter => next_filter(walk),
        Msg::AllQuestions => walk.filter = ItemFilter::All,
        Msg::GoTo(digit) => {
            walk.mode = Mode::GoTo(digit.map(|digit| digit.to_string()).unwrap_or_default());
        }
        Msg::Type(typed) => match &mut walk.mode {
            Mode::GoTo(number) if number.len() < MAX_DIGITS => number.push(typed),
            Mode::Doubt(reason) if reason.chars().count() < MAX_REASON => reason.push(typed),
            Mode::Question | Mode::GoTo(_) | Mode::Doubt(_) | Mode::Help(_) => {}
        },
        Msg::Erase => match &mut walk.mode {
            Mode::GoTo(typed) | Mode::Doubt(typed) => drop(typed.pop()),
            Mode::Question | Mode::Help(_) => {}
        },
        Msg::Accept => return accept(walk),
        Msg::Cancel => walk.mode = Mode::Question,
        Msg::Send => return Some(Effect::Send(walk.position)),
        Msg::Doubt => {
            if walk.items.get(walk.position).is_some_and(|item| item.is_doubtful) {
                return Some(Effect::Withdraw(walk.position));
            }
            walk.mode = Mode::Doubt(String::new());
        }
        Msg::Scroll(step) => scroll(walk, step),
        Msg::Help => walk.mode = Mode::Help(0),
        Msg::Leave => return Some(Effect::Leave),
        Msg::Done(said, items) => done(walk, said, items),
        Msg::Failed(cause) => remark(walk, &format!("× Not saved: {cause}")),
        Msg::Unbound(key) => remark(walk, &format!("{} does nothing here.", name_of(key))),
    }
    None
}

/// Goes to another question of the filter; from one that it does not keep, to its neighbour.
fn turn(walk: &mut Walk, step: Step) {
    let listed = walk.listed(walk.filter);
    let to = match step {
        Step::Down | Step::PageDown => listed.iter().find(|position| walk.position < **position),
        Step::Up | Step::PageUp => listed.iter().rev().find(|position| **position < walk.position),
        Step::First => listed.first(),
        Step::Last => listed.last(),
    };
    if let Some(position) = to {
        return go_to(walk, *position);
    }
    let which = if step == Step::Down { "last" } else { "first" };
    let kept = match walk.filter {
        ItemFilter::All => String::new(),
        filter => format!(" that is {}", filter.words()),
    };
    remark(walk, &format!("This is the {which} question{kept}."));
}

fn go_to(walk: &mut Walk, position: usize) {
    walk.position = position;
    walk.top = 0;
    walk.turn_page();
}

/// Takes the next filter that keeps anything, and goes to its first question from here on.
fn next_filter(walk: &mut Walk) {
    let own = ItemFilter::ALL.iter().position(|filter| *filter == walk.filter).unwrap_or(0);
    let in_turn = ItemFilter::ALL.iter().cycle().skip(own + 1).take(ItemFilter::ALL.len());
    for filter in in_turn {
        let listed = walk.listed(*filter);
        let to = listed.iter().find(|position| walk.position <= **position).or(listed.first());
        if let Some(position) = to {
            walk.filter = *filter;
            if *position != walk.position {
                go_to(walk, *position);
            }
            return;
        }
    }
}

/// Goes to the typed number, or reports the question for the typed reason.
fn accept(walk: &mut Walk) -> Option<Effect> {
    match std::mem::replace(&mut walk.mode, Mode::Question) {
        Mode::GoTo(typed) => {
            let number = typed.parse::<usize>().ok().filter(|number| (1..=walk.items.len()).contains(number));
            match number {
                Some(number) => {
                    if !walk.listed(walk.filter).contains(&(number - 1)) {
                        walk.filter = ItemFilter::All;
                    }
                    go_to(walk, number - 1);
                }
                None if typed.is_empty() => {}
                None => remark(walk, &format!("There are questions 1 to {}, but no {typed}.", walk.items.len())),
            }
            None
        }
        Mode::Doubt(reason) => Some(Effect::Doubt(walk.position, reason)),
        Mode::Question | Mode::Help(_) => None,
    }
}

fn scroll(walk: &mut Walk, step: Step) {
    let height = walk.height();
    match &mut walk.mode {
        Mode::Help(top) => *top = step.from(*top, help_rows(&walk.theme).len().saturating_sub(height), height),
        Mode::Question | Mode::GoTo(_) | Mode::Doubt(_) => walk.top = step.from(walk.top, walk.last_top(), height),
    }
}

/// Shows what the desk did. What it did stands above the question, so that is where the page goes.
fn done(walk: &mut Walk, said: String, items: Vec<WalkItem>) {
    walk.items = items;
    if walk.listed(walk.filter).is_empty() {
        walk.filter = ItemFilter::All;
    }
    walk.top = 0;
    walk.turn_page();
    remark(walk, &said);
}

fn remark(walk: &mut Walk, text: &str) {
    walk.remark = Some(SafeText::one_line(text).to_string());
}
