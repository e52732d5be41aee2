//! `/aff/v1/batches/…`: many offers in one call.

// `cargo xtask endpoint sync` derives what follows.
mod apply_to_offers;
mod get_tracking_links;
mod list_batch_offers;

pub use apply_to_offers::{ApplicationRow, ApplyToOffers};
pub use get_tracking_links::{GetTrackingLinks, OfferLink, TrackingLinkRow};
pub use list_batch_offers::{ListBatchOffers, OfferExtra};
