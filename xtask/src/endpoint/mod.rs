//! The endpoints of the core: adding one, deriving what follows from them, checking them.

mod check;
mod new;
mod place;
mod registration;
mod rehearse;
mod scaffold;
mod snapshots;
mod source;
mod spec;
mod sync;
mod table;
mod template;
#[cfg(test)]
mod tests;
mod tree;

use anyhow::Result;
use clap::Subcommand;
use xshell::Shell;

#[derive(Subcommand)]
pub(crate) enum Chore {
    /// Writes the files of a new endpoint: source, fixture, test, snapshots; then syncs.
    New(Box<new::Arguments>),
    /// Derives from the endpoints what registers and lists them: `mod.rs` files, a table, a page of the book.
    Sync,
    /// Lists all endpoints, and checks that each is registered, documented and tested.
    Check,
    /// Runs the commands of the book on adding an endpoint, in a copy of the workspace.
    Rehearse,
}

pub(crate) fn run(shell: &Shell, chore: Chore) -> Result<()> {
    match chore {
        Chore::New(arguments) => new::run(shell, *arguments),
        Chore::Sync => sync::run(shell),
        Chore::Check => check::run(shell),
        Chore::Rehearse => rehearse::run(shell),
    }
}
