use std::iter::Fuse;

use crate::{
    Account, Batched, OfferId, OfferIds,
    account::MAX_URI_BYTES,
    error::{BuildError, Error},
    types::{IntoOfferId, Sealed},
};

/// The ids of a batch. It ends before the first element that is not an id.
pub(super) struct Input<I: Iterator> {
    ids: Fuse<I>,
    /// The next id, if it was looked at already.
    peeked: Option<OfferId>,
    position: u64,
    has_ended: bool,
    invalid: Option<Error>,
}

impl<I: Iterator<Item: IntoOfferId>> Input<I> {
    pub(super) fn new(ids: I) -> Self {
        Self { ids: ids.fuse(), peeked: None, position: 0, has_ended: false, invalid: None }
    }

    pub(super) fn next(&mut self) -> Option<OfferId> {
        self.peek();
        self.peeked.take()
    }

    /// Returns whether every id was taken.
    pub(super) fn is_exhausted(&mut self) -> bool {
        self.peek();
        self.peeked.is_none()
    }

    /// Returns the next id of an input that is not read any further: only one that was taken from the iterator already,
    /// if the iterator may be endless.
    pub(super) fn next_of_rest(&mut self) -> Option<OfferId> {
        let is_bounded = self.ids.size_hint().1.is_some();
        if is_bounded { self.next() } else { self.peeked.take() }
    }

    fn peek(&mut self) {
        if self.peeked.is_some() || self.has_ended {
            return;
        }
        match self.ids.next().map(Sealed::into_offer_id) {
            Some(Ok(id)) => {
                self.peeked = Some(id);
                self.position += 1;
            }
            Some(Err(value)) => {
                self.has_ended = true;
                self.invalid = Some(Error::InvalidOfferId { value, position: self.position });
            }
            None => self.has_ended = true,
        }
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
    // The last id has no comma, so this one took a byte less than its length.
    Ok((MAX_URI_BYTES + length(shortest)).saturating_sub(request.uri().to_string().len()))
}

/// The length of an id in a URI: its digits and a comma.
pub(super) fn length(id: OfferId) -> usize {
    usize::try_from(id.get().ilog10() + 2).unwrap_or(MAX_ID_LENGTH)
}

/// Twenty digits and a comma.
pub(super) const MAX_ID_LENGTH: usize = 21;
