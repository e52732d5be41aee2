//! Tests of the workspace as a whole: transports, command, sandbox.

#[cfg(doctest)]
mod book;
pub mod canary;
pub mod redis_server;
pub mod soak;
