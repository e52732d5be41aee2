//! The blocking transport of the OffersLook client, on ureq. It needs no async runtime.
//!
//! ```no_run
//! use offerslook::{Account, ureq::Client};
//!
//! fn main() -> Result<(), Box<dyn std::error::Error>> {
//!     let client = Client::new(Account::from_variables(|name| std::env::var(name).ok())?)?;
//!     for item in client.links([16, 102]) {
//!         let (id, link) = item?;
//!         match link {
//!             Ok(link) => println!("{id} {}", link.url),
//!             Err(error) => eprintln!("{id}: {error}"),
//!         }
//!     }
//!     Ok(())
//! }
//! ```
//!
//! In `Cargo.toml`, this is the feature `ureq` of the crate [`offerslook`](https://docs.rs/offerslook).
//!
//! # Behavior
//! - HTTP/1.1 over rustls with the ring provider. It trusts the certificate authorities of the system, and those in the
//!   [`Settings`](offerslook_core::Settings).
//! - One exchange per call: it follows no redirect, and never resends a request that may have reached the service. A
//!   request that was not sent, because its pooled connection turned out to be closed, is sent on another connection.
//! - Timeouts for connecting and for the whole call, also while the service floods the connection. A call
//!   may end a tenth of a second late: reads and writes share a few limits, since each new one costs a system call.
//! - Bodies are inflated and capped.
//! - https uses the proxy of `HTTPS_PROXY` or `ALL_PROXY`, except for hosts in `NO_PROXY`.
//!
//! A DNS lookup that exceeds its timeout is abandoned: its thread ends when the system's resolver answers. Nothing else
//! runs in the background.
//!
//! # Logging exposes the API key at level TRACE
//! `ureq-proto`, the crate below ureq, logs the head of every request at level TRACE, and with it the `authorization`
//! header, from which the e-mail address and the API key can be decoded. If your program can log at level TRACE, cap the
//! target `ureq_proto`:
//!
//! - `env_logger`: `RUST_LOG=trace,ureq_proto=debug`, or `.filter_module("ureq_proto", LevelFilter::Debug)`.
//! - `tracing-subscriber`: `EnvFilter::new("trace,ureq_proto=debug")`.
//! - All logging of a program: the `log` crate's feature `max_level_debug`.
//!
//! # Features
//! There are none.

#![warn(missing_debug_implementations)]

mod connector;
mod error;
mod transport;

pub use transport::Ureq;

/// The blocking client on ureq. Its methods are those of [`offerslook_client::blocking::Client`].
pub type Client = offerslook_client::blocking::Client<Ureq>;

/// A running job of a [`Client`].
pub type Run<J> = offerslook_client::blocking::Run<J, Ureq>;
