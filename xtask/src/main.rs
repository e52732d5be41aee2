//! The tasks of the workspace: `cargo xtask --help`.

#![expect(clippy::print_stderr, reason = "a task reports what it does")]

mod bench;
mod bindings;
mod book;
mod ci;
mod compatibility;
mod endpoint;
mod examples;
mod fuzz;
mod glue;
mod imports;
mod layers;
mod mutants;
#[cfg(unix)]
mod pictures;
mod published;
mod readme;
mod release;
mod sandbox;
mod sandbox_page;
#[cfg(test)]
mod tests;
mod tokens;
mod tools;
mod words;

use std::path::Path;

use anyhow::{Context, Result};
use clap::{Parser, Subcommand};
use xshell::Shell;

/// Run a task of the workspace.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Check whether a dependency has a known vulnerability.
    Advisories,
    /// Measure the clients and the command beside what people write without them.
    #[command(subcommand)]
    Bench(bench::Task),
    /// Build the bindings, install them and test them against the sandbox.
    Bindings,
    /// Derive the parts of the book that come from the code, build it, and check its links.
    Book {
        /// Fail if a derived part is not current, and write none.
        #[arg(long)]
        check: bool,
    },
    /// Run all checks that have to pass before a change is merged.
    Ci,
    /// Add an endpoint, derive what registers the endpoints, check them.
    #[command(subcommand)]
    Endpoint(endpoint::Task),
    /// Run the examples against one sandbox that fails 5 % of the calls, and check the outcome of every id.
    Examples,
    /// Build the libraries with each set of their features.
    Features,
    /// Run the tests of clients under floods of data.
    Floods,
    /// Run the fuzz targets.
    Fuzz {
        /// How long, all targets together.
        #[arg(long, default_value_t = 2.0)]
        minutes: f64,
    },
    /// List circular imports between modules.
    Imports {
        /// Count what a module takes from the modules below it, too.
        #[arg(long)]
        strict: bool,
    },
    /// Check dependencies and licenses against `deny.toml`.
    Layers,
    /// Change the core in one place after the other, and fail if no test notices.
    Mutants {
        /// Only in the files whose name holds this.
        only: Option<String>,
    },
    /// Build the libraries with the oldest compiler that they support.
    OldestCompiler,
    /// Build what is published with the oldest versions of its dependencies that it allows.
    OldestDependencies,
    /// Check the files of the packages that are published, and pack and build them.
    Packages(Snapshots),
    /// Draw the pictures of the README from the command at work.
    #[cfg(unix)]
    Pictures {
        /// Fail if a picture is not what the command shows, and draw none.
        #[arg(long)]
        check: bool,
    },
    /// Check the public API of the libraries.
    PublicApi(Snapshots),
    /// Run eight processes of the command on one quota in Redis, and with fixed parts of it.
    QuotaDemo,
    /// Run the first command of the README and check the links that it prints.
    Readme,
    /// Run the build steps of the page on the sandbox.
    SandboxPage,
    /// Run the scheduler in virtual time under random faults.
    Simulate(ProgramArguments),
    /// Put the transports under load and check the outcome of every id.
    Soak,
    /// Print how many calls and wrong outcomes each kind of server costs.
    Verdicts(ProgramArguments),
    /// Compile the core to wasm, and run it under Node.js.
    Wasm,
    /// List words that `xtask/retired-words.txt` retires.
    Words,
}

#[derive(clap::Args)]
struct Snapshots {
    /// Write the snapshots that the check compares with.
    #[arg(long)]
    bless: bool,
}

#[derive(clap::Args)]
struct ProgramArguments {
    /// Arguments of the program, such as `--seeds 2000`.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<String>,
}

fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let shell = Shell::new()?;
    // Read at run time: several checkouts may share this program.
    let package = std::env::var_os("CARGO_MANIFEST_DIR").context("run it with cargo")?;
    shell.change_dir(Path::new(&package).parent().context("xtask is in a workspace")?);
    match arguments.task {
        Task::Advisories => layers::advisories(&shell),
        Task::Bench(task) => bench::run(&shell, task),
        Task::Bindings => bindings::run(&shell),
        Task::Book { check } => book::run(&shell, check),
        Task::Ci => ci::run(&shell),
        Task::Endpoint(task) => endpoint::run(&shell, task),
        Task::Examples => examples::run(&shell),
        Task::Features => compatibility::features(&shell),
        Task::Floods => release::floods(&shell),
        Task::Fuzz { minutes } => fuzz::run(&shell, "--release", minutes),
        Task::Imports { strict } => imports::check(&shell, strict),
        Task::Layers => layers::check(&shell),
        Task::Mutants { only } => mutants::run(&shell, only.as_deref()),
        Task::OldestCompiler => compatibility::oldest_compiler(&shell),
        Task::OldestDependencies => compatibility::oldest_dependencies(&shell),
        Task::Packages(Snapshots { bless }) => published::packages(&shell, bless, !bless),
        #[cfg(unix)]
        Task::Pictures { check } => pictures::run(&shell, check),
        Task::PublicApi(Snapshots { bless }) => published::api(&shell, bless),
        Task::QuotaDemo => release::quota_demo(&shell),
        Task::Readme => readme::check(&shell),
        Task::SandboxPage => sandbox_page::check(&shell),
        Task::Simulate(given) => release::program(&shell, "simulate", &given.arguments),
        Task::Soak => release::program(&shell, "soak", &[""; 0]),
        Task::Verdicts(given) => release::program(&shell, "verdicts", &given.arguments),
        Task::Wasm => bindings::wasm(&shell),
        Task::Words => words::check(&shell),
    }
}
