//! A plan as text and JSON.

use serde_json::{Value, json};

use crate::base::SafeText;
use crate::plan::{LEAST_MOCKS, Phase, PlannedDay};
use crate::render::words::{probability_words, whole};
use crate::render::{PassOutlook, PlanChange, PlanSheet, SCHEMA, WhatIf, days_ahead, plural, readiness_name};
use crate::score::Outlook;

/// Days that are listed one by one; later ones are summed up by weeks.
const LISTED_DAYS: usize = 14;

/// Writes a plan.
pub fn plan_text(sheet: &PlanSheet) -> String {
    let mut lines = vec![SafeText::one_line(&sheet.title).to_string(), heading(sheet), String::new()];
    lines.extend(outlook_lines(sheet));
    lines.push(String::new());
    lines.extend(day_lines(sheet));
    let notes = notes(sheet);
    if !notes.is_empty() {
        lines.push(String::new());
        lines.extend(notes);
    }
    lines.join("\n") + "\n"
}

/// Says in a line what the plan has for today; `None` if the plan has no such day.
pub fn plan_today_line(sheet: &PlanSheet) -> Option<String> {
    let exam = sheet.exam_day.map(|day| format!("Exam {} ({day}).", days_ahead(day.days_since(sheet.today))));
    let today = sheet.of_today().map(|day| match (day.phase, day.mock_minutes) {
        (Phase::Off, _) => "Today is off.".to_owned(),
        (_, Some(minutes)) => format!("Today: a full mock, {minutes} minutes."),
        _ if day.drill_minutes() < 0.5 => "Today's minutes are done.".to_owned(),
        _ => format!("Today: {} min of drill, {}.", whole(day.drill_minutes()), cards_words(day)),
    });
    match (exam, today) {
        (None, None) => None,
        (exam, today) => Some([exam, today].into_iter().flatten().collect::<Vec<_>>().join(" ")),
    }
}

fn heading(sheet: &PlanSheet) -> String {
    let until = match sheet.exam_day {
        Some(day) => format!("Plan until the exam on {day}, {}", days_ahead(day.days_since(sheet.today))),
        None => "Plan for the next four weeks, without an exam date".to_owned(),
    };
    let off = if sheet.days_off == "none" { String::new() } else { format!(", off: {}", sheet.days_off) };
    format!("{until}: {} minutes a day{off}", sheet.minutes_a_day)
}

fn outlook_lines(sheet: &PlanSheet) -> Vec<String> {
    let mut lines = vec![format!("  {}", answer(sheet))];
    let when = if sheet.exam_day.is_some() { "on the day of the exam" } else { "in 30 days" };
    if let Some(outlook) = &sheet.outlook {
        let Outlook { scaled, scaled_low, scaled_high, p_low, p_high, .. } = outlook.kept;
        let [scaled, low, high] = [scaled, scaled_low, scaled_high].map(whole);
        lines.push(format!("  Expected score {when}: {scaled} ({low} to {high}); {} passes.", outlook.passing));
        let (low, high) = (probability_words(p_low), probability_words(p_high));
        lines.push(format!("  P(pass) lies between {low} and {high}, by your ability and what study brings."));
    } else {
        let (now, end) = (whole(sheet.points.today), whole(sheet.points.at_end));
        lines.push(format!("  What the cards say: about {now} of 100 points today, {end} {when}."));
        lines.push("  That is no score: sit a full mock (`cutscore exam`) to know where you stand.".to_owned());
    }
    lines.extend(sheet.what_if.iter().map(|what_if| format!("  {}", what_if_words(sheet, what_if))));
    lines
}

/// Answers the question whether it can still be done, in a sentence.
fn answer(sheet: &PlanSheet) -> String {
    let Some(outlook) = &sheet.outlook else {
        return "Can I still make it? Nobody knows yet: no sitting counts so far.".to_owned();
    };
    let (p, today) = (outlook.kept.p_pass, probability_words(outlook.p_today));
    let word = match p {
        0.9.. => "Yes, very likely",
        0.75..0.9 => "Likely",
        0.5..0.75 => "It can go either way",
        0.2..0.5 => "Rather not",
        _ => "Hardly",
    };
    let p = probability_words(p);
    format!("Can I still make it? {word}, if you keep to this: P(pass) {p}; today it is {today}.")
}

fn what_if_words(sheet: &PlanSheet, what_if: &WhatIf) -> String {
    let change = match what_if.change {
        PlanChange::MoreMinutes(minutes) => format!("{minutes} more minutes a day"),
        PlanChange::DaysLater(7) => "The exam one week later".to_owned(),
        PlanChange::DaysLater(n_days) => format!("The exam {n_days} days later"),
    };
    match (what_if.outlook, &sheet.outlook) {
        (Some(then), Some(PassOutlook { kept, .. })) => {
            let (points, p_pass) = (signed(whole(then.scaled - kept.scaled)), probability_words(then.p_pass));
            format!("{change}: {points} scaled points, P(pass) {p_pass}.")
        }
        _ => format!("{change}: {} of 100 points.", signed(whole(what_if.points))),
    }
}

fn signed(n: i64) -> String {
    if n == 0 { "no change in".to_owned() } else { format!("{n:+}") }
}

fn day_lines(sheet: &PlanSheet) -> Vec<String> {
    if sheet.plan.days.is_empty() {
        return vec!["  The exam is today: nothing is left to plan.".to_owned()];
    }
    let mut lines = vec![format!("  {:<14}  {:>7}  {:>4}  {:>4}  {:>5}", "Day", "Drill", "Due", "New", "Early")];
    let days = &sheet.plan.days;
    let n_final = days.iter().rev().take_while(|day| day.phase != Phase::Build).count();
    // Days off before the final pass belong to the weeks.
    let is_final = |idx: usize| idx + n_final >= days.len() && days[idx..].iter().any(|day| day.phase != Phase::Off);
    let first_final = (0..days.len()).find(|idx| is_final(*idx) && days[*idx].phase == Phase::FinalPass);
    let end = first_final.unwrap_or(days.len());
    lines.extend(days[..end.min(LISTED_DAYS)].iter().map(|day| day_line(sheet, day)));
    if end > LISTED_DAYS {
        lines.extend(days[LISTED_DAYS..end].chunks(7).flat_map(week_lines));
    }
    if end < days.len() {
        lines.push(format!("  {:<14}  {}", "Final pass", "nothing new; what raises the score most"));
        lines.extend(days[end..].iter().map(|day| day_line(sheet, day)));
    }
    lines
}

fn day_line(sheet: &PlanSheet, day: &PlannedDay) -> String {
    let date = day.day.date().format("%a %Y-%m-%d");
    let numbers = format!(
        "{:>7}  {:>4}  {:>4}  {:>5}",
        format!("{} min", whole(day.drill_minutes())),
        dash(day.n_due),
        dash(day.n_new),
        dash(day.n_early),
    );
    match (day.phase, day.mock_minutes) {
        (Phase::Off, _) => format!("  {date}  {:>7}", "off"),
        (_, Some(minutes)) if day.drill_minutes() < 0.5 => format!("  {date}  a full mock, {minutes} min"),
        (_, Some(minutes)) => format!("  {date}  {numbers}  and a full mock, {minutes} min"),
        (Phase::FinalPass, None) => format!("  {date}  {numbers}  {}", most_minutes(sheet, day)).trim_end().to_owned(),
        (Phase::Build, None) => format!("  {date}  {numbers}"),
    }
}

/// The two domains that take the most minutes of a day.
fn most_minutes(sheet: &PlanSheet, day: &PlannedDay) -> String {
    let mut domains: Vec<(f64, &str)> =
        day.minutes_by_domain.iter().copied().zip(sheet.domains.iter().map(|domain| domain.title.as_str())).collect();
    domains.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let shown = domains.iter().take(2).filter(|(minutes, _)| *minutes >= 0.5);
    let words = shown.map(|(minutes, title)| format!("{} {} min", SafeText::one_line(title), whole(*minutes)));
    words.collect::<Vec<_>>().join(", ")
}

fn week_lines(week: &[PlannedDay]) -> Vec<String> {
    let (Some(first), Some(last)) = (week.first(), week.last()) else { return Vec::new() };
    let sum = |of: fn(&PlannedDay) -> usize| dash(week.iter().map(of).sum());
    let minutes = whole(week.iter().map(PlannedDay::drill_minutes).sum());
    let (due, new, early) = (sum(|day| day.n_due), sum(|day| day.n_new), sum(|day| day.n_early));
    let span = format!("{} to {}", first.day.date().format("%m-%d"), last.day.date().format("%m-%d"));
    let mut lines = vec![format!("  {span:<14}  {:>7}  {due:>4}  {new:>4}  {early:>5}", format!("{minutes} min"))];
    let mocks = week.iter().filter_map(|day| Some((day.day, day.mock_minutes?)));
    lines.extend(
        mocks.map(|(day, minutes)| format!("  {}  a full mock, {minutes} min", day.date().format("%a %Y-%m-%d"))),
    );
    lines
}

fn notes(sheet: &PlanSheet) -> Vec<String> {
    let mut notes = Vec::new();
    if let Some(day) = sheet.passed_exam_day {
        notes.push(format!("The exam date that is set, {day}, has passed: `cutscore plan --exam-date` sets another."));
    }
    if !sheet.are_minutes_set {
        notes.push(format!("No minutes are set; {} are taken. `--minutes` sets them.", sheet.minutes_a_day));
    }
    let n_mocks = sheet.mock_days().count();
    if let Some(mocks) = sheet.mocks {
        if n_mocks > 0 && mocks.minutes > sheet.minutes_a_day {
            let (mock, day) = (mocks.minutes, sheet.minutes_a_day);
            notes.push(format!("A mock takes {mock} minutes in one sitting, more than your {day} a day."));
        }
        if n_mocks < sheet.plan.n_mocks_wanted {
            let wanted = sheet.plan.n_mocks_wanted;
            let forms = plural(mocks.n_fresh_forms, "fresh form", "fresh forms");
            notes.push(format!("{wanted} mocks would be good; days and bank ({forms}) allow {n_mocks}."));
        } else if n_mocks < LEAST_MOCKS && sheet.exam_day.is_some() && !sheet.plan.days.is_empty() {
            notes.push(format!("There is time for {} before the exam.", plural(n_mocks, "mock", "mocks")));
        }
    }
    if sheet.plan.n_left_unmet > 0 {
        let unmet = plural(sheet.plan.n_left_unmet, "concept is", "concepts are");
        notes.push(format!("{unmet} met by no drill of this plan: kept for mocks, or out of time."));
    }
    notes.push("The plan is made anew each day from what was really done.".to_owned());
    notes
}

fn cards_words(day: &PlannedDay) -> String {
    format!("{} due, {} new", day.n_due, day.n_new)
}

fn dash(n: usize) -> String {
    if n == 0 { "-".to_owned() } else { n.to_string() }
}

/// Returns a plan.
pub fn plan_json(sheet: &PlanSheet) -> Value {
    let day = |day: &PlannedDay| {
        let by_domain: serde_json::Map<_, _> = sheet
            .domains
            .iter()
            .zip(&day.minutes_by_domain)
            .map(|(domain, minutes)| (domain.id.clone(), json!(minutes)))
            .collect();
        json!({
            "day": day.day.to_string(),
            "phase": match day.phase {
                Phase::Off => "off",
                Phase::Build => "build",
                Phase::FinalPass => "final_pass",
            },
            "drill_minutes": day.drill_minutes(),
            "mock_minutes": day.mock_minutes,
            "n_due": day.n_due,
            "n_new": day.n_new,
            "n_early": day.n_early,
            "minutes_by_domain": by_domain,
        })
    };
    let what_if = |what_if: &WhatIf| {
        let change = match what_if.change {
            PlanChange::MoreMinutes(minutes) => json!({"more_minutes": minutes}),
            PlanChange::DaysLater(n_days) => json!({"days_later": n_days}),
        };
        json!({"change": change, "points": what_if.points, "outlook": what_if.outlook.as_ref().map(outlook_json)})
    };
    json!({
        "schema": SCHEMA,
        "deck": sheet.deck,
        "title": sheet.title,
        "study_day": sheet.today.to_string(),
        "exam_date": sheet.exam_day.map(|day| day.to_string()),
        "days_to_exam": sheet.exam_day.map(|day| day.days_since(sheet.today)),
        "minutes_a_day": sheet.minutes_a_day,
        "minutes_are_set": sheet.are_minutes_set,
        "days_off": sheet.days_off,
        "answer": answer(sheet),
        "points": {"today": sheet.points.today, "at_end": sheet.points.at_end},
        "today": sheet.outlook.map(|own| json!({
            "p_pass": own.p_today,
            "label": readiness_name(own.label_today),
        })),
        "outlook": sheet.outlook.map(|own| outlook_json(&own.kept)),
        "passing": sheet.outlook.map(|own| own.passing),
        "what_if": sheet.what_if.iter().map(what_if).collect::<Vec<_>>(),
        "mocks": sheet.mocks.map(|mocks| json!({
            "minutes": mocks.minutes,
            "fresh_forms": mocks.n_fresh_forms,
            "wanted": sheet.plan.n_mocks_wanted,
            "days": sheet.mock_days().map(|day| day.day.to_string()).collect::<Vec<_>>(),
        })),
        "n_left_unmet": sheet.plan.n_left_unmet,
        "days": sheet.plan.days.iter().map(day).collect::<Vec<_>>(),
    })
}

fn outlook_json(outlook: &Outlook) -> Value {
    json!({
        "p_pass": outlook.p_pass,
        "band": [outlook.p_low, outlook.p_high],
        "scaled": outlook.scaled,
        "scaled_band": [outlook.scaled_low, outlook.scaled_high],
        "ability_deviation": outlook.ability_deviation,
    })
}
