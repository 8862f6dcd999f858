//! The state of the exam room: the sitting as the candidate sees it, and where the candidate is in it.

use std::time::Duration;

use ratatui::layout::{Position, Rect, Size};
use ratatui::text::Line;

use crate::deck::Question;
use crate::exam::{FormItem, ItemStatus, Mark, Purpose, Sitting, Warnings};
use crate::tui::chrome::Chrome;
use crate::tui::exam::desk::{ExamDesk, ExamExit, RoomHabits};
use crate::tui::exam::{navigator, practice};
use crate::tui::question_page::{Marks, QuestionPage};
use crate::tui::text_field::TextField;
use crate::tui::theme::Theme;

/// Everything that shows in the exam room.
pub(crate) struct Room {
    pub(crate) theme: Theme,
    pub(crate) size: Size,
    pub(crate) title: String,
    pub(crate) limit: Option<Duration>,
    pub(crate) elapsed: Duration,
    pub(crate) clock: ClockFace,
    /// Whether the clock came back for the last minutes.
    pub(crate) has_returned: bool,
    pub(crate) warnings: Warnings,
    pub(crate) purpose: Purpose,
    /// Keys until the hint for beginners goes.
    pub(crate) n_hint_keys: u32,
    pub(crate) questions: Vec<Question>,
    /// The sitting as the candidate sees it; ahead of the record by what is in `unsaved`.
    pub(crate) sitting: Sitting,
    /// What is still to be written, oldest first.
    pub(crate) unsaved: Vec<Record>,
    /// Why the last write failed; `None` when it went well.
    pub(crate) failure: Option<String>,
    /// How the candidate is about to go out, once everything is saved.
    pub(crate) leaving: Option<ExamExit>,
    pub(crate) last_heartbeat: Duration,
    /// The exam time from which the desk may do its upkeep; `None` when there is nothing to do.
    pub(crate) rest_at: Option<Duration>,
    pub(crate) position: usize,
    /// Whether the item at `position` was put on the screen since the room was opened.
    pub(crate) has_arrived: bool,
    /// Place on the screen of the choice, or the slot, that the arrow keys are on.
    pub(crate) highlighted: Option<usize>,
    pub(crate) top: usize,
    /// For each item, whether its last row was on the screen.
    pub(crate) seen_to_end: Vec<bool>,
    pub(crate) page: Option<QuestionPage>,
    /// What is right and why, in place of the page; `None` before the answer was checked.
    pub(crate) feedback: Option<Vec<Line<'static>>>,
    /// Whether this showing of the item has said that there is more below.
    pub(crate) has_nudged: bool,
    /// The part of the questions that is gone through; `None` for all of them.
    pub(crate) walk: Option<Walk>,
    pub(crate) mode: Mode,
    /// The review, while something lies over it.
    pub(crate) behind: Option<Mode>,
    /// A remark that the next key takes away.
    pub(crate) remark: Option<String>,
}

/// Whether the clock shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ClockFace {
    /// It shows.
    Shown,
    /// The candidate has put it away.
    Hidden,
}

/// What the keys act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Mode {
    /// The question.
    Question,
    /// The answer that is typed.
    Typing {
        /// What is typed so far.
        field: TextField,
    },
    /// The grid of questions.
    Navigator {
        /// The question that the arrow keys are on.
        cursor: usize,
        /// The digits typed so far.
        typed: String,
        /// Which questions show.
        filter: Filter,
    },
    /// The note on the question.
    Note {
        /// What is typed.
        field: TextField,
    },
    /// The clock stands, and the question is out of sight.
    Paused,
    /// The list of questions.
    Review {
        /// Which questions are listed.
        filter: Filter,
        /// The place in the list that the arrow keys are on.
        selected: usize,
    },
    /// The list of keys.
    Help {
        /// The first row that shows.
        top: usize,
    },
    /// A question to the candidate.
    Ask {
        /// What is asked.
        ask: Ask,
        /// The answer that the arrow keys are on.
        selected: usize,
    },
}

/// Which questions the review lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Filter {
    /// All of them.
    All,
    /// Those that are not answered in full.
    Incomplete,
    /// Those that are flagged.
    Flagged,
}

/// What the candidate can be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ask {
    /// How to go out.
    HowToLeave,
    /// Whether the exam shall be scored now.
    End,
    /// Whether the sitting shall be given up.
    Abandon,
    /// Whether to leave the section for the question at this position; nobody comes back.
    LeaveSection(usize),
    /// Whether to go out although answers could not be saved.
    LeaveUnsaved(ExamExit),
}

/// Something that has to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Record {
    /// The item at this position was on the screen.
    Show(usize),
    /// The item at this position has this mark.
    Mark(usize, Mark),
    /// The item at this position has this note.
    Note(usize, String),
    /// The candidate sees what is right at this position.
    Check(usize),
}

/// A part of the questions, gone through from its first to its last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Walk {
    /// What they have in common.
    pub(crate) filter: Filter,
    /// Where they are; answers that are given on the way change nothing about it.
    pub(crate) positions: Vec<usize>,
}

/// Time left at which a clock that was put away comes back.
pub(crate) const LATE: Duration = Duration::from_mins(5);
/// Keys after which a beginner needs no hint any more.
const HINT_KEYS: u32 = 12;

impl Room {
    /// Opens the room on the recorded sitting; the candidate is placed where a resumed sitting goes on.
    pub(crate) fn new(desk: &dyn ExamDesk, habits: &RoomHabits, theme: Theme) -> Room {
        let sitting = desk.sitting().clone();
        let n_items = sitting.n_items();
        let left = desk.limit().map(|limit| limit.saturating_sub(desk.elapsed()));
        Room {
            theme,
            size: Size::ZERO,
            title: desk.title().to_owned(),
            limit: desk.limit(),
            elapsed: desk.elapsed(),
            clock: ClockFace::Shown,
            has_returned: false,
            warnings: Warnings::new(&habits.warning_minutes, left),
            purpose: if desk.is_practice() { Purpose::Practice } else { Purpose::Exam },
            n_hint_keys: if habits.is_first { HINT_KEYS } else { 0 },
            questions: (0..n_items).map(|position| desk.question(position).clone()).collect(),
            unsaved: Vec::new(),
            failure: None,
            leaving: None,
            last_heartbeat: desk.elapsed(),
            rest_at: None,
            position: sitting.resume_position(),
            has_arrived: false,
            highlighted: None,
            top: 0,
            seen_to_end: vec![false; n_items],
            page: None,
            feedback: None,
            has_nudged: false,
            walk: None,
            mode: Mode::Question,
            behind: None,
            remark: None,
            sitting,
        }
    }

    /// Tells whether feedback comes with each answer, and the clock can be stopped.
    pub(crate) fn is_practice(&self) -> bool {
        self.purpose == Purpose::Practice
    }

    /// Returns the item on the screen; `None` only for a form without items.
    pub(crate) fn item(&self) -> Option<&FormItem> {
        self.sitting.form().items.get(self.position)
    }

    /// Returns the mark on the item on the screen.
    pub(crate) fn mark(&self) -> Mark {
        self.sitting.mark_at(self.position)
    }

    /// Returns the time left; `None` without a limit.
    pub(crate) fn left(&self) -> Option<Duration> {
        self.limit.map(|limit| limit.saturating_sub(self.elapsed))
    }

    /// Tells whether time is up.
    pub(crate) fn is_over(&self) -> bool {
        self.limit.is_some_and(|limit| limit <= self.elapsed)
    }

    /// Tells whether little time is left.
    pub(crate) fn is_late(&self) -> bool {
        self.left().is_some_and(|left| left <= LATE)
    }

    /// Returns how many questions have a mark that is not written.
    pub(crate) fn n_unsaved_marks(&self) -> usize {
        self.unsaved.iter().filter(|record| matches!(record, Record::Mark(..))).count()
    }

    /// Returns the positions that a filter lets through, of the section that the candidate is in.
    pub(crate) fn listed(&self, filter: Filter) -> Vec<usize> {
        let is_listed = |position: &usize| self.is_in_section(*position) && self.passes(filter, *position);
        (0..self.sitting.n_items()).filter(is_listed).collect()
    }

    /// Tells whether a filter lets the question at `position` through.
    pub(crate) fn passes(&self, filter: Filter, position: usize) -> bool {
        match filter {
            Filter::All => true,
            Filter::Incomplete => self.sitting.status(position) != ItemStatus::Answered,
            Filter::Flagged => self.sitting.mark_at(position).is_flagged,
        }
    }

    fn is_in_section(&self, position: usize) -> bool {
        self.sitting.form().section_idx(position) == self.sitting.section_idx()
    }

    /// Returns the whole window.
    pub(crate) fn window(&self) -> Rect {
        Rect::from((Position::ORIGIN, self.size))
    }

    /// Returns the places of the window's parts.
    pub(crate) fn chrome(&self) -> Chrome {
        Chrome::of(self.size)
    }

    /// Returns where the question stands: the body, less the navigator where that is pinned.
    pub(crate) fn question_area(&self) -> Rect {
        let body = self.chrome().body;
        let pinned = if navigator::is_pinned(self.size) { navigator::PANEL_WIDTH } else { 0 };
        Rect { width: body.width.saturating_sub(pinned), ..body }
    }

    /// Wraps the question on the screen, unless that was done for this window.
    pub(crate) fn turn_page(&mut self) {
        let area = self.question_area();
        let size = Size::new(area.width, area.height);
        let (Some(item), Some(question)) = (self.item(), self.questions.get(self.position)) else { return };
        if self.page.as_ref().is_none_or(|page| page.size() != size) {
            let page = QuestionPage::new(question, &item.choice_order, size, &self.theme);
            self.top = self.top.min(page.last_top());
            self.page = Some(page);
            self.feedback = None;
        }
        if self.feedback.is_none() && self.sitting.is_checked(self.position) {
            self.turn_feedback(size);
        }
        self.note_seen();
    }

    /// Lays out what is right and why in place of the question.
    fn turn_feedback(&mut self, size: Size) {
        let (Some(item), Some(question)) = (self.item(), self.questions.get(self.position)) else { return };
        let (lines, start) = practice::lay_out(question, item, &self.mark(), size, &self.theme);
        let last_top = lines.len().saturating_sub(usize::from(size.height));
        self.top = start.min(last_top);
        self.feedback = Some(lines);
    }

    /// Returns the first row of the last full window of what shows.
    pub(crate) fn last_top(&self) -> usize {
        match (&self.feedback, &self.page) {
            (Some(lines), _) => lines.len().saturating_sub(usize::from(self.question_area().height)),
            (None, Some(page)) => page.last_top(),
            (None, None) => 0,
        }
    }

    /// Returns how many rows lie below the window.
    pub(crate) fn n_below(&self) -> usize {
        match (&self.feedback, &self.page) {
            (Some(lines), _) => lines.len().saturating_sub(self.top + usize::from(self.question_area().height)),
            (None, Some(page)) => page.n_below(self.top),
            (None, None) => 0,
        }
    }

    /// Asks the page something about the mark on the question and where the keys are in it; `None` without a page.
    pub(crate) fn on_page<T>(&self, ask: impl FnOnce(&QuestionPage, &Marks<'_>) -> T) -> Option<T> {
        let mark = self.mark();
        let field = match &self.mode {
            Mode::Typing { field } => Some(field),
            Mode::Question
            | Mode::Navigator { .. }
            | Mode::Review { .. }
            | Mode::Help { .. }
            | Mode::Ask { .. }
            | Mode::Note { .. }
            | Mode::Paused => None,
        };
        let marks = Marks { mark: &mark, highlighted: self.highlighted, field };
        self.page.as_ref().map(|page| ask(page, &marks))
    }

    /// Notes whether the end of the question is on the screen.
    pub(crate) fn note_seen(&mut self) {
        let is_at_end = self.page.is_some() && self.n_below() == 0;
        if let Some(seen) = self.seen_to_end.get_mut(self.position) {
            *seen = *seen || is_at_end;
        }
    }
}

impl Filter {
    /// All filters in the order of the screen.
    pub(crate) const ALL: [Filter; 3] = [Filter::All, Filter::Incomplete, Filter::Flagged];

    /// Returns the word for the screen.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Filter::All => "All",
            Filter::Incomplete => "Incomplete",
            Filter::Flagged => "Flagged",
        }
    }

    /// Returns the filter after this one.
    pub(crate) fn next(self) -> Filter {
        match self {
            Filter::All => Filter::Incomplete,
            Filter::Incomplete => Filter::Flagged,
            Filter::Flagged => Filter::All,
        }
    }
}
