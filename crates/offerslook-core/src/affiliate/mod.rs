//! The endpoints of the Affiliate API, one a file, grouped as the API groups them.

// `cargo xtask endpoint sync` derives what follows.
pub mod batches;
pub mod offer_postbacks;
pub mod offers;
mod query;
pub mod sub_affiliate_approval;

pub use query::{Comparison, Equality, Limit, Order};

use crate::endpoint::{Endpoint, Spec};

/// The specs of all endpoints.
pub const ENDPOINTS: &[Spec] = &[
    batches::ApplyToOffers::SPEC,
    batches::GetTrackingLinks::SPEC,
    batches::ListBatchOffers::SPEC,
    offer_postbacks::CreatePostback::SPEC,
    offer_postbacks::DeletePostback::SPEC,
    offer_postbacks::GetPostback::SPEC,
    offer_postbacks::ListPostbacks::SPEC,
    offer_postbacks::UpdatePostback::SPEC,
    offers::ApplyToOffer::SPEC,
    offers::GetOffer::SPEC,
    offers::GetOfferCaps::SPEC,
    offers::GetOfferCreatives::SPEC,
    offers::GetOfferPlatforms::SPEC,
    offers::GetOfferPostbacks::SPEC,
    offers::GetOfferTrackingLink::SPEC,
    offers::ListOffers::SPEC,
    sub_affiliate_approval::ListSubAffiliateRules::SPEC,
];
