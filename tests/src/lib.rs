//! Tests of the workspace as a whole: adapters, command, sandbox.

pub mod adapters;
pub mod canary;
pub mod simulation;
pub mod soak;
