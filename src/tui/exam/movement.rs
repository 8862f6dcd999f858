//! Going from question to question.

use crate::deck::ItemKind;
use crate::exam::ItemStatus;
use crate::tui::exam::practice;
use crate::tui::exam::room::{Ask, Filter, Mode, Record, Room, Walk};
use crate::tui::exam::update::{Effect, open, remark, scroll, write};
use crate::tui::scroll::Step;

/// Goes on. What lies below the window is shown first, and in practice what is right; no press does nothing.
pub(crate) fn forward(room: &mut Room) -> Vec<Effect> {
    let has_seen_all = room.seen_to_end.get(room.position).copied().unwrap_or(true);
    if !has_seen_all {
        scroll(room, Step::PageDown);
        if room.has_nudged {
            return Vec::new();
        }
        room.has_nudged = true;
        return remark(room, "There was more below. Press n again to go on.");
    }
    if practice::wants_check(room) {
        return practice::check(room);
    }
    if let Some(walk) = &room.walk {
        let next = walk.positions.iter().copied().find(|position| room.position < *position);
        return match (next, walk.filter) {
            (Some(position), _) => go_to(room, position),
            (None, filter) => {
                open_review(room, filter);
                remark(room, "That was the last of them.")
            }
        };
    }
    match room.position + 1 {
        next if next < room.sitting.n_items() => visit(room, next),
        _ => open_review(room, Filter::All),
    }
}

/// Goes back.
pub(crate) fn backward(room: &mut Room) -> Vec<Effect> {
    let before = match &room.walk {
        Some(walk) => walk.positions.iter().copied().rfind(|position| *position < room.position),
        None => room.position.checked_sub(1),
    };
    match before {
        Some(position) if room.sitting.is_closed(position) => {
            remark(room, "This is the first question of its section; the one before is closed.")
        }
        Some(position) => go_to(room, position),
        None if room.walk.is_some() => remark(room, "This is the first of them."),
        None => remark(room, "This is the first question."),
    }
}

/// Goes to a question that the candidate named or pointed at.
pub(crate) fn visit(room: &mut Room, position: usize) -> Vec<Effect> {
    room.walk = None;
    if room.sitting.is_closed(position) {
        return remark(room, &format!("Question {} is in a section that is closed.", position + 1));
    }
    if room.sitting.leaves_section(position) && position < room.sitting.n_items() {
        return open(room, Mode::Ask { ask: Ask::LeaveSection(position), selected: 0 });
    }
    go_to(room, position)
}

/// Goes through what the review lists, from the question at `position` on.
pub(crate) fn walk_from(room: &mut Room, filter: Filter, position: usize) -> Vec<Effect> {
    room.walk = match filter {
        Filter::All => None,
        Filter::Incomplete | Filter::Flagged => Some(Walk { filter, positions: room.listed(filter) }),
    };
    go_to(room, position)
}

/// Opens the list of questions, on the one that is on the screen if it is listed.
pub(crate) fn open_review(room: &mut Room, filter: Filter) -> Vec<Effect> {
    room.walk = None;
    let selected = room.listed(filter).iter().position(|position| *position == room.position).unwrap_or(0);
    open(room, Mode::Review { filter, selected })
}

/// Puts the item at `position` on the screen; an incomplete answer that is left behind is named.
pub(crate) fn go_to(room: &mut Room, position: usize) -> Vec<Effect> {
    room.mode = Mode::Question;
    room.behind = None;
    if room.sitting.n_items() <= position {
        return Vec::new();
    }
    if room.has_arrived && position != room.position {
        say_incomplete(room);
    }
    room.has_arrived = true;
    room.position = position;
    room.highlighted = None;
    room.top = 0;
    room.page = None;
    room.feedback = None;
    room.has_nudged = false;
    room.turn_page();
    room.sitting.show(position);
    write(room, Record::Show(position))
}

fn say_incomplete(room: &mut Room) {
    if room.sitting.status(room.position) == ItemStatus::Incomplete {
        let n_wanted = room.item().map_or(0, crate::exam::FormItem::n_wanted);
        let n_parts = room.mark().answer.n_parts();
        let number = room.position + 1;
        let done = match room.item().map(|item| item.kind) {
            Some(ItemKind::Arrangement { .. }) => "placed",
            _ => "chosen",
        };
        remark(room, &format!("Question {number} is incomplete: {n_parts} of {n_wanted} {done}."));
    }
}
