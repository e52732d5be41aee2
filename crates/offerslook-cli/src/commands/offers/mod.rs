//! `offerslook offers`: the offers that the affiliate can see.

mod filters;
mod list;
mod row;
mod show;

use clap::Subcommand;

use crate::{context::Context, exit::Exit, failure::Failure};

#[derive(Subcommand)]
pub(crate) enum Offers {
    /// List offers
    #[command(after_help = list::EXAMPLES)]
    List(list::ListOffersCommand),
    /// Show single offers
    Show(show::ShowOffers),
}

pub(crate) fn run(command: &Offers, context: &Context) -> Result<Exit, Failure> {
    match command {
        Offers::List(command) => list::run(command, context),
        Offers::Show(command) => show::run(command, context),
    }
}
