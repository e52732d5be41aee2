//! The endpoints of the core: add one, derive what registers them, check them.

mod check;
mod new;
mod place;
mod rehearse;
mod scaffold;
mod source;
mod sync;
#[cfg(test)]
mod tests;
mod tree;

use anyhow::Result;
use clap::Subcommand;
use xshell::Shell;

#[derive(Subcommand)]
pub(crate) enum Task {
    /// Write the files of a new endpoint (source, test, fixture, snapshots) and register it.
    New(scaffold::Scaffold),
    /// Derive what registers and lists the endpoints: `mod.rs` files, a table, a page of the book.
    Sync,
    /// List all endpoints and what is wrong with them.
    Check,
    /// Run the commands of `docs/src/add-an-endpoint.md` in a copy of the workspace.
    Rehearse,
}

pub(crate) fn run(shell: &Shell, task: Task) -> Result<()> {
    match task {
        Task::New(scaffold) => new::run(shell, &scaffold),
        Task::Sync => sync::run(shell),
        Task::Check => check::run(shell),
        Task::Rehearse => rehearse::run(shell),
    }
}
