//! Portraits of screens for tests: what a screen says, and the style of every cell, with and without colour.

use std::collections::BTreeMap;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Size;
use ratatui::style::Style;

use crate::tui::console::draw_or_decline;
use crate::tui::scene::Scene;
use crate::tui::theme::Theme;

const SIZES: [(u16, u16); 3] = [(60, 18), (80, 24), (120, 40)];

/// Draws a screen at every size, and returns its portraits by name. Colours come on top of a text that says everything
/// without them.
pub(crate) fn at_every_size(name: &str, draw: impl Fn(Theme, Size) -> Buffer) -> Vec<(String, String)> {
    let portrait = |(width, height): (u16, u16)| {
        let size = Size::new(width, height);
        let (text, plain) = picture(&draw(Theme::without_colour(), size));
        let (coloured_text, colours) = picture(&draw(Theme::dark(), size));
        assert_eq!(coloured_text, text, "{name}: colour changes what is said");
        (format!("{name}_{width}x{height}"), format!("{text}--- without colour\n{plain}--- in colour\n{colours}"))
    };
    SIZES.into_iter().map(portrait).collect()
}

/// Draws a screen in a window of this size.
pub(crate) fn drawn(scene: &impl Scene, size: Size) -> Buffer {
    let mut terminal = Terminal::new(TestBackend::new(size.width, size.height)).expect("a test terminal");
    terminal.draw(|frame| draw_or_decline(scene, frame)).expect("a frame");
    terminal.backend().buffer().clone()
}

/// The text of a screen, and below it the style of each cell as a letter; plain cells are dots.
fn picture(buffer: &Buffer) -> (String, String) {
    let width = usize::from(buffer.area.width);
    let mut letters: BTreeMap<String, char> = BTreeMap::new();
    let (mut text, mut styles) = (String::new(), String::new());
    for row in buffer.content.chunks(width) {
        let symbols: String = row.iter().map(Cell::symbol).collect();
        text.push_str(symbols.trim_end());
        text.push('\n');
        let letter = |cell: &Cell| {
            let style = cell.style();
            let is_plain = style.add_modifier.is_empty() && style == Cell::default().style();
            if is_plain {
                return '.';
            }
            let n_known = letters.len();
            *letters.entry(words_of(style)).or_insert(('a'..='z').nth(n_known).unwrap_or('?'))
        };
        let row: String = row.iter().map(letter).collect();
        styles.push_str(row.trim_end_matches('.'));
        styles.push('\n');
    }
    let mut legend: Vec<(char, String)> = letters.into_iter().map(|(words, letter)| (letter, words)).collect();
    legend.sort_unstable();
    let legend: Vec<String> = legend.into_iter().map(|(letter, words)| format!("{letter} = {words}\n")).collect();
    let legend = legend.concat();
    (text, format!("{styles}{legend}"))
}

fn words_of(style: Style) -> String {
    format!("{:?} on {:?} {:?}", style.fg.unwrap_or_default(), style.bg.unwrap_or_default(), style.add_modifier)
}
