//! `POST /aff/v1/offers/{offer_id}/applys`

use serde::{Deserialize, Serialize};

use crate::{
    endpoint::{Encoder, Endpoint, Payload, Spec, Verb},
    types::{OfferId, open::string_enum, tolerant},
};

/// Apply to one offer: ask the network for the permission to promote it.
///
/// A public offer is approved at once; for any other offer the network decides. No endpoint lists or withdraws
/// applications: the row of the offer shows the result.
///
/// It is not known what a second application to the same offer does, so a job never repeats a call that may have
/// arrived.
///
/// See the section *Offers* of the vendor's API reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplyToOffer {
    offer_id: OfferId,
}

impl ApplyToOffer {
    /// Applies to this offer.
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

/// The application, after the call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct OfferApplication {
    /// The status of the application, if the API reports one.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub status: Option<ApplicationStatus>,
}

string_enum! {
    /// The status of an application.
    pub enum ApplicationStatus {
        /// The affiliate may promote the offer, and has a tracking link for it.
        Approved = "approved",
        /// The network has not decided yet.
        Pending = "pending",
        /// The network rejected it.
        Rejected = "rejected",
        /// It was deleted.
        Deleted = "deleted",
    }
}
