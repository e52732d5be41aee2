//! Conformance

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "what fails a test does so by panicking"
)]

mod any_transport;
mod cases;
pub mod certificates;
mod deviation;
pub mod expect;
pub mod fixtures;
mod items;
mod panic_log;
mod report;
pub mod server;
mod signal;
mod suite;
mod test_sandbox;
mod yield_on_send;

pub use any_transport::{AnyClient, AnyTransport};
pub use items::{Items, LinkItem, NextItem, OfferItem};
pub use signal::Signal;
pub use suite::{Deviations, Suite};
pub use yield_on_send::YieldOnSend;
