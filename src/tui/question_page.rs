//! A question as rows of a page: the stem, the cue, and what is chosen from, arranged or typed.

use std::ops::Range;

use ratatui::layout::Size;
use ratatui::text::{Line, Span};

use crate::base::SafeText;
use crate::deck::{Answer, Ask, ChoiceSet, Placement, Question};
use crate::exam::Mark;
use crate::tui::markdown::lay_out;
use crate::tui::placing::{place, place_next_free, slot_in_hand, take_away};
use crate::tui::scroll::{Step, keep_in_window};
use crate::tui::text_field::TextField;
use crate::tui::theme::Theme;
use crate::tui::wrap::{clip, width_of};

/// A question wrapped for a window; wrapping is done once, marks are put on when rows are drawn.
#[derive(Debug, Clone)]
pub(crate) struct QuestionPage {
    size: Size,
    choice_order: Vec<usize>,
    kind: PageKind,
    n_wanted: usize,
    rows: Vec<Row>,
    /// The options in one line each, by their places in the deck; empty unless they go into slots.
    options: Vec<String>,
}

/// What the keys do on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PageKind {
    /// Choices are chosen.
    Choices,
    /// Options are put into positions.
    Ordering,
    /// Options are put beside what they belong to.
    Matching,
    /// A text is typed.
    Typed,
}

/// What the learner has put on a question, and where the keys are.
pub(crate) struct Marks<'m> {
    pub(crate) mark: &'m Mark,
    /// Place of the choice, or the slot, that the arrow keys are on.
    pub(crate) highlighted: Option<usize>,
    /// The text that is being typed.
    pub(crate) field: Option<&'m TextField>,
}

/// Something on a page that can be clicked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Target {
    /// The choice or option at this place on the screen.
    Choice(usize),
    /// The slot at this place.
    Slot(usize),
    /// The field for the text.
    Field,
}

#[derive(Debug, Clone)]
enum Row {
    Blank,
    Stem(Line<'static>),
    Cue,
    Choice { place: usize, is_first: bool, text: Line<'static> },
    Slot { slot: usize, is_first: bool, is_last: bool, text: Line<'static> },
    Field,
}

/// Widest page in columns: longer lines tire the eye.
const MAX_TEXT_WIDTH: u16 = 92;
/// Columns before a stem.
pub(crate) const MARGIN: usize = 2;
/// Columns before the text of a choice: pointer, box, letter.
pub(crate) const CHOICE_MARGIN: usize = 9;
/// Columns before the text of a slot: pointer, number, box.
pub(crate) const SLOT_MARGIN: usize = 10;
/// Columns around a typed text: pointer, word, brackets.
const FIELD_FRAME: usize = 12;

impl QuestionPage {
    /// Wraps `question` for a window of `size`; `choice_order` gives for each place on the screen the deck's place.
    pub(crate) fn new(question: &Question, choice_order: &[usize], size: Size, theme: &Theme) -> QuestionPage {
        let width = text_width(size);
        let stem = lay_out(&question.prompt(), width.saturating_sub(MARGIN * 2), theme);
        let (kind, n_wanted) = (PageKind::of(&question.ask), question.kind().n_wanted().max(1));
        let mut rows: Vec<Row> = stem.into_iter().map(Row::Stem).collect();
        rows.push(Row::Blank);
        if kind != PageKind::Choices || n_wanted != 1 {
            rows.extend([Row::Cue, Row::Blank]);
        }
        let mut options = Vec::new();
        let height = usize::from(size.height);
        match &question.ask {
            Ask::Choices { choices, .. } => {
                let texts = choice_order.iter().filter_map(|idx| choices.get(*idx)).map(|choice| choice.text.as_str());
                push_choices(&mut rows, texts, width, height, theme);
            }
            Ask::Arrangement(arrangement) => {
                let labels = arrangement.slots.iter().map(|slot| slot.label.as_deref().unwrap_or(""));
                for (slot, label) in labels.enumerate() {
                    push_slot(
                        &mut rows,
                        slot,
                        at_least_one(lay_out(label, width.saturating_sub(SLOT_MARGIN + 1), theme)),
                    );
                }
                rows.push(Row::Blank);
                let texts = choice_order.iter().filter_map(|idx| arrangement.option(*idx));
                push_choices(&mut rows, texts, width, 0, theme);
                options = arrangement.options().map(|option| plain(option, theme)).collect();
            }
            Ask::Typed(_) => rows.push(Row::Field),
        }
        if matches!(question.ask, Ask::Arrangement(_)) && height < rows.len() {
            // Slots and options belong together on one window; the air above them does not.
            let cue = rows.iter().position(|row| matches!(row, Row::Cue)).unwrap_or(0);
            rows.remove(cue + 1);
        }
        QuestionPage { size, choice_order: choice_order.to_vec(), kind, n_wanted, rows, options }
    }

    /// Returns what the keys do on the page.
    pub(crate) fn kind(&self) -> PageKind {
        self.kind
    }

    /// Returns the number of choices or options.
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

    /// Returns `marks` after the choice at `place` was picked, and where the highlight is then.
    ///
    /// A choice is chosen or toggled, and a struck one is struck no more. An option goes into the slot that the keys are on.
    pub(crate) fn picked(&self, marks: &Marks<'_>, place_idx: usize) -> Option<(Mark, Option<usize>)> {
        let choice_idx = self.choice_idx(place_idx)?;
        let mark = marks.mark.clone();
        Some(match self.kind {
            PageKind::Choices => {
                let struck = mark.struck.without(choice_idx);
                let highlighted = marks.highlighted.and(Some(place_idx));
                (Mark { struck, ..mark.picked(choice_idx, self.n_wanted) }, highlighted)
            }
            PageKind::Ordering | PageKind::Matching => {
                let (placement, next) = place(&mark.answer.placement(), self.slot(marks), choice_idx, self.n_wanted);
                (Mark { answer: placement.into(), ..mark }, Some(next))
            }
            PageKind::Typed => return None,
        })
    }

    /// Returns `marks` after the highlighted choice was picked, or the next free option was put into the slot that the
    /// keys are on; `None` if no choice is highlighted.
    pub(crate) fn picked_here(&self, marks: &Marks<'_>) -> Option<(Mark, Option<usize>)> {
        match self.kind {
            PageKind::Choices => self.picked(marks, marks.highlighted?),
            PageKind::Ordering | PageKind::Matching => {
                let slot = self.slot(marks);
                let placement = place_next_free(&marks.mark.answer.placement(), slot, &self.choice_order);
                Some((Mark { answer: placement.into(), ..marks.mark.clone() }, Some(slot)))
            }
            PageKind::Typed => None,
        }
    }

    /// Returns `marks` after the slot that the keys are on was emptied; `None` if there is nothing to take away.
    pub(crate) fn emptied(&self, marks: &Marks<'_>) -> Option<(Mark, Option<usize>)> {
        let (placement, slot) = take_away(&marks.mark.answer.placement(), self.slot(marks))?;
        Some((Mark { answer: placement.into(), ..marks.mark.clone() }, Some(slot)))
    }

    /// Returns `mark` with the choice at `place` struck, or the strike taken away; a choice that is struck is not chosen.
    /// `None` where nothing can be struck.
    pub(crate) fn struck(&self, mark: &Mark, place_idx: usize) -> Option<Mark> {
        let choice_idx = self.choice_idx(place_idx).filter(|_| self.kind == PageKind::Choices)?;
        let answer = mark.answer.choices().without(choice_idx).into();
        Some(Mark { struck: mark.struck.toggled(choice_idx), answer, ..mark.clone() })
    }

    /// Returns the slot that the keys are on.
    fn slot(&self, marks: &Marks<'_>) -> usize {
        slot_in_hand(&marks.mark.answer.placement(), marks.highlighted, self.n_wanted)
    }

    /// Returns the slot with this number, counted from 0, if there is one.
    pub(crate) fn slot_of(&self, slot: usize) -> Option<usize> {
        let has_slots = matches!(self.kind, PageKind::Ordering | PageKind::Matching);
        (has_slots && slot < self.n_wanted).then_some(slot)
    }

    /// Returns the place that the highlight moves to; among choices the first step goes to the first one.
    pub(crate) fn highlighted_after(&self, marks: &Marks<'_>, step: Step) -> Option<usize> {
        match self.kind {
            PageKind::Choices => {
                let last = self.n_choices().checked_sub(1)?;
                Some(marks.highlighted.map_or(0, |place| step.from(place, last, self.n_choices())))
            }
            PageKind::Ordering | PageKind::Matching => {
                Some(step.from(self.slot(marks), self.n_wanted.saturating_sub(1), self.n_wanted))
            }
            PageKind::Typed => None,
        }
    }

    /// Returns the first row of a window, near `top`, that shows what is highlighted.
    pub(crate) fn top_showing(&self, highlighted: usize, top: usize) -> usize {
        let rows = self.rows_of(highlighted);
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
            Row::Choice { .. } | Row::Blank | Row::Stem(_) | Row::Cue | Row::Slot { .. } | Row::Field => None,
        });
        places.map(String::from).collect::<Vec<_>>().join(" ")
    }

    /// Returns what a click on `row` is meant for.
    pub(crate) fn target_at(&self, row: usize) -> Option<Target> {
        match self.rows.get(row)? {
            Row::Choice { place, .. } => Some(Target::Choice(*place)),
            Row::Slot { slot, .. } => Some(Target::Slot(*slot)),
            Row::Field => Some(Target::Field),
            Row::Blank | Row::Stem(_) | Row::Cue => None,
        }
    }

    /// Returns the rows of what the highlight can be on: a slot where there are slots, else a choice.
    fn rows_of(&self, highlighted: usize) -> Range<usize> {
        let has_slots = matches!(self.kind, PageKind::Ordering | PageKind::Matching);
        let is_own = |row: &Row| match row {
            Row::Choice { place, .. } => !has_slots && *place == highlighted,
            Row::Slot { slot, .. } => *slot == highlighted,
            Row::Blank | Row::Stem(_) | Row::Cue | Row::Field => false,
        };
        let first = self.rows.iter().position(is_own).unwrap_or(0);
        let n_rows = self.rows[first..].iter().take_while(|row| is_own(row)).count();
        first..first + n_rows
    }

    /// Returns the rows of a window that starts at `top`, with the marks on.
    pub(crate) fn window(&self, top: usize, marks: &Marks<'_>, theme: &Theme) -> Vec<Line<'static>> {
        let placement = marks.mark.answer.placement();
        let rows = self.rows.iter().skip(top).take(usize::from(self.size.height));
        let line = |row: &Row| match row {
            Row::Blank => Line::default(),
            Row::Stem(text) => prefixed(vec![Span::raw(" ".repeat(MARGIN))], text),
            Row::Cue => self.cue(marks, theme),
            Row::Choice { place, is_first, text } if self.kind == PageKind::Choices => {
                self.choice_line(*place, *is_first, text, marks, theme)
            }
            Row::Choice { place, is_first, text } => self.option_line(*place, *is_first, text, &placement, theme),
            Row::Slot { slot, is_first, is_last, text } => {
                let line = prefixed(self.slot_lead(*slot, *is_first, marks, &placement, theme), text);
                if *is_last { self.with_option(line, *slot, &placement, theme) } else { line }
            }
            Row::Field => self.field_line(marks, theme),
        };
        rows.map(line).collect()
    }

    fn has(&self, set: ChoiceSet, place: usize) -> bool {
        self.choice_idx(place).is_some_and(|choice_idx| set.contains(choice_idx))
    }

    fn choice_line(
        &self,
        place: usize,
        is_first: bool,
        text: &Line<'static>,
        marks: &Marks<'_>,
        theme: &Theme,
    ) -> Line<'static> {
        let is_chosen = self.has(marks.mark.answer.choices(), place);
        let is_struck = self.has(marks.mark.struck, place);
        let mut text = text.clone();
        if is_struck {
            text.spans.iter_mut().for_each(|span| span.style = span.style.patch(theme.struck));
        }
        if !is_first {
            return prefixed(vec![Span::raw(" ".repeat(CHOICE_MARGIN))], &text);
        }
        let pointer = if marks.highlighted == Some(place) { "❯ " } else { "  " };
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
        let letter = Span::styled(format!("{shape} {}  ", letter(place)), style);
        prefixed(vec![Span::styled(pointer, theme.focus), letter], &text)
    }

    /// An option with the number of the slot that it stands in.
    fn option_line(
        &self,
        place: usize,
        is_first: bool,
        text: &Line<'static>,
        placement: &Placement,
        theme: &Theme,
    ) -> Line<'static> {
        if !is_first {
            return prefixed(vec![Span::raw(" ".repeat(CHOICE_MARGIN))], text);
        }
        let slot = self.choice_idx(place).and_then(|option| placement.slot_of(option));
        let (shape, style) = match slot {
            Some(slot) if slot < 9 => (format!("[{}]", slot + 1), theme.chosen),
            Some(slot) => (format!(" {}", slot + 1), theme.chosen),
            None => ("[ ]".to_owned(), theme.text),
        };
        prefixed(vec![Span::styled(format!("  {shape} {}  ", letter(place)), style)], text)
    }

    fn slot_lead(
        &self,
        slot: usize,
        is_first: bool,
        marks: &Marks<'_>,
        placement: &Placement,
        theme: &Theme,
    ) -> Vec<Span<'static>> {
        if !is_first {
            return vec![Span::raw(" ".repeat(SLOT_MARGIN))];
        }
        let pointer = if self.slot(marks) == slot { "❯ " } else { "  " };
        let place = placement.at(slot).and_then(|own| self.choice_order.iter().position(|idx| *idx == own));
        let (shape, style) = match place {
            Some(place) => (format!("[{}]", letter(place)), theme.chosen),
            None => ("[ ]".to_owned(), theme.text),
        };
        vec![Span::styled(pointer, theme.focus), Span::styled(format!("{:>2} {shape}  ", slot + 1), style)]
    }

    /// Puts the option that stands in a slot behind its label, as far as there is room.
    fn with_option(&self, mut line: Line<'static>, slot: usize, placement: &Placement, theme: &Theme) -> Line<'static> {
        let Some(option) = placement.at(slot).and_then(|option| self.options.get(option)) else { return line };
        let (lead, least) = if self.kind == PageKind::Ordering { ("", 1) } else { ("  → ", 8) };
        let room = text_width(self.size).saturating_sub(line.width() + width_of(lead) + 1);
        if least <= room {
            line.spans.push(Span::styled(lead, theme.dim));
            line.spans.push(Span::styled(clip(option, room), theme.chosen));
        }
        line
    }

    fn field_line(&self, marks: &Marks<'_>, theme: &Theme) -> Line<'static> {
        let width = text_width(self.size).saturating_sub(FIELD_FRAME);
        let text = marks.field.map_or_else(
            || Line::styled(clip(SafeText::one_line(marks.mark.answer.text()).as_str(), width), theme.chosen),
            |field| field.line(width, theme),
        );
        let blanks = " ".repeat(width.saturating_sub(text.width()));
        let pointer = if marks.field.is_some() { "❯ " } else { "  " };
        let mut line = prefixed(vec![Span::styled(pointer, theme.focus), Span::styled("Answer [", theme.title)], &text);
        line.spans.extend([Span::raw(blanks), Span::styled("]", theme.title)]);
        line
    }

    fn cue(&self, marks: &Marks<'_>, theme: &Theme) -> Line<'static> {
        let (n_parts, n_wanted) = (marks.mark.answer.n_parts(), self.n_wanted);
        let (words, what) = match self.kind {
            PageKind::Choices => (format!("Choose {}", n_wanted_word(n_wanted)), "chosen"),
            PageKind::Ordering => ("Put in order".to_owned(), "placed"),
            PageKind::Matching => ("Match".to_owned(), "placed"),
            PageKind::Typed => {
                let state = match (marks.field, &marks.mark.answer) {
                    (Some(_), _) => Span::styled("Enter ends, Esc takes back", theme.dim),
                    (None, Answer::Blank) => Span::styled("Space begins", theme.dim),
                    (None, _) => Span::styled("typed ✓", theme.good),
                };
                return Line::from(vec![Span::styled("  Type the answer · ", theme.title), state]);
            }
        };
        let state = match n_parts {
            n if n < n_wanted => Span::styled(format!("{n} of {n_wanted} {what}"), theme.dim),
            n if n == n_wanted => Span::styled(format!("{n} of {n_wanted} {what} ✓"), theme.good),
            n => Span::styled(format!("{n} {what}, take {} away", n - n_wanted), theme.warning),
        };
        Line::from(vec![Span::styled(format!("  {words} · "), theme.title), state])
    }
}

impl PageKind {
    fn of(ask: &Ask) -> PageKind {
        match ask {
            Ask::Choices { .. } => PageKind::Choices,
            Ask::Arrangement(arrangement) if arrangement.is_ordering() => PageKind::Ordering,
            Ask::Arrangement(_) => PageKind::Matching,
            Ask::Typed(_) => PageKind::Typed,
        }
    }
}

/// Appends choices, with air between them if they fit into `height` rows so.
fn push_choices<'t>(
    rows: &mut Vec<Row>,
    texts: impl Iterator<Item = &'t str>,
    width: usize,
    height: usize,
    theme: &Theme,
) {
    let texts: Vec<Vec<Line<'static>>> =
        texts.map(|text| at_least_one(lay_out(text, width.saturating_sub(CHOICE_MARGIN + 1), theme))).collect();
    let n_compact: usize = rows.len() + texts.iter().map(Vec::len).sum::<usize>();
    let is_roomy = n_compact + texts.len() <= height;
    for (place, lines) in texts.into_iter().enumerate() {
        if is_roomy && 0 < place {
            rows.push(Row::Blank);
        }
        let choice_rows = lines.into_iter().enumerate();
        rows.extend(choice_rows.map(|(idx, text)| Row::Choice { place, is_first: idx == 0, text }));
    }
}

fn push_slot(rows: &mut Vec<Row>, slot: usize, lines: Vec<Line<'static>>) {
    let n_lines = lines.len();
    let row = |(idx, text)| Row::Slot { slot, is_first: idx == 0, is_last: idx + 1 == n_lines, text };
    rows.extend(lines.into_iter().enumerate().map(row));
}

fn at_least_one(lines: Vec<Line<'static>>) -> Vec<Line<'static>> {
    if lines.is_empty() { vec![Line::default()] } else { lines }
}

/// A text of the deck in one line, without its signs.
fn plain(text: &str, theme: &Theme) -> String {
    let lines = lay_out(text, usize::from(MAX_TEXT_WIDTH), theme);
    lines.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
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

fn prefixed(before: Vec<Span<'static>>, line: &Line<'static>) -> Line<'static> {
    let mut line = line.clone();
    line.spans.splice(0..0, before);
    line
}
