//! The OffersLook clients, async and blocking, over a transport of your choice.
//!
//! A transport sends one request and receives its response. Everything else exists once, here and in the core: jobs,
//! quota, retries, timeouts, threads and tasks. Ready-made transports are in `offerslook-transport-hyper` and
//! `offerslook-transport-ureq`.
//!
//! To write a transport, implement [`Transport`] or [`blocking::Transport`]: one function and the translation of the
//! library's errors. [`Exchange`](offerslook_core::transport::Exchange) describes the contract step by step.
//!
//! # Features
//! - `tokio`: [`Tokio`], the [`Runtime`] of transports on tokio.
//! - `rustls`: [`tls`], the configuration of rustls, and the classification of its errors.
//!
//! Without them, the crate needs only the standard library and the core.

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
