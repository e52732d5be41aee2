//! The protocol of the OffersLook Affiliate API, without any I/O.
//!
//! ```no_run
//! use offerslook::{Account, GetTrackingLinks, Response};
//!
//! # fn send(_: offerslook::Request) -> Response {
//! #     Response::new(include_str!("../tests/fixtures/get_tracking_links.json").into())
//! # }
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     // OFFERSLOOK_NETWORK, OFFERSLOOK_EMAIL and OFFERSLOOK_API_KEY
//!     let account = Account::from_variables(|name| std::env::var(name).ok())?;
//!     let call = GetTrackingLinks::new("16,102".parse()?);
//!     let response = send(account.request(&call)?); // with any HTTP library
//!     for row in account.parse(&call, &response)? {
//!         println!("{}: {}", row.offer_id, row.url);
//!     }
//!     Ok(())
//! }
//! ```
//!
//! This crate builds [`Request`]s, parses [`Response`]s, and schedules calls within a rate limit. It opens no sockets,
//! reads no clock and needs no runtime. The crate [`offerslook`](https://docs.rs/offerslook) re-exports all of it, and
//! adds clients. The page [Embedding the core] shows how to write a loop of your own.
//!
//! # Modules
//!
//! | module | what it holds |
//! |---|---|
//! | [`types`] | offer ids, links and parameters, each validated when it is created |
//! | [`error`] | what can go wrong, and the table that classifies it |
//! | [`endpoint`] | what a call is |
//! | [`affiliate`] | the calls, one per file |
//! | [`account`] | base URL and credentials; builds requests |
//! | [`response`] | parses responses |
//! | [`transport`] | what all transports have in common: settings, proxies, the body of a response |
//! | [`job`] | any number of calls within a rate limit, as state machines |
//! | [`drive`] | the loops that run jobs |
//!
//! # Features
//! There are none.
//!
//! [Embedding the core]: https://github.com/offerslook/offerslook/blob/main/docs/src/embed.md

#![warn(missing_debug_implementations)]

pub mod account;
pub mod affiliate;
pub mod drive;
pub mod endpoint;
pub mod error;
pub mod job;
pub mod response;
pub mod transport;
pub mod types;

pub use account::{
    Account, AccountError, ApiKey, BaseUrl, BaseUrlError, Credentials, CredentialsError, Network,
    NetworkError,
};
pub use endpoint::{Batched, Encoder, Endpoint, Page, Paged, Payload, Rows, Spec, UnusableRow, Verb};
pub use error::{
    ApiCode, ApiError, BuildError, DecodeError, DecodeFault, Delivery, Error, ErrorClass, IdError,
    Incomplete, IncompleteReason, KeptBody, NextStep, NoLink, StopCause, TransportError, TransportKind,
};
pub use response::{Drift, DriftKind, parse, parse_with_drift};
pub use transport::{Proxies, Settings, SetupError};
pub use types::{
    AppendError, ImpressionPixel, IntoOfferId, Link, NotAUrl, OfferId, OfferIds, Parameter,
    ParseOfferIdError, ParseOfferIdsError, ParseParameterError, TrackingLink,
};

// Unit tests beside an endpoint use this crate by the same name as the tests in `tests`.
#[cfg(test)]
extern crate self as offerslook_core;
#[cfg(test)]
#[path = "../tests/core/example.rs"]
mod example;

/// A request of the API. To send it again, send a clone.
pub type Request = http::Request<bytes::Bytes>;

/// A response of the API, with its complete body.
pub type Response = http::Response<bytes::Bytes>;
