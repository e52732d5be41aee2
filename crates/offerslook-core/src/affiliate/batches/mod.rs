//! `/aff/v1/batches/…`: calls about many offers at once.

// `cargo xtask endpoint sync` derives what follows.
mod apply_to_offers;
mod get_tracking_links;
mod list_batch_offers;

pub use apply_to_offers::{Application, ApplyToOffers};
pub use get_tracking_links::{GetTrackingLinks, OfferLink, TrackingLinkRow};
pub use list_batch_offers::{ListBatchOffers, OfferExtra};
