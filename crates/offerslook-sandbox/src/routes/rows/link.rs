use crate::offers::{AffiliateOffer, OfferKind, Tracker};

/// What stands as the link of an offer that the affiliate is not approved for.
const NEED_TO_APPLY: &str = "Need to apply";

/// What an affiliate gets in place of a link, or the link.
pub(in crate::routes) struct Link {
    pub(in crate::routes) url: String,
    /// Comes with a link alone.
    pub(in crate::routes) impression_pixel: Option<String>,
}

impl Link {
    /// `None` where nothing comes at all.
    pub(in crate::routes) fn of(offer: &AffiliateOffer<'_>, tracker: Tracker) -> Option<Self> {
        match offer.kind() {
            OfferKind::Approved | OfferKind::Public => Some(Self {
                url: tracker.link(offer.id),
                impression_pixel: Some(tracker.impression_pixel(offer.id)),
            }),
            OfferKind::NotApproved => Some(Self { url: NEED_TO_APPLY.to_owned(), impression_pixel: None }),
            OfferKind::Paused | OfferKind::Hidden => None,
        }
    }
}
