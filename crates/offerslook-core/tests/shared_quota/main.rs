//! Programs that share a quota in a store, in virtual time: messages that are late, lost, doubled or out of order, hosts
//! with clocks of their own, programs that die, and a store that loses its data.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::unchecked_time_subtraction,
    reason = "a test fails by panicking, also outside of its own function, and counts small numbers"
)]

mod fairness;
mod laws;
mod one_program;
mod outage;
mod store;
mod world;
