//! Full text of the indexed decks.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, ToSql, named_params, params};

use crate::base::{DeckId, DomainId, ItemId, TaskId};
use crate::deck::{Ask, ItemBody};
use crate::store::json::id_of;
use crate::store::outline_row;
use crate::store::{Event, Store, StoreError, content, log};

/// What is searched for, and where. Of the places that are named, an item must be in all.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SearchQuery {
    /// Words that must all be in the item, each in some form of it (`route` finds `routing`); several words in one text
    /// must follow each other, and a text that ends in `*` may go on. Without any, all items of the places are found.
    pub words: Vec<String>,
    /// Only this deck.
    pub deck: Option<DeckId>,
    /// Only domains of this name.
    pub domain: Option<DomainId>,
    /// Only tasks of this name.
    pub task: Option<TaskId>,
    /// Only items with this tag.
    pub tag: Option<String>,
    /// Most items to return.
    pub limit: usize,
}

/// What a search found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SearchResult {
    /// The best items, the best first; in the order of their decks if no words were searched for.
    pub found: Vec<FoundItem>,
    /// How many items there are, returned or not.
    pub n_found: usize,
}

/// An item that a search found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundItem {
    /// The deck.
    pub deck: DeckId,
    /// The item.
    pub item: ItemId,
    /// What it asks, around what was found in it.
    pub prompt: Vec<Excerpt>,
    /// More of the item, if something was found there: of the choices, or of what is told after the answer.
    pub more: Vec<Excerpt>,
}

/// A piece of an item's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Excerpt {
    /// The text.
    pub text: String,
    /// Whether it was searched for.
    pub is_match: bool,
}

/// Ends of what was found in an excerpt: no deck holds control characters.
const START: char = '\u{2}';
const END: char = '\u{3}';

/// Words of an item's text that are shown of it.
const PROMPT_WORDS: u8 = 40;
const MORE_WORDS: u8 = 16;

/// Weights of what is asked, of the choices, and of what is told after the answer.
const WEIGHTS: &str = "4.0, 2.0, 1.0";

/// Most questions that offer one of some choices and are looked at.
const MOST_OFFERING: i64 = 200;

/// Domains by the revision that has them and their place in its list.
type DomainPlaces = BTreeSet<(i64, i64)>;

impl Store {
    /// Searches the decks that are indexed, the newest revision of each.
    ///
    /// Of the items of an open sitting only what its candidate can see is searched and returned: neither which choice is
    /// right nor why.
    pub fn search(&self, query: &SearchQuery) -> Result<SearchResult, StoreError> {
        let words = match_words(&query.words);
        let has_words = !query.words.is_empty();
        if (has_words && words.is_empty()) || query.limit == 0 {
            return Ok(SearchResult::default());
        }
        let domains = self.domains_named(query)?;
        let open = self.items_of_open_sittings()?;
        let mut statement = self.db().prepare_cached(&search_sql(query))?;
        let named = [
            (":words", has_words.then_some(words.as_str())),
            (":deck", query.deck.as_ref().map(DeckId::as_str)),
            (":task", query.task.as_ref().map(TaskId::as_str)),
            (":tag", query.tag.as_deref()),
        ];
        let named: Vec<(&str, &dyn ToSql)> =
            named.iter().filter_map(|(name, value)| Some((*name, value.as_ref()? as &dyn ToSql))).collect();
        let mut rows = statement.query(&named[..])?;
        let mut result = SearchResult::default();
        while let Some(row) = rows.next()? {
            let (content, item): (i64, i64) = (row.get(0)?, row.get(1)?);
            let domain = (row.get(2)?, row.get(3)?);
            if domains.as_ref().is_some_and(|domains| !domains.contains(&domain)) {
                continue;
            }
            let is_open = open.contains(&item);
            if is_open && has_words && !self.is_found(content, &only_visible(&words))? {
                continue;
            }
            result.n_found += 1;
            if result.found.len() < query.limit {
                let (prompt, more) = match (has_words, is_open) {
                    (true, true) => self.found_in(content, &only_visible(&words), is_open)?,
                    (true, false) => self.found_in(content, &words, is_open)?,
                    (false, _) => (self.beginning(content)?, Vec::new()),
                };
                let (deck, item) = self.names_of(item)?;
                result.found.push(FoundItem { deck, item, prompt, more });
            }
        }
        Ok(result)
    }

    /// The domains of the wished name, by revision and place; `None` if every domain will do.
    fn domains_named(&self, query: &SearchQuery) -> Result<Option<DomainPlaces>, StoreError> {
        let Some(wanted) = &query.domain else { return Ok(None) };
        let mut statement = self.db().prepare("select id, outline from revision")?;
        let mut rows = statement.query([])?;
        let mut named = DomainPlaces::new();
        while let Some(row) = rows.next()? {
            let (revision, outline): (i64, String) = (row.get(0)?, row.get(1)?);
            let domains = outline_row::from_json(&outline)?.domains;
            let place = domains.iter().position(|domain| domain.id == *wanted);
            named.extend(place.and_then(|place| i64::try_from(place).ok()).map(|place| (revision, place)));
        }
        Ok(Some(named))
    }

    /// Returns the items of all open sittings of this device, whatever became of their decks.
    pub fn open_items(&self) -> Result<BTreeMap<DeckId, BTreeSet<ItemId>>, StoreError> {
        let mut open: BTreeMap<DeckId, BTreeSet<ItemId>> = BTreeMap::new();
        let mut statement = self.db().prepare_cached("select start_event from sitting where ending is null")?;
        let starts = statement.query_map([], |row| row.get::<_, i64>(0))?.collect::<Result<Vec<_>, _>>()?;
        for start in starts {
            if let Event::SittingStarted(start) = log::event_at(self.db(), start)?.event {
                let items = start.items.iter().map(|item| item.form_item.item.clone());
                open.entry(start.deck.clone()).or_default().extend(items);
            }
        }
        Ok(open)
    }

    /// The rows of the items of all open sittings.
    fn items_of_open_sittings(&self) -> Result<BTreeSet<i64>, StoreError> {
        let sql = "select item.id from item join deck on deck.id = item.deck where deck.name = ? and item.name = ?";
        let mut statement = self.db().prepare_cached(sql)?;
        let mut rows = BTreeSet::new();
        for (deck, items) in self.open_items()? {
            for item in items {
                rows.extend(
                    statement.query_row([deck.as_str(), item.as_str()], |row| row.get::<_, i64>(0)).optional()?,
                );
            }
        }
        Ok(rows)
    }

    /// Returns the questions of a deck's newest revision that may be drilled and have one of `texts` among their right
    /// choices, whatever its case, in the order of the deck; each with the place of that text.
    pub fn items_with_key(&self, deck: &DeckId, texts: &[&str]) -> Result<Vec<(ItemId, usize)>, StoreError> {
        let phrases: Vec<String> = texts.iter().map(|text| format!("\"{}\"", text.replace('"', "\"\""))).collect();
        let mut statement = self.db().prepare_cached(
            "select item.name, content.body
             from item_text
             cross join revision_item indexed by revision_item_content on revision_item.content = item_text.rowid
             join item on item.id = revision_item.item
             join content on content.id = revision_item.content
             where item_text match :words and is_live = 1
               and revision_item.revision = (
                 select max(revision.id) from revision join deck on deck.id = revision.deck where deck.name = :deck
               )
             order by revision_item.position
             limit :most",
        )?;
        let words = format!("options : ({})", phrases.join(" OR "));
        let mut rows =
            statement.query(named_params! {":words": words, ":deck": deck.as_str(), ":most": MOST_OFFERING})?;
        let wanted: Vec<String> = texts.iter().map(|text| text.trim().to_lowercase()).collect();
        let mut items = Vec::new();
        while let Some(row) = rows.next()? {
            let (name, body): (String, String) = (row.get(0)?, row.get(1)?);
            let ItemBody::Question(question) = content::from_json(&body)? else { continue };
            let mut keys = question.choices().iter().filter(|choice| choice.is_key);
            let place = keys.find_map(|key| {
                let text = key.text.trim().to_lowercase();
                wanted.iter().position(|wanted| *wanted == text)
            });
            if let Some(place) = place {
                let item = id_of(ItemId::new(&name))?;
                items.push((item, place));
            }
        }
        Ok(items)
    }

    fn is_found(&self, content: i64, words: &str) -> Result<bool, StoreError> {
        let sql = "select 1 from item_text where item_text match :words and rowid = :content";
        let params = named_params! {":words": words, ":content": content};
        Ok(self.db().prepare_cached(sql)?.exists(params)?)
    }

    fn names_of(&self, item: i64) -> Result<(DeckId, ItemId), StoreError> {
        let (deck, item): (String, String) = self
            .db()
            .prepare_cached("select deck.name, item.name from item join deck on deck.id = item.deck where item.id = ?")?
            .query_row([item], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok((id_of(DeckId::new(&deck))?, id_of(ItemId::new(&item))?))
    }

    /// What an item asks, as far as it is shown.
    fn beginning(&self, content: i64) -> Result<Vec<Excerpt>, StoreError> {
        let [prompt, ..] = texts(&content::at(self.db(), content)?);
        let prompt = prompt.unwrap_or_default();
        let mut words = prompt.split_whitespace();
        let mut text = words.by_ref().take(usize::from(PROMPT_WORDS)).collect::<Vec<_>>().join(" ");
        if words.next().is_some() {
            text.push('…');
        }
        Ok(vec![Excerpt { text, is_match: false }])
    }

    /// What an item asks, around what was found in it, and more of it if something was found there.
    fn found_in(&self, content: i64, words: &str, is_open: bool) -> Result<(Vec<Excerpt>, Vec<Excerpt>), StoreError> {
        let column = |column: u8, n_words: u8| {
            format!(
                "snippet(item_text, {column}, char({}), char({}), '…', {n_words})",
                u32::from(START),
                u32::from(END)
            )
        };
        let (prompt, options, told) = (column(0, PROMPT_WORDS), column(1, MORE_WORDS), column(2, MORE_WORDS));
        let sql = format!("select {prompt}, {options}, {told} from item_text where item_text match ? and rowid = ?");
        let texts: [Option<String>; 3] = self
            .db()
            .prepare_cached(&sql)?
            .query_row(rusqlite::params![words, content], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]))?;
        let [prompt, options, told] = texts.map(|text| excerpts(&text.unwrap_or_default()));
        let has_match = |excerpts: &[Excerpt]| excerpts.iter().any(|excerpt| excerpt.is_match);
        let more = match (has_match(&options), has_match(&told)) {
            (true, _) => options,
            (false, true) if !is_open => told,
            (false, _) => Vec::new(),
        };
        Ok((prompt, more))
    }
}

/// The items that a query wants, as far as SQL can tell them, in their order.
fn search_sql(query: &SearchQuery) -> String {
    let (source, order) = match (query.words.is_empty(), &query.tag) {
        (true, None) => ("revision_item", String::new()),
        (true, Some(_)) => (
            "item_tag
             cross join revision_item
               on revision_item.revision = item_tag.revision and revision_item.position = item_tag.position",
            String::new(),
        ),
        (false, _) => (
            "item_text join revision_item on revision_item.content = item_text.rowid",
            format!("bm25(item_text, {WEIGHTS}), "),
        ),
    };
    let mut wanted = vec!["true"];
    if !query.words.is_empty() {
        wanted.push("item_text match :words");
    }
    if query.deck.is_some() {
        wanted.push("deck.name = :deck");
    }
    if query.task.is_some() {
        wanted.push("revision_item.facts ->> '$.task' = :task");
    }
    match (&query.tag, query.words.is_empty()) {
        (Some(_), true) => wanted.push("item_tag.tag = :tag"),
        (Some(_), false) => wanted.push(
            "exists (
               select 1 from item_tag
               where tag = :tag and revision = revision_item.revision and position = revision_item.position
             )",
        ),
        (None, _) => {}
    }
    format!(
        "select revision_item.content, revision_item.item, revision_item.revision, revision_item.domain
         from {source}
         join revision on revision.id = revision_item.revision
         join deck on deck.id = revision.deck
         where {}
         order by {order}deck.name, revision_item.position",
        wanted.join(" and ")
    )
}

/// Brings the full text in line with the index, once changed rows list the contents `after` instead of `before`.
pub(in crate::store) fn follow(
    db: &Connection,
    before: &BTreeSet<i64>,
    after: &BTreeMap<i64, &ItemBody>,
) -> Result<(), StoreError> {
    // Of values and not of selections: before each of those, the full text would write down what it holds in memory.
    let mut add = db.prepare_cached("insert into item_text (rowid, prompt, options, told) values (?, ?, ?, ?)")?;
    let mut has = db.prepare_cached("select 1 from item_text_docsize where id = ?")?;
    for (content, body) in after.iter().filter(|(content, _)| !before.contains(content)) {
        // Another deck may list the same content.
        if !has.exists([content])? {
            let [prompt, options, told] = texts(body);
            add.execute(params![content, prompt, options, told])?;
        }
    }
    let mut is_listed = db.prepare_cached("select 1 from revision_item where content = ? limit 1")?;
    let mut remove = db.prepare_cached(
        "insert into item_text (item_text, rowid, prompt, options, told) values ('delete', ?, ?, ?, ?)",
    )?;
    for content in before.iter().filter(|content| !after.contains_key(content)) {
        if !is_listed.exists([content])? {
            let [prompt, options, told] = texts(&content::at(db, *content)?);
            remove.execute(params![content, prompt, options, told])?;
        }
    }
    Ok(())
}

/// What the full text has of a content, as `searchable` reads it: its prompt; what else a candidate reads; what is told
/// after the answer.
fn texts(body: &ItemBody) -> [Option<String>; 3] {
    let question = match body {
        ItemBody::Question(question) => question,
        ItemBody::Flashcard(card) => return [Some(card.front.clone()), None, Some(card.back.clone())],
        ItemBody::Cloze(cloze) => return [Some(cloze.text.clone()), None, None],
    };
    let mut options: Vec<&str> = question.stimulus.as_deref().into_iter().collect();
    let mut told: Vec<&str> = Vec::new();
    match &question.ask {
        Ask::Choices { choices, .. } => {
            options.extend(choices.iter().map(|choice| choice.text.as_str()));
            told.extend(choices.iter().filter_map(|choice| choice.why.as_deref()));
        }
        Ask::Arrangement(arrangement) => {
            for slot in &arrangement.slots {
                options.extend(slot.label.as_deref());
                options.push(&slot.key);
                told.extend(slot.why.as_deref());
            }
            options.extend(arrangement.extra.iter().map(String::as_str));
            told.extend(arrangement.why.as_deref());
        }
        Ask::Typed(typed) => {
            told.extend(typed.accept.iter().map(String::as_str));
            told.extend(typed.shown.as_deref());
            told.extend(typed.why.as_deref());
        }
    }
    let lines = |lines: Vec<&str>| (!lines.is_empty()).then(|| lines.join("\n"));
    [Some(question.stem.clone()), lines(options), lines(told)]
}

/// The words in the language of the full-text table: each a text in quotes, all of them wanted.
fn match_words(words: &[String]) -> String {
    let quoted = words.iter().filter_map(|word| {
        let (text, star) = word.trim().strip_suffix('*').map_or((word.trim(), ""), |text| (text, "*"));
        // A text without letters would be an error there, and finds nothing.
        let has_words = text.chars().any(char::is_alphanumeric);
        has_words.then(|| format!("\"{}\"{star}", text.replace(['"', '\0'], " ")))
    });
    quoted.collect::<Vec<_>>().join(" ")
}

fn only_visible(words: &str) -> String {
    format!("{{prompt options}} : ({words})")
}

/// Cuts a text at the marks around what was found.
fn excerpts(text: &str) -> Vec<Excerpt> {
    let mut pieces = Vec::new();
    for (at, part) in text.split(START).enumerate() {
        let (found, rest) = if at == 0 { ("", part) } else { part.split_once(END).unwrap_or((part, "")) };
        for (text, is_match) in [(found, true), (rest, false)] {
            if !text.is_empty() {
                pieces.push(Excerpt { text: text.to_owned(), is_match });
            }
        }
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::{Arrangement, Choice, Cloze, Flashcard, Question, ShuffleChoices, Slot, TypedAnswer};

    /// Everything that an item can say, each text once.
    fn bodies() -> Vec<ItemBody> {
        let text = |name: &str| Some(name.to_owned());
        let choice = |n: usize| Choice {
            text: format!("choice {n}"),
            is_key: n == 0,
            why: (n < 2).then(|| format!("reason {n}")),
        };
        let slot = |n: usize| Slot {
            label: text("label").filter(|_| n == 0),
            key: format!("key {n}"),
            why: (n == 0).then(|| "because".to_owned()),
        };
        let arrangement =
            Arrangement { slots: vec![slot(0), slot(1)], extra: vec!["more".to_owned()], why: text("whole") };
        let typed = |shown: Option<String>| TypedAnswer {
            accept: vec!["one".to_owned(), "two".to_owned()],
            shown,
            why: text("typed"),
        };
        let asks = [
            Ask::Choices { choices: (0..3).map(choice).collect(), shuffle: ShuffleChoices::Yes },
            Ask::Choices { choices: vec![choice(2), choice(3)], shuffle: ShuffleChoices::No },
            Ask::Arrangement(arrangement),
            Ask::Typed(typed(text("shown"))),
            Ask::Typed(typed(None)),
        ];
        let refs = vec!["https://example.org/".to_owned()];
        let question = |(n, ask): (usize, Ask)| {
            let stimulus = (n % 2 == 0).then(|| format!("shared {n}\nby some"));
            ItemBody::Question(Question { stimulus, stem: format!("stem {n}"), ask, refs: refs.clone() })
        };
        let mut bodies: Vec<ItemBody> = asks.into_iter().enumerate().map(question).collect();
        bodies.push(ItemBody::Flashcard(Flashcard { front: "a".to_owned(), back: "b".to_owned(), refs: refs.clone() }));
        bodies.push(ItemBody::Cloze(Cloze { text: "An {{EBS}} volume".to_owned(), refs }));
        bodies
    }

    #[test]
    fn the_full_text_gets_what_its_view_reads_and_keeps_nothing_that_is_listed_nowhere() {
        let dir = tempfile::tempdir().expect("a directory");
        let mut store = Store::open(dir.path()).expect("opens");
        let bodies = bodies();
        let n_indexed = |db: &Connection| {
            db.query_row("select count(*) from item_text_docsize", [], |row| row.get::<_, i64>(0)).expect("counts")
        };
        let kept = store.commit(|tx| {
            let kept: Result<Vec<i64>, _> = bodies.iter().map(|body| content::keep(tx, body)).collect();
            let kept: BTreeMap<i64, &ItemBody> = kept?.into_iter().zip(&bodies).collect();
            follow(tx, &BTreeSet::new(), &kept)?;
            Ok(kept)
        });
        let kept = kept.expect("indexes");
        assert_eq!(n_indexed(store.db()), 7);
        for (id, body) in &kept {
            let mut view =
                store.db().prepare("select prompt, options, told from searchable where id = ?").expect("reads");
            let row: [Option<String>; 3] =
                view.query_row([id], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?])).expect("a row");
            assert_eq!(row, texts(body));
        }
        store.commit(|tx| follow(tx, &kept.keys().copied().collect(), &BTreeMap::new())).expect("indexes");
        assert_eq!(n_indexed(store.db()), 0);
        let words = "select count(*) from item_text where item_text match 'stem OR a OR because OR shown'";
        let n_found: i64 = store.db().query_row(words, [], |row| row.get(0)).expect("reads");
        assert_eq!(n_found, 0);
    }
}
