use serde::de::DeserializeOwned;

use super::{Endpoint, Rows};
use crate::{
    error::NoLink,
    types::{OfferId, OfferIds},
};

/// An endpoint that takes many offer ids in one call, and answers with one row per offer.
///
/// A [`Batch`](crate::job::Batch) makes any number of such calls and yields one outcome per id.
pub trait Batched: Endpoint<Output = Rows<Self::Row>> {
    /// The row of one offer, as the API sends it.
    type Row: DeserializeOwned;

    /// What a job yields for an offer.
    type Item: Clone;

    /// The maximum number of ids per call.
    const MAX_IDS_PER_CALL: usize;

    /// Creates the call for these ids.
    fn of(ids: OfferIds) -> Self;

    /// Returns the offer that a row is about.
    fn id_of(row: &Self::Row) -> OfferId;

    /// Turns a row into what a job yields.
    ///
    /// # Errors
    /// [`NoLink`] for the row of an offer without a link. An endpoint that is not about links never fails.
    fn accept(row: Self::Row) -> Result<Self::Item, NoLink>;
}
