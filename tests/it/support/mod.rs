//! What the end-to-end tests share: a learner with a data directory, a live conversation, forms and decks.

mod bank;
mod conversation;
mod form;
mod learner;

pub(crate) use bank::{Bank, key_of};
pub(crate) use conversation::Conversation;
pub(crate) use form::{DrawnForm, DrawnItem};
pub(crate) use learner::{Learner, Said, refused};
