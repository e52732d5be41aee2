//! A page has at least one row.

use offerslook_core::affiliate::{Limit, batches::BatchOffers};

fn main() {
    let _ = BatchOffers::new().limit(Limit::of::<0>());
}
