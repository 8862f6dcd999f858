//! The answers of a group, sorted by learner.

/// One answer as it was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Response {
    /// Place of the learner, from 0.
    pub learner: u32,
    /// Place of the item, from 0, below 2³¹.
    pub item: u32,
    /// Whether the answer is right.
    pub is_right: bool,
    /// When it was given, on any clock; equal where nobody knows.
    pub at: i64,
}

/// A learner's answer to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Answer(u32); // the item, and in the lowest bit whether it is right

impl Answer {
    fn new(item: u32, is_right: bool) -> Answer {
        Answer(item << 1 | u32::from(is_right))
    }

    /// Returns the place of the item.
    pub fn item(self) -> usize {
        place(self.0 >> 1)
    }

    /// Returns whether the answer is right.
    pub fn is_right(self) -> bool {
        self.0 & 1 == 1
    }

    /// Returns 1 for a right answer and 0 for a wrong one.
    pub(super) fn score(self) -> u32 {
        self.0 & 1
    }

    pub(super) fn item_code(self) -> u32 {
        self.0 >> 1
    }
}

/// First answers of every learner to every item they met; an item may be unknown to any of them.
#[derive(Debug, Clone, PartialEq)]
pub struct ResponseMatrix {
    n_items: usize,
    starts: Vec<usize>,   // answers of learner j: starts[j]..starts[j + 1]
    answers: Vec<Answer>, // by learner, then by item; an item at most once for a learner
    rows: Vec<u32>,       // where each answer stood in the input
    n_repeats: usize,
}

impl ResponseMatrix {
    /// Sorts `n_rows` responses. Only a learner's first answer to an item is kept: later ones show what was remembered.
    /// Of answers given at the same time, the one that stands first is the first.
    pub fn gather(n_rows: u32, response: impl Fn(u32) -> Response) -> ResponseMatrix {
        let mut starts = vec![0];
        let mut n_items = 0;
        for row in 0..n_rows {
            let Response { learner, item, .. } = response(row);
            let end = place(learner) + 1;
            if starts.len() <= end {
                starts.resize(end + 1, 0);
            }
            starts[end] += 1;
            n_items = n_items.max(place(item) + 1);
        }
        let mut n_before = 0;
        for start in &mut starts {
            n_before += *start;
            *start = n_before;
        }
        let mut next = starts.clone();
        let mut rows = vec![0; place(n_rows)];
        for row in 0..n_rows {
            let slot = &mut next[place(response(row).learner)];
            rows[*slot] = row;
            *slot += 1;
        }
        let mut matrix =
            ResponseMatrix { n_items, starts, answers: Vec::with_capacity(rows.len()), rows, n_repeats: 0 };
        matrix.keep_first_answers(response);
        matrix
    }

    fn keep_first_answers(&mut self, response: impl Fn(u32) -> Response) {
        let mut own: Vec<(u32, i64, u32, bool)> = Vec::new(); // item, time, row, is right
        let mut begin = 0;
        for learner in 0..self.n_learners() {
            let end = self.starts[learner + 1];
            own.clear();
            own.extend(self.rows[begin..end].iter().map(|row| {
                let Response { item, is_right, at, .. } = response(*row);
                (item, at, *row, is_right)
            }));
            if !own.is_sorted() {
                own.sort_unstable();
            }
            own.dedup_by_key(|(item, ..)| *item);
            for (item, _, row, is_right) in &own {
                self.rows[self.answers.len()] = *row; // never ahead of what is still to be read
                self.answers.push(Answer::new(*item, *is_right));
            }
            begin = end;
            self.starts[learner + 1] = self.answers.len();
        }
        self.n_repeats = self.rows.len() - self.answers.len();
        self.rows.truncate(self.answers.len());
    }

    /// Returns the number of learners.
    pub fn n_learners(&self) -> usize {
        self.starts.len() - 1
    }

    /// Returns the number of items.
    pub fn n_items(&self) -> usize {
        self.n_items
    }

    /// Returns the number of answers that were kept.
    pub fn n_answers(&self) -> usize {
        self.answers.len()
    }

    /// Returns the number of later answers to an item the learner had met, which were left out.
    pub fn n_repeats(&self) -> usize {
        self.n_repeats
    }

    /// Returns the answers of a learner, in the order of the items.
    pub fn answers_of(&self, learner: usize) -> &[Answer] {
        &self.answers[self.starts[learner]..self.starts[learner + 1]]
    }

    /// Returns the places in the input of a learner's answers, in the order of [`ResponseMatrix::answers_of`].
    pub fn rows_of(&self, learner: usize) -> &[u32] {
        &self.rows[self.starts[learner]..self.starts[learner + 1]]
    }

    /// Iterates over the learners' answers.
    pub fn learners(&self) -> impl Iterator<Item = &[Answer]> {
        self.starts.windows(2).map(|pair| &self.answers[pair[0]..pair[1]])
    }

    /// Returns for each item how many answered and how many of these rightly.
    pub(super) fn tallies(&self) -> Vec<Tally> {
        let mut tallies = vec![Tally::default(); self.n_items];
        for answer in &self.answers {
            let tally = &mut tallies[answer.item()];
            tally.n += 1;
            tally.n_right += place(answer.score());
        }
        tallies
    }
}

/// Answers to an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Tally {
    pub(super) n: usize,
    pub(super) n_right: usize,
}

/// Widens an index; no machine this runs on has shorter addresses.
pub(super) fn place(index: u32) -> usize {
    usize::try_from(index).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn response((learner, item, is_right, at): (u32, u32, bool, i64)) -> Response {
        Response { learner, item, is_right, at }
    }

    #[track_caller]
    fn check(rows: &[(u32, u32, bool, i64)], expected: &str) {
        let n_rows = u32::try_from(rows.len()).expect("few rows");
        let matrix = ResponseMatrix::gather(n_rows, |row| response(rows[place(row)]));
        let learner = |idx: usize| {
            let answer = |(answer, row): (&Answer, &u32)| {
                format!("{}{}@{row}", answer.item(), if answer.is_right() { '+' } else { '-' })
            };
            matrix.answers_of(idx).iter().zip(matrix.rows_of(idx)).map(answer).collect::<Vec<_>>().join(" ")
        };
        let learners: Vec<String> = (0..matrix.n_learners()).map(learner).collect();
        assert_eq!(learners.join(" | "), expected);
        assert_eq!(matrix.n_answers() + matrix.n_repeats(), rows.len());
    }

    #[test]
    fn answers_stand_by_learner_and_item_and_only_the_first_to_an_item_counts() {
        check(&[], "");
        check(&[(1, 0, true, 0), (0, 2, false, 0), (0, 1, true, 0)], "1+@2 2-@1 | 0+@0");
        check(&[(0, 0, false, 0), (0, 0, true, 0), (0, 1, true, 0)], "0-@0 1+@2");
        check(&[(0, 0, false, 9), (0, 0, true, 5)], "0+@1");
        check(&[(2, 0, true, 0)], " |  | 0+@0");
    }
}
