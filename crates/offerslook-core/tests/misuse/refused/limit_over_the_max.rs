//! The list of offers has at most 200 rows a page.

use offerslook_core::affiliate::{Limit, offers::ListOffers};

fn main() {
    let _ = ListOffers::new().limit(Limit::of::<201>());
}
