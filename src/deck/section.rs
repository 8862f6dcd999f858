//! Sections: parts of an exam to which nobody returns.

use crate::base::DomainId;

/// A part of an exam that is closed once the candidate goes on to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// What it asks.
    pub holds: SectionItems,
}

/// Which items of a form a section asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SectionItems {
    /// The next so many, scored and unscored.
    Count(usize),
    /// All that are left.
    Rest,
    /// Those of these domains.
    Domains(Vec<DomainId>),
}

/// Says that sections do not make up an exam.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SectionsError {
    /// Some go by number and others by domain.
    #[error("sections go either by number of items or by domain, not by both")]
    Mixed,
    /// A section in the middle takes all that is left.
    #[error("only the last section may go without `items`")]
    RestBeforeTheEnd,
    /// The numbers do not add up.
    #[error("the sections hold {found} items, but the exam has {expected}")]
    Count {
        /// What the sections hold.
        found: usize,
        /// What the exam has.
        expected: usize,
    },
    /// A domain stands in no section, or in two.
    #[error("every domain stands in exactly one section; `{domain}` stands in {n_sections}")]
    Domain {
        /// The domain.
        domain: DomainId,
        /// In how many sections it stands.
        n_sections: usize,
    },
    /// A section names a domain that the deck does not have.
    #[error("the deck has no domain `{0}`")]
    UnknownDomain(DomainId),
}

/// Checks that `sections` make up an exam of `n_items` items over `domains`: each item falls into exactly one.
///
/// # Errors
/// The first [`SectionsError`] that is found.
pub fn check_sections(sections: &[Section], n_items: usize, domains: &[&DomainId]) -> Result<(), SectionsError> {
    let is_by_domain = |section: &Section| matches!(section.holds, SectionItems::Domains(_));
    let n_by_domain = sections.iter().filter(|section| is_by_domain(section)).count();
    if 0 < n_by_domain && n_by_domain < sections.len() {
        return Err(SectionsError::Mixed);
    }
    if n_by_domain > 0 {
        return check_domains(sections, domains);
    }
    let (mut found, mut has_rest) = (0_usize, false);
    for section in sections {
        if has_rest {
            return Err(SectionsError::RestBeforeTheEnd);
        }
        match section.holds {
            SectionItems::Count(n) => found = found.saturating_add(n),
            SectionItems::Rest => has_rest = true,
            SectionItems::Domains(_) => {}
        }
    }
    let adds_up = match (sections.is_empty(), has_rest) {
        (true, _) => true,
        // What is left must be something.
        (false, true) => found < n_items,
        (false, false) => found == n_items,
    };
    if adds_up { Ok(()) } else { Err(SectionsError::Count { found, expected: n_items }) }
}

fn check_domains(sections: &[Section], domains: &[&DomainId]) -> Result<(), SectionsError> {
    let named = || {
        sections.iter().flat_map(|section| match &section.holds {
            SectionItems::Domains(own) => own.as_slice(),
            SectionItems::Count(_) | SectionItems::Rest => &[],
        })
    };
    if let Some(unknown) = named().find(|own| !domains.contains(own)) {
        return Err(SectionsError::UnknownDomain(unknown.clone()));
    }
    for domain in domains {
        let n_sections = named().filter(|own| own == domain).count();
        if n_sections != 1 {
            return Err(SectionsError::Domain { domain: (*domain).clone(), n_sections });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(name: &str) -> DomainId {
        DomainId::new(name).expect("a good id")
    }

    /// Reads sections as `30 35`, `30 *`, `a,b c`.
    fn sections(words: &str) -> Vec<Section> {
        let holds = |word: &str| match word.parse() {
            Ok(n) => SectionItems::Count(n),
            Err(_) if word == "*" => SectionItems::Rest,
            Err(_) => SectionItems::Domains(word.split(',').map(domain).collect()),
        };
        words.split_whitespace().map(|word| Section { title: word.to_owned(), holds: holds(word) }).collect()
    }

    #[track_caller]
    fn check(words: &str, expected: Result<(), &str>) {
        let domains = ["a", "b", "c"].map(domain);
        let found = check_sections(&sections(words), 65, &domains.each_ref());
        assert_eq!(found.map_err(|error| error.to_string()), expected.map_err(str::to_owned));
    }

    #[test]
    fn sections_hold_every_item_once() {
        check("", Ok(()));
        check("30 35", Ok(()));
        check("30 *", Ok(()));
        check("a,b c", Ok(()));
        check("30 30", Err("the sections hold 60 items, but the exam has 65"));
        check("65 *", Err("the sections hold 65 items, but the exam has 65"));
        check("* 30", Err("only the last section may go without `items`"));
        check("30 a,b,c", Err("sections go either by number of items or by domain, not by both"));
        check("a b", Err("every domain stands in exactly one section; `c` stands in 0"));
        check("a,b a,c", Err("every domain stands in exactly one section; `a` stands in 2"));
        check("a,b,c x", Err("the deck has no domain `x`"));
    }
}
