//! How the domains of a deck stand, in one row: of what was answered lately, the share that was right.

use ratatui::text::{Line, Span};

use crate::app::DomainCount;
use crate::tui::theme::Theme;
use crate::tui::wrap::clip;

/// Cells of a gauge.
const GAUGE: usize = 5;
/// What stands before the first domain, and between two.
const AIR: &str = "  ";
/// Cells below which a name that is cut says nothing.
const SHORTEST_NAME: usize = 4;

/// Returns the row; the domain at `here`, that of the card on the table, stands out. As the window gets narrower, first the
/// numbers go, then the ends of the names, then the other domains.
pub(crate) fn bar_line(standing: &[DomainCount], here: usize, width: usize, theme: &Theme) -> Line<'static> {
    let row = |longest_name: usize, has_numbers: bool| -> Line<'static> {
        let domain = |(idx, own)| gauge(own, longest_name, has_numbers, idx == here, theme);
        standing.iter().enumerate().flat_map(domain).collect()
    };
    let room = (width / standing.len().max(1)).saturating_sub(AIR.len() + 1 + GAUGE);
    let rows = [row(usize::MAX, true), row(usize::MAX, false)];
    match (rows.into_iter().find(|row| row.width() <= width), standing.get(here)) {
        (Some(row), _) => row,
        (None, Some(own)) if room < SHORTEST_NAME => gauge(own, width / 2, true, true, theme).into_iter().collect(),
        (None, _) => row(room, false),
    }
}

/// A domain's name, a bar, and perhaps how many of how many were right.
fn gauge(
    own: &DomainCount,
    longest_name: usize,
    has_numbers: bool,
    is_here: bool,
    theme: &Theme,
) -> Vec<Span<'static>> {
    let (text, bar) = if is_here { (theme.text, theme.progress) } else { (theme.dim, theme.dim) };
    // Nothing is known of a domain without answers.
    let heavy = (GAUGE * own.n_right).checked_div(own.n_answers);
    let (heavy, light) = heavy.map_or((0, "·"), |heavy| (heavy, "─"));
    let mut spans = vec![
        Span::raw(AIR),
        Span::styled(format!("{} ", clip(own.id.as_str(), longest_name)), text),
        Span::styled("━".repeat(heavy), bar),
        Span::styled(light.repeat(GAUGE - heavy), theme.dim),
    ];
    if has_numbers && own.n_answers > 0 {
        spans.push(Span::styled(format!(" {}/{}", own.n_right, own.n_answers), text));
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::DomainId;

    fn standing(names: &[&str]) -> Vec<DomainCount> {
        let count = |(n, name): (usize, &&str)| DomainCount {
            id: DomainId::new(name).expect("a good id"),
            title: name.to_uppercase(),
            n_answers: 10 * n,
            n_right: 4 * n,
        };
        names.iter().enumerate().map(|(n, name)| count((n, name))).collect()
    }

    #[track_caller]
    fn check(width: usize, expected: &str) {
        let standing = standing(&["concepts", "security", "technology", "billing"]);
        assert_eq!(bar_line(&standing, 1, width, &Theme::without_colour()).to_string(), expected);
    }

    #[test]
    fn numbers_go_before_names_and_names_before_domains() {
        let gauges = "  concepts ·····  security ━━───  technology ━━───  billing ━━───";
        check(118, "  concepts ·····  security ━━─── 4/10  technology ━━─── 8/20  billing ━━─── 12/30");
        check(78, gauges);
        check(58, "  conce… ·····  secur… ━━───  techn… ━━───  billi… ━━───");
        check(40, "  security ━━─── 4/10");
    }

    #[test]
    fn all_right_alone_fills_a_gauge() {
        let mut own = standing(&["net", "law"]);
        for (n_right, n_answers, expected) in [(10, 10, "━━━━━"), (9, 10, "━━━━─"), (2, 10, "━────"), (0, 3, "─────")]
        {
            (own[0].n_right, own[0].n_answers) = (n_right, n_answers);
            let row = bar_line(&own, 0, 80, &Theme::without_colour()).to_string();
            assert!(row.contains(expected), "{n_right} of {n_answers}: {row}");
        }
    }
}
