//! Accounts, settings and requests that tests start from.

use std::time::Duration;

use bytes::Bytes;
use http::Uri;
use offerslook_core::{
    Account, BaseUrl, Credentials, Proxies, Request, Settings,
    job::{Options, OptionsBuilder, Quota, Rate},
};

use crate::certificates;

/// The limit of each step of a server. It only ends tests that fail.
pub(crate) const STEP_LIMIT: Duration = Duration::from_secs(10);

/// The credentials of [`get`] and [`post`]. They must show nowhere but in the request.
pub const AUTHORIZATION: &str = "Basic c2VjcmV0OnNlY3JldA==";

/// A host without an address. Its first label is too long for a DNS query, so no resolver ever sees it.
pub const UNKNOWN_HOST: &str =
    "a-label-of-more-than-sixty-three-characters-cannot-be-looked-up-at-all.invalid";

/// A response with status 200 and the body `ok`.
pub const OK: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

/// A response with status 200 and this body.
#[must_use]
pub fn ok(body: &str) -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len())
}

/// Settings with timeouts that no case reaches by accident, without proxies, whatever the environment says. They trust
/// [`certificates::trusted`].
#[must_use]
pub fn settings() -> Settings {
    const UNREACHED: Duration = STEP_LIMIT.saturating_mul(5);
    with_timeouts(UNREACHED, UNREACHED)
}

/// [`settings`] with other timeouts: of the whole call, and for connecting.
#[must_use]
pub fn with_timeouts(timeout: Duration, connect_timeout: Duration) -> Settings {
    let mut settings = Settings::default();
    settings.timeout = timeout;
    settings.connect_timeout = connect_timeout;
    settings.root_certificates = vec![certificates::trusted().pem()];
    settings.proxies = Some(Proxies::default());
    settings
}

/// [`settings`] with another timeout of the whole call.
#[must_use]
pub fn with_timeout(timeout: Duration) -> Settings {
    with_timeouts(timeout, settings().connect_timeout)
}

/// [`settings`] with another cap of the body.
#[must_use]
pub fn with_body_cap(bytes: usize) -> Settings {
    let mut settings = settings();
    settings.max_body_bytes = bytes;
    settings
}

/// [`settings`] with the proxies of these environment variables.
#[must_use]
pub fn with_variables(variables: &[(&str, String)]) -> Settings {
    let lookup = |asked: &str| Some(variables.iter().find(|(name, _)| *name == asked)?.1.clone());
    let mut settings = settings();
    settings.proxies = Some(Proxies::from_variables(lookup));
    settings
}

/// Options with these settings.
#[must_use]
pub fn options(settings: Settings) -> Options {
    options_builder(settings).build().unwrap()
}

/// The builder of [`options`].
pub fn options_builder(settings: Settings) -> OptionsBuilder {
    let builder = Options::builder()
        .timeout(settings.timeout)
        .connect_timeout(settings.connect_timeout)
        .max_body_bytes(settings.max_body_bytes)
        .proxies(settings.proxies.unwrap_or_default());
    settings.root_certificates.into_iter().fold(builder, OptionsBuilder::root_certificate)
}

/// A quota that delays no case.
#[must_use]
pub fn unlimited() -> Quota {
    Quota::new(Rate::new(100_000, Duration::from_secs(1)).unwrap())
}

/// An account that uses HTTPS.
#[must_use]
pub fn account() -> Account {
    account_at("https://acme.api.offerslook.com")
}

/// An account at this base URL.
#[must_use]
pub fn account_at(base_url: &str) -> Account {
    account_with(base_url.parse().unwrap())
}

/// An account with this base URL.
#[must_use]
pub fn account_with(base_url: BaseUrl) -> Account {
    Account::new(base_url, Credentials::affiliate("me@example.com", "key").unwrap())
}

/// A GET.
#[must_use]
pub fn get(uri: Uri) -> Request {
    http::Request::get(uri).header("authorization", AUTHORIZATION).body(Bytes::new()).unwrap()
}

/// A POST with a small body.
#[must_use]
pub fn post(uri: Uri) -> Request {
    let request = http::Request::post(uri).header("authorization", AUTHORIZATION);
    request.body(Bytes::from_static(b"{\"a\":1}")).unwrap()
}
