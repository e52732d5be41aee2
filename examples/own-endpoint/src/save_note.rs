//! `PUT /aff/v1/offers/{offer_id}/note`

use offerslook::{Encoder, Endpoint, OfferId, Payload, Spec, Verb};
use serde::Serialize;

use crate::Note;

/// Replace the note on an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SaveNote {
    offer_id: OfferId,
    body: Body,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
struct Body {
    text: String,
}

impl SaveNote {
    /// Replaces the note on this offer with this text.
    #[must_use]
    pub fn new(offer_id: OfferId, text: impl Into<String>) -> Self {
        Self { offer_id, body: Body { text: text.into() } }
    }
}

impl Endpoint for SaveNote {
    // Replacing a text twice is the same as replacing it once: the call may be repeated.
    const SPEC: Spec =
        Spec::new("save_note", Verb::Put, "/aff/v1/offers/{offer_id}/note", Payload::Object("note"))
            .idempotent();
    type Output = Note;

    fn encode(&self, request: &mut Encoder) {
        request.path(self.offer_id).json(&self.body);
    }
}
