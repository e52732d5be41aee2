//! `POST /aff/v1/batches/offers/applys/{offer_ids}`

use serde::{Deserialize, Serialize};

use crate::{
    affiliate::offers::ApplicationStatus,
    endpoint::{Batched, Encoder, Endpoint, Payload, Rows, Spec, Verb},
    error::{BuildError, NoLink},
    types::{OfferId, OfferIds, tolerant},
};

/// Apply to many offers, at most 100 per call. A [`Batch`](crate::job::Batch) takes any number.
///
/// Public offers are approved at once. The response may lack the rows of some offers, and the status of a row may be
/// null. It is not known whether one bad id makes the whole call fail, whether a refused call may have applied to some
/// of the offers, and what a second application to the same offer does. A job therefore neither repeats a call that
/// may have arrived, nor bisects one that was refused.
///
/// See the section *Batches* of the vendor's API reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplyToOffers {
    offer_ids: OfferIds,
}

impl ApplyToOffers {
    /// Applies to these offers.
    ///
    /// # Errors
    /// [`BuildError::TooManyIds`] for more than 100.
    pub fn new(offer_ids: OfferIds) -> Result<Self, BuildError> {
        let (ids, max) = (offer_ids.len(), Self::MAX_IDS_PER_CALL);
        if ids > max {
            return Err(BuildError::TooManyIds { endpoint: Self::SPEC.name, ids, max });
        }
        Ok(Self { offer_ids })
    }
}

impl Endpoint for ApplyToOffers {
    const SPEC: Spec = Spec::new(
        "apply_to_offers",
        Verb::Post,
        "/aff/v1/batches/offers/applys/{offer_ids}",
        Payload::List("offer_application"),
    );
    type Output = Rows<Application>;

    fn encode(&self, request: &mut Encoder) {
        request.ids(&self.offer_ids, Self::MAX_IDS_PER_CALL);
    }
}

impl Batched for ApplyToOffers {
    type Row = Application;
    type Item = Application;
    const MAX_IDS_PER_CALL: usize = 100;

    fn of(offer_ids: OfferIds) -> Self {
        Self { offer_ids }
    }

    fn id_of(row: &Application) -> OfferId {
        row.offer_id
    }

    fn accept(row: Application) -> Result<Application, NoLink> {
        Ok(row)
    }
}

/// The application to one offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Application {
    /// The offer.
    pub offer_id: OfferId,
    /// The status of the application, if the API reports one.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub status: Option<ApplicationStatus>,
}
