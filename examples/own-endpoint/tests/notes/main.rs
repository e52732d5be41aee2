//! Own endpoints with an account, `parse`, and the jobs of both clients.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also outside of its own function"
)]

mod clients;
mod server;
mod without_a_socket;
