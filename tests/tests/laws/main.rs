//! What core's scheduler and drivers promise, as laws over arbitrary faults, and as plain numbers.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "what fails a test panics")]

mod blocking;
mod concurrent;
mod figures;
mod findings;
mod fixture;
mod plans;
mod promises;
