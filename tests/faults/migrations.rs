//! Stores of earlier versions that the power fails while they are brought to this one.

use std::fs;
use std::path::Path;

use cutscore::store::Store;

use crate::disk::Disk;
use crate::power_loss::{cut_everywhere, record};
use crate::scene::data_dir;
use crate::support::{bare_command, n_times, tried};

/// An earlier version and how many events its store holds.
const EARLIER: [(u32, u64); 4] = [(1, 12), (2, 6), (3, 17), (5, 17)];

fn check(version: u32, n_events: u64) {
    let home = tempfile::tempdir().expect("a directory for the test");
    let data = data_dir(home.path());
    let database = data.join("cutscore.db");
    fs::create_dir(&data).expect("makes a directory");
    let old = format!("{}/tests/data/store_{version:04}.db", env!("CARGO_MANIFEST_DIR"));
    fs::copy(old, &database).expect("copies the old store");
    let disk = Disk::holding(&[&data], &[&database]);

    let mut command = bare_command(home.path());
    command.arg("--data-dir").arg(&data).arg("history");
    let calls = record(&command, "", home.path());
    let losses = cut_everywhere(disk, &calls, home.path(), |home: &Path, _: &str| {
        let store = Store::open(&data_dir(home))?;
        let checked = store.check()?;
        assert!(checked.damage.is_empty(), "{:?}", checked.damage);
        Ok(usize::try_from(n_events.abs_diff(checked.n_events)).expect("few"))
    });
    tried("migrations", losses.n_cuts, losses.n_lost);
    assert_eq!(losses.n_lost, 0, "version {version}: {}", losses.first);
    assert!(data.join(format!("backups/schema-{version}.db")).exists());
}

#[test]
fn a_store_that_is_brought_to_this_version_loses_no_event_when_the_power_goes() {
    for (version, n_events) in EARLIER.into_iter().rev().take(n_times(2, EARLIER.len())) {
        check(version, n_events);
    }
}
