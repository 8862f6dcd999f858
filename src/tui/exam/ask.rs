//! What the candidate is asked before going out.

use ratatui::text::Line;

use crate::base::SafeText;
use crate::exam::{Ending, Tally};
use crate::tui::dialog::{Answer, Dialog};
use crate::tui::exam::desk::ExamExit;
use crate::tui::exam::keymap::Msg;
use crate::tui::exam::room::{Ask, Filter, Room};

/// An answer and what it leads to.
pub(crate) struct Choice {
    /// The key that gives it.
    pub(crate) key: char,
    label: &'static str,
    note: &'static str,
    /// What it leads to.
    pub(crate) msg: Msg,
}

fn choice(key: char, label: &'static str, note: &'static str, msg: Msg) -> Choice {
    Choice { key, label, note, msg }
}

impl Ask {
    /// Returns the possible answers, the harmless one first.
    pub(crate) fn answers(self, room: &Room) -> Vec<Choice> {
        match self {
            Ask::HowToLeave => vec![
                choice('c', "Continue", "back to the question", Msg::Back),
                choice('e', "End and score", "asks once more", Msg::Ask(Ask::End)),
                choice('l', "Leave", leave_note(room), Msg::Leave(ExamExit::Leave)),
                choice('a', "Abandon", "kept in the history, no score", Msg::Ask(Ask::Abandon)),
            ],
            Ask::End => vec![
                choice('n', "No, go back", "", Msg::Back),
                choice('y', "Yes, end and score", "", Msg::Leave(ExamExit::End(Ending::Submitted))),
            ],
            Ask::Abandon => vec![
                choice('n', "No, go back", "", Msg::Back),
                choice('y', "Yes, abandon it", "", Msg::Leave(ExamExit::End(Ending::Abandoned))),
            ],
            Ask::LeaveSection(position) => vec![
                choice('n', "No, stay", "", Msg::Back),
                choice('r', "Review", "the list of this section", Msg::OpenReview),
                choice('y', "Yes, go on", "nobody comes back", Msg::EnterSection(position)),
            ],
            Ask::LeaveUnsaved(exit) => {
                let mut answers = vec![
                    choice('w', "Save again", "", Msg::Leave(exit)),
                    choice('d', "Go on without them", "they are lost", Msg::LeaveUnsaved(exit)),
                ];
                if !room.is_over() {
                    answers.push(choice('c', "Back to the exam", "", Msg::Back));
                }
                answers
            }
        }
    }
}

fn leave_note(room: &Room) -> &'static str {
    match room.limit {
        Some(_) if room.is_practice() => "come back later; the clock stands",
        Some(_) => "come back later; the clock runs on",
        None => "come back later",
    }
}

/// Returns the box that asks.
pub(crate) fn dialog(room: &Room, ask: Ask) -> Dialog {
    let answers = ask.answers(room).into_iter();
    let answers = answers.map(|own| Answer { key: own.key, label: own.label, note: own.note.to_owned() }).collect();
    let (title, lines) = match ask {
        Ask::HowToLeave => ("Leave the exam?", saved_lines(room)),
        Ask::End => ("End and score?", end_lines(room)),
        Ask::Abandon => (
            "Abandon this sitting?",
            vec![Line::raw("It stays in the history, but it gets no score and its answers count for nothing.")],
        ),
        Ask::LeaveSection(position) => ("Leave this section?", section_lines(room, position)),
        Ask::LeaveUnsaved(_) => ("Not everything is saved", unsaved_lines(room)),
    };
    Dialog { title, lines, answers }
}

fn saved_lines(room: &Room) -> Vec<Line<'static>> {
    match room.n_unsaved_marks() {
        0 => vec![Line::raw("Every answer so far is saved.")],
        _ => unsaved_lines(room),
    }
}

fn end_lines(room: &Room) -> Vec<Line<'static>> {
    let Tally { n_answered, n_incomplete, n_blank, n_not_reached, n_flagged } = room.sitting.tally();
    let theme = &room.theme;
    let counts = [
        ("answered", n_answered),
        ("incomplete", n_incomplete),
        ("blank", n_blank),
        ("never shown", n_not_reached),
        ("flagged", n_flagged),
    ];
    let mut lines: Vec<Line<'static>> =
        counts.into_iter().map(|(word, n)| Line::raw(format!("{n:\u{a0}>4}\u{a0}\u{a0}{word}"))).collect();
    lines.push(Line::default());
    lines.push(match n_incomplete + n_blank + n_not_reached {
        0 => Line::styled("Every question is answered.", theme.good),
        1 => Line::styled("1 question is open and counts as wrong.", theme.warning),
        n => Line::styled(format!("{n} questions are open and count as wrong."), theme.warning),
    });
    lines
}

fn section_lines(room: &Room, position: usize) -> Vec<Line<'static>> {
    let form = room.sitting.form();
    let title = |idx: usize| {
        let section = form.sections.get(idx);
        SafeText::one_line(section.map_or("", |section| section.title.as_str())).to_string()
    };
    let (here, there) = (title(room.sitting.section_idx()), title(form.section_idx(position)));
    let n_flagged = room.listed(Filter::Flagged).len();
    vec![
        Line::raw(format!("You are leaving {here} for {there}.")),
        Line::styled("You cannot come back to it.", room.theme.warning),
        Line::default(),
        match room.listed(Filter::Incomplete).len() {
            0 => Line::styled("Every question of it is answered.", room.theme.good),
            1 => Line::styled("1 question of it is open.", room.theme.warning),
            n => Line::styled(format!("{n} questions of it are open."), room.theme.warning),
        },
        Line::raw(format!("{n_flagged} flagged.")),
    ]
}

fn unsaved_lines(room: &Room) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    if room.is_over() {
        lines.push(Line::styled("Time is up.", room.theme.warning));
    }
    lines.push(Line::raw(match room.n_unsaved_marks() {
        0 => "The last step could not be saved:".to_owned(),
        1 => "1 answer could not be saved:".to_owned(),
        n => format!("{n} answers could not be saved:"),
    }));
    lines.push(Line::styled(room.failure.clone().unwrap_or_default(), room.theme.bad));
    lines
}
