//! The client for the OffersLook Affiliate API: offer ids in, tracking links out.
//!
//! This crate is the front door. It re-exports the core, which does no I/O, and, by feature, the adapters:
//!
//! - `hyper`: `offerslook::hyper::Client`, async, on tokio.
//! - `ureq`: `offerslook::ureq::Client`, blocking, without a runtime.
//!
#![cfg_attr(
    feature = "hyper",
    doc = r"
```no_run
# async fn example(account: offerslook::Account, ids: offerslook::OfferIds) -> Result<(), Box<dyn std::error::Error>> {
use offerslook::{affiliate::batches::BatchTrackingLinks, hyper::Client};
let client = Client::new(account)?;
let links = client.send(&BatchTrackingLinks::new(ids)).await?;
# Ok(()) }
```
"
)]
#![cfg_attr(
    feature = "ureq",
    doc = r"
```no_run
# fn example(account: offerslook::Account, ids: offerslook::OfferIds) -> Result<(), Box<dyn std::error::Error>> {
use offerslook::{affiliate::batches::BatchTrackingLinks, ureq::Client};
let client = Client::new(account)?;
let links = client.send(&BatchTrackingLinks::new(ids))?;
# Ok(()) }
```
"
)]

pub use offerslook_core::*;
#[cfg(feature = "hyper")]
pub use offerslook_transport_hyper as hyper;
#[cfg(feature = "ureq")]
pub use offerslook_transport_ureq as ureq;

/// The examples of the README are compiled as part of the tests.
#[cfg(all(doctest, feature = "hyper", feature = "ureq"))]
#[doc = include_str!("../../../README.md")]
pub struct Readme;

/// So are those of the page on jobs.
#[cfg(all(doctest, feature = "hyper", feature = "ureq"))]
#[doc = include_str!("../../../docs/src/jobs.md")]
pub struct JobsPage;
