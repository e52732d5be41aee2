//! The commands, one per file: its arguments, and a function that runs it.

mod api;
mod apply;
mod auth;
mod change;
mod command_options;
mod completions;
mod doctor;
mod each;
mod help;
mod ids;
mod links;
mod listing;
mod man;
mod offers;
mod postbacks;
mod quota;
mod sandbox;
mod sub_affiliates;

use clap::Subcommand;

use crate::{context::Context, exit::Exit, failure::Failure, help as texts};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Get the tracking links of offers
    #[command(after_help = texts::LINKS)]
    Links(links::Links),
    /// List and show offers
    #[command(subcommand)]
    Offers(offers::Offers),
    /// Apply to offers
    Apply(apply::Apply),
    /// List, show and change postbacks
    #[command(subcommand)]
    Postbacks(postbacks::Postbacks),
    /// List the rules on the clicks of sub-affiliates
    SubAffiliates(sub_affiliates::SubAffiliates),
    /// Show who holds how much of a rate limit that programs share
    #[command(after_help = texts::QUOTA)]
    Quota(quota::ShowQuota),
    /// Make any call of the API
    #[command(after_help = texts::API)]
    Api(api::Api),
    /// Store accounts as profiles, and show which account is used
    #[command(subcommand)]
    Auth(auth::Auth),
    /// Check the configuration, the network, the account and the service
    #[command(after_help = texts::DOCTOR)]
    Doctor(doctor::Doctor),
    /// Serve the built-in sandbox, to test a program against
    #[command(after_help = texts::SANDBOX)]
    Sandbox(sandbox::ServeSandbox),
    /// Print a script that lets a shell complete this command
    Completions(completions::Completions),
    /// Print a manual page
    Man(man::ManualPage),
    /// Show the help of a command, or of exit-codes, environment or formats
    Help(help::Help),
}

/// Runs a command. Help, completions and manual pages tell of the whole command line by its `description`.
///
/// # Errors
/// [`Failure`] says why it ended early, and holds the exit code.
pub(crate) fn run(
    command: Command,
    context: &Context,
    description: fn() -> clap::Command,
) -> Result<Exit, Failure> {
    match command {
        Command::Links(command) => links::run(&command, context),
        Command::Offers(command) => offers::run(&command, context),
        Command::Apply(command) => apply::run(&command, context),
        Command::Postbacks(command) => postbacks::run(&command, context),
        Command::SubAffiliates(command) => sub_affiliates::run(&command, context),
        Command::Quota(command) => quota::run(&command, context),
        Command::Api(command) => api::run(&command, context),
        Command::Auth(command) => auth::run(&command, context),
        Command::Doctor(command) => doctor::run(&command, context),
        Command::Sandbox(command) => sandbox::run(&command, context),
        Command::Completions(command) => completions::run(&command, description()),
        Command::Man(command) => man::run(&command, description()),
        Command::Help(command) => help::run(&command, description),
    }
}
