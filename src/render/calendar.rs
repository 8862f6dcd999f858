//! A plan as a calendar file (RFC 5545).

use chrono::{DateTime, Utc};

use crate::base::{SafeText, StudyDay};
use crate::plan::{Phase, PlannedDay};
use crate::render::PlanSheet;
use crate::render::words::whole;

/// The line by which a calendar file of this program is known.
pub const CALENDAR_MARK: &str = "PRODID:-//cutscore//plan//EN";

/// Octets of a line, without its end, that a calendar may have.
const MOST_OCTETS: usize = 75;

/// Writes a plan as a calendar.
///
/// Each study day and the exam are events of the whole day that block no time: when on a day somebody studies, the plan
/// does not say. The name of an event follows from deck and day alone, so that a later plan replaces the earlier one's
/// events. `at` is when the file is written.
pub fn plan_calendar(sheet: &PlanSheet, at: DateTime<Utc>) -> String {
    let mut lines = vec![
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        CALENDAR_MARK.to_owned(),
        "CALSCALE:GREGORIAN".to_owned(),
        "METHOD:PUBLISH".to_owned(),
        format!("X-WR-CALNAME:{}", escaped(&format!("Study plan: {}", sheet.title))),
    ];
    for day in sheet.plan.days.iter().filter(|day| day.phase != Phase::Off) {
        lines.extend(event(sheet, "study", day.day, at, &summary(day), &description(sheet, day)));
    }
    if let Some(exam) = sheet.exam_day {
        lines.extend(event(sheet, "exam", exam, at, &format!("Exam: {}", sheet.title), ""));
    }
    lines.push("END:VCALENDAR".to_owned());
    lines.iter().map(|line| folded(line)).collect()
}

fn summary(day: &PlannedDay) -> String {
    let drill = format!("Drill, {} min", whole(day.drill_minutes()));
    match day.mock_minutes {
        Some(minutes) if day.drill_minutes() < 0.5 => format!("Full mock exam, {minutes} min"),
        Some(minutes) => format!("Full mock exam, {minutes} min; {}", drill.to_lowercase()),
        None => drill,
    }
}

fn description(sheet: &PlanSheet, day: &PlannedDay) -> String {
    let mut lines = Vec::new();
    if day.mock_minutes.is_some() {
        lines.push("In one sitting, without a break: cutscore exam".to_owned());
    }
    if day.drill_minutes() >= 0.5 {
        lines.push(format!("About {} cards due, {} new, {} early.", day.n_due, day.n_new, day.n_early));
        let domains = sheet.domains.iter().zip(&day.minutes_by_domain).filter(|(_, minutes)| **minutes >= 0.5);
        lines.extend(domains.map(|(domain, minutes)| format!("{}: {} min", domain.title, whole(*minutes))));
    }
    if day.phase == Phase::FinalPass {
        lines.push("Final pass: nothing new.".to_owned());
    }
    lines.join("\n")
}

fn event(
    sheet: &PlanSheet,
    kind: &str,
    day: StudyDay,
    at: DateTime<Utc>,
    summary: &str,
    description: &str,
) -> Vec<String> {
    // The exam may be moved and stays the same event; a study day is its day.
    let name = if kind == "exam" { kind.to_owned() } else { format!("{kind}-{day}") };
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{name}@{}.cutscore", escaped(&sheet.deck)),
        format!("DTSTAMP:{}", at.format("%Y%m%dT%H%M%SZ")),
        format!("DTSTART;VALUE=DATE:{}", day.date().format("%Y%m%d")),
        format!("DTEND;VALUE=DATE:{}", day.plus(1).date().format("%Y%m%d")),
        format!("SUMMARY:{}", escaped(summary)),
    ];
    if !description.is_empty() {
        lines.push(format!("DESCRIPTION:{}", escaped(description)));
    }
    lines.push("TRANSP:TRANSPARENT".to_owned());
    lines.push("END:VEVENT".to_owned());
    lines
}

/// Escapes a text value (RFC 5545, 3.3.11); what a terminal would obey is made visible.
fn escaped(text: &str) -> String {
    let mut escaped = String::new();
    for c in SafeText::new(text).as_str().chars() {
        match c {
            '\\' | ';' | ',' => escaped.extend(['\\', c]),
            '\n' => escaped.push_str("\\n"),
            _ => escaped.push(c),
        }
    }
    escaped
}

/// Ends a line, and breaks it where it is longer than calendars take (RFC 5545, 3.1), never inside a character.
fn folded(line: &str) -> String {
    let (mut folded, mut n_octets) = (String::new(), 0);
    for c in line.chars() {
        if n_octets + c.len_utf8() > MOST_OCTETS {
            folded.push_str("\r\n ");
            n_octets = 1;
        }
        folded.push(c);
        n_octets += c.len_utf8();
    }
    folded + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_lines_folded_between_characters() {
        assert_eq!(escaped("a, b; c\\d\ne"), "a\\, b\\; c\\\\d\\ne");
        let long = format!("SUMMARY:{}", "日本語".repeat(30));
        let lines = folded(&long);
        assert!(lines.ends_with("\r\n") && lines.split("\r\n").all(|line| line.len() <= MOST_OCTETS));
        assert_eq!(lines.trim_end().replace("\r\n ", ""), long);
        assert_eq!(folded(&"x".repeat(75)), format!("{}\r\n", "x".repeat(75)));
    }
}
