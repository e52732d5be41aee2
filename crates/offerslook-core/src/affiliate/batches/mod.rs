//! `/aff/v1/batches/…`: many offers in one call.

// What follows is derived: `cargo xtask endpoint sync` writes it.
mod apply_to_offers;
mod get_tracking_links;
mod list_batch_offers;

pub use apply_to_offers::{ApplicationRow, ApplyToOffers};
pub use get_tracking_links::{GetTrackingLinks, OfferLink, TrackingLinkRow};
pub use list_batch_offers::{ListBatchOffers, OfferExtra};
