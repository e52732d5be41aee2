//! The async transport of the OffersLook client, on hyper and tokio.
//!
//! ```no_run
//! use offerslook::{Account, hyper::Client};
//!
//! #[tokio::main]
//! async fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let client = Client::new(Account::from_variables(|name| std::env::var(name).ok())?)?;
//!     let mut links = client.links([16, 102]);
//!     while let Some((id, link)) = links.try_next().await? {
//!         match link {
//!             Ok(link) => println!("{id} {}", link.url),
//!             Err(error) => eprintln!("{id}: {error}"),
//!         }
//!     }
//!     Ok(())
//! }
//! ```
//!
//! In `Cargo.toml`, this is the feature `hyper` of the crate [`offerslook`](https://docs.rs/offerslook).
//!
//! # Behavior
//! - HTTP/1.1 over rustls with the ring provider. It trusts the certificate authorities of the system, and those in the
//!   [`Settings`](offerslook_core::Settings).
//! - One exchange per call: it follows no redirect, and never resends a request that may have reached the service. A
//!   request that was not sent, because its pooled connection turned out to be closed, is sent on another connection.
//! - Timeouts for connecting and for the whole call. They also hold while the service floods the connection, and other
//!   tasks of the runtime keep running.
//! - Bodies are inflated and capped.
//! - https uses the proxy of `HTTPS_PROXY` or `ALL_PROXY`, except for hosts in `NO_PROXY`.
//!
//! # Requirements
//! A tokio runtime with I/O and time enabled. Nothing runs in the background: each call drives its own connection.
//! Dropping the future of a call closes its connection. Dropping the last clone of a [`Client`] closes the idle ones.
//! A client may be used in several runtimes; each has connections of its own.
//!
//! # Features
//! There are none.

#![warn(missing_debug_implementations)]

mod connector;
mod error;
mod exchange;

mod pool;
mod transport;

pub use offerslook_client::Tokio;
pub use transport::Hyper;

/// The async client on hyper. Its methods are those of [`offerslook_client::Client`].
pub type Client = offerslook_client::Client<Hyper>;

/// A running job of a [`Client`].
pub type Run<J> = offerslook_client::Run<J, Hyper>;
