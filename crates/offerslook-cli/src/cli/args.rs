#![allow(clippy::doc_markdown, reason = "the comments are shown to users, to whom backticks mean nothing")]

use std::{
    fs,
    num::NonZeroUsize,
    path::{Path, PathBuf},
    time::Duration,
};

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum, builder::styling};
use offerslook_core::{
    Parameter, SetupError,
    job::{Options, Rate},
};

use super::{help, sandbox::SandboxArgs, values};
use crate::{failure::Failure, output::Format};

/// The whole command line.
#[derive(Parser)]
#[command(name = "offerslook", version, max_term_width = 100, styles = STYLES, after_help = help::EXAMPLES)]
#[command(about = "Offer ids in, tracking links out: the OffersLook Affiliate API on the command line")]
#[command(after_long_help = help::TOP)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub(crate) command: Command,
    #[command(flatten)]
    pub(crate) account: AccountArgs,
    #[command(flatten)]
    pub(crate) calls: CallArgs,
    #[command(flatten)]
    pub(crate) output: OutputArgs,
}

const STYLES: styling::Styles = styling::Styles::styled()
    .header(styling::AnsiColor::Green.on_default().bold())
    .usage(styling::AnsiColor::Green.on_default().bold())
    .literal(styling::AnsiColor::Cyan.on_default().bold())
    .placeholder(styling::AnsiColor::Cyan.on_default());

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Get the tracking links of offers
    #[command(after_help = help::LINKS_EXAMPLES, after_long_help = help::LINKS)]
    Links(LinksArgs),
    /// Serve a stand-in for the service, to test a program against
    #[command(after_help = help::SANDBOX_EXAMPLES, after_long_help = help::SANDBOX)]
    Sandbox(SandboxArgs),
}

/// What to ask for.
#[derive(Args)]
pub(crate) struct LinksArgs {
    /// Offer ids, with spaces or commas between them
    #[arg(value_name = "IDS", allow_negative_numbers = true)]
    pub(crate) ids: Vec<String>,

    /// Read more ids from this file, or from standard input
    ///
    /// White space, line ends and commas separate ids. The whole file is checked before anything is
    /// sent; ids that repeat are asked for once.
    #[arg(long, value_name = "FILE|-")]
    pub(crate) from: Option<PathBuf>,

    /// Append a parameter to every link; repeat for more
    ///
    /// Macros in braces stay as they are, everything else is percent-encoded unless it is already. A link
    /// that has a parameter of that name becomes a row of status failed, and the exit code is 1: two of
    /// one name would leave it to the tracker which one counts.
    #[arg(long, value_name = "NAME=VALUE")]
    pub(crate) append: Vec<Parameter>,

    /// Go on where an earlier run with the same ids and output file ended
    ///
    /// Needs --format ndjson and -o FILE. Rows are added to the file as they become known, so a run may be
    /// killed at any moment; run it again to go on. The file has to be empty, missing, or from a run with
    /// the same ids. The exit code speaks of the whole file.
    #[arg(long)]
    pub(crate) resume: bool,
}

/// As whom, and where.
#[derive(Args)]
#[command(next_help_heading = "Account")]
pub(crate) struct AccountArgs {
    /// The network's name: acme of acme.api.offerslook.com [env: OFFERSLOOK_NETWORK]
    #[arg(long, global = true, value_name = "NAME")]
    pub(crate) network: Option<String>,

    /// The API domain of a network on any other host [env: OFFERSLOOK_BASE_URL]
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) base_url: Option<String>,

    /// Use a stand-in for the service, inside this process, with its own account
    #[arg(long, global = true)]
    pub(crate) sandbox: bool,

    /// The e-mail address that you log in with [env: OFFERSLOOK_EMAIL]
    #[arg(long, global = true, value_name = "ADDRESS")]
    pub(crate) email: Option<String>,

    /// Read the API key from this file [env: OFFERSLOOK_API_KEY_FILE, or the key itself in OFFERSLOOK_API_KEY]
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) api_key_file: Option<PathBuf>,

    /// Read the API key from standard input
    #[arg(long, global = true)]
    pub(crate) api_key_stdin: bool,
}

/// How calls are made.
#[derive(Args)]
#[command(next_help_heading = "Calls")]
pub(crate) struct CallArgs {
    /// What speaks HTTP
    #[arg(long, global = true, value_enum, default_value = "hyper")]
    pub(crate) transport: Transport,

    /// The part of the network's quota to use; all of its affiliates share it [default: 50/10]
    #[arg(long, global = true, value_name = "N/SECONDS", value_parser = values::quota)]
    pub(crate) quota: Option<Rate>,

    /// The most calls in the air at a time [default: 8]
    #[arg(long, global = true, value_name = "N", value_parser = values::max_in_flight)]
    pub(crate) max_in_flight: Option<NonZeroUsize>,

    /// The most ids in one call, up to 1000 [default: 100]
    #[arg(long, global = true, value_name = "N", value_parser = values::ids_per_request)]
    pub(crate) ids_per_request: Option<NonZeroUsize>,

    /// How often a failed call is repeated [default: 4]
    #[arg(long, global = true, value_name = "N")]
    pub(crate) retries: Option<u32>,

    /// How long one attempt may take, in seconds [default: 30]
    #[arg(long, global = true, value_name = "SECONDS", value_parser = values::seconds)]
    pub(crate) timeout: Option<Duration>,

    /// How long it may take to be connected, in seconds [default: 10]
    #[arg(long, global = true, value_name = "SECONDS", value_parser = values::seconds)]
    pub(crate) connect_timeout: Option<Duration>,

    /// How long everything may take, in seconds [default: no limit]
    #[arg(long, global = true, value_name = "SECONDS", value_parser = values::seconds)]
    pub(crate) max_time: Option<Duration>,

    /// Trust the certificate authorities in this PEM file, too
    #[arg(long, global = true, value_name = "FILE")]
    pub(crate) cacert: Option<PathBuf>,
}

/// What is shown, and where.
#[derive(Args)]
#[command(next_help_heading = "Output")]
pub(crate) struct OutputArgs {
    /// How rows are written
    #[arg(long, global = true, value_enum, default_value = "table")]
    pub(crate) format: Format,

    /// Write to this file; what it held before is replaced only once the rows are complete
    #[arg(short, long, global = true, value_name = "FILE")]
    pub(crate) output: Option<PathBuf>,

    /// Whether to use colours
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub(crate) color: ColorChoice,

    /// Show no progress and no summary
    #[arg(short, long, global = true)]
    pub(crate) quiet: bool,

    /// Show more about what is done, and the causes of errors
    #[arg(short, long, global = true)]
    pub(crate) verbose: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Transport {
    Hyper,
    Ureq,
}

impl CallArgs {
    /// # Errors
    /// Where the file of certificate authorities cannot be read.
    pub(crate) fn options(&self) -> Result<Options, Failure> {
        let mut options = Options::default();
        options.quota = self.quota();
        options.max_in_flight = self.max_in_flight.unwrap_or(options.max_in_flight);
        options.ids_per_request = self.ids_per_request.unwrap_or(options.ids_per_request);
        options.attempts = self.retries.map_or(options.attempts, values::attempts);
        options.max_time = self.max_time;
        let transport = &mut options.transport;
        transport.timeout = self.timeout.unwrap_or(transport.timeout);
        transport.connect_timeout = self.connect_timeout.unwrap_or(transport.connect_timeout);
        if let Some(path) = &self.cacert {
            let pem = fs::read(path).map_err(|cause| Failure::unreadable(&path.display(), &cause))?;
            transport.root_certificates.push(pem.into());
        }
        Ok(options)
    }

    pub(crate) fn quota(&self) -> Rate {
        self.quota.unwrap_or(Rate::DOCUMENTED)
    }

    /// Why there is no client, in the words of the command line.
    pub(crate) fn setup_failure(&self, error: &SetupError) -> Failure {
        match (error, &self.cacert) {
            (SetupError::RootCertificate { .. }, Some(path)) => {
                Failure::usage(format_args!("--cacert {}: {error}", path.display()), "")
            }
            _ => Failure::usage(error, ""),
        }
    }
}

impl OutputArgs {
    /// The output, unless it is standard output.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.output.as_deref().filter(|path| *path != Path::new("-"))
    }

    /// From here on everything that is written heeds `--color`.
    pub(crate) fn choose_colours(&self) {
        match self.color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}
