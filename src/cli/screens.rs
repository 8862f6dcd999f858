//! The desks that the screens work at, and what they show before and after.

use std::time::Duration;

use crate::app::{
    AppError, Change, DomainCount, DrillCard, DrillProgress, DrillSession, Feedback, OpenDeck, OpenSitting,
};
use crate::base::SafeText;
use crate::cli::context::Face;
use crate::cli::editor::edit;
use crate::cli::error::CliError;
use crate::cli::output::Talk;
use crate::deck::{Answer, Question};
use crate::exam::{Confidence, ExamPlan, Mark, Sitting, SittingKind};
use crate::render::{ScoreSheet, full_report_text, minimum_words, minutes_words, passing_words, range_words};
use crate::review::Rating;
use crate::tui::{Briefing, Console, DrillDesk, ExamDesk, TextLine, Theme, Tone};

/// Takes the terminal.
pub(in crate::cli) fn open_console(theme: Theme) -> Result<Console, CliError> {
    Console::open(theme).map_err(CliError::Screen)
}

/// An open sitting as the exam room needs it.
pub(in crate::cli) struct SittingDesk<'app> {
    pub(in crate::cli) title: String,
    pub(in crate::cli) room: OpenSitting<'app>,
}

impl ExamDesk for SittingDesk<'_> {
    fn title(&self) -> &str {
        &self.title
    }

    fn limit(&self) -> Option<Duration> {
        self.room.limit()
    }

    fn sitting(&self) -> &Sitting {
        self.room.sitting()
    }

    fn question(&self, position: usize) -> &Question {
        self.room.question(position)
    }

    fn elapsed(&self) -> Duration {
        self.room.elapsed()
    }

    fn show(&mut self, position: usize) -> anyhow::Result<()> {
        Ok(self.room.show(position)?)
    }

    fn mark(&mut self, position: usize, mark: Mark) -> anyhow::Result<()> {
        Ok(self.room.mark(position, mark)?)
    }

    fn is_practice(&self) -> bool {
        self.room.kind() == SittingKind::Practice
    }

    fn note(&mut self, position: usize, note: &str) -> anyhow::Result<()> {
        Ok(self.room.note(position, note)?)
    }

    fn check(&mut self, position: usize) -> anyhow::Result<()> {
        Ok(self.room.check(position)?)
    }

    fn pause(&mut self) -> anyhow::Result<()> {
        Ok(self.room.pause()?)
    }

    fn go_on(&mut self) -> anyhow::Result<()> {
        Ok(self.room.go_on()?)
    }

    fn heartbeat(&mut self) -> anyhow::Result<()> {
        Ok(self.room.beat()?)
    }

    fn rest(&mut self) {
        // Housekeeping that could not be done now is done later; nothing depends on it.
        let _later = self.room.rest();
    }
}

/// What a candidate is told before the clock starts.
pub(in crate::cli) fn briefing(deck: &OpenDeck, plan: &ExamPlan) -> Briefing {
    let (n_scored, n_unscored) = (plan.n_scored.iter().sum::<usize>(), plan.n_unscored.iter().sum::<usize>());
    let questions = match n_unscored {
        0 => plan.n_items().to_string(),
        _ => format!("{}: {n_scored} count, {n_unscored} are unscored and not marked as such", plan.n_items()),
    };
    let mut facts = vec![("Questions".to_owned(), questions)];
    let time = match (plan.limit, plan.extra_time) {
        (None, _) => "no clock runs".to_owned(),
        (Some(limit), None) => format!("{}, from the start on", minutes_words(limit)),
        (Some(limit), Some(extra)) => format!("{}, {} of them extra", minutes_words(limit), minutes_words(extra)),
    };
    facts.push(("Time".to_owned(), time));
    if !plan.sections.is_empty() {
        facts.push(("Sections".to_owned(), format!("{}; none can be entered again", plan.sections.len())));
    }
    if let (SittingKind::Mock, Some(exam)) = (plan.kind, &deck.outline.exam) {
        let scale = exam.announced_scale();
        let passing = passing_words(scale, exam.decision.total());
        facts.push(("Score".to_owned(), format!("{}; {passing}", range_words(scale))));
        facts.extend(minimum_words(exam, &deck.outline.domains).map(|minimums| ("Minimum".to_owned(), minimums)));
    }
    let mut rules = vec!["A blank counts as wrong, so guess; a wrong answer costs nothing more.".to_owned()];
    match (plan.limit, plan.kind) {
        (None, _) => {}
        (Some(_), SittingKind::Practice) => {
            rules.push("The clock stops when you pause or leave; `cutscore exam` brings you back.".to_owned());
        }
        (Some(_), SittingKind::Mock | SittingKind::Partial | SittingKind::Taste) => {
            rules.push("The clock runs on if you leave; `cutscore exam` brings you back.".to_owned());
        }
    }
    if plan.kind == SittingKind::Practice {
        rules.push("After an answer, n tells what is right and why; the answer stands from then on.".to_owned());
        rules.push("Practice is never evidence of readiness.".to_owned());
    }
    rules.push("Every answer is saved at once.".to_owned());
    if plan.kind == SittingKind::Taste {
        rules.push("A taste says nothing about readiness, but it starts your drill.".to_owned());
    }
    Briefing { title: SafeText::one_line(&deck.outline.title).to_string(), facts, rules }
}

/// The score report below its title, as lines with tones: the same words as everywhere.
pub(in crate::cli) fn report_lines(sheet: &ScoreSheet) -> Vec<TextLine> {
    let tone = |line: &str| {
        let tone = match line.trim_start().split(' ').next() {
            Some("PASS") => Tone::Good,
            Some("FAIL") => Tone::Bad,
            Some("Domain" | "Sitting") => Tone::Dim,
            _ => Tone::Plain,
        };
        TextLine::new(tone, line)
    };
    full_report_text(sheet).lines().skip(1).map(tone).collect()
}

/// A drill as its screens need it.
pub(in crate::cli) struct CardDesk<'session, 'app> {
    pub(in crate::cli) session: &'session mut DrillSession<'app>,
    pub(in crate::cli) talk: Talk,
}

impl DrillDesk for CardDesk<'_, '_> {
    fn card(&self) -> Option<&DrillCard> {
        self.session.card()
    }

    fn progress(&self) -> DrillProgress {
        self.session.progress()
    }

    fn time_left(&self) -> Option<Duration> {
        self.session.time_left()
    }

    fn standing(&self) -> Vec<DomainCount> {
        self.session.standing()
    }

    fn answer(&mut self, answer: Answer, confidence: Confidence) -> anyhow::Result<Feedback> {
        Ok(self.session.answer(answer, confidence)?)
    }

    fn recall(&mut self, rating: Rating) -> anyhow::Result<Feedback> {
        Ok(self.session.recall(rating)?)
    }

    fn preview(&self, rating: Rating) -> u32 {
        // A preview that cannot be read is no reason to stop the drill.
        self.session.preview(rating).unwrap_or(0)
    }

    fn advance(&mut self) -> anyhow::Result<()> {
        Ok(self.session.advance()?)
    }

    fn undo(&mut self) -> anyhow::Result<Option<Change>> {
        Ok(self.session.undo()?)
    }

    fn redo(&mut self) -> anyhow::Result<Option<Change>> {
        Ok(self.session.redo()?)
    }

    fn suspend(&mut self) -> anyhow::Result<()> {
        Ok(self.session.suspend()?)
    }

    fn bury(&mut self) -> anyhow::Result<()> {
        Ok(self.session.bury()?)
    }

    fn note(&mut self, note: &str) -> anyhow::Result<()> {
        let item = self.session.card().ok_or(AppError::NoOpenCard)?.item.clone();
        self.session.note(&item, note)?;
        Ok(())
    }

    fn edit(&mut self) -> anyhow::Result<&'static str> {
        let item = self.session.card().ok_or(AppError::NoOpenCard)?.item.clone();
        edit(self.session, &item, Face::Screens, self.talk)
    }

    fn rest(&mut self) {
        // Housekeeping that could not be done now is done later; nothing depends on it.
        let _later = self.session.rest();
    }
}
