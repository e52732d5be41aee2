use std::sync::Arc;

use axum::extract::State;

use super::arguments::{JsonBody, PostbackId};
use crate::{
    envelope::{Failure, Success},
    listing::Object,
    service::Service,
};

pub(super) use super::get_postback::PATH;

/// Changes the code and nothing else: the status stays as well.
pub(super) async fn answer(
    State(service): State<Arc<Service>>,
    PostbackId(id): PostbackId,
    mut body: JsonBody,
) -> Result<Success<Object>, Failure> {
    let code = body.required_text("code")?;
    body.finish()?;
    let postback = service.postbacks.update(id, code).ok_or_else(PostbackId::unknown)??;
    Ok(Success::new("affiliate_postback", postback))
}
