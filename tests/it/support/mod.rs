//! What the end-to-end tests share: a learner with a data directory, a live conversation, a terminal, forms and decks.

mod bank;
mod conversation;
mod drill;
mod form;
mod hostile_deck;
mod learner;
mod ledger;
mod picture;
mod terminal;

pub(crate) use bank::{Bank, asked, key_of};
pub(crate) use conversation::Conversation;
pub(crate) use drill::drill;
pub(crate) use form::{DrawnForm, DrawnItem};
pub(crate) use hostile_deck::{ATTACK, hostile_deck};
pub(crate) use learner::{Learner, Said, bare_command, refused, run};
pub(crate) use ledger::{n_times, tried};
pub(crate) use picture::{picture, text_of};
pub(crate) use terminal::{Size, Terminal};
