//! The stand-in as a client meets it: over sockets, and through its public interface.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "what a test cannot go on without ends it")]

mod arrivals;
mod auth;
mod client;
mod life;
mod lists;
mod loaded_offers;
mod malformed;
mod offer_parts;
mod offers;
mod standings;
mod tracking_links;
