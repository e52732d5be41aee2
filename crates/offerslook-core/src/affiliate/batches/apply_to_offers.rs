//! `POST /aff/v1/batches/offers/applys/{offer_ids}`

use serde::{Deserialize, Serialize};

use crate::{
    affiliate::offers::ApplicationStatus,
    endpoint::{Batched, Encoder, Endpoint, Payload, Rows, Spec, Verb},
    error::{BuildError, NoLink},
    types::{OfferId, OfferIds, tolerant},
};

/// Applies for many offers, at most 100 a call. The [`Batch`](crate::job::Batch) job takes any number.
///
/// Public offers are approved at once. Rows may be missing for asked ids, and a row's status may be null.
/// Whether one bad id spoils the whole call, whether a refused call may have done a part, and what a second
/// application for the same offer does is unknown, so the call is never repeated where the first copy may
/// have arrived, nor asked again in halves.
///
/// Reference: the part on batches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApplyToOffers {
    offer_ids: OfferIds,
}

impl ApplyToOffers {
    /// Applies for these offers.
    ///
    /// # Errors
    /// [`BuildError::TooManyIds`] for more than 100.
    pub fn new(offer_ids: OfferIds) -> Result<Self, BuildError> {
        let (ids, most) = (offer_ids.len(), Self::MAX_IDS_PER_CALL);
        if ids > most {
            return Err(BuildError::TooManyIds { endpoint: Self::SPEC.name, ids, most });
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
    type Output = Rows<ApplicationRow>;

    fn encode(&self, request: &mut Encoder) {
        request.ids(&self.offer_ids, Self::MAX_IDS_PER_CALL);
    }
}

impl Batched for ApplyToOffers {
    type Row = ApplicationRow;
    type Item = ApplicationRow;
    const MAX_IDS_PER_CALL: usize = 100;

    fn of(offer_ids: OfferIds) -> Self {
        Self { offer_ids }
    }

    fn id_of(row: &ApplicationRow) -> OfferId {
        row.offer_id
    }

    fn accept(row: ApplicationRow) -> Result<ApplicationRow, NoLink> {
        Ok(row)
    }
}

/// The application for one offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct ApplicationRow {
    /// The offer.
    pub offer_id: OfferId,
    /// How far the application is; `None` where the API does not say.
    #[serde(default, deserialize_with = "tolerant::text")]
    pub status: Option<ApplicationStatus>,
}
