//! Listings against servers that page badly: a list changes while it is read, totals are wrong, pages fail.
//!
//! No I/O and no clock: the harness plays the server, chooses the order of the answers and moves the time.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also outside of its own function"
)]

mod callers_choice;
mod capped;
mod changes;
mod endless;
mod ends;
mod failures;
mod harness;
mod laws;
mod offers;
mod pace;
mod server;
mod things;
mod totals;
