use std::collections::HashSet;

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};

use crate::{decimal::decimal, envelope::Failure, offers::AffiliateOffer, service::Service};

/// The path argument of a call about one offer.
pub(crate) struct OfferId(pub(crate) u64);

impl OfferId {
    /// The offer, if the affiliate sees it.
    pub(in crate::routes) fn visible(self, service: &Service) -> Result<AffiliateOffer<'_>, Failure> {
        let offer = service.offers.visible(self.0);
        offer.ok_or_else(|| Failure::not_found("There is no offer with this id that you may see."))
    }
}

/// The path argument of a batch call: ids joined with commas, in the asked order, each once.
pub(crate) struct OfferIds(pub(crate) Vec<u64>);

impl<S: Send + Sync> FromRequestParts<S> for OfferId {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let segment = segment(parts, state).await?;
        decimal(&segment)
            .map(Self)
            .ok_or_else(|| Failure::bad_request("The offer id is not a decimal number, such as 16."))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for OfferIds {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let segment = segment(parts, state).await?;
        let mut ids = Vec::new();
        let mut seen = HashSet::new();
        for (index, item) in segment.split(',').enumerate() {
            let id = decimal(item).ok_or_else(|| {
                Failure::bad_request(format!(
                    "Item {} of the offer ids is not a decimal number. Join ids with commas, such as 16,102.",
                    index + 1
                ))
            })?;
            if seen.insert(id) {
                ids.push(id);
            }
        }
        Ok(Self(ids))
    }
}

pub(super) async fn segment<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<String, Failure> {
    let Path(segment) = Path::from_request_parts(parts, state)
        .await
        .map_err(|_| Failure::bad_request("The path holds percent-encoded bytes that are not UTF-8."))?;
    Ok(segment)
}
