//! `offerslook postbacks`: what notifies the affiliate of conversions.

mod changes;
mod list;
mod row;
mod show;

use clap::{Args, Subcommand};

use crate::{context::Context, exit::Exit, failure::Failure};

#[derive(Args)]
pub(crate) struct Postbacks {
    #[command(subcommand)]
    command: PostbacksCommand,
}

#[derive(Subcommand)]
enum PostbacksCommand {
    /// List postbacks
    List(list::ListPostbacksCommand),
    /// Show single postbacks
    Show(show::ShowPostbacks),
    /// Create a postback
    #[command(after_help = changes::EXAMPLES)]
    Create(changes::Create),
    /// Change the code of a postback
    Update(changes::Update),
    /// Delete postbacks
    Delete(changes::Delete),
}

/// Runs one of the commands.
///
/// # Errors
/// See the commands.
pub(crate) fn run(command: &Postbacks, context: &Context) -> Result<Exit, Failure> {
    match &command.command {
        PostbacksCommand::List(command) => list::run(command, context),
        PostbacksCommand::Show(command) => show::run(command, context),
        PostbacksCommand::Create(command) => changes::create(command, context),
        PostbacksCommand::Update(command) => changes::update(command, context),
        PostbacksCommand::Delete(command) => changes::delete(command, context),
    }
}
