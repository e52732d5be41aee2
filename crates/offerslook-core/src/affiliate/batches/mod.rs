//! `/aff/v1/batches/…`: many offers in one call.

// What follows is derived: `cargo xtask endpoint sync` writes it.
mod apply;
mod list_offers;
mod tracking_links;

pub use apply::{ApplicationRow, BatchApply};
pub use list_offers::{BatchOffers, OfferExtra};
pub use tracking_links::{BatchTrackingLinks, TrackingLinkRow};
