use std::path::PathBuf;

use super::KeySource;
use crate::{
    environment::{self, Environment},
    failure::Failure,
    options::{AccountOptions, QuotaStoreOptions},
};

/// What one source says about the account: the options, the environment or a profile.
///
/// Each value comes with the name of what holds it, for messages. A part is an error if the source says it in two ways,
/// which only matters if no other source comes first.
#[derive(Clone)]
pub(crate) struct Layer {
    pub(crate) address: Part<Address>,
    pub(crate) email: Part<Named>,
    pub(crate) key: Part<KeySource>,
    pub(crate) quota: QuotaLayer,
}

/// What a source says about the store of the quota.
#[derive(Clone)]
pub(crate) struct QuotaLayer {
    pub(crate) store: Option<Named>,
    pub(crate) password: Part<KeySource>,
    pub(crate) fallback: Option<Named>,
}

type Part<T> = Result<Option<T>, Failure>;

/// A value, and the option, variable or profile that holds it.
#[derive(Clone)]
pub(crate) struct Named {
    pub(crate) source: String,
    pub(crate) value: String,
}

/// Where the calls go.
#[derive(Clone)]
pub(crate) enum Address {
    Network(Named),
    BaseUrl(Named),
}

impl Layer {
    pub(crate) fn of_options(options: &AccountOptions) -> Self {
        let key_file = options.api_key_file.clone();
        Self {
            address: address(("--network", &options.network), ("--base-url", &options.base_url)),
            email: Ok(named("--email", options.email.as_ref())),
            key: at_most_one(
                ("--api-key-file", key_file.map(|path| key_file_source("--api-key-file", path))),
                ("--api-key-stdin", options.api_key_stdin.then_some(KeySource::StandardInput)),
            ),
            quota: QuotaLayer::default(),
        }
    }

    pub(crate) fn of_environment(environment: &Environment) -> Self {
        let key_file = environment.api_key_file.clone().map(PathBuf::from);
        Self {
            address: address(
                (environment::NETWORK, &environment.network),
                (environment::BASE_URL, &environment.base_url),
            ),
            email: Ok(named(environment::EMAIL, environment.email.as_ref())),
            key: at_most_one(
                (
                    environment::API_KEY,
                    environment
                        .api_key
                        .as_deref()
                        .map(|key| KeySource::of_variable(environment::API_KEY, key)),
                ),
                (
                    environment::API_KEY_FILE,
                    key_file.map(|path| key_file_source(environment::API_KEY_FILE, path)),
                ),
            ),
            quota: QuotaLayer::of_environment(environment),
        }
    }

    /// Returns the files that hold secrets, and what names each.
    pub(crate) fn files(self) -> impl Iterator<Item = (String, PathBuf)> {
        [self.key, self.quota.password].into_iter().filter_map(|source| match source {
            Ok(Some(KeySource::File { named_by, path })) => Some((named_by, path)),
            _ => None,
        })
    }

    /// Takes what is missing here from the next layer. A network here hides a base URL there.
    pub(crate) fn or(self, next: Self) -> Self {
        Self {
            address: first(self.address, next.address),
            email: first(self.email, next.email),
            key: first(self.key, next.key),
            quota: self.quota.or(next.quota),
        }
    }
}

impl Default for Layer {
    /// A source that says nothing.
    fn default() -> Self {
        Self { address: Ok(None), email: Ok(None), key: Ok(None), quota: QuotaLayer::default() }
    }
}

impl QuotaLayer {
    pub(crate) fn of_options(options: &QuotaStoreOptions) -> Self {
        const PASSWORD_FILE: &str = "--quota-store-password-file";
        let file = options.quota_store_password_file.clone();
        Self {
            store: named("--quota-store", options.quota_store.as_ref()),
            password: Ok(file.map(|path| key_file_source(PASSWORD_FILE, path))),
            fallback: None,
        }
    }

    fn of_environment(environment: &Environment) -> Self {
        use environment::{QUOTA_FALLBACK, QUOTA_STORE, QUOTA_STORE_PASSWORD, QUOTA_STORE_PASSWORD_FILE};

        let password = environment.quota_store_password.as_deref();
        let password = password.map(|password| KeySource::of_variable(QUOTA_STORE_PASSWORD, password));
        let file = environment.quota_store_password_file.clone().map(PathBuf::from);
        Self {
            store: named(QUOTA_STORE, environment.quota_store.as_ref()),
            password: at_most_one(
                (QUOTA_STORE_PASSWORD, password),
                (
                    QUOTA_STORE_PASSWORD_FILE,
                    file.map(|path| key_file_source(QUOTA_STORE_PASSWORD_FILE, path)),
                ),
            ),
            fallback: named(QUOTA_FALLBACK, environment.quota_fallback.as_ref()),
        }
    }

    /// Takes what is missing here from the next layer.
    pub(crate) fn or(self, next: Self) -> Self {
        Self {
            store: self.store.or(next.store),
            password: first(self.password, next.password),
            fallback: self.fallback.or(next.fallback),
        }
    }
}

impl Default for QuotaLayer {
    /// A source that says nothing.
    fn default() -> Self {
        Self { store: None, password: Ok(None), fallback: None }
    }
}

fn first<T>(part: Part<T>, next: Part<T>) -> Part<T> {
    if matches!(part, Ok(None)) { next } else { part }
}

fn address(
    (network_name, network): (&str, &Option<String>),
    (base_url_name, base_url): (&str, &Option<String>),
) -> Part<Address> {
    at_most_one(
        (network_name, named(network_name, network.as_ref()).map(Address::Network)),
        (base_url_name, named(base_url_name, base_url.as_ref()).map(Address::BaseUrl)),
    )
}

fn named(source: &str, value: Option<&String>) -> Option<Named> {
    value.map(|value| Named { source: source.to_owned(), value: value.clone() })
}

fn key_file_source(named_by: &str, path: PathBuf) -> KeySource {
    KeySource::File { named_by: named_by.to_owned(), path }
}

/// Two ways to say one thing, of which one may be used at a time.
pub(crate) fn at_most_one<T>(
    (one_name, one): (&str, Option<T>),
    (other_name, other): (&str, Option<T>),
) -> Part<T> {
    match (one, other) {
        (Some(_), Some(_)) => Err(Failure::usage(
            format_args!("{one_name} and {other_name} are both given, and say the same thing in two ways"),
            "Leave one of them out.",
        )),
        (one, other) => Ok(one.or(other)),
    }
}
