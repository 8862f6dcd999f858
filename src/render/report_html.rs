//! The score report as one HTML file: nothing to load, nothing that runs, and readable without its style.

use crate::exam::ItemFilter;
use crate::render::authentic::authentic_sections;
use crate::render::html::{escape, inline_markdown, markdown, page, sentence};
use crate::render::more::more_sections;
use crate::render::section::{TableName, section_html, table_html};
use crate::render::text::{FirstPage, first_page};
use crate::render::words::whole;
use crate::render::{
    ItemRow, LetterCase, ReportResult, ScoreSheet, SolutionLine, item_headline, item_notes, solution_lines,
};
use crate::score::{Outcome, ScoreReport};

const STYLE: &str = include_str!("report.css");

/// Whether a page holds the questions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageItems {
    /// None of them.
    Left,
    /// Those that a filter keeps, with their choices and reasons.
    Kept(ItemFilter),
}

/// Writes the report of a sitting, with the questions if they are asked for.
pub fn report_html(sheet: &ScoreSheet, items: PageItems) -> String {
    let first = first_page(sheet);
    let mut body = format!("<header>\n<h1>{}</h1>\n", escape(&sheet.title));
    body.push_str(&format!("<p class=\"facts\">{}</p>\n</header>\n<main>\n", escape(&first.sitting)));
    body.push_str(&result_html(sheet, &first));
    body.push_str(&section_html(&more_sections(sheet)));
    if let (PageItems::Kept(filter), true) = (items, sheet.ending.is_some()) {
        body.push_str(&items_html(sheet, filter));
    }
    body.push_str("</main>\n");
    page(&format!("{}: sitting {}", sheet.title, sheet.number), STYLE, &body)
}

/// Writes only what a real report shows; `None` without a score.
pub fn authentic_html(sheet: &ScoreSheet) -> Option<String> {
    let sections = authentic_sections(sheet)?;
    let title = escape(&sheet.title);
    let body = format!("<header>\n<h1>{title}</h1>\n</header>\n<main>\n{}</main>\n", section_html(&sections));
    Some(page(&sheet.title, STYLE, &body))
}

fn result_html(sheet: &ScoreSheet, first: &FirstPage) -> String {
    let paragraph = |line: &String| format!("<p>{}</p>\n", sentence(line));
    let mut html = "<section>\n<h2>Result</h2>\n".to_owned();
    if let (Some(verdict), ReportResult::Scored { report, .. }) = (&first.verdict, &sheet.result) {
        let class = match (verdict.word, report.outcome) {
            ("ESTIMATE", _) => "estimate",
            (_, Outcome::Pass) => "pass",
            (_, Outcome::Fail) => "fail",
        };
        html.push_str(&format!(
            "<p class=\"verdict {class}\"><strong>{}</strong> {}</p>\n{}",
            escape(verdict.word),
            escape(&verdict.score),
            scale_svg(report, &verdict.likely),
        ));
        html.push_str(&paragraph(&verdict.likely));
    }
    html.extend(first.result.iter().map(paragraph));
    html.extend(
        first.verdict.iter().flat_map(|verdict| &verdict.unmet).map(|title| paragraph(&format!("Not met: {title}"))),
    );
    html.extend(first.requirements.iter().map(|table| table_html(TableName::Shown("What had to be met"), table)));
    html.extend(first.domains.iter().map(|table| table_html(TableName::Shown("Results by domain"), table)));
    html.extend(first.notes.iter().map(paragraph));
    html + "</section>\n"
}

/// Least percent of the scale that lies between two labels in a row.
const LABEL_ROOM: f64 = 25.0;

/// Draws the scale with both bands, the score and the cut; `likely` says the same. Places are percents, so that the words
/// keep their size however wide the page is.
fn scale_svg(report: &ScoreReport, likely: &str) -> String {
    let scale = report.scale;
    let x = |score: f64| 100.0 * (score - scale.min()) / (scale.max() - scale.min());
    let band = |low: f64, high: f64| format!("x=\"{:.2}%\" width=\"{:.2}%\"", x(low), (x(high) - x(low)).max(0.2));
    let [score, cut] = [report.scaled_exact, scale.cut()].map(x);
    let words =
        format!("Score {} on a scale from {} to {}; {likely}.", report.scaled.value(), scale.min(), scale.max());
    let label = |at: f64, y: u32, text: &str| {
        let anchor = match at {
            ..12.5 => "start",
            87.5.. => "end",
            _ => "middle",
        };
        format!("<text x=\"{at:.2}%\" y=\"{y}\" text-anchor=\"{anchor}\">{text}</text>")
    };
    // The line above the scale names its ends too.
    let ends = [(0.0, scale.min()), (100.0, scale.max())].map(|(at, end)| {
        let has_room = LABEL_ROOM <= (cut - at).abs();
        if has_room { label(at, 60, &whole(end).to_string()) } else { String::new() }
    });
    format!(
        "<svg class=\"scale\" role=\"img\" aria-label=\"{}\">\
         <rect class=\"track\" x=\"0\" y=\"26\" width=\"100%\" height=\"10\"/>\
         <rect class=\"band95\" {} y=\"26\" height=\"10\"/><rect class=\"band\" {} y=\"26\" height=\"10\"/>\
         <rect class=\"mark\" x=\"{cut:.2}%\" y=\"18\" width=\"2\" height=\"26\"/>\
         <circle class=\"score\" cx=\"{score:.2}%\" cy=\"31\" r=\"7\"/>{}{}{}</svg>\n",
        escape(&words),
        band(report.band95.low, report.band95.high),
        band(report.band.low, report.band.high),
        label(score, 14, &report.scaled.value().to_string()),
        label(cut, 60, &format!("{} passes", scale.passing())),
        ends.concat(),
    )
}

fn items_html(sheet: &ScoreSheet, filter: ItemFilter) -> String {
    let kept = sheet.items.iter().enumerate().filter(|(_, item)| item.is_kept_by(filter));
    let items: String = kept.map(|(position, item)| item_html(sheet, position, item)).collect();
    format!("<section>\n<h2>Questions</h2>\n{items}</section>\n")
}

fn item_html(sheet: &ScoreSheet, position: usize, item: &ItemRow) -> String {
    let domain = sheet.domains.get(item.domain_idx).map_or("", |domain| domain.title.as_str());
    let mut html = format!(
        "<article>\n<h3>Question {} of {}</h3>\n<p class=\"facts\">{} · {}</p>\n{}<ul class=\"solution\">\n",
        position + 1,
        sheet.items.len(),
        escape(domain),
        escape(&item_headline(item)),
        markdown(&item.question.prompt()),
    );
    for line in solution_lines(&item.question, &item.choice_order, &item.mark.answer) {
        html.push_str(&match line {
            SolutionLine::Answer { place, text, said } => {
                let said = said.map(|said| format!(" <strong>[{}]</strong>", escape(&said))).unwrap_or_default();
                format!("<li>{} {}{said}</li>\n", escape(&place), inline_markdown(&text))
            }
            SolutionLine::Reason(why) => format!("<li class=\"reason\">{}</li>\n", inline_markdown(&why)),
        });
    }
    html.push_str("</ul>\n");
    for note in item_notes(item, LetterCase::Lower) {
        html.push_str(&format!("<p class=\"detail\">{}</p>\n", sentence(&note)));
    }
    for link in &item.question.refs {
        html.push_str(&format!("<p class=\"detail\">see {}</p>\n", escape(link)));
    }
    html + "</article>\n"
}
