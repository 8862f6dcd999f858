//! What an attempt at an exam costs.

use std::collections::BTreeMap;
use std::fmt;

/// An amount of money in one currency; amounts in different currencies are never added.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fee {
    hundredths: u64,
    currency: String, // as it was written; empty where none was
}

/// Most characters of a currency's name.
const MOST_CURRENCY: usize = 8;

impl Fee {
    /// Reads an amount as programmes write it: `100 USD`, `USD 99.50`, `€150`, `0`. `None` for anything else, and for more
    /// than two decimals.
    pub fn parse(text: &str) -> Option<Fee> {
        let is_of_number = |c: char| c.is_ascii_digit() || c == '.';
        let start = text.find(|c: char| c.is_ascii_digit())?;
        let end = text[start..].find(|c| !is_of_number(c)).map_or(text.len(), |length| start + length);
        let (whole, decimals) = text[start..end].split_once('.').unwrap_or((&text[start..end], ""));
        let cents: u64 = match decimals.len() {
            0 => 0,
            1 => decimals.parse::<u64>().ok()? * 10,
            2 => decimals.parse().ok()?,
            _ => return None,
        };
        let currency = match (text[..start].trim(), text[end..].trim()) {
            (before, "") => before,
            ("", after) => after,
            _ => return None,
        };
        let is_name = |c: char| !c.is_ascii_digit() && !c.is_control() && !matches!(c, '-' | '.' | ',');
        if MOST_CURRENCY < currency.chars().count() || !currency.chars().all(is_name) {
            return None;
        }
        let hundredths = whole.parse::<u64>().ok()?.checked_mul(100)?.checked_add(cents)?;
        Some(Fee { hundredths, currency: currency.to_owned() })
    }

    /// Adds amounts up, each currency for itself, in the order of their names.
    pub fn totals<'a>(fees: impl IntoIterator<Item = &'a Fee>) -> Vec<Fee> {
        let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
        for fee in fees {
            let sum = sums.entry(&fee.currency).or_default();
            *sum = sum.saturating_add(fee.hundredths);
        }
        // Nothing in no currency adds nothing.
        let is_said = |(currency, hundredths): &(&str, u64)| !currency.is_empty() || *hundredths > 0;
        let fee = |(currency, hundredths): (&str, u64)| Fee { hundredths, currency: currency.to_owned() };
        sums.into_iter().filter(is_said).map(fee).collect()
    }

    /// Returns a part of the amount, 0 to 1, rounded half up to whole units.
    #[expect(
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "fees are far below 2^52 hundredths and never below 0"
    )]
    pub fn part(&self, share: f64) -> Fee {
        let units = (self.hundredths as f64 * share.clamp(0.0, 1.0) / 100.0 + 0.5).floor();
        Fee { hundredths: units as u64 * 100, currency: self.currency.clone() }
    }
}

impl fmt::Display for Fee {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.hundredths / 100)?;
        if !self.hundredths.is_multiple_of(100) {
            write!(f, ".{:02}", self.hundredths % 100)?;
        }
        if self.currency.is_empty() { Ok(()) } else { write!(f, " {}", self.currency) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(Fee::parse(text).map(|fee| fee.to_string()).as_deref(), expected, "{text}");
    }

    #[test]
    fn an_amount_is_a_number_beside_a_currency() {
        check("100 USD", Some("100 USD"));
        check("USD 99.50", Some("99.50 USD"));
        check("€150", Some("150 €"));
        check("12.5 EUR", Some("12.50 EUR"));
        check("0", Some("0"));
        for refused in ["", "free", "-100 USD", "1,000 USD", "1.234 USD", "USD 100 USD", "100 USD a year", "1.2.3"] {
            check(refused, None);
        }
    }

    #[test]
    fn what_is_written_reads_as_the_same_amount() {
        for text in ["100 USD", "99.50 USD", "150 €", "0"] {
            let fee = Fee::parse(text).expect("an amount");
            assert_eq!(Fee::parse(&fee.to_string()), Some(fee));
        }
    }

    #[test]
    fn currencies_are_added_up_apart() {
        let fees = ["100 USD", "150 €", "99.50 USD", "0"].map(|text| Fee::parse(text).expect("an amount"));
        let totals: Vec<String> = Fee::totals(&fees).iter().map(ToString::to_string).collect();
        assert_eq!(totals, ["199.50 USD", "150 €"]);
    }

    #[test]
    fn a_part_is_rounded_to_whole_units() {
        let fee = Fee::parse("100 USD").expect("an amount");
        assert_eq!(
            [0.0, 0.374, 0.375, 1.0].map(|share| fee.part(share).to_string()),
            ["0 USD", "37 USD", "38 USD", "100 USD"]
        );
    }
}
