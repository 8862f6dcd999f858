//! The `stale_terms:` of a deck.

use crate::deck::{StaleTerm, Staleness};
use crate::format::finding::Log;
use crate::format::v1::fields::Field;
use crate::format::v1::keys::STALE_TERM;

/// Reads the list; entries that do not read well are left out.
pub(super) fn stale_terms(field: Field<'_>, log: &mut Log<'_>) -> Vec<StaleTerm> {
    let elements = field.list(log).unwrap_or_default();
    elements.into_iter().filter_map(|element| stale_term(element, log)).collect()
}

fn stale_term(field: Field<'_>, log: &mut Log<'_>) -> Option<StaleTerm> {
    let mut fields = field.fields(log)?;
    let term = fields.need("term", "a stale term", log).and_then(|field| field.text(log));
    let replacement = fields.take("replacement", log).and_then(|field| field.text(log));
    let severity = fields.need("severity", "a stale term", log).and_then(|field| {
        let words =
            [("renamed", Staleness::Renamed), ("retired", Staleness::Retired), ("out-of-scope", Staleness::OutOfScope)];
        field.word(&words, "", |_| None, log)
    });
    fields.finish("a stale term", &[STALE_TERM], log);
    Some(StaleTerm { term: term?, replacement, kind: severity? })
}
