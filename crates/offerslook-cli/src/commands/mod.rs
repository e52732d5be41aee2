//! The commands, one per file: its arguments, and a function that runs it.

mod auth;
mod doctor;
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
    /// Store accounts as profiles, show where the account comes from, and remove profiles
    Auth(auth::Auth),
    /// Check the configuration, the network, the account and the service
    #[command(after_help = texts::DOCTOR)]
    Doctor(doctor::Doctor),
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
        Command::Auth(command) => auth::run(&command, context),
        Command::Doctor(command) => doctor::run(&command, context),
        Command::Sandbox(command) => sandbox::run(&command, context),
        Command::Help(command) => help::run(&command, context),
    }
}
