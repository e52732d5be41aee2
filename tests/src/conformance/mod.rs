//! Conformance of adapters.
//!
//! [`cases::all`] is one table of what can happen to a call, with one expectation each. Every
//! [`Adapter`](adapter::Adapter) is run against all of it, over real sockets on loopback, against servers that
//! follow a script: see `tests/adapters.rs`. To test another adapter, implement the trait for it and add it there.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::missing_panics_doc,
    reason = "what fails a test does so by panicking"
)]

pub mod adapter;
pub mod cases;
pub mod certificates;
pub mod conversation;
pub mod expect;
pub mod given;
pub mod heard;
pub mod hyper_adapter;
pub mod scripted_server;
pub mod ureq_adapter;
