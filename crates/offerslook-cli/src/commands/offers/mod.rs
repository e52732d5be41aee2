//! `offerslook offers`: the offers that the affiliate can see.

mod filters;
mod list;
mod row;
mod show;

use clap::{Args, Subcommand};

use crate::{context::Context, exit::Exit, failure::Failure};

#[derive(Args)]
pub(crate) struct Offers {
    #[command(subcommand)]
    command: OffersCommand,
}

#[derive(Subcommand)]
enum OffersCommand {
    /// List offers
    #[command(after_help = list::EXAMPLES)]
    List(list::ListOffersCommand),
    /// Show single offers
    Show(show::ShowOffers),
}

/// Runs one of the commands.
///
/// # Errors
/// See the commands.
pub(crate) fn run(command: &Offers, context: &Context) -> Result<Exit, Failure> {
    match &command.command {
        OffersCommand::List(command) => list::run(command, context),
        OffersCommand::Show(command) => show::run(command, context),
    }
}
