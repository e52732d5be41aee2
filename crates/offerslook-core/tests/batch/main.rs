//! Jobs for many ids as seen from outside: closures as servers, networks and consumers, in virtual time.

#![allow(clippy::incompatible_msrv, reason = "only the library is for older compilers")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also outside of its own function"
)]
#![allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::unchecked_time_subtraction,
    clippy::type_complexity,
    clippy::too_many_lines,
    clippy::similar_names,
    clippy::match_wildcard_for_single_variants,
    clippy::range_plus_one,
    clippy::format_push_string,
    reason = "the harness counts small numbers, and its loop over events reads best in one piece"
)]

mod answer;
mod input;
mod laws;
mod server;
mod transcript;
mod world;

mod change;
mod ending;
mod extremes;
mod lossy;
mod memory;
mod quota;
mod stubborn;
mod verdicts;
