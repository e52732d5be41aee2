//! Jobs for many ids as seen from outside: closures as servers, networks and consumers, in virtual time.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also outside of its own function"
)]

mod answer;
mod input;
mod laws;
mod server;
mod told;
mod world;

mod change;
mod ending;
mod extremes;
mod lossy;
mod memory;
mod quota;
mod stubborn;
mod verdicts;
