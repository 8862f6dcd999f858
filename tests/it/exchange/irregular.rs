//! Files as people really have them.

use cutscore::exchange::ImportFormat::{Aiken, Csv, Gift, Markdown};
use cutscore::exchange::{ImportError, import_deck};

use crate::exchange::check;

#[test]
fn keys_are_written_in_many_ways_and_every_item_may_be_numbered_one() {
    let text = "\
1. First?
   - A. a1
   - B. b1
   - C. c1

   **Answer:** A, C

1. Second?
   A) a2
   B) b2
   C) c2
   Correct answer(s): AC

1. Third?
   a. a3
   b. b3
   c. c3
   Ans: Ac

1. Fourth, of two?
   - [ ] yes
   - [x] no
";
    let expected = [
        "First? | +a1 | -b1 | +c1",
        "Second? | +a2 | -b2 | +c2",
        "Third? | +a3 | -b3 | +c3",
        "Fourth, of two? | -yes | +no",
    ];
    check(text.as_bytes(), None, &expected, &[]);
}

#[test]
fn choices_may_be_glued_to_the_stem_and_to_each_other() {
    let text = "\
1. Which port has SSH? A. 21
   B. 22
   C. 23
   Answer: B

2. Which one has HTTP? A) 80 B) 81 C) 82
   Answer: A

3. Which has DNS?
   A. 52 B. 53 C. 54 D. 55
   Answer: B. 53
";
    let expected = [
        "Which port has SSH? | -21 | +22 | -23",
        "Which one has HTTP? | +80 | -81 | -82",
        "Which has DNS? | -52 | +53 | -54 | -55",
    ];
    check(text.as_bytes(), Some(Markdown), &expected, &[]);
}

#[test]
fn stems_may_have_many_lines_and_rationales_lists_of_their_own() {
    let text = "\
**Question 1:** A firm has<br/>
two sites.<br/>Which one
does it need?

- A. A router
- B. A bridge
  that is long

<details>
<summary>Answer & Explanation</summary>

**B**

Because:

1. it is long
2. it is old

Reference:
- https://example.org/a
- https://example.org/b
</details>

**[⬆ Back to Top](#table-of-contents)**

**Question 2:** And this?

- A. x
- B. y ✅
";
    let expected = [
        "A firm has↵two sites.↵Which one¶does it need? | -A router | +A bridge¶that is long (Because:¶¶1. it is long¶2. it is old) \
         <https://example.org/a> <https://example.org/b>",
        "And this? | -x | +y",
    ];
    check(text.as_bytes(), None, &expected, &[]);
}

#[test]
fn what_cannot_be_used_is_told_with_its_line() {
    let text = "\
# Bank

1. Which has no key?
   A. one
   B. two

2. Which has a key that it does not have?
   A. one
   B. two
   Answer: E

3. Which has no choices?

4. Which has twelve?
   A. 1
   B. 2
   C. 3
   D. 4
   E. 5
   F. 6
   G. 7
   H. 8
   I. 9
   J. 10
   K. 11
   L. 12
   Answer: L

5. Which is right twice?
   - [x] one
   - [x] two

6. Choose two of these. (Choose TWO)
   - [x] one
   - [ ] two
";
    let expected = ["Which has twelve? | -1 | -2 | -3 | -4 | -5 | -6 | -7 | -8 | -9 | -10 | -11 | +12"];
    let remarks = [
        "3: Which has no key?: no answer is given",
        "7: Which has a key that it does not have?: the answer `E` is none of its 2 choices",
        "12: Which has no choices?: no choices follow",
        "29: Which is right twice?: every choice is marked as right",
        "33: Choose two of these. (Choose TWO): the stem asks for 2 of the choices, but the number of keys is 1",
    ];
    check(text.as_bytes(), None, &expected, &remarks);
}

#[test]
fn gift_keeps_its_comments_escapes_and_feedback() {
    let text = "\
// The first
::port\\: one:: What is \\{x\\} \\= 1 \\~ y\\#? {
    // within
    =right \\: so # See https://example.org/?a=b
    ~wrong

    ~%-33.3333%also wrong#No.
    ####In general.
}

$CATEGORY: Basics//Intro/One

Grant is {=buried ~born} in a tomb.

Mahatma Gandhi's birthday? {#1869:0#Right}

What matches? {=cat -> food =dog -> food}

Never closed { =a ~b

Is it so? {F}
";
    let expected = [
        "What is {x} = 1 ~ y#? | +right : so (See https://example.org/?a=b¶¶In general.) | -wrong | -also wrong (No.) \
         @uncategorised =port-one",
        "Grant is _____ in a tomb. | +buried | -born @basics-intro/one",
        "Mahatma Gandhi's birthday? = 1869 (Right) @basics-intro/one",
        "Is it so? | -True | +False fixed @basics-intro/one",
    ];
    let remarks =
        ["17: What matches?: two left sides share a right side", "19: Never closed { =a ~b: a brace is not closed"];
    check(text.as_bytes(), Some(Gift), &expected, &remarks);
}

#[test]
fn aiken_may_have_empty_lines_and_long_stems() {
    let text = b"\xef\xbb\xbfWhat is\r\nthis?\r\n\r\nA. one\r\nB. two\r\nof a kind\r\nANSWER: b\r\n\r\nNo answer?\r\nA. x\r\nB. y\r\n";
    check(text, Some(Aiken), &["What is¶this? | -one | +two¶of a kind"], &["9: No answer?: no line `ANSWER:` follows"]);
}

#[test]
fn tables_may_have_lines_in_fields_blank_columns_and_other_encodings() {
    let text = b"Question,Option A,Option B,Option C,Correct Answer\n\"One,\ntwo?\",caf\xe9,b,,Option A\n'=1+1 is?,2,4,,1\n,,,,\nNo?,x,,,A\n2+2 is?,2,4,,2\n";
    check(
        text,
        Some(Csv),
        &["One,¶two? | +café | -b", "=1+1 is? | +2 | -4"],
        &[
            "6: No?: a question needs 2 choices; this one has 1",
            "7: 2+2 is?: the answer `2` names one choice by its place and another by its text; write a letter",
            "3! this line is no UTF-8; it is read as Windows-1252",
        ],
    );
}

#[test]
fn a_file_that_is_nothing_is_refused() {
    let refused = |bytes: &[u8]| import_deck("bank", bytes, None, &mut |_| {}).expect_err("nothing to read");
    assert_eq!(refused(b"Dear reader"), ImportError::Unrecognised);
    assert_eq!(refused(b""), ImportError::Unrecognised);
    assert!(matches!(refused(b"PK\x03\x04 and no more"), ImportError::Broken { .. }));
    assert!(matches!(refused(b"\x7fELF\x02\x01\x01\0\0\0\0\0"), ImportError::Unrecognised));
}
