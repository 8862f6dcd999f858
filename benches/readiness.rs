//! How good the probability of passing is: simulated learners of known ability, their mocks, and the exam after them.
//!
//! Run with `cargo bench --bench readiness`. Our figures stand beside the limits: the same learners judged by the full
//! posterior that is told the true difficulties, the true population and each learner's own drift.

use std::collections::BTreeSet;
use std::error::Error;

use cutscore::base::{Seed, StudyDay};
use cutscore::deck::{Credit, Decision, Levels, Scale, Weight};
use cutscore::score::{
    AbilityPrior, Calendar, CurveGroup, CurveModel, DifficultySource, Drift, Evidence, ExamForm, ItemCurve,
    ReadinessModel, Reference, ReferenceDomain, ReferenceParts, ScoreError, ScoredItem, ScoringRules, Stratum,
    TestCharacteristic, score_sitting,
};
use rand::seq::SliceRandom;
use rand::{Rng, RngExt};

type Outcome<T> = Result<T, Box<dyn Error>>;

const WEIGHTS: [f64; 4] = [24.0, 30.0, 34.0, 12.0];
const N_IN_FORM: [usize; 4] = [12, 15, 17, 6];
/// Forms that the bank holds.
const N_FORMS: usize = 6;
const CUT: f64 = 0.7;
const CHANCE: f64 = 0.25;
/// What authors state varies by this, and the truth around what they state by √0.64, in logits.
const STATED_DEVIATION: f64 = 0.6;
const DOUBT: f64 = 0.64;
/// The learners: mean and standard deviation of the common ability above the cut, and of the domains around it.
const POPULATION: (f64, f64) = (-0.1, 0.7);
const DOMAIN_DEVIATION: f64 = 0.4;
const N_LEARNERS: usize = 2_500;
const N_MOCKS: usize = 3;
/// Days from mock to mock, and from the last one to the exam.
const DAYS_APART: i32 = 7;

/// An item of the bank.
#[derive(Clone, Copy)]
struct Item {
    domain_idx: usize,
    stated: f64,
    truth: f64,
}

/// A learner and all that happens to them.
struct Learner {
    offsets: [f64; 4],
    first_theta: f64,
    course: Drift,
    study_days: BTreeSet<StudyDay>,
    mocks: Vec<Vec<(Item, bool)>>,
    has_passed: bool,
}

/// The bank, and the two who judge.
struct World {
    bank: Vec<Item>,
    theta_cut: f64,
    ours: Judge,
    limit: Judge,
}

/// One who says how probable it is to pass.
struct Judge {
    knowledge: Knowledge,
    reference: Reference,
    model: ReadinessModel,
    exam: ExamForm,
}

/// What a judge knows.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Knowledge {
    /// What authors state, and the conventions.
    Stated,
    /// The difficulties, the population and each learner's drift, but no ability.
    Truth,
}

/// Pairs of a probability and what came of it.
#[derive(Default)]
struct Record(Vec<(f64, bool)>);

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn main() -> Outcome<()> {
    println!("{N_LEARNERS} learners, mocks of 50 questions, difficulties stated with a doubt of 0.8 logits");
    println!("                             Brier   limit    base   skill     ECE  (goals .98 and .90, ECE .035)");
    let world = World::draw(&mut Seed(20_270_201).rng())?;
    for (name, is_moving) in [("no drift", false), ("unknown drift", true)] {
        let mut rng = Seed(7).stream(name).rng();
        let learners: Vec<Learner> = (0..N_LEARNERS).map(|_| world.learner(is_moving, &mut rng)).collect();
        let mut all = (Record::default(), Record::default());
        for n_mocks in 1..=N_MOCKS {
            let judged = |judge: &Judge| -> Vec<(f64, bool)> {
                let of = |own: &Learner| (judge.probability(own, n_mocks, is_moving), own.has_passed);
                learners.iter().map(of).collect()
            };
            let (ours, limit) = (Record(judged(&world.ours)), Record(judged(&world.limit)));
            println!("{}", line(&format!("{name}, {n_mocks} of {N_MOCKS} mocks"), &ours, &limit));
            all.0.0.extend(ours.0);
            all.1.0.extend(limit.0);
        }
        println!("{}", line(&format!("{name}, all"), &all.0, &all.1));
        if !is_moving {
            let (ours, limit) = world.level_accuracy(&learners)?;
            println!("levels after one mock: right {ours:.4}, limit {limit:.4}, ratio {:.4} (goal .97)", ours / limit);
        }
    }
    Ok(())
}

fn line(name: &str, ours: &Record, limit: &Record) -> String {
    let base = limit.base();
    let skill = (base - ours.brier()) / (base - limit.brier());
    format!("{name:<28} {:.4}  {:.4}  {base:.4}  {skill:.4}  {:.4}", ours.brier(), limit.brier(), ours.ece())
}

impl World {
    fn draw(rng: &mut impl Rng) -> Outcome<World> {
        let mut bank = Vec::new();
        for (domain_idx, n_items) in N_IN_FORM.iter().enumerate() {
            for _ in 0..n_items * N_FORMS {
                let stated = STATED_DEVIATION * normal(rng);
                bank.push(Item { domain_idx, stated, truth: stated + DOUBT.sqrt() * normal(rng) });
            }
        }
        let ours = Judge::new(&bank, Knowledge::Stated)?;
        let mut limit = Judge::new(&bank, Knowledge::Truth)?;
        limit.model.prior = AbilityPrior {
            mean_above_cut: POPULATION.0,
            deviation: POPULATION.1,
            domain_deviation: DOMAIN_DEVIATION,
            ..limit.model.prior
        };
        limit.model.shift_deviation = 0.0;
        Ok(World { bank, theta_cut: limit.reference.theta_cut(), ours, limit })
    }

    /// Draws a form with the counts of the blueprint, without the items of `used`.
    fn form(&self, used: &BTreeSet<usize>, rng: &mut impl Rng) -> Vec<usize> {
        let mut left: Vec<usize> = (0..self.bank.len()).filter(|idx| !used.contains(idx)).collect();
        left.shuffle(rng);
        let mut n_left = N_IN_FORM;
        left.retain(|idx| {
            let n_left = &mut n_left[self.bank[*idx].domain_idx];
            let is_taken = *n_left > 0;
            *n_left = n_left.saturating_sub(1);
            is_taken
        });
        left
    }

    fn learner(&self, is_moving: bool, rng: &mut impl Rng) -> Learner {
        let course = Drift {
            gain_a_study_day: 0.06 * rng.random::<f64>(),
            loss_an_idle_day: 0.03 * rng.random::<f64>(),
            deviation_a_day: 0.03 + 0.09 * rng.random::<f64>(),
        };
        let diligence = rng.random::<f64>();
        let first_theta = self.theta_cut + POPULATION.0 + POPULATION.1 * normal(rng);
        let mut learner = Learner {
            offsets: [(); 4].map(|()| DOMAIN_DEVIATION * normal(rng)),
            first_theta,
            course,
            study_days: BTreeSet::new(),
            mocks: Vec::new(),
            has_passed: false,
        };
        let (mut theta, mut used, mut today) = (first_theta, BTreeSet::new(), 0);
        loop {
            let form = self.form(&used, rng);
            let answer = |idx: &usize| {
                let item = self.bank[*idx];
                (item, rng.random::<f64>() < p_right(item.truth, theta + learner.offsets[item.domain_idx]))
            };
            let answers: Vec<(Item, bool)> = form.iter().map(answer).collect();
            if learner.mocks.len() == N_MOCKS {
                let n_right: f64 = answers.iter().map(|(_, is_right)| f64::from(u8::from(*is_right))).sum();
                let cut: f64 = form.iter().map(|idx| p_right(self.bank[*idx].truth, self.theta_cut)).sum();
                learner.has_passed = n_right >= cut;
                return learner;
            }
            learner.mocks.push(answers);
            used.extend(form);
            for day in today + 1..=today + DAYS_APART {
                if is_moving {
                    let is_study = rng.random::<f64>() < diligence;
                    theta += if is_study { course.gain_a_study_day } else { -course.loss_an_idle_day };
                    theta += course.deviation_a_day * normal(rng);
                    learner.study_days.extend(is_study.then(|| StudyDay::from_number(day)));
                }
            }
            today += DAYS_APART;
        }
    }

    /// How often the level named after the first mock is the true one: ours, and that of the full posterior with the
    /// true difficulties and the true population, by code of its own.
    fn level_accuracy(&self, learners: &[Learner]) -> Outcome<(f64, f64)> {
        let rules = ScoringRules {
            scale: Scale::default(),
            decision: Decision::default(),
            levels: Levels::default(),
            weights: WEIGHTS.map(Weight::exact).to_vec(),
        };
        let grid: Vec<f64> = (-50..=50_i32).map(|point| self.theta_cut + 0.1 * f64::from(point)).collect();
        let level = |domain_idx: usize, theta: f64| {
            let own = self.bank.iter().filter(|item| item.domain_idx == domain_idx);
            let (sum, n) = own.fold((0.0, 0.0), |(sum, n), item| (sum + p_right(item.truth, theta), n + 1.0));
            rules.levels.idx_of(sum / n)
        };
        let levels: Vec<Vec<usize>> = (0..4).map(|idx| grid.iter().map(|theta| level(idx, *theta)).collect()).collect();
        let (mut n_ours, mut n_limit, mut n_all) = (0.0, 0.0, 0.0);
        for learner in learners {
            let items = Knowledge::Stated.scored(&learner.mocks[0]);
            let report = score_sitting(&self.ours.reference, &rules, &items)?;
            let best = self.best_levels(&learner.mocks[0], &grid, &levels);
            for result in &report.domains {
                let truth = level(result.domain_idx, learner.first_theta + learner.offsets[result.domain_idx]);
                n_ours += f64::from(u8::from(result.level_idx == truth));
                n_limit += f64::from(u8::from(best[result.domain_idx] == truth));
                n_all += 1.0;
            }
        }
        Ok((n_ours / n_all, n_limit / n_all))
    }

    fn best_levels(&self, mock: &[(Item, bool)], grid: &[f64], levels: &[Vec<usize>]) -> Vec<usize> {
        let bell = |z: f64| (-0.5 * z * z).exp();
        let likelihood = |domain_idx: usize, theta: f64| -> f64 {
            let own = mock.iter().filter(|(item, _)| item.domain_idx == domain_idx);
            let p = own.map(|(item, is_right)| (p_right(item.truth, theta), is_right));
            p.map(|(p, is_right)| if *is_right { p } else { 1.0 - p }).product()
        };
        let own: Vec<Vec<f64>> = (0..4).map(|idx| grid.iter().map(|theta| likelihood(idx, *theta)).collect()).collect();
        let scattered = |values: &[f64], theta: f64| -> f64 {
            grid.iter().zip(values).map(|(other, value)| value * bell((theta - other) / DOMAIN_DEVIATION)).sum()
        };
        let through: Vec<Vec<f64>> =
            own.iter().map(|own| grid.iter().map(|theta| scattered(own, *theta)).collect()).collect();
        let of_domain = |domain_idx: usize| {
            let at = |point: usize| {
                let prior = bell((grid[point] - self.theta_cut - POPULATION.0) / POPULATION.1);
                let others = (0..4).filter(|other| *other != domain_idx);
                prior * others.map(|other| through[other][point]).product::<f64>()
            };
            let common: Vec<f64> = (0..grid.len()).map(at).collect();
            let mut masses = [0.0; 3];
            for (point, theta) in grid.iter().enumerate() {
                masses[levels[domain_idx][point]] += own[domain_idx][point] * scattered(&common, *theta);
            }
            (0..3).max_by(|a, b| masses[*a].total_cmp(&masses[*b])).unwrap_or(0)
        };
        (0..4).map(of_domain).collect()
    }
}

impl Judge {
    fn new(bank: &[Item], knowledge: Knowledge) -> Outcome<Judge> {
        let groups = |domain_idx: usize| -> Vec<CurveGroup> {
            let own = bank.iter().filter(|item| item.domain_idx == domain_idx);
            own.flat_map(|item| knowledge.curve(item)).map(|curve| CurveGroup { curve, n_items: 1 }).collect()
        };
        let strata = (0..4).map(|idx| Stratum { weight: WEIGHTS[idx], groups: groups(idx) }).collect();
        let domain = |idx: usize| ReferenceDomain { weight: WEIGHTS[idx], form: groups(idx), bank: groups(idx) };
        let reference = Reference::from_parts(ReferenceParts {
            model: CurveModel::Full,
            domains: (0..4).map(domain).collect(),
            n_items: 50,
            theta_cut: TestCharacteristic::stratified(strata)?.ability(CUT),
            cut_share: CUT,
        })?;
        let model = ReadinessModel::for_scale(&reference);
        let exam = ExamForm::typical(&reference, 50, &Decision::default())?;
        Ok(Judge { knowledge, reference, model, exam })
    }

    /// The probability of passing after the newest `n_mocks` mocks.
    fn probability(&self, learner: &Learner, n_mocks: usize, is_moving: bool) -> f64 {
        // Without drift all happens on one day.
        let day = |idx: i32| StudyDay::from_number(if is_moving { idx * DAYS_APART } else { 0 });
        let dated = (0..).map(day).zip(&learner.mocks).skip(N_MOCKS - n_mocks);
        let mut evidence: Vec<Evidence> =
            dated.map(|(day, mock)| Evidence { day, items: self.knowledge.scored(mock) }).collect();
        let exam_day = day(i32::try_from(N_MOCKS).unwrap_or(i32::MAX));
        let calendar = Calendar { study_days: learner.study_days.clone(), known_until: exam_day, exam_day };
        let mut model = self.model;
        if self.knowledge == Knowledge::Truth {
            // The population is what it is on the day of the first mock.
            evidence.push(Evidence { day: day(0), items: Vec::new() });
            model.drift = learner.course;
        }
        model.readiness(model.ability(&self.reference, &evidence, &calendar), &self.exam).p_pass
    }
}

impl Knowledge {
    fn curve(self, item: &Item) -> Result<ItemCurve, ScoreError> {
        match self {
            Knowledge::Stated => ItemCurve::new(item.stated, CHANCE, DOUBT, DifficultySource::Stated),
            Knowledge::Truth => ItemCurve::new(item.truth, CHANCE, 0.0, DifficultySource::Stated),
        }
    }

    fn scored(self, mock: &[(Item, bool)]) -> Vec<ScoredItem> {
        let item = |(item, is_right): &(Item, bool)| {
            self.curve(item).map(|curve| ScoredItem {
                domain_idx: item.domain_idx,
                curve,
                credit: Credit::whole(*is_right),
            })
        };
        mock.iter().flat_map(item).collect()
    }
}

impl Record {
    fn brier(&self) -> f64 {
        self.mean(|(p, has_passed)| (p - f64::from(u8::from(*has_passed))).powi(2))
    }

    /// The Brier score of one who knows no more than how many pass.
    fn base(&self) -> f64 {
        let share = self.mean(|(_, has_passed)| f64::from(u8::from(*has_passed)));
        share * (1.0 - share)
    }

    /// Expected calibration error over ten bins of equal width.
    fn ece(&self) -> f64 {
        let bin = |p: f64| (1..10_u32).filter(|edge| p >= f64::from(*edge) / 10.0).count();
        let gap = |wanted: usize| {
            let of_pair = |(p, has_passed): &(f64, bool)| {
                if bin(*p) == wanted { p - f64::from(u8::from(*has_passed)) } else { 0.0 }
            };
            self.mean(of_pair).abs()
        };
        (0..10).map(gap).sum()
    }

    fn mean(&self, of: impl Fn(&(f64, bool)) -> f64) -> f64 {
        let (sum, n) = self.0.iter().fold((0.0, 0.0), |(sum, n), pair| (sum + of(pair), n + 1.0));
        sum / n
    }
}

fn p_right(difficulty: f64, theta: f64) -> f64 {
    CHANCE + (1.0 - CHANCE) / (1.0 + (difficulty - theta).exp())
}

/// Draws from the standard normal distribution (Box & Muller 1958).
fn normal(rng: &mut impl Rng) -> f64 {
    let (u, v): (f64, f64) = (rng.random(), rng.random());
    (-2.0 * (1.0 - u).ln()).sqrt() * (std::f64::consts::TAU * v).cos()
}
