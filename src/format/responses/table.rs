//! The responses of a file as they are kept.

/// The responses of a file.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ResponseTable {
    /// Names of the learners, in the order in which they come.
    pub learners: Vec<String>,
    /// Names of the items.
    pub items: Vec<String>,
    /// Names of what was chosen.
    pub choices: Vec<String>,
    /// Every sitting of every learner.
    pub sittings: Vec<ResponseSitting>,
    pub(super) rows: Vec<ResponseRow>,
}

/// One run of a learner through a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResponseSitting {
    /// Place of the learner.
    pub learner: u32,
    /// The sitting's name; empty if the file gives none.
    pub name: String,
    /// The form's name; empty if the file gives none.
    pub form: String,
    /// When it began, in seconds since 1970; `None` if the file does not say.
    pub at: Option<i64>,
}

/// One row in 16 bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct ResponseRow {
    sitting: u32,
    item: u32,    // twice its place, and 1 more if the answer is right
    choice: u32,  // its place, or NO_CHOICE
    seconds: f32, // NaN if unknown
}

const NO_CHOICE: u32 = u32::MAX;

impl ResponseRow {
    /// Packs a row. `item` is below 2³¹: there are fewer rows than that.
    pub(super) fn new(sitting: u32, item: u32, is_right: bool, choice: Option<u32>, seconds: Option<f32>) -> Self {
        ResponseRow {
            sitting,
            item: item << 1 | u32::from(is_right),
            choice: choice.unwrap_or(NO_CHOICE),
            seconds: seconds.unwrap_or(f32::NAN),
        }
    }
}

impl ResponseTable {
    /// Returns the number of rows.
    pub fn n_rows(&self) -> u32 {
        u32::try_from(self.rows.len()).unwrap_or(u32::MAX)
    }

    /// Returns the place of a row's sitting.
    pub fn sitting(&self, row: u32) -> usize {
        index(self.row(row).sitting)
    }

    /// Returns the place of a row's item.
    pub fn item(&self, row: u32) -> usize {
        index(self.row(row).item >> 1)
    }

    /// Returns whether a row's answer is right.
    pub fn is_right(&self, row: u32) -> bool {
        self.row(row).item & 1 == 1
    }

    /// Returns the place of what a row's learner chose, if the file says.
    pub fn choice(&self, row: u32) -> Option<u32> {
        let choice = self.row(row).choice;
        (choice != NO_CHOICE).then_some(choice)
    }

    /// Returns how long a row's answer took in seconds, if the file says.
    pub fn seconds(&self, row: u32) -> Option<f64> {
        let seconds = self.row(row).seconds;
        (!seconds.is_nan()).then(|| f64::from(seconds))
    }

    fn row(&self, row: u32) -> &ResponseRow {
        &self.rows[index(row)]
    }
}

/// Widens an index; no machine this runs on has shorter addresses.
fn index(place: u32) -> usize {
    usize::try_from(place).unwrap_or(usize::MAX)
}
