//! The store against a real `redis-server`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also outside of its own function"
)]

mod contract;
mod errors;
mod program;
#[path = "../../../../tests/src/redis_server.rs"]
#[allow(dead_code, unreachable_pub, reason = "other tests use the rest")]
mod redis_server;
#[cfg(feature = "rustls")]
mod tls;
