//! Cards that are only read: answered questions and flashcards.

use ratatui::layout::Size;
use ratatui::text::{Line, Span};

use crate::app::{CardCare, confusion_words};
use crate::base::SafeText;
use crate::deck::{Answer, Arrangement, Ask, Choice, ItemBody, Question, TypedAnswer};
use crate::tui::drill::model::{Page, Stage};
use crate::tui::markdown::{lay_out, lay_out_after};
use crate::tui::question_page::{CHOICE_MARGIN, MARGIN, letter, text_width};
use crate::tui::theme::Theme;
use crate::tui::wrap::{chop, wrap};

/// Lays out an answered question: the stem, each choice or slot with its verdict and rationale, where to read more.
///
/// If not everything fits, the page starts below the stem, which was just read.
pub(crate) fn feedback_page(
    question: &Question,
    choice_order: &[usize],
    answer: &Answer,
    size: Size,
    theme: &Theme,
) -> Page {
    let width = text_width(size);
    let mut lines = indented(MARGIN, lay_out(&question.prompt(), width.saturating_sub(MARGIN * 2), theme));
    lines.push(Line::default());
    let start = lines.len();
    lines.extend(match &question.ask {
        Ask::Choices { choices, .. } => answered_choices(choices, choice_order, answer, width, theme),
        Ask::Arrangement(arrangement) => answered_slots(arrangement, choice_order, answer, width, theme),
        Ask::Typed(typed) => answered_text(typed, answer, width, theme),
    });
    lines.extend(references(&question.refs, width, theme));
    Page::Text { lines: without_last_blank(lines), start }
}

fn answered_choices(
    choices: &[Choice],
    choice_order: &[usize],
    answer: &Answer,
    width: usize,
    theme: &Theme,
) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for (place, choice_idx) in choice_order.iter().enumerate() {
        let Some(choice) = choices.get(*choice_idx) else { continue };
        let (shape, style, verdict) = match (choice.is_key, answer.choices().contains(*choice_idx)) {
            (true, true) => ("✓", theme.good, "Right, and your choice."),
            (true, false) => ("✓", theme.good, "Right answer."),
            (false, true) => ("✗", theme.bad, "Wrong, and your choice."),
            (false, false) => (" ", theme.text, ""),
        };
        let lead = Span::styled(format!("   {shape}  {}  ", letter(place)), style);
        lines.extend(block(lead, Vec::new(), &choice.text, width, theme));
        let verdict = if verdict.is_empty() { Vec::new() } else { vec![Span::styled(verdict, style), Span::raw(" ")] };
        lines.extend(remark(verdict, choice.why.as_deref(), width, theme));
        lines.push(Line::default());
    }
    lines
}

fn answered_slots(
    arrangement: &Arrangement,
    choice_order: &[usize],
    answer: &Answer,
    width: usize,
    theme: &Theme,
) -> Vec<Line<'static>> {
    let placement = answer.placement();
    let shown = |option: usize| {
        let place = choice_order.iter().position(|own| *own == option).unwrap_or(usize::MAX);
        (letter(place), SafeText::one_line(arrangement.option(option).unwrap_or("")).to_string())
    };
    let mut lines = Vec::new();
    for (slot_idx, slot) in arrangement.slots.iter().enumerate() {
        let own = placement.at(slot_idx);
        let is_right = own == Some(slot_idx);
        let (shape, style) = if is_right { ("✓", theme.good) } else { ("✗", theme.bad) };
        let (key, _) = shown(slot_idx);
        let lead = Span::styled(format!("{:>4} {shape} {key} ", slot_idx + 1), style);
        let label = slot.label.as_deref().map(|label| Span::raw(format!("{} → ", SafeText::one_line(label))));
        lines.extend(block(lead, label.into_iter().collect(), &slot.key, width, theme));
        let verdict = match own.map(shown) {
            _ if is_right => Vec::new(),
            Some((letter, text)) => {
                vec![Span::styled("Belongs here; yours was ", style), Span::raw(format!("{letter} {text}. "))]
            }
            None => vec![Span::styled("Belongs here; you left it empty. ", style)],
        };
        lines.extend(remark(verdict, slot.why.as_deref(), width, theme));
    }
    lines.push(Line::default());
    lines.extend(closing(arrangement.why.as_deref(), width, theme));
    lines
}

fn answered_text(typed: &TypedAnswer, answer: &Answer, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    let own = SafeText::one_line(answer.text()).to_string();
    let (shape, style) = if typed.accepts(answer.text()) { ("✓", theme.good) } else { ("✗", theme.bad) };
    let own = if own.is_empty() { "You typed nothing.".to_owned() } else { own };
    let inner = width.saturating_sub(CHOICE_MARGIN + 1);
    let mut rows = indented(CHOICE_MARGIN, wrap(&[Span::raw(own)], inner));
    relead(&mut rows, Span::styled(format!("   {shape}  = "), style));
    lines.extend(rows);
    lines.extend(remark(vec![Span::styled("Right answer: ", theme.good)], Some(typed.shown()), width, theme));
    let others: Vec<&str> = typed.accept.iter().map(String::as_str).filter(|text| *text != typed.shown()).collect();
    if !others.is_empty() {
        let others = Span::raw(SafeText::one_line(&others.join(" · ")).to_string());
        lines.extend(indented(CHOICE_MARGIN, wrap(&[Span::raw("Accepted: "), others], inner)));
    }
    lines.push(Line::default());
    lines.extend(closing(typed.why.as_deref(), width, theme));
    lines
}

/// A text of the deck below its lead, which takes the place of the margin in the first row.
fn block(
    lead: Span<'static>,
    before: Vec<Span<'static>>,
    text: &str,
    width: usize,
    theme: &Theme,
) -> Vec<Line<'static>> {
    let mut text = lay_out_after(before, text, width.saturating_sub(CHOICE_MARGIN + 1), theme);
    if text.is_empty() {
        text.push(Line::default());
    }
    let mut rows = indented(CHOICE_MARGIN, text);
    relead(&mut rows, lead);
    rows
}

fn relead(rows: &mut [Line<'static>], lead: Span<'static>) {
    if let Some(first) = rows.first_mut().and_then(|row| row.spans.first_mut()) {
        *first = lead;
    }
}

/// A verdict and a rationale below what they are about; nothing if there is neither.
fn remark(verdict: Vec<Span<'static>>, why: Option<&str>, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let why = why.unwrap_or("");
    if why.is_empty() && verdict.is_empty() {
        return Vec::new();
    }
    let inner = width.saturating_sub(CHOICE_MARGIN + 1);
    indented(CHOICE_MARGIN, lay_out_after(verdict, why, inner, &theme.receding()))
}

/// The rationale of the whole.
fn closing(why: Option<&str>, width: usize, theme: &Theme) -> Vec<Line<'static>> {
    let Some(why) = why else { return Vec::new() };
    let mut lines = indented(MARGIN, lay_out(why, width.saturating_sub(MARGIN * 2), theme));
    lines.push(Line::default());
    lines
}

/// Lays out a flashcard or a text with blanks: its front, and once it is turned its back below a rule.
pub(crate) fn flashcard_page(body: &ItemBody, stage: Stage, size: Size, theme: &Theme) -> Page {
    let width = text_width(size);
    let inner = width.saturating_sub(MARGIN * 2);
    let front = lay_out(&body.prompt(), inner, theme);
    let mut lines: Vec<Line<'static>> = front.into_iter().map(|line| line.patch_style(theme.title)).collect();
    let mut start = 0;
    let height = usize::from(size.height);
    if stage != Stage::Asked {
        lines.extend([Line::default(), Line::styled("─".repeat(inner), theme.dim), Line::default()]);
        let back_start = lines.len();
        lines.extend(lay_out(&body.recalled().unwrap_or_default(), inner, theme));
        // The front stays in sight as far as the back leaves room.
        start = lines.len().saturating_sub(height).min(back_start);
        lines.push(Line::default());
    }
    let mut lines = indented(MARGIN, lines);
    if stage != Stage::Asked {
        lines.extend(references(body.refs(), width, theme));
    }
    Page::Text { lines: without_last_blank(lines), start }
}

/// Puts what the learner noted on the card, and what a leech was taken for, at a row of its page.
pub(crate) fn put_care(lines: &mut Vec<Line<'static>>, place: usize, care: &CardCare, size: Size, theme: &Theme) {
    let inner = text_width(size).saturating_sub(MARGIN * 2);
    let mut rows = Vec::new();
    if !care.note.is_empty() {
        let note = [Span::styled("✎ ", theme.title), Span::raw(SafeText::one_line(&care.note).to_string())];
        rows.extend(wrap(&note, inner));
    }
    if let Some(leech) = &care.leech {
        let confusions = Span::raw(SafeText::one_line(&confusion_words(&leech.confusions)).to_string());
        rows.extend(wrap(&[Span::styled(format!("{} ", leech.words()), theme.warning), confusions], inner));
    }
    if rows.is_empty() {
        return;
    }
    let mut rows = indented(MARGIN, rows);
    rows.insert(if place < lines.len() { rows.len() } else { 0 }, Line::default());
    drop(lines.splice(place..place, rows));
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
