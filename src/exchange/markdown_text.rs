//! Markdown as people write it, with HTML and pictures in it, as the small Markdown of decks.

use crate::exchange::collect::Collector;
use crate::exchange::entities::unescape;
use crate::exchange::html::to_markdown;
use crate::exchange::imported::Origin;

/// Replaces what decks do not show: pictures leave a word in brackets, simple elements of HTML become Markdown. Code
/// stays as it is.
pub(in crate::exchange) fn repaired(text: &str, origin: &Origin, collector: &mut Collector<'_>) -> String {
    let text = dedented(text.trim_matches('\n'));
    if !text.contains(['<', '&']) && !text.contains("![") {
        return text.trim().to_owned();
    }
    let mut repaired = String::with_capacity(text.len());
    let mut n_media = 0;
    let mut is_code = false;
    for line in text.split_inclusive('\n') {
        let is_fence = line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        is_code ^= is_fence;
        if is_code || is_fence {
            repaired.push_str(line);
        } else {
            inline(line, &mut repaired, &mut n_media);
        }
    }
    if n_media > 0 {
        let words = if n_media == 1 { "a picture is" } else { "pictures are" };
        collector.notice(origin, &repaired, format!("{words} not brought over; the name stands in brackets"));
    }
    repaired.trim().to_owned()
}

fn inline(line: &str, repaired: &mut String, n_media: &mut usize) {
    for (idx, part) in line.split('`').enumerate() {
        if idx > 0 {
            repaired.push('`');
        }
        if idx % 2 == 1 {
            repaired.push_str(part);
        } else {
            elements(&unescape(&pictures(part, n_media)), repaired, n_media);
        }
    }
}

/// Most bytes of a picture's words and address together.
const MAX_PICTURE: usize = 2_000;

/// Replaces `![words](file)`.
fn pictures(part: &str, n_media: &mut usize) -> String {
    let mut text = String::with_capacity(part.len());
    let mut rest = part;
    while let Some((before, after)) = rest.split_once("![") {
        text.push_str(before);
        let Some((words, after)) = picture(after) else {
            text.push_str("![");
            rest = after;
            continue;
        };
        text.push_str(&format!("[image: {words}]"));
        *n_media += 1;
        rest = after;
    }
    text + rest
}

/// Reads `words](file)`: what names the picture, and what stands behind it.
fn picture(text: &str) -> Option<(&str, &str)> {
    let near = text.char_indices().nth(MAX_PICTURE).map_or(text, |(end, _)| &text[..end]);
    let near = near.split_once("![").map_or(near, |(near, _)| near);
    let (alt, target) = near.split_once("](")?;
    let (target, _) = target.split_once(')')?;
    let file = target.split_whitespace().next().unwrap_or_default().rsplit('/').next().unwrap_or_default();
    let words = if alt.trim().is_empty() { file } else { alt.trim() };
    Some((words, &text[alt.len() + target.len() + 3..]))
}

/// Replaces elements one by one; what is no element stays.
fn elements(part: &str, repaired: &mut String, n_media: &mut usize) {
    let mut rest = part;
    while let Some(at) = rest.find('<') {
        repaired.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some((tag, after)) = rest[1..].split_once('>').filter(|(tag, _)| !tag.contains('<')) else {
            repaired.push('<');
            rest = &rest[1..];
            continue;
        };
        let name: String = tag.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        let name = name.to_ascii_lowercase();
        let replacement = match name.as_str() {
            "br" => {
                repaired.truncate(repaired.trim_end_matches(' ').len());
                let is_line_end = after.trim_matches([' ', '\t']).starts_with('\n') || after.trim().is_empty();
                if repaired.is_empty() || repaired.ends_with('\n') {
                    ""
                } else if is_line_end {
                    "\\"
                } else {
                    "\\\n"
                }
            }
            "b" | "strong" => "**",
            "i" | "em" => "*",
            "code" | "kbd" | "tt" => "`",
            "p" | "div" | "ul" | "ol" => "\n\n",
            "li" if !tag.starts_with('/') => "\n- ",
            "sup" if !tag.starts_with('/') => "^",
            "img" => {
                let picture = to_markdown(&format!("<{tag}>"));
                *n_media += picture.n_media;
                repaired.push_str(&picture.text);
                ""
            }
            "a" | "sup" | "sub" | "li" | "span" | "font" | "center" | "u" | "details" | "summary" | "small" => "",
            _ => {
                repaired.push('<');
                rest = &rest[1..];
                continue;
            }
        };
        repaired.push_str(replacement);
        rest = after;
    }
    repaired.push_str(rest);
}

/// Takes away the blanks that all lines after the first begin with: a list indents what belongs to its entries.
fn dedented(text: &str) -> String {
    let indent = |line: &str| line.len() - line.trim_start_matches(' ').len();
    let filled = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    match filled.map(indent).min() {
        None | Some(0) => text.to_owned(),
        Some(least) => {
            let lines = text.lines().enumerate();
            let cut = lines.map(|(idx, line)| if idx == 0 { line } else { line.get(least..).unwrap_or("") });
            cut.collect::<Vec<_>>().join("\n")
        }
    }
}
