//! Runs the scheduler in virtual time under random faults: `simulate [--seeds N] [--seed FIRST]`.
//!
//! A seed that breaks a promise is printed with its plan and its trace, and the exit code is 1. `--seed` alone prints
//! the trace of that seed in any case. `--keep-going` runs all seeds, and prints each that breaks a promise.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program prints its findings")]

use std::{collections::BTreeMap, env, panic, process::ExitCode, time::Instant};

use offerslook_simulation::{Plan, Statistics, explain, run};

const USAGE: &str = "usage: simulate [--seeds N] [--seed FIRST] [--keep-going]";

/// Every n-th seed is run twice: the second run must be the same.
const TWICE: u64 = 8;

struct Arguments {
    seeds: Option<u64>,
    first: u64,
    keeps_going: bool,
}

fn main() -> ExitCode {
    let Some(Arguments { seeds, first, keeps_going }) = arguments() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let Some(seeds) = seeds else { return print(first) };
    let start = Instant::now();
    let mut statistics = Statistics::default();
    let mut broken: BTreeMap<String, u64> = BTreeMap::new();
    for seed in (first..).take(usize::try_from(seeds).unwrap_or(usize::MAX)) {
        let plan = Plan::of_seed(seed);
        let violation = match panic::catch_unwind(|| run(&plan)) {
            Err(_) => Some(("no panic".to_owned(), String::new())),
            Ok(outcome) => {
                let differs = seed % TWICE == 0 && run(&plan).hash != outcome.hash;
                statistics += &outcome.statistics;
                let violation = outcome.violation.map(|it| (it.promise.to_owned(), it.what));
                violation.or(differs.then(|| ("11".to_owned(), "two runs differ".to_owned())))
            }
        };
        if let Some((promise, what)) = violation {
            if !keeps_going {
                return print(seed);
            }
            println!("seed {seed}: promise {promise} is broken: {what:.300}");
            *broken.entry(promise).or_default() += 1;
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    let rate = u32::try_from(seeds).map_or(f64::NAN, f64::from) / seconds.max(f64::EPSILON);
    println!("{seeds} seeds from {first} on in {seconds:.1} s: {rate:.0} a second\n{statistics}");
    for (promise, count) in &broken {
        println!("promise {promise} is broken by {count} seeds");
    }
    if broken.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn arguments() -> Option<Arguments> {
    let mut seeds = None;
    let mut first = None;
    let mut keeps_going = false;
    let mut arguments = env::args().skip(1);
    while let Some(name) = arguments.next() {
        match &*name {
            "--keep-going" => keeps_going = true,
            "--seeds" => seeds = Some(arguments.next()?.parse().ok()?),
            "--seed" => first = Some(arguments.next()?.parse().ok()?),
            _ => return None,
        }
    }
    if first.is_none() {
        seeds = seeds.or(Some(1_000));
    }
    Some(Arguments { seeds, first: first.unwrap_or(0), keeps_going })
}

fn print(seed: u64) -> ExitCode {
    let plan = Plan::of_seed(seed);
    let outcome = explain(&plan);
    println!("{plan:#?}\n\n{}", outcome.text);
    let Some(violation) = outcome.violation else {
        println!("seed {seed}: every promise is kept");
        return ExitCode::SUCCESS;
    };
    println!("seed {seed}: {violation}");
    ExitCode::FAILURE
}
