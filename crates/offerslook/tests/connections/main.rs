//! Both clients over real connections, with servers that misbehave and quotas that are shared.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod floods;
mod server;
mod shared_quota;
