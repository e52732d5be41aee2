//! `/aff/v1/offers…`: offers and their parts.

// `cargo xtask endpoint sync` derives what follows.
mod apply_to_offer;
mod filter;
mod get_offer;
mod get_offer_caps;
mod get_offer_creatives;
mod get_offer_platforms;
mod get_offer_postbacks;
mod get_offer_tracking_link;
mod list_offers;
mod row;

pub use apply_to_offer::{ApplicationStatus, ApplyToOffer, OfferApplication};
pub use filter::OfferFilter;
pub use get_offer::GetOffer;
pub use get_offer_caps::GetOfferCaps;
pub use get_offer_creatives::GetOfferCreatives;
pub use get_offer_platforms::GetOfferPlatforms;
pub use get_offer_postbacks::GetOfferPostbacks;
pub use get_offer_tracking_link::{GetOfferTrackingLink, TrackingLinkDetails};
pub use list_offers::{ListOffers, OfferField};
pub use row::{
    CapCategory, CapType, ConversionProtocol, Creative, GeoCity, GeoId, GeoRegion, GeoTarget, LandingPage,
    LandingPageKind, Offer, OfferApproval, OfferCap, OfferEvent, OfferGeo, OfferPlatform, OfferRow,
    OfferStatus, Platform, PlatformTarget, PricingType, TargetMode,
};
