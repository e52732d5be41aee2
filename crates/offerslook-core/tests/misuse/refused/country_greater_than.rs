//! Countries have no order.

use offerslook_core::affiliate::{Comparison, offers::OfferFilter};

fn main() {
    let _ = OfferFilter::geo_country(Comparison::GreaterThan, "AE");
}
