//! The OffersLook clients, async and blocking, over a transport of your choice.
//!
//! A transport sends one request and receives its response. This one answers from memory, which suits tests:
//!
//! ```
//! use http::{HeaderMap, StatusCode};
//! use offerslook::client::blocking::{Client, Transport};
//! use offerslook::{Account, BaseUrl, Credentials, Network, Options, Response, Settings};
//! use offerslook::{SetupError, TransportError, transport::Exchange};
//!
//! struct Memory;
//!
//! impl Transport for Memory {
//!     fn new(_: &Settings, _: &BaseUrl) -> Result<Self, SetupError> {
//!         Ok(Self)
//!     }
//!
//!     fn exchange(&self, exchange: &Exchange) -> Result<Response, TransportError> {
//!         let row = r#"{"offer_id": 16, "url": "https://click.example/?offer_id=16"}"#;
//!         let body = format!(r#"{{"code": 0, "data": {{"tracking_link": [{row}]}}}}"#);
//!         let mut reader = exchange.response((StatusCode::OK, HeaderMap::new()))?;
//!         reader.push(body.as_bytes())?;
//!         reader.finish()
//!     }
//! }
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let credentials = Credentials::affiliate("me@example.com", "0123456789abcdef")?;
//!     let account = Account::new("acme".parse::<Network>()?.into(), credentials);
//!     let client = Client::with_transport(account, Options::default(), Memory);
//!     for item in client.links([16]) {
//!         let (id, link) = item?;
//!         println!("{id} {}", link?.url);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! Everything but the transport exists once, here and in the core: jobs, quota, retries, timeouts, threads and tasks.
//! Ready-made transports are in [`offerslook-transport-hyper`] and [`offerslook-transport-ureq`]. To write one, implement
//! [`Transport`] or [`blocking::Transport`]; [`Exchange`](offerslook_core::transport::Exchange) describes the contract
//! step by step, and the page [Writing a transport] builds one.
//!
//! # Features
//!
//! | feature | what it adds |
//! |---|---|
//! | `tokio` | `Tokio`, the [`Runtime`] of transports on tokio |
//! | `rustls` | `tls`: the configuration of rustls, and the classification of its errors |
//!
//! Without them, the crate needs only the standard library and the core.
//!
//! [`offerslook-transport-hyper`]: https://docs.rs/offerslook-transport-hyper
//! [`offerslook-transport-ureq`]: https://docs.rs/offerslook-transport-ureq
//! [Writing a transport]: https://github.com/offerslook/offerslook/blob/main/docs/src/transport.md

#![cfg_attr(docsrs, feature(doc_cfg))]
#![warn(missing_debug_implementations)]

pub mod blocking;
mod builder;
mod calls;
mod client;
mod runtime;
mod shared;
#[cfg(feature = "rustls")]
pub mod tls;
#[cfg(feature = "tokio")]
mod tokio;
mod transport;

pub use builder::ClientBuilder;
pub use calls::Calls;
pub use client::{Client, Run};
pub use runtime::Runtime;
pub use transport::Transport;

#[cfg(feature = "tokio")]
pub use crate::tokio::Tokio;
