use std::{
    fs,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use offerslook_core::job::Rate;
use offerslook_sandbox::{Certificate, Faults, SandboxConfig};

use crate::failure::Failure;

/// What the stand-in is like.
#[derive(Args)]
pub(crate) struct SandboxArgs {
    /// The port to serve on; 0 takes a free one
    #[arg(long, default_value_t = 0)]
    port: u16,

    /// How many offers there are, with the ids 1 to N
    #[arg(long, value_name = "N", default_value_t = 5_000)]
    offers: u64,

    /// What the offers are made from: the same seed gives the same offers
    #[arg(long, value_name = "N", default_value_t = 0)]
    seed: u64,

    /// More offers, from this JSON file
    #[arg(long, value_name = "FILE")]
    offers_file: Option<PathBuf>,

    /// What goes wrong, and when, from this TOML or JSON file
    #[arg(long, value_name = "FILE")]
    faults: Option<PathBuf>,

    /// Serve over HTTPS, with a certificate that is good or not
    #[arg(long, value_name = "CERTIFICATE", num_args = 0..=1, require_equals = true)]
    #[arg(default_missing_value = "good")]
    https: Option<Https>,

    /// Take any number of calls, as fast as they come
    #[arg(long, conflicts_with = "quota")]
    no_quota: bool,
}

#[derive(Clone, Copy, ValueEnum)]
enum Https {
    /// Of the authority that is printed
    Good,
    /// Its time is over
    Expired,
    /// For another host
    WrongHost,
    /// Of another authority than the one that is printed
    UnknownAuthority,
}

impl SandboxArgs {
    /// # Errors
    /// Where a file cannot be read, or is at fault.
    pub(crate) fn config(&self, quota: Option<Rate>) -> Result<SandboxConfig, Failure> {
        let mut config = SandboxConfig::default().port(self.port).offers(self.offers).seed(self.seed);
        if let Some(path) = &self.offers_file {
            config = config.offers_file(path);
        }
        if let Some(path) = &self.faults {
            let parse = if is_json(path) { Faults::from_json } else { Faults::from_toml };
            config = config.faults(parse(&read(path)?).map_err(|error| at_fault(path, &error))?);
        }
        if let Some(https) = self.https {
            config = config.https(https.into());
        }
        if let Some(quota) = quota {
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

fn at_fault(path: &Path, error: &dyn std::error::Error) -> Failure {
    Failure::usage(
        format_args!("{}: {error}", path.display()),
        "`offerslook help sandbox` shows what such a file looks like.",
    )
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
}
