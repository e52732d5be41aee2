//! The client for the OffersLook Affiliate API: offer ids in, tracking links out.
//!
//! This crate is the front door. It re-exports the core, which does no I/O, and, by feature, the adapters:
//!
//! - `hyper`: `offerslook::hyper::Client`, async, on tokio.
//! - `ureq`: `offerslook::ureq::Client`, blocking, without a runtime.
//!
//! The core alone, with whatever speaks HTTP where you are:
//!
//! ```no_run
//! # use offerslook::affiliate::batches::GetTrackingLinks;
//! # fn example(
//! #     account: offerslook::Account,
//! #     send: fn(offerslook::Request) -> offerslook::Response,
//! # ) -> Result<(), Box<dyn std::error::Error>> {
//! let call = GetTrackingLinks::new("16,102".parse()?);
//! let response = send(account.request(&call)?);
//! let links = offerslook::parse::<GetTrackingLinks>(&response)?;
//! # Ok(()) }
//! ```
//!
//! With an adapter:
#![cfg_attr(
    feature = "hyper",
    doc = r#"
```no_run
# use offerslook::affiliate::batches::GetTrackingLinks;
# async fn example(account: offerslook::Account) -> Result<(), Box<dyn std::error::Error>> {
let client = offerslook::hyper::Client::new(account)?;
let call = GetTrackingLinks::new("16,102".parse()?);
let links = client.send(&call).await?;
# Ok(()) }
```
"#
)]
#![cfg_attr(
    feature = "ureq",
    doc = r#"
```no_run
# use offerslook::affiliate::batches::GetTrackingLinks;
# fn example(account: offerslook::Account) -> Result<(), Box<dyn std::error::Error>> {
let client = offerslook::ureq::Client::new(account)?;
let call = GetTrackingLinks::new("16,102".parse()?);
let links = client.send(&call)?;
# Ok(()) }
```
"#
)]

pub use offerslook_core::*;
#[cfg(feature = "hyper")]
pub use offerslook_transport_hyper as hyper;
#[cfg(feature = "ureq")]
pub use offerslook_transport_ureq as ureq;

/// The examples of the page on jobs are compiled as part of the tests.
#[cfg(all(doctest, feature = "hyper", feature = "ureq"))]
#[doc = include_str!("../../../docs/src/jobs.md")]
pub struct JobsPage;
