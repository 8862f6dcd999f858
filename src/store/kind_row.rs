//! Types of items with their numbers, as the index of decks and the records of forms hold them.

use serde::{Deserialize, Serialize};

use crate::deck::ItemKind;

/// A type of item: number of choices · choices and keys · nothing · slots and options · nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(in crate::store) enum KindRow {
    Choice(u8),
    Response(u8, u8),
    Flashcard,
    Arrangement(u8, u8),
    TypedAnswer,
}

impl From<ItemKind> for KindRow {
    fn from(kind: ItemKind) -> KindRow {
        match kind {
            ItemKind::MultipleChoice { n_choices } => KindRow::Choice(n_choices),
            ItemKind::MultipleResponse { n_choices, n_keys } => KindRow::Response(n_choices, n_keys),
            ItemKind::Flashcard => KindRow::Flashcard,
            ItemKind::Arrangement { n_slots, n_options } => KindRow::Arrangement(n_slots, n_options),
            ItemKind::TypedAnswer => KindRow::TypedAnswer,
        }
    }
}

impl From<KindRow> for ItemKind {
    fn from(row: KindRow) -> ItemKind {
        match row {
            KindRow::Choice(n_choices) => ItemKind::MultipleChoice { n_choices },
            KindRow::Response(n_choices, n_keys) => ItemKind::MultipleResponse { n_choices, n_keys },
            KindRow::Flashcard => ItemKind::Flashcard,
            KindRow::Arrangement(n_slots, n_options) => ItemKind::Arrangement { n_slots, n_options },
            KindRow::TypedAnswer => ItemKind::TypedAnswer,
        }
    }
}
