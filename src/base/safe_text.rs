//! Text that cannot drive a terminal or pretend to be other text.

use std::fmt;

/// Text from a deck, a file name or an error that is safe to write to a terminal.
///
/// Newlines stay and tabs become four blanks. Every other control character, and every character that reorders,
/// hides or disguises its neighbours (bidirectional controls, zero-width characters, tags, fillers, stray variation
/// selectors, piles of combining marks), is written visibly as `⟨U+202E⟩` or as a control picture such as `␛`.
///
/// ```
/// use cutscore::base::SafeText;
/// assert_eq!(SafeText::new("a\u{1b}]52;c;aGk=\u{7}b").as_str(), "a␛]52;c;aGk=␇b");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct SafeText(String); // Invariant: holds no character that `Sight::of` calls hidden.

/// Combining marks that one letter may carry; Vietnamese needs two, pointed Hebrew three, the rest is defacement.
const MAX_MARKS: usize = 4;

impl SafeText {
    /// Makes `text` safe. Safe text passes unchanged.
    pub fn new(text: &str) -> SafeText {
        let mut safe = String::with_capacity(text.len());
        let mut before = None;
        let mut n_marks = 0;
        for c in text.chars() {
            n_marks = if is_combining_mark(c) { n_marks + 1 } else { 0 };
            match Sight::of(c, before) {
                Sight::Plain if n_marks > MAX_MARKS => push_code(&mut safe, c),
                Sight::Plain => safe.push(c),
                Sight::Newline => safe.push('\n'),
                Sight::Tab => safe.push_str("    "),
                Sight::Control(picture) => safe.push(picture),
                Sight::Hidden => push_code(&mut safe, c),
                Sight::Dropped => {}
            }
            before = Some(c);
        }
        SafeText(safe)
    }

    /// Makes `text` safe and puts it on one line: every run of white space becomes one blank.
    pub fn one_line(text: &str) -> SafeText {
        let safe = SafeText::new(text);
        SafeText(safe.0.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Returns the safe text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// What the eye may make of a character.
enum Sight {
    Plain,
    Newline,
    Tab,
    Control(char),
    Hidden,
    Dropped,
}

impl Sight {
    fn of(c: char, before: Option<char>) -> Sight {
        match c {
            '\n' | '\u{2028}' | '\u{2029}' => Sight::Newline,
            '\r' => Sight::Dropped,
            '\t' => Sight::Tab,
            '\u{0}'..='\u{1f}' => Sight::Control(char::from_u32(0x2400 + u32::from(c)).unwrap_or('\u{fffd}')),
            '\u{7f}' => Sight::Control('␡'),
            // Joiners are letters' business in Persian, in Indic scripts and in emoji, and nobody's among ASCII.
            '\u{200c}' | '\u{200d}' if before.is_some_and(|letter| !letter.is_ascii() && !is_hidden(letter)) => {
                Sight::Plain
            }
            // One variation selector may follow a visible character (`1️⃣` follows a digit), a run may not.
            '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}'
                if before.is_some_and(|base| !is_hidden(base) && !base.is_control() && base != ' ') =>
            {
                Sight::Plain
            }
            _ if is_hidden(c) => Sight::Hidden,
            _ => Sight::Plain,
        }
    }
}

/// Characters that show nothing of their own, or change how their neighbours show.
fn is_hidden(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9f}' // C1 controls
        | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{2800}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// Marks of the blocks that are made to be piled up.
fn is_combining_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{591}'..='\u{5bd}' | '\u{64b}'..='\u{65f}'
        | '\u{e31}' | '\u{e34}'..='\u{e3a}' | '\u{e47}'..='\u{e4e}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe20}'..='\u{fe2f}')
}

fn push_code(safe: &mut String, c: char) {
    safe.push_str(&format!("⟨U+{:04X}⟩", u32::from(c)));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(SafeText::new(text).as_str(), expected);
    }

    #[test]
    fn ordinary_text_of_any_script_passes_unchanged() {
        for text in ["S3 vs EBS\nsecond line", "naïve Größe", "日本語", "می‌خواهم", "👩‍💻 1️⃣ ❤️", "tiếng Việt"]
        {
            check(text, text);
        }
    }

    #[test]
    fn controls_become_pictures() {
        check("\u{1b}[31mred\u{1b}[0m", "␛[31mred␛[0m");
        check("a\u{0}b\u{7f}c\u{9b}d", "a␀b␡c⟨U+009B⟩d");
        check("line\r\nnext\tcolumn", "line\nnext    column");
    }

    #[test]
    fn characters_that_reorder_or_hide_are_named() {
        check("user\u{202e}gpj.exe", "user⟨U+202E⟩gpj.exe");
        check("zero\u{200b}width", "zero⟨U+200B⟩width");
        check("a\u{200d}b", "a⟨U+200D⟩b");
        check("tag\u{e0041}", "tag⟨U+E0041⟩");
        check("\u{feff}bom", "⟨U+FEFF⟩bom");
        check("x\u{fe0f}\u{fe0f}", "x\u{fe0f}⟨U+FE0F⟩");
    }

    #[test]
    fn a_pile_of_marks_is_cut_down() {
        check(&format!("z{}", "\u{301}".repeat(6)), &format!("z{}⟨U+0301⟩⟨U+0301⟩", "\u{301}".repeat(4)));
    }

    #[test]
    fn one_line_holds_no_other_white_space_and_takes_a_width() {
        let line = SafeText::one_line(" two\r\n lines\tand\u{1b} more ");
        assert_eq!(line.as_str(), "two lines and␛ more");
        assert_eq!(format!("[{:>5}][{}]", SafeText::one_line("ab"), SafeText::new("c")), "[   ab][c]");
    }

    proptest! {
        #[test]
        fn what_comes_out_holds_no_control_and_is_stable(text in any::<String>()) {
            let safe = SafeText::new(&text);
            prop_assert!(safe.as_str().chars().all(|c| c == '\n' || !c.is_control()));
            let again = SafeText::new(safe.as_str());
            prop_assert_eq!(again.as_str(), safe.as_str());
        }
    }
}
