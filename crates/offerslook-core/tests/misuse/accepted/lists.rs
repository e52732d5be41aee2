//! What compiles.

use std::num::NonZeroU32;

use offerslook_core::affiliate::{
    Comparison, Equality, Limit,
    offer_postbacks::{ListPostbacks, PostbackField, PostbackFilter},
    offers::{ListOffers, OfferFilter, OfferField},
};

fn main() {
    let _ = ListOffers::new()
        .page(NonZeroU32::MIN)
        .limit(Limit::of::<200>())
        .filter(OfferFilter::geo_country(Equality::NotEqualTo, "AE"))
        .filter(OfferFilter::name(Comparison::GreaterThan, "M"))
        .fields([OfferField::Name]);
    let _ = ListPostbacks::new()
        .limit(Limit::of::<1_000>())
        .filter(PostbackFilter::contains(PostbackField::Code, "t.example"));
}
