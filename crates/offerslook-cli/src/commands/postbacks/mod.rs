//! `offerslook postbacks`: what notifies the affiliate of conversions.

mod changes;
mod list;
mod row;
mod show;

use clap::Subcommand;

use crate::{context::Context, exit::Exit, failure::Failure};

#[derive(Subcommand)]
pub(crate) enum Postbacks {
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

pub(crate) fn run(command: &Postbacks, context: &Context) -> Result<Exit, Failure> {
    match command {
        Postbacks::List(command) => list::run(command, context),
        Postbacks::Show(command) => show::run(command, context),
        Postbacks::Create(command) => changes::create(command, context),
        Postbacks::Update(command) => changes::update(command, context),
        Postbacks::Delete(command) => changes::delete(command, context),
    }
}
