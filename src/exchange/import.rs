//! One way in for all formats.

use crate::exchange::collect::{Collector, Progress};
use crate::exchange::decode::decode;
use crate::exchange::format::{ImportFormat, recognise};
use crate::exchange::imported::{ImportError, Imported};
use crate::exchange::{aiken, anki, gift, markdown_list, moodle, qti, table};

/// Turns the bytes of another program's file into a deck. `name` is the file's name without its ending; it names the
/// deck. `format` is recognised from the content where it is not given. `on_progress` hears now and then how many items
/// were found.
///
/// # Errors
/// [`ImportError`] if nothing of the file can be read. What is wrong with single items is not an error: they stand in
/// [`Imported::skipped`].
pub fn import_deck(
    name: &str,
    bytes: &[u8],
    format: Option<ImportFormat>,
    on_progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let format = match format {
        Some(format) => format,
        None => recognise(bytes)?,
    };
    let mut collector = Collector::new(on_progress);
    match format {
        ImportFormat::Gift | ImportFormat::Aiken | ImportFormat::Csv | ImportFormat::Markdown => {
            let decoded = decode(bytes)?;
            collector.notices(decoded.notices);
            match format {
                ImportFormat::Gift => gift::read(&decoded.text, &mut collector),
                ImportFormat::Aiken => aiken::read(&decoded.text, &mut collector),
                ImportFormat::Csv => table::read(&decoded.text, &mut collector)?,
                _ => markdown_list::read(&decoded.text, &mut collector),
            }
        }
        ImportFormat::Anki => anki::read(bytes, &mut collector)?,
        ImportFormat::MoodleXml => {
            let decoded = decode(bytes)?;
            collector.notices(decoded.notices);
            moodle::read(&decoded.text, &mut collector)?;
        }
        ImportFormat::Qti => qti::read(bytes, &mut collector)?,
    }
    Ok(collector.finish(name))
}
