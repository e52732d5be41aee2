use super::{Outline, tracker::Tracker};

/// An offer as the service would hold it. How the affiliate stands to it is no part of it.
pub(crate) struct Offer {
    pub(crate) id: u64,
    pub(crate) outline: Outline,
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
