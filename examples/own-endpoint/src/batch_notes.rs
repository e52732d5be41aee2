//! `GET /aff/v1/batches/offers/notes/{offer_ids}`

use offerslook::{Batched, Encoder, Endpoint, NoLink, OfferId, OfferIds, Payload, Rows, Spec};

use crate::Note;

/// Get the notes on many offers, at most 50 per call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchNotes {
    offer_ids: OfferIds,
}

impl Endpoint for BatchNotes {
    const SPEC: Spec =
        Spec::get("batch_notes", "/aff/v1/batches/offers/notes/{offer_ids}", Payload::List("note"));
    type Output = Rows<Note>;

    fn encode(&self, request: &mut Encoder) {
        request.ids(&self.offer_ids, Self::MAX_IDS_PER_CALL);
    }
}

impl Batched for BatchNotes {
    type Row = Note;
    type Item = Note;
    const MAX_IDS_PER_CALL: usize = 50;

    fn of(offer_ids: OfferIds) -> Self {
        Self { offer_ids }
    }

    fn id_of(row: &Note) -> OfferId {
        row.offer_id
    }

    fn accept(row: Note) -> Result<Note, NoLink> {
        Ok(row)
    }
}
