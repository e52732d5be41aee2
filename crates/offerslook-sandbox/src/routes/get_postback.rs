use std::sync::Arc;

use axum::extract::State;

use super::arguments::PostbackId;
use crate::{
    envelope::{Failure, Success},
    listing::Object,
    service::Service,
};

pub(super) const PATH: &str = "/aff/v1/offer_postbacks/{postback_id}";

pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    PostbackId(id): PostbackId,
) -> Result<Success<Object>, Failure> {
    let postback = service.postbacks.get(id).ok_or_else(PostbackId::unknown)?;
    Ok(Success::new("affiliate_postback", postback))
}
