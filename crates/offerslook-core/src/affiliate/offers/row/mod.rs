//! The parts of an offer.

mod cap;
mod creative;
mod event;
mod geo;
mod geo_id;
mod landing_page;
mod offer;
mod offer_row;
mod platform;
mod terms;

pub use crate::affiliate::offer_postbacks::ConversionProtocol;
pub use cap::{CapCategory, CapType, OfferCap};
pub use creative::Creative;
pub use event::OfferEvent;
pub use geo::{GeoCity, GeoRegion, GeoTarget, OfferGeo};
pub use geo_id::GeoId;
pub use landing_page::{LandingPage, LandingPageKind};
pub use offer::{Offer, OfferApproval, OfferStatus};
pub use offer_row::OfferRow;
pub use platform::{OfferPlatform, Platform, PlatformTarget};
pub use terms::{PricingType, TargetMode};
