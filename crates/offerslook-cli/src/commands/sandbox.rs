//! `offerslook sandbox`: serves the sandbox until somebody ends it.
#![allow(clippy::doc_markdown, reason = "the comments are shown to users, to whom backticks mean nothing")]

use std::{
    fs, io,
    path::{Path, PathBuf},
    sync::mpsc,
    time::Duration,
};

use clap::{Args, ValueEnum};
use offerslook_core::job::Rate;
use offerslook_sandbox::{Certificate, Faults, Sandbox, SandboxConfig};
use serde::Serialize;

use crate::{
    context::Context,
    exit::Exit,
    failure::{Failure, reason},
    options::{AccountOptions, FileOption, values},
    output::{Inputs, Sink},
    worker::Worker,
};

#[derive(Args)]
pub(crate) struct ServeSandbox {
    /// Port to serve on; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,

    /// Number of offers, with the ids 1 to N
    #[arg(long, value_name = "N", default_value_t = 5_000)]
    offers: u64,

    /// Seed of the offers: the same seed gives the same offers
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,

    /// Add the offers of this JSON file
    #[arg(long, value_name = "FILE")]
    offers_file: Option<PathBuf>,

    /// Misbehave as this TOML or JSON file says
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,

    /// Serve over HTTPS, with a certificate that is good, expired, wrong-host or unknown-authority
    #[arg(long, value_name = "CERTIFICATE", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "good", hide_possible_values = true)]
    https: Option<Https>,

    /// Number of calls that are accepted in so many seconds [default: 50/10]
    #[arg(long, value_name = "N/SECONDS", value_parser = values::quota)]
    quota: Option<Rate>,

    /// Accept any number of calls
    #[arg(long, conflicts_with = "quota")]
    no_quota: bool,

    /// End after this time, in seconds
    #[arg(long, value_name = "SECONDS", value_parser = values::seconds)]
    max_time: Option<Duration>,

    #[command(flatten)]
    output: FileOption,
}

#[derive(Clone, Copy, ValueEnum)]
enum Https {
    Good,
    Expired,
    WrongHost,
    UnknownAuthority,
}

/// Everything that a client needs to know.
#[derive(Serialize)]
struct Serving<'sandbox> {
    base_url: &'sandbox str,
    email: &'sandbox str,
    api_key: &'sandbox str,
    #[serde(skip_serializing_if = "Option::is_none")]
    certificate_authority: Option<&'sandbox str>,
}

/// Serves, prints the address, and returns when it is told to end or its time is over.
pub(crate) fn run(command: &ServeSandbox, context: &Context) -> Result<Exit, Failure> {
    let worker = Worker::start()?;
    let inputs = Inputs::of_account(&AccountOptions::default(), context)
        .and("--faults", command.faults.as_deref())
        .and("--offers-file", command.offers_file.as_deref());
    let sink = Sink::open(command.output.path(), &inputs, worker.interrupt())?;
    let (stop, stopped) = mpsc::channel();
    // It may be told to end as soon as anybody reads that it serves, or before.
    let _interruptible = worker.interrupt().stops(move || {
        let _ = stop.send(());
    });
    let sandbox = Sandbox::start(command.config()?).map_err(|cause| not_started(&cause))?;
    announce(&sandbox, sink)?;
    context.console.summary(format_args!("serving at {}; Ctrl-C ends it", sandbox.base_url()));
    let _ = match command.max_time {
        Some(limit) => stopped.recv_timeout(limit).ok(),
        None => stopped.recv().ok(),
    };
    sandbox.stop().map_err(|cause| Failure::not_possible("stop the sandbox", &cause))?;
    Ok(Exit::Success)
}

/// Prints one line of JSON.
fn announce(sandbox: &Sandbox, mut sink: Sink) -> Result<(), Failure> {
    let serving = Serving {
        base_url: sandbox.base_url(),
        email: sandbox.email(),
        api_key: sandbox.api_key(),
        certificate_authority: sandbox.certificate_authority(),
    };
    let line = serde_json::to_string(&serving).map_err(|cause| Failure::unwritable(&sink, &cause.into()))?;
    sink.write(format!("{line}\n").as_bytes())?;
    // It serves, even if nobody reads where.
    sink.finish(true).map(drop)
}

impl ServeSandbox {
    fn config(&self) -> Result<SandboxConfig, Failure> {
        let mut config = SandboxConfig::default().port(self.port).offers(self.offers).seed(self.seed);
        if let Some(path) = &self.offers_file {
            config = config.offers_file(path);
        }
        if let Some(path) = &self.faults {
            let parse = if is_json(path) { Faults::from_json } else { Faults::from_toml };
            config = config.faults(parse(&read(path)?).map_err(|error| invalid(path, &error))?);
        }
        if let Some(https) = self.https {
            config = config.https(https.into());
        }
        if let Some(quota) = self.quota {
            config = config.quota(quota.calls(), quota.window());
        }
        Ok(if self.no_quota { config.without_quota() } else { config })
    }
}

impl From<Https> for Certificate {
    fn from(https: Https) -> Self {
        match https {
            Https::Good => Self::Good,
            Https::Expired => Self::Expired,
            Https::WrongHost => Self::WrongHost,
            Https::UnknownAuthority => Self::UnknownAuthority,
        }
    }
}

fn read(path: &Path) -> Result<String, Failure> {
    fs::read_to_string(path).map_err(|cause| Failure::unreadable(&path.display(), &cause))
}

fn invalid(path: &Path, error: &dyn std::error::Error) -> Failure {
    Failure::usage(
        format_args!("{}: {error}", path.display()),
        "`offerslook help sandbox` shows what such a file looks like.",
    )
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}

/// The sandbox's own messages are sentences already.
fn not_started(cause: &io::Error) -> Failure {
    use io::ErrorKind::{AddrInUse, InvalidData, InvalidInput, IsADirectory, NotFound, PermissionDenied};
    match cause.kind() {
        AddrInUse => Failure::usage(reason(cause), "Choose another --port, or 0 for a free one."),
        InvalidData | InvalidInput | IsADirectory | NotFound | PermissionDenied => {
            Failure::usage(reason(cause), "")
        }
        _ => Failure::other(reason(cause), ""),
    }
}
