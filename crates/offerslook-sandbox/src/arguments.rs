//! The path arguments of a call.

use std::collections::HashSet;

use axum::{
    extract::{FromRequestParts, Path},
    http::request::Parts,
};

use crate::{envelope::Failure, text::decimal};

/// The path argument of a call on one offer.
pub(crate) struct OfferId(pub(crate) u64);

/// The path argument of a batch call: the ids without repeats, in the order of the request.
pub(crate) struct OfferIds(pub(crate) Vec<u64>);

/// The number of leading ids that a batch call looks at, in the extensions of a request.
#[derive(Clone, Copy)]
pub(crate) struct MaxIds(pub(crate) usize);

/// The path argument of a call on one postback.
pub(crate) struct PostbackId(pub(crate) u64);

impl<S: Send + Sync> FromRequestParts<S> for OfferId {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        decimal(&segment(parts, state).await?)
            .map(Self)
            .ok_or_else(|| Failure::bad_request("The offer id is not a decimal number, such as 16."))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for PostbackId {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        decimal(&segment(parts, state).await?)
            .map(Self)
            .ok_or_else(|| Failure::bad_request("The postback id is not a decimal number, such as 51."))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for OfferIds {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Failure> {
        let mut ids = Vec::new();
        let mut seen = HashSet::new();
        let max = parts.extensions.get().map_or(usize::MAX, |MaxIds(ids)| *ids);
        for (index, item) in segment(parts, state).await?.split(',').take(max).enumerate() {
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

async fn segment<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<String, Failure> {
    let Path(segment) = Path::from_request_parts(parts, state)
        .await
        .map_err(|_| Failure::bad_request("The path contains percent-encoded bytes that are not UTF-8."))?;
    Ok(segment)
}
