//! The conditions of a sitting as bytes: what came to its start with the third version of that record.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use crate::exam::Section;
use crate::store::SittingStart;
use crate::store::record::millis;

/// What came to a start with its third version.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub(in crate::store) struct ConditionsRow {
    extra_ms: Option<u64>,
    sections: Vec<(String, usize)>,
}

impl From<&SittingStart> for ConditionsRow {
    fn from(start: &SittingStart) -> ConditionsRow {
        ConditionsRow {
            extra_ms: start.extra_time.map(millis),
            sections: start.sections.iter().map(|section| (section.title.clone(), section.n_items)).collect(),
        }
    }
}

impl ConditionsRow {
    /// Returns how much of the limit is extra time.
    pub(in crate::store) fn extra_time(&self) -> Option<Duration> {
        self.extra_ms.map(Duration::from_millis)
    }

    /// Returns the sections of the form.
    pub(in crate::store) fn into_sections(self) -> Vec<Section> {
        self.sections.into_iter().map(|(title, n_items)| Section { title, n_items }).collect()
    }
}

#[cfg(test)]
mod tests {
    use chrono::DateTime;

    use super::*;
    use crate::base::{ConceptId, ContentHash, DeckId, DomainId, ItemId, Seed};
    use crate::deck::{CreditRule, Decision, ItemKind, Levels, Scale, Weight};
    use crate::exam::{Anchor, ClockReading, FormItem, ItemRole, SittingKind};
    use crate::score::ItemCurve;
    use crate::store::record::{Record, decode, encode};
    use crate::store::{Event, PinnedDomain, PinnedItem};

    fn start() -> SittingStart {
        let form_item = FormItem {
            item: ItemId::new("q").expect("an id"),
            content: ContentHash::of(&[1]),
            domain_idx: 0,
            kind: ItemKind::MultipleResponse { n_choices: 4, n_keys: 2 },
            role: ItemRole::Scored,
            choice_order: vec![3, 1, 0, 2],
        };
        let concept = ConceptId::new("c").expect("an id");
        let wall = DateTime::from_timestamp(1_795_000_000, 0).expect("a time of the calendar");
        SittingStart {
            deck: DeckId::new("d").expect("an id"),
            revision: ContentHash::of(b"files"),
            kind: SittingKind::Mock,
            seed: Seed(7),
            limit: Some(Duration::from_mins(90)),
            extra_time: None,
            sections: Vec::new(),
            scale: Some(Scale::default()),
            decision: Decision::default(),
            credit: CreditRule::AllOrNothing,
            levels: Levels::default(),
            title: "D".to_owned(),
            domains: vec![PinnedDomain {
                id: DomainId::new("all").expect("an id"),
                title: "All".to_owned(),
                weight: Weight::exact(1.0),
            }],
            anchor: Anchor { elapsed: Duration::ZERO, reading: ClockReading { wall, since_boot: None } },
            items: vec![PinnedItem { form_item, concept, curve: ItemCurve::FLAT, is_fresh: true }],
        }
    }

    fn bytes(hex: &str) -> Vec<u8> {
        let pair = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).expect("a byte");
        (0..hex.len()).step_by(2).map(pair).collect()
    }

    /// A start as the first version wrote it.
    const FIRST_VERSION: &str = "010164dcce851b42e39f492b2b7c453ce1032c0009636861636861382f310701c0cbc9020164bc05e80703114e656564\
        7320496d70726f76656d656e74000000000000000009436f6d706574656e74333333333333e33f0a50726f6669636965\
        6e749a9999999999e93f01440103616c6c03416c6c000000000000f03f0080f8b2e5bd6800010171016348fc721fbbc1\
        72e0925fa27af1671de20004020104030100020000000000000000000000000000000000000000000000000101";

    /// What the second version wrote behind that.
    const SECOND_VERSION: &str = "0001000001000000000000f03f";

    #[test]
    fn a_start_of_an_earlier_version_has_no_conditions() {
        let start = Event::SittingStarted(Box::new(start()));
        let second = format!("02{}{SECOND_VERSION}", &FIRST_VERSION[2..]);
        for earlier in [FIRST_VERSION, &second] {
            let Record { kind, item, .. } = encode(&start);
            assert_eq!(decode(&Record { kind, item, body: bytes(earlier) }, 1), Ok(start.clone()));
        }
    }

    #[test]
    fn conditions_come_back() {
        let section = |title: &str, n_items: usize| Section { title: title.to_owned(), n_items };
        let sections = vec![section("Part one", 30), section("Part two", 35)];
        let start = SittingStart { extra_time: Some(Duration::from_mins(45)), sections, ..start() };
        let event = Event::SittingStarted(Box::new(start));
        assert_eq!(decode(&encode(&event), 1), Ok(event));
    }

    #[test]
    fn a_start_of_a_later_version_is_refused() {
        let Record { kind, item, mut body } = encode(&Event::SittingStarted(Box::new(start())));
        body[0] = 99;
        assert!(decode(&Record { kind, item, body }, 1).is_err_and(|what| what.contains("version")));
    }
}
