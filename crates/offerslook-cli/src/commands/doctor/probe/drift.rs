use offerslook_core::affiliate::{
    batches::ListBatchOffers,
    offer_postbacks::ListPostbacks,
    offers::{
        GetOffer, GetOfferCaps, GetOfferCreatives, GetOfferPlatforms, GetOfferPostbacks, GetOfferTrackingLink,
    },
    sub_affiliate_approval::ListSubAffiliateRules,
};

use super::{
    offers::{Listed, Offers},
    prober::Prober,
};
use crate::failure::Failure;

/// Calls the other endpoints that read, so that the drift of all of them is known.
pub(super) fn ask(prober: &mut Prober<'_>, offers: &Offers) -> Result<(), Failure> {
    prober.ask(&ListBatchOffers::new())?;
    prober.ask(&ListPostbacks::new())?;
    prober.ask(&ListSubAffiliateRules::new())?;
    if let Some(id) = offers.first(Listed::WithLink).or_else(|| offers.ids().next()) {
        prober.ask(&GetOffer::new(id))?;
        prober.ask(&GetOfferTrackingLink::new(id))?;
        prober.ask(&GetOfferCaps::new(id))?;
        prober.ask(&GetOfferCreatives::new(id))?;
        prober.ask(&GetOfferPlatforms::new(id))?;
        prober.ask(&GetOfferPostbacks::new(id))?;
    }
    Ok(())
}
