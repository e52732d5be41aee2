//! The async client for the OffersLook Affiliate API, on hyper and tokio.
//!
//! ```no_run
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! use offerslook_core::{Account, Credentials, Network, affiliate::batches::GetTrackingLinks};
//! use offerslook_transport_hyper::Client;
//!
//! let account = Account::new("acme".parse::<Network>()?, Credentials::affiliate("me@example.com", "my-key")?);
//! let client = Client::new(account)?;
//! let links = client.send(&GetTrackingLinks::new("16,102".parse()?)).await?;
//! # Ok(())
//! # }
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
//! # What it needs
//! A tokio runtime with I/O and time enabled, the caller's. Nothing runs in the background: a connection is
//! driven by the call that uses it. Dropping the future of a call closes its connection, and dropping the last
//! clone of a [`Client`] closes those that were kept.

#![warn(missing_debug_implementations)]

mod client;
mod connector;
mod exchange;
mod execute;
mod fault;
mod jobs;
mod pool;
mod tls;

pub use client::Client;
pub use jobs::{Run, Spawned, Tokio};
pub use offerslook_core::{Settings, SetupError};
