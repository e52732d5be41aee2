//! `/aff/v1/offers…`: offers, and what belongs to one of them.

mod tracking_links;

pub use tracking_links::{LandingPage, LandingPageKind, OfferLinks, OfferTrackingLinks};
