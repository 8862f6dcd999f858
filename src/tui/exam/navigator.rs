//! The grid of questions: pinned beside the question on wide windows, a box over it on narrow ones.

use ratatui::Frame;
use ratatui::layout::{Position, Rect, Size};
use ratatui::style::Modifier;
use ratatui::text::{Line, Span};
use ratatui::widgets::{Block, Borders, Padding};

use crate::exam::ItemStatus;
use crate::tui::chrome::{BOX_FRAME, cells, centred_box, draw_box, draw_lines};
use crate::tui::exam::room::{Filter, Mode, Room};
use crate::tui::scroll::{Step, keep_in_window};
use crate::tui::wrap::wrap;

/// Columns of the pinned navigator, its border included.
pub(crate) const PANEL_WIDTH: u16 = 34;
/// Window width from which the navigator is pinned.
const PINNED_FROM: u16 = 110;
/// Columns of a cell: pointer, three digits, status, flag.
const CELL_WIDTH: usize = 6;
/// Columns of a row of cells in a box.
const MAX_BOX_WIDTH: u16 = 60;

/// Tells whether a window of this size has the navigator beside the question.
pub(crate) fn is_pinned(size: Size) -> bool {
    PINNED_FROM <= size.width
}

/// Returns the shape of a status.
pub(crate) fn shape(status: ItemStatus) -> &'static str {
    match status {
        ItemStatus::NotReached => "·",
        ItemStatus::Blank => "○",
        ItemStatus::Incomplete => "◐",
        ItemStatus::Answered => "●",
    }
}

/// Returns the word of a status.
pub(crate) fn word(status: ItemStatus) -> &'static str {
    match status {
        ItemStatus::NotReached => "not shown",
        ItemStatus::Blank => "blank",
        ItemStatus::Incomplete => "incomplete",
        ItemStatus::Answered => "answered",
    }
}

/// The shape of a question in a section that was left.
const CLOSED: &str = "×";

/// The shape of a flag.
pub(crate) const FLAG: &str = "⚑";

/// Where the parts of the navigator are, and which rows of cells show.
struct Grid {
    /// The box or panel.
    area: Rect,
    /// The cells.
    cells: Rect,
    /// The legend and the number that is typed.
    legend: Rect,
    n_columns: usize,
    top_row: usize,
}

impl Grid {
    fn of(room: &Room) -> Grid {
        let legend_height = |width: u16| cells(legend(room, usize::from(width)).len()) + 1;
        let n_items = room.sitting.n_items();
        let body = room.chrome().body;
        let (area, inside) = if is_pinned(room.size) {
            let area = Rect { x: body.right().saturating_sub(PANEL_WIDTH), width: PANEL_WIDTH, ..body };
            (area, Rect { x: area.x + 2, width: area.width - 2, ..area })
        } else {
            let width = room.window().width.saturating_sub(BOX_FRAME.width).min(MAX_BOX_WIDTH);
            let n_rows = n_items.div_ceil((usize::from(width) / CELL_WIDTH).max(1));
            let height = n_rows + usize::from(legend_height(width)) + 1;
            let area = centred_box(Rect { height: body.height + 1, ..body }, usize::from(width), height);
            let inside = Rect {
                x: area.x + BOX_FRAME.width / 2,
                y: area.y + 1,
                width: area.width.saturating_sub(BOX_FRAME.width),
                height: area.height.saturating_sub(BOX_FRAME.height),
            };
            (area, inside)
        };
        let n_columns = (usize::from(inside.width) / CELL_WIDTH).max(1);
        let legend_height = legend_height(inside.width).min(inside.height);
        let n_rows = cells(n_items.div_ceil(n_columns)).min(inside.height.saturating_sub(legend_height));
        let grid = Rect { height: n_rows, ..inside };
        let legend = Rect { y: inside.bottom() - legend_height, height: legend_height, ..inside };
        let top_row = keep_in_window(pointed_at(room) / n_columns, 0, usize::from(n_rows));
        Grid { area, cells: grid, legend, n_columns, top_row }
    }

    fn first_position(&self) -> usize {
        self.top_row * self.n_columns
    }
}

/// The question that the arrow keys or, failing that, the candidate is on.
fn pointed_at(room: &Room) -> usize {
    match room.mode {
        Mode::Navigator { cursor, .. } => cursor,
        Mode::Question
        | Mode::Typing { .. }
        | Mode::Review { .. }
        | Mode::Help { .. }
        | Mode::Ask { .. }
        | Mode::Note { .. }
        | Mode::Paused => room.position,
    }
}

fn is_shown(room: &Room) -> bool {
    is_pinned(room.size) || matches!(room.mode, Mode::Navigator { .. })
}

/// Returns the question whose cell is at a place of the window.
pub(crate) fn position_at(room: &Room, at: Position) -> Option<usize> {
    let grid = Grid::of(room);
    if !is_shown(room) || !grid.cells.contains(at) {
        return None;
    }
    let column = usize::from(at.x - grid.cells.x) / CELL_WIDTH;
    let row = usize::from(at.y - grid.cells.y);
    let position = grid.first_position() + row * grid.n_columns + column;
    (column < grid.n_columns && position < room.sitting.n_items()).then_some(position)
}

/// Returns the question that a step leads to, of those that the filter lets through; `cursor` if there is none.
pub(crate) fn step(room: &Room, filter: Filter, cursor: usize, step: Step) -> usize {
    let mut all = 0..room.sitting.n_items();
    let to = match step {
        Step::Up | Step::PageUp => all.rfind(|position| *position < cursor && room.passes(filter, *position)),
        Step::Down | Step::PageDown => all.find(|position| cursor < *position && room.passes(filter, *position)),
        Step::First => all.find(|position| room.passes(filter, *position)),
        Step::Last => all.rfind(|position| room.passes(filter, *position)),
    };
    to.unwrap_or(cursor)
}

/// Returns the question above or below `cursor` that the filter lets through; `cursor` at the edge of the grid.
pub(crate) fn row_step(room: &Room, filter: Filter, cursor: usize, step: Step) -> usize {
    let n_columns = Grid::of(room).n_columns;
    let mut column = (0..room.sitting.n_items()).filter(|position| position % n_columns == cursor % n_columns);
    let to = match step {
        Step::Up | Step::PageUp | Step::First => {
            column.rfind(|position| *position < cursor && room.passes(filter, *position))
        }
        Step::Down | Step::PageDown | Step::Last => {
            column.find(|position| cursor < *position && room.passes(filter, *position))
        }
    };
    to.unwrap_or(cursor)
}

/// Returns `cursor`, or the first question after or before it that the filter lets through.
pub(crate) fn nearest(room: &Room, filter: Filter, cursor: usize) -> usize {
    if room.passes(filter, cursor) {
        return cursor;
    }
    match step(room, filter, cursor, Step::Down) {
        same if same == cursor => step(room, filter, cursor, Step::Up),
        next => next,
    }
}

fn filter_of(room: &Room) -> Filter {
    match room.mode {
        Mode::Navigator { filter, .. } => filter,
        Mode::Question
        | Mode::Typing { .. }
        | Mode::Review { .. }
        | Mode::Help { .. }
        | Mode::Ask { .. }
        | Mode::Note { .. }
        | Mode::Paused => Filter::All,
    }
}

/// Returns how many rows of the grid lie below those that show.
pub(crate) fn n_rows_below(room: &Room) -> usize {
    let grid = Grid::of(room);
    let n_rows = room.sitting.n_items().div_ceil(grid.n_columns);
    n_rows.saturating_sub(grid.top_row + usize::from(grid.cells.height))
}

/// Draws the navigator where it shows.
pub(crate) fn draw(room: &Room, frame: &mut Frame<'_>) {
    if !is_shown(room) {
        return;
    }
    let theme = &room.theme;
    let grid = Grid::of(room);
    if is_pinned(room.size) {
        let border = Block::new().borders(Borders::LEFT).border_style(theme.dim).padding(Padding::left(1));
        frame.render_widget(border, grid.area);
    } else {
        let title = match filter_of(room) {
            Filter::All => "Go to question".to_owned(),
            filter => format!("Go to question · {}", filter.label().to_lowercase()),
        };
        draw_box(frame, grid.area, &title, theme);
    }
    let rows = (0..usize::from(grid.cells.height)).map(|row| {
        let first = grid.first_position() + row * grid.n_columns;
        let last = (first + grid.n_columns).min(room.sitting.n_items());
        (first..last).map(|position| cell(room, position)).collect::<Line<'static>>()
    });
    draw_lines(frame, grid.cells, rows);
    let mut lines = legend(room, usize::from(grid.legend.width));
    lines.push(typed_line(room));
    draw_lines(frame, grid.legend, lines);
}

fn cell(room: &Room, position: usize) -> Span<'static> {
    let theme = &room.theme;
    if !room.passes(filter_of(room), position) {
        return Span::raw(" ".repeat(CELL_WIDTH));
    }
    let status = room.sitting.status(position);
    let shape = if room.sitting.is_closed(position) { CLOSED } else { shape(status) };
    let is_here = position == room.position;
    let pointer = if is_here { "❯" } else { " " };
    let flag = if room.sitting.mark_at(position).is_flagged { FLAG } else { " " };
    let style = match status {
        _ if is_here => theme.focus,
        ItemStatus::NotReached => theme.dim,
        ItemStatus::Blank | ItemStatus::Incomplete | ItemStatus::Answered => theme.text,
    };
    let is_pointed_at = matches!(room.mode, Mode::Navigator { cursor, .. } if cursor == position);
    let style = if is_pointed_at { style.add_modifier(Modifier::REVERSED) } else { style };
    Span::styled(format!("{pointer}{:>3}{}{flag}", position + 1, shape), style)
}

fn legend(room: &Room, width: usize) -> Vec<Line<'static>> {
    let theme = &room.theme;
    let statuses = [ItemStatus::Answered, ItemStatus::Incomplete, ItemStatus::Blank, ItemStatus::NotReached];
    let mut runs = Vec::new();
    for status in statuses {
        runs.push(Span::styled(format!("{}\u{a0}{} ", shape(status), word(status).replace(' ', "\u{a0}")), theme.dim));
    }
    runs.push(Span::styled(format!("{FLAG}\u{a0}flagged "), theme.dim));
    if !room.sitting.form().sections.is_empty() {
        runs.push(Span::styled(format!("{CLOSED}\u{a0}closed"), theme.dim));
    }
    wrap(&runs, width)
}

fn typed_line(room: &Room) -> Line<'static> {
    match &room.mode {
        Mode::Navigator { typed, .. } if !typed.is_empty() => {
            Line::from(vec![Span::raw("Go to "), Span::styled(typed.clone(), room.theme.focus), Span::raw("▏")])
        }
        Mode::Navigator { .. } => match n_rows_below(room) {
            _ if is_pinned(room.size) => Line::raw(format!("Number, or Enter · {}", filter_of(room).label())),
            0 => Line::raw("Type a number, or move and press Enter."),
            n_rows => Line::raw(format!("Type a number, or move and press Enter. {n_rows} more rows below ↓")),
        },
        Mode::Question
        | Mode::Typing { .. }
        | Mode::Review { .. }
        | Mode::Help { .. }
        | Mode::Ask { .. }
        | Mode::Note { .. }
        | Mode::Paused => Line::default(),
    }
}
