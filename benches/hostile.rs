//! How the time for hostile decks grows with their size: 1 is linear, 2 is quadratic.
//!
//! Run with `cargo bench --bench hostile`. Prints the growth exponent between two sizes, which does not depend on how
//! fast the machine is.

use std::borrow::Cow;
use std::time::{Duration, Instant};

use cutscore::format::{SourceFile, read_deck};

const SMALL: usize = 50_000;
const LARGE: usize = 400_000;
const ROUNDS: usize = 5;

/// Writes a hostile deck of a size.
type Shape = fn(usize) -> String;

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn main() {
    let shapes: [(&str, Shape); 5] = [
        ("nested flow lists", |n| "[".repeat(n)),
        ("nested flow mappings", |n| "{a: ".repeat(n)),
        ("nested block lists", |n| "- ".repeat(n)),
        ("anchors", |n| lines(n, |at| format!("- &a{at} {{front: a}}\n"))),
        ("unknown keys", |n| format!("questions:\n- {{{}}}\n", lines(n, |at| format!("k{at}: 1, ")))),
    ];
    for (name, shape) in shapes {
        let (small, large) = (read_time(&shape(SMALL)), read_time(&shape(LARGE)));
        let exponent = (large.as_secs_f64() / small.as_secs_f64()).ln() / 8.0_f64.ln();
        println!("{name:<22} {:>8.1} ms at {LARGE}, growth exponent {exponent:.2}", large.as_secs_f64() * 1_000.0);
    }
}

fn lines(n: usize, line: impl Fn(usize) -> String) -> String {
    (0..n).map(line).collect::<Vec<_>>().concat()
}

/// The least time of a few rounds.
#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn read_time(text: &str) -> Duration {
    let sources = [SourceFile { name: "hostile.yaml".to_owned(), bytes: Cow::Owned(text.as_bytes().to_vec()) }];
    let rounds = (0..ROUNDS).map(|_| {
        let began = Instant::now();
        let reading = read_deck(&sources);
        let taken = began.elapsed();
        assert!(reading.deck.is_none(), "a hostile deck was read");
        taken
    });
    rounds.min().unwrap_or_default()
}
