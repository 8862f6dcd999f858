//! The score report in all its forms: the same words and numbers as text, JSON and HTML, and nothing that a page could
//! obey.

use serde_json::Value;

use crate::support::{Conversation, DrawnForm, DrawnItem, Learner, refused};

const SEVEN: &str = "exam --seed 7 --now 2027-02-01T09:00";

/// A learner who sat the exam of the deck that comes with the program, with right answers to so many counting questions of
/// each domain in their order, the first ten called sure and the last ten guesses.
fn sat(n_right: [usize; 4]) -> Learner {
    let form = DrawnForm::of(SEVEN);
    let domains = ["concepts", "security", "technology", "billing"];
    let is_right = |position: usize, item: &DrawnItem| {
        let place = domains.iter().position(|domain| *domain == item.domain).expect("a domain of the deck");
        let before = form.items[..position].iter().filter(|other| other.domain == item.domain && other.is_scored);
        item.is_scored && before.count() < n_right[place]
    };
    let answers = form.answers(is_right);
    let word = |position: usize| match position {
        ..10 => " sure",
        55.. => " guess",
        _ => "",
    };
    let lines = answers.lines().enumerate().map(|(position, line)| line.to_owned() + word(position) + "\n");
    let lines: String = lines.collect();
    // An answer with the wrong number of choices stays incomplete, which is wrong enough.
    let lines = lines + &"submit\nsubmit\n".repeat(2);
    let learner = Learner::new();
    let said = learner.feed(&format!("{SEVEN} --plain"), &lines);
    assert!(said.out.contains("scaled score"), "{}\n{}", said.out, said.err);
    learner
}

fn page_of(learner: &Learner, words: &str) -> String {
    let path = learner.home().join("report.html");
    learner.say(&format!("report {words} --html {} --force", path.display())).done();
    std::fs::read_to_string(path).expect("the page")
}

/// What a reader sees of a page, with single blanks.
fn seen(page: &str) -> String {
    let body = page.split_once("<body>").expect("a body").1;
    let pieces = body.split('<').map(|piece| piece.split_once('>').map_or(piece, |(_, text)| text));
    let text = pieces.collect::<Vec<_>>().join(" ");
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    single_blanks(&entities.iter().fold(text, |text, (entity, c)| text.replace(entity, c)))
}

fn single_blanks(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn list(value: &Value) -> &[Value] {
    value.as_array().expect("a list")
}

fn words(value: &Value) -> &str {
    value.as_str().expect("a text")
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

fn signed(points: f64) -> String {
    match points.round() {
        ..0.0 => format!("−{:.0}", -points.round()),
        0.0 => "0".to_owned(),
        points => format!("+{points:.0}"),
    }
}

/// What the JSON of a report makes every other form say.
fn expected_words(report: &Value) -> Vec<String> {
    let score = &report["score"];
    let mut expected = vec![
        format!("scaled score {}", score["scaled"]),
        format!("likely {:.0} to {:.0} (68 %)", number(&score["band"][0]), number(&score["band"][1])),
        format!("You needed {} of 50 on this form and got {}.", score["raw_needed"], score["raw"]),
        format!("{} came out right; blind choice gets", report["guesses"]["right"]),
        format!("{:.1} of them", number(&report["guesses"]["right_by_chance"])),
    ];
    for domain in list(&report["domains"]) {
        let (title, right, points) = (words(&domain["title"]), &domain["raw"], signed(number(&domain["points"])));
        expected.push(format!("{title} {right} of {} {points} {}", domain["n"], words(&domain["level_words"])));
        let needed = number(&domain["raw_cut"]);
        expected.push(format!(
            "{:.0} % {right} of {} {needed:.1} {points}",
            100.0 * number(&domain["weight"]),
            domain["n"]
        ));
    }
    for row in list(&report["what_if"]) {
        for cell in list(&row["if"]).iter().map(|cell| number(&cell["needed_elsewhere"])).filter(|cell| *cell <= 1.0) {
            expected.push(format!("{:.1} %", 100.0 * cell));
        }
    }
    for finding in list(&report["findings"]).iter().filter(|own| !words(&own["kind"]).starts_with("chance")) {
        expected.extend([words(&finding["says"]).to_owned(), words(&finding["evidence"]).to_owned()]);
    }
    for pair in list(&report["confusions"]).iter().take(5) {
        expected.push(format!("“{}” for “{}”", words(&pair["chosen"]), words(&pair["right"])));
        expected.push(words(&pair["command"]).to_owned());
    }
    for test in list(&report["exit_tests"]) {
        expected.push(format!("{} of {} new questions", test["right_needed"], test["questions"]));
        expected.push(words(&test["command"]).to_owned());
    }
    let retake = &report["retake"];
    if !retake.is_null() {
        expected.push(format!("Outlook by rules of thumb: {}.", words(&retake["outlook"])));
        expected.extend(
            retake["p_pass"]
                .as_f64()
                .filter(|p| (0.01..0.99).contains(p))
                .map(|p| format!("P(pass) {:.0} %", 100.0 * p)),
        );
    }
    expected
}

#[track_caller]
fn check_every_form(n_right: [usize; 4]) {
    let learner = sat(n_right);
    let report = learner.json("report", "");
    let text = learner.say("report --more").done().out;
    // The bars of the text stand between names and numbers.
    let text = single_blanks(&text.replace(['█', '·', '│', '┃'], " "));
    let page = page_of(&learner, "").replace("·", " ");
    for expected in expected_words(&report) {
        let expected = single_blanks(&expected.replace('·', " "));
        for (form, said) in [("text", &text), ("page", &seen(&page))] {
            assert!(said.contains(&expected), "{form} does not say `{expected}`: {said}");
        }
    }
}

#[test]
fn text_json_and_html_say_the_same_numbers_after_a_fail() {
    check_every_form([4, 10, 6, 5]);
}

#[test]
fn text_json_and_html_say_the_same_numbers_after_a_pass() {
    check_every_form([11, 13, 16, 2]);
}

#[test]
fn a_learner_who_is_competent_everywhere_can_fail() {
    let report = sat([8, 10, 11, 4]).json("report", "");
    let levels: Vec<&str> = list(&report["domains"]).iter().map(|domain| words(&domain["level"])).collect();
    assert_eq!((levels, report["score"]["pass"].as_bool()), (vec!["Competent"; 4], Some(false)));
    let found: Vec<&str> = list(&report["findings"]).iter().map(|finding| words(&finding["id"])).collect();
    assert!(found.contains(&"broad-not-deep"), "{found:?}");
}

#[test]
fn the_commands_of_a_report_can_be_typed() {
    let learner = sat([4, 10, 6, 5]);
    let report = learner.json("report", "");
    assert!(!list(&report["exit_tests"]).is_empty());
    for test in list(&report["exit_tests"]) {
        let command = words(&test["command"]).strip_prefix("cutscore ").expect("a command");
        let practice = learner.json(&format!("{command} --practice --now 2027-02-02T09:00"), "submit\nsubmit\n");
        assert_eq!(practice["n_items"], test["questions"]);
    }
    for command in list(&report["confusions"]).iter().take(5).map(|pair| words(&pair["command"])) {
        let command = command.strip_prefix("cutscore ").expect("a command");
        let drill = learner.json(&format!("{command} --now 2027-02-02T10:00"), "quit\n");
        assert!(drill["n_extra_left"].as_u64() >= Some(1), "{command}: {drill}");
    }
}

#[test]
fn what_was_confused_is_drilled_side_by_side_by_the_command_of_the_report() {
    let learner = Learner::new();
    let question = |id: &str, right: &str, wrong: &str| {
        format!("- {{id: {id}, stem: Which one is {id}?, right: {right}, wrong: [{wrong}, Tape], shuffle: false}}\n")
    };
    let questions = [
        question("disk", "EBS", "EFS"),
        question("share", "EFS", "S3"),
        question("mount", "efs", "S3"),
        question("queue", "SQS", "SNS"),
        question("archive", "Glacier", "EBS"),
    ];
    let path =
        learner.write("deck.yaml", &format!("id: stores\nexam: {{items: 5}}\nquestions:\n{}", questions.concat()));
    // `EFS` is chosen for `EBS`, all else is right.
    let mut room = Conversation::start(learner.command(&["exam", &path, "--now", "2027-02-01T09:00"]));
    for _ in 0..5 {
        let said = room.wait_for("\nc) Tape");
        room.type_line(if said.contains("Which one is disk?") { "b" } else { "a" });
    }
    assert_eq!(room.end().0, Some(0));
    let pair = &learner.json("report", "")["confusions"][0];
    assert_eq!((words(&pair["chosen"]), words(&pair["right"])), ("EFS", "EBS"));
    let command = words(&pair["command"]).strip_prefix("cutscore ").expect("a command");
    assert_eq!(command, "drill stores --cram --item disk,share,mount");
    let said = learner.feed(&format!("{command} --now 2027-02-01T10:00"), "b\na\na\na\n").done().out;
    for (id, is_asked) in [("disk", true), ("share", true), ("mount", true), ("queue", false), ("archive", false)] {
        assert_eq!(said.contains(&format!("Which one is {id}?")), is_asked, "{id}: {said}");
    }
    assert!(said.contains("4 answers, 3 right"), "what was wrong came again: {said}");
    refused(learner.say("drill stores --item tape"), 1, "tape");
}

#[test]
fn an_authentic_report_shows_two_levels_and_no_more_than_a_real_one() {
    let learner = sat([4, 13, 15, 6]);
    let text = learner.say("report --authentic").done().out;
    let page = seen(&page_of(&learner, "--authentic"));
    let value = learner.json("report --authentic", "");
    let keys: Vec<&str> = value.as_object().expect("an object").keys().map(String::as_str).collect();
    let known = ["authentic", "date", "deck", "domains", "pass", "scale", "scaled", "schema", "sitting", "title"];
    assert_eq!(keys, known);
    let levels: Vec<&str> = list(&value["domains"]).iter().map(|domain| words(&domain["level"])).collect();
    assert_eq!(levels[..2], ["Needs improvement", "Meets competencies"]);
    for said in [single_blanks(&text), page] {
        for (domain, level) in list(&value["domains"]).iter().zip(&levels) {
            let row = format!("{} {:.0} % {level}", words(&domain["title"]), 100.0 * number(&domain["weight"]));
            assert!(said.contains(&row), "`{row}` is not in: {said}");
        }
        assert!(said.contains(&value["scaled"].to_string()));
        for hidden in ["likely", " of 50", "Competent", "Question 1", "Points"] {
            assert!(!said.contains(hidden), "`{hidden}` is in: {said}");
        }
    }
}

#[test]
fn a_page_with_the_questions_shows_the_case_of_each_and_what_came_of_each_choice() {
    let learner = Learner::new();
    let deck = "stimuli: {shop: A shop sells *boats*.}\n\
                exam: {items: 1, scale: {min: 0, cut: 90, max: 100}}\n\
                questions:\n  - id: a\n    stimulus: shop\n    stem: Which colour?\n    shuffle: false\n    \
                choices:\n      - {text: \"`red`\", why: Paint.}\n      - {text: blue, correct: true, why: \"*Sea*.\"}\n";
    let path = learner.write("shop.yaml", deck);
    learner.feed(&format!("exam {path} --plain"), "a\nsubmit\nsubmit\n");
    let page = page_of(&learner, "--items");
    let expected = [
        "<p>A shop sells <em>boats</em>.</p>\n<p>Which colour?</p>",
        "<li>a) <code>red</code> <strong>[your choice]</strong></li>\n<li class=\"reason\">Paint.</li>",
        "<li>b) blue <strong>[right]</strong></li>\n<li class=\"reason\"><em>Sea</em>.</li>",
        // A label that another one would lie on is left out.
        ">90 passes</text><text x=\"0.00%\" y=\"60\" text-anchor=\"start\">0</text></svg>",
    ];
    for expected in expected {
        assert!(page.contains(expected), "no `{expected}` in {page}");
    }
}

#[test]
fn a_page_replaces_a_file_only_when_told_to() {
    let learner = sat([4, 10, 6, 5]);
    let path = learner.write("mine.html", "my own");
    refused(learner.say(&format!("report --html {path}")), 1, "mine.html");
    assert_eq!(std::fs::read_to_string(&path).expect("the file"), "my own");
    let said = learner.say(&format!("report --html {path} --force")).done().out;
    assert!(said.starts_with("Report: ") && std::fs::read_to_string(&path).expect("the file").len() > 2_000);
}

const HOSTILE: &[&str] = &[
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "\" onmouseover=\"alert(1)",
    "' autofocus onfocus='alert(1)",
    "<a href=\"javascript:alert(1)\">x</a>",
    "[x](javascript:alert(1))",
    "![x](https://example.org/x.png)",
    "<https://example.org/>",
    "<iframe srcdoc=\"<script>alert(1)</script>\">",
    "<link rel=stylesheet href=//example.org/x.css>",
    "<meta http-equiv=refresh content=0;url=//example.org>",
    "<base href=//example.org/>",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "-->]]><script>alert(1)</script><!--",
    "<ScRiPt\u{0}>alert(1)</sCrIpT>",
];

/// Elements and attributes that the page is made of.
const ELEMENTS: &[&str] = &[
    "!doctype",
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "header",
    "main",
    "section",
    "article",
    "h1",
    "h2",
    "h3",
    "p",
    "strong",
    "em",
    "code",
    "pre",
    "blockquote",
    "ul",
    "ol",
    "li",
    "br",
    "hr",
    "table",
    "caption",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "svg",
    "rect",
    "circle",
    "text",
];
const ATTRIBUTES: &[&str] = &[
    "html",
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "scope",
    "viewbox",
    "role",
    "aria-label",
    "aria-hidden",
    "focusable",
    "preserveaspectratio",
    "x",
    "y",
    "cx",
    "cy",
    "r",
    "width",
    "height",
    "text-anchor",
    "start",
];

/// Checks that a page has no element and no attribute that it is not made of, and points nowhere.
#[track_caller]
fn check_inert(page: &str) {
    let csp = "http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"";
    assert!(page.contains(csp));
    let (head, rest) = page.split_once("<style>").expect("a style");
    let (style, body) = rest.split_once("</style>").expect("the end of the style");
    assert!(!style.contains("url(") && !style.contains("@import") && !style.contains('<'));
    for tag in [head, body].iter().flat_map(|part| part.split('<').skip(1)) {
        let tag = tag.split_once('>').expect("a whole tag").0.to_lowercase();
        let tag = tag.trim_start_matches('/').trim_end_matches('/');
        let (element, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        assert!(ELEMENTS.contains(&element), "element `{tag}`");
        // Outside quotes stand names alone.
        let names: String = attributes.split('"').step_by(2).collect::<Vec<_>>().join(" ");
        for name in names.split_whitespace().map(|name| name.trim_end_matches('=')) {
            assert!(ATTRIBUTES.contains(&name), "attribute `{name}` of `{tag}`");
        }
    }
}

#[test]
fn a_page_obeys_nothing_that_a_deck_or_a_learner_wrote() {
    for hostile in HOSTILE {
        let quoted = serde_json::to_string(hostile).expect("JSON is YAML");
        let deck = format!(
            "id: bad\ntitle: {quoted}\nexam: {{minutes: 5, items: 2, levels: {{{quoted}: 0, Good: 0.9}}}}\n\
             domains: [{{id: one, title: {quoted}, weight: 60}}, {{id: two, title: Two, weight: 40}}]\n\
             insights: [{{id: x, when: [{{domains: all, level: {quoted}, at_least: 0}}], says: {quoted}, advice: {quoted}}}]\n\
             questions:\n  - {{id: a, domain: one, stem: {quoted}, right: {quoted}, wrong: [x, y], refs: [{quoted}]}}\n  \
             - {{id: b, domain: two, stem: Why?, choices: [{{text: p, correct: true, why: {quoted}}}, {{text: q, why: {quoted}}}]}}\n",
        );
        let deck = deck.replace("\\u0000", "");
        let learner = Learner::new();
        let path = learner.write("bad.yaml", &deck);
        let said =
            learner.feed(&format!("exam {path} --plain --seed 3"), &format!("note {hostile}\nb\na\nsubmit\nsubmit\n"));
        assert!(said.out.contains("scaled score"), "{hostile}: {}{}", said.out, said.err);
        check_inert(&page_of(&learner, "--items"));
        check_inert(&page_of(&learner, "--authentic"));
    }
}
