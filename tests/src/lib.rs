//! Tests of the workspace as a whole: adapters, command, sandbox.

pub mod conformance;
pub mod simulation;
