//! The `difficulties:` of a file: what was measured, beside what the authors say.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::base::ItemId;
use crate::deck::{Difficulty, Measurement};
use crate::format::finding::{FilePlace, Findings, Log};
use crate::format::rules::{BAD_ID, CONFLICT, STALE_DIFFICULTY};
use crate::format::suggest::{did_you_mean, quoted};
use crate::format::v1::fields::{Field, Fields, Placed};
use crate::format::v1::header::Defaults;
use crate::format::v1::item::MAX_LOGITS;
use crate::format::v1::keys::MEASURED;

/// A measured difficulty and the item that it is of.
pub(super) type Measured = (Placed<ItemId>, Measurement);

/// Largest standard error, in logits: more than anybody knows without looking.
const MAX_ERROR: f64 = 10.0;

/// Reads `difficulties:`, a mapping of item ids to `logits` and `error`.
pub(super) fn measured(field: Field<'_>, log: &mut Log<'_>) -> Vec<Measured> {
    let entries = field.fields(log).map(Fields::into_entries).unwrap_or_default();
    let mut all = Vec::new();
    for (key, node) in entries {
        let measurement = Field::element("difficulties", node, log).and_then(|field| measurement(field, log));
        match ItemId::new(&key.name) {
            Ok(id) => all.extend(measurement.map(|found| (Placed { value: id, span: key.span }, found))),
            Err(error) => {
                let message = format!("{} is no id: {error}", quoted(&key.name));
                log.say(&BAD_ID, key.span, message, "name an item of this deck");
            }
        }
    }
    all
}

fn measurement(field: Field<'_>, log: &mut Log<'_>) -> Option<Measurement> {
    let mut fields = field.fields(log)?;
    let logits = fields.need("logits", "a measured difficulty", log);
    let logits = logits.and_then(|field| field.real(-MAX_LOGITS..=MAX_LOGITS, log));
    let error = fields.take("error", log).map(|field| field.real(0.0..=MAX_ERROR, log));
    fields.finish("a measured difficulty", &[MEASURED], log);
    Some(Measurement { logits: logits?, error: error.unwrap_or(Some(0.0))? })
}

/// The measured difficulties of all files by item, and where they stand.
#[derive(Default)]
pub(super) struct MeasuredItems(BTreeMap<ItemId, (Measurement, FilePlace)>);

impl MeasuredItems {
    pub(super) fn of(defaults: &mut [Defaults], findings: &mut Findings) -> MeasuredItems {
        let mut all: BTreeMap<ItemId, (Measurement, FilePlace)> = BTreeMap::new();
        for (file_idx, defaults) in defaults.iter_mut().enumerate() {
            for (id, measurement) in defaults.measured.drain(..) {
                let place = FilePlace { file_idx, span: id.span };
                match all.entry(id.value) {
                    Entry::Vacant(vacant) => {
                        vacant.insert((measurement, place));
                    }
                    Entry::Occupied(first) => {
                        let help = format!("the first is at {}; keep the newer one", findings.pointer(first.get().1));
                        let message = format!("item `{}` has two measured difficulties", first.key());
                        findings.in_file(file_idx).say(&CONFLICT, place.span, message, help);
                    }
                }
            }
        }
        MeasuredItems(all)
    }

    pub(super) fn difficulty(&self, id: &ItemId) -> Option<Difficulty> {
        self.0.get(id).map(|(measurement, _)| Difficulty::Measured(*measurement))
    }

    /// Reports those of items that the deck does not have.
    pub(super) fn say_stale<'i>(
        &self,
        is_known: impl Fn(&ItemId) -> bool,
        known: impl Iterator<Item = &'i ItemId> + Clone,
        findings: &mut Findings,
    ) {
        for (id, (_, place)) in self.0.iter().filter(|(id, _)| !is_known(id)) {
            let names = known.clone().map(ItemId::as_str);
            let help = did_you_mean(id.as_str(), names, || "remove the entry if the item is gone".to_owned());
            let message = format!("there is no item {}, so its difficulty counts for nothing", quoted(id.as_str()));
            findings.in_file(place.file_idx).say(&STALE_DIFFICULTY, place.span, message, help);
        }
    }
}
