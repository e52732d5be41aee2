use std::{borrow::Cow, collections::BTreeMap};

use axum::{
    Json,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// The answer to a call that worked: `{"code":0,"message":"Success","data":{KEY:VALUE}}`.
#[derive(Serialize)]
pub(crate) struct Success<T> {
    code: u16,
    message: &'static str,
    data: BTreeMap<&'static str, T>,
}

impl<T> Success<T> {
    pub(crate) fn new(key: &'static str, value: T) -> Self {
        Self { code: 0, message: "Success", data: BTreeMap::from([(key, value)]) }
    }
}

impl<T: Serialize> IntoResponse for Success<T> {
    fn into_response(self) -> Response {
        Json(self).into_response()
    }
}

/// The answer to a call that did not work: an HTTP status, and `{"code":STATUS,"message":"…"}`.
#[derive(Serialize)]
pub(crate) struct Failure {
    code: u16,
    message: Cow<'static, str>,
    #[serde(skip)]
    status: StatusCode,
}

impl Failure {
    /// The message may not hold anything that the client sent.
    pub(crate) fn new(status: StatusCode, message: impl Into<Cow<'static, str>>) -> Self {
        Self { code: status.as_u16(), message: message.into(), status }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        // HTTP asks that every 401 says how to do better.
        let challenge = (self.status == StatusCode::UNAUTHORIZED)
            .then_some([(header::WWW_AUTHENTICATE, "Basic realm=\"OffersLook sandbox\", charset=\"UTF-8\"")]);
        (self.status, challenge, Json(self)).into_response()
    }
}
