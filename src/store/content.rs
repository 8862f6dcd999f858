//! Item contents by hash: part of the truth, since forms pin them.

use rusqlite::{Connection, OptionalExtension, named_params};
use serde::{Deserialize, Serialize};

use crate::base::ContentHash;
use crate::deck::{Arrangement, Ask, Choice, Cloze, Flashcard, ItemBody, Question, ShuffleChoices, Slot, TypedAnswer};
use crate::store::{Store, StoreError};

/// The JSON of a content; its bytes are what the hash is over.
#[derive(Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum ContentRow {
    Question {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stimulus: Option<String>,
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
    Arrangement {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stimulus: Option<String>,
        stem: String,
        slots: Vec<SlotRow>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        extra: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        refs: Vec<String>,
    },
    TypedAnswer {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        stimulus: Option<String>,
        stem: String,
        accept: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        shown: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        why: Option<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        refs: Vec<String>,
    },
    Cloze {
        text: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        refs: Vec<String>,
    },
}

#[derive(Serialize, Deserialize)]
struct SlotRow {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    why: Option<String>,
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
    /// [`StoreError::NotFound`] if there is none, [`StoreError::DamagedContent`] if its bytes no longer have this hash.
    pub fn content(&self, hash: ContentHash) -> Result<ItemBody, StoreError> {
        read(self.db(), hash)
    }
}

/// Reads the content with the hash.
pub(in crate::store) fn read(db: &Connection, hash: ContentHash) -> Result<ItemBody, StoreError> {
    let found = db
        .prepare_cached("select body from content where hash = ?")?
        .query_row([hash.as_bytes()], |row| row.get::<_, String>(0))
        .optional()?;
    let body = found.ok_or_else(|| StoreError::NotFound { what: format!("content {hash}") })?;
    if ContentHash::of(body.as_bytes()) != hash {
        return Err(StoreError::DamagedContent { hash });
    }
    from_json(&body)
}

/// Reads the content of a row.
pub(in crate::store) fn at(db: &Connection, id: i64) -> Result<ItemBody, StoreError> {
    let mut statement = db.prepare_cached("select body from content where id = ?")?;
    from_json(&statement.query_row([id], |row| row.get::<_, String>(0))?)
}

/// Writes the canonical JSON of a content.
pub(in crate::store) fn to_json(body: &ItemBody) -> Result<String, StoreError> {
    let row = match body.clone() {
        ItemBody::Question(question) => question_row(question),
        ItemBody::Flashcard(card) => ContentRow::Flashcard { front: card.front, back: card.back, refs: card.refs },
        ItemBody::Cloze(cloze) => ContentRow::Cloze { text: cloze.text, refs: cloze.refs },
    };
    serde_json::to_string(&row).map_err(|error| StoreError::BadIndex { what: error.to_string() })
}

fn question_row(Question { stimulus, stem, ask, refs }: Question) -> ContentRow {
    match ask {
        Ask::Choices { choices, shuffle } => ContentRow::Question {
            stimulus,
            stem,
            choices: choices
                .into_iter()
                .map(|choice| ChoiceRow { text: choice.text, key: choice.is_key, why: choice.why })
                .collect(),
            fixed_order: shuffle == ShuffleChoices::No,
            refs,
        },
        Ask::Arrangement(Arrangement { slots, extra, why }) => {
            let slots = slots.into_iter().map(|Slot { label, key, why }| SlotRow { label, key, why }).collect();
            ContentRow::Arrangement { stimulus, stem, slots, extra, why, refs }
        }
        Ask::Typed(TypedAnswer { accept, shown, why }) => {
            ContentRow::TypedAnswer { stimulus, stem, accept, shown, why, refs }
        }
    }
}

pub(in crate::store) fn from_json(text: &str) -> Result<ItemBody, StoreError> {
    let row = serde_json::from_str(text).map_err(|error| StoreError::BadIndex { what: error.to_string() })?;
    let question = |stimulus, stem, ask, refs| ItemBody::Question(Question { stimulus, stem, ask, refs });
    Ok(match row {
        ContentRow::Question { stimulus, stem, choices, fixed_order, refs } => {
            let choices = choices
                .into_iter()
                .map(|choice| Choice { text: choice.text, is_key: choice.key, why: choice.why })
                .collect();
            let shuffle = if fixed_order { ShuffleChoices::No } else { ShuffleChoices::Yes };
            question(stimulus, stem, Ask::Choices { choices, shuffle }, refs)
        }
        ContentRow::Flashcard { front, back, refs } => ItemBody::Flashcard(Flashcard { front, back, refs }),
        ContentRow::Arrangement { stimulus, stem, slots, extra, why, refs } => {
            let slots = slots.into_iter().map(|SlotRow { label, key, why }| Slot { label, key, why }).collect();
            question(stimulus, stem, Ask::Arrangement(Arrangement { slots, extra, why }), refs)
        }
        ContentRow::TypedAnswer { stimulus, stem, accept, shown, why, refs } => {
            question(stimulus, stem, Ask::Typed(TypedAnswer { accept, shown, why }), refs)
        }
        ContentRow::Cloze { text, refs } => ItemBody::Cloze(Cloze { text, refs }),
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

    fn question(ask: Ask) -> ItemBody {
        let refs = vec!["https://example.org/".to_owned()];
        ItemBody::Question(Question {
            stimulus: None,
            stem: "Which store keeps objects? \u{1b}[31m".to_owned(),
            ask,
            refs,
        })
    }

    fn choices() -> ItemBody {
        let choice = |text: &str, is_key: bool, why: Option<&str>| Choice {
            text: text.to_owned(),
            is_key,
            why: why.map(str::to_owned),
        };
        let choices = vec![choice("S3", true, Some("It does.")), choice("EBS", false, None)];
        question(Ask::Choices { choices, shuffle: ShuffleChoices::No })
    }

    #[test]
    fn contents_come_back_as_they_went_in() {
        let slot = |label: Option<&str>, key: &str| Slot {
            label: label.map(str::to_owned),
            key: key.to_owned(),
            why: label.map(str::to_owned),
        };
        let arrangement = |slots: Vec<Slot>, extra: &[&str]| {
            let extra = extra.iter().map(|text| (*text).to_owned()).collect();
            question(Ask::Arrangement(Arrangement { slots, extra, why: None }))
        };
        let typed = TypedAnswer { accept: vec!["443".to_owned()], shown: None, why: Some("It is.".to_owned()) };
        let bodies = [
            choices(),
            arrangement(vec![slot(None, "first"), slot(None, "second")], &[]),
            arrangement(vec![slot(Some("EBS"), "blocks"), slot(Some("S3"), "objects")], &["tapes"]),
            question(Ask::Typed(typed)),
            ItemBody::Flashcard(Flashcard { front: "a".to_owned(), back: "b".to_owned(), refs: Vec::new() }),
            ItemBody::Cloze(Cloze { text: "An {{EBS}} volume".to_owned(), refs: Vec::new() }),
        ];
        for body in bodies {
            assert_eq!(from_json(&to_json(&body).expect("writes")).expect("reads"), body);
        }
    }

    #[test]
    fn the_contents_of_old_forms_keep_their_bytes() {
        let json = r#"{"type":"question","stem":"Which store keeps objects? \u001b[31m","choices":[{"text":"S3","key":true,"why":"It does."},{"text":"EBS"}],"fixed_order":true,"refs":["https://example.org/"]}"#;
        assert_eq!(to_json(&choices()).expect("writes"), json);
        let card = ItemBody::Flashcard(Flashcard { front: "a".to_owned(), back: "b".to_owned(), refs: Vec::new() });
        assert_eq!(to_json(&card).expect("writes"), r#"{"type":"flashcard","front":"a","back":"b"}"#);
    }
}
