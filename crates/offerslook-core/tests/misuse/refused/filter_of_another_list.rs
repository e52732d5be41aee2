//! Offers are not filtered by what postbacks have.

use offerslook_core::affiliate::{
    offer_postbacks::{PostbackField, PostbackFilter},
    offers::ListOffers,
};

fn main() {
    let _ = ListOffers::new().filter(PostbackFilter::contains(PostbackField::Code, "t.example"));
}
