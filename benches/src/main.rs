//! The benchmarks that need programs of their own: `offerslook-bench --help`.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it prints what it measures")]

mod measure;
mod peers;

use anyhow::Result;
use clap::Parser;

/// Measure the clients beside what people write without them.
#[derive(Parser)]
enum Task {
    /// Measure our clients and our command beside bare libraries, on the same server.
    Peers(peers::Arguments),
}

fn main() -> Result<()> {
    match Task::parse() {
        Task::Peers(arguments) => peers::run(&arguments),
    }
}
