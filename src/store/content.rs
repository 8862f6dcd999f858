//! Item contents by hash: part of the truth, since forms pin them.

use rusqlite::{Connection, OptionalExtension, named_params};
use serde::{Deserialize, Serialize};

use crate::base::ContentHash;
use crate::deck::{Choice, Flashcard, ItemBody, Question, ShuffleChoices};
use crate::store::{Store, StoreError};

/// The JSON of a content; its bytes are what the hash is over.
#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum ContentRow {
    Question {
        stem: String,
        choices: Vec<ChoiceRow>,
        #[serde(default, skip_serializing_if = "is_false")]
        fixed_order: bool,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        refs: Vec<String>,
    },
    Flashcard {
        front: String,
        back: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        refs: Vec<String>,
    },
}

#[derive(Serialize, Deserialize)]
struct ChoiceRow {
    text: String,
    #[serde(default, skip_serializing_if = "is_false")]
    key: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    why: Option<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_false(value: &bool) -> bool {
    !value
}

impl Store {
    /// Returns the content with the hash.
    ///
    /// # Errors
    /// [`StoreError::NotFound`] if there is none, [`StoreError::BadIndex`] if its bytes no longer have this hash.
    pub fn content(&self, hash: ContentHash) -> Result<ItemBody, StoreError> {
        let found = self
            .db()
            .prepare_cached("select body from content where hash = ?")?
            .query_row([hash.as_bytes()], |row| row.get::<_, String>(0))
            .optional()?;
        let body = found.ok_or_else(|| StoreError::NotFound { what: format!("content {hash}") })?;
        if ContentHash::of(body.as_bytes()) != hash {
            return Err(StoreError::BadIndex { what: format!("content {hash} is damaged") });
        }
        from_json(&body)
    }
}

/// Writes the canonical JSON of a content.
pub(in crate::store) fn to_json(body: &ItemBody) -> Result<String, StoreError> {
    let row = match body.clone() {
        ItemBody::Question(question) => ContentRow::Question {
            stem: question.stem,
            choices: question
                .choices
                .into_iter()
                .map(|choice| ChoiceRow { text: choice.text, key: choice.is_key, why: choice.why })
                .collect(),
            fixed_order: question.shuffle == ShuffleChoices::No,
            refs: question.refs,
        },
        ItemBody::Flashcard(card) => ContentRow::Flashcard { front: card.front, back: card.back, refs: card.refs },
    };
    serde_json::to_string(&row).map_err(|error| StoreError::BadIndex { what: error.to_string() })
}

fn from_json(text: &str) -> Result<ItemBody, StoreError> {
    let row = serde_json::from_str(text).map_err(|error| StoreError::BadIndex { what: error.to_string() })?;
    Ok(match row {
        ContentRow::Question { stem, choices, fixed_order, refs } => ItemBody::Question(Question {
            stem,
            choices: choices
                .into_iter()
                .map(|choice| Choice { text: choice.text, is_key: choice.key, why: choice.why })
                .collect(),
            shuffle: if fixed_order { ShuffleChoices::No } else { ShuffleChoices::Yes },
            refs,
        }),
        ContentRow::Flashcard { front, back, refs } => ItemBody::Flashcard(Flashcard { front, back, refs }),
    })
}

/// Keeps a content and returns its row; a content that is there already is not written again.
pub(in crate::store) fn keep(db: &Connection, body: &ItemBody) -> Result<i64, StoreError> {
    let json = to_json(body)?;
    let hash = ContentHash::of(json.as_bytes());
    let mut find = db.prepare_cached("select id from content where hash = ?")?;
    if let Some(id) = find.query_row([hash.as_bytes()], |row| row.get(0)).optional()? {
        return Ok(id);
    }
    db.prepare_cached("insert into content (hash, body) values (:hash, :body)")?
        .execute(named_params! {":hash": hash.as_bytes(), ":body": json})?;
    Ok(db.last_insert_rowid())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contents_come_back_as_they_went_in() {
        let choice = |text: &str, is_key: bool, why: Option<&str>| Choice {
            text: text.to_owned(),
            is_key,
            why: why.map(str::to_owned),
        };
        let question = ItemBody::Question(Question {
            stem: "Which store keeps objects? \u{1b}[31m".to_owned(),
            choices: vec![choice("S3", true, Some("It does.")), choice("EBS", false, None)],
            shuffle: ShuffleChoices::No,
            refs: vec!["https://example.org/".to_owned()],
        });
        let card = Flashcard { front: "a".to_owned(), back: "b".to_owned(), refs: Vec::new() };
        for body in [question, ItemBody::Flashcard(card)] {
            assert_eq!(from_json(&to_json(&body).expect("writes")).expect("reads"), body);
        }
    }
}
