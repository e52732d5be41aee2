//! The endpoints of the Affiliate API, one a file, grouped as the API groups them.

// What follows is derived: `cargo xtask endpoint sync` writes it.
pub mod batches;
pub mod offer_postbacks;
pub mod offers;
mod query;
pub mod sub_affiliate_approval;

pub use query::{Comparison, Equality, Limit, Order};

use crate::endpoint::{Endpoint, Spec};

/// The facts of every endpoint. Being a constant, it does not compile with a bad one in it.
pub const ENDPOINTS: &[Spec] = &[
    batches::ApplyToOffers::SPEC,
    batches::ListBatchOffers::SPEC,
    batches::GetTrackingLinks::SPEC,
    offer_postbacks::CreatePostback::SPEC,
    offer_postbacks::DeletePostback::SPEC,
    offer_postbacks::GetPostback::SPEC,
    offer_postbacks::ListPostbacks::SPEC,
    offer_postbacks::UpdatePostback::SPEC,
    offers::ApplyToOffer::SPEC,
    offers::GetOfferCaps::SPEC,
    offers::GetOfferCreatives::SPEC,
    offers::GetOffer::SPEC,
    offers::ListOffers::SPEC,
    offers::GetOfferPlatforms::SPEC,
    offers::GetOfferPostbacks::SPEC,
    offers::GetOfferTrackingLink::SPEC,
    sub_affiliate_approval::ListSubAffiliateRules::SPEC,
];
