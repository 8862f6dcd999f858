//! Parts of a report that every form of it shows alike: headings with sentences and tables, as text and as HTML.

use unicode_width::UnicodeWidthStr;

use crate::base::SafeText;
use crate::render::html::{escape, sentence};
use crate::render::text::{WIDTH, fitted};

/// A heading with what stands below it.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::render) struct Section {
    pub(in crate::render) title: &'static str,
    pub(in crate::render) parts: Vec<Part>,
}

/// Something below a heading. Texts may hold anything; they are made safe where they are written.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::render) enum Part {
    /// A paragraph.
    Says(String),
    /// What belongs to the paragraph above it.
    Detail(String),
    /// Something to type.
    Command(String),
    /// Rows under heads.
    Table(Table),
}

/// A table; the first column holds names.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::render) struct Table {
    pub(in crate::render) heads: Vec<Head>,
    pub(in crate::render) rows: Vec<Vec<String>>,
    /// A bar for each row; none for a table without a chart.
    pub(in crate::render) bars: Vec<Bar>,
}

/// What stands above a column, and on which side it is lined up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum Head {
    /// Above words.
    Words(&'static str),
    /// Above numbers.
    Numbers(&'static str),
}

impl Head {
    fn title(self) -> &'static str {
        match self {
            Head::Words(title) | Head::Numbers(title) => title,
        }
    }

    fn class(self) -> &'static str {
        match self {
            Head::Words(_) => "",
            Head::Numbers(_) => " class=\"number\"",
        }
    }
}

/// A share as a bar, with a mark where it should reach.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::render) struct Bar {
    /// How long, 0 to 1.
    pub(in crate::render) share: f64,
    /// Where the mark stands, 0 to 1.
    pub(in crate::render) mark: f64,
}

/// Most columns of the names of a table.
const MOST_NAME: usize = 30;
/// Columns of a bar.
const BAR: usize = 10;
const INDENT: &str = "  ";

/// Writes sections as lines of [`WIDTH`] columns at most.
fn section_lines(sections: &[Section]) -> Vec<String> {
    let mut lines = Vec::new();
    for section in sections {
        lines.extend([String::new(), section.title.to_owned()]);
        for part in &section.parts {
            match part {
                Part::Says(text) => lines.extend(wrapped(text, INDENT, INDENT)),
                Part::Detail(text) => lines.extend(wrapped(text, "    ", "    ")),
                Part::Command(command) => lines.push(format!("    {}", SafeText::one_line(command))),
                Part::Table(table) => lines.extend(table_lines(table)),
            }
        }
    }
    lines
}

/// Writes sections as text, each line with its end.
pub(in crate::render) fn section_text(sections: &[Section]) -> String {
    let lines = section_lines(sections);
    // Padding at the end of a line helps nobody.
    let lines: Vec<&str> = lines.iter().map(|line| line.trim_end()).collect();
    if lines.is_empty() { String::new() } else { lines.join("\n") + "\n" }
}

/// Breaks a text into lines of 80 columns between words; `first` and `later` stand before the first and the other lines.
pub fn wrapped(text: &str, first: &str, later: &str) -> Vec<String> {
    let safe = SafeText::one_line(text);
    let (mut lines, mut line) = (Vec::new(), first.to_owned());
    let mut is_empty = true;
    for word in safe.as_str().split(' ').filter(|word| !word.is_empty()) {
        let width = UnicodeWidthStr::width(line.as_str()) + 1 + UnicodeWidthStr::width(word);
        if !is_empty && WIDTH < width {
            lines.push(std::mem::replace(&mut line, later.to_owned()));
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    lines.push(line);
    lines
}

/// Writes a table; a last column that finds no room goes below its row.
pub(in crate::render) fn table_lines(table: &Table) -> Vec<String> {
    let width_of = |column: usize| {
        let cells =
            table.rows.iter().filter_map(|row| row.get(column)).map(|cell| UnicodeWidthStr::width(cell.as_str()));
        cells.chain(table.heads.get(column).map(|head| head.title().len())).max().unwrap_or(0)
    };
    let name_width = width_of(0).min(MOST_NAME);
    let line = |cells: Vec<&str>, bar: Option<String>| {
        let mut line = format!("{INDENT}{}", fitted(cells.first().copied().unwrap_or(""), name_width));
        line.extend(bar.map(|bar| format!("  {bar}")));
        for (column, cell) in cells.iter().enumerate().skip(1) {
            let is_too_wide = WIDTH < UnicodeWidthStr::width(line.as_str()) + 2 + UnicodeWidthStr::width(*cell);
            let is_words = matches!(table.heads.get(column), Some(Head::Words(_)));
            if is_too_wide && is_words && column + 1 == cells.len() {
                line.push_str(&format!("\n      {cell}"));
                break;
            }
            let blanks = " ".repeat(width_of(column).saturating_sub(UnicodeWidthStr::width(*cell)));
            line.push_str(&match table.heads.get(column) {
                Some(Head::Numbers(_)) => format!("  {blanks}{cell}"),
                Some(Head::Words(_)) | None => format!("  {cell}{blanks}"),
            });
        }
        line
    };
    let has_bars = !table.bars.is_empty();
    let mut lines =
        vec![line(table.heads.iter().map(|head| head.title()).collect(), has_bars.then(|| " ".repeat(BAR)))];
    for (idx, row) in table.rows.iter().enumerate() {
        let bar = table.bars.get(idx).map(|bar| bar_text(*bar));
        lines.push(line(row.iter().map(String::as_str).collect(), bar));
    }
    lines
}

/// Draws a bar of [`BAR`] columns: full blocks up to the share, and `│` where the mark stands.
fn bar_text(bar: Bar) -> String {
    let place = |share: f64| (0..BAR).find(|idx| share < (column(*idx) + 1.0) / column(BAR)).unwrap_or(BAR);
    let n_full = (0..BAR).filter(|idx| (column(*idx) + 0.5) / column(BAR) <= bar.share).count();
    let mark = place(bar.mark).min(BAR - 1);
    let cell = |idx: usize| match (idx == mark, idx < n_full) {
        (true, true) => '┃',
        (true, false) => '│',
        (false, true) => '█',
        (false, false) => '·',
    };
    (0..BAR).map(cell).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a bar has a dozen columns")]
fn column(idx: usize) -> f64 {
    idx as f64
}

/// Writes sections as HTML.
pub(in crate::render) fn section_html(sections: &[Section]) -> String {
    let mut html = String::new();
    for section in sections {
        html.push_str(&format!("<section>\n<h2>{}</h2>\n", escape(section.title)));
        for part in &section.parts {
            html.push_str(&match part {
                Part::Says(text) => format!("<p>{}</p>\n", sentence(text)),
                Part::Detail(text) => format!("<p class=\"detail\">{}</p>\n", sentence(text)),
                Part::Command(command) => format!("<p class=\"detail\"><code>{}</code></p>\n", escape(command)),
                Part::Table(table) => table_html(TableName::Heard(section.title), table),
            });
        }
        html.push_str("</section>\n");
    }
    html
}

/// What a table on a page is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::render) enum TableName {
    /// By a caption above it.
    Shown(&'static str),
    /// By the heading above it: told to those who do not see it.
    Heard(&'static str),
}

/// Writes a table with its name; a chart beside its numbers is for the eye alone.
pub(in crate::render) fn table_html(name: TableName, table: &Table) -> String {
    let mut html = match name {
        TableName::Shown(name) => format!("<table>\n<caption>{}</caption>\n<thead><tr>", escape(name)),
        TableName::Heard(name) => format!("<table aria-label=\"{}\">\n<thead><tr>", escape(name)),
    };
    for (column, head) in table.heads.iter().enumerate() {
        html.push_str(&match head.title() {
            "" => "<td></td>".to_owned(),
            title => format!("<th scope=\"col\"{}>{}</th>", head.class(), escape(title)),
        });
        if column == 0 && !table.bars.is_empty() {
            html.push_str("<td class=\"bar\"></td>");
        }
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for (idx, row) in table.rows.iter().enumerate() {
        html.push_str("<tr>");
        for (column, cell) in row.iter().enumerate() {
            if column == 0 {
                html.push_str(&format!("<th scope=\"row\">{}</th>", escape(cell)));
                html.extend(table.bars.get(idx).map(|bar| format!("<td class=\"bar\">{}</td>", bar_svg(*bar))));
            } else {
                let class = table.heads.get(column).map_or("", |head| head.class());
                html.push_str(&format!("<td{class}>{}</td>", escape(cell)));
            }
        }
        html.push_str("</tr>\n");
    }
    html + "</tbody>\n</table>\n"
}

/// Draws a bar whose numbers stand beside it, so that a screen reader passes over it.
fn bar_svg(bar: Bar) -> String {
    let [share, mark] = [bar.share, bar.mark].map(|share| 100.0 * share.clamp(0.0, 1.0));
    format!(
        "<svg viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\" focusable=\"false\">\
         <rect class=\"track\" x=\"0\" y=\"2\" width=\"100\" height=\"6\"/>\
         <rect class=\"fill\" x=\"0\" y=\"2\" width=\"{share:.1}\" height=\"6\"/>\
         <rect class=\"mark\" x=\"{:.1}\" y=\"0\" width=\"1\" height=\"10\"/></svg>",
        mark.min(99.0),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_shows_how_far_and_how_far_it_should_reach() {
        let bar = |share, mark| bar_text(Bar { share, mark });
        assert_eq!(bar(0.5, 0.75), "█████··│··");
        assert_eq!(bar(1.0, 0.75), "███████┃██");
        assert_eq!([bar(0.0, 0.0), bar(0.0, 1.0)], ["│·········", "·········│"]);
    }

    #[test]
    fn long_sentences_break_between_words() {
        let lines = wrapped(&"word ".repeat(40), "  ", "    ");
        assert!(lines.iter().all(|line| UnicodeWidthStr::width(line.as_str()) <= WIDTH));
        assert!(lines[0].starts_with("  word") && lines[1].starts_with("    word") && lines.len() == 3);
    }

    #[test]
    fn tables_line_up_and_escape() {
        let table = Table {
            heads: vec![Head::Words("Domain"), Head::Numbers("Right")],
            rows: vec![vec!["<b>".to_owned(), "7 of 10".to_owned()]],
            bars: vec![Bar { share: 0.7, mark: 0.75 }],
        };
        assert_eq!(table_lines(&table), ["  Domain                Right", "  <b>     ███████│··  7 of 10"]);
        let html = table_html(TableName::Shown("A & B"), &table);
        assert!(html.contains("<caption>A &amp; B</caption>") && html.contains("<th scope=\"row\">&lt;b&gt;</th>"));
        assert!(table_html(TableName::Heard("A & B"), &table).starts_with("<table aria-label=\"A &amp; B\">"));
    }
}
