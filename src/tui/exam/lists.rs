//! What happens in the grid, the list, the help and where the candidate is asked something.

use crate::tui::exam::keymap::ListMsg;
use crate::tui::exam::movement::{visit, walk_from};
use crate::tui::exam::room::{Ask, Filter, Mode, Room};
use crate::tui::exam::update::{Effect, open, remark, update};
use crate::tui::exam::{help, navigator, review};
use crate::tui::scroll::Step;

/// Takes a message for the grid, list or set of answers that is open.
pub(crate) fn on_list(room: &mut Room, msg: ListMsg) -> Vec<Effect> {
    match room.mode.clone() {
        Mode::Question | Mode::Typing { .. } | Mode::Help { .. } | Mode::Note { .. } | Mode::Paused => Vec::new(),
        Mode::Navigator { cursor, typed, filter } => in_navigator(room, msg, cursor, typed, filter),
        Mode::Review { filter, selected } => in_review(room, msg, filter, selected),
        Mode::Ask { ask, selected } => in_ask(room, msg, ask, selected),
    }
}

/// Scrolls the list of keys.
pub(crate) fn scroll_help(room: &mut Room, top: usize, step: Step) -> Vec<Effect> {
    let height = usize::from(room.chrome().body.height);
    open(room, Mode::Help { top: step.from(top, help::last_top(height), height) })
}

fn in_navigator(room: &mut Room, msg: ListMsg, cursor: usize, typed: String, filter: Filter) -> Vec<Effect> {
    let n_items = room.sitting.n_items();
    let (cursor, typed) = match msg {
        ListMsg::Select(step) => (navigator::step(room, filter, cursor, step), String::new()),
        ListMsg::SelectRow(step) => (navigator::row_step(room, filter, cursor, step), String::new()),
        ListMsg::Filter(filter) => return open(room, Mode::Navigator { cursor, typed, filter }),
        ListMsg::NextFilter => {
            let filter = filter.next();
            let cursor = navigator::nearest(room, filter, cursor);
            return open(room, Mode::Navigator { cursor, typed: String::new(), filter });
        }
        ListMsg::Type(digit) => match format!("{typed}{digit}").parse::<usize>() {
            Ok(number) if (1..=n_items).contains(&number) => (number - 1, number.to_string()),
            Ok(_) | Err(_) => return remark(room, &format!("The questions are numbered from 1 to {n_items}.")),
        },
        ListMsg::Erase => {
            let mut shorter = typed;
            shorter.pop();
            (shorter.parse::<usize>().map_or(cursor, |number| number - 1), shorter)
        }
        ListMsg::Accept => return visit(room, cursor),
        ListMsg::Answer(_) | ListMsg::AcceptAt(_) => return Vec::new(),
    };
    open(room, Mode::Navigator { cursor, typed, filter })
}

fn in_review(room: &mut Room, msg: ListMsg, filter: Filter, selected: usize) -> Vec<Effect> {
    let listed = room.listed(filter);
    match msg {
        ListMsg::Select(step) | ListMsg::SelectRow(step) => {
            let selected = step.from(selected, listed.len().saturating_sub(1), review::n_in_window(room));
            open(room, Mode::Review { filter, selected })
        }
        ListMsg::Filter(filter) => open(room, Mode::Review { filter, selected: 0 }),
        ListMsg::NextFilter => open(room, Mode::Review { filter: filter.next(), selected: 0 }),
        ListMsg::AcceptAt(place) => match listed.get(place) {
            Some(position) => walk_from(room, filter, *position),
            None => Vec::new(),
        },
        ListMsg::Accept => match listed.get(selected) {
            Some(position) => walk_from(room, filter, *position),
            None => Vec::new(),
        },
        ListMsg::Type(_) | ListMsg::Erase | ListMsg::Answer(_) => Vec::new(),
    }
}

fn in_ask(room: &mut Room, msg: ListMsg, ask: Ask, selected: usize) -> Vec<Effect> {
    let answers = ask.answers(room);
    let taken = match msg {
        ListMsg::Select(step) | ListMsg::SelectRow(step) => {
            let selected = step.from(selected, answers.len().saturating_sub(1), answers.len());
            return open(room, Mode::Ask { ask, selected });
        }
        ListMsg::Accept => selected,
        ListMsg::Answer(idx) => idx,
        ListMsg::Type(_) | ListMsg::Erase | ListMsg::Filter(_) | ListMsg::NextFilter | ListMsg::AcceptAt(_) => {
            return Vec::new();
        }
    };
    match answers.into_iter().nth(taken) {
        Some(answer) => update(room, answer.msg),
        None => Vec::new(),
    }
}
