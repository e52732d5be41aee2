use std::iter::{Fuse, Peekable};

use crate::{
    Account, Batched, OfferId, OfferIds,
    account::MAX_URI_BYTES,
    error::{BuildError, Error},
    types::{IntoOfferId, Sealed as _},
};

/// The ids of a batch. It ends before the first element that is not an id.
pub(super) struct Input<I: Iterator> {
    ids: Peekable<Fuse<I>>,
    position: u64,
    has_ended: bool,
    invalid: Option<Error>,
}

impl<I: Iterator<Item: IntoOfferId>> Input<I> {
    pub(super) fn new(ids: I) -> Self {
        Self { ids: ids.fuse().peekable(), position: 0, has_ended: false, invalid: None }
    }

    pub(super) fn next(&mut self) -> Option<OfferId> {
        if self.has_ended {
            return None;
        }
        match self.ids.next()?.into_offer_id() {
            Ok(id) => {
                self.position += 1;
                Some(id)
            }
            Err(value) => {
                self.has_ended = true;
                self.invalid = Some(Error::InvalidOfferId { value, position: self.position });
                None
            }
        }
    }

    /// Returns whether every id was taken.
    pub(super) fn is_exhausted(&mut self) -> bool {
        self.has_ended || self.ids.peek().is_none()
    }

    /// Returns whether the number of remaining elements is bounded.
    pub(super) fn is_bounded(&self) -> bool {
        self.ids.size_hint().1.is_some()
    }

    /// Takes the error of an element that is not an id.
    pub(super) fn take_invalid(&mut self) -> Option<Error> {
        self.invalid.take()
    }
}

/// The size of a call: how many bytes of its URI are left for ids.
pub(super) fn room_for_ids<E: Batched>(account: &Account) -> Result<usize, BuildError> {
    let Some(shortest) = OfferId::new(1) else { return Ok(0) };
    let request = account.request(&E::of(OfferIds::from(shortest)))?;
    Ok(MAX_URI_BYTES.saturating_sub(request.uri().to_string().len() - 1))
}

/// The length of an id in a URI: its digits and a comma.
pub(super) fn length(id: OfferId) -> usize {
    usize::try_from(id.get().ilog10() + 2).unwrap_or(MAX_ID_LENGTH)
}

/// Twenty digits and a comma.
pub(super) const MAX_ID_LENGTH: usize = 21;
