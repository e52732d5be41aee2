//! The client for the OffersLook Affiliate API: offer ids in, tracking links out.
//!
//! It takes any number of offer ids, keeps the rate limit that all affiliates of a network share, and reports exactly one
//! outcome per id. Two programs that print the links of two offers, and exit with an error if the key is wrong:
#![cfg_attr(
    feature = "hyper",
    doc = r#"
Async, with the feature `hyper`, on tokio:
```no_run
use offerslook::{Account, hyper::Client};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let client = Client::new(Account::from_variables(|name| std::env::var(name).ok())?)?;
    let mut links = client.links([16, 102]);
    while let Some((id, link)) = links.try_next().await? {
        match link {
            Ok(link) => println!("{id} {}", link.url),
            Err(error) => eprintln!("{id}: {error}"),
        }
    }
    Ok(())
}
```
"#
)]
#![cfg_attr(
    feature = "ureq",
    doc = r#"
Blocking, with the feature `ureq`:
```no_run
use offerslook::{Account, ureq::Client};

fn main() -> anyhow::Result<()> {
    let client = Client::new(Account::from_variables(|name| std::env::var(name).ok())?)?;
    for item in client.links([16, 102]) {
        let (id, link) = item?;
        match link {
            Ok(link) => println!("{id} {}", link.url),
            Err(error) => eprintln!("{id}: {error}"),
        }
    }
    Ok(())
}
```
"#
)]
//! The core alone, with an HTTP library of your own:
//!
//! ```no_run
//! use offerslook::{Account, GetTrackingLinks};
//!
//! # fn example(
//! #     account: Account,
//! #     send: fn(offerslook::Request) -> offerslook::Response,
//! # ) -> Result<(), Box<dyn std::error::Error>> {
//! let call = GetTrackingLinks::new("16,102".parse()?);
//! let response = send(account.request(&call)?);
//! let links = account.parse(&call, &response)?;
//! # Ok(()) }
//! ```
//!
//! # Features
//! - `hyper`: [`hyper`](https://docs.rs/offerslook-transport-hyper), the async client on hyper and tokio.
//! - `ureq`: [`ureq`](https://docs.rs/offerslook-transport-ureq), the blocking client on ureq.
//!
//! Without features, this crate is the core, which does no I/O, and [`client`], the clients over a transport of your own.

pub use offerslook_client as client;
pub use offerslook_core::*;
pub use offerslook_core::{
    affiliate::{
        batches::{ApplyToOffers, GetTrackingLinks, OfferLink},
        offers::ListOffers,
    },
    job::{Options, OptionsError, Quota, Rate, RateError, Report},
};
#[cfg(feature = "hyper")]
pub use offerslook_transport_hyper as hyper;
#[cfg(feature = "ureq")]
pub use offerslook_transport_ureq as ureq;

/// The examples of the README are compiled as part of the tests.
#[cfg(all(doctest, feature = "hyper", feature = "ureq"))]
#[doc = include_str!("../../../README.md")]
mod readme {}
