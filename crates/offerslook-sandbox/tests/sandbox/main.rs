//! Tests of the sandbox over sockets and through its public interface.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a failed test panics")]

mod affiliate_status;
mod applications;
mod arrivals;
mod checks;
mod client;
mod control;
mod credentials;
mod custom_routes;
mod faults;
mod https;
mod life;
mod lists;
mod malformed;
mod offers;
mod offers_file;
mod postbacks;
mod sub_affiliate_rules;
mod tracking_links;
