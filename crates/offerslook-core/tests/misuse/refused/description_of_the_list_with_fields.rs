//! Only the batch list brings descriptions.

use offerslook_core::affiliate::{batches::OfferExtra, offers::ListOffers};

fn main() {
    let _ = ListOffers::new().with(OfferExtra::Description);
}
