//! The chores of the workspace: `cargo xtask --help`.

#![expect(clippy::print_stderr, reason = "a chore tells what it does")]

mod ci;
mod layers;
mod readme;
mod simulate;

use anyhow::Result;
use clap::{Parser, Subcommand};
use xshell::Shell;

/// Chores of the workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Everything that has to pass before a change goes in.
    Ci,
    /// Checks who knows whom: the core without HTTP libraries, runtimes and TLS; adapters without each other.
    Layers,
    /// Runs the first command of the README and checks that it shows the documented links.
    Readme,
    /// Runs the scheduler in simulated time under random faults.
    Simulate(simulate::Arguments),
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let shell = Shell::new()?;
    shell.change_dir(env!("CARGO_MANIFEST_DIR"));
    shell.change_dir("..");
    match arguments.chore {
        Chore::Ci => ci::run(&shell),
        Chore::Layers => layers::check(&shell),
        Chore::Readme => readme::check(&shell),
        Chore::Simulate(arguments) => simulate::run(&shell, &arguments),
    }
}
