//! The `stimuli:` of a file: texts that several questions share.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use crate::base::StimulusId;
use crate::deck::ItemBody;
use crate::format::finding::{FilePlace, Findings, Log};
use crate::format::rules::{BAD_ID, BAD_VALUE, ID_TWICE, UNKNOWN_NAME, UNUSED_STIMULUS};
use crate::format::suggest::{did_you_mean, quoted};
use crate::format::v1::fields::{Field, Fields, Placed};
use crate::format::v1::header::Defaults;

/// Reads `stimuli:`, a mapping of names to texts.
pub(super) fn stimuli(field: Field<'_>, log: &mut Log<'_>) -> Vec<(Placed<StimulusId>, String)> {
    let mut all = Vec::new();
    for (key, node) in field.fields(log).map(Fields::into_entries).unwrap_or_default() {
        let text = Field::element("stimuli", node, log).and_then(|field| field.text(log));
        match StimulusId::new(&key.name) {
            Ok(id) => all.extend(text.map(|text| (Placed { value: id, span: key.span }, text))),
            Err(error) => {
                let message = format!("{} is no id: {error}", quoted(&key.name));
                log.say(&BAD_ID, key.span, message, "choose a short word, for example `bakery`");
            }
        }
    }
    all
}

/// The stimuli of all files, and which of them are used.
#[derive(Default)]
pub(super) struct Stimuli(BTreeMap<StimulusId, Stimulus>);

struct Stimulus {
    text: String,
    place: FilePlace,
    n_items: usize,
}

impl Stimuli {
    pub(super) fn of(defaults: &mut [Defaults], findings: &mut Findings) -> Stimuli {
        let mut all: BTreeMap<StimulusId, Stimulus> = BTreeMap::new();
        for (file_idx, defaults) in defaults.iter_mut().enumerate() {
            for (id, text) in defaults.stimuli.drain(..) {
                let place = FilePlace { file_idx, span: id.span };
                match all.entry(id.value) {
                    Entry::Vacant(vacant) => {
                        vacant.insert(Stimulus { text, place, n_items: 0 });
                    }
                    Entry::Occupied(first) => {
                        let help =
                            format!("the first is at {}; rename one of them", findings.pointer(first.get().place));
                        let message = format!("there are two stimuli `{}`", first.key());
                        findings.in_file(file_idx).say(&ID_TWICE, place.span, message, help);
                    }
                }
            }
        }
        Stimuli(all)
    }

    /// Puts the text that an item names above its stem; reports a name that nobody knows.
    pub(super) fn give(&mut self, id: &Placed<StimulusId>, body: &mut ItemBody, log: &mut Log<'_>) {
        let name = id.value.as_str();
        let Some(stimulus) = self.0.get_mut(&id.value) else {
            let known = self.0.keys().map(StimulusId::as_str);
            let help = did_you_mean(name, known, || "write it under `stimuli` of a file".to_owned());
            log.say(&UNKNOWN_NAME, id.span, format!("there is no stimulus {}", quoted(name)), help);
            return;
        };
        stimulus.n_items += 1;
        match body {
            ItemBody::Question(question) => question.stimulus = Some(stimulus.text.clone()),
            ItemBody::Flashcard(_) | ItemBody::Cloze(_) => {
                let message = "a card has no stimulus";
                log.say(&BAD_VALUE, id.span, message, "write on the front what belongs there");
            }
        }
    }

    pub(super) fn say_unused(&self, findings: &mut Findings) {
        for (id, stimulus) in self.0.iter().filter(|(_, stimulus)| stimulus.n_items == 0) {
            let help = "add `stimulus:` to the questions about it, or remove the text";
            let mut log = findings.in_file(stimulus.place.file_idx);
            log.say(&UNUSED_STIMULUS, stimulus.place.span, format!("no question has the stimulus `{id}`"), help);
        }
    }
}
