//! The raw-to-scaled table of a form as text and JSON.

use serde_json::{Value, json};

use crate::base::SafeText;
use crate::deck::Domain;
use crate::render::SCHEMA;
use crate::render::json::{band, need_json, points, scale_json};
use crate::score::{Outcome, ScoreRow, ScoreTable, Subject};

/// Writes the raw-to-scaled table of a form of a deck with these domains.
pub fn table_text(table: &ScoreTable, domains: &[Domain]) -> String {
    let mut text = format!("{} scored questions; ", table.n_scored);
    if table.needs.iter().any(|need| need.subject == Subject::Total) {
        let (raw_needed, raw_cut) = (table.raw_needed, table.raw_cut);
        text.push_str(&format!("{raw_needed} right pass (a barely passing candidate expects {raw_cut:.2}).\n"));
    } else {
        text.push_str("the total decides nothing.\n");
    }
    for need in &table.needs {
        let Subject::Domain { domain_idx } = need.subject else { continue };
        let title = domains.get(domain_idx).map(|domain| SafeText::one_line(&domain.title)).unwrap_or_default();
        let (needed, n_items, raw_cut) = (need.raw_needed, need.n_items, need.raw_cut);
        text.push_str(&format!("{title}: {needed} of {n_items} needed ({raw_cut:.2}).\n"));
    }
    text.push_str("\nRight  Ability   Score        68 %          95 %\n");
    for row in &table.rows {
        let theta = row.theta.map_or("-".to_owned(), |theta| format!("{theta:.2}"));
        text.push_str(&format!(
            "{:>5}  {theta:>7}  {:>6.1}  {:>5.0} to {:<5.0}  {:>4.0} to {:<4.0}\n",
            row.raw, row.scaled, row.band.low, row.band.high, row.band95.low, row.band95.high,
        ));
    }
    text
}

/// Returns the raw-to-scaled table of a form of a deck with these domains.
pub fn table_json(table: &ScoreTable, domains: &[Domain]) -> Value {
    let domain_id = |domain_idx: usize| domains.get(domain_idx).map(|domain| domain.id.as_str());
    let row = |row: &ScoreRow| {
        json!({
            "raw": points(row.raw),
            "theta": row.theta,
            "share": row.share,
            "scaled": row.scaled,
            "pass": row.outcome == Outcome::Pass,
            "band": band(row.band),
            "band95": band(row.band95),
            "csem": row.csem,
        })
    };
    json!({
        "schema": SCHEMA,
        "n_scored": table.n_scored,
        "raw_cut": table.raw_cut,
        "raw_needed": points(table.raw_needed),
        "theta_cut": table.theta_cut,
        "scale": scale_json(table.scale),
        "requirements": table.needs.iter().map(|need| need_json(need, domain_id)).collect::<Vec<_>>(),
        "rows": table.rows.iter().map(row).collect::<Vec<_>>(),
    })
}
