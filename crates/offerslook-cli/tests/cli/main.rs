//! The built command from outside: arguments and environment in, streams and exit codes out.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "what fails a test does so by panicking"
)]

mod account;
mod api;
mod apply;
mod auth;
mod auth_prompt;
mod bad_input;
#[allow(unreachable_pub, reason = "it is part of a library, too")]
/// Shared with the tests of the whole workspace, without all that these depend on.
#[path = "../../../../tests/src/canary.rs"]
mod canary;
mod command;
mod completions;
mod doctor;
mod doctor_probe;
mod endings;
mod formats;
mod ids;
mod interruption;
mod leak_canary;
mod log;
mod long_table;
mod offers;
mod options;
mod output_file;
mod parameters;
mod postbacks;
mod profiles;
mod proof;
mod quota_store;
#[path = "../../../../tests/src/redis_server.rs"]
#[allow(dead_code, unreachable_pub, reason = "other tests use the rest")]
mod redis_server;
mod resume;
mod sandbox;
mod service;
mod streams;
mod terminal;
