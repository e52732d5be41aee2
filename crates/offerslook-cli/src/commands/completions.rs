//! `offerslook completions`: a script that lets a shell complete this command.

use clap::Args;
use clap_complete::Shell;

use crate::{exit::Exit, failure::Failure, output};

#[derive(Args)]
pub(crate) struct Completions {
    /// Shell to write the script for
    #[arg(value_enum)]
    shell: Shell,
}

pub(crate) fn run(command: &Completions, mut description: clap::Command) -> Result<Exit, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(command.shell, &mut description, "offerslook", &mut script);
    output::print(&String::from_utf8_lossy(&script))
}
