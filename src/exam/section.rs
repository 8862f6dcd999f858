//! The sections of a drawn form.

use crate::base::DomainId;
use crate::deck::{self, SectionItems};

/// A part of a form, in its order, that is closed once an item of a later one was shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its title.
    pub title: String,
    /// How many items of the form it holds.
    pub n_items: usize,
}

/// Puts items, given by their domains, into the sections of an exam: returns their new order and the sections that
/// got any.
///
/// Items keep their order inside a section; the last section takes all that the others leave.
pub fn split_into_sections(plan: &[deck::Section], domain_of: &[&DomainId]) -> (Vec<usize>, Vec<Section>) {
    let mut left: Vec<usize> = (0..domain_of.len()).collect();
    let (mut order, mut sections) = (Vec::with_capacity(left.len()), Vec::new());
    for (idx, section) in plan.iter().enumerate() {
        let (own, others): (Vec<usize>, Vec<usize>) = match &section.holds {
            _ if idx + 1 == plan.len() => (left, Vec::new()),
            SectionItems::Count(n) => {
                let others = left.split_off((*n).min(left.len()));
                (left, others)
            }
            SectionItems::Rest => (left, Vec::new()),
            SectionItems::Domains(domains) => left.into_iter().partition(|item| domains.contains(domain_of[*item])),
        };
        left = others;
        if !own.is_empty() {
            sections.push(Section { title: section.title.clone(), n_items: own.len() });
        }
        order.extend(own);
    }
    order.extend(left);
    (order, sections)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domain(name: &str) -> DomainId {
        DomainId::new(name).expect("a good id")
    }

    #[track_caller]
    fn check(holds: Vec<SectionItems>, order: &[usize], sizes: &[usize]) {
        // Items 0, 2, 4 are of domain a, 1 and 3 of b.
        let plan: Vec<deck::Section> =
            holds.into_iter().map(|holds| deck::Section { title: "part".to_owned(), holds }).collect();
        let (a, b) = (domain("a"), domain("b"));
        let (found, sections) = split_into_sections(&plan, &[&a, &b, &a, &b, &a]);
        assert_eq!(found, order);
        assert_eq!(sections.iter().map(|section| section.n_items).collect::<Vec<_>>(), sizes);
    }

    #[test]
    fn items_keep_their_order_inside_a_section() {
        check(vec![], &[0, 1, 2, 3, 4], &[]);
        check(vec![SectionItems::Count(2), SectionItems::Rest], &[0, 1, 2, 3, 4], &[2, 3]);
        let by_domain = ["b", "a"].map(|name| SectionItems::Domains(vec![domain(name)])).to_vec();
        check(by_domain, &[1, 3, 0, 2, 4], &[2, 3]);
    }

    #[test]
    fn a_form_that_is_smaller_than_planned_fills_the_first_sections() {
        check(vec![SectionItems::Count(9), SectionItems::Count(9)], &[0, 1, 2, 3, 4], &[5]);
        check(vec![SectionItems::Count(3), SectionItems::Count(9)], &[0, 1, 2, 3, 4], &[3, 2]);
    }
}
