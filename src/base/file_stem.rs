//! File names made of names that people chose.

/// Most characters of a stem; four bytes each stay below what file systems allow.
const MAX_CHARS: usize = 56;

/// Returns the name of a file, without its extension, that says what `name` says and is safe on every file system: one
/// part of a path, not hidden, letters and digits and `-` `_` `.` `+` only. What has nothing of that becomes `deck`.
///
/// ```
/// use cutscore::base::file_stem;
/// assert_eq!(file_stem("clf-c02"), "clf-c02");
/// assert_eq!(file_stem("../../etc/passwd"), "etc-passwd");
/// assert_eq!(file_stem("Networks, part 2"), "Networks-part-2");
/// ```
pub fn file_stem(name: &str) -> String {
    let words = name.split(|c: char| !c.is_alphanumeric() && !"-_.+".contains(c));
    let words = words.map(|word| word.trim_matches(['.', '-'])).filter(|word| !word.is_empty());
    let stem: String = words.collect::<Vec<_>>().join("-").chars().take(MAX_CHARS).collect();
    if stem.is_empty() { "deck".to_owned() } else { stem }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_without_letters_gives_a_usual_one() {
        for name in ["", "..", ". .", "/", "\u{1b}[", "---"] {
            assert!(["deck"].contains(&file_stem(name).as_str()), "{name:?} gives {}", file_stem(name));
        }
    }

    proptest! {
        #[test]
        fn a_stem_is_one_part_of_a_path_that_is_not_hidden(name in "\\PC{0,80}|[./\\\\a-z\u{1b}\n-]{0,40}") {
            let stem = file_stem(&name);
            prop_assert!(!stem.is_empty() && !stem.starts_with(['.', '-']) && stem.len() <= 4 * MAX_CHARS);
            prop_assert!(stem.chars().all(|c| c.is_alphanumeric() || "-_.+".contains(c)), "{}", stem);
        }
    }
}
