use std::sync::Arc;

use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;

use crate::{envelope::Failure, faults::from_json, service::Service, whole_body::whole_body};

/// What a body of JSON says.
///
/// Where it is wrong, the answer may say so in its own words, which come from whoever runs the sandbox: all
/// but the account's secrets.
pub(super) struct Told<T>(pub(super) T);

impl<T: DeserializeOwned> FromRequest<Arc<Service>> for Told<T> {
    type Rejection = Failure;

    async fn from_request(request: Request, service: &Arc<Service>) -> Result<Self, Failure> {
        let body = whole_body(request, service).await?;
        let told = from_json(&body);
        told.map(Self).map_err(|error| Failure::bad_request(service.secrets.redact(&error.to_string())))
    }
}
