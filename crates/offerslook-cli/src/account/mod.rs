//! The account that options, environment and profile name: a flag beats a variable, which beats the profile.

mod key;
mod layer;
pub(crate) mod profile;

use std::{fmt::Display, path::PathBuf};

use offerslook_core::{Account, ApiKey, BaseUrl, BaseUrlError, Credentials, Network};
use offerslook_sandbox::Sandbox;
use secrecy::ExposeSecret;

use crate::{
    console::Console,
    environment::{self, Environment},
    failure::Failure,
    options::{AccountOptions, QuotaStoreOptions},
};

pub(crate) use key::{KeySource, is_readable_by_others};
pub(crate) use layer::{Address, Layer, Named, QuotaLayer, at_most_one};

/// What each part of the account comes from: `None` if nothing names it.
pub(crate) struct Sources {
    pub(crate) address: Option<Address>,
    pub(crate) email: Option<Named>,
    pub(crate) key: Option<KeySource>,
    pub(crate) quota: QuotaSources,
}

/// What the store of the quota comes from.
#[derive(Default)]
pub(crate) struct QuotaSources {
    pub(crate) store: Option<Named>,
    pub(crate) password: Option<KeySource>,
    pub(crate) fallback: Option<Named>,
}

impl QuotaSources {
    /// Takes what these options say before anything else.
    pub(crate) fn under(self, options: &QuotaStoreOptions) -> Self {
        let Self { store, password, fallback } = self;
        let layer =
            QuotaLayer::of_options(options).or(QuotaLayer { store, password: Ok(password), fallback });
        Self { store: layer.store, password: layer.password.unwrap_or_default(), fallback: layer.fallback }
    }
}

/// Finds what each part of the account comes from.
/// Fails if one source says a thing in two ways, or the profile cannot be read.
pub(crate) fn sources(
    options: &AccountOptions,
    environment: &Environment,
    console: &Console,
) -> Result<Sources, Failure> {
    let profile = profile::layer(options.profile.as_deref(), environment, console)?;
    let layer = Layer::of_options(options).or(Layer::of_environment(environment)).or(profile);
    let QuotaLayer { store, password, fallback } = layer.quota;
    let quota = QuotaSources { store, password: password?, fallback };
    Ok(Sources { address: layer.address?, email: layer.email?, key: layer.key?, quota })
}

/// Returns the files that variables and profiles name, and what names each.
pub(crate) fn files(environment: &Environment) -> Vec<(String, PathBuf)> {
    let files = [
        (environment::API_KEY_FILE, &environment.api_key_file),
        (environment::QUOTA_STORE_PASSWORD_FILE, &environment.quota_store_password_file),
    ];
    let named = files.into_iter().filter_map(|(name, path)| Some((name.to_owned(), path.as_ref()?.into())));
    named.chain(profile::files(environment)).collect()
}

pub(crate) fn resolve(
    sources: &Sources,
    options: &AccountOptions,
    console: &Console,
) -> Result<Account, Failure> {
    let (Some(address), Some(email), Some(key)) = (&sources.address, &sources.email, &sources.key) else {
        return Err(missing(sources));
    };
    let base_url = address.base_url(options.insecure_http)?;
    let secret = key.read()?;
    console.hide_account(&email.value, secret.expose_secret());
    let api_key: ApiKey = secret.expose_secret().parse().map_err(|error| invalid(key, error))?;
    let credentials =
        Credentials::with_key(&email.value, api_key).map_err(|error| invalid(&email.source, error))?;
    if key.is_readable_by_others() {
        console.warning(format_args!(
            "{key} can be read by other users of this machine: allow it to its owner only (chmod 600)"
        ));
    }
    if base_url.is_insecure() {
        console.warning(format_args!(
            "{base_url} is plain http: everybody on the way can read the API key, and use it"
        ));
    }
    Ok(Account::new(base_url, credentials))
}

/// Builds the account of the sandbox.
/// Fails if it is not valid, which is a bug of the program.
pub(crate) fn of_sandbox(sandbox: &Sandbox, console: &Console) -> Result<Account, Failure> {
    let broken = |cause: &dyn Display| {
        Failure::other(format_args!("the sandbox's account: {cause}"), "This is a bug: report it.")
    };
    console.hide_account(sandbox.email(), sandbox.api_key());
    let base_url: BaseUrl = sandbox.base_url().parse().map_err(|cause| broken(&cause))?;
    let credentials =
        Credentials::affiliate(sandbox.email(), sandbox.api_key()).map_err(|cause| broken(&cause))?;
    Ok(Account::new(base_url, credentials))
}

impl Address {
    /// Returns what holds it.
    pub(crate) fn source(&self) -> &str {
        match self {
            Self::Network(Named { source, .. }) | Self::BaseUrl(Named { source, .. }) => source,
        }
    }

    /// # Errors
    /// If it is not valid, or is plain http and that is not allowed.
    pub(crate) fn base_url(&self, is_http_allowed: bool) -> Result<BaseUrl, Failure> {
        match self {
            Self::Network(Named { source, value }) => {
                value.parse::<Network>().map(BaseUrl::from).map_err(|error| invalid(source, error))
            }
            Self::BaseUrl(Named { source, value }) if is_http_allowed => {
                BaseUrl::insecure_http(value).map_err(|error| invalid(source, error))
            }
            Self::BaseUrl(Named { source, value }) => value.parse().map_err(|error| match error {
                BaseUrlError::PlainHttp => Failure::usage(
                    format_args!("{source}: {error}"),
                    "To send the API key readable nevertheless, add --insecure-http.",
                ),
                _ => invalid(source, error),
            }),
        }
    }
}

fn invalid(source: impl Display, error: impl Display) -> Failure {
    Failure::usage(format_args!("{source}: {error}"), "")
}

fn missing(sources: &Sources) -> Failure {
    let parts = [
        (
            sources.address.is_none(),
            "the network",
            "--network NAME (or --base-url URL)",
            environment::NETWORK,
        ),
        (sources.email.is_none(), "the e-mail address", "--email ADDRESS", environment::EMAIL),
        (sources.key.is_none(), "the API key", "--api-key-file FILE", environment::API_KEY),
    ];
    let missing: Vec<_> = parts.iter().filter(|(missing, ..)| *missing).collect();
    let names: Vec<_> = missing.iter().map(|part| part.1).collect();
    let options: Vec<_> = missing.iter().map(|part| part.2).collect();
    let variables: Vec<_> = missing.iter().map(|part| part.3).collect();
    let verb = if names.len() == 1 { "is" } else { "are" };
    Failure::usage(
        format_args!("the account is not known: {} {verb} missing", listed(&names)),
        format!(
            "Give {}, or set {}; or try --sandbox, which needs no account.",
            listed(&options),
            listed(&variables),
        ),
    )
}

/// `a`, `a and b`, `a, b and c`
fn listed(parts: &[&str]) -> String {
    match parts.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, rest)) => format!("{} and {last}", rest.join(", ")),
        None => String::new(),
    }
}
