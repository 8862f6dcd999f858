//! A form on paper: the questions as one HTML file, their key as another.

use std::time::Duration;

use crate::deck::{Answer, Ask, Question, Slot};
use crate::exam::ItemRole;
use crate::render::html::{escape, markdown, page};
use crate::render::{Shortfall, minutes_words, plural};
use crate::score::{Outcome, ScoreRow, ScoreTable, Subject};

/// Forms to be printed.
#[derive(Debug, Clone, PartialEq)]
pub struct PaperSet {
    /// The deck's id.
    pub deck: String,
    /// The forms that have a question at all.
    pub papers: Vec<Paper>,
    /// What the bank lacks for whole forms; `None` if it lacks nothing.
    pub shortfall: Option<Shortfall>,
}

/// A form to be printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper {
    /// The deck's title.
    pub title: String,
    /// What the form is called.
    pub name: FormName,
    /// Fingerprint of the items, their texts and orders: a paper and its key show the same.
    pub code: String,
    /// The time limit; `None` without a clock.
    pub limit: Option<Duration>,
    /// The items in order.
    pub items: Vec<PaperItem>,
    /// What right answers are worth; `None` for a deck without an exam.
    pub table: Option<ScoreTable>,
    /// The titles of the deck's domains.
    pub domains: Vec<String>,
}

/// What a printed form is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormName {
    /// As the deck names it.
    Named(String),
    /// By the seed from which it was drawn.
    Drawn {
        /// The seed.
        seed: u64,
        /// Its number among those drawn together, from 1.
        number: usize,
        /// How many were drawn together.
        n_forms: usize,
    },
}

/// An item of a form to be printed.
#[derive(Debug, Clone, PartialEq)]
pub struct PaperItem {
    /// Its id.
    pub id: String,
    /// The title of its domain.
    pub domain: String,
    /// Whether it counts; told in the key only.
    pub role: ItemRole,
    /// Its text.
    pub question: Question,
    /// For each place on the paper, the choice's place in the deck.
    pub choice_order: Vec<usize>,
}

const STYLE: &str = include_str!("paper.css");

impl FormName {
    /// Says it: `Form A`, `Form of seed 7`, `Form 2 of 3, seed 7`.
    pub fn words(&self) -> String {
        match self {
            FormName::Named(form) => format!("Form {form}"),
            FormName::Drawn { seed, n_forms: 1, .. } => format!("Form of seed {seed}"),
            FormName::Drawn { seed, number, n_forms } => format!("Form {number} of {n_forms}, seed {seed}"),
        }
    }
}

impl Paper {
    /// What a paper and its key have in common in their heads.
    fn facts(&self) -> String {
        let mut facts = vec![self.name.words(), format!("code {}", self.code)];
        facts.push(plural(self.items.len(), "question", "questions"));
        facts.extend(self.limit.map(minutes_words));
        format!("<p class=\"facts\">{}</p>\n", escape(&facts.join(" · ")))
    }
}

impl PaperItem {
    /// The right answer on this paper: the letters of the choices, `b d`; slot by slot, `c a b`; or the text.
    fn key(&self) -> String {
        let on_paper = |answer: Answer| answer.on_screen(&self.choice_order).to_string();
        match &self.question.ask {
            Ask::Choices { .. } => on_paper(self.question.key().into()),
            Ask::Arrangement(arrangement) => on_paper(arrangement.key().into()),
            Ask::Typed(typed) => typed.accept.join(" · "),
        }
    }

    /// What is asked: how to answer, where it is not one choice, and the choices or options in order.
    fn ask(&self) -> String {
        match &self.question.ask {
            Ask::Choices { choices, .. } => {
                let n_keys = self.question.key().len();
                let cue = if n_keys > 1 { strong(&format!("Choose {n_keys}.")) } else { String::new() };
                cue + &self.lettered(|idx| choices.get(idx).map(|choice| ("", markdown(&choice.text))))
            }
            Ask::Arrangement(arrangement) => {
                let cue = if arrangement.is_ordering() {
                    strong("Write the letters in order.")
                } else {
                    strong("Write a letter to each number.")
                };
                let slots = arrangement.slots.iter().map(|slot| {
                    let label = slot.label.as_deref().map(markdown).unwrap_or_default();
                    format!("<li><span class=\"blank\"></span>{label}</li>\n")
                });
                let slots: String = slots.collect();
                let options = self.lettered(|idx| arrangement.option(idx).map(|option| ("", markdown(option))));
                format!("{cue}<ol class=\"slots\">\n{slots}</ol>\n{options}")
            }
            Ask::Typed(_) => "<p class=\"line\"></p>\n".to_owned(),
        }
    }

    /// What is right and why.
    fn solution(&self) -> String {
        let why = |text: Option<&str>| text.map(markdown).unwrap_or_default();
        match &self.question.ask {
            Ask::Choices { choices, .. } => self.lettered(|idx| {
                let choice = choices.get(idx)?;
                let (class, verdict) =
                    if choice.is_key { (" class=\"right\"", strong("Right.")) } else { ("", String::new()) };
                Some((class, markdown(&choice.text) + &verdict + &why(choice.why.as_deref())))
            }),
            Ask::Arrangement(arrangement) => {
                let slot = |slot: &Slot| {
                    let label = slot.label.as_deref().map(markdown).unwrap_or_default();
                    format!("<li>{label}{}{}</li>\n", markdown(&slot.key), why(slot.why.as_deref()))
                };
                let slots: String = arrangement.slots.iter().map(slot).collect();
                format!("<ol class=\"slots\">\n{slots}</ol>\n{}", why(arrangement.why.as_deref()))
            }
            Ask::Typed(typed) => markdown(typed.shown()) + &why(typed.why.as_deref()),
        }
    }

    /// The choices or options in order, each with its class and what stands in it.
    fn lettered(&self, inside: impl Fn(usize) -> Option<(&'static str, String)>) -> String {
        let shown = self.choice_order.iter().filter_map(|idx| inside(*idx));
        let mut html = String::from("<ol class=\"choices\">\n");
        for (class, inside) in shown {
            html.push_str(&format!("<li{class}>{inside}</li>\n"));
        }
        html + "</ol>\n"
    }
}

fn strong(text: &str) -> String {
    format!("<p><strong>{text}</strong></p>\n")
}

/// Writes the questions, without a word about keys, domains or roles.
pub fn paper_html(paper: &Paper) -> String {
    let mut body = format!("<main>\n<h1>{}</h1>\n{}", escape(&paper.title), paper.facts());
    body.push_str("<div class=\"lines\"><span>Name</span><span class=\"short\">Date</span></div>\n");
    body.push_str(
        "<p class=\"rules\">Circle the letter of your answer. Choose one unless the question asks for more; then all \
         of them have to be right. A question left blank counts as wrong.</p>\n",
    );
    let is_written = |item: &PaperItem| !matches!(item.question.ask, Ask::Choices { .. });
    if paper.items.iter().any(is_written) {
        body.push_str("<p class=\"rules\">Where there are lines, write on them; every line has to be right.</p>\n");
    }
    for (position, item) in paper.items.iter().enumerate() {
        let stem = markdown(&item.question.prompt());
        body.push_str(&question(position, &(stem + &item.ask())));
    }
    page(&paper.title, STYLE, &(body + "</main>\n"))
}

/// Writes the key: right letters, domains and roles in a table, then what right answers are worth, then the reasons.
pub fn key_html(paper: &Paper) -> String {
    let title = format!("Key: {}", paper.title);
    let mut body = format!("<main>\n<h1>{}</h1>\n{}", escape(&title), paper.facts());
    body.push_str(&answers(paper));
    if let Some(table) = &paper.table {
        body.push_str(&worth(table, &paper.domains));
    }
    body.push_str("<h2>Reasons</h2>\n");
    for (position, item) in paper.items.iter().enumerate() {
        let mut html = markdown(&item.question.prompt()) + &item.solution();
        for link in &item.question.refs {
            html.push_str(&format!("<p class=\"facts\">See {}</p>\n", escape(link)));
        }
        body.push_str(&question(position, &html));
    }
    page(&title, STYLE, &(body + "</main>\n"))
}

fn question(position: usize, html: &str) -> String {
    format!("<section class=\"question\"><b>{}.</b><div>\n{html}</div></section>\n", position + 1)
}

fn answers(paper: &Paper) -> String {
    let mut html = String::from(
        "<table>\n<thead><tr><th class=\"number\">Question</th><th>Right</th><th>Counts</th><th>Domain</th>\
         <th>Item</th></tr></thead>\n<tbody>\n",
    );
    for (position, item) in paper.items.iter().enumerate() {
        let counts = match item.role {
            ItemRole::Scored => "yes",
            ItemRole::Unscored => "no",
        };
        html.push_str(&format!(
            "<tr><td class=\"number\">{}</td><td><b>{}</b></td><td>{counts}</td><td>{}</td><td>{}</td></tr>\n",
            position + 1,
            escape(&item.key()),
            escape(&item.domain),
            escape(&item.id),
        ));
    }
    html + "</tbody>\n</table>\n"
}

fn worth(table: &ScoreTable, domains: &[String]) -> String {
    let total_decides = table.needs.iter().any(|need| need.subject == Subject::Total);
    let passing = if total_decides {
        format!("{} or more pass; a barely passing candidate expects {:.2}.", table.raw_needed, table.raw_cut)
    } else {
        "The total decides nothing.".to_owned()
    };
    let minimums = table.needs.iter().filter_map(|need| match need.subject {
        Subject::Total => None,
        Subject::Domain { domain_idx } => {
            let title = escape(domains.get(domain_idx).map_or("", String::as_str));
            Some(format!("<p>It takes {} of {} in {title}.</p>\n", need.raw_needed, need.n_items))
        }
    });
    let minimums: String = minimums.collect();
    let mut html = format!(
        "<h2>Score</h2>\n<p>Count the right answers among the {} that count. {passing}</p>\n{minimums}<table>\n<thead><tr><th class=\"number\">Right</th><th class=\"number\">Score</th>\
         <th>68 % band</th><th>Verdict</th></tr></thead>\n<tbody>\n",
        plural(table.n_scored, "question", "questions"),
    );
    let row = |row: &ScoreRow| {
        let verdict = match row.outcome {
            Outcome::Pass => "pass",
            Outcome::Fail => "",
        };
        format!(
            "<tr><td class=\"number\">{}</td><td class=\"number\">{:.1}</td><td>{:.0} to {:.0}</td><td>{verdict}</td></tr>\n",
            row.raw, row.scaled, row.band.low, row.band.high,
        )
    };
    html.extend(table.rows.iter().map(row));
    html + "</tbody>\n</table>\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::deck::{Arrangement, Choice, ShuffleChoices, TypedAnswer};

    fn choice(text: &str, is_key: bool, why: Option<&str>) -> Choice {
        Choice { text: text.to_owned(), is_key, why: why.map(str::to_owned) }
    }

    fn item(id: &str, stem: &str, choices: Vec<Choice>, choice_order: Vec<usize>) -> PaperItem {
        let question = Question {
            stimulus: None,
            stem: stem.to_owned(),
            ask: Ask::Choices { choices, shuffle: ShuffleChoices::Yes },
            refs: vec!["a & b".to_owned()],
        };
        PaperItem { id: id.to_owned(), domain: "Nets <1>".to_owned(), role: ItemRole::Scored, question, choice_order }
    }

    fn paper() -> Paper {
        let one = vec![choice("yes", true, Some("Because *so*.")), choice("no", false, None)];
        let two = vec![choice("`a`", true, None), choice("b", false, None), choice("c", true, None)];
        let unscored = item("two", "Which?", two, vec![2, 1, 0]);
        Paper {
            title: "A <b> exam".to_owned(),
            name: FormName::Drawn { seed: 7, number: 2, n_forms: 3 },
            code: "0123abcd".to_owned(),
            limit: Some(Duration::from_mins(5)),
            items: vec![item("one", "Is 1 < 2?", one, vec![1, 0]), PaperItem { role: ItemRole::Unscored, ..unscored }],
            table: None,
            domains: Vec::new(),
        }
    }

    /// What stands in the body.
    fn body(html: &str) -> &str {
        html.split_once("<main>\n").and_then(|(_, rest)| rest.split_once("</main>")).expect("a body").0
    }

    #[test]
    fn what_is_arranged_or_typed_has_lines_and_its_key() {
        let slot =
            |label: Option<&str>, key: &str| Slot { label: label.map(str::to_owned), key: key.to_owned(), why: None };
        let arrangement = |slots: Vec<Slot>| Ask::Arrangement(Arrangement { slots, extra: Vec::new(), why: None });
        let typed = TypedAnswer { accept: vec!["443".to_owned()], shown: None, why: Some("It is.".to_owned()) };
        let asks = [
            arrangement(vec![slot(None, "first"), slot(None, "second")]),
            arrangement(vec![slot(Some("EBS"), "blocks"), slot(Some("S3"), "objects")]),
            Ask::Typed(typed),
        ];
        let items = asks.map(|ask| {
            let mut item = item("one", "How?", Vec::new(), vec![1, 0]);
            item.question.ask = ask;
            item
        });
        let paper = Paper { items: items.to_vec(), ..paper() };
        let (asked, key) = (paper_html(&paper), key_html(&paper));
        assert_eq!((asked.matches("class=\"blank\"").count(), asked.matches("class=\"line\"").count()), (4, 1));
        assert!(asked.contains("<p>EBS</p>") && !asked.contains("443"));
        for right in ["<b>b a</b>", "<b>443</b>", "<p>It is.</p>"] {
            assert!(key.contains(right), "no {right:?} in {key}");
        }
    }

    #[test]
    fn a_paper_asks_and_tells_nothing() {
        let html = paper_html(&paper());
        insta::assert_snapshot!(body(&html), @r#"
        <h1>A &lt;b&gt; exam</h1>
        <p class="facts">Form 2 of 3, seed 7 · code 0123abcd · 2 questions · 5 minutes</p>
        <div class="lines"><span>Name</span><span class="short">Date</span></div>
        <p class="rules">Circle the letter of your answer. Choose one unless the question asks for more; then all of them have to be right. A question left blank counts as wrong.</p>
        <section class="question"><b>1.</b><div>
        <p>Is 1 &lt; 2?</p>
        <ol class="choices">
        <li><p>no</p>
        </li>
        <li><p>yes</p>
        </li>
        </ol>
        </div></section>
        <section class="question"><b>2.</b><div>
        <p>Which?</p>
        <p><strong>Choose 2.</strong></p>
        <ol class="choices">
        <li><p>c</p>
        </li>
        <li><p>b</p>
        </li>
        <li><p><code>a</code></p>
        </li>
        </ol>
        </div></section>
        "#);
        for secret in ["Because", "Right", "right:", "Nets", "two", "a &amp; b", "class=\"right"] {
            assert!(!body(&html).contains(secret), "{secret}");
        }
    }

    #[test]
    fn a_key_gives_letters_roles_domains_and_reasons() {
        insta::assert_snapshot!(body(&key_html(&paper())), @r#"
        <h1>Key: A &lt;b&gt; exam</h1>
        <p class="facts">Form 2 of 3, seed 7 · code 0123abcd · 2 questions · 5 minutes</p>
        <table>
        <thead><tr><th class="number">Question</th><th>Right</th><th>Counts</th><th>Domain</th><th>Item</th></tr></thead>
        <tbody>
        <tr><td class="number">1</td><td><b>b</b></td><td>yes</td><td>Nets &lt;1&gt;</td><td>one</td></tr>
        <tr><td class="number">2</td><td><b>a c</b></td><td>no</td><td>Nets &lt;1&gt;</td><td>two</td></tr>
        </tbody>
        </table>
        <h2>Reasons</h2>
        <section class="question"><b>1.</b><div>
        <p>Is 1 &lt; 2?</p>
        <ol class="choices">
        <li><p>no</p>
        </li>
        <li class="right"><p>yes</p>
        <p><strong>Right.</strong></p>
        <p>Because <em>so</em>.</p>
        </li>
        </ol>
        <p class="facts">See a &amp; b</p>
        </div></section>
        <section class="question"><b>2.</b><div>
        <p>Which?</p>
        <ol class="choices">
        <li class="right"><p>c</p>
        <p><strong>Right.</strong></p>
        </li>
        <li><p>b</p>
        </li>
        <li class="right"><p><code>a</code></p>
        <p><strong>Right.</strong></p>
        </li>
        </ol>
        <p class="facts">See a &amp; b</p>
        </div></section>
        "#);
    }

    #[test]
    fn a_page_loads_and_runs_nothing() {
        for html in [paper_html(&paper()), key_html(&paper())] {
            assert!(html.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
            for forbidden in ["<script", "<link", "<img", "<a ", "url(", "@import", "http:", "https:"] {
                assert!(!html.contains(forbidden), "{forbidden}");
            }
        }
    }
}
