//! What one list allows is too much for another.

use offerslook_core::affiliate::{Limit, batches::ListBatchOffers, offers::ListOffers};

fn main() {
    let limit = Limit::of::<200>();
    let _ = ListOffers::new().limit(limit);
    let _ = ListBatchOffers::new().limit(limit);
}
