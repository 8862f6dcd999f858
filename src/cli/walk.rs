//! The walk through the questions of a sitting, as its screen needs it.

use crate::app::App;
use crate::base::ItemId;
use crate::exam::ItemFilter;
use crate::render::{ItemRow, LetterCase, ScoreSheet, days_ahead, item_headline, item_notes};
use crate::tui::{TextLine, Tone, WalkDesk, WalkItem};

/// A report whose items are walked through.
pub(in crate::cli) struct SheetDesk<'app> {
    pub(in crate::cli) app: &'app mut App,
    pub(in crate::cli) sheet: ScoreSheet,
}

impl SheetDesk<'_> {
    fn row(&self, position: usize) -> anyhow::Result<&ItemRow> {
        self.sheet.items.get(position).ok_or_else(|| anyhow::anyhow!("the form has no question {}", position + 1))
    }

    fn id(&self, position: usize) -> anyhow::Result<ItemId> {
        Ok(self.row(position)?.item.clone())
    }

    /// Reads the report again, with what was just recorded.
    fn refresh(&mut self) -> anyhow::Result<()> {
        self.sheet = self.app.report(Some(self.sheet.number))?;
        Ok(())
    }
}

impl WalkDesk for SheetDesk<'_> {
    fn items(&self) -> Vec<WalkItem> {
        self.sheet.items.iter().map(|row| walk_item(&self.sheet, row)).collect()
    }

    fn send(&mut self, position: usize) -> anyhow::Result<String> {
        let item = self.row(position)?;
        let (id, concept) = (item.item.clone(), item.concept.clone());
        if item.is_sent {
            self.app.take_sending_back(&self.sheet.deck, &id)?;
            self.refresh()?;
            return Ok("The sending to the drill is taken back.".to_owned());
        }
        let due = self.app.send_to_drill(&self.sheet.deck, &id, &concept)?;
        self.refresh()?;
        Ok(format!("Sent to the drill: due {}. d takes it back.", days_ahead(due.days_since(self.app.today()))))
    }

    fn doubt(&mut self, position: usize, reason: &str) -> anyhow::Result<()> {
        let id = self.id(position)?;
        self.app.doubt(&self.sheet.deck, &id, reason)?;
        self.refresh()
    }

    fn withdraw_doubt(&mut self, position: usize) -> anyhow::Result<()> {
        let id = self.id(position)?;
        self.app.withdraw_doubt(&self.sheet.deck, &id)?;
        self.refresh()
    }
}

fn walk_item(sheet: &ScoreSheet, row: &ItemRow) -> WalkItem {
    let (shape, tone) = match (row.is_reached, row.is_right) {
        (false, _) => ("–", Tone::Dim),
        (true, true) => ("✓", Tone::Good),
        (true, false) => ("✗", Tone::Bad),
    };
    let kept_by = ItemFilter::ALL.into_iter().filter(|filter| row.is_kept_by(*filter));
    WalkItem {
        domain_title: sheet.domains.get(row.domain_idx).map(|domain| domain.title.clone()).unwrap_or_default(),
        question: row.question.clone(),
        choice_order: row.choice_order.clone(),
        answer: row.mark.answer.clone(),
        head: TextLine::new(tone, format!("  {shape} {}", item_headline(row))),
        notes: item_notes(row, LetterCase::Upper)
            .into_iter()
            .map(|note| TextLine::from(format!("    {note}")))
            .collect(),
        kept_by: kept_by.collect(),
        is_doubtful: row.doubt.is_some(),
    }
}
