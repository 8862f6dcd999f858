//! What showing a card now is worth to this learner, from the newest answers.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::app::{App, AppError, OpenDeck};
use crate::base::StudyDay;
use crate::deck::{Blueprint, Guessing, ItemKind, Outline};
use crate::plan::{
    Candidate, DomainRecord, DomainWorth, Expectation, Forecast, MemoryRecord, Ranking, Target, Worth, known_share,
    points_on_exam_day, rank, rank_by_due_date, weakness,
};
use crate::store::{ConceptRow, DomainSize, Foresight, ItemClass, Millionths, NewestAnswer, median_times};

/// What the worth of a card needs to know of the deck and the learner.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::app) struct Appraiser {
    target: Target,
    answers: VecDeque<NewestAnswer>, // the newest first, at most N_ANSWERS
    told: Vec<(usize, usize)>,       // right and wrong answers that a real exam told of, by domain
    chances: Vec<f64>,               // of a right answer without knowledge, by domain
    domains: Vec<DomainWorth>,
    records: Vec<DomainRecord>,
    weakness: Vec<f64>,
    forecast: Forecast,
    median_ms: BTreeMap<ItemClass, u64>,
    exam: Option<Blueprint>,
}

/// Newest answers that are looked back on: twice what the forecast's calibration holds.
const N_ANSWERS: usize = 400;
/// Seconds that are expected of a type of item before there is a median.
const FIRST_SECS: f64 = 30.0;

impl App {
    /// Looks back on the newest answers to a deck.
    pub(in crate::app) fn appraiser(
        &self,
        deck: &OpenDeck,
        sizes: &[DomainSize],
        exam_day: Option<StudyDay>,
    ) -> Result<Appraiser, AppError> {
        let today = self.today();
        let size_of = |domain_idx: usize| sizes.get(domain_idx).copied().unwrap_or_default();
        let domains = deck.outline.domains.iter().enumerate().map(|(domain_idx, domain)| DomainWorth {
            weight: domain.weight.middle(),
            n_concepts: size_of(domain_idx).n_concepts,
            known_share: 0.0,
        });
        let mut appraiser = Appraiser {
            target: Target { today, exam_day: Target::day(exam_day, today), chance: chance(&deck.outline, sizes) },
            answers: self.store.newest_answers(&deck.outline.id, deck.index, N_ANSWERS)?.into(),
            told: self.told_answers(deck)?,
            chances: (0..deck.outline.domains.len()).map(|domain_idx| size_of(domain_idx).chance).collect(),
            domains: domains.collect(),
            records: Vec::new(),
            weakness: Vec::new(),
            forecast: Forecast::START,
            median_ms: BTreeMap::new(),
            exam: deck.outline.exam.clone(),
        };
        appraiser.look_back();
        Ok(appraiser)
    }
}

impl Appraiser {
    /// Takes in an answer that is newer than all others.
    pub(in crate::app) fn take_in(&mut self, answer: NewestAnswer) {
        self.answers.push_front(answer);
        self.answers.truncate(N_ANSWERS);
        self.look_back();
    }

    /// Works out what follows from the answers.
    fn look_back(&mut self) {
        let answers = &self.answers;
        for (domain_idx, domain) in self.domains.iter_mut().enumerate() {
            let firsts = answers.iter().filter(|answer| answer.domain_idx == Some(domain_idx) && answer.is_first());
            let (n_right, n_wrong) = outcomes(self.told.get(domain_idx), firsts);
            let chance = self.chances.get(domain_idx).copied().unwrap_or_default();
            domain.known_share = known_share(n_right, n_wrong, chance);
        }
        let mut seen = BTreeSet::new();
        let latest: Vec<&NewestAnswer> = answers.iter().filter(|answer| seen.insert(answer.item)).collect();
        let records = |told: &[(usize, usize)]| records(&self.domains, told, &latest);
        // What the screen tells is what was answered; what is chosen minds what a real exam told, too.
        (self.weakness, self.records) = (weakness(&records(&self.told)), records(&[]));
        self.forecast = forecast_of(answers);
        self.median_ms = median_times(answers);
    }

    /// Ranks concepts by worth, or by due date while the forecast promises too much.
    pub(in crate::app) fn rank(&self, rows: &[ConceptRow]) -> Ranking {
        rank(&self.candidates(rows), &self.domains, self.target, &self.forecast)
    }

    /// Puts concepts into the order of SM-2.
    pub(in crate::app) fn by_due_date(&self, rows: &[ConceptRow]) -> Vec<Worth> {
        rank_by_due_date(&self.candidates(rows), &self.domains, self.target, &self.forecast).queue
    }

    /// Returns what the newest answers say of each domain: of each item, the newest one.
    pub(in crate::app) fn records(&self) -> &[DomainRecord] {
        &self.records
    }

    /// Returns what recall is predicted from.
    pub(in crate::app) fn forecast(&self) -> &Forecast {
        &self.forecast
    }

    /// Returns the points of 100 that a concept is expected to bring on exam day as it stands.
    pub(in crate::app) fn points(&self, row: &ConceptRow) -> f64 {
        points_on_exam_day(row.domain_idx, &memory(row), &self.domains, self.target, &self.forecast)
    }

    /// Returns each domain's weight times its share of wrong answers.
    pub(in crate::app) fn weakness(&self) -> &[f64] {
        &self.weakness
    }

    /// Returns the learner's median milliseconds for a type of item; `None` before there are enough answers.
    pub(in crate::app) fn median_ms(&self, class: ItemClass) -> Option<u64> {
        self.median_ms.get(&class).copied()
    }

    /// Returns what showing a card is held against: the domains in the order of the deck's list.
    pub(in crate::app) fn domains(&self) -> &[DomainWorth] {
        &self.domains
    }

    /// Returns the chance of a right answer in the exam without knowledge, 0 to below 1.
    pub(in crate::app) fn chance(&self) -> f64 {
        self.target.chance
    }

    /// Returns a domain's share of the exam, 0 to 1.
    pub(in crate::app) fn exam_share(&self, domain_idx: usize) -> f64 {
        let total: f64 = self.domains.iter().map(|domain| domain.weight).sum();
        let weight = self.domains.get(domain_idx).map_or(0.0, |domain| domain.weight);
        if total > 0.0 { weight / total } else { 0.0 }
    }

    /// Returns what is expected of an answer to an item of a concept.
    pub(in crate::app) fn foresight(&self, row: &ConceptRow, kind: ItemKind) -> Foresight {
        let memory = memory(row);
        let chance = self.exam.as_ref().map_or_else(|| Guessing::ByChoices.chance(kind), |exam| exam.chance(kind));
        match self.forecast.expectation(&memory, self.target.today, chance) {
            Some(Expectation { recall, chance, p_right }) => {
                let [recall, chance, p_right] = [recall, chance, p_right].map(Millionths::of);
                Foresight::Recall { recall, chance, p_right }
            }
            None if memory.is_new() => Foresight::First,
            None => Foresight::None,
        }
    }

    fn candidates(&self, rows: &[ConceptRow]) -> Vec<Candidate> {
        let candidate = |row: &ConceptRow| Candidate {
            deck_place: row.place,
            domain_idx: row.domain_idx,
            memory: memory(row),
            expected_secs: self.median_ms.get(&row.class).map_or(FIRST_SECS, |ms| secs(*ms)),
        };
        rows.iter().map(candidate).collect()
    }
}

impl NewestAnswer {
    fn is_first(&self) -> bool {
        self.foresight == Foresight::First
    }
}

fn memory(row: &ConceptRow) -> MemoryRecord {
    MemoryRecord { card: row.card, last_answer: row.last_answer }
}

/// The forecast after these answers, the newest first.
fn forecast_of(answers: &VecDeque<NewestAnswer>) -> Forecast {
    let expected = |answer: &NewestAnswer| match answer.foresight {
        Foresight::None | Foresight::First => None,
        Foresight::Recall { recall, chance, p_right } => {
            let [recall, chance, p_right] = [recall, chance, p_right].map(Millionths::value);
            Some((Expectation { recall, chance, p_right }, answer.is_right))
        }
    };
    Forecast::of(&answers.iter().rev().filter_map(expected).collect::<Vec<_>>())
}

/// What the newest answers to items say of each domain.
fn records(domains: &[DomainWorth], told: &[(usize, usize)], latest: &[&NewestAnswer]) -> Vec<DomainRecord> {
    let record = |(domain_idx, domain): (usize, &DomainWorth)| {
        let own = latest.iter().copied().filter(|answer| answer.domain_idx == Some(domain_idx));
        let (n_right, n_wrong) = outcomes(told.get(domain_idx), own);
        DomainRecord { weight: domain.weight, n_right, n_wrong }
    };
    domains.iter().enumerate().map(record).collect()
}

/// Counts right and wrong answers, beside those that a real exam told of.
fn outcomes<'a>(told: Option<&(usize, usize)>, answers: impl Iterator<Item = &'a NewestAnswer>) -> (usize, usize) {
    answers.fold(told.copied().unwrap_or_default(), |(n_right, n_wrong), answer| {
        if answer.is_right { (n_right + 1, n_wrong) } else { (n_right, n_wrong + 1) }
    })
}

/// The chance of a right answer in the exam without knowledge: the domains' means by weight.
fn chance(outline: &Outline, sizes: &[DomainSize]) -> f64 {
    let weights = outline.domains.iter().map(|domain| domain.weight.middle());
    let (sum, total) = weights
        .zip(sizes)
        .fold((0.0, 0.0), |(sum, total), (weight, size)| (sum + weight * size.chance, total + weight));
    if total > 0.0 { (sum / total).clamp(0.0, 0.99) } else { 0.0 }
}

#[expect(clippy::cast_precision_loss, reason = "an answer takes far less than 2^52 milliseconds")]
fn secs(ms: u64) -> f64 {
    (ms as f64 / 1_000.0).max(0.1)
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::fs;
    use std::rc::Rc;

    use chrono::{DateTime, FixedOffset, Utc};
    use proptest::prelude::*;
    use tempfile::TempDir;

    use super::*;
    use crate::app::{Clock, DrillRequest, DrillSession};
    use crate::deck::{Answer, ItemBody};
    use crate::exam::{ClockReading, Confidence};
    use crate::review::{Grade, Rating};
    use crate::store::{Event, Response, Review};

    /// A clock that stands.
    struct Noon(Rc<Cell<i64>>);

    impl Clock for Noon {
        fn reading(&self) -> ClockReading {
            let wall = DateTime::from_timestamp(self.0.get() * 86_400 + 43_200, 0).expect("a time of the calendar");
            ClockReading { wall, since_boot: None }
        }

        fn local(&self, at: DateTime<Utc>) -> DateTime<FixedOffset> {
            at.fixed_offset()
        }
    }

    const TODAY: i64 = 20_000;

    struct Learner {
        dir: TempDir,
        day: Rc<Cell<i64>>,
    }

    impl Learner {
        /// One who has answered nearly as many times as are looked back on.
        fn new() -> Learner {
            let dir = tempfile::tempdir().expect("a directory for the test");
            let mut text = "id: deck\ntitle: Deck\ndomains:\n  - {id: x, title: X, weight: 3}\n  - {id: y, title: Y, weight: 1}\nquestions:\n".to_owned();
            for number in 0..6 {
                let domain = ["x", "y"][number % 2];
                text.push_str(&format!("  - {{id: q{number}, domain: {domain}, stem: What is {number}?, right: r{number}, wrong: [a{number}, b{number}]}}\n"));
                text.push_str(&format!("  - {{id: f{number}, domain: {domain}, front: F{number}, back: B{number}}}\n"));
            }
            fs::write(dir.path().join("deck.yaml"), text).expect("writes");
            let learner = Learner { dir, day: Rc::new(Cell::new(TODAY)) };
            let (mut app, deck) = learner.open();
            let items = app.items_of(&deck).expect("reads");
            learner.day.set(TODAY - 3);
            let early = |number: usize| {
                let item = &items[number % (items.len() - 2)];
                Event::Reviewed(Box::new(Review {
                    deck: deck.outline.id.clone(),
                    item: item.facts.id.clone(),
                    concept: item.facts.concept.clone(),
                    content: item.content,
                    response: Response::Recall(Rating::Good),
                    answer_ms: 5_000,
                    grade: if number.is_multiple_of(3) { Grade::One } else { Grade::Four },
                    foresight: Foresight::First,
                }))
            };
            app.record(&(0..N_ANSWERS - 2).map(early).collect::<Vec<_>>()).expect("records");
            learner.day.set(TODAY);
            learner
        }

        fn open(&self) -> (App, OpenDeck) {
            let clock = Noon(Rc::clone(&self.day));
            let mut app = App::open(&self.dir.path().join("data"), Box::new(clock), None).expect("opens");
            let deck = app.open_deck(self.dir.path().join("deck.yaml").to_str()).expect("opens");
            (app, deck)
        }
    }

    fn answer(session: &mut DrillSession, is_right: bool) {
        let Some(card) = session.card() else { return };
        let feedback = match &card.body {
            ItemBody::Question(question) => {
                let answer = if is_right { question.key().into() } else { Answer::Blank };
                session.answer(answer, Confidence::Unstated)
            }
            ItemBody::Flashcard(_) | ItemBody::Cloze(_) => {
                session.recall(if is_right { Rating::Good } else { Rating::Again })
            }
        };
        assert_eq!(feedback.expect("records").is_right, is_right);
    }

    #[derive(Debug, Clone, Copy)]
    enum Step {
        Answer { is_right: bool, rests: bool },
        AnswerBySlowClock,
        AnswerElsewhere,
        Note,
        Bury,
        Undo,
        Redo,
    }

    fn take(session: &mut DrillSession, learner: &Learner, step: Step) {
        match step {
            Step::Answer { is_right, rests } => {
                answer(session, is_right);
                if rests {
                    session.rest().expect("rests");
                }
                session.advance().expect("reads");
            }
            Step::AnswerBySlowClock => {
                learner.day.set(TODAY - 1);
                answer(session, true);
                learner.day.set(TODAY);
                session.advance().expect("reads");
            }
            Step::AnswerElsewhere => {
                let (mut app, deck) = learner.open();
                answer(&mut app.start_drill(&deck, &DrillRequest::default()).expect("starts"), false);
            }
            Step::Note => {
                let item = session.last_answered().cloned();
                item.map(|item| session.note(&item, "a note").expect("records"));
            }
            Step::Bury if session.card().is_some() => session.bury().expect("records"),
            Step::Bury => {}
            Step::Undo => drop(session.undo().expect("records")),
            Step::Redo => drop(session.redo().expect("records")),
        }
    }

    fn any_step() -> impl Strategy<Value = Step> {
        prop_oneof![
            6 => any::<(bool, bool)>().prop_map(|(is_right, rests)| Step::Answer { is_right, rests }),
            1 => Just(Step::AnswerBySlowClock),
            1 => Just(Step::AnswerElsewhere),
            1 => Just(Step::Note),
            1 => Just(Step::Bury),
            2 => Just(Step::Undo),
            1 => Just(Step::Redo),
        ]
    }

    /// What a session knows, once it took in what was answered in it, and what another one would read.
    fn known_and_read(session: &mut DrillSession) -> [Appraiser; 2] {
        session.rest().expect("rests");
        let sizes = session.app.domain_sizes(&session.deck).expect("reads");
        [session.appraiser.clone(), session.app.appraiser(&session.deck, &sizes, None).expect("reads")]
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

        #[test]
        fn a_drill_knows_after_its_answers_what_another_one_would_read(
            steps in prop::collection::vec(any_step(), 1..12)
        ) {
            let learner = Learner::new();
            let (mut app, deck) = learner.open();
            let mut session = app.start_drill(&deck, &DrillRequest::default()).expect("starts");
            for step in steps {
                take(&mut session, &learner, step);
                // Before anything happens in this drill, it need not know what happens elsewhere.
                if matches!(step, Step::Answer { .. } | Step::AnswerBySlowClock) && session.last_answered().is_some() {
                    let [known, read] = known_and_read(&mut session);
                    prop_assert_eq!(known, read, "after {:?}", step);
                }
            }
        }
    }

    #[test]
    fn an_answer_is_taken_in_without_reading_the_others_again() {
        let learner = Learner::new();
        let (mut app, deck) = learner.open();
        let mut session = app.start_drill(&deck, &DrillRequest::default()).expect("starts");
        session.appraiser.answers.clear();
        answer(&mut session, true);
        let [known, read] = known_and_read(&mut session);
        assert_eq!((known.answers.len(), read.answers.len()), (1, N_ANSWERS - 1));
    }
}
