//! The note types that exported decks bring with them.

use serde_json::{Value, json};

use crate::exchange::write::letter;

/// Note types of our own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::exchange) enum Kind {
    Choices,
    Typed,
    Card,
    Cloze,
}

impl Kind {
    pub(in crate::exchange) const ALL: [Kind; 4] = [Kind::Choices, Kind::Typed, Kind::Card, Kind::Cloze];

    /// Ids stay the same for ever, so that importing twice does not make a second type. The number of choices belongs
    /// to the type.
    pub(in crate::exchange) fn id(self, n_choices: usize) -> i64 {
        let base = 1_790_000_000_000;
        match self {
            Kind::Choices => base + i64::try_from(n_choices).unwrap_or(0),
            Kind::Typed => base + 101,
            Kind::Card => base + 102,
            Kind::Cloze => base + 103,
        }
    }

    fn name(self, n_choices: usize) -> String {
        match self {
            Kind::Choices => format!("cutscore: up to {n_choices} choices"),
            Kind::Typed => "cutscore: typed answer".to_owned(),
            Kind::Card => "cutscore: card".to_owned(),
            Kind::Cloze => "cutscore: text with blanks".to_owned(),
        }
    }

    /// The names of the fields, the question first.
    pub(in crate::exchange) fn fields(self, n_choices: usize) -> Vec<String> {
        let fixed: &[&str] = match self {
            Kind::Choices => &["Question", "Type", "Answer", "Right", "Explanation", "References", "Shuffle"],
            Kind::Typed => &["Question", "Answer", "Also accepted", "Explanation", "References"],
            Kind::Card => &["Front", "Back", "References"],
            Kind::Cloze => &["Text", "References"],
        };
        let mut all: Vec<String> = fixed.iter().map(ToString::to_string).collect();
        if self == Kind::Choices {
            for idx in 0..n_choices {
                all.extend(["Choice", "Match", "Why"].map(|word| format!("{word} {}", letter(idx))));
            }
        }
        all
    }

    fn sides(self, n_choices: usize) -> (String, String) {
        let refs = "{{#References}}<div class=refs>{{References}}</div>{{/References}}";
        match self {
            Kind::Choices => choice_sides(n_choices, refs),
            Kind::Typed => (
                "<div class=stem>{{Question}}</div>\n{{type:Answer}}".to_owned(),
                format!(
                    "<div class=stem>{{{{Question}}}}</div>\n{{{{type:Answer}}}}\n\
                     {{{{#Also accepted}}}}<div>or: {{{{Also accepted}}}}</div>{{{{/Also accepted}}}}\n\
                     <div class=why>{{{{Explanation}}}}</div>\n{refs}"
                ),
            ),
            Kind::Card => ("{{Front}}".to_owned(), format!("{{{{FrontSide}}}}\n<hr id=answer>\n{{{{Back}}}}\n{refs}")),
            Kind::Cloze => ("{{cloze:Text}}".to_owned(), format!("{{{{cloze:Text}}}}\n{refs}")),
        }
    }

    /// The type as the collection has it.
    pub(in crate::exchange) fn model(self, n_choices: usize, at_secs: i64, deck: i64) -> Value {
        let field = |(ord, name): (usize, &String)| {
            json!({
                "name": name, "ord": ord, "sticky": false, "rtl": false, "font": "Arial", "size": 20, "media": [],
            })
        };
        let (front, back) = self.sides(n_choices);
        let template = json!({
            "name": "Card 1", "ord": 0, "qfmt": front, "afmt": back, "did": null, "bqfmt": "", "bafmt": "",
        });
        json!({
            "id": self.id(n_choices),
            "name": self.name(n_choices),
            "type": i32::from(self == Kind::Cloze),
            "mod": at_secs, "usn": -1, "sortf": 0, "did": deck, "tags": [], "vers": [],
            "flds": self.fields(n_choices).iter().enumerate().map(field).collect::<Vec<_>>(),
            "tmpls": [template],
            "css": CSS,
            "latexPre": "\\documentclass[12pt]{article}\n\\begin{document}\n",
            "latexPost": "\\end{document}",
            "req": [[0, "any", [0]]],
        })
    }
}

/// Choices are shuffled when a card is shown, and keep their order on its back.
fn choice_sides(n_choices: usize, refs: &str) -> (String, String) {
    let letters: Vec<char> = (0..n_choices).map(letter).collect();
    let list = |with_why: bool| -> String {
        let entry = |letter: &char| {
            let why = if with_why { format!("<div class=why>{{{{Why {letter}}}}}</div>") } else { String::new() };
            format!(
                "{{{{#Choice {letter}}}}}<li data-key={letter}>{{{{Choice {letter}}}}}{why}</li>{{{{/Choice {letter}}}}}\n"
            )
        };
        letters.iter().map(entry).collect()
    };
    let label =
        |letter: &char| format!("{{{{#Match {letter}}}}}<li>{{{{Match {letter}}}}}</li>{{{{/Match {letter}}}}}\n");
    let labels = letters.iter().map(label).collect::<Vec<String>>().concat();
    let stem = "<div class=stem>{{Question}}</div>\n";
    let data = "id=choices data-answer=\"{{Answer}}\" data-type=\"{{Type}}\" data-fixed=\"{{Shuffle}}\"";
    let front =
        format!("{stem}<ul class=labels>\n{labels}</ul>\n<ol {data} class=front>\n{}</ol>\n{SCRIPT}", list(false));
    let back = format!(
        "{stem}<ul class=labels>\n{labels}</ul>\n<ol {data} class=back>\n{}</ol>\n<hr id=answer>\n<div class=right>{{{{Right}}}}</div>\n\
         <div class=why>{{{{Explanation}}}}</div>\n{refs}\n{SCRIPT}",
        list(true)
    );
    (front, back)
}

const SCRIPT: &str = r#"<script>
(function () {
  var list = document.getElementById("choices");
  var entries = Array.prototype.slice.call(list.children);
  var isBack = list.className == "back";
  var names = entries.map(function (entry) { return entry.dataset.key; });
  var order = names.slice();
  if (list.dataset.fixed != "no") {
    for (var i = order.length - 1; i > 0; i--) {
      var j = Math.floor(Math.random() * (i + 1));
      var kept = order[i]; order[i] = order[j]; order[j] = kept;
    }
  }
  try {
    if (isBack) { order = JSON.parse(sessionStorage.getItem("cutscore")) || order; }
    else { sessionStorage.setItem("cutscore", JSON.stringify(order)); }
  } catch (error) { order = names; }
  order.forEach(function (name) {
    entries.forEach(function (entry) { if (entry.dataset.key == name) { list.appendChild(entry); } });
  });
  if (isBack && list.dataset.type == "choices") {
    list.dataset.answer.split(" ").forEach(function (name) {
      entries.forEach(function (entry) { if (entry.dataset.key == name) { entry.className = "key"; } });
    });
  }
})();
</script>"#;

const CSS: &str = ".card { font-family: sans-serif; font-size: 18px; text-align: left; max-width: 42em; margin: 0 auto; }\n\
    ol { list-style: upper-alpha; }\nli { margin: 0.4em 0; }\n.labels:empty { display: none; }\n\
    .key { font-weight: bold; }\n.why { font-size: 85%; font-weight: normal; opacity: 0.85; }\n.refs { font-size: 75%; }\n";
