//! The account that the requests of these tests are made with.

use offerslook_core::{Account, BaseUrl, Credentials, Network};

pub(crate) const EMAIL: &str = "affiliate@example.com";
pub(crate) const KEY: &str = "0123456789abcdef0123456789abcdef";

pub(crate) fn account() -> Account {
    Account::new("acme".parse::<Network>().unwrap().into(), credentials())
}

pub(crate) fn account_at(base_url: &str) -> Account {
    Account::new(base_url.parse::<BaseUrl>().unwrap(), credentials())
}

fn credentials() -> Credentials {
    Credentials::affiliate(EMAIL, KEY).unwrap()
}
