use std::{collections::BTreeMap, num::NonZeroU32};

use offerslook_core::{
    Link, OfferId, Paged,
    affiliate::{
        Order,
        offers::{ListOffers, OfferField, OfferStatus},
    },
};

use super::prober::Prober;
use crate::failure::Failure;

/// The offers that the probe asks about, and what the list says about their links.
pub(super) struct Offers(BTreeMap<OfferId, Listed>);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Listed {
    WithLink,
    Unapproved,
    Paused,
    Other,
}

impl Offers {
    /// The maximum number of ids that a call is tried with. A few more are read, in case those at the ends have no row.
    pub(super) const MAX_IDS_PER_CALL: usize = 1_000;

    /// Reads the first pages of the list.
    pub(super) fn read(prober: &mut Prober<'_>) -> Result<Self, Failure> {
        const FIELDS: [OfferField; 3] = [OfferField::TrackingLink, OfferField::Status, OfferField::Name];
        let mut offers = BTreeMap::new();
        let list = ListOffers::new().sort_by_id(Order::Ascending).fields(FIELDS);
        for number in 1..=6 {
            let page = NonZeroU32::MIN.saturating_add(number - 1);
            let Ok(page) = prober.ask(&list.at(page, ListOffers::MAX_ROWS_PER_PAGE))?.output else { break };
            let before = offers.len();
            offers.extend(page.rowset.into_iter().map(|row| {
                let listed = match (&row.offer.tracking_link, &row.offer.status) {
                    (_, Some(OfferStatus::Paused)) => Listed::Paused,
                    (Link::Url(_), _) => Listed::WithLink,
                    (Link::NeedToApply, _) => Listed::Unapproved,
                    _ => Listed::Other,
                };
                (row.offer.id, listed)
            }));
            if offers.len() == before || offers.len() > Self::MAX_IDS_PER_CALL {
                break;
            }
        }
        Ok(Self(offers))
    }

    /// Iterates in ascending order.
    pub(super) fn ids(&self) -> impl DoubleEndedIterator<Item = OfferId> {
        self.0.keys().copied()
    }

    pub(super) fn first(&self, kind: Listed) -> Option<OfferId> {
        self.0.iter().find(|(_, listed)| **listed == kind).map(|(id, _)| *id)
    }
}
