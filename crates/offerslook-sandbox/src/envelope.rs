use std::{borrow::Cow, collections::BTreeMap};

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// A successful response: `{"code":0,"message":"Success","data":{KEY:VALUE}}`.
#[derive(Serialize)]
pub(crate) struct Success<T> {
    code: u16,
    message: &'static str,
    data: Data<T>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Data<T> {
    Keyed(BTreeMap<&'static str, T>),
    Whole(T),
}

impl<T> Success<T> {
    pub(crate) fn new(key: &'static str, value: T) -> Self {
        Self { code: 0, message: "Success", data: Data::Keyed(BTreeMap::from([(key, value)])) }
    }

    pub(crate) fn whole(value: T) -> Self {
        Self { code: 0, message: "Success", data: Data::Whole(value) }
    }
}

impl<T: Serialize> IntoResponse for Success<T> {
    fn into_response(self) -> Response {
        Json(self).into_response()
    }
}

/// An error response: an HTTP status, and `{"code":STATUS,"message":"…"}`.
#[derive(Serialize)]
pub(crate) struct Failure {
    code: u16,
    message: Cow<'static, str>,
    #[serde(skip)]
    status: StatusCode,
}

impl Failure {
    /// The message must not contain anything that the client sent.
    pub(crate) fn new(status: StatusCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code: status.as_u16(), message: message.into(), status }
    }

    pub(crate) fn bad_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    pub(crate) fn not_found(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// Refuses what the current state does not allow.
    pub(crate) fn conflict(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::CONFLICT, message)
    }

    /// The caller adds the `Allow` header.
    pub(crate) fn method_not_allowed() -> Self {
        let message =
            "This path does not support this method. The Allow header lists those that it supports.";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, message)
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        // HTTP requires a challenge with every 401.
        let challenge = (self.status == StatusCode::UNAUTHORIZED)
            .then_some([(header::WWW_AUTHENTICATE, "Basic realm=\"OffersLook sandbox\", charset=\"UTF-8\"")]);
        (self.status, challenge, Json(self)).into_response()
    }
}
