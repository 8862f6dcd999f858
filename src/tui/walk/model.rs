//! The state of the walk: the question on the screen, and which ones are walked through.

use ratatui::layout::Size;
use ratatui::text::Line;

use crate::exam::ItemFilter;
use crate::tui::chrome::Chrome;
use crate::tui::drill::{Page, feedback_page};
use crate::tui::text_line::lay_out_lines;
use crate::tui::theme::Theme;
use crate::tui::walk::desk::{WalkDesk, WalkItem};

/// Everything that shows in the walk.
pub(crate) struct Walk {
    pub(crate) theme: Theme,
    pub(crate) size: Size,
    pub(crate) items: Vec<WalkItem>,
    pub(crate) filter: ItemFilter,
    pub(crate) position: usize,
    pub(crate) rows: Vec<Line<'static>>,
    pub(crate) top: usize,
    pub(crate) mode: Mode,
    /// A remark that the next key takes away.
    pub(crate) remark: Option<String>,
}

/// What the keys act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mode {
    /// The question.
    Question,
    /// The number of the question to go to, as far as it is typed.
    GoTo(String),
    /// The reason why the question is doubtful, as far as it is typed.
    Doubt(String),
    /// The list of keys, from this row on.
    Help(usize),
}

impl Walk {
    /// Opens the walk at the first question that `filter` keeps; a filter that keeps none gives way to all.
    pub(crate) fn new(desk: &dyn WalkDesk, filter: ItemFilter, theme: Theme) -> Walk {
        let mut walk = Walk {
            theme,
            size: Size::ZERO,
            items: desk.items(),
            filter,
            position: 0,
            rows: Vec::new(),
            top: 0,
            mode: Mode::Question,
            remark: None,
        };
        if let Some(first) = walk.listed(filter).first() {
            walk.position = *first;
        } else {
            walk.filter = ItemFilter::All;
            walk.remark = Some(format!("No question is {}.", filter.words()));
        }
        walk
    }

    /// Returns the positions that a filter keeps.
    pub(crate) fn listed(&self, filter: ItemFilter) -> Vec<usize> {
        let kept = self.items.iter().enumerate().filter(|(_, item)| item.kept_by.contains(&filter));
        kept.map(|(position, _)| position).collect()
    }

    /// Returns the places of the window's parts.
    pub(crate) fn chrome(&self) -> Chrome {
        Chrome::of(self.size)
    }

    /// Returns the rows of a window.
    pub(crate) fn height(&self) -> usize {
        usize::from(self.chrome().body.height)
    }

    /// Returns the first row of the last full window of the question.
    pub(crate) fn last_top(&self) -> usize {
        self.rows.len().saturating_sub(self.height())
    }

    /// Wraps the question on the screen for the window.
    pub(crate) fn turn_page(&mut self) {
        let Some(item) = self.items.get(self.position) else { return };
        let body = self.chrome().body;
        let width = usize::from(body.width);
        let mut rows = lay_out_lines(std::slice::from_ref(&item.head), width, &self.theme);
        rows.extend(lay_out_lines(&item.notes, width, &self.theme));
        rows.push(Line::default());
        let size = Size::new(body.width, body.height);
        match feedback_page(&item.question, &item.choice_order, &item.answer, size, &self.theme) {
            Page::Text { lines, .. } => rows.extend(lines),
            Page::Empty | Page::Question(_) => {}
        }
        self.rows = rows;
        self.top = self.top.min(self.last_top());
    }
}
