//! `GET /aff/v1/batches/offers/notes/{offer_ids}`

use offerslook::{Batched, Encoder, Endpoint, OfferId, OfferIds, Payload, Spec};

use crate::Note;

/// The notes on many offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchNotes {
    offer_ids: OfferIds,
}

impl Endpoint for BatchNotes {
    const SPEC: Spec =
        Spec::get("batch_notes", "/aff/v1/batches/offers/notes/{offer_ids}", Payload::List("note"));
    type Output = Vec<Note>;

    fn encode(&self, request: &mut Encoder) {
        request.path(&self.offer_ids);
    }
}

impl Batched for BatchNotes {
    type Row = Note;
    const MAX_IDS_PER_CALL: usize = 50;

    fn of(offer_ids: OfferIds) -> Self {
        Self { offer_ids }
    }

    fn id_of(row: &Note) -> OfferId {
        row.offer_id
    }
}
