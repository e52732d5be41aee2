//! The client for the OffersLook Affiliate API: offer ids in, tracking links out.
#![cfg_attr(
    feature = "ureq",
    doc = r#"
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
//! It takes any number of offer ids, keeps the rate limit that all affiliates of a network share, and reports exactly one
//! outcome per id. An error of `item` means that the run ended early; an error of `link` concerns one id.
#![cfg_attr(
    feature = "hyper",
    doc = r#"
The async client has the same methods:

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
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `hyper` | `hyper::Client`, the async client on hyper and tokio |
//! | `ureq` | `ureq::Client`, the blocking client on ureq |
//!
//! Without features, this crate is the core, which does no I/O, and [`client`], the clients over a transport of your own.
//! With the core alone, you send the requests yourself:
//!
//! ```
//! use offerslook::{Account, GetTrackingLinks, Request, Response};
//!
//! fn print_links(account: &Account, send: fn(Request) -> Response) -> anyhow::Result<()> {
//!     let call = GetTrackingLinks::new("16,102".parse()?);
//!     let response = send(account.request(&call)?);
//!     for row in account.parse(&call, &response)? {
//!         println!("{}: {}", row.offer_id, row.url);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # More
//! [The book] goes from getting started to the architecture.
//!
//! [The book]: https://github.com/offerslook/offerslook/blob/main/docs/src/SUMMARY.md

#![cfg_attr(docsrs, feature(doc_cfg))]

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
