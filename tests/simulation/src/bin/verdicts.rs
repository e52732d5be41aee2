//! Plays batches against model servers in virtual time and prints what each costs, and whether every verdict is true:
//! `verdicts [--seeds N] [--in-flight N] [--only TEXT]`.
//!
//! The exit code is 1 if a verdict is wrong or a bar is missed.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a program prints its findings")]

use std::{env, process::ExitCode, thread, time::Instant};

use offerslook_simulation::{Figures, Scenario, scenarios};

const USAGE: &str = "usage: verdicts [--seeds N] [--in-flight N] [--only TEXT]";

struct Arguments {
    seeds: u64,
    in_flight: usize,
    only: String,
}

fn main() -> ExitCode {
    let Some(Arguments { seeds, in_flight, only }) = arguments() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let start = Instant::now();
    let mut all_hold = true;
    for (title, rows) in scenarios() {
        println!("{title}, {seeds} seeds, {in_flight} in flight\n{}", Figures::HEADER);
        let chosen: Vec<Scenario> = rows.into_iter().filter(|row| row.name.contains(&only)).collect();
        for (row, figures) in chosen.iter().zip(play_all(&chosen, seeds, in_flight)) {
            println!("{figures}");
            all_hold &= figures.holds();
            if let Some((seed, violation)) = &figures.violation {
                println!("    seed {seed} of {:?}: {violation:.600}", row.name);
            }
        }
        println!();
    }
    println!("in {:.1} s", start.elapsed().as_secs_f64());
    if all_hold { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Plays all scenarios, on all processors, and returns their figures in order.
fn play_all(rows: &[Scenario], seeds: u64, in_flight: usize) -> Vec<Figures> {
    let threads = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        let play = |first: usize| {
            let mine = rows.iter().enumerate().skip(first).step_by(threads);
            mine.map(|(index, row)| (index, row.play(seeds, in_flight))).collect::<Vec<_>>()
        };
        let workers: Vec<_> = (0..threads).map(|first| scope.spawn(move || play(first))).collect();
        let mut figures: Vec<_> =
            workers.into_iter().filter_map(|worker| worker.join().ok()).flatten().collect();
        figures.sort_by_key(|(index, _)| *index);
        figures.into_iter().map(|(_, figures)| figures).collect()
    })
}

fn arguments() -> Option<Arguments> {
    let mut result = Arguments { seeds: 20, in_flight: 8, only: String::new() };
    let mut arguments = env::args().skip(1);
    while let Some(name) = arguments.next() {
        let value = arguments.next()?;
        match &*name {
            "--seeds" => result.seeds = value.parse().ok()?,
            "--in-flight" => result.in_flight = value.parse().ok()?,
            "--only" => result.only = value,
            _ => return None,
        }
    }
    Some(result)
}
