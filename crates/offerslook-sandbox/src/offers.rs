mod affiliate_offer;
mod cap;
mod creative;
mod documented;
mod draws;
mod event;
mod generated;
mod geo;
mod list;
mod loaded;
mod offer;
mod outline;
mod platform;
mod standing;
mod terms;
mod tracker;

use std::{
    collections::BTreeMap,
    io,
    ops::Bound::{Excluded, Unbounded},
};

pub(crate) use affiliate_offer::AffiliateOffer;
pub(crate) use cap::CapCategory;
pub(crate) use creative::Creative;
pub(crate) use event::Event;
pub(crate) use geo::{Country, Part};
pub(crate) use list::{OfferColumn, Which, list};
pub(crate) use loaded::Source;
pub(crate) use offer::Offer;
pub use outline::OfferKind;
use outline::{Approval, Outline};
pub(crate) use platform::Platform;
pub use standing::Standing;
use standing::Standings;
pub(crate) use terms::{ConversionProtocol, Text};
pub(crate) use tracker::Tracker;

use crate::SandboxConfig;

/// Every offer that the sandbox knows, and how the affiliate stands to it.
///
/// Loaded and documented offers are held. All others are made when asked for: they are a function of the seed
/// and their id.
pub(crate) struct Offers {
    held: BTreeMap<u64, Offer>,
    count: u64,
    seed: u64,
    standings: Standings,
}

impl Offers {
    pub(crate) fn new(config: &SandboxConfig) -> io::Result<Self> {
        let SandboxConfig { offers: count, seed, .. } = *config;
        if count > SandboxConfig::MOST_OFFERS {
            let message = format!("the sandbox makes at most {} offers", SandboxConfig::MOST_OFFERS);
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let captured = (documented::CAPTURED_ID <= count).then(documented::captured);
        let documented = documented::offers().into_iter().chain(captured);
        let mut held: BTreeMap<_, _> = documented.map(|offer| (offer.id, offer)).collect();
        if let Some(source) = &config.loaded_offers {
            held.append(&mut source.read()?);
        }
        Ok(Self { held, count, seed, standings: Standings::default() })
    }

    /// What the affiliate meets under an id now; `None` for an unknown offer.
    pub(crate) fn get(&self, id: u64) -> Option<AffiliateOffer<'_>> {
        let outline = self.outline(id)?;
        let standing = self.standings.get(id, outline.first_standing);
        Some(AffiliateOffer::new(id, outline, standing, self.held.get(&id), self.seed))
    }

    /// What an offer is, before anybody asks for more; `None` for an unknown offer.
    pub(crate) fn outline(&self, id: u64) -> Option<Outline> {
        match self.held.get(&id) {
            Some(offer) => Some(offer.outline()),
            None => (1..=self.count).contains(&id).then(|| generated::outline(self.seed, id)),
        }
    }

    /// The offer of an id, if the affiliate sees it.
    pub(crate) fn visible(&self, id: u64) -> Option<AffiliateOffer<'_>> {
        self.get(id).filter(AffiliateOffer::is_visible)
    }

    /// Every offer, in the order of their ids.
    pub(crate) fn all(&self) -> impl DoubleEndedIterator<Item = AffiliateOffer<'_>> {
        let beyond = self.held.range((Excluded(self.count), Unbounded)).map(|(id, _)| *id);
        (1..=self.count).chain(beyond).filter_map(|id| self.get(id))
    }

    /// The offers that the affiliate sees, in the order of their ids.
    pub(crate) fn visible_ones(&self) -> impl DoubleEndedIterator<Item = AffiliateOffer<'_>> {
        self.all().filter(AffiliateOffer::is_visible)
    }

    /// Changes how the affiliate stands to an offer, with nothing in between: gives back what it was and what
    /// it is. `None` for an unknown offer.
    pub(crate) fn change_standing(
        &self,
        id: u64,
        change: impl FnOnce(Standing) -> Standing,
    ) -> Option<(Standing, Standing)> {
        Some(self.standings.change(id, self.outline(id)?.first_standing, change))
    }
}
