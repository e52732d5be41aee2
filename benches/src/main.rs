//! The benchmarks that run programs: `cargo xtask bench` builds the programs and starts this one.

#![expect(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::format_push_string,
    clippy::print_stdout,
    reason = "it prints figures, which are rounded"
)]

mod footprint;
mod growth;
mod measure;
mod peers;
mod program;
mod quota;
mod report;

use anyhow::Result;
use clap::Parser;

/// Measure the clients and the command beside what people write without them.
#[derive(Parser)]
enum Task {
    /// Measure time, CPU and memory of 100,000 links, and the time that the documented rate limit allows.
    Peers(program::Arguments),
    /// Measure time and memory of 1,000 to 1,000,000 links, and plot them.
    Growth(program::Arguments),
    /// Measure start-up time, size, build time and the number of dependencies.
    Footprint(program::Arguments),
}

fn main() -> Result<()> {
    match Task::parse() {
        Task::Peers(arguments) => peers::run(&arguments).and_then(|()| quota::run(&arguments)),
        Task::Growth(arguments) => growth::run(&arguments),
        Task::Footprint(arguments) => footprint::run(&arguments),
    }
}
