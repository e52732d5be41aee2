#![allow(clippy::doc_markdown, reason = "the comments are shown to users, to whom backticks mean nothing")]

use std::{fs, path::PathBuf, time::Duration};

use clap::{Args, ValueEnum};
use offerslook_core::{
    SetupError,
    job::{Options, OptionsBuilder, OptionsError, Rate},
};

use super::{QuotaFallbackOption, QuotaStoreOptions, values};
use crate::failure::Failure;

/// How a call is made.
#[derive(Args, Clone)]
#[command(next_help_heading = "Connection")]
pub(crate) struct CallOptions {
    /// HTTP library to use
    #[arg(long, value_enum, value_name = "hyper|ureq", hide_possible_values = true)]
    #[arg(default_value = "hyper")]
    pub(crate) transport: TransportName,

    /// Share of the network's rate limit to use; all of its affiliates share it [default: 50/10]
    #[arg(long, value_name = "N/SECONDS", value_parser = values::quota)]
    pub(crate) quota: Option<Rate>,

    #[command(flatten)]
    pub(crate) store: QuotaStoreOptions,
    #[command(flatten)]
    pub(crate) fallback: QuotaFallbackOption,

    /// Timeout of one attempt, in seconds [default: 30]
    #[arg(long, value_name = "SECONDS", value_parser = values::seconds)]
    pub(crate) timeout: Option<Duration>,

    /// Timeout for connecting, in seconds [default: 10]
    #[arg(long, value_name = "SECONDS", value_parser = values::seconds)]
    pub(crate) connect_timeout: Option<Duration>,

    /// Maximum time of the whole job, in seconds [default: no limit]
    #[arg(long, value_name = "SECONDS", value_parser = values::seconds)]
    pub(crate) max_time: Option<Duration>,

    /// Trust the certificate authorities in this PEM file as well
    #[arg(long, value_name = "FILE")]
    pub(crate) cacert: Option<PathBuf>,
}

/// How calls are made that are repeated if they fail.
#[derive(Args, Clone)]
#[command(next_help_heading = "Connection")]
pub(crate) struct ConnectionOptions {
    #[command(flatten)]
    pub(crate) call: CallOptions,

    /// Maximum number of retries per call, from 0 to 100 [default: 4]
    #[arg(long, value_name = "N", value_parser = values::retries)]
    retries: Option<u32>,
}

/// How many calls a job makes at a time.
#[derive(Args, Clone)]
#[command(next_help_heading = "Connection")]
pub(crate) struct ConcurrencyOptions {
    /// Maximum number of concurrent calls, up to 1000 [default: 8]
    #[arg(long, value_name = "N", value_parser = values::max_in_flight)]
    pub(crate) max_in_flight: Option<usize>,
}

/// How the ids of a batch are sent.
#[derive(Args, Clone)]
#[command(next_help_heading = "Connection")]
pub(crate) struct BatchOptions {
    #[command(flatten)]
    pub(crate) concurrency: ConcurrencyOptions,

    /// Maximum number of ids per call, up to 1000 [default: 100]
    #[arg(long, value_name = "N", value_parser = values::ids_per_request)]
    pub(crate) ids_per_request: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum TransportName {
    Hyper,
    Ureq,
}

impl CallOptions {
    /// Returns the options of the client, for a command to add its own to.
    pub(crate) fn builder(&self) -> Result<OptionsBuilder, Failure> {
        let mut builder = Options::builder();
        if let Some(timeout) = self.timeout {
            builder = builder.timeout(timeout);
        }
        if let Some(timeout) = self.connect_timeout {
            builder = builder.connect_timeout(timeout);
        }
        if let Some(time) = self.max_time {
            builder = builder.max_time(time);
        }
        if let Some(path) = &self.cacert {
            let pem = fs::read(path).map_err(|cause| Failure::unreadable(&path.display(), &cause))?;
            builder = builder.root_certificate(pem);
        }
        Ok(builder)
    }

    pub(crate) fn rate(&self) -> Rate {
        self.quota.unwrap_or(Rate::DOCUMENTED)
    }

    /// Returns why there is no client, in terms of the command line.
    pub(crate) fn setup_failure(&self, error: &SetupError) -> Failure {
        match (error, &self.cacert) {
            (SetupError::RootCertificate { .. }, Some(path)) => {
                Failure::usage(format_args!("--cacert {}: {error}", path.display()), "")
            }
            _ => Failure::usage(error, ""),
        }
    }
}

impl ConnectionOptions {
    /// Returns the options of the client, for a command to add its own to.
    pub(crate) fn builder(&self) -> Result<OptionsBuilder, Failure> {
        let builder = self.call.builder()?;
        Ok(match self.retries {
            Some(retries) => builder.retries(retries),
            None => builder,
        })
    }
}

impl ConcurrencyOptions {
    pub(crate) fn add_to(&self, builder: OptionsBuilder) -> OptionsBuilder {
        match self.max_in_flight {
            Some(calls) => builder.max_in_flight(calls),
            None => builder,
        }
    }
}

impl BatchOptions {
    pub(crate) fn add_to(&self, builder: OptionsBuilder) -> OptionsBuilder {
        let builder = self.concurrency.add_to(builder);
        match self.ids_per_request {
            Some(ids) => builder.ids_per_request(ids),
            None => builder,
        }
    }
}

impl From<OptionsError> for Failure {
    fn from(error: OptionsError) -> Self {
        Self::usage(error, "")
    }
}
