use axum::{extract::FromRequestParts, http::request::Parts};

use super::offer_ids::segment;
use crate::{decimal::decimal, envelope::Failure};

/// The path argument of a call about one postback.
pub(crate) struct PostbackId(pub(crate) u64);

impl PostbackId {
    /// What is said of an id that no postback has.
    pub(crate) fn unknown() -> Failure {
        Failure::not_found("There is no postback with this id.")
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
