//! The reserve: unseen exam items that the drill leaves alone, so that later mocks stay honest.

/// What a deck's bank holds in one domain.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct BankSize {
    /// Exam items.
    pub n_items: usize,
    /// Exam items that were never shown.
    pub n_unseen: usize,
    /// Exam items that one form takes.
    pub n_per_form: usize,
}

/// How many unseen items of each domain are kept for mocks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reserve {
    /// Disjoint forms that the whole bank holds.
    pub n_forms: usize,
    /// Unseen items that the drill leaves alone, by domain.
    pub n_kept: Vec<usize>,
}

impl Reserve {
    /// Returns how many unseen items of a domain are free for the drill, a partial exam or a taste.
    pub fn n_free(&self, domain_idx: usize, n_unseen: usize) -> usize {
        n_unseen.saturating_sub(self.n_kept.get(domain_idx).copied().unwrap_or(0))
    }

    /// Tells whether the bank is too small to measure readiness with unseen items.
    pub fn is_bank_too_small(&self) -> bool {
        self.n_forms < 2
    }
}

/// Returns the reserve of a bank, domain by domain.
///
/// Two forms' worth if the bank holds four forms or more, one if it holds three. If it holds two, everything unseen
/// is kept until two mocks were sat, and nothing after. Below two there is no reserve.
pub fn reserve(domains: &[BankSize], n_mocks_sat: usize) -> Reserve {
    let forms_in = |domain: &BankSize| domain.n_items.checked_div(domain.n_per_form);
    let n_forms = domains.iter().filter_map(forms_in).min().unwrap_or(0);
    let kept = |domain: &BankSize| match n_forms {
        2 if n_mocks_sat < 2 => domain.n_unseen,
        0..=2 => 0,
        3 => domain.n_per_form,
        _ => 2 * domain.n_per_form,
    };
    Reserve { n_forms, n_kept: domains.iter().map(kept).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bank(n_items: usize, n_unseen: usize) -> Vec<BankSize> {
        vec![BankSize { n_items, n_unseen, n_per_form: 10 }, BankSize { n_items: 500, n_unseen: 500, n_per_form: 5 }]
    }

    #[track_caller]
    fn check(n_items: usize, n_mocks_sat: usize, expected: (usize, usize)) {
        let reserve = reserve(&bank(n_items, 8), n_mocks_sat);
        assert_eq!((reserve.n_forms, reserve.n_kept[0]), expected);
    }

    #[test]
    fn larger_banks_keep_more() {
        check(9, 0, (0, 0));
        check(19, 0, (1, 0));
        check(20, 0, (2, 8));
        check(20, 1, (2, 8));
        check(20, 2, (2, 0));
        check(39, 9, (3, 10));
        check(40, 0, (4, 20));
        check(900, 0, (90, 20));
    }

    #[test]
    fn what_is_not_kept_is_free() {
        let reserve = reserve(&bank(30, 25), 0);
        assert_eq!((reserve.n_free(0, 25), reserve.n_free(0, 4)), (15, 0));
        assert!(!reserve.is_bank_too_small());
    }
}
