//! Conformance

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "a test fails by panicking"
)]

mod any_transport;
mod asynchronous;
mod blocking;
mod cases;
pub mod certificates;
mod deviation;
pub mod expect;
pub mod fixtures;
mod panic_log;
mod report;
pub mod server;
mod signal;
mod suite;
mod test_sandbox;

pub use any_transport::{AnyClient, AnyTransport, Items, LinkItem, OfferItem};
pub use asynchronous::{Async, Executor};
pub use blocking::Blocking;
pub use signal::Signal;
pub use suite::{Deviations, Suite, asynchronous, blocking};
