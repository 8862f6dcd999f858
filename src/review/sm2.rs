//! SM-2 exactly as its author published it (P. A. Woźniak, "Optimization of learning", 1990, ch. 3.2).

/// How well something was recalled, from 0 (blackout) to 5 (perfect).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// Wrong, and nothing came to mind or the wrong thing was held for sure.
    Zero,
    /// Wrong, the right answer was remembered when seen.
    One,
    /// Wrong, the right answer seemed easy when seen.
    Two,
    /// Right with serious difficulty.
    Three,
    /// Right after hesitation.
    Four,
    /// Right at once.
    Five,
}

impl Grade {
    /// Returns the number, 0 to 5.
    pub fn number(self) -> u8 {
        match self {
            Grade::Zero => 0,
            Grade::One => 1,
            Grade::Two => 2,
            Grade::Three => 3,
            Grade::Four => 4,
            Grade::Five => 5,
        }
    }

    /// Takes a number from 0 to 5; `None` for any other.
    pub fn from_number(number: u8) -> Option<Grade> {
        [Grade::Zero, Grade::One, Grade::Two, Grade::Three, Grade::Four, Grade::Five].get(usize::from(number)).copied()
    }

    /// Tells whether the answer was right: 3 and up.
    pub fn is_pass(self) -> bool {
        self >= Grade::Three
    }

    /// Tells whether the item must come again the same day: below 4.
    pub fn repeats_today(self) -> bool {
        self < Grade::Four
    }

    /// Returns the change of the ease factor in hundredths: 100·(0.1 − (5−q)·(0.08 + (5−q)·0.02)).
    fn ease_change(self) -> i32 {
        let below_five = 5 - i32::from(self.number());
        10 - below_five * (8 + below_five * 2)
    }
}

/// The factor by which intervals grow, in hundredths, at least 130.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct EaseFactor(u32); // Invariant: at least FLOOR.

impl EaseFactor {
    const FLOOR: u32 = 130;
    /// Where every memory starts: 2.50.
    pub const START: EaseFactor = EaseFactor(250);

    /// Takes hundredths; anything below 130 becomes 130.
    pub fn from_hundredths(hundredths: u32) -> EaseFactor {
        EaseFactor(hundredths.max(Self::FLOOR))
    }

    /// Returns hundredths.
    pub fn hundredths(self) -> u32 {
        self.0
    }

    fn after(self, grade: Grade) -> EaseFactor {
        EaseFactor::from_hundredths(self.0.saturating_add_signed(grade.ease_change()))
    }

    /// Returns `interval_days` times this factor, rounded half up.
    fn stretch(self, interval_days: u32) -> u32 {
        let hundredths = u64::from(interval_days) * u64::from(self.0);
        u32::try_from((hundredths + 50) / 100).unwrap_or(MAX_INTERVAL_DAYS).min(MAX_INTERVAL_DAYS)
    }
}

/// Longest interval in days (a century): past it the numbers mean nothing and dates would overflow.
pub const MAX_INTERVAL_DAYS: u32 = 36_525;

/// What SM-2 remembers of one card.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Memory {
    /// Right answers in a row.
    pub repetition: u32,
    /// Days from the last review to the next; 0 before the first.
    pub interval_days: u32,
    /// The ease factor.
    pub ease: EaseFactor,
}

impl Memory {
    /// A card that was never reviewed.
    pub const NEW: Memory = Memory { repetition: 0, interval_days: 0, ease: EaseFactor::START };

    /// Returns the memory after a review.
    ///
    /// The first right answer gives 1 day, the second 6, each later one the old interval times the *old* ease factor,
    /// rounded half up. A wrong answer starts again at 1 day. The ease factor changes on every grade, failures
    /// included, and never falls below 1.30.
    #[must_use]
    pub fn after(self, grade: Grade) -> Memory {
        let ease = self.ease.after(grade);
        if !grade.is_pass() {
            return Memory { repetition: 0, interval_days: 1, ease };
        }
        let repetition = self.repetition.saturating_add(1);
        let interval_days = match repetition {
            1 => 1,
            2 => 6,
            _ => self.ease.stretch(self.interval_days),
        };
        Memory { repetition, interval_days, ease }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Walks `grades` from a new card and compares `repetition/interval/ease` after each.
    #[track_caller]
    fn check(grades: &str, expected: &str) {
        let mut memory = Memory::NEW;
        let steps: Vec<String> = grades
            .bytes()
            .map(|digit| {
                memory = memory.after(Grade::from_number(digit - b'0').expect("grades are 0 to 5"));
                format!("{}/{}/{}", memory.repetition, memory.interval_days, memory.ease.hundredths())
            })
            .collect();
        assert_eq!(steps.join(" "), expected);
    }

    // Each vector was worked by hand from the published rule: old ease in the product, half up, ease on every grade.

    #[test]
    fn perfect_answers_stretch_the_interval_by_a_growing_ease() {
        check("5555555", "1/1/260 2/6/270 3/16/280 4/45/290 5/131/300 6/393/310 7/1218/320");
    }

    #[test]
    fn hard_answers_sink_the_ease_to_its_floor() {
        check(
            "333333333333",
            "1/1/236 2/6/222 3/13/208 4/27/194 5/52/180 6/94/166 7/156/152 8/237/138 9/327/130 10/425/130 11/553/130 \
             12/719/130",
        );
    }

    #[test]
    fn a_lapse_restarts_the_interval_and_keeps_the_sunken_ease() {
        check("55551444", "1/1/260 2/6/270 3/16/280 4/45/290 0/1/236 1/1/236 2/6/236 3/14/236");
        check("4441444", "1/1/250 2/6/250 3/15/250 0/1/196 1/1/196 2/6/196 3/12/196");
    }

    #[test]
    fn blackouts_stop_at_the_floor() {
        check("000000555", "0/1/170 0/1/130 0/1/130 0/1/130 0/1/130 0/1/130 1/1/140 2/6/150 3/9/160");
    }

    #[test]
    fn mixed_grades_follow_the_rule_step_by_step() {
        check("334534", "1/1/236 2/6/222 3/13/222 4/29/232 5/67/218 6/146/218");
        check("145445", "0/1/196 1/1/196 2/6/206 3/12/206 4/25/206 5/52/216");
        check("44314454", "1/1/250 2/6/250 3/15/236 0/1/182 1/1/182 2/6/182 3/11/192 4/21/192");
    }

    #[test]
    fn grades_move_the_ease_as_published() {
        let changes: Vec<i32> = (0..6).filter_map(Grade::from_number).map(Grade::ease_change).collect();
        assert_eq!(changes, [-80, -54, -32, -14, 0, 10]);
    }

    proptest! {
        /// The rule once more in exact rationals, written independently: interval·ease/100 rounded half up.
        #[test]
        fn intervals_agree_with_an_exact_rational_model(grades in prop::collection::vec(0_u8..6, 1..40)) {
            let (mut n, mut interval, mut ease) = (0_u32, 0_i128, 250_i128);
            let mut memory = Memory::NEW;
            for q in grades {
                let next = match (q >= 3, n) {
                    (true, 1) => 6,
                    (true, 2..) => ((2 * interval * ease + 100) / 200).min(i128::from(MAX_INTERVAL_DAYS)),
                    (true, 0) | (false, _) => 1,
                };
                n = if q >= 3 { n + 1 } else { 0 };
                interval = next;
                let miss = 5 - i128::from(q);
                ease = (ease + 10 - miss * (8 + 2 * miss)).max(130);
                memory = memory.after(Grade::from_number(q).expect("0 to 5"));
                prop_assert_eq!(i128::from(memory.interval_days), interval);
                prop_assert_eq!(i128::from(memory.ease.hundredths()), ease);
                prop_assert_eq!(memory.repetition, n);
            }
        }
    }
}
