//! What tests start from: accounts, settings, requests.

use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use offerslook_core::{
    Account, BaseUrl, Credentials, Proxies, Request, Settings,
    job::{Options, Rate},
};

use crate::{Adapter, Client, certificates, conversation::LIMIT};

/// Stands in every request, as a header, and must show nowhere else.
pub const SECRET: &str = "Basic c2VjcmV0OnNlY3JldA==";

/// A host without an address. Its first label is too long to be looked up, so that no name service hears of it.
pub const NOWHERE: &str = "a-label-of-more-than-sixty-three-characters-cannot-be-looked-up-at-all.invalid";

/// Longer than any server of a script waits: a limit that is meant to be met is never met by this one instead.
const PATIENCE: Duration = LIMIT.saturating_mul(5);

/// Settings under which only what a test provokes goes wrong, whatever the environment says. They trust
/// [`certificates::trusted`].
#[must_use]
pub fn patient() -> Settings {
    let mut settings = Settings::default();
    settings.timeout = PATIENCE;
    settings.connect_timeout = PATIENCE;
    settings.root_certificates = vec![certificates::trusted().pem()];
    settings.proxies = Some(Proxies::default());
    settings
}

/// [`patient`] settings with these variables in the environment.
#[must_use]
pub fn with_variables(variables: &[(&str, String)]) -> Settings {
    let look_up = |asked: &str| Some(variables.iter().find(|(name, _)| *name == asked)?.1.clone());
    let mut settings = patient();
    settings.proxies = Some(Proxies::from_variables(look_up).unwrap());
    settings
}

/// The options of a client with these settings, and a quota that holds no case up.
#[must_use]
pub fn options(settings: Settings) -> Options {
    let mut options = Options::default();
    options.quota = Rate::new(100_000.try_into().unwrap(), Duration::from_secs(1)).unwrap();
    options.transport = settings;
    options
}

/// An account somewhere.
#[must_use]
pub fn account() -> Account {
    account_at("https://acme.api.offerslook.com")
}

/// An account at a base URL.
#[must_use]
pub fn account_at(base_url: &str) -> Account {
    let base_url: BaseUrl = base_url.parse().unwrap();
    Account::new(base_url, Credentials::affiliate("me@example.com", "key").unwrap())
}

/// A client with these settings.
#[must_use]
pub fn client(adapter: &dyn Adapter, settings: Settings) -> Box<dyn Client> {
    adapter.client(account(), options(settings)).unwrap()
}

/// A GET.
#[must_use]
pub fn get(uri: Uri) -> Request {
    http::Request::get(uri).header("authorization", SECRET).body(Bytes::new()).unwrap()
}

/// A POST with a small body.
#[must_use]
pub fn post(uri: Uri) -> Request {
    http::Request::post(uri).header("authorization", SECRET).body(Bytes::from_static(b"{\"a\":1}")).unwrap()
}
