//! A package of QTI 2.1: a manifest, a test with a section for each domain, and a file for each item.

use std::io::{Cursor, Write as _};

use zip::write::{SimpleFileOptions, ZipWriter};

use crate::deck::{Arrangement, Ask, Choice, Deck, Item, ItemBody, Question, ShuffleChoices, TypedAnswer};
use crate::exchange::escape::{escape_xml, to_html};
use crate::exchange::write::export::{ExportError, Lost, live_items, path_of};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const ITEM_NAMESPACE: &str = "xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p1\"";

/// Writes a package; what QTI cannot hold is added to `lost`.
pub(in crate::exchange) fn write(deck: &Deck, lost: &mut Lost) -> Result<Vec<u8>, ExportError> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    let mut add = |name: &str, text: &str| -> Result<(), ExportError> {
        zip.start_file(name, options).map_err(ExportError::new)?;
        zip.write_all(text.as_bytes()).map_err(ExportError::new)
    };
    let mut written: Vec<(String, Vec<&str>)> = Vec::new();
    for item in live_items(deck, lost) {
        let ItemBody::Question(question) = &item.body else {
            lost.leave_out(item, "QTI has no flashcards and no texts with blanks");
            continue;
        };
        let name = format!("items/{:05}.xml", written.len() + 1);
        add(&name, &item_xml(item, question, lost))?;
        written.push((name, path_of(deck, item)));
        let facts = &item.facts;
        let has_own_concept = facts.concept.as_str() != facts.id.as_str();
        if !question.refs.is_empty() || facts.difficulty.is_some() || facts.skill.is_some() || has_own_concept {
            lost.say(item, "QTI has no references, difficulty, skill and concept");
        }
    }
    add("test.xml", &test_xml(deck, &written))?;
    add("imsmanifest.xml", &manifest_xml(&written))?;
    Ok(zip.finish().map_err(ExportError::new)?.into_inner())
}

fn manifest_xml(written: &[(String, Vec<&str>)]) -> String {
    let mut text = format!(
        "{DECLARATION}<manifest xmlns=\"http://www.imsglobal.org/xsd/imscp_v1p1\" identifier=\"manifest\">\n  <organizations/>\n  \
         <resources>\n    <resource identifier=\"test\" type=\"imsqti_test_xmlv2p1\" href=\"test.xml\">\n      \
         <file href=\"test.xml\"/>\n    </resource>\n"
    );
    for (idx, (name, _)) in written.iter().enumerate() {
        let id = format!("item{:05}", idx + 1);
        text.push_str(&format!(
            "    <resource identifier=\"{id}\" type=\"imsqti_item_xmlv2p1\" href=\"{name}\">\n      <file href=\"{name}\"/>\n    \
             </resource>\n"
        ));
    }
    text + "  </resources>\n</manifest>\n"
}

/// Sections in the order in which they come; one that comes again stands there again.
fn test_xml(deck: &Deck, written: &[(String, Vec<&str>)]) -> String {
    let title = escape_xml(&deck.outline.title);
    let mut text = format!(
        "{DECLARATION}<assessmentTest {ITEM_NAMESPACE} identifier=\"test\" title=\"{title}\">\n  <testPart identifier=\"part\" \
         navigationMode=\"nonlinear\" submissionMode=\"simultaneous\">\n"
    );
    let mut n_sections = 0;
    for (idx, (name, path)) in written.iter().enumerate() {
        let is_new = idx == 0 || written[idx - 1].1 != *path;
        if is_new {
            if idx > 0 {
                close_sections(written[idx - 1].1.len(), &mut text);
            }
            let titles = if path.is_empty() { vec![deck.outline.title.as_str()] } else { path.clone() };
            for title in titles {
                n_sections += 1;
                let title = if path.is_empty() { String::new() } else { escape_xml(title) };
                text.push_str(&format!(
                    "    <assessmentSection identifier=\"section{n_sections}\" title=\"{title}\" visible=\"true\">\n"
                ));
            }
        }
        text.push_str(&format!("      <assessmentItemRef identifier=\"ref{:05}\" href=\"{name}\"/>\n", idx + 1));
    }
    if let Some((_, path)) = written.last() {
        close_sections(path.len(), &mut text);
    }
    text + "  </testPart>\n</assessmentTest>\n"
}

fn close_sections(n_titles: usize, text: &mut String) {
    text.push_str(&"    </assessmentSection>\n".repeat(n_titles.max(1)));
}

/// Something that is asked, and the response that it wants.
struct Interaction {
    cardinality: &'static str,
    base_type: &'static str,
    right: Vec<String>,
    /// Texts beside the right ones that earn the point.
    others: Vec<String>,
    xml: String,
    why: Option<String>,
}

fn item_xml(item: &Item, question: &Question, lost: &mut Lost) -> String {
    let interaction = match &question.ask {
        Ask::Choices { choices, shuffle } => choice_xml(choices, *shuffle),
        Ask::Arrangement(arrangement) => arrangement_xml(item, arrangement, lost),
        Ask::Typed(typed) => {
            if typed.shown.is_some() {
                lost.say(item, "QTI has no answer to show beside those to accept");
            }
            typed_xml(typed)
        }
    };
    let id = escape_xml(item.facts.id.as_str());
    let title: String = question.stem.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(60).collect();
    let mut text = format!(
        "{DECLARATION}<assessmentItem {ITEM_NAMESPACE} identifier=\"{}\" label=\"{id}\" title=\"{}\" adaptive=\"false\" \
         timeDependent=\"false\">\n",
        name_of(item.facts.id.as_str()),
        escape_xml(&title),
    );
    let Interaction { cardinality, base_type, right, others, xml, why } = interaction;
    text.push_str(&format!(
        "  <responseDeclaration identifier=\"RESPONSE\" cardinality=\"{cardinality}\" baseType=\"{base_type}\">\n    <correctResponse>\n"
    ));
    for value in &right {
        text.push_str(&format!("      <value>{}</value>\n", escape_xml(value)));
    }
    text.push_str("    </correctResponse>\n");
    if base_type == "string" {
        text.push_str("    <mapping defaultValue=\"0\">\n");
        for value in right.iter().chain(&others) {
            let value = escape_xml(value);
            text.push_str(&format!("      <mapEntry mapKey=\"{value}\" mappedValue=\"1\" caseSensitive=\"false\"/>\n"));
        }
        text.push_str("    </mapping>\n");
    }
    text.push_str(
        "  </responseDeclaration>\n  <outcomeDeclaration identifier=\"SCORE\" cardinality=\"single\" baseType=\"float\"/>\n  \
         <outcomeDeclaration identifier=\"FEEDBACK\" cardinality=\"multiple\" baseType=\"identifier\"/>\n  <itemBody>\n",
    );
    let stem = to_html(&question.prompt());
    // What is a block already may not stand in a paragraph.
    let is_block = ["<p>", "<ul>", "<ol>", "<pre>", "<blockquote>"].iter().any(|tag| stem.starts_with(tag));
    text.push_str(&if is_block { format!("    <div>{stem}</div>\n") } else { format!("    <p>{stem}</p>\n") });
    text.push_str(&xml);
    text.push_str("  </itemBody>\n");
    let template = if base_type == "string" { "map_response" } else { "match_correct" };
    text.push_str(&format!(
        "  <responseProcessing template=\"http://www.imsglobal.org/question/qti_v2p1/rptemplates/{template}\"/>\n"
    ));
    if let Some(why) = why {
        text.push_str(&format!(
            "  <modalFeedback outcomeIdentifier=\"FEEDBACK\" identifier=\"general\" showHide=\"show\">{}</modalFeedback>\n",
            to_html(&why)
        ));
    }
    text + "</assessmentItem>\n"
}

/// A name as XML allows it.
fn name_of(id: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' };
    let name: String = id.chars().map(safe).collect();
    if name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') { name } else { format!("i_{name}") }
}

fn choice_xml(choices: &[Choice], shuffle: ShuffleChoices) -> Interaction {
    let n_keys = choices.iter().filter(|choice| choice.is_key).count();
    let mut xml = format!(
        "    <choiceInteraction responseIdentifier=\"RESPONSE\" shuffle=\"{}\" maxChoices=\"{n_keys}\">\n",
        shuffle == ShuffleChoices::Yes
    );
    for (idx, choice) in choices.iter().enumerate() {
        let why = choice.why.as_deref().map_or(String::new(), |why| {
            format!(
                "<feedbackInline outcomeIdentifier=\"FEEDBACK\" identifier=\"c{idx}\" showHide=\"show\">{}</feedbackInline>",
                to_html(why)
            )
        });
        xml.push_str(&format!(
            "      <simpleChoice identifier=\"c{idx}\">{}{why}</simpleChoice>\n",
            to_html(&choice.text)
        ));
    }
    xml.push_str("    </choiceInteraction>\n");
    let keys = choices.iter().enumerate().filter(|(_, choice)| choice.is_key);
    Interaction {
        cardinality: if n_keys > 1 { "multiple" } else { "single" },
        base_type: "identifier",
        right: keys.map(|(idx, _)| format!("c{idx}")).collect(),
        others: Vec::new(),
        xml,
        why: None,
    }
}

fn arrangement_xml(item: &Item, arrangement: &Arrangement, lost: &mut Lost) -> Interaction {
    if arrangement.slots.iter().any(|slot| slot.why.is_some()) {
        lost.say(item, "QTI has no rationale of a part or pair");
    }
    let n_slots = arrangement.slots.len();
    let mut xml = String::new();
    if arrangement.is_ordering() {
        xml.push_str("    <orderInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\">\n");
        for (idx, option) in arrangement.options().enumerate() {
            xml.push_str(&format!("      <simpleChoice identifier=\"o{idx}\">{}</simpleChoice>\n", to_html(option)));
        }
        xml.push_str("    </orderInteraction>\n");
    } else {
        let choice = |id: String, text: &str| {
            let text = to_html(text);
            format!(
                "        <simpleAssociableChoice identifier=\"{id}\" matchMax=\"1\">{text}</simpleAssociableChoice>\n"
            )
        };
        xml.push_str(&format!(
            "    <matchInteraction responseIdentifier=\"RESPONSE\" shuffle=\"true\" maxAssociations=\"{n_slots}\">\n"
        ));
        xml.push_str("      <simpleMatchSet>\n");
        for (idx, slot) in arrangement.slots.iter().enumerate() {
            xml.push_str(&choice(format!("l{idx}"), slot.label.as_deref().unwrap_or_default()));
        }
        xml.push_str("      </simpleMatchSet>\n      <simpleMatchSet>\n");
        for (idx, option) in arrangement.options().enumerate() {
            xml.push_str(&choice(format!("r{idx}"), option));
        }
        xml.push_str("      </simpleMatchSet>\n    </matchInteraction>\n");
    }
    let is_ordering = arrangement.is_ordering();
    let right = |idx: usize| if is_ordering { format!("o{idx}") } else { format!("l{idx} r{idx}") };
    Interaction {
        cardinality: if is_ordering { "ordered" } else { "multiple" },
        base_type: if is_ordering { "identifier" } else { "directedPair" },
        right: (0..n_slots).map(right).collect(),
        others: Vec::new(),
        xml,
        why: arrangement.why.clone(),
    }
}

fn typed_xml(typed: &TypedAnswer) -> Interaction {
    let (first, others) = typed.accept.split_at(typed.accept.len().min(1));
    Interaction {
        cardinality: "single",
        base_type: "string",
        right: first.to_vec(),
        others: others.to_vec(),
        xml: "    <p><textEntryInteraction responseIdentifier=\"RESPONSE\" expectedLength=\"30\"/></p>\n".to_owned(),
        why: typed.why.clone(),
    }
}
