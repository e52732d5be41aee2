use std::{borrow::Cow, cell::OnceCell};

use super::{Offer, OfferKind, Outline, Standing, Tracker, generated};

/// An offer as the affiliate meets it at one moment. It is made whole when something is asked that its
/// outline does not tell.
pub(crate) struct AffiliateOffer<'a> {
    pub(crate) id: u64,
    pub(crate) standing: Standing,
    pub(super) outline: Outline,
    seed: u64,
    whole: OnceCell<Cow<'a, Offer>>,
}

impl<'a> AffiliateOffer<'a> {
    /// One that is held, or else one that the seed makes.
    pub(super) fn new(
        id: u64,
        outline: Outline,
        standing: Standing,
        held: Option<&'a Offer>,
        seed: u64,
    ) -> Self {
        Self {
            id,
            standing,
            outline,
            seed,
            whole: held.map(|offer| Cow::Borrowed(offer).into()).unwrap_or_default(),
        }
    }

    pub(crate) fn whole(&self) -> &Offer {
        self.whole.get_or_init(|| Cow::Owned(generated::offer(self.seed, self.id)))
    }

    /// What makes its link, without making the offer whole: those that the seed makes all have the sandbox's
    /// own.
    pub(crate) fn batch_tracker(&self) -> Tracker {
        self.whole.get().map_or_else(Tracker::default, |offer| offer.batch)
    }

    pub(crate) fn kind(&self) -> OfferKind {
        self.outline.kind(self.standing)
    }

    /// Whether the affiliate sees it in lists and under its id.
    pub(crate) fn is_visible(&self) -> bool {
        self.outline.is_visible(self.standing)
    }

    /// Whether it is in the affiliate's personal list.
    pub(crate) fn is_personal(&self) -> bool {
        self.standing == Standing::Approved
    }
}
