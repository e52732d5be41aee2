//! Own endpoints where the client's own go: an account, `parse`, and the jobs of both adapters.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also outside of its own function"
)]

mod adapters;
mod server;
mod without_a_socket;
