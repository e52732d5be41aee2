//! Pages count from 1.

use offerslook_core::affiliate::offers::ListOffers;

fn main() {
    let _ = ListOffers::new().page(0);
}
