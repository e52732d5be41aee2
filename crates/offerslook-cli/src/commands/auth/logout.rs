#![allow(clippy::doc_markdown, reason = "the comments are shown to users, to whom backticks mean nothing")]

use clap::Args;

use crate::{
    account::profile::{Choice, ConfigFile},
    context::Context,
    exit::Exit,
    failure::Failure,
};

#[derive(Args)]
pub(crate) struct Logout {
    /// Name of the profile to remove [default: default] [env: OFFERSLOOK_PROFILE]
    #[arg(long, value_name = "NAME")]
    profile: Option<String>,
}

/// Removes the profile, and leaves everything else in the file as it is.
/// Fails if there is no such profile, or the file cannot be written.
pub(super) fn run(command: &Logout, context: &Context) -> Result<Exit, Failure> {
    let environment = context.environment()?;
    let choice = Choice::new(command.profile.as_deref(), environment);
    let mut config = ConfigFile::require(environment)?;
    if !config.remove(choice.name) {
        return Err(config.unknown(choice.name));
    }
    config.save()?;
    context.console.summary(format_args!(
        "profile {:?} is removed from {}; its API key works until it is deleted in the portal of the network",
        choice.name,
        config.path().display()
    ));
    Ok(Exit::Success)
}
