//! `offerslook help`: the help of a command, or a topic.

use clap::Args;

use crate::{exit::Exit, failure::Failure, help, output};

#[derive(Args)]
pub(crate) struct Help {
    /// A command, or one of exit-codes, environment and formats
    #[arg(value_name = "COMMAND|TOPIC")]
    topic: Vec<String>,
}

pub(crate) fn run(command: &Help, description: fn() -> clap::Command) -> Result<Exit, Failure> {
    let topic = command.topic.join(" ");
    match topic.as_str() {
        "exit-codes" => output::print(help::EXIT_CODES),
        "environment" => output::print(help::ENVIRONMENT),
        "formats" => output::print(help::FORMATS),
        _ => {
            let mut root = description();
            // Only now do commands know their whole name and the global options.
            root.build();
            let mut described = Some(&mut root);
            for name in &command.topic {
                described = described.and_then(|command| command.find_subcommand_mut(name));
            }
            let described = described.ok_or_else(|| {
                Failure::usage(
                    format_args!("there is no help on {topic:?}"),
                    "The topics are exit-codes, environment and formats; offerslook --help lists the commands.",
                )
            })?;
            let text = described.render_help();
            output::print(&text.ansi().to_string())
        }
    }
}
