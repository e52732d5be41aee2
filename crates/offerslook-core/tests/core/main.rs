//! The core through its public items: from a call to a request, from an answer to a result, and what a
//! person reads when there is none.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking, also outside of its own function"
)]

mod account;
mod answers;
mod applications;
mod apply_job;
mod backoff;
mod bad_answers;
mod base_url;
mod credentials;
mod depth;
mod drift;
mod endpoints;
mod error_class;
mod example;
mod impression_pixel;
mod network;
mod offer_ids;
mod offer_lists;
mod offer_rows;
mod own_endpoint;
mod pages;
mod parameters;
mod parsing_laws;
mod parts_of_an_offer;
mod postback_code;
mod postback_lists;
mod postback_types;
mod postbacks;
mod rate;
mod refused;
mod requests;
mod retry_after;
mod secrecy;
mod secrets;
mod sub_affiliates;
mod tolerated;
mod tracking_link;
mod transport_errors;
mod unreadable;
mod unusable_rows;
mod values;
mod variables;
