//! The state of the drill: the card on the table and what the learner has done with it.

use ratatui::layout::{Rect, Size};
use ratatui::text::Line;

use crate::app::{DomainCount, DrillCard, DrillProgress, Feedback};
use crate::deck::ItemBody;
use crate::exam::Mark;
use crate::review::Rating;
use crate::tui::chrome::Chrome;
use crate::tui::drill::pages::{feedback_page, flashcard_page, put_care};
use crate::tui::question_page::{Marks, QuestionPage};
use crate::tui::text_field::TextField;
use crate::tui::theme::Theme;

/// Everything that shows in the drill.
pub(crate) struct Drill {
    pub(crate) theme: Theme,
    pub(crate) size: Size,
    /// The card on the table and what rating it would give, for each of [`RATINGS`].
    pub(crate) hand: Option<Hand>,
    pub(crate) progress: DrillProgress,
    pub(crate) stage: Stage,
    /// What the learner has put on the question; the flag is not used.
    pub(crate) mark: Mark,
    pub(crate) highlighted: Option<usize>,
    /// The answer while it is typed.
    pub(crate) field: Option<TextField>,
    /// The note on the card while it is written.
    pub(crate) note: Option<TextField>,
    pub(crate) top: usize,
    pub(crate) page: Page,
    /// Whether the next Enter submits an answer that is not complete.
    pub(crate) insists: bool,
    /// Whether the desk may do its upkeep at the next pause.
    pub(crate) wants_rest: bool,
    pub(crate) overlay: Overlay,
    /// A remark that the next key takes away.
    pub(crate) remark: Option<String>,
}

/// The card on the table.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Hand {
    pub(crate) card: DrillCard,
    /// The interval in days that each of [`RATINGS`] would give.
    pub(crate) intervals: [u32; 4],
    /// How each domain of the deck stands.
    pub(crate) standing: Vec<DomainCount>,
}

/// The ratings in the order of their keys.
pub(crate) const RATINGS: [Rating; 4] = [Rating::Again, Rating::Hard, Rating::Good, Rating::Easy];

/// How far the card on the table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// It is asked: a question, or the front of a flashcard.
    Asked,
    /// The back of the flashcard shows.
    Turned,
    /// The question is answered.
    Answered(Feedback),
}

/// What lies over the card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Overlay {
    /// Nothing.
    None,
    /// The list of keys, from this row on.
    Help {
        /// The first row that shows.
        top: usize,
    },
}

/// The card wrapped for the window.
pub(crate) enum Page {
    /// Nothing is wrapped yet.
    Empty,
    /// A question that is asked.
    Question(QuestionPage),
    /// Anything that is only read.
    Text {
        /// The rows.
        lines: Vec<Line<'static>>,
        /// The row to start with if not everything fits.
        start: usize,
    },
}

/// Rows above the card: the occasion or verdict, and air; a long occasion takes both.
const HEAD: u16 = 2;
/// Rows of the ratings below the back of a flashcard, and air.
pub(crate) const RATING_ROWS: u16 = 3;

impl Drill {
    /// Returns a drill with nothing on the table.
    pub(crate) fn new(progress: DrillProgress, theme: Theme) -> Drill {
        Drill {
            theme,
            size: Size::ZERO,
            hand: None,
            progress,
            stage: Stage::Asked,
            mark: Mark::default(),
            highlighted: None,
            field: None,
            note: None,
            top: 0,
            page: Page::Empty,
            insists: false,
            wants_rest: false,
            overlay: Overlay::None,
            remark: None,
        }
    }

    /// Returns the places of the window's parts.
    pub(crate) fn chrome(&self) -> Chrome {
        Chrome::of(self.size)
    }

    /// Returns where the domains stand: between the rule and the body.
    pub(crate) fn bar_area(&self) -> Rect {
        let Chrome { rule, body, .. } = self.chrome();
        Rect { y: rule.bottom(), height: 1, ..body }
    }

    /// Returns where the occasion or verdict stands.
    pub(crate) fn head_area(&self) -> Rect {
        Rect { height: HEAD, ..self.chrome().body }
    }

    /// Returns where the card stands.
    pub(crate) fn card_area(&self) -> Rect {
        let body = self.chrome().body;
        let foot = if self.stage == Stage::Turned { RATING_ROWS } else { 0 };
        Rect { y: body.y + HEAD, height: body.height.saturating_sub(HEAD + foot), ..body }
    }

    /// Returns where the ratings stand.
    pub(crate) fn rating_area(&self) -> Rect {
        let body = self.chrome().body;
        Rect { y: body.bottom().saturating_sub(RATING_ROWS - 1), height: RATING_ROWS - 1, ..body }
    }

    /// Wraps the card for the window and goes to its start.
    pub(crate) fn turn_page(&mut self) {
        let area = self.card_area();
        let size = Size::new(area.width, area.height);
        let Some(Hand { card, .. }) = &self.hand else { return };
        let theme = &self.theme;
        self.page = match (&card.body, self.stage) {
            (ItemBody::Question(question), Stage::Asked | Stage::Turned) => {
                Page::Question(QuestionPage::new(question, &card.choice_order, size, theme))
            }
            (ItemBody::Question(question), Stage::Answered(_)) => {
                feedback_page(question, &card.choice_order, &self.mark.answer, size, theme)
            }
            (ItemBody::Flashcard(_) | ItemBody::Cloze(_), stage) => flashcard_page(&card.body, stage, size, theme),
        };
        match (self.stage, &mut self.page) {
            // Below the stem, which was just read, and below the back.
            (Stage::Answered(_), Page::Text { lines, start }) => put_care(lines, *start, &card.care, size, theme),
            (Stage::Turned, Page::Text { lines, .. }) => put_care(lines, lines.len(), &card.care, size, theme),
            (Stage::Asked, _) | (_, Page::Empty | Page::Question(_)) => {}
        }
        self.top = match &self.page {
            Page::Empty | Page::Question(_) => 0,
            Page::Text { start, .. } => (*start).min(self.last_top()),
        };
    }

    /// Wraps the card anew and stays where it is.
    pub(crate) fn refresh_page(&mut self) {
        let top = self.top;
        self.turn_page();
        self.top = top.min(self.last_top());
    }

    /// Asks the page something about the mark on the question and where the keys are in it; `None` without a question.
    pub(crate) fn on_page<T>(&self, ask: impl FnOnce(&QuestionPage, &Marks<'_>) -> T) -> Option<T> {
        let marks = Marks { mark: &self.mark, highlighted: self.highlighted, field: self.field.as_ref() };
        match &self.page {
            Page::Question(page) => Some(ask(page, &marks)),
            Page::Empty | Page::Text { .. } => None,
        }
    }

    /// Returns the first row of the last full window of the card.
    pub(crate) fn last_top(&self) -> usize {
        match &self.page {
            Page::Empty => 0,
            Page::Question(page) => page.last_top(),
            Page::Text { lines, .. } => lines.len().saturating_sub(usize::from(self.card_area().height)),
        }
    }

    /// Returns how many choices the card offers.
    pub(crate) fn n_choices(&self) -> usize {
        match &self.page {
            Page::Question(page) => page.n_choices(),
            Page::Empty | Page::Text { .. } => 0,
        }
    }
}
