use std::collections::HashSet;

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};

use crate::envelope::Failure;

/// The path argument of a call about one offer.
pub(super) struct OfferId(pub(super) u64);

/// The path argument of a batch call: ids joined with commas, in the asked order, each once.
pub(super) struct OfferIds(pub(super) Vec<u64>);

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

/// Digits only: `parse` alone would take a plus sign.
pub(super) fn decimal(text: &str) -> Option<u64> {
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten()
}
