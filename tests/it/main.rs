//! Tests of the whole: the shape of the source tree, and modules by what they promise to others.

#[cfg(test)]
mod architecture;
#[cfg(test)]
mod authoring;
#[cfg(test)]
mod card_care;
#[cfg(test)]
mod cohort;
#[cfg(test)]
mod crash;
#[cfg(test)]
mod data;
#[cfg(test)]
mod diagnosis;
#[cfg(test)]
mod drill;
#[cfg(test)]
mod exam;
#[cfg(test)]
mod exam_clock;
#[cfg(test)]
mod exam_room;
#[cfg(test)]
mod exchange;
#[cfg(test)]
mod exit_codes;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod item_types;
#[cfg(test)]
mod library;
#[cfg(test)]
mod own_deck;
#[cfg(test)]
mod papers;
#[cfg(test)]
mod partial;
#[cfg(test)]
mod plan;
#[cfg(test)]
mod programmes;
#[cfg(test)]
mod ready;
#[cfg(test)]
mod records;
#[cfg(test)]
mod report;
#[cfg(test)]
mod requirements;
#[cfg(test)]
mod results;
#[cfg(test)]
mod room_features;
#[cfg(test)]
mod rust_source;
#[cfg(test)]
mod scoring;
#[cfg(test)]
mod statistics;
#[cfg(test)]
mod stepped_clock;
#[cfg(test)]
mod store;
#[cfg(test)]
mod support;
#[cfg(test)]
mod terminal;
#[cfg(test)]
mod walk;
