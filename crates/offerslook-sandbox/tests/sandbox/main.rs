//! The stand-in as a client meets it: over sockets, and through its public interface.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "what a test cannot go on without ends it")]

mod applications;
mod arrivals;
mod checks;
mod client;
mod control;
mod credentials;
mod documented;
mod faults;
mod https;
mod life;
mod lists;
mod loaded_offers;
mod malformed;
mod offer_parts;
mod offers;
mod postbacks;
mod standings;
mod sub_affiliates;
mod tracking_links;
