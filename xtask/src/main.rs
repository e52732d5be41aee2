//! The tasks of the workspace: `cargo xtask --help`.

#![expect(clippy::print_stderr, reason = "a task tells what it does")]

mod bench;
mod ci;
mod endpoint;
mod imports;
mod layers;
mod readme;
mod release;
mod sandbox_page;
mod simulate;
mod soak;
mod tokens;

use std::path::Path;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use xshell::Shell;

/// Tasks of the workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Measures the scheduler and the memory of the command.
    Bench,
    /// Everything that has to pass before a change goes in.
    Ci,
    /// Adds an endpoint, derives what follows from the endpoints, checks them.
    #[command(subcommand)]
    Endpoint(endpoint::Task),
    /// Lists circular imports.
    Imports {
        /// Count what a module takes from the modules below it, too.
        #[arg(long)]
        strict: bool,
    },
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
    shell.change_dir(Path::new(&package).parent().context("a workspace")?);
    match arguments.task {
        Task::Bench => bench::run(&shell),
        Task::Ci => ci::run(&shell),
        Task::Endpoint(task) => endpoint::run(&shell, task),
        Task::Imports { strict } => imports::check(&shell, strict),
        Task::Layers => layers::check(&shell),
        Task::Readme => readme::check(&shell),
        Task::SandboxPage => sandbox_page::check(&shell),
        Task::Simulate(arguments) => simulate::run(&shell, &arguments),
        Task::Soak => soak::run(&shell),
    }
}
