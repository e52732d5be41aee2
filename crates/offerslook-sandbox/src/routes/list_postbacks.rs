use std::sync::Arc;

use axum::extract::State;

use crate::{
    envelope::{Failure, Success},
    listing::{Object, Page, Parameters},
    postbacks,
    service::Service,
};

pub(super) const PATH: &str = "/aff/v1/offer_postbacks";

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    parameters: Parameters,
) -> Result<Success<Page<Object>>, Failure> {
    let query = postbacks::LIST.query(parameters)?;
    Ok(Success::whole(service.postbacks.page(&query)))
}
