//! Cards that are only read: answered questions and flashcards.

use ratatui::layout::Size;
use ratatui::text::{Line, Span};

use crate::base::SafeText;
use crate::deck::{ChoiceSet, Flashcard, Question};
use crate::tui::drill::model::{Page, Stage};
use crate::tui::markdown::{lay_out, lay_out_after};
use crate::tui::question_page::{CHOICE_MARGIN, MARGIN, letter, text_width};
use crate::tui::theme::Theme;
use crate::tui::wrap::chop;

/// Lays out an answered question: the stem, each choice with its verdict and rationale, where to read more.
///
/// If not everything fits, the page starts with the choices: the stem was just read.
pub(crate) fn feedback_page(
    question: &Question,
    choice_order: &[usize],
    chosen: ChoiceSet,
    size: Size,
    theme: &Theme,
) -> Page {
    let width = text_width(size);
    let mut lines = indented(MARGIN, lay_out(&question.stem, width.saturating_sub(MARGIN * 2), theme));
    lines.push(Line::default());
    let start = lines.len();
    let key = question.key();
    for (place, choice_idx) in choice_order.iter().enumerate() {
        let Some(choice) = question.choices.get(*choice_idx) else { continue };
        let (shape, style, verdict) = match (key.contains(*choice_idx), chosen.contains(*choice_idx)) {
            (true, true) => ("✓", theme.good, "Right, and your choice."),
            (true, false) => ("✓", theme.good, "Right answer."),
            (false, true) => ("✗", theme.bad, "Wrong, and your choice."),
            (false, false) => (" ", theme.text, ""),
        };
        let inner = width.saturating_sub(CHOICE_MARGIN + 1);
        let mut text = lay_out(&choice.text, inner, theme);
        if text.is_empty() {
            text.push(Line::default());
        }
        let mut rows = indented(CHOICE_MARGIN, text);
        if let Some(first) = rows.first_mut().and_then(|row| row.spans.first_mut()) {
            *first = Span::styled(format!("   {shape}  {}  ", letter(place)), style);
        }
        lines.extend(rows);
        let why = choice.why.as_deref().unwrap_or("");
        let lead = if verdict.is_empty() { Vec::new() } else { vec![Span::styled(verdict, style), Span::raw(" ")] };
        if !why.is_empty() || !lead.is_empty() {
            lines.extend(indented(CHOICE_MARGIN, lay_out_after(lead, why, inner, &theme.receding())));
        }
        lines.push(Line::default());
    }
    lines.extend(references(&question.refs, width, theme));
    Page::Text { lines: without_last_blank(lines), start }
}

/// Lays out a flashcard: its front, and once it is turned its back below a rule.
pub(crate) fn flashcard_page(flashcard: &Flashcard, stage: Stage, size: Size, theme: &Theme) -> Page {
    let width = text_width(size);
    let inner = width.saturating_sub(MARGIN * 2);
    let front = lay_out(&flashcard.front, inner, theme);
    let mut lines: Vec<Line<'static>> = front.into_iter().map(|line| line.patch_style(theme.title)).collect();
    let mut start = 0;
    let height = usize::from(size.height);
    if stage != Stage::Asked {
        lines.extend([Line::default(), Line::styled("─".repeat(inner), theme.dim), Line::default()]);
        let back_start = lines.len();
        lines.extend(lay_out(&flashcard.back, inner, theme));
        // The front stays in sight as far as the back leaves room.
        start = lines.len().saturating_sub(height).min(back_start);
        lines.push(Line::default());
    }
    let mut lines = indented(MARGIN, lines);
    if stage != Stage::Asked {
        lines.extend(references(&flashcard.refs, width, theme));
    }
    Page::Text { lines: without_last_blank(lines), start }
}

fn references(refs: &[String], width: usize, theme: &Theme) -> Vec<Line<'static>> {
    if refs.is_empty() {
        return Vec::new();
    }
    let mut lines = vec![Line::styled("Read more", theme.title)];
    for text in refs {
        lines.extend(chop(SafeText::one_line(text).as_str(), theme.dim, width.saturating_sub(MARGIN * 2)));
    }
    indented(MARGIN, lines)
}

fn indented(n_blanks: usize, lines: Vec<Line<'static>>) -> Vec<Line<'static>> {
    let blanks = Span::raw(" ".repeat(n_blanks));
    let indented = lines.into_iter().map(|mut line| {
        line.spans.insert(0, blanks.clone());
        line
    });
    indented.collect()
}

fn without_last_blank(mut lines: Vec<Line<'static>>) -> Vec<Line<'static>> {
    while lines.last().is_some_and(|line| line.width() == 0) {
        lines.pop();
    }
    lines
}
