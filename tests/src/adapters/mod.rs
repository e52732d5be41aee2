//! The adapters of the workspace, as the table of conformance sees them.

#![allow(clippy::unwrap_used, reason = "what fails a test does so by panicking")]

mod hyper;
mod reqwest;
mod ureq;

pub use hyper::{HyperOnManyThreads, HyperOnOneThread};
pub use reqwest::{REQWEST_DEVIATIONS, Reqwest};
pub use ureq::Ureq;
