use std::sync::Arc;

use axum::extract::State;

use super::arguments::PostbackId;
use crate::{
    envelope::{Failure, Success},
    service::Service,
};

pub(super) use super::get_postback::PATH;

/// Leaves `data` empty, which a PHP back end writes as `[]`.
pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    PostbackId(id): PostbackId,
) -> Result<Success<[(); 0]>, Failure> {
    if service.postbacks.delete(id) { Ok(Success::whole([])) } else { Err(PostbackId::unknown()) }
}
