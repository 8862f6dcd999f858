//! Items as decks have them.

use crate::base::StimulusId;
use crate::deck::{
    Arrangement, Ask, Choice, Difficulty, Effort, Item, ItemBody, ItemNotes, Outline, Question, ShuffleChoices, Skill,
    Slot, Status, TypedAnswer,
};
use crate::exchange::yaml::outline::is_whole;
use crate::exchange::yaml::page::Page;
use crate::exchange::yaml::text::scalar;

impl Page {
    /// Writes an item.
    pub(super) fn item(&mut self, item: &Item, outline: &Outline) {
        let facts = &item.facts;
        self.is_first = true;
        self.field(4, "id", facts.id.as_str());
        match (&facts.task, outline.domains.get(facts.domain_idx)) {
            (Some(task), _) => self.field(4, "task", task.as_str()),
            (None, Some(domain)) if !is_whole(outline) => self.field(4, "domain", domain.id.as_str()),
            (None, _) => {}
        }
        if facts.concept.as_str() != facts.id.as_str() {
            self.field(4, "concept", facts.concept.as_str());
        }
        match facts.difficulty {
            Some(Difficulty::Effort(effort)) => self.line(4, &format!("difficulty: {}", effort_word(effort))),
            Some(Difficulty::Level(level)) => self.line(4, &format!("difficulty: {level}")),
            Some(Difficulty::Logits(logits)) => self.line(4, &format!("difficulty: {logits:?}")),
            Some(Difficulty::Angoff(share)) => self.line(4, &format!("angoff: {}", share.value())),
            Some(Difficulty::Measured(_)) | None => {}
        }
        if let Some(skill) = facts.skill {
            self.line(4, &format!("skill: {}", skill_word(skill)));
        }
        match facts.status {
            Status::Live => {}
            status => self.line(4, &format!("status: {}", status_word(status))),
        }
        let enemies: Vec<String> = facts.enemies.iter().map(ToString::to_string).collect();
        self.texts(4, "enemies", &enemies);
        self.option(4, "stimulus", facts.stimulus.as_ref().map(StimulusId::as_str));
        self.notes(&item.notes);
        match &item.body {
            ItemBody::Question(question) => self.question(question),
            ItemBody::Flashcard(card) => {
                self.field(4, "front", &card.front);
                self.field(4, "back", &card.back);
            }
            ItemBody::Cloze(cloze) => self.field(4, "cloze", &cloze.text),
        }
        self.texts(4, "refs", item.body.refs());
    }

    fn notes(&mut self, ItemNotes { tags, authors, source, reviewed, guide }: &ItemNotes) {
        self.texts(4, "tags", tags);
        self.texts(4, "author", authors);
        self.option(4, "source", source.as_deref());
        if let Some(reviewed) = reviewed {
            self.line(4, &format!("reviewed: {reviewed}"));
        }
        self.option(4, "guide", guide.as_deref());
    }

    fn question(&mut self, question: &Question) {
        self.field(4, "stem", &question.stem);
        match &question.ask {
            Ask::Choices { choices, shuffle } => {
                if *shuffle == ShuffleChoices::No {
                    self.line(4, "shuffle: false");
                }
                self.line(4, "choices:");
                for choice in choices {
                    self.choice(choice);
                }
            }
            Ask::Arrangement(arrangement) => self.arrangement(arrangement),
            Ask::Typed(TypedAnswer { accept, shown, why }) => {
                self.texts(4, "accept", accept);
                self.option(4, "answer", shown.as_deref());
                self.option(4, "why", why.as_deref());
            }
        }
    }

    fn choice(&mut self, choice: &Choice) {
        self.is_first = true;
        self.field(8, "text", &choice.text);
        if choice.is_key {
            self.line(8, "correct: true");
        }
        self.option(8, "why", choice.why.as_deref());
    }

    fn arrangement(&mut self, arrangement: &Arrangement) {
        let is_ordering = arrangement.is_ordering();
        self.line(4, if is_ordering { "order:" } else { "match:" });
        for Slot { label, key, why } in &arrangement.slots {
            self.is_first = true;
            if is_ordering {
                self.field(8, "text", key);
            } else {
                self.field(8, "left", label.as_deref().unwrap_or_default());
                self.field(8, "right", key);
            }
            self.option(8, "why", why.as_deref());
        }
        self.texts(4, "wrong", &arrangement.extra);
        self.option(4, "why", arrangement.why.as_deref());
    }

    /// Measured difficulties have a place of their own.
    pub(super) fn measured(&mut self, items: &[Item]) {
        let measured = items.iter().filter_map(|item| match item.facts.difficulty {
            Some(Difficulty::Measured(measured)) => Some((&item.facts.id, measured)),
            _ => None,
        });
        for (idx, (id, measured)) in measured.enumerate() {
            if idx == 0 {
                self.line(0, "difficulties:");
            }
            let id = scalar(id.as_str(), 4);
            self.line(2, &format!("{id}: {{logits: {:?}, error: {:?}}}", measured.logits, measured.error));
        }
    }
}

/// The word that decks have for an effort.
pub(in crate::exchange) fn effort_word(effort: Effort) -> &'static str {
    match effort {
        Effort::Easy => "easy",
        Effort::Medium => "medium",
        Effort::Hard => "hard",
    }
}

/// The word that decks have for a status.
pub(in crate::exchange) fn status_word(status: Status) -> &'static str {
    match status {
        Status::Live => "live",
        Status::Draft => "draft",
        Status::Retired => "retired",
        Status::Disputed => "disputed",
    }
}

/// The word that decks have for a skill.
pub(in crate::exchange) fn skill_word(skill: Skill) -> &'static str {
    match skill {
        Skill::Recall => "recall",
        Skill::Compare => "compare",
        Skill::Scenario => "scenario",
    }
}
