//! What the walk looks like.

use ratatui::Frame;
use ratatui::text::{Line, Span};

use crate::base::SafeText;
use crate::exam::ItemFilter;
use crate::tui::chrome::{draw_footer, draw_header, draw_lines, draw_progress, draw_status, more_below};
use crate::tui::keys::{Footer, help_lines};
use crate::tui::theme::Theme;
use crate::tui::walk::keymap::{QUESTION, table};
use crate::tui::walk::model::{Mode, Walk};
use crate::tui::wrap::width_of;

/// Draws the walk.
pub(crate) fn view(walk: &Walk, frame: &mut Frame<'_>) {
    let theme = &walk.theme;
    let chrome = walk.chrome();
    let listed = walk.listed(walk.filter);
    let n_before = listed.iter().filter(|position| **position <= walk.position).count();
    let title = walk.items.get(walk.position).map_or("", |item| item.domain_title.as_str());
    let title = SafeText::one_line(title);
    draw_header(frame, chrome.header, title.as_str(), state(walk, n_before, listed.len()), theme);
    draw_progress(frame, chrome.rule, n_before, listed.len(), theme);
    let height = walk.height();
    let n_below = match walk.mode {
        Mode::Help(top) => {
            let rows = help_rows(theme);
            let n_below = rows.len().saturating_sub(top + height);
            draw_lines(frame, chrome.body, rows.into_iter().skip(top));
            n_below
        }
        Mode::Question | Mode::GoTo(_) | Mode::Doubt(_) => {
            draw_lines(frame, chrome.body, walk.rows.iter().skip(walk.top).cloned());
            walk.last_top().saturating_sub(walk.top)
        }
    };
    let below = if is_typing(walk) { Line::default() } else { more_below(n_below, theme.warning) };
    draw_status(frame, chrome.status, status(walk), below);
    let footer = Footer::new(table(walk), usize::from(chrome.footer.width));
    draw_footer(frame, &chrome, footer.line(theme), theme);
}

/// Where the walk is: `Question 12 of 65`, and with a filter `3 of 17 wrong`.
fn state(walk: &Walk, n_before: usize, n_listed: usize) -> Line<'static> {
    let theme = &walk.theme;
    let place = format!("Question {} of {}", walk.position + 1, walk.items.len());
    let mut line = Line::styled(place, theme.text);
    if walk.filter != ItemFilter::All {
        let words = format!("   {n_before} of {n_listed} {}", short_words(walk.filter));
        line.spans.push(Span::styled(words, theme.title));
    }
    line
}

fn short_words(filter: ItemFilter) -> &'static str {
    match filter {
        ItemFilter::Doubtful => "doubtful",
        ItemFilter::All | ItemFilter::Wrong | ItemFilter::Guessed | ItemFilter::Flagged => filter.words(),
    }
}

fn is_typing(walk: &Walk) -> bool {
    matches!(walk.mode, Mode::GoTo(_) | Mode::Doubt(_))
}

fn status(walk: &Walk) -> Line<'static> {
    let theme = &walk.theme;
    let typing = |asked: &'static str, typed: &str| {
        // The end of what is typed stays in sight.
        let room = usize::from(walk.chrome().status.width).saturating_sub(width_of(asked) + 4);
        let shown = tail(SafeText::one_line(typed).as_str(), room);
        Line::from(vec![Span::styled(asked, theme.title), Span::styled(format!(" {shown}▏"), theme.text)])
    };
    match (&walk.mode, &walk.remark) {
        (Mode::GoTo(typed), _) => typing("Go to question", typed),
        (Mode::Doubt(typed), _) => typing("Doubtful because", typed),
        (Mode::Question | Mode::Help(_), Some(text)) => Line::styled(text.clone(), theme.warning),
        (Mode::Question | Mode::Help(_), None) => Line::default(),
    }
}

/// The end of `text` that fits into `width` columns.
fn tail(text: &str, width: usize) -> String {
    let mut kept = text;
    while width < width_of(kept) {
        let mut rest = kept.chars();
        rest.next();
        kept = rest.as_str();
    }
    kept.to_owned()
}

/// Returns the list of keys.
pub(crate) fn help_rows(theme: &Theme) -> Vec<Line<'static>> {
    let mut lines = vec![Line::styled("On a question", theme.title)];
    lines.extend(help_lines(QUESTION, theme));
    lines
}
