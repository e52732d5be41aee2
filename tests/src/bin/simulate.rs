//! Runs the scheduler in simulated time under random faults: `simulate --seeds N [--seed S]`.
//!
//! A seed that breaks a promise is told with all that happened, and makes the exit code 1. To see it again,
//! give it with `--seed`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program tells what it found")]

use std::{env, panic, process::ExitCode, time::Instant};

use offerslook_tests::simulation::{Plan, Tally, explain, run};

const USAGE: &str = "usage: simulate [--seeds N] [--seed FIRST]";

/// Every so many seeds are run twice: the second run must be the same.
const TWICE: u64 = 8;

fn main() -> ExitCode {
    let Some((seeds, first)) = arguments() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let start = Instant::now();
    let mut tally = Tally::default();
    for seed in (first..).take(usize::try_from(seeds).unwrap_or(usize::MAX)) {
        let plan = Plan::of_seed(seed);
        let Ok(outcome) = panic::catch_unwind(|| run(&plan)) else {
            println!("{plan:#?}\n\nseed {seed}: a panic");
            return ExitCode::FAILURE;
        };
        if outcome.broken.is_some() {
            return tell(seed, &plan);
        }
        if seed % TWICE == 0 && run(&plan).hash != outcome.hash {
            println!("seed {seed}: promise 11 is broken: two runs of it differ\n{plan:#?}");
            return ExitCode::FAILURE;
        }
        tally += &outcome.tally;
    }
    let seconds = start.elapsed().as_secs_f64();
    let rate = seeds_per(seconds, seeds);
    println!("{seeds} seeds from {first} on in {seconds:.1} s: {rate:.0} a second\n{tally}");
    ExitCode::SUCCESS
}

/// How many seeds, and the first of them.
fn arguments() -> Option<(u64, u64)> {
    let (mut seeds, mut first) = (None, None);
    let mut arguments = env::args().skip(1);
    while let Some(name) = arguments.next() {
        let number = arguments.next()?.parse().ok()?;
        match &*name {
            "--seeds" => seeds = Some(number),
            "--seed" => first = Some(number),
            _ => return None,
        }
    }
    // A seed alone is one to look at.
    Some((seeds.unwrap_or(if first.is_some() { 1 } else { 1_000 }), first.unwrap_or(0)))
}

fn seeds_per(seconds: f64, seeds: u64) -> f64 {
    u32::try_from(seeds).map_or(f64::NAN, f64::from) / seconds.max(f64::EPSILON)
}

fn tell(seed: u64, plan: &Plan) -> ExitCode {
    let outcome = explain(plan);
    println!("{plan:#?}\n\n{}", outcome.text);
    match outcome.broken {
        Some(broken) => println!("seed {seed}: {broken}"),
        None => println!("seed {seed}: a promise is broken, but not when the seed is run again"),
    }
    ExitCode::FAILURE
}
