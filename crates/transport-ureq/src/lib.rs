//! The blocking client for the OffersLook Affiliate API, on ureq: no runtime, one thread a call.
//!
//! ```no_run
//! use offerslook_core::{Account, Credentials, Network, affiliate::batches::GetTrackingLinks};
//! use offerslook_transport_ureq::Client;
//!
//! let account = Account::new("acme".parse::<Network>()?, Credentials::affiliate("me@example.com", "my-key")?);
//! let client = Client::new(account)?;
//! let links = client.send(&GetTrackingLinks::new("16,102".parse()?))?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # What it does
//! - HTTP/1.1 over rustls with the ring provider. The system's certificate authorities are trusted, and those
//!   of the [`Settings`].
//! - One call is one exchange: no redirect is followed, and what may have reached the service is never sent
//!   again. A request that certainly did not leave, because the connection it was to reuse was found closed,
//!   goes out on another one.
//! - Every wait has a limit: one to be connected, one for the whole call.
//! - Bodies are inflated, and cut off at a cap.
//! - https goes through the proxy that `HTTPS_PROXY` or `ALL_PROXY` names, unless `NO_PROXY` excepts the host.
//!
//! A look-up of a name that takes longer than the limit is left alone: its thread ends when the system's name
//! service answers. Nothing else runs in the background.

#![warn(missing_debug_implementations)]

mod client;
mod connector;
mod execute;
mod fault;
mod jobs;
mod tls;

pub use client::Client;
pub use jobs::{Run, Threads};
pub use offerslook_core::{Settings, SetupError};
