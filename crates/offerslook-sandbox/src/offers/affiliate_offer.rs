use std::{borrow::Cow, cell::OnceCell};

use super::{AffiliateStatus, Offer, OfferKind, OfferSummary, Tracker, generated};

/// An offer as the affiliate sees it at one moment. The details of a generated offer are generated when they
/// are needed.
pub(crate) struct AffiliateOffer<'a> {
    pub(crate) id: u64,
    pub(crate) status: AffiliateStatus,
    pub(super) summary: OfferSummary,
    /// Generates the details without a stored offer.
    pub(super) seed: u64,
    pub(super) details: OnceCell<Cow<'a, Offer>>,
}

impl AffiliateOffer<'_> {
    pub(crate) fn details(&self) -> &Offer {
        self.details.get_or_init(|| Cow::Owned(generated::offer(self.seed, self.id)))
    }

    /// Returns the tracker of batch calls without generating the details: generated offers share one.
    pub(crate) fn batch_tracker(&self) -> Tracker {
        self.details.get().map_or_else(Tracker::default, |offer| offer.batch)
    }

    pub(crate) fn kind(&self) -> OfferKind {
        self.summary.kind(self.status)
    }

    pub(crate) fn is_visible(&self) -> bool {
        self.summary.is_visible(self.status)
    }

    pub(crate) fn is_personal(&self) -> bool {
        self.status == AffiliateStatus::Approved
    }
}
