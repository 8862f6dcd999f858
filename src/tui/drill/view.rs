//! What the drill looks like.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use crate::app::{DrillProgress, Feedback};
use crate::base::SafeText;
use crate::exam::Confidence;
use crate::tui::answer_field::TYPING;
use crate::tui::chrome::{draw_footer, draw_header, draw_lines, draw_progress, draw_status, more_below};
use crate::tui::drill::domain_bar::bar_line;
use crate::tui::drill::keymap::{
    ANSWERED, ARRANGEMENT, BACK, CHOICES, QUESTION, RATING_WIDTH, TYPED, WRITING, rating_word, tables,
};
use crate::tui::drill::model::{Drill, Hand, Overlay, Page, RATINGS, Stage};
use crate::tui::keys::{Footer, help_lines, help_lines_of};
use crate::tui::note_box::draw_note;
use crate::tui::theme::Theme;
use crate::tui::wrap::wrap;

/// Draws the drill.
pub(crate) fn view(drill: &Drill, frame: &mut Frame<'_>) {
    let theme = &drill.theme;
    let chrome = drill.chrome();
    let (n_done, n_left) = (drill.progress.n_done, drill.progress.n_left());
    let state = Line::styled(state_words(&drill.progress), theme.title);
    draw_header(frame, chrome.header, &title(drill), state, theme);
    draw_progress(frame, chrome.rule, n_done, n_done + n_left, theme);
    match drill.overlay {
        Overlay::None => {
            draw_lines(frame, drill.bar_area(), domain_bar(drill));
            draw_card(drill, frame);
        }
        Overlay::Help { top } => draw_lines(frame, chrome.body, help_rows(theme).into_iter().skip(top)),
    }
    draw_status(frame, chrome.status, status(drill), below(drill));
    let width = usize::from(chrome.footer.width);
    if let Some(field) = &drill.note {
        draw_note(frame, chrome.body, "Note on this card", field, theme);
    }
    let footer = match (&drill.note, &drill.field) {
        (Some(_), _) => Footer::new(WRITING, width).line(theme),
        (None, Some(_)) => Footer::new(TYPING, width).line(theme),
        (None, None) => Footer::of(&tables(drill), width).line(theme),
    };
    draw_footer(frame, &chrome, footer, theme);
}

fn title(drill: &Drill) -> String {
    let Some(Hand { card, .. }) = &drill.hand else { return "Drill".to_owned() };
    let domain = SafeText::one_line(&card.domain_title);
    match &card.task_title {
        Some(task) => format!("{domain} › {}", SafeText::one_line(task)),
        None => domain.to_string(),
    }
}

/// What is done, what is left, and the row of study days.
fn state_words(progress: &DrillProgress) -> String {
    let mut words = format!("{} done · {}", progress.n_done, progress.left_words());
    if progress.streak_days > 1 {
        words.push_str(&format!(" · {} days in a row", progress.streak_days));
    }
    words
}

/// How the domains stand; a deck of one domain has no bar.
fn domain_bar(drill: &Drill) -> Option<Line<'static>> {
    let Hand { card, standing, .. } = drill.hand.as_ref()?;
    if standing.len() < 2 {
        return None;
    }
    let here = standing.iter().position(|own| own.title == card.domain_title)?;
    Some(bar_line(standing, here, usize::from(drill.bar_area().width), &drill.theme))
}

fn draw_card(drill: &Drill, frame: &mut Frame<'_>) {
    let theme = &drill.theme;
    draw_lines(frame, drill.head_area(), head(drill));
    let area = drill.card_area();
    match &drill.page {
        Page::Empty => {}
        Page::Question(_) => {
            let rows = drill.on_page(|page, marks| page.window(drill.top, marks, theme)).unwrap_or_default();
            draw_lines(frame, area, rows);
        }
        Page::Text { lines, .. } => draw_lines(frame, area, lines.iter().skip(drill.top).cloned()),
    }
    if drill.stage == Stage::Turned {
        draw_lines(frame, drill.rating_area(), rating_lines(drill));
    }
}

const HEAD_MARGIN: &str = "  ";

/// Why the card comes, or what the answer was worth.
fn head(drill: &Drill) -> Vec<Line<'static>> {
    let theme = &drill.theme;
    let Some(Hand { card, .. }) = &drill.hand else { return Vec::new() };
    match drill.stage {
        Stage::Asked | Stage::Turned => {
            let width = usize::from(drill.head_area().width).saturating_sub(HEAD_MARGIN.len());
            let why = Span::styled(SafeText::one_line(&card.why_now).to_string(), theme.dim);
            let leech =
                card.care.leech.as_ref().map(|leech| Span::styled(format!(" {}", leech.words()), theme.warning));
            let head: Vec<Span<'_>> = std::iter::once(why).chain(leech).collect();
            let indented = |mut line: Line<'static>| {
                line.spans.insert(0, Span::styled(HEAD_MARGIN, theme.dim));
                line
            };
            wrap(&head, width).into_iter().map(indented).collect()
        }
        Stage::Answered(feedback) => vec![verdict(&feedback, theme)],
    }
}

fn verdict(feedback: &Feedback, theme: &Theme) -> Line<'static> {
    let (word, style) = if feedback.is_right { ("  ✓ Right", theme.good) } else { ("  ✗ Wrong", theme.bad) };
    Line::from(vec![Span::styled(word, style), Span::styled(format!(" · {}", feedback.comes_back()), theme.text)])
}

fn rating_lines(drill: &Drill) -> Vec<Line<'static>> {
    let theme = &drill.theme;
    let Some(Hand { intervals, .. }) = &drill.hand else { return Vec::new() };
    let words = RATINGS.into_iter().enumerate().flat_map(|(place, rating)| {
        let word = format!("{:<width$}", rating_word(rating), width = RATING_WIDTH - 4);
        [Span::styled(format!("  {} ", place + 1), theme.key), Span::styled(word, theme.title)]
    });
    let days = RATINGS.into_iter().zip(intervals).map(|(rating, n_days)| {
        let text = match (rating.grade().repeats_today(), *n_days) {
            (true, n_days) => format!("today, {n_days} d"),
            (false, 1) => "1 day".to_owned(),
            (false, n_days) => format!("{n_days} days"),
        };
        Span::styled(format!("  {text:<width$}", width = RATING_WIDTH - 2), theme.dim)
    });
    vec![words.collect(), days.collect()]
}

fn status(drill: &Drill) -> Line<'static> {
    let theme = &drill.theme;
    if let Some(text) = &drill.remark {
        return Line::styled(text.clone(), theme.warning);
    }
    match drill.stage {
        Stage::Answered(_) => Line::styled("● saved", theme.dim),
        Stage::Asked | Stage::Turned if drill.mark.confidence != Confidence::Unstated => {
            Line::styled(drill.mark.confidence.label(), theme.text)
        }
        Stage::Asked | Stage::Turned => Line::default(),
    }
}

fn below(drill: &Drill) -> Line<'static> {
    let theme = &drill.theme;
    if let Overlay::Help { top } = drill.overlay {
        let height = usize::from(drill.chrome().body.height);
        return more_below(help_rows(theme).len().saturating_sub(top + height), theme.dim);
    }
    match &drill.page {
        Page::Question(page) if !page.letters_below(drill.top).is_empty() => {
            Line::styled(format!("more below ↓ {}", page.letters_below(drill.top)), theme.warning)
        }
        Page::Question(_) | Page::Text { .. } | Page::Empty => {
            more_below(drill.last_top().saturating_sub(drill.top), theme.warning)
        }
    }
}

/// Returns the list of keys.
pub(crate) fn help_rows(theme: &Theme) -> Vec<Line<'static>> {
    let title = |text: &'static str| Line::styled(text, theme.title);
    let mut lines = vec![
        Line::styled("The row above a card: how you did lately in each domain.", theme.dim),
        Line::default(),
        title("On a question"),
    ];
    lines.extend(help_lines_of(&[CHOICES, QUESTION], theme));
    lines.extend([Line::default(), title("Where things are put in order or matched")]);
    lines.extend(help_lines(ARRANGEMENT, theme));
    lines.extend([Line::default(), title("Where the answer is typed")]);
    lines.extend(help_lines(TYPED, theme));
    lines.extend(help_lines(TYPING, theme));
    lines.extend([Line::default(), title("After the answer")]);
    lines.extend(help_lines(ANSWERED, theme));
    lines.extend([Line::default(), title("On the back of a flashcard or a text with blanks; Space turns it")]);
    lines.extend(help_lines(BACK, theme));
    lines.extend([Line::default(), title("While a note is written")]);
    lines.extend(help_lines(WRITING, theme));
    lines
}
