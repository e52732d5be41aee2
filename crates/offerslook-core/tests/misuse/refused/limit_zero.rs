//! A page has at least one row.

use offerslook_core::affiliate::{Limit, batches::ListBatchOffers};

fn main() {
    let _ = ListBatchOffers::new().limit(Limit::of::<0>());
}
