mod documented;
mod generated;
mod offer;
mod tracker;

pub use offer::OfferKind;
pub(crate) use offer::{LandingPage, Offer};

/// Every offer that the sandbox knows. Offers are made when asked for: they are a function of the seed and their id.
pub(crate) struct Offers {
    count: u64,
    seed: u64,
}

impl Offers {
    pub(crate) fn new(count: u64, seed: u64) -> Self {
        Self { count, seed }
    }

    pub(crate) fn get(&self, id: u64) -> Option<Offer> {
        documented::offer(id)
            .or_else(|| (1..=self.count).contains(&id).then(|| generated::offer(self.seed, id)))
    }
}
