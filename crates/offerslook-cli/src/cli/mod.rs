//! The command line: what can be said, and what is said about mistakes in it.

mod args;
mod help;
mod sandbox;
mod usage;
mod values;

pub(crate) use args::{AccountArgs, Cli, Command, LinksArgs, Transport};
pub(crate) use sandbox::SandboxArgs;
pub(crate) use usage::Refusal;
