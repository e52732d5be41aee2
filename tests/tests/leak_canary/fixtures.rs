//! The account, its options, and calls made with it.

use http::Uri;
use offerslook_core::{
    Account, BaseUrl, Credentials, OfferId, OfferIds, Proxies, Request, Response,
    affiliate::batches::GetTrackingLinks,
    job::{Jobs, Options, Quota},
};
use offerslook_sandbox::SandboxConfig;
use offerslook_tests::canary::{EMAIL, KEY};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

pub(crate) fn credentials() -> Credentials {
    Credentials::affiliate(EMAIL, KEY).unwrap()
}

pub(crate) fn account() -> Account {
    let base_url: BaseUrl = "https://acme.api.offerslook.com".parse().unwrap();
    Account::new(base_url, credentials())
}

/// A proxy whose user name and password are the same secrets.
pub(crate) fn proxies() -> Proxies {
    let encoded = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let address = format!("http://{}:{}@127.0.0.1:1", encoded(EMAIL), encoded(KEY));
    Proxies::from_variables(|name| (name == "HTTPS_PROXY").then(|| address.clone()))
}

/// A URI that is called through the proxy.
pub(crate) fn proxied_uri() -> Uri {
    "https://acme.api.offerslook.com/".parse().unwrap()
}

pub(crate) fn options() -> Options {
    Options::builder().proxies(proxies()).build().unwrap()
}

pub(crate) fn jobs() -> Jobs {
    Jobs::new(account(), options(), Quota::default(), 1)
}

pub(crate) fn ids(last: u64) -> OfferIds {
    OfferIds::new((1..=last).filter_map(OfferId::new)).unwrap()
}

pub(crate) fn call() -> GetTrackingLinks {
    GetTrackingLinks::new(ids(2))
}

pub(crate) fn request() -> Request {
    account().request(&call()).unwrap()
}

pub(crate) fn answer(status: u16, body: &str) -> Response {
    http::Response::builder().status(status).body(body.to_owned().into()).unwrap()
}

pub(crate) fn sandbox_config() -> SandboxConfig {
    SandboxConfig::default().email(EMAIL).api_key(KEY).without_quota()
}
