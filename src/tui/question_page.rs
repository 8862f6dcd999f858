//! A question as rows of a page: the stem, the cue, the choices by their places on the screen.

use std::ops::Range;

use ratatui::layout::Size;
use ratatui::text::{Line, Span};

use crate::deck::{ChoiceSet, Question};
use crate::exam::Mark;
use crate::tui::markdown::lay_out;
use crate::tui::scroll::{Step, keep_in_window};
use crate::tui::theme::Theme;

/// A question wrapped for a window; wrapping is done once, marks are put on when rows are drawn.
#[derive(Debug, Clone)]
pub(crate) struct QuestionPage {
    size: Size,
    choice_order: Vec<usize>,
    n_wanted: usize,
    rows: Vec<Row>,
}

#[derive(Debug, Clone)]
enum Row {
    Blank,
    Stem(Line<'static>),
    Cue,
    Choice { place: usize, is_first: bool, text: Line<'static> },
}

/// Widest page in columns: longer lines tire the eye.
const MAX_TEXT_WIDTH: u16 = 92;
/// Columns before a stem.
pub(crate) const MARGIN: usize = 2;
/// Columns before the text of a choice: pointer, box, letter.
pub(crate) const CHOICE_MARGIN: usize = 9;

impl QuestionPage {
    /// Wraps `question` for a window of `size`; `choice_order` gives for each place on the screen the deck's place.
    pub(crate) fn new(
        question: &Question,
        choice_order: &[usize],
        n_wanted: usize,
        size: Size,
        theme: &Theme,
    ) -> QuestionPage {
        let width = text_width(size);
        let stem = lay_out(&question.stem, width.saturating_sub(MARGIN * 2), theme);
        let texts: Vec<Vec<Line<'static>>> = choice_order
            .iter()
            .filter_map(|choice_idx| question.choices.get(*choice_idx))
            .map(|choice| lay_out(&choice.text, width.saturating_sub(CHOICE_MARGIN + 1), theme))
            .map(|lines| if lines.is_empty() { vec![Line::default()] } else { lines })
            .collect();

        let mut rows: Vec<Row> = stem.into_iter().map(Row::Stem).collect();
        rows.push(Row::Blank);
        if n_wanted != 1 {
            rows.extend([Row::Cue, Row::Blank]);
        }
        let n_compact: usize = rows.len() + texts.iter().map(Vec::len).sum::<usize>();
        let is_roomy = n_compact + texts.len() <= usize::from(size.height);
        for (place, lines) in texts.into_iter().enumerate() {
            if is_roomy && 0 < place {
                rows.push(Row::Blank);
            }
            let choice_rows = lines.into_iter().enumerate();
            rows.extend(choice_rows.map(|(idx, text)| Row::Choice { place, is_first: idx == 0, text }));
        }
        QuestionPage { size, choice_order: choice_order.to_vec(), n_wanted, rows }
    }

    /// Returns the number of choices.
    pub(crate) fn n_choices(&self) -> usize {
        self.choice_order.len()
    }

    /// Returns the window that the page was made for.
    pub(crate) fn size(&self) -> Size {
        self.size
    }

    /// Returns the place in the deck of the choice at `place` on the screen.
    fn choice_idx(&self, place: usize) -> Option<usize> {
        self.choice_order.get(place).copied()
    }

    /// Returns `mark` with the choice at `place` chosen or toggled; a struck choice that is chosen is struck no more.
    pub(crate) fn picked(&self, mark: Mark, place: usize) -> Option<Mark> {
        let choice_idx = self.choice_idx(place)?;
        Some(Mark { struck: mark.struck.without(choice_idx), ..mark.picked(choice_idx, self.n_wanted) })
    }

    /// Returns `mark` with the choice at `place` struck, or the strike taken away; a choice that is struck is not chosen.
    pub(crate) fn struck(&self, mark: Mark, place: usize) -> Option<Mark> {
        let choice_idx = self.choice_idx(place)?;
        Some(Mark { struck: mark.struck.toggled(choice_idx), chosen: mark.chosen.without(choice_idx), ..mark })
    }

    /// Returns the place that the highlight moves to; the first step goes to the first choice.
    pub(crate) fn highlighted_after(&self, highlighted: Option<usize>, step: Step) -> Option<usize> {
        let last = self.n_choices().checked_sub(1)?;
        Some(highlighted.map_or(0, |place| step.from(place, last, self.n_choices())))
    }

    /// Returns the first row of a window, near `top`, that shows the choice at `place`.
    pub(crate) fn top_showing(&self, place: usize, top: usize) -> usize {
        let rows = self.rows_of(place);
        keep_in_window(rows.end.saturating_sub(1), top, usize::from(self.size.height)).min(rows.start)
    }

    /// Returns the first row that a window of the page can start with and still be full.
    pub(crate) fn last_top(&self) -> usize {
        self.rows.len().saturating_sub(usize::from(self.size.height))
    }

    /// Returns how many rows lie below a window that starts at `top`.
    pub(crate) fn n_below(&self, top: usize) -> usize {
        self.rows.len().saturating_sub(top + usize::from(self.size.height))
    }

    /// Returns the letters of the choices that a window starting at `top` leaves out below, as they stand there.
    pub(crate) fn letters_below(&self, top: usize) -> String {
        let first_below = (top + usize::from(self.size.height)).min(self.rows.len());
        let places = self.rows[first_below..].iter().filter_map(|row| match row {
            Row::Choice { place, is_first: true, .. } => Some(letter(*place)),
            Row::Choice { .. } | Row::Blank | Row::Stem(_) | Row::Cue => None,
        });
        places.map(String::from).collect::<Vec<_>>().join(" ")
    }

    /// Returns the place of the choice that `row` belongs to.
    pub(crate) fn place_at(&self, row: usize) -> Option<usize> {
        match self.rows.get(row)? {
            Row::Choice { place, .. } => Some(*place),
            Row::Blank | Row::Stem(_) | Row::Cue => None,
        }
    }

    /// Returns the rows of the choice at `place`.
    fn rows_of(&self, place: usize) -> Range<usize> {
        let is_own = |row: &Row| matches!(row, Row::Choice { place: own, .. } if *own == place);
        let first = self.rows.iter().position(is_own).unwrap_or(0);
        let n_rows = self.rows[first..].iter().take_while(|row| is_own(row)).count();
        first..first + n_rows
    }

    /// Returns the rows of a window that starts at `top`, with the marks on.
    pub(crate) fn window(
        &self,
        top: usize,
        mark: Mark,
        highlighted: Option<usize>,
        theme: &Theme,
    ) -> impl Iterator<Item = Line<'static>> {
        let rows = self.rows.iter().skip(top).take(usize::from(self.size.height));
        rows.map(move |row| match row {
            Row::Blank => Line::default(),
            Row::Stem(text) => prefixed(Span::raw(" ".repeat(MARGIN)), text),
            Row::Cue => cue(self.n_wanted, mark.chosen.len(), theme),
            Row::Choice { place, is_first: true, text } => self.choice_line(*place, text, mark, highlighted, theme),
            Row::Choice { place, is_first: false, text } => {
                prefixed(Span::raw(" ".repeat(CHOICE_MARGIN)), &self.choice_text(*place, text, mark, theme))
            }
        })
    }

    fn has(&self, set: ChoiceSet, place: usize) -> bool {
        self.choice_idx(place).is_some_and(|choice_idx| set.contains(choice_idx))
    }

    fn choice_text(&self, place: usize, text: &Line<'static>, mark: Mark, theme: &Theme) -> Line<'static> {
        let mut text = text.clone();
        if self.has(mark.struck, place) {
            text.spans.iter_mut().for_each(|span| span.style = span.style.patch(theme.struck));
        }
        text
    }

    fn choice_line(
        &self,
        place: usize,
        text: &Line<'static>,
        mark: Mark,
        highlighted: Option<usize>,
        theme: &Theme,
    ) -> Line<'static> {
        let is_chosen = self.has(mark.chosen, place);
        let is_struck = self.has(mark.struck, place);
        let pointer = if highlighted == Some(place) { "❯ " } else { "  " };
        let shape = match (is_struck, is_chosen, self.n_wanted) {
            (_, true, 1) => "(●)",
            (_, true, _) => "[■]",
            (true, false, _) => " ╳ ",
            (false, false, 1) => "( )",
            (false, false, _) => "[ ]",
        };
        let style = match (is_struck, is_chosen) {
            (_, true) => theme.chosen,
            (true, false) => theme.dim,
            (false, false) => theme.text,
        };
        let mut line = self.choice_text(place, text, mark, theme);
        line.spans.insert(0, Span::styled(format!("{shape} {}  ", letter(place)), style));
        line.spans.insert(0, Span::styled(pointer, theme.focus));
        line
    }
}

/// Returns the columns of a page in a window of `size`.
pub(crate) fn text_width(size: Size) -> usize {
    usize::from(size.width.min(MAX_TEXT_WIDTH))
}

/// Returns the letter of a place on the screen.
pub(crate) fn letter(place: usize) -> char {
    ('A'..='Z').nth(place).unwrap_or('?')
}

/// Returns a number of choices as the cue writes it.
fn n_wanted_word(n_wanted: usize) -> String {
    let words = ["NONE", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT"];
    words.get(n_wanted).map_or_else(|| n_wanted.to_string(), |word| (*word).to_owned())
}

fn cue(n_wanted: usize, n_chosen: usize, theme: &Theme) -> Line<'static> {
    let state = match n_chosen {
        n if n < n_wanted => Span::styled(format!("{n} of {n_wanted} chosen"), theme.dim),
        n if n == n_wanted => Span::styled(format!("{n} of {n_wanted} chosen ✓"), theme.good),
        n => Span::styled(format!("{n} chosen, take {} away", n - n_wanted), theme.warning),
    };
    let words = format!("  Choose {} · ", n_wanted_word(n_wanted));
    Line::from(vec![Span::styled(words, theme.title), state])
}

fn prefixed(before: Span<'static>, line: &Line<'static>) -> Line<'static> {
    let mut line = line.clone();
    line.spans.insert(0, before);
    line
}
