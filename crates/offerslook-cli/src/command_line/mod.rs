//! The command line: what it may say, and what is said about mistakes in it.

mod order;
mod usage;

use std::ffi::OsString;

use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, builder::styling};

use crate::{commands::Command, help, options::ConsoleOptions};

pub(crate) use usage::Refusal;

/// The whole command line.
#[derive(Parser)]
#[command(name = "offerslook", version, max_term_width = 100, styles = STYLES, after_help = help::TOP)]
#[command(about = "Offer ids in, tracking links out: the OffersLook Affiliate API on the command line")]
#[command(disable_help_subcommand = true, subcommand_required = true, arg_required_else_help = true)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) console: ConsoleOptions,
}

const STYLES: styling::Styles = styling::Styles::styled()
    .header(styling::AnsiColor::Green.on_default().bold())
    .usage(styling::AnsiColor::Green.on_default().bold())
    .literal(styling::AnsiColor::Cyan.on_default().bold())
    .placeholder(styling::AnsiColor::Cyan.on_default());

impl Cli {
    /// Parses the arguments, the program's name first.
    pub(crate) fn read(arguments: Vec<OsString>) -> Result<Self, Refusal> {
        let colour = order::colour_of(&arguments);
        crate::options::choose_colours(colour);
        let command = Self::command().color(colour);
        let arguments = order::options_behind_command(arguments, &command);
        let matches = command.try_get_matches_from(arguments).map_err(Refusal::from)?;
        Self::from_arg_matches(&matches).map_err(Refusal::from)
    }
}

/// Returns the description of the whole command line, for help, completions and the manual page.
pub(crate) fn description() -> clap::Command {
    Cli::command().color(ColorChoice::Auto)
}
