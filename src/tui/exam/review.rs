//! The list of questions: which are open, which are flagged, and how sure the candidate is.

use ratatui::Frame;
use ratatui::layout::{Position, Rect};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};

use crate::tui::chrome::{cells, draw_lines};
use crate::tui::exam::navigator::{FLAG, shape, word};
use crate::tui::exam::note::NOTE;
use crate::tui::exam::room::{Filter, Mode, Room};
use crate::tui::markdown::lay_out;
use crate::tui::scroll::keep_in_window;
use crate::tui::wrap::{clip, width_of};

/// Characters of a stem that can matter to a line of the list.
const MAX_EXCERPT_CHARS: usize = 200;

/// Returns how many questions show at once.
pub(crate) fn n_in_window(room: &Room) -> usize {
    usize::from(list_area(room).height)
}

/// Returns the place in the list of the line at a place of the window.
pub(crate) fn place_at(room: &Room, at: Position) -> Option<usize> {
    let Mode::Review { selected, .. } = room.mode else { return None };
    let area = list_area(room);
    let row = area.contains(at).then(|| usize::from(at.y - area.y))?;
    Some(keep_in_window(selected, 0, n_in_window(room)) + row)
}

/// Returns the filter whose tab is at a place of the window.
pub(crate) fn tab_at(room: &Room, at: Position) -> Option<Filter> {
    let body = room.chrome().body;
    if at.y != body.y || !body.contains(at) {
        return None;
    }
    let mut start = body.x + 1;
    Filter::ALL.into_iter().find(|filter| {
        let width = cells(width_of(&tab_text(room, *filter)) + 2);
        let is_on_it = (start..start + width).contains(&at.x);
        start += width + 2;
        is_on_it
    })
}

fn tab_text(room: &Room, filter: Filter) -> String {
    format!("{} {}", filter.label(), room.listed(filter).len())
}

/// Returns how many questions lie below those that show.
pub(crate) fn n_below(room: &Room, filter: Filter, selected: usize) -> usize {
    let top = keep_in_window(selected, 0, n_in_window(room));
    room.listed(filter).len().saturating_sub(top + n_in_window(room))
}

fn list_area(room: &Room) -> Rect {
    let body = room.chrome().body;
    Rect { y: body.y + 2, height: body.height.saturating_sub(2), ..body }
}

/// Draws the list.
pub(crate) fn draw(room: &Room, frame: &mut Frame<'_>, filter: Filter, selected: usize) {
    frame.render_widget(tabs(room, filter), room.chrome().body);
    let area = list_area(room);
    let listed = room.listed(filter);
    if listed.is_empty() {
        let text = match filter {
            Filter::All => "This exam has no question.",
            Filter::Incomplete => "Every question is answered.",
            Filter::Flagged => "No question is flagged.",
        };
        frame.render_widget(Line::styled(format!("  {text}"), room.theme.dim), area);
        return;
    }
    let top = keep_in_window(selected, 0, n_in_window(room));
    let rows = listed.iter().enumerate().skip(top).take(n_in_window(room));
    draw_lines(frame, area, rows.map(|(idx, position)| row(room, *position, idx == selected, area.width)));
}

fn tabs(room: &Room, filter: Filter) -> Line<'static> {
    let theme = &room.theme;
    let tab = |own: Filter| {
        let text = tab_text(room, own);
        let (text, style) = if own == filter {
            (format!("[{text}]"), theme.focus.add_modifier(Modifier::UNDERLINED))
        } else {
            (format!(" {text} "), theme.dim)
        };
        [Span::styled(text, style), Span::raw("  ")]
    };
    std::iter::once(Span::raw(" ")).chain(Filter::ALL.into_iter().flat_map(tab)).collect()
}

fn row(room: &Room, position: usize, is_selected: bool, width: u16) -> Line<'static> {
    let theme = &room.theme;
    let status = room.sitting.status(position);
    let mark = room.sitting.mark_at(position);
    let pointer = if is_selected { "❯" } else { " " };
    let facts = format!(
        "{:>4}  {} {:<10}  {}{}  {:<6}  ",
        position + 1,
        shape(status),
        word(status),
        if mark.is_flagged { FLAG } else { " " },
        if room.sitting.note_at(position).is_empty() { " " } else { NOTE },
        mark.confidence.label(),
    );
    let stem = room.questions.get(position).map_or("", |question| &question.stem);
    let excerpt: String = stem.chars().take(MAX_EXCERPT_CHARS).collect();
    let excerpt = lay_out(&excerpt, MAX_EXCERPT_CHARS, theme).first().map(ToString::to_string).unwrap_or_default();
    let style = if is_selected { theme.focus } else { theme.text };
    let stem_width = usize::from(width).saturating_sub(1 + facts.chars().count());
    Line::from(vec![
        Span::styled(pointer, theme.focus),
        Span::styled(facts, style),
        Span::styled(clip(&excerpt, stem_width), if is_selected { theme.text } else { theme.dim }),
    ])
}
