//! The commands, one per file: its arguments, and a function that runs it.

mod help;
mod links;
mod sandbox;

use clap::Subcommand;

use crate::{context::Context, exit::Exit, failure::Failure, help as texts};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Get the tracking links of offers
    #[command(after_help = texts::LINKS)]
    Links(links::Links),
    /// Serve the built-in sandbox, to test a program against
    #[command(after_help = texts::SANDBOX)]
    Sandbox(sandbox::ServeSandbox),
    /// Show the help of a command, or of exit-codes, environment or formats
    Help(help::Help),
}

/// Runs a command.
///
/// # Errors
/// [`Failure`] says why it ended early, and holds the exit code.
pub(crate) fn run(command: Command, context: &Context) -> Result<Exit, Failure> {
    match command {
        Command::Links(command) => links::run(&command, context),
        Command::Sandbox(command) => sandbox::run(&command, context),
        Command::Help(command) => help::run(&command, context),
    }
}
