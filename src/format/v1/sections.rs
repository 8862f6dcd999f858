//! The `sections:` of an exam.

use crate::base::DomainId;
use crate::deck::{Domain, Section, SectionItems, check_sections};
use crate::format::finding::Log;
use crate::format::rules::{CONFLICT, MISSING};
use crate::format::v1::fields::{Field, Placed, say_refused};
use crate::format::v1::keys::SECTION;

/// Most items of a section; as many as an exam has.
const MAX_ITEMS: u32 = 20_000;

/// Reads the sections; what they hold is checked when the deck's domains are known.
pub(super) fn sections(field: Field<'_>, log: &mut Log<'_>) -> Placed<Vec<Option<Section>>> {
    let span = field.key_span;
    let elements = field.list(log).unwrap_or_default();
    Placed { value: elements.into_iter().map(|element| section(element, log)).collect(), span }
}

fn section(field: Field<'_>, log: &mut Log<'_>) -> Option<Section> {
    let span = field.span();
    let mut fields = field.fields(log)?;
    let title = fields.need("title", "a section", log).and_then(|field| field.text(log));
    let count = fields.take("items", log).map(|field| field.whole(1..=MAX_ITEMS, log));
    let domains = fields.take("domains", log).map(|field| domains(field, log));
    fields.finish("a section", &[SECTION], log);
    let holds = match (count, domains) {
        (Some(_), Some(_)) => {
            let message = "a section has `items` or `domains`, not both";
            log.say(&CONFLICT, span, message, "remove one of the two");
            return None;
        }
        (Some(count), None) => SectionItems::Count(usize::try_from(count?).ok()?),
        (None, Some(domains)) => SectionItems::Domains(domains?),
        (None, None) => SectionItems::Rest,
    };
    Some(Section { title: title?, holds })
}

fn domains(field: Field<'_>, log: &mut Log<'_>) -> Option<Vec<DomainId>> {
    let span = field.span();
    let n_listed = field.n_elements();
    let elements = field.list_or_one(log)?;
    let ids: Vec<DomainId> =
        elements.into_iter().filter_map(|field| field.id(DomainId::new, log)).map(|id| id.value).collect();
    if n_listed == 0 {
        log.say(&MISSING, span, "`domains` of a section is an empty list", "name a domain, or remove the key");
    }
    (0 < n_listed && ids.len() == n_listed).then_some(ids)
}

/// Returns the sections if they make up an exam of `n_items` items; says what is wrong with them if not.
pub(super) fn checked(
    sections: Placed<Vec<Option<Section>>>,
    n_items: usize,
    domains: &[Domain],
    log: &mut Log<'_>,
) -> Vec<Section> {
    // What did not read well was reported where it stands.
    let Some(all) = sections.value.into_iter().collect::<Option<Vec<Section>>>() else { return Vec::new() };
    let ids: Vec<&DomainId> = domains.iter().map(|domain| &domain.id).collect();
    match check_sections(&all, n_items, &ids) {
        Ok(()) => all,
        Err(error) => {
            let help = "for example `sections: [{title: Part one, items: 30}, {title: Part two}]`";
            say_refused(log, sections.span, error, help);
            Vec::new()
        }
    }
}
