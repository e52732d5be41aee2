use super::{Endpoint, Rows};
use crate::{
    error::NoLink,
    types::{OfferId, OfferIds},
};

/// An endpoint that takes many offer ids in one call and answers with one row per offer.
pub trait Batched: Endpoint<Output = Rows<Self::Row>> {
    /// A row, as the API sends it.
    type Row;

    /// What a batch yields for an id.
    type Item: Clone;

    /// The maximum number of ids that one call may carry.
    const MAX_IDS_PER_CALL: usize;

    /// Creates the call for these ids.
    fn of(ids: OfferIds) -> Self;

    /// Returns the offer that a row belongs to.
    fn id_of(row: &Self::Row) -> OfferId;

    /// Turns a row into what a batch yields.
    ///
    /// # Errors
    /// [`NoLink`] if the row holds no result, and what stands in its place.
    fn accept(row: Self::Row) -> Result<Self::Item, NoLink>;
}
