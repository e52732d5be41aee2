//! The OffersLook Affiliate API without any I/O.
//!
//! This crate builds [`Request`] values, reads [`Response`] values, and opens no socket, reads no clock
//! and knows no runtime: bring your own, or take the `offerslook` crate with an adapter.
//!
//! ```
//! use offerslook_core::{Account, Credentials, Network, Response, affiliate::batches::GetTrackingLinks, parse};
//!
//! # fn send(_: http::Request<bytes::Bytes>) -> Response {
//! #     Response::new(include_str!("../tests/fixtures/batch_tracking_links.json").into())
//! # }
//! let account = Account::new("acme".parse::<Network>()?, Credentials::affiliate("me@example.com", "my-key")?);
//! let request = account.request(&GetTrackingLinks::new("16,102".parse()?))?;
//! let response = send(request); // with whatever speaks HTTP
//! for row in parse::<GetTrackingLinks>(&response)? {
//!     println!("{} {:?}", row.offer_id, row.url.url());
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # Where things are
//! - [`types`]: offer ids, links, parameters: checked once, where they are made.
//! - [`endpoint`]: what a call is. [`affiliate`]: the calls, one a file.
//! - [`account`]: base URL and credentials, and from a call to a request.
//! - [`job`]: any number of calls inside a quota, as machines that are told the time. [`drive`]: the loops that
//!   run them.
//! - [`response`]: from an answer to a result. [`error`]: what can go wrong, and the table of meanings.
//! - [`transport`]: what all transports have in common: settings, proxies, the body of an answer.

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
    Account, ApiKey, BaseUrl, BaseUrlError, Credentials, CredentialsError, Network, NetworkError,
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

// The tests beside an endpoint see this crate by the name that those of the folder `tests` see it by.
#[cfg(test)]
extern crate self as offerslook_core;
#[cfg(test)]
#[path = "../tests/core/example.rs"]
mod example;

/// A request of the API. It is `Clone`: sending a call again is sending a clone.
pub type Request = http::Request<bytes::Bytes>;

/// An answer of the API, with its whole body.
pub type Response = http::Response<bytes::Bytes>;
