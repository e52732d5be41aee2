//! The chores of the workspace: `cargo xtask --help`.

#![expect(clippy::print_stderr, reason = "a chore tells what it does")]

mod bench;
mod ci;
mod endpoint;
mod layers;
mod readme;
mod release;
mod sandbox_page;
mod simulate;
mod soak;

use std::path::Path;

use anyhow::{Context, Result};
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
    /// Measures the scheduler and the memory of the command.
    Bench,
    /// Everything that has to pass before a change goes in.
    Ci,
    /// Adds an endpoint, derives what follows from the endpoints, checks them.
    #[command(subcommand)]
    Endpoint(endpoint::Chore),
    /// Checks who knows whom: the core without HTTP libraries, runtimes and TLS; adapters without each other.
    Layers,
    /// Runs the first command of the README and checks that it shows the documented links.
    Readme,
    /// Does what the page on the sandbox tells a build server to do.
    SandboxPage,
    /// Runs the scheduler in simulated time under random faults.
    Simulate(simulate::Arguments),
    /// Puts both adapters under load: every id has one outcome, and nothing is left behind.
    Soak,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let shell = Shell::new()?;
    // Asked at run time: the program may be shared by several checkouts.
    let package = std::env::var_os("CARGO_MANIFEST_DIR").context("run it with cargo")?;
    shell.change_dir(Path::new(&package).join(".."));
    match arguments.chore {
        Chore::Bench => bench::run(&shell),
        Chore::Ci => ci::run(&shell),
        Chore::Endpoint(chore) => endpoint::run(&shell, chore),
        Chore::Layers => layers::check(&shell),
        Chore::Readme => readme::check(&shell),
        Chore::SandboxPage => sandbox_page::check(&shell),
        Chore::Simulate(arguments) => simulate::run(&shell, &arguments),
        Chore::Soak => soak::run(&shell),
    }
}
