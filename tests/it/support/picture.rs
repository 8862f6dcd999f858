//! A picture of a terminal's screen as SVG: a grid of cells, its text readable in the picture's description.

use vt100::{Cell, Color, Screen};

/// Width and height of a cell, and the size of its letters.
const CELL: (f64, f64) = (8.4, 18.0);
const FONT_SIZE: f64 = 14.0;
/// Space around the grid.
const MARGIN: f64 = 16.0;

const PAPER: &str = "#14181f";
const INK: &str = "#d9dee5";
const DIM_INK: &str = "#939ba7";
/// The sixteen colours of a terminal, each easy to read on the paper.
const COLOURS: [&str; 16] = [
    "#3b4252", "#f2787e", "#86d08f", "#e6c26a", "#7aa7f0", "#cf93e6", "#62c9d6", "#d9dee5", "#7d8796", "#ff9096",
    "#9fe0a6", "#f2d58a", "#97bcfa", "#deadf0", "#84dde8", "#ffffff",
];

/// How a cell looks.
#[derive(Debug, Clone, PartialEq)]
struct Look {
    ink: String,
    paper: Option<String>,
    is_bold: bool,
    is_underlined: bool,
}

/// Draws the screen. `title` says in a few words what it shows.
pub(crate) fn picture(title: &str, screen: &Screen, text: &str) -> String {
    let (n_rows, n_columns) = screen.size();
    let (width, height) = (
        f64::from(n_columns.get()).mul_add(CELL.0, 2.0 * MARGIN),
        f64::from(n_rows.get()).mul_add(CELL.1, 2.0 * MARGIN),
    );
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" \
         height=\"{height:.0}\" role=\"img\">\n<title>{}</title>\n<desc>\n{}\n</desc>\n",
        escaped(title),
        escaped(text.trim_end()),
    );
    svg.push_str(&format!(
        "<rect width=\"100%\" height=\"100%\" rx=\"10\" fill=\"{PAPER}\"/>\n<g font-family=\"'DejaVu Sans Mono', \
         'Cascadia Mono', Menlo, Consolas, monospace\" font-size=\"{FONT_SIZE}\" fill=\"{INK}\">\n"
    ));
    for row in 0..n_rows.get() {
        let cells: Vec<(u16, &Cell)> = (0..n_columns.get())
            .filter_map(|column| screen.cell(row, column).map(|cell| (column, cell)))
            .filter(|(_, cell)| !cell.is_wide_continuation())
            .collect();
        let y = f64::from(row).mul_add(CELL.1, MARGIN);
        for (at, run) in runs(&cells) {
            draw(&mut svg, f64::from(at).mul_add(CELL.0, MARGIN), y, &run, &look_of(screen.cell(row, at)));
        }
    }
    svg.push_str("</g>\n</svg>\n");
    svg
}

/// Returns the text that a picture shows.
pub(crate) fn text_of(svg: &str) -> String {
    let text = svg.split("<desc>\n").nth(1).and_then(|rest| rest.split("\n</desc>").next()).unwrap_or_default();
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn look_of(cell: Option<&Cell>) -> Look {
    let Some(cell) = cell else {
        return Look { ink: INK.to_owned(), paper: None, is_bold: false, is_underlined: false };
    };
    let ink = colour(cell.fgcolor()).unwrap_or_else(|| if cell.dim() { DIM_INK } else { INK }.to_owned());
    let paper = colour(cell.bgcolor());
    let (ink, paper) =
        if cell.inverse() { (paper.unwrap_or_else(|| PAPER.to_owned()), Some(ink)) } else { (ink, paper) };
    Look { ink, paper, is_bold: cell.bold(), is_underlined: cell.underline() }
}

fn colour(colour: Color) -> Option<String> {
    match colour {
        Color::Default => None,
        Color::Idx(idx) => Some(COLOURS.get(usize::from(idx)).copied().unwrap_or(INK).to_owned()),
        Color::Rgb(red, green, blue) => Some(format!("#{red:02x}{green:02x}{blue:02x}")),
    }
}

/// Pieces of a row that are drawn at once, each with its first column: words of one look, equal lines, single signs.
fn runs(cells: &[(u16, &Cell)]) -> Vec<(u16, String)> {
    let mut runs: Vec<(u16, String)> = Vec::new();
    let mut last: Option<(Look, Kind)> = None;
    for (column, cell) in cells {
        let contents = if cell.has_contents() { cell.contents().replace('\u{a0}', " ") } else { " ".to_owned() };
        let look = look_of(Some(cell));
        let kind = Kind::of(&contents);
        // What looks like nothing is left out.
        if kind == Kind::Blank && look.paper.is_none() && !look.is_underlined {
            last = None;
            continue;
        }
        let is_more = kind != Kind::Sign && last.as_ref().is_some_and(|last| *last == (look.clone(), kind));
        match runs.last_mut() {
            Some((_, run)) if is_more => run.push_str(&contents),
            _ => runs.push((*column, contents)),
        }
        last = Some((look, kind));
    }
    runs
}

/// What can stand together in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    Letters,
    Heavy,
    Light,
    Sign,
}

impl Kind {
    fn of(contents: &str) -> Kind {
        let c = contents.chars().next().unwrap_or(' ');
        match c {
            ' ' => Kind::Blank,
            '━' => Kind::Heavy,
            '─' => Kind::Light,
            _ if c.is_ascii() || c.is_alphabetic() || "–—’‘“”…".contains(c) => Kind::Letters,
            _ => Kind::Sign,
        }
    }
}

/// Draws a run whose first cell has its upper left corner at `x`, `y`.
fn draw(svg: &mut String, x: f64, y: f64, run: &str, look: &Look) {
    let n_cells = unicode_width::UnicodeWidthStr::width(run);
    let width = CELL.0 * f64::from(u16::try_from(n_cells).unwrap_or(u16::MAX));
    let ink = &look.ink;
    if let Some(paper) = &look.paper {
        svg.push_str(&format!(
            "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{}\" fill=\"{paper}\"/>\n",
            CELL.1
        ));
    }
    let (middle, centre) = (y + CELL.1 / 2.0, x + CELL.0 / 2.0);
    let line = |path: &str, thickness: f64| {
        format!("<path d=\"{path}\" fill=\"none\" stroke=\"{ink}\" stroke-width=\"{thickness}\"/>\n")
    };
    let (right, below) = (x + width, y + CELL.1);
    let corner = |from: (f64, f64), to: (f64, f64)| {
        line(&format!("M{:.1} {:.1}Q{centre:.1} {middle:.1} {:.1} {:.1}", from.0, from.1, to.0, to.1), 1.2)
    };
    let drawn = match run.chars().next() {
        Some('━') => line(&format!("M{x:.1} {middle:.1}H{right:.1}"), 3.0),
        Some('─') => line(&format!("M{x:.1} {middle:.1}H{right:.1}"), 1.2),
        Some('│') => line(&format!("M{centre:.1} {y:.1}V{below:.1}"), 1.2),
        Some('╭') => corner((centre, below), (right, middle)),
        Some('╮') => corner((x, middle), (centre, below)),
        Some('╰') => corner((centre, y), (right, middle)),
        Some('╯') => corner((x, middle), (centre, y)),
        _ => letters(x, y, width, run, look),
    };
    svg.push_str(&drawn);
}

fn letters(x: f64, y: f64, width: f64, run: &str, look: &Look) -> String {
    let base = y + 13.5;
    let weight = if look.is_bold { " font-weight=\"bold\"" } else { "" };
    let decoration = if look.is_underlined { " text-decoration=\"underline\"" } else { "" };
    let fill = if look.ink == INK { String::new() } else { format!(" fill=\"{}\"", look.ink) };
    let style = format!("{fill}{weight}{decoration}");
    let text = escaped(run);
    if Kind::of(run) == Kind::Sign {
        // Signs may come from another font, so they are only centred.
        return format!(
            "<text x=\"{:.1}\" y=\"{base:.1}\" text-anchor=\"middle\"{style}>{text}</text>\n",
            x + width / 2.0
        );
    }
    format!("<text x=\"{x:.1}\" y=\"{base:.1}\" textLength=\"{width:.1}\"{style}>{text}</text>\n")
}
