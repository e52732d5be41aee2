//! `/aff/v1/batches/…`: many offers in one call.

mod tracking_links;

pub use tracking_links::{BatchTrackingLinks, TrackingLinkRow};
