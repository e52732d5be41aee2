//! `offerslook auth`: the accounts that are kept as profiles.

mod login;
mod logout;
mod status;

use clap::Subcommand;

use crate::{context::Context, exit::Exit, failure::Failure, help};

#[derive(Subcommand)]
pub(crate) enum Auth {
    /// Store an account as a profile
    #[command(after_help = help::AUTH_LOGIN)]
    Login(login::Login),
    /// Show where each part of the account comes from, but no value
    Status(status::ShowStatus),
    /// Remove a profile
    Logout(logout::Logout),
}

pub(crate) fn run(command: &Auth, context: &Context) -> Result<Exit, Failure> {
    match command {
        Auth::Login(command) => login::run(command, context),
        Auth::Status(command) => status::run(command, context),
        Auth::Logout(command) => logout::run(command, context),
    }
}
