//! The endpoints of the Affiliate API, one a file, grouped as the API groups them.

pub mod batches;
pub mod offers;

use crate::endpoint::{Endpoint, Spec};

/// The facts of every endpoint. Being a constant, it does not compile with a bad one in it.
pub const ENDPOINTS: &[Spec] = &[batches::BatchTrackingLinks::SPEC, offers::OfferTrackingLinks::SPEC];
