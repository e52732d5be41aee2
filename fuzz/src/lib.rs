//! What the targets share: an account, and a driver of jobs in virtual time whose every decision is input of the fuzzer.

mod driver;

pub use driver::{Answer, Limits, Reply, Script, answer, drive};

use offerslook_core::{Account, Credentials, Network};

/// No error may show it.
pub const API_KEY: &str = "0123456789abcdef";

/// Returns an account for requests that nobody sends.
pub fn account() -> Account {
    let credentials = Credentials::affiliate("affiliate@example.com", API_KEY).expect("it is valid");
    Account::new("acme".parse::<Network>().expect("it is valid").into(), credentials)
}
