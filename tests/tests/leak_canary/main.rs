//! A known e-mail address and key in everything that has a `Debug` form, in errors, in panics and in the sandbox's
//! log: they show nowhere, in no form. What the command shows is tested beside the command.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "what fails a test does so by panicking"
)]

mod debug_forms;
mod errors;
mod public_types;
mod sandbox_log;
mod scene;
