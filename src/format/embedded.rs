//! The deck that comes with the program.

use std::borrow::Cow;

use crate::format::SourceFile;

/// Lists files of `decks/clf-c02`, each with its text.
macro_rules! files {
    ($($name:literal)+) => {
        &[$((
            concat!("decks/clf-c02/", $name),
            include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/decks/clf-c02/", $name)),
        )),+]
    };
}

/// `deck.yaml` first, the others sorted by name.
const FILES: &[(&str, &[u8])] = files! {
    "deck.yaml"
    "1.1-cloud-value.yaml"
    "1.2-design-principles.yaml"
    "1.3-migration.yaml"
    "1.4-economics.yaml"
    "2.1-shared-responsibility.yaml"
    "2.2-governance-compliance.yaml"
    "2.3-access-management.yaml"
    "2.4-security-resources.yaml"
    "3.1-deploy-operate.yaml"
    "3.2-global-infrastructure.yaml"
    "3.3-compute.yaml"
    "3.4-databases.yaml"
    "3.5-networking.yaml"
    "3.6-storage.yaml"
    "3.7-ai-analytics.yaml"
    "3.8-other-services.yaml"
    "4.1-pricing-models.yaml"
    "4.2-cost-tools.yaml"
    "4.3-support.yaml"
};

/// Returns the files of the deck that comes with the program, `deck.yaml` first.
pub fn embedded_deck() -> Vec<SourceFile> {
    FILES.iter().map(|(name, bytes)| SourceFile { name: (*name).to_owned(), bytes: Cow::Borrowed(*bytes) }).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::format::{Colour, load_sources, read_deck, render_findings};

    #[test]
    fn every_file_of_the_deck_is_embedded() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("decks/clf-c02");
        let on_disk = load_sources(&folder).expect("the deck's folder is there");
        let names = |sources: &[SourceFile]| -> Vec<String> {
            sources.iter().filter_map(|source| source.name.rsplit('/').next().map(str::to_owned)).collect()
        };
        assert_eq!(names(&embedded_deck()), names(&on_disk));
    }

    #[test]
    fn the_embedded_deck_reads_without_error_or_warning() {
        let sources = embedded_deck();
        let reading = read_deck(&sources);
        let report = render_findings(&reading.findings, &sources, Colour::Never);
        assert_eq!((reading.counts.n_errors, reading.counts.n_warnings), (0, 0), "{report}");
        let deck = reading.deck.expect("a deck without errors is returned");
        assert_eq!(deck.outline.id.as_str(), "clf-c02");
    }
}
