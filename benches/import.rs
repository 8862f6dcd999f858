//! How long it takes to bring a large bank over, and how much memory at most.
//!
//! `cargo bench --bench import` writes 50,000 questions in four formats, imports each and writes its YAML. The peak is
//! that of the whole process, which also holds the file that it reads.

#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

use std::fs;
use std::process::ExitCode;

use cutscore::app::{Clock, SystemClock};
use cutscore::exchange::{ExportFormat, ImportFormat, deck_yaml, export_deck, import_deck};

const N_QUESTIONS: usize = 50_000;
const MOST_SECONDS: f64 = 3.0;
const MOST_MIB: f64 = 300.0;

fn gift() -> String {
    let mut text = String::new();
    for n in 0..N_QUESTIONS {
        if n % 1_000 == 0 {
            text.push_str(&format!("$CATEGORY: Part {}/Task {}\n\n", n / 10_000, n / 1_000));
        }
        text.push_str(&format!(
            "::question-{n}:: A team of {n} people keeps records for {} years and reads them about once a month, at any hour. \
             Which class of storage costs it least? {{\n=Class {n} with cold tiers #It is made for what is seldom \
             read.\n~Class {n} with fast disks #It costs more.\n~Class {n} within the machine #It is lost with \
             it.\n~Class {n} on paper #Nobody finds anything.\n}}\n\n",
            n % 17
        ));
    }
    text
}

fn seconds() -> f64 {
    let millis = SystemClock.reading().wall.timestamp_micros();
    #[expect(clippy::cast_precision_loss, reason = "microseconds of this century fit 52 bits")]
    let seconds = millis as f64 / 1e6;
    seconds
}

/// The most memory that the process has held, in MiB; `None` where the system does not say.
fn peak_mib() -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: f64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib / 1024.0)
}

/// Starts the measuring of the peak again.
fn forget_peak() {
    // Where the system does not allow it, the peak is that of the whole run.
    let _kept = fs::write("/proc/self/clear_refs", "5");
}

fn measure(name: &str, bytes: &[u8], format: ImportFormat) -> bool {
    forget_peak();
    let began = seconds();
    let imported = import_deck("bank", bytes, Some(format), &mut |_| {}).map(|imported| {
        let yaml = deck_yaml(&imported.deck);
        (imported.deck.items.len(), yaml.len())
    });
    let took = seconds() - began;
    let peak = peak_mib().unwrap_or(0.0);
    match imported {
        Ok((n_items, n_yaml)) => {
            println!(
                "{name}: {n_items} items of {} KB to {} KB of YAML in {took:.2} s, at most {peak:.0} MiB",
                bytes.len() / 1000,
                n_yaml / 1000
            );
            n_items == N_QUESTIONS && took < MOST_SECONDS && peak <= MOST_MIB
        }
        Err(error) => {
            println!("{name}: {error}");
            false
        }
    }
}

fn main() -> ExitCode {
    let gift = gift();
    let mut is_good = measure("GIFT", gift.as_bytes(), ImportFormat::Gift);
    for (name, out, back) in [
        ("CSV", ExportFormat::Csv, ImportFormat::Csv),
        ("Markdown", ExportFormat::Markdown, ImportFormat::Markdown),
        ("QTI 2.1 package", ExportFormat::Qti, ImportFormat::Qti),
        ("Anki package", ExportFormat::Apkg, ImportFormat::Anki),
    ] {
        let Ok(first) = import_deck("bank", gift.as_bytes(), Some(ImportFormat::Gift), &mut |_| {}) else { continue };
        let Ok(exported) = export_deck(&first.deck, out, 0) else { continue };
        drop(first);
        let is_text = matches!(back, ImportFormat::Csv | ImportFormat::Markdown);
        let within = measure(name, &exported.bytes, back);
        // The promise is about text; packages are shown beside it.
        is_good &= within || !is_text;
    }
    if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
