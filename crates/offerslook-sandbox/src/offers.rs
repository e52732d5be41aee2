mod affiliate_offer;
mod affiliate_status;
mod cap;
mod documented;
mod generated;
mod geo;
mod list;
mod offer;
mod offer_summary;
mod offers_file;
mod platform;
mod terms;
mod tracker;

use std::{
    borrow::Cow,
    collections::BTreeMap,
    io,
    ops::Bound::{Excluded, Unbounded},
};

pub(crate) use affiliate_offer::AffiliateOffer;
pub use affiliate_status::AffiliateStatus;
use affiliate_status::AffiliateStatuses;
pub(crate) use cap::CapCategory;
pub(crate) use geo::{Country, Part};
pub(crate) use list::{OfferType, list};
pub(crate) use offer::{Creative, Event, Offer};
pub use offer_summary::OfferKind;
use offer_summary::{Approval, OfferSummary};
pub(crate) use offers_file::OffersFile;
pub(crate) use platform::Platform;
pub(crate) use terms::{ConversionProtocol, Text};
pub(crate) use tracker::Tracker;

use crate::envelope::Failure;

/// All offers, with the affiliate's status for each.
///
/// Offers of a file and documented offers are stored. All others are generated on demand: they are a function
/// of the seed and their id.
pub(crate) struct Offers {
    stored: BTreeMap<u64, Offer>,
    count: u64,
    seed: u64,
    statuses: AffiliateStatuses,
}

impl Offers {
    pub(crate) const MAX_COUNT: u64 = 1_000_000;

    pub(crate) fn new(count: u64, seed: u64, file: Option<&OffersFile>) -> io::Result<Self> {
        if count > Self::MAX_COUNT {
            let message = format!("the sandbox generates at most {} offers", Self::MAX_COUNT);
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message));
        }
        let mut stored = documented::offers()?;
        if documented::CAPTURED_ID > count {
            stored.remove(&documented::CAPTURED_ID);
        }
        if let Some(file) = file {
            stored.append(&mut file.read()?);
        }
        Ok(Self { stored, count, seed, statuses: AffiliateStatuses::default() })
    }

    /// Returns an offer as the affiliate sees it now; `None` for an unknown offer.
    pub(crate) fn get(&self, id: u64) -> Option<AffiliateOffer<'_>> {
        let summary = self.summary(id)?;
        let status = self.statuses.get(id, summary.initial_status);
        let details = self.stored.get(&id).map(|offer| Cow::Borrowed(offer).into()).unwrap_or_default();
        Some(AffiliateOffer { id, status, summary, seed: self.seed, details })
    }

    /// Returns the summary of an offer; `None` for an unknown offer.
    pub(crate) fn summary(&self, id: u64) -> Option<OfferSummary> {
        match self.stored.get(&id) {
            Some(offer) => Some(offer.summary()),
            None => (1..=self.count).contains(&id).then(|| generated::summary(self.seed, id)),
        }
    }

    /// Returns the offer of an id, if the affiliate may see it.
    pub(crate) fn visible(&self, id: u64) -> Result<AffiliateOffer<'_>, Failure> {
        let offer = self.get(id).filter(AffiliateOffer::is_visible);
        offer.ok_or_else(|| Failure::not_found("There is no offer with this id that you may see."))
    }

    pub(crate) fn all(&self) -> impl DoubleEndedIterator<Item = AffiliateOffer<'_>> {
        let beyond = self.stored.range((Excluded(self.count), Unbounded)).map(|(id, _)| *id);
        (1..=self.count).chain(beyond).filter_map(|id| self.get(id))
    }

    /// Changes the affiliate's status for an offer atomically, and returns it before and after. `None` for an
    /// unknown offer.
    pub(crate) fn change_status(
        &self,
        id: u64,
        change: impl FnOnce(AffiliateStatus) -> AffiliateStatus,
    ) -> Option<(AffiliateStatus, AffiliateStatus)> {
        Some(self.statuses.change(id, self.summary(id)?.initial_status, change))
    }
}
