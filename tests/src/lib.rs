//! Tests of the workspace as a whole: transports, command, sandbox.

pub mod canary;
pub mod redis_server;
pub mod simulation;
pub mod soak;

/// The book's example of a test against the sandbox.
#[cfg(doctest)]
#[doc = include_str!("../../docs/src/sandbox.md")]
mod book {}
