//! QTI as a file or a package.

use std::collections::{BTreeMap, BTreeSet};

use crate::exchange::collect::Collector;
use crate::exchange::decode::decode;
use crate::exchange::imported::{ImportError, Origin};
use crate::exchange::package::Package;
use crate::exchange::xml::{Element, walk};
use crate::exchange::{qti_1, qti_2};

/// Most bytes of one file of a package.
const MAX_ENTRY: usize = 64 << 20;

/// The list of a package's files.
const MANIFEST: &str = "imsmanifest.xml";

/// The sections of a test that its files belong to, from the widest to the narrowest.
type Sections = BTreeMap<String, Vec<String>>;

/// Reads a file or a package.
pub(in crate::exchange) fn read(bytes: &[u8], collector: &mut Collector<'_>) -> Result<(), ImportError> {
    if !bytes.starts_with(b"PK\x03\x04") {
        let n_found = file("", bytes, &BTreeMap::new(), collector)?;
        return if n_found == 0 { Err(ImportError::broken("the file has no items")) } else { Ok(()) };
    }
    let mut package = Package::open(bytes)?;
    let (names, sections) = contents(&mut package, collector)?;
    let mut n_found = 0;
    for name in names {
        let Some(bytes) = package.read(&name, MAX_ENTRY)? else { continue };
        match file(&name, &bytes, &sections, collector) {
            Ok(n_items) => n_found += n_items,
            // Another file of the package may be whole.
            Err(error @ ImportError::TooLarge { .. }) => return Err(error),
            Err(error) => {
                collector.skip(&Origin { entry: name.clone(), line: 0 }, "", error.to_string());
            }
        }
    }
    if n_found == 0 { Err(ImportError::broken("the package has no items")) } else { Ok(()) }
}

/// Reads the items of a file; how many there are.
fn file(entry: &str, bytes: &[u8], sections: &Sections, collector: &mut Collector<'_>) -> Result<usize, ImportError> {
    let decoded = decode(bytes)?;
    let mut n_items = 0;
    walk(&decoded.text, &["item", "assessmentitem"], &mut |around, element| {
        n_items += 1;
        let origin = Origin { entry: entry.to_owned(), line: element.line };
        if element.name == "item" {
            for (name, title) in around {
                if name == "assessment" {
                    collector.title(title.as_deref().unwrap_or_default());
                }
            }
            let is_section = |(name, _): &&(String, Option<String>)| name == "section";
            let path: Vec<String> = around.iter().filter(is_section).filter_map(|(_, title)| title.clone()).collect();
            qti_1::item(element, origin, path, collector);
        } else {
            let path = sections.get(entry).cloned().unwrap_or_default();
            qti_2::item(element, origin, path, collector);
        }
    })?;
    Ok(n_items)
}

/// The XML files of a package in the order of its manifest, and the sections of a test that they belong to.
fn contents(package: &mut Package<'_>, collector: &mut Collector<'_>) -> Result<(Vec<String>, Sections), ImportError> {
    let mut listed: Vec<String> = Vec::new();
    let all: Vec<String> = package.names().to_vec();
    if let Some(manifest) = package.read(MANIFEST, MAX_ENTRY)? {
        let text = decode(&manifest)?.text;
        walk(&text, &["resource"], &mut |_, resource| {
            let files = resource.children_named("file").filter_map(|file| file.attribute("href"));
            listed.extend(resource.attribute("href").into_iter().chain(files).map(|href| href.replace("%20", " ")));
        })?;
    }
    let there: BTreeSet<&String> = all.iter().filter(|name| *name != MANIFEST && is_xml(name)).collect();
    listed.retain(|name| there.contains(name));
    let names = each_once(listed.into_iter().chain(all.iter().filter(|name| there.contains(name)).cloned()));
    let mut sections = BTreeMap::new();
    let mut order: Vec<String> = Vec::new();
    for name in &names {
        let Some(bytes) = package.read(name, MAX_ENTRY)? else { continue };
        let text = decode(&bytes)?.text;
        if !text.contains("ssessmentTest") && !text.contains("assessment-test") {
            continue;
        }
        // A file that is not well-formed is reported when its items are read.
        let _reported = walk(&text, &["assessmenttest"], &mut |_, test| {
            collector.title(test.attribute("title").unwrap_or_default());
            section(test, name, &mut Vec::new(), &mut sections, &mut order);
        });
    }
    let known: BTreeSet<&String> = names.iter().collect();
    order.retain(|name| known.contains(name));
    Ok((each_once(order.into_iter().chain(names)), sections))
}

fn is_xml(name: &str) -> bool {
    name.to_ascii_lowercase().ends_with(".xml")
}

/// The names in their order, without those that stood before.
fn each_once(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut known = BTreeSet::new();
    names.filter(|name| known.insert(name.clone())).collect()
}

/// Notes which files the parts of a test name.
fn section(element: &Element, test: &str, path: &mut Vec<String>, sections: &mut Sections, order: &mut Vec<String>) {
    for child in element.elements() {
        match child.name.as_str() {
            "assessmentitemref" => {
                let folder = test.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
                let href = format!("{folder}{}", child.attribute("href").unwrap_or_default());
                if !sections.contains_key(&href) {
                    sections.insert(href.clone(), path.clone());
                    order.push(href);
                }
            }
            "assessmentsection" => {
                let title = child.attribute("title").unwrap_or_default().to_owned();
                path.push(title);
                section(child, test, path, sections, order);
                path.pop();
            }
            _ => section(child, test, path, sections, order),
        }
    }
}
