//! `/aff/v1/offers…`: offers, and what belongs to one of them.

// What follows is derived: `cargo xtask endpoint sync` writes it.
mod apply;
mod caps;
mod creatives;
mod filter;
mod get;
mod list;
mod platforms;
mod postbacks;
mod row;
mod tracking_links;

pub use apply::{ApplicationStatus, ApplyForOffer, OfferApplication};
pub use caps::OfferCaps;
pub use creatives::OfferCreatives;
pub use filter::OfferFilter;
pub use get::GetOffer;
pub use list::{ListOffers, OfferField};
pub use platforms::OfferPlatforms;
pub use postbacks::OfferPostbacks;
pub use row::{
    CapCategory, CapType, ConversionProtocol, Creative, GeoCity, GeoId, GeoRegion, GeoTarget, Offer,
    OfferApproval, OfferCap, OfferEvent, OfferGeo, OfferPlatform, OfferRow, OfferStatus, Platform,
    PlatformTarget, PricingType, TargetMode,
};
pub use tracking_links::{LandingPage, LandingPageKind, OfferLinks, OfferTrackingLinks};
