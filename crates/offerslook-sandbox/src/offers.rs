mod documented;
mod generated;
mod offer;
mod outline;
mod standing;
mod tracker;

pub(crate) use offer::{LandingPage, Offer};
pub use outline::OfferKind;
pub(crate) use outline::{Approval, Outline};
pub use standing::Standing;
use standing::Standings;

/// Every offer that the sandbox knows, and how the affiliate stands to it. Offers are made when asked for: they are a
/// function of the seed and their id.
pub(crate) struct Offers {
    count: u64,
    seed: u64,
    standings: Standings,
}

impl Offers {
    pub(crate) fn new(count: u64, seed: u64) -> Self {
        Self { count, seed, standings: Standings::default() }
    }

    pub(crate) fn get(&self, id: u64) -> Option<Offer> {
        documented::offer(id)
            .or_else(|| (1..=self.count).contains(&id).then(|| generated::offer(self.seed, id)))
    }

    pub(crate) fn outline(&self, id: u64) -> Option<Outline> {
        Some(self.get(id)?.outline)
    }

    /// How the affiliate stands to an offer now; `None` for an unknown offer.
    pub(crate) fn standing(&self, id: u64) -> Option<Standing> {
        Some(self.standings.get(id, self.outline(id)?.first_standing))
    }

    /// Changes how the affiliate stands to an offer, with nothing in between: gives back what it was and what it is.
    /// `None` for an unknown offer.
    pub(crate) fn change_standing(
        &self,
        id: u64,
        change: impl FnOnce(Standing) -> Standing,
    ) -> Option<(Standing, Standing)> {
        Some(self.standings.change(id, self.outline(id)?.first_standing, change))
    }

    /// What the affiliate meets under an id now; `None` for an unknown offer.
    pub(crate) fn kind(&self, id: u64) -> Option<OfferKind> {
        let outline = self.outline(id)?;
        Some(outline.kind(self.standings.get(id, outline.first_standing)))
    }
}
