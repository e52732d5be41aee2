use super::Endpoint;
use crate::types::{OfferId, OfferIds};

/// An endpoint that takes many offer ids in one call, and answers with a row an offer.
pub trait Batched: Endpoint<Output = Vec<Self::Row>> {
    /// The row of one offer.
    type Row;

    /// The most ids that one call may carry.
    const MAX_IDS_PER_CALL: usize;

    /// The call for these ids.
    fn of(ids: OfferIds) -> Self;

    /// The offer that a row speaks of.
    fn id_of(row: &Self::Row) -> OfferId;
}
