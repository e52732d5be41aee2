//! Leak tests with a known e-mail address and key. No encoding of either appears in a `Debug` form, in an error, in a
//! panic message or in the sandbox's log. The tests of the command cover its own output.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests fail by panicking")]

mod debug_forms;
mod errors;
mod fixtures;
mod public_types;
mod sandbox_log;
