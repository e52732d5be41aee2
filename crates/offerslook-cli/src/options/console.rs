use clap::{Args, ColorChoice};

/// What is shown on standard error. Every command has these options.
#[derive(Args, Clone)]
#[command(next_help_heading = "Messages")]
pub(crate) struct ConsoleOptions {
    /// When to use colours
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    color: ColorChoice,

    /// Show no progress and no summary
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,

    /// Show requests and the causes of errors; -vv and -vvv show more
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub(crate) verbose: u8,
}

/// Makes everything that is written heed this choice.
pub(crate) fn choose_colours(color: ColorChoice) {
    match color {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
    .write_global();
}
