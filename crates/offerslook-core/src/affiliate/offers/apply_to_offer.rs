//! `POST /aff/v1/offers/{offer_id}/applys`

use serde::{Deserialize, Serialize};

use crate::{
    endpoint::{Encoder, Endpoint, Payload, Spec, Verb},
    types::{OfferId, open::string_enum, tolerant},
};

/// Applies for one offer: asks the network to let the affiliate run it.
///
/// A public offer is approved at once; for another one the network decides. No endpoint lists applications
/// or withdraws one: the offer's own row tells how it went.
///
/// What the API does about a second application for the same offer is unknown, so the call is never
/// repeated where the first copy may have arrived.
///
/// Reference: the part on offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplyToOffer {
    offer_id: OfferId,
}

impl ApplyToOffer {
    /// Applies for this offer.
    #[must_use]
    pub fn new(offer_id: OfferId) -> Self {
        Self { offer_id }
    }
}

impl Endpoint for ApplyToOffer {
    const SPEC: Spec = Spec::new(
        "apply_to_offer",
        Verb::Post,
        "/aff/v1/offers/{offer_id}/applys",
        Payload::Object("offer_application"),
    );
    type Output = OfferApplication;

    fn encode(&self, request: &mut Encoder) {
        request.path(self.offer_id);
    }
}

/// The application, as it stands after the call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OfferApplication {
    /// How far it is; `None` where the API does not say.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub status: Option<ApplicationStatus>,
}

string_enum! {
    /// How far an application is.
    pub enum ApplicationStatus {
        /// The affiliate may run the offer, and has a tracking link for it.
        Approved = "approved",
        /// The network has yet to decide.
        Pending = "pending",
        /// The network said no.
        Rejected = "rejected",
        /// It was taken away.
        Deleted = "deleted",
    }
}
