//! `offerslook auth`: the accounts that are kept as profiles.

mod login;
mod logout;
mod status;

use clap::{Args, Subcommand};

use crate::{context::Context, exit::Exit, failure::Failure, help};

#[derive(Args)]
pub(crate) struct Auth {
    #[command(subcommand)]
    command: AuthCommand,
}

#[derive(Subcommand)]
enum AuthCommand {
    /// Store an account as a profile
    #[command(after_help = help::AUTH_LOGIN)]
    Login(login::Login),
    /// Show where each part of the account comes from, but no value
    Status(status::ShowStatus),
    /// Remove a profile
    Logout(logout::Logout),
}

/// Runs the command.
///
/// # Errors
/// Those of the command.
pub(crate) fn run(command: &Auth, context: &Context) -> Result<Exit, Failure> {
    match &command.command {
        AuthCommand::Login(command) => login::run(command, context),
        AuthCommand::Status(command) => status::run(command, context),
        AuthCommand::Logout(command) => logout::run(command, context),
    }
}
