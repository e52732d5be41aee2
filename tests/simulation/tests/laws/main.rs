//! The promises of core's scheduler and drivers, as laws over arbitrary faults and as figures.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what fails a test panics"
)]

mod blocking;
mod concurrent;
mod execute;
mod extremes;
mod faulty_services;
mod figures;
mod findings;
mod fixture;
mod listing;
mod plans;
mod promises;
mod servers;
