//! `offerslook man`: manual pages.

use clap::Args;
use clap_mangen::Man;

use crate::{exit::Exit, failure::Failure, output};

#[derive(Args)]
pub(crate) struct ManualPage {
    /// Command to describe; without it, offerslook itself
    #[arg(value_name = "COMMAND")]
    command: Vec<String>,
}

/// Prints a manual page, as roff.
pub(crate) fn run(command: &ManualPage, mut root: clap::Command) -> Result<Exit, Failure> {
    root.build();
    let mut described = Some(&root);
    for name in &command.command {
        described = described.and_then(|command| command.find_subcommand(name));
    }
    let described = described.ok_or_else(|| {
        Failure::usage(
            format_args!("there is no command {:?}", command.command.join(" ")),
            "offerslook --help lists the commands.",
        )
    })?;
    let mut page = Vec::new();
    Man::new(described.clone())
        .render(&mut page)
        .map_err(|cause| Failure::not_possible("write the manual page", &cause))?;
    output::print(&String::from_utf8_lossy(&page))
}
