//! What each learner of a group was shown in each sitting.

use std::collections::BTreeMap;

use crate::app::AppError;
use crate::deck::{ItemFacts, Outline};
use crate::format::ResponseTable;
use crate::score::{Bank, FormItem};

/// The sittings of a group on the exam items of a deck.
pub(in crate::app) struct Papers {
    /// The deck's exam items.
    pub(in crate::app) items: Vec<FormItem>,
    /// Sittings with at least one item of the deck, by learner and time.
    pub(in crate::app) sat: Vec<Paper>,
    /// Rows about an item of the deck that is not on the form that they name.
    pub(in crate::app) n_off_form: usize,
    /// Rows about an item that the same sitting has already.
    pub(in crate::app) n_twice: usize,
}

/// A sitting as it is scored.
pub(in crate::app) struct Paper {
    pub(in crate::app) learner: u32,
    pub(in crate::app) sitting_idx: usize,     // in the table
    pub(in crate::app) showings: Vec<Showing>, // by item, each once; never empty
}

/// An item of a sitting.
#[derive(Clone, Copy)]
pub(in crate::app) struct Showing {
    pub(in crate::app) item: usize, // place among the exam items
    pub(in crate::app) is_right: bool,
    pub(in crate::app) is_fresh: bool,
    pub(in crate::app) row: Option<u32>, // `None` if it was omitted
}

impl Papers {
    /// Puts rows together to sittings, and says which showings are a learner's first of the item.
    ///
    /// # Errors
    /// [`AppError::UnknownForm`] for a form that the deck does not name, [`AppError::NoKnownItems`] if no row is about
    /// an exam item of the deck, [`AppError::Score`] for a deck that cannot be scored.
    pub(in crate::app) fn new(
        outline: &Outline,
        facts: &[ItemFacts],
        table: &ResponseTable,
    ) -> Result<Papers, AppError> {
        let bank = Bank::new(outline, facts)?;
        let mut items = Vec::new();
        let mut place_of_id: BTreeMap<&str, usize> = BTreeMap::new();
        for (item_idx, facts) in facts.iter().enumerate() {
            if let Some(curve) = bank.curve(item_idx) {
                place_of_id.insert(facts.id.as_str(), items.len());
                items.push(FormItem { domain_idx: facts.domain_idx, curve });
            }
        }
        let place_of: Vec<Option<usize>> =
            table.items.iter().map(|name| place_of_id.get(name.as_str()).copied()).collect();
        if place_of.iter().all(Option::is_none) {
            return Err(AppError::NoKnownItems { deck: outline.id.to_string() });
        }
        let form = |(name, ids): (&String, &Vec<_>)| {
            let mut places: Vec<usize> =
                ids.iter().filter_map(|id: &crate::base::ItemId| place_of_id.get(id.as_str()).copied()).collect();
            places.sort_unstable();
            (name.clone(), places)
        };
        let forms: BTreeMap<String, Vec<usize>> = outline.forms.iter().map(form).collect();
        let mut papers = Papers { items, sat: Vec::new(), n_off_form: 0, n_twice: 0 };
        papers.read(table, &place_of, &forms)?;
        papers.mark_fresh();
        Ok(papers)
    }

    fn read(
        &mut self,
        table: &ResponseTable,
        place_of: &[Option<usize>],
        forms: &BTreeMap<String, Vec<usize>>,
    ) -> Result<(), AppError> {
        let rows = rows_by_sitting(table);
        let mut order: Vec<usize> = (0..table.sittings.len()).collect();
        // A sitting without a time counts as later than those with one.
        order.sort_by_key(|idx| (table.sittings[*idx].learner, table.sittings[*idx].at.unwrap_or(i64::MAX), *idx));
        for sitting_idx in order {
            let sitting = &table.sittings[sitting_idx];
            let known = rows.of(sitting_idx).iter().filter_map(|row| Some((place_of[table.item(*row)]?, *row)));
            let mut showings: Vec<Showing> = known
                .map(|(item, row)| Showing { item, is_right: table.is_right(row), is_fresh: true, row: Some(row) })
                .collect();
            showings.sort_by_key(|showing| (showing.item, showing.row));
            let n_rows = showings.len();
            showings.dedup_by_key(|showing| showing.item);
            self.n_twice += n_rows - showings.len();
            if !sitting.form.is_empty() {
                let form = forms.get(&sitting.form).ok_or_else(|| unknown_form(&sitting.form, forms))?;
                let of_form: Vec<Showing> = form.iter().map(|item| shown_or_omitted(*item, &showings)).collect();
                let n_shown = of_form.iter().filter(|showing| showing.row.is_some()).count();
                self.n_off_form += showings.len() - n_shown;
                showings = of_form;
            }
            if !showings.is_empty() {
                self.sat.push(Paper { learner: sitting.learner, sitting_idx, showings });
            }
        }
        Ok(())
    }

    fn mark_fresh(&mut self) {
        let mut latest: Vec<Option<u32>> = vec![None; self.items.len()]; // learner who met the item last
        for paper in &mut self.sat {
            for showing in &mut paper.showings {
                showing.is_fresh = latest[showing.item] != Some(paper.learner);
                latest[showing.item] = Some(paper.learner);
            }
        }
    }
}

fn shown_or_omitted(item: usize, showings: &[Showing]) -> Showing {
    match showings.binary_search_by_key(&item, |showing| showing.item) {
        Ok(place) => showings[place],
        Err(_) => Showing { item, is_right: false, is_fresh: true, row: None },
    }
}

fn unknown_form(named: &str, forms: &BTreeMap<String, Vec<usize>>) -> AppError {
    let known: Vec<&str> = forms.keys().map(String::as_str).collect();
    let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
    AppError::UnknownForm { named: named.to_owned(), known }
}

/// The rows of a table, sorted by sitting.
struct RowsBySitting {
    starts: Vec<usize>, // rows of sitting s: starts[s]..starts[s + 1]
    rows: Vec<u32>,
}

impl RowsBySitting {
    fn of(&self, sitting_idx: usize) -> &[u32] {
        &self.rows[self.starts[sitting_idx]..self.starts[sitting_idx + 1]]
    }
}

fn rows_by_sitting(table: &ResponseTable) -> RowsBySitting {
    let mut starts = vec![0; table.sittings.len() + 1];
    for row in 0..table.n_rows() {
        starts[table.sitting(row) + 1] += 1;
    }
    let mut n_before = 0;
    for start in &mut starts {
        n_before += *start;
        *start = n_before;
    }
    let mut rows: Vec<u32> = (0..table.n_rows()).collect();
    rows.sort_by_key(|row| table.sitting(*row));
    RowsBySitting { starts, rows }
}
