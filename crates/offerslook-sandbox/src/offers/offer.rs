use super::tracker::Tracker;

/// How an offer stands to the affiliate: what decides whether a tracking link comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum OfferKind {
    /// Active, requires approval, and the affiliate is approved: there is a link.
    Approved,
    /// Active and public: there is a link.
    Public,
    /// Active and requires approval, for which the affiliate has not applied: the words `"Need to apply"` instead of a link.
    NotApproved,
    /// Paused: nothing comes.
    Paused,
}

/// An offer as the service would hold it.
pub(crate) struct Offer {
    pub(crate) id: u64,
    pub(crate) kind: OfferKind,
    /// The reference's examples of the batch and of the single call were taken on two networks, so each has its own.
    pub(crate) batch: Tracker,
    pub(crate) single: Tracker,
    /// The landing page of the plain link.
    pub(crate) preview_url: String,
    /// Further landing pages, each with a link of its own.
    pub(crate) landing_pages: Vec<LandingPage>,
}

pub(crate) struct LandingPage {
    pub(crate) url_id: u64,
    pub(crate) name: String,
    pub(crate) preview_url: String,
}
