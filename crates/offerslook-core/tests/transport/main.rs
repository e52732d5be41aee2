//! What all transports have in common, through its public items.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also outside of its own function"
)]

mod body_reader;
mod classify;
mod exchange;
mod no_proxy;
mod proxies;
mod settings;
mod tunnel;
