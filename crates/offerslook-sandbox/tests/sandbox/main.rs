//! The stand-in as a client meets it: over sockets, and through its public interface.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "what a test cannot go on without ends it")]

mod arrivals;
mod auth;
mod client;
mod control;
mod faults;
mod https;
mod life;
mod malformed;
mod offers;
mod tracking_links;
