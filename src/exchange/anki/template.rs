//! Which fields of a note a card template shows.

/// The fields that a side of a card names, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::exchange) struct Shown {
    pub(in crate::exchange) fields: Vec<String>,
    /// The field whose text is to be typed.
    pub(in crate::exchange) typed: Option<String>,
}

/// Reads `{{Field}}`, `{{hint:Field}}`, `{{type:Field}}`; conditions name no field.
pub(in crate::exchange) fn shown(template: &str) -> Shown {
    let mut shown = Shown::default();
    let mut rest = template;
    while let Some((_, after)) = rest.split_once("{{") {
        let Some((inside, after)) = after.split_once("}}") else { break };
        rest = after;
        let inside = inside.trim_matches(['{', ' ', '\n']);
        if inside.starts_with(['#', '^', '/', '!']) {
            continue;
        }
        let (filters, name) = inside.rsplit_once(':').unwrap_or(("", inside));
        let name = name.trim().to_owned();
        if filters.split(':').any(|filter| filter.trim() == "type") {
            shown.typed = Some(name);
        } else if !OWN.contains(&name.as_str()) && !shown.fields.contains(&name) {
            shown.fields.push(name);
        }
    }
    shown
}

/// Names that are no fields.
const OWN: &[&str] = &["FrontSide", "Tags", "Type", "Deck", "Subdeck", "Card", "CardFlag", "CardID"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_name_fields() {
        let found =
            shown("{{#Extra}}<b>{{Front}}</b>{{/Extra}} {{hint:text:More}} {{type:Back}} {{FrontSide}} {{Front}} {{");
        assert_eq!(found.fields, ["Front", "More"]);
        assert_eq!(found.typed.as_deref(), Some("Back"));
    }
}
