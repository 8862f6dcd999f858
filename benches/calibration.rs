//! How well and how fast a group's answers are calibrated, against a simulation whose truth is known.
//!
//! Run with `cargo bench --bench calibration`. Errors and the exponent are what counts: times drift with the machine.
//! `benches/peers/calibration.sh` takes turns with another program on the same answers.

use std::error::Error;
use std::fs;
use std::io::{self, Write as _};
use std::time::{Duration, Instant};

use cutscore::base::Seed;
use cutscore::format::{ResponseTable, read_responses};
use cutscore::score::calibration::{ItemFit, RaschFit, Response, ResponseMatrix, calibrate_rasch};
use rand::RngExt;

type Outcome<T> = Result<T, Box<dyn Error + Send + Sync>>;

const SEED: Seed = Seed(20_261_122);
const N_ITEMS: u32 = 500;

#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn main() -> Outcome<()> {
    if let Some(file) = std::env::args().skip_while(|arg| arg != "--turns").nth(1) {
        return take_turns(&file);
    }
    let mut costs = Vec::new();
    for (n_learners, rounds) in [(200, 15), (2_000, 7), (20_000, 3)] {
        let responses = simulated(n_learners);
        let mut times: Vec<Duration> = Vec::new();
        for _ in 0..rounds {
            times.push(timed(|| calibrated(&responses))?.1);
        }
        let time = median(times);
        println!("{:>9} responses: {:.3} s", responses.len(), time.as_secs_f64());
        costs.push((f64::from(n_learners).ln(), time.as_secs_f64().ln()));
    }
    let exponents: Vec<f64> = costs.windows(2).map(|pair| (pair[1].1 - pair[0].1) / (pair[1].0 - pair[0].0)).collect();
    println!("exponents of growth: {exponents:.2?} (goal at most 1.05)");

    let responses = simulated(10_000);
    let matrix = gathered(&responses);
    let truth = Truth::of(10_000);
    let (fit, time) = timed(|| Ok(calibrate_rasch(&matrix, &mut |_| {})?))?;
    let (_, whole) = timed(|| calibrated(&responses))?;
    println!(
        "500 x 10,000: RMSE of b {:.4} (goal at most .025; {:.4} if all abilities were known)",
        truth.error(&fit),
        truth.least_error(),
    );
    println!("fit {:.3} s in {} rounds, with sorting {:.3} s", time.as_secs_f64(), fit.n_rounds, whole.as_secs_f64());
    drop((matrix, responses));
    from_file()
}

/// Writes the answers of 10,000 learners to 500 questions to a file, a byte each, learner by learner, and calibrates
/// them once for each line of standard input: prints the seconds of the fit, these with sorting the answers, and the
/// error.
#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn take_turns(file: &str) -> Outcome<()> {
    let responses = simulated(10_000);
    fs::write(file, responses.iter().map(|response| u8::from(response.is_right)).collect::<Vec<_>>())?;
    let truth = Truth::of(10_000);
    let difficulties: Vec<String> = truth.difficulties.iter().map(ToString::to_string).collect();
    println!("{}", difficulties.join(" "));
    for line in io::stdin().lines() {
        line?;
        let (matrix, sorting) = timed(|| Ok(gathered(&responses)))?;
        let (fit, time) = timed(|| Ok(calibrate_rasch(&matrix, &mut |_| {})?))?;
        println!("{} {} {}", time.as_secs_f64(), (time + sorting).as_secs_f64(), truth.error(&fit));
    }
    Ok(())
}

/// Reads the 5 million responses from CSV and calibrates them, as the program does.
#[expect(clippy::print_stdout, reason = "a bench prints its figures")]
fn from_file() -> Outcome<()> {
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("responses.csv");
    let mut file = io::BufWriter::new(fs::File::create(&path)?);
    writeln!(file, "learner,sitting,form,item,correct")?;
    each_response(10_000, |Response { learner, item, is_right, .. }| {
        writeln!(file, "learner-{learner:05},1,A,item-{item:03},{}", u8::from(is_right))
    })?;
    file.flush()?;
    drop(file);
    fs::write("/proc/self/clear_refs", "5")?; // the peak from here on
    let n_megabytes = f64::from(u32::try_from(fs::metadata(&path)?.len())?) / 1e6;
    let mut times = Vec::new();
    for _ in 0..3 {
        times.push(timed(|| Ok(read_responses("responses.csv", fs::File::open(&path)?, &mut |_| {})?))?.1);
    }
    let table: ResponseTable = read_responses("responses.csv", fs::File::open(&path)?, &mut |_| {})?;
    let matrix = ResponseMatrix::gather(table.n_rows(), |row| Response {
        learner: table.sittings[table.sitting(row)].learner,
        item: u32::try_from(table.item(row)).unwrap_or(u32::MAX),
        is_right: table.is_right(row),
        at: 0,
    });
    calibrate_rasch(&matrix, &mut |_| {})?;
    println!(
        "CSV of {n_megabytes:.0} MB: {:.0} MB/s (goal 80), peak of reading and calibrating {} MiB (goal 300)",
        n_megabytes / median(times).as_secs_f64(),
        peak_kib()? / 1_024,
    );
    Ok(())
}

/// The truth: difficulties as a bank has them, and abilities on the scale of the group that is calibrated.
struct Truth {
    difficulties: Vec<f64>,
    abilities: Vec<f64>,
}

impl Truth {
    fn of(n_learners: u32) -> Truth {
        let mut rng = SEED.rng();
        // The sum of twelve uniform numbers has the variance 1.
        let mut normal = || (0..12).map(|_| rng.random::<f64>()).sum::<f64>() - 6.0;
        let difficulties = (0..N_ITEMS).map(|_| normal()).collect();
        let mut abilities: Vec<f64> = (0..n_learners).map(|_| normal()).collect();
        let n = f64::from(n_learners);
        let mean = abilities.iter().sum::<f64>() / n;
        let sd = (abilities.iter().map(|theta| (theta - mean).powi(2)).sum::<f64>() / n).sqrt();
        for theta in &mut abilities {
            *theta = (*theta - mean) / sd;
        }
        Truth { difficulties, abilities }
    }

    fn error(&self, fit: &RaschFit) -> f64 {
        let square = |(item, truth): (&ItemFit, &f64)| (item.difficulty.unwrap_or(f64::NAN) - truth).powi(2);
        root_mean(fit.items.iter().zip(&self.difficulties).map(square))
    }

    /// The error that remains when all abilities are known: 1 / √Σ P Q.
    fn least_error(&self) -> f64 {
        let information =
            |b: &f64| -> f64 { self.abilities.iter().map(|theta| p(*theta, *b) * (1.0 - p(*theta, *b))).sum() };
        root_mean(self.difficulties.iter().map(|b| 1.0 / information(b)))
    }
}

fn p(theta: f64, difficulty: f64) -> f64 {
    1.0 / (1.0 + (difficulty - theta).exp())
}

fn root_mean(squares: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = u32::try_from(squares.len()).map_or(f64::NAN, f64::from);
    (squares.sum::<f64>() / n).sqrt()
}

fn simulated(n_learners: u32) -> Vec<Response> {
    let mut responses = Vec::new();
    let kept = each_response(n_learners, |response| {
        responses.push(response);
        Ok(())
    });
    assert!(kept.is_ok());
    responses
}

fn each_response(n_learners: u32, mut take: impl FnMut(Response) -> io::Result<()>) -> io::Result<()> {
    let truth = Truth::of(n_learners);
    let mut rng = SEED.stream("answers").rng();
    for (learner, theta) in (0..).zip(&truth.abilities) {
        for (item, difficulty) in (0..).zip(&truth.difficulties) {
            let is_right = rng.random::<f64>() < p(*theta, *difficulty);
            take(Response { learner, item, is_right, at: 0 })?;
        }
    }
    Ok(())
}

fn gathered(responses: &[Response]) -> ResponseMatrix {
    let n_rows = u32::try_from(responses.len()).unwrap_or(u32::MAX);
    ResponseMatrix::gather(n_rows, |row| responses[usize::try_from(row).unwrap_or(0)])
}

fn calibrated(responses: &[Response]) -> Outcome<RaschFit> {
    Ok(calibrate_rasch(&gathered(responses), &mut |_| {})?)
}

#[expect(clippy::disallowed_methods, reason = "a bench measures time")]
fn timed<T>(work: impl FnOnce() -> Outcome<T>) -> Outcome<(T, Duration)> {
    let began = Instant::now();
    let result = work()?;
    Ok((result, began.elapsed()))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// The most memory this process held, in KiB (proc(5), `VmHWM`).
fn peak_kib() -> Outcome<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).ok_or("no VmHWM")?;
    Ok(line.trim().trim_end_matches(" kB").parse()?)
}
