//! Our clients and our command beside bare libraries: the same server, the same links, rounds in turn.

use std::time::Duration;

use anyhow::{Context, Result};

use crate::{
    measure::{Cost, median},
    program::{Arguments, Bench, Program},
    report,
};

const IDS: u64 = 100_000;

pub(crate) fn run(arguments: &Arguments) -> Result<()> {
    let bench = Bench::new(arguments)?;
    let mut calls = Vec::new();
    for program in Program::ALL {
        bench.run(program, IDS)?;
        calls.push(bench.server.calls()?);
    }
    let costs = bench.rounds(Program::ALL, IDS, arguments.rounds)?;
    let costs_of = |program| Program::ALL.iter().zip(&costs).find(|(one, _)| **one == program);
    let mut table = "| | CPU, ms | least | × bare | wall, ms | least | peak, MiB | calls |\n".to_owned();
    table += "|---|--:|--:|--:|--:|--:|--:|--:|\n";
    for ((program, costs), calls) in Program::ALL.into_iter().zip(&costs).zip(calls) {
        let (_, bare) = costs_of(program.bare()).context("its bare library")?;
        let memory = median(costs, |cost| cost.memory).unwrap_or_default();
        table += &format!(
            "| {} | {} | {} | {:.2} | {} | {} | {} | {calls} |\n",
            program.about(),
            milliseconds(median(costs, |cost| cost.cpu)),
            milliseconds(costs.iter().map(|cost| cost.cpu).min()),
            ratio(costs, bare),
            milliseconds(median(costs, |cost| cost.wall)),
            milliseconds(costs.iter().map(|cost| cost.wall).min()),
            report::mebibytes(memory),
        );
    }
    let (rounds, machine) = (arguments.rounds, report::machine());
    let about = format!(
        "{IDS} links, 100 per call, 8 calls in flight; median and least of {rounds} rounds. {machine}\n"
    );
    report::publish(arguments, "peers", &format!("{about}\n{table}"))
}

/// The median of the ratios of CPU, round by round: what disturbs a round disturbs both.
fn ratio(costs: &[Cost], bare: &[Cost]) -> f64 {
    let mut ratios: Vec<f64> =
        costs.iter().zip(bare).map(|(cost, bare)| cost.cpu.as_secs_f64() / bare.cpu.as_secs_f64()).collect();
    ratios.sort_unstable_by(f64::total_cmp);
    ratios.get(ratios.len() / 2).copied().unwrap_or(f64::NAN)
}

pub(crate) fn milliseconds(time: Option<Duration>) -> String {
    format!("{:.0}", time.unwrap_or_default().as_secs_f64() * 1e3)
}
