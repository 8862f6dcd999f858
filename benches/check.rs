//! How long the check of a large deck takes, near-duplicates and all.
//!
//! Run with `cargo bench --bench check`. Prints the time for reading and checking 10,000 questions, and the megabytes a
//! second.

use std::borrow::Cow;
use std::time::{Duration, Instant};

use cutscore::format::{CheckSetting, SourceFile, check_deck};

const N_ITEMS: usize = 10_000;
const ROUNDS: usize = 5;

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn main() {
    for (name, share_of_copies) in [("all different", 0), ("a tenth nearly copied", 10), ("all nearly copied", 1)] {
        let text = deck(share_of_copies);
        let sources = [SourceFile { name: "large.yaml".to_owned(), bytes: Cow::Owned(text.as_bytes().to_vec()) }];
        let mut least = Duration::MAX;
        let mut n_warnings = 0;
        for _ in 0..ROUNDS {
            let began = Instant::now();
            let reading = check_deck(&sources, &CheckSetting::default());
            least = least.min(began.elapsed());
            assert!(reading.deck.is_some(), "the deck reads well");
            n_warnings = reading.counts.n_warnings;
        }
        let megabytes = f64::from(u32::try_from(text.len()).unwrap_or(u32::MAX)) / 1e6;
        println!(
            "{name:<22} {N_ITEMS} items, {megabytes:.1} MB: {:.0} ms, {:.1} MB/s, {n_warnings} warnings",
            least.as_secs_f64() * 1_000.0,
            megabytes / least.as_secs_f64(),
        );
    }
}

/// A deck whose items are of usual length; of every so many items, one is nearly the same as the one before.
fn deck(copied_of: usize) -> String {
    let mut text = "questions:\n".to_owned();
    let mut chance = 1_u64;
    let mut sentence = |n_words: usize| {
        let mut words = Vec::with_capacity(n_words);
        for _ in 0..n_words {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            words.push(WORDS[usize::try_from((chance >> 33) % 48).unwrap_or(0)]);
        }
        words.join(" ")
    };
    let mut stem = sentence(40);
    for idx in 0..N_ITEMS {
        if copied_of == 0 || idx % copied_of != 0 {
            stem = sentence(40);
        }
        text.push_str(&format!("  - id: item-{idx}\n    stem: Firm {idx} {stem}?\n    choices:\n"));
        for choice in 0..4 {
            let (correct, own, why) = (choice == 0, sentence(8), sentence(20));
            text.push_str(&format!("      - {{text: {choice} {own}, correct: {correct}, why: {choice} {why}}}\n"));
        }
    }
    text
}

const WORDS: [&str; 48] = [
    "server", "network", "storage", "backup", "region", "account", "policy", "cluster", "function", "queue", "topic",
    "bucket", "volume", "snapshot", "gateway", "subnet", "route", "balance", "traffic", "request", "response",
    "latency", "price", "budget", "invoice", "support", "ticket", "engineer", "factory", "harbour", "museum", "bakery",
    "orders", "records", "sensors", "photos", "letters", "schedule", "morning", "evening", "moves", "keeps", "sends",
    "stores", "reads", "writes", "checks", "opens",
];
